"""Pages as browsers read them: elements by CSS selector, their attributes and texts."""

from pathlib import Path

from selectolax.lexbor import LexborHTMLParser, LexborNode


def load(path: Path) -> LexborNode:
    """The root element of a file of HTML; see `parse`.

    Args:
        path: Where the file is.
    """
    return parse(path.read_text("utf-8"))


def parse(html: str) -> LexborNode:
    """The root element of a page, or of the page that a part of one makes.

    What a `<template>` holds is found in it, as if a script had put it there: no check
    is to pass because a script shows something later.

    Args:
        html: The page; what is missing around a part is added, as browsers do.
    """
    root = LexborHTMLParser(html).root
    assert root is not None
    _open_templates(root)
    return root


def find(node: LexborNode, selector: str) -> list[LexborNode]:
    """Each matching element once, in the page's order.

    Args:
        node: Where to look; it may match itself.
        selector: In CSS, such as `link[rel=icon], [src]`.
    """
    # An element that matches two parts of a list would be there twice.
    return list({each.mem_id: each for each in node.css(selector)}.values())


def one(node: LexborNode, selector: str) -> LexborNode:
    """The only matching element; none and several fail the test.

    Args:
        node: Where to look.
        selector: In CSS.
    """
    found = find(node, selector)
    assert len(found) == 1, f"{len(found)} elements match {selector!r}"
    return found[0]


def value(node: LexborNode, name: str) -> str:
    """An attribute's value, which is empty for one without; a missing one fails.

    Args:
        node: An element.
        name: In lower case.
    """
    attributes = node.attributes
    assert name in attributes, f"no {name}: {node.html}"
    return attributes[name] or ""


def values(node: LexborNode, selector: str, name: str) -> list[str]:
    """The attribute's value for each matching element, all of which have to have it.

    Args:
        node: Where to look.
        selector: In CSS.
        name: The attribute, in lower case.
    """
    return [value(each, name) for each in find(node, selector)]


def text(node: LexborNode) -> str:
    """All text in an element, without markup and as it stands there.

    Args:
        node: An element.
    """
    return node.text()


def texts(node: LexborNode, selector: str) -> list[str]:
    """The text of each matching element.

    Args:
        node: Where to look.
        selector: In CSS.
    """
    return [text(each) for each in find(node, selector)]


def before(node: LexborNode) -> LexborNode:
    """What stands right before an element, past white space; nothing there fails.

    Args:
        node: An element.
    """
    return _beside(node, -1)


def after(node: LexborNode) -> LexborNode:
    """What stands right after an element, past white space; nothing there fails.

    Args:
        node: An element.
    """
    return _beside(node, 1)


def _beside(node: LexborNode, step: int) -> LexborNode:
    assert node.parent
    around = list(node.parent.iter(include_text=True, skip_empty=True))
    at = [each.mem_id for each in around].index(node.mem_id) + step
    assert 0 <= at < len(around), f"nothing beside {node.html}"
    return around[at]


def _open_templates(root: LexborNode) -> None:
    """Moves what templates hold to where selectors see it: among their children."""
    opened = 0
    # A template in a template comes right after it, once that is open.
    while len(templates := root.css("template")) > opened:
        content = root.template_fragments()[opened]
        while child := content.first_child:
            templates[opened].insert_child(child, move=True)
        opened += 1
