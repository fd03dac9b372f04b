"""The lines that differ in a pair are marked on both sides."""

from collections import Counter
from pathlib import Path

import markup
import pytest

from book.model import Catalog
from pages.marks import differing


@pytest.mark.parametrize(
    ("own", "other", "marked"),
    [
        ("a b c", "a b c", []),
        ("a x c", "a b c", [2]),
        ("a b c", "a c", [2]),
        ("a c", "a b c", []),
        ("b a", "a b", [1]),
        ("a _ x", "a y", [3]),
        ("x y", "", [1, 2]),
    ],
)
def test_lines_that_the_other_side_lacks(
    own: str, other: str, marked: list[int]
) -> None:
    lines = [[word.strip("_") for word in text.split()] for text in (own, other)]
    assert differing(*lines) == marked


def test_every_pair_has_its_marks(site: Path, catalog: Catalog) -> None:
    """On one side at least; on the other nothing may be missing."""
    for rule in catalog.rules:
        page = markup.load(site / "rules" / rule.id / "index.html")
        marked: Counter[str] = Counter()
        for side, role in (("incorrect", "deletion"), ("correct", "insertion")):
            # A file may be shown in parts.
            for block in markup.find(page, f"div.highlight.{side}"):
                lines = markup.find(block, f"span.hll[role={role}]")
                marked[markup.text(markup.one(block, "span.filename"))] += len(lines)
        # Nothing but the sides of a pair is marked.
        every = len(markup.find(page, "span.hll"))
        assert every == marked.total(), rule.id
        for snippet in rule.snippets:
            if snippet.kind == "incorrect":
                twin = rule.twin(snippet)
                names = [f"snippets/{rule.id}/{it.path.name}" for it in (snippet, twin)]
                assert any(marked[name] for name in names), snippet.path
