"""What holds at today's size holds with three hundred rules."""

from datetime import date
from pathlib import Path

import pytest
from growth import copy_sources, grow

from book.errors import entries
from book.markdown import links
from book.model import Catalog
from book.read import load
from exports import skill
from exports.edition import Edition
from exports.tokens import packed, tokens
from pages.render import Facts

RULES = 300
#: Longer than most: the budgets hold with the addresses in the files too.
SITE = "https://a-rather-long-name-of-an-organisation.example.org/dbos-python-rules/"


@pytest.fixture(scope="module")
def grown(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    root = tmp_path_factory.mktemp("grown")
    copy_sources(root)
    grow(root, RULES)
    return load(root)


@pytest.fixture(scope="module")
def files(grown: Catalog) -> dict[str, str]:
    edition = Edition(Facts("3.4.0"), "1.2.3", date(2026, 1, 2), SITE)
    return skill.files(grown, edition)


def test_every_file_of_the_skill_keeps_its_budget(files: dict[str, str]) -> None:
    body = files["SKILL.md"].split("---\n", 2)[2]
    assert body.count("\n") < skill.BODY_LINES
    assert tokens(body) <= skill.BODY_TOKENS
    for name, text in files.items():
        # A tool reads the static checks, and nobody loads them.
        if name != "SKILL.md" and not name.startswith("assets/"):
            assert tokens(text) <= 2000, name


def test_every_rule_and_error_is_in_the_skill(
    files: dict[str, str], grown: Catalog
) -> None:
    assert len(grown.rules) == RULES
    index = {name: text for name, text in files.items() if "/index-" in name}
    # What SKILL.md does not list itself, it leads to.
    for category in grown.categories:
        first = f"references/index-{category.slug}.md"
        listed = all(
            f"(references/{rule.id}.md)" in files["SKILL.md"]
            for rule in grown.rules_of(category)
        )
        assert listed or f"({first})" in files["SKILL.md"], category.slug
    for name, text in index.items():
        following = [target for target in links(text) if target.startswith("index-")]
        assert all(f"references/{target}" in index for target in following), name
    for rule in grown.rules:
        lines = [
            text for text in index.values() if f"[{rule.id}]({rule.id}.md)" in text
        ]
        assert len(lines) == 1, rule.id
        own = files[f"references/{rule.id}.md"] + lines[0]
        assert all(word in own for word in rule.meta.keywords), rule.id
    errors = "".join(text for name, text in files.items() if "/errors-" in name)
    for entry in entries(grown):
        assert entry.printed.replace("`", "") in errors.replace("`", "")


def test_a_category_with_one_rule_too_many_for_the_room_is_named(
    catalog: Catalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The most important rules stay in SKILL.md, as far as there is room."""
    edition = Edition(Facts("3.4.0"), "1.2.3", date(2026, 1, 2))
    whole = skill.skill_page(catalog, edition)
    monkeypatch.setattr(skill, "BODY_TOKENS", tokens(whole) - 300)
    cut = skill.skill_page(catalog, edition)
    assert "[lifecycle-config](references/lifecycle-config.md)" in cut
    assert "listed in [references/index-" in cut
    assert "listed in [references/index-" not in whole


def test_many_rules_that_name_one_do_not_make_its_file_too_long(
    grown: Catalog, files: dict[str, str]
) -> None:
    """Its own links stay; it is the others' that go."""
    rule = grown.rule("advanced-patching")
    for other in rule.meta.related:
        assert f"[{other}]({other}.md)" in files["references/advanced-patching.md"]


def test_lines_are_packed_in_order_and_within_the_limit() -> None:
    lines = ["word " * length for length in (10, 10, 60, 5, 5, 5)]
    parts = packed(lines, 60)
    assert [line for part in parts for line in part] == lines
    assert [len(part) for part in parts] == [2, 1, 3]
    assert packed([], 60) == []


def test_the_copies_are_rules_of_their_own(grown: Catalog) -> None:
    assert len({rule.title for rule in grown.rules}) == RULES
    root = Path(grown.root)
    assert (root / "docs/rules/queue-basics-n2.md").exists()
    assert not grown.problems
