"""Markdown as text: front matter, blocks, headings, links and code.

The only place that knows where a code block begins and ends. Pure text functions.
"""

import re
from collections.abc import Callable, Iterator
from itertools import groupby
from typing import NamedTuple

import yaml

#: The safe loader, in C where libyaml is there: ten times as fast.
YAML_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

FRONT_MATTER = re.compile(r"\A---\n(.*?\n)---\n", re.DOTALL)
FENCE = re.compile(r"^(?P<indent> *)(?P<mark>`{3,}|~{3,})(?P<info>.*)$")
INCLUDE = re.compile(r'^ *--8<-- "(?P<path>[^":]+)(:(?P<region>[^"]+))?"$')
HEADING = re.compile(r"(?P<marks>#{1,6}) (?P<text>.*)")
#: A code span, which is left alone, or a link with a target or a reference in brackets.
SPAN = re.compile(
    r"(?P<code>(?P<ticks>(?<!`)`+(?!`)).+?(?<!`)(?P=ticks)(?!`))"
    r"|(?<![!\\])\[(?P<text>(?:`[^`]*`|[^\[\]`])+)\]"
    r"(?:\((?P<target>[^()\s]+)\)|\[(?P<name>[^\[\]\s]+)\])",
    re.DOTALL,
)
#: What stands between code blocks and is no prose: code spans, links, images, comments,
#: elements that say something themselves, tags, headings, attribute lists, and the
#: heads of tables.
_NO_PROSE = re.compile(
    rf"{SPAN.pattern}"
    r"|!\[[^\]]*\]\([^)]*\)"
    r"|<!--.*?-->"
    r"|<(?P<tag>a|figure|form|label|summary|svg|table)\b.*?</(?P=tag)>"
    r"|</?[a-z][^<>]*>"
    r"|(?m:^#{1,6} [^\n]*$)"
    r"|\{:? *[.#][^{}\n]*\}"
    r"|(?m:^\|[^\n]*$(?=\n\|[ |:-]+$))",
    re.DOTALL,
)


class Line(NamedTuple):
    """A line of Markdown.

    `is_code` is true for what stands in a fenced block and for the fence that closes
    it, and false for the fence that opens it.
    """

    text: str
    number: int
    is_code: bool


def lines(text: str, first: int = 1) -> Iterator[Line]:
    """The text's lines, each with whether it is part of a code block.

    A fence closes a block when it is at least as long as the one that opened it and
    has no info string, as CommonMark says.

    Args:
        text: Any Markdown.
        first: The number of its first line.
    """
    mark = ""
    for number, line in enumerate(text.split("\n"), first):
        match = FENCE.match(line) if "```" in line or "~~~" in line else None
        yield Line(line, number, bool(mark))
        if match and not mark:
            mark = match["mark"]
        elif match and match["mark"].startswith(mark) and not match["info"].strip():
            mark = ""


def blocks(text: str) -> Iterator[str]:
    """The text, cut into fenced blocks and what stands between them.

    Args:
        text: A page's source, or a part of it.
    """
    if "```" not in text and "~~~" not in text:
        # Most texts are a block already; looking at each line of all takes seconds.
        yield from _stripped([text], is_fenced=False)
        return
    current: list[str] = []
    was_code = False
    for line, _, in_code in lines(text):
        opens = not in_code and FENCE.match(line)
        if opens or (was_code and not in_code):
            yield from _stripped(current, is_fenced=was_code)
            current = []
        current.append(line)
        was_code = bool(opens) or in_code
    yield from _stripped(current, is_fenced=was_code)


def _stripped(block: list[str], *, is_fenced: bool) -> Iterator[str]:
    text = "\n".join(block)
    if not is_fenced:
        text = text.strip("\n")
    if text:
        yield text


def is_code(block: str) -> bool:
    """Whether the block is a fenced one.

    Args:
        block: One of `blocks`.
    """
    return FENCE.match(block.partition("\n")[0]) is not None


def headings(text: str, first: int = 1) -> list[tuple[int, str, int]]:
    """Level, text and line of every heading outside code blocks.

    Args:
        text: Any Markdown.
        first: The number of its first line.
    """
    return [
        (len(match["marks"]), match["text"].strip(), number)
        for line, number, in_code in lines(text, first)
        if not in_code and (match := HEADING.match(line))
    ]


def prose(markdown: str) -> str:
    """The text with what is no prose blotted out; every place and line stays.

    Args:
        markdown: A page, or a part of it, without front matter.
    """
    parts = []
    for is_block, run in groupby(lines(markdown), key=_is_of_a_block):
        text = "\n".join(line.text for line in run)
        if is_block:
            parts.append(blotted(text))
        else:
            parts.append(_NO_PROSE.sub(lambda match: blotted(match[0]), text))
    return "\n".join(parts)


def _is_of_a_block(line: Line) -> bool:
    return line.is_code or FENCE.match(line.text) is not None


def blotted(text: str) -> str:
    """The text with a character that no word has in place of all but line ends.

    Args:
        text: Any text.
    """
    return "\n".join("\0" * len(line) for line in text.split("\n"))


def fence(text: str, info: str) -> str:
    """The text as a fenced block, whatever fences it has itself.

    Args:
        text: The block's content.
        info: What stands behind the opening fence.
    """
    runs = re.findall(r"^`{3,}", text, re.MULTILINE)
    mark = "`" * max([3, *(len(run) + 1 for run in runs)])
    return f"{mark}{info}\n{text}\n{mark}"


def code_span(text: str) -> str:
    """The text as a code span, whatever backticks it has.

    Args:
        text: One line.
    """
    runs = re.findall(r"`+", text)
    mark = "`" * (max(map(len, runs), default=0) + 1)
    space = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{mark}{space}{text}{space}{mark}"


def relink(markdown: str, resolve: Callable[[str, bool], str | None]) -> str:
    """The text with each link's target replaced.

    Args:
        markdown: A page or a part of one.
        resolve: Gets a target, and whether it is the name of an API object rather than
            an address. Returns the new address, the same to leave the link as it is, or
            None to leave only its text.
    """

    def replace(match: re.Match[str]) -> str:
        if match["code"]:
            return match[0]
        old = match["target"] or match["name"]
        new = resolve(old, match["name"] is not None)
        if new == old:
            return match[0]
        return f"[{match['text']}]({new})" if new else match["text"]

    return "\n\n".join(
        block if is_code(block) else SPAN.sub(replace, block)
        for block in blocks(markdown)
    )


def links(markdown: str) -> list[str]:
    """The targets of all links outside code.

    Args:
        markdown: Any Markdown.
    """
    return [
        match["target"] or match["name"]
        for block in blocks(markdown)
        if not is_code(block)
        for match in SPAN.finditer(block)
        if not match["code"]
    ]
