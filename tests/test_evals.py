"""The evals of the skill are complete, and what they say about code is true."""

import json
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from support import ROOT

from book.model import Catalog, CatalogError, Rule, Snippet
from book.read import read
from exports import evals, skill
from exports.evals import Assertion, Eval

#: Words of a title or description that stand in a prompt in the same order: it would
#: give the rule away.
SHARED_WORDS = 4
SENTENCES = 3
QUERIES = 20
IDENTIFIER = re.compile(r"[A-Za-z_]\w*")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "important" in metafunc.fixturenames:
        rules = [rule for rule in read(ROOT).rules if rule.impact in evals.IMPACTS]
        metafunc.parametrize("important", rules, ids=[rule.id for rule in rules])


@pytest.fixture(scope="module")
def by_rule(catalog: Catalog) -> dict[str, Eval]:
    return {each.rule.id: each for each in evals.load(catalog)[0]}


def regions(snippet: Snippet) -> str:
    """What the page shows of it."""
    return "\n\n".join(snippet.region(name) for name in snippet.regions)


def words(text: str) -> list[str]:
    return re.findall(r"[\w.]*\w", text.lower())


def runs(text: str) -> set[tuple[str, ...]]:
    """Every few words that follow each other."""
    found = words(text)
    return set(zip(*(found[start:] for start in range(SHARED_WORDS)), strict=False))


def names(snippets: list[Snippet]) -> set[str]:
    """Names in the code that are no ordinary words: `get_result`, `DBOSClient`."""
    found = {name for s in snippets for name in IDENTIFIER.findall(regions(s))}
    return {name for name in found if re.search(r"_|[a-z][A-Z]|DBOS.", name)}


def test_each_important_rule_has_an_eval(
    important: Rule, by_rule: dict[str, Eval]
) -> None:
    assert important.id in by_rule, (
        f"{evals.SOURCE} has no row for {important.id}, whose impact is "
        f"{important.impact}. Write a prompt and two to four assertions."
    )


def test_no_row_is_left_over(by_rule: dict[str, Eval], catalog: Catalog) -> None:
    for each in by_rule.values():
        where = f"{evals.SOURCE}:{each.line}"
        assert each.rule.id in catalog.ids, f"{where}: the rule is retired. Remove it."
        assert each.rule.impact in evals.IMPACTS, f"{where}: not important. Remove it."


def test_a_prompt_gives_nothing_away(important: Rule, by_rule: dict[str, Eval]) -> None:
    """Neither the rule's words, nor names that only the right way has."""
    each = by_rule[important.id]
    where = f"{evals.SOURCE}:{each.line}"
    assert important.id not in each.prompt, where
    for text in (important.title, important.description):
        assert not runs(each.prompt) & runs(text), where
    right = [s for s in important.snippets if s.kind == "correct"]
    wrong = [s for s in important.snippets if s.kind == "incorrect"]
    answers = names(right) - names(wrong)
    found = answers & set(IDENTIFIER.findall(each.prompt))
    assert not found, f"{where}: the prompt names {found}."


def test_a_prompt_is_short_and_says_dbos(
    important: Rule, by_rule: dict[str, Eval]
) -> None:
    prompt = by_rule[important.id].prompt
    where = f"{evals.SOURCE}:{by_rule[important.id].line}"
    assert "dbos" in prompt.lower(), f"{where}: the prompt does not say DBOS."
    ends = re.findall(r"[.?!]\"?(?= |$)", prompt)
    assert 1 <= len(ends) <= SENTENCES, f"{where}: shorten the prompt."
    assert len(prompt.split()) <= 70, f"{where}: shorten the prompt."


def test_code_shows_an_assertion_of_each_rule(
    important: Rule, by_rule: dict[str, Eval]
) -> None:
    each = by_rule[important.id]
    assert any(assertion.is_about_code for assertion in each.assertions), (
        f"{evals.SOURCE}:{each.line}: no assertion has `code:`, `no_code:` or `check:`."
    )


def test_what_is_said_about_code_is_true(
    important: Rule, by_rule: dict[str, Eval]
) -> None:
    """Of the right way, and false of the wrong one.

    For `check:`, test_checks.py proves both, so the check has to exist only.
    """
    checks = {check.id for check in important.checks}
    for assertion in by_rule[important.id].assertions:
        where = f"{evals.SOURCE}:{assertion.line}"
        if assertion.check:
            assert assertion.check in checks, (
                f"{where}: {important.id} has no check {assertion.check!r}. "
                "Name another one, or write `code:`."
            )
        elif assertion.is_about_code:
            assert proved(important, assertion) == (True, False), where


def proved(rule: Rule, assertion: Assertion) -> tuple[bool, bool]:
    """Whether the assertion is true of the right way, and of the wrong one."""
    wrong = rule.snippet(assertion.wrong_file)
    pattern = re.compile(assertion.code or assertion.no_code)
    right_has, wrong_has = (
        pattern.search(regions(snippet)) is not None
        for snippet in (rule.twin(wrong), wrong)
    )
    wanted = bool(assertion.code)
    return right_has == wanted, wrong_has == wanted


def test_an_untrue_assertion_is_noticed(catalog: Catalog) -> None:
    rule = catalog.rule("workflow-order")
    right = Assertion("It sorts.", 1, code=r"sorted\(")
    assert proved(rule, right) == (True, False)
    assert proved(rule, replace(right, code="", no_code=r"sorted\(")) == (False, True)
    assert proved(rule, replace(right, code="charge")) == (True, True)
    with pytest.raises(KeyError, match=r"incorrect_absent\.py"):
        proved(rule, replace(right, pair="absent"))


def test_queries_are_as_many_and_different(catalog: Catalog) -> None:
    queries = evals.load(catalog)[1]
    every = [*queries.should_trigger, *queries.should_not_trigger]
    assert len(queries.should_trigger) == len(queries.should_not_trigger) == QUERIES
    assert len(set(every)) == 2 * QUERIES
    # The nearest misses are about DBOS in other languages.
    assert any("DBOS" in query for query in queries.should_not_trigger)


def test_both_files_are_published_in_their_forms(
    catalog: Catalog, by_rule: dict[str, Eval], record_property: Callable[..., None]
) -> None:
    files = evals.published(catalog, skill.NAME)
    assert sorted(files) == ["evals.json", "queries.json"]
    found = json.loads(files["evals.json"])
    assert list(found) == ["skill_name", "evals"]
    assert found["skill_name"] == "dbos-python"
    for row, each in zip(found["evals"], by_rule.values(), strict=True):
        assert row == {
            "id": each.id,
            "prompt": each.prompt,
            "expected_output": each.rule.description,
            "files": [],
            "assertions": [assertion.published for assertion in each.assertions],
        }
    queries = json.loads(files["queries.json"])
    assert all(list(row) == ["query", "should_trigger"] for row in queries)
    assert Counter(row["should_trigger"] for row in queries) == {
        True: QUERIES,
        False: QUERIES,
    }
    every = [a for each in by_rule.values() for a in each.assertions]
    shown = sum(assertion.is_about_code for assertion in every)
    record_property(
        "summary",
        f"evals: {len(by_rule)}, with {len(every)} assertions, {shown} about code",
    )


def test_a_retired_rule_is_asked_about_no_more(catalog: Catalog) -> None:
    first, *others = catalog.rules
    meta = first.meta.model_copy(update={"status": "retired"})
    gone = replace(first, meta=meta)
    changed = replace(catalog, rules=tuple(others), retired=(gone,))
    before, after = (
        json.loads(evals.published(each, skill.NAME)["evals.json"])["evals"]
        for each in (catalog, changed)
    )
    assert [row for row in before if row not in after] == [
        row for row in before if row["expected_output"] == first.description
    ]
    assert len(after) == len(before) - 1


@pytest.fixture
def edited(
    catalog: Catalog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[[str, str], list[str]]:
    """What is wrong with the data file when one text is replaced in it."""

    def edit(old: str, new: str) -> list[str]:
        source = evals.DATA.read_text("utf-8")
        assert old in source
        path = tmp_path / evals.DATA.name
        path.write_text(source.replace(old, new, 1), "utf-8")
        monkeypatch.setattr(evals, "DATA", path)
        with pytest.raises(CatalogError) as caught:
            evals.load(catalog)
        return str(caught.value).splitlines()

    return edit


FIRST = "- id: 1\n"
TEXT = "  - text: DBOS is constructed"


@pytest.mark.parametrize(
    ("old", "new", "at", "problem"),
    [
        (FIRST, "- id: [\n", "", "the file is not YAML. "),
        ("\nqueries:", "\nothers:", "", "the file has other sections. Write the sec"),
        (FIRST, f"- word\n{FIRST}", "- word", "the row is no mapping. Write the keys "),
        (FIRST, "- nr: 1\n", "- nr: 1", "unknown key nr. Known keys: id, rule, prompt"),
        (FIRST, "- nr: 1\n", "- nr: 1", "the row has no id. Add `id:` to it."),
        (FIRST, "- id: x\n", "- id: x", "id is 'x'. Take the next number that no row"),
        ("- id: 2\n", "- id: 1\n", "", "a second row with the id 1. Take the next"),
        ("rule: lifecycle-config", "rule: x", FIRST, "no rule is called 'x'. Name a"),
        ("rule: lifecycle-fork", "rule: lifecycle-config", "", "a second row for life"),
        (TEXT, "  - x: DBOS", "  - x: DBOS", "the assertion has no text. Add `text:`"),
        ("is called.\n", "is called\n", TEXT, "text is 'DBOS is constructed with its"),
        ("code: 'DBOS", "code: '(DBOS", TEXT, "code is no regular expression: missing"),
        (
            "    code: ",
            "    check: x\n    code: ",
            TEXT,
            "the assertion has code and ch",
        ),
        (
            "    check: ",
            "    pair: x\n    check: ",
            "",
            "the assertion has a pair, and",
        ),
        ("  should_trigger:", "  should:", "", "unknown key should. Known keys: shou"),
    ],
)
def test_a_bad_row_names_line_and_remedy(
    edited: Callable[[str, str], list[str]],
    old: str,
    new: str,
    at: str,
    problem: str,
) -> None:
    found = edited(old, new)
    lines = [
        int(match[1])
        for line in found
        if (match := re.match(rf"{evals.SOURCE}:(\d+): {re.escape(problem)}", line))
    ]
    assert lines, found
    if at:
        source = evals.DATA.read_text("utf-8").splitlines()
        assert source[lines[0] - 1].startswith(at.rstrip("\n"))
