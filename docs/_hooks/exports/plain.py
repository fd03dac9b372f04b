"""Markdown without the theme: no attribute list, no HTML, links as the reader needs.

Pure text functions. What they leave is what a program or a language model can use: the
same words, the same code, and links that lead somewhere from where the text now stands.
"""

import re
from collections.abc import Callable
from functools import partial

from book.markdown import FENCE, SPAN, blocks, is_code

_ATTRIBUTES = re.compile(r"[ \t]*\{:?[ ]*[.#][^{}\n]*\}")
_FENCE_INFO = re.compile(r"^\{ *\.(?P<language>\w+)(?P<rest>[^}]*)\}$")
_TITLE = re.compile(r'title="[^"]*"')
#: Elements that say nothing without a browser.
_DROPPED = re.compile(
    r"<(?P<tag>svg|script|style|form|template|button)\b.*?</(?P=tag)>", re.DOTALL
)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_PERMALINK = re.compile(r" ?\[¶\]\([^)]*\)")
#: The line of a case, which leads to the program below it.
_CASE_LINE = re.compile(r"\[(\d+)\]\(#file-cases[^)]*\)")
_CHECKBOX = re.compile(r'<input\b[^>]*type="checkbox"[^>]*>')
_TABLE = re.compile(r"<table\b.*?</table>", re.DOTALL)
_ROW = re.compile(r"<tr\b.*?</tr>", re.DOTALL)
_CELL = re.compile(r"<t[dh]\b[^>]*>(.*?)</t[dh]>", re.DOTALL)
_ANCHOR = re.compile(r'<a\b[^>]*?href="(?P<target>[^"]*)"[^>]*>(?P<text>.*?)</a>', re.S)
_INLINE = {
    re.compile(r"</?(?:code|kbd)>"): "`",
    re.compile(r"</?(?:summary|strong|b)>"): "**",
    re.compile(r"</?(?:em|i)>"): "*",
}
#: How a page writes a line that the snippets extension must leave alone.
_ESCAPED_INCLUDE = re.compile(r"^( *);(?=--8<--)", re.MULTILINE)
_TAG = re.compile(r"</?[a-z][a-z0-9]*(?:\s[^<>]*)?/?>")


def plain(markdown: str, href: Callable[[str], str] = str) -> str:
    """The text without attribute lists and HTML; code blocks keep language and title.

    Args:
        markdown: A complete page, as `render` gives it.
        href: Gets the target of a link written in HTML and returns the new one.
    """
    parts = []
    for block in blocks(markdown):
        if is_code(block):
            parts.append(_plain_fence(block))
        elif text := _outside_code(block, partial(_without_markup, href)).strip():
            parts.append(re.sub(r"\n{3,}", "\n\n", text))
    return "\n\n".join(parts) + "\n"


def without_escapes(markdown: str) -> str:
    """The text as the snippets extension would have left it.

    Args:
        markdown: A complete page.
    """
    return _ESCAPED_INCLUDE.sub(r"\1", markdown)


def _plain_fence(block: str) -> str:
    head, _, rest = block.partition("\n")
    fence = FENCE.match(head)
    info = _FENCE_INFO.match(fence["info"].strip()) if fence else None
    if fence is None or info is None:
        return block
    title = _TITLE.search(info["rest"])
    shown = f"{info['language']} {title[0]}" if title else info["language"]
    return f"{fence['indent']}{fence['mark']}{shown}\n{rest}"


def _outside_code(text: str, change: Callable[[str], str]) -> str:
    """Changes what stands between the code spans."""
    kept: list[str] = []

    def hide(match: re.Match[str]) -> str:
        if not match["code"]:
            return match[0]
        kept.append(match[0])
        return f"\0{len(kept) - 1}\0"

    changed = change(SPAN.sub(hide, text))
    return re.sub(r"\0(\d+)\0", lambda match: kept[int(match[1])], changed)


def _without_markup(href: Callable[[str], str], text: str) -> str:
    for dropped in (_DROPPED, _COMMENT, _ATTRIBUTES, _PERMALINK):
        text = dropped.sub("", text)
    text = _CASE_LINE.sub(r"\1", text)
    text = _TABLE.sub(_table, _CHECKBOX.sub("[ ]", text))
    text = _ANCHOR.sub(lambda link: f"[{link['text']}]({href(link['target'])})", text)
    for tag, mark in _INLINE.items():
        text = tag.sub(mark, text)
    return _TAG.sub("", text)


def _table(table: re.Match[str]) -> str:
    """A table written in HTML as one in Markdown; the first row is its head."""
    rows = [
        [" ".join(cell.split()) for cell in _CELL.findall(row)]
        for row in _ROW.findall(table[0])
    ]
    rows.insert(1, ["---"] * len(rows[0]))
    return "\n".join(f"| {' | '.join(cells)} |" for cells in rows)
