"""check_since.py names each `since` that is not true, and no other."""

import dataclasses
import sys
from pathlib import Path

import check_since
import pytest
from conftest import ROOT

from book import read
from book.model import Rule, Snippet

RULE = read.read(ROOT, "step-basics").rule("step-basics")
VERSIONS = ("3.0.0", "3.1.0", "3.2.0", "3.10.0")


def claims(page: str, directive: str, since_3: dict[str, int]) -> list[str]:
    """What is said of a page with two files that hold from a 3.x on, by their names.

    Args:
        page: Its `since`.
        directive: The `since` of `incorrect.py`, or an empty text.
        since_3: The first number x of each file; a hundred for none.
    """
    snippets = []
    seen: dict[Path, check_since.Seen] = {}
    for name, lowest in since_3.items():
        snippet = RULE.snippet(name)
        source = snippet.source.replace("# since:", "# once:")
        if directive and name == "incorrect":
            source = source.replace("\n", f"\n# since: {directive}\n", 1)
        snippets.append(dataclasses.replace(snippet, source=source))
        seen[snippet.path] = {
            version: "" if check_since.numbers(version)[1] >= lowest else "TypeError"
            for version in VERSIONS
        }
    meta = RULE.meta.model_copy(update={"since": page})
    rule: Rule = dataclasses.replace(RULE, meta=meta, snippets=tuple(snippets))
    return list(check_since.false_claims([rule], seen))


@pytest.mark.parametrize(
    ("page", "directive", "incorrect", "correct"),
    [
        ("3.0", "", 0, 0),
        ("3.2", "", 2, 0),
        ("3.10", "", 0, 10),
        ("3.0", "3.1", 1, 0),
        ("3.1", "3.10", 10, 1),
    ],
)
def test_what_is_true_is_not_named(
    page: str, directive: str, incorrect: int, correct: int
) -> None:
    found = claims(page, directive, {"incorrect": incorrect, "correct": correct})
    assert found == []


@pytest.mark.parametrize(
    ("page", "directive", "incorrect", "correct", "expected"),
    [
        (
            *("3.0", "", 2, 0),
            "snippets/step-basics/incorrect.py:1: says since 3.0, but on 3.0.0: "
            "TypeError: write `# since: 3.2`.",
        ),
        (
            *("3.0", "3.1", 10, 0),
            "snippets/step-basics/incorrect.py:2: says since 3.1, but on 3.1.0: "
            "TypeError: write `# since: 3.10`.",
        ),
        (
            *("3.0", "", 100, 0),
            "snippets/step-basics/incorrect.py:1: says since 3.0, but on 3.0.0: "
            "TypeError: mend it.",
        ),
        (
            *("3.0", "3.10", 1, 0),
            "snippets/step-basics/incorrect.py:2: says since 3.10, but 3.1 does the "
            "same: write `# since: 3.1`.",
        ),
        (
            *("3.1", "3.2", 0, 1),
            "snippets/step-basics/incorrect.py:2: says since 3.2, but 3.0 does the "
            "same: remove the line.",
        ),
        (
            *("3.2", "3.1", 2, 2),
            "snippets/step-basics/incorrect.py:2: its page says since 3.2: remove "
            "`# since: 3.1`.",
        ),
        (
            *("3.0", "new", 0, 0),
            "snippets/step-basics/incorrect.py:2: `# since: new` is no version: write "
            "it as in 3.2.",
        ),
        (
            *("3.2", "", 0, 1),
            f"docs/rules/step-basics.md:{RULE.meta_lines['since']}: says since 3.2, "
            'but its programs do the same on 3.1: write `since: "3.1"`, and '
            "`# since: 3.2` in what needs it.",
        ),
    ],
)
def test_what_is_false_is_named(
    page: str, directive: str, incorrect: int, correct: int, expected: str
) -> None:
    found = claims(page, directive, {"incorrect": incorrect, "correct": correct})
    assert found == [expected]


def test_a_file_that_fails_on_one_version_in_the_middle_is_named() -> None:
    (snippet, *_) = RULE.snippets
    seen = {snippet.path: {"3.0.0": "", "3.1.0": "TypeError", "3.2.0": ""}}
    (found,) = check_since.false_claims([RULE], seen)
    assert "says since 3.0, but on 3.1.0: TypeError: write `# since: 3.2`." in found


def test_what_was_not_run_is_not_judged() -> None:
    meta = RULE.meta.model_copy(update={"since": "3.2"})
    rule = dataclasses.replace(RULE, meta=meta)
    one = {RULE.snippets[0].path: {"3.0.0": ""}}
    assert list(check_since.false_claims([rule], one)) == []
    assert list(check_since.false_claims([rule], {})) == []


@pytest.fixture(scope="module")
def snippets() -> list[Snippet]:
    """One file of each kind."""
    names = [
        "lifecycle-config/incorrect",
        "queue-basics/correct",
        "step-basics/correct",
    ]
    return check_since.selected(read.read(ROOT).rules, names)


def test_a_reader_sees_what_is_recorded(snippets: list[Snippet]) -> None:
    found = check_since.run_once(snippets, Path(sys.executable), "sqlite", 3)
    assert found == {snippet.path: "" for snippet in snippets}


def test_something_else_than_what_is_recorded_is_named(
    snippets: list[Snippet], tmp_path: Path
) -> None:
    changed = []
    for snippet in snippets:
        path = tmp_path / f"{snippet.rule}.py"
        path.write_text(snippet.source.replace("import os", "import absent"), "utf-8")
        if snippet.recording.exists():
            path.with_suffix(".out").write_text(snippet.recording.read_text("utf-8"))
        changed.append(dataclasses.replace(snippet, path=path))
    found = check_since.run_once(changed, Path(sys.executable), "sqlite", 3)
    error = "ModuleNotFoundError: No module named 'absent'"
    assert found == {
        snippet.path: f"{error!r} where {snippet.evidence[0]!r} is recorded"
        for snippet in changed
    }


def test_the_recorded_lines_of_an_exception_may_stand_between_log_lines() -> None:
    stderr = [
        "log",
        "Traceback (most recent call last):",
        "  line",
        "E: 1",
        "two",
        "log",
    ]
    assert check_since.raised(stderr, ["E: 1", "two"]) == ["E: 1", "two"]
    assert check_since.raised(stderr, ["E: 1", "other"]) == ["E: 1"]
    assert check_since.raised([], ["E: 1"]) == []


def test_hashes_that_hold_dbos_version_differ_as_the_recorded_ones_do() -> None:
    one, two = ["from version 0000aaaa"], ["from version 0000bbbb"]
    other, third = ["from version 1111aaaa"], ["from version 1111bbbb"]
    names = check_since.renamed([one, two], [other, third])
    assert check_since.difference(other, one, names) == ""
    assert check_since.difference(third, two, names) == ""
    assert check_since.difference(third, one, names) != ""
    # The twins do the same.
    names = check_since.renamed([one, two], [other, other])
    assert check_since.difference(other, one, names) != ""
    assert check_since.difference(other, two, names) != ""
    # What was the same is no longer.
    names = check_since.renamed([one, one], [other, third])
    assert check_since.difference(other, one, names) != ""
