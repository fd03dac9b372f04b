"""Style sheets without what no page of the site can use.

The theme's sheet is made for all sites: half of it is for tabs, tags, versions, other
languages and the like. Pure: it takes and returns text.
"""

import re
from collections.abc import Collection, Iterable, Iterator

_TAG = re.compile(r"<[a-z][^<>]*>")
_WORD = re.compile(r"[\w-]+")
#: What separates blocks, and what may contain such signs without separating.
_PIECE = re.compile(
    r"""(?P<comment>/\*.*?\*/)|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|(?P<sign>[{};])""",
    re.DOTALL,
)
#: The theme sets this while colours change, as in each load of a page. A rule for all
#: that is below makes a browser style the whole page anew, twice. Without it links and
#: code fade for an eighth of a second when a reader changes the colours.
_SWITCHING = "[data-md-color-switching]"
_GROUPS = ("@media", "@supports")
#: Where a comma or semicolon separates: not in strings, brackets and functions.
_PROTECTED = (
    r"""(?:"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|\([^()]*\)|\[[^\]]*\]|[^SIGN])+"""
)
_SELECTOR = re.compile(_PROTECTED.replace("SIGN", ","))
_DECLARATION = re.compile(_PROTECTED.replace("SIGN", ";"))
#: What an element must have. What stands in `:not()` and other functions is no need.
_NEED = re.compile(
    r"::?[\w-]+(?:\([^()]*\))?"
    r"""|\[(?P<attribute>[\w-]+)(?:=["']?(?P<value>[\w-]+)["']?)?[^\]]*\]"""
    r"|[.#]?(?P<name>[A-Za-z_][\w-]*)"
)
#: Functions in functions and escapes: read by nobody here, and kept.
_HARD = re.compile(r"\([^()]*\(|\\|:is\(|:where\(|:has\(")
_VARIABLE = re.compile(r"var\(\s*(--[\w-]+)")


def words(pages: Iterable[str], scripts: Iterable[str]) -> set[str]:
    """All names that elements of the site have, or that a script may give them.

    Args:
        pages: Finished pages. Only their tags count.
        scripts: Scripts. All words count: a class may hide in any string.
    """
    found: set[str] = set()
    for page in pages:
        # Most tags stand in a page many times.
        found.update(*map(_WORD.findall, set(_TAG.findall(page))))
    for script in scripts:
        found.update(_WORD.findall(script))
    return found


def trim(sheets: Iterable[str], known: Collection[str]) -> list[str]:
    """Drops rules that match nothing, and variables and animations that nobody uses.

    Args:
        sheets: Style sheets that are used together.
        known: What `words` found.

    Returns:
        The sheets in their order, without comments.
    """
    trimmed = [_matching(sheet, known) for sheet in sheets]
    while True:
        whole = "".join(trimmed)
        used = {*_VARIABLE.findall(whole), *known}
        animated = set(_WORD.findall("".join(re.findall(r"animation[^;}]*", whole))))
        fewer = [_without_unused(sheet, used, animated) for sheet in trimmed]
        if fewer == trimmed:
            return trimmed
        # A variable may have been used by one that is gone now.
        trimmed = fewer


def _blocks(css: str) -> Iterator[tuple[str, str | None]]:
    """Each rule's prelude and body; a statement without a block has no body."""
    depth, start, opened, prelude = 0, 0, 0, ""
    for piece in _PIECE.finditer(css):
        sign = piece["sign"]
        if sign == "{":
            if not depth:
                prelude, opened = css[start : piece.start()], piece.end()
            depth += 1
        elif sign == "}":
            depth -= 1
            if not depth:
                yield prelude.strip(), css[opened : piece.start()].strip()
                start = piece.end()
        elif sign == ";" and not depth:
            yield css[start : piece.start()].strip(), None
            start = piece.end()


def _matching(css: str, known: Collection[str]) -> str:
    css = _PIECE.sub(lambda piece: "" if piece["comment"] else piece[0], css)
    result = []
    for prelude, body in _blocks(css):
        if body is None:
            result.append(f"{prelude};")
        elif prelude.startswith(_GROUPS):
            if inner := _matching(body, known):
                result.append(f"{prelude}{{{inner}}}")
        elif prelude.startswith("@"):
            result.append(f"{prelude}{{{body}}}")
        else:
            selectors = map(str.strip, _SELECTOR.findall(prelude))
            if left := [one for one in selectors if can_match(one, known)]:
                result.append(f"{','.join(left)}{{{body}}}")
    return "".join(result)


def can_match(selector: str, known: Collection[str]) -> bool:
    """Whether the site may have an element that a selector without commas matches.

    Args:
        selector: Where in doubt, it can.
        known: What `words` found.
    """
    if selector.startswith(_SWITCHING):
        return False
    if _HARD.search(selector):
        return True
    return all(
        need in known
        for match in _NEED.finditer(selector)
        for need in match.group("attribute", "value", "name")
        if need
    )


def _without_unused(css: str, used: Collection[str], animated: Collection[str]) -> str:
    result = []
    for prelude, body in _blocks(css):
        if body is None:
            result.append(f"{prelude};")
        elif prelude.startswith(_GROUPS):
            if inner := _without_unused(body, used, animated):
                result.append(f"{prelude}{{{inner}}}")
        elif prelude.startswith("@keyframes"):
            if prelude.split()[1] in animated:
                result.append(f"{prelude}{{{body}}}")
        else:
            left = [
                declaration
                for declaration in map(str.strip, _DECLARATION.findall(body))
                if declaration
                and not (
                    declaration.startswith("--")
                    and declaration.partition(":")[0].strip() not in used
                )
            ]
            if left:
                result.append(f"{prelude}{{{';'.join(left)}}}")
    return "".join(result)
