"""The public API of the installed dbos for the skill, with the rules that use it."""

import re

from book.installed import Member, described, public_names
from book.model import Catalog, Rule

#: So many rules stand at a name.
RULES = 4
#: A module of exceptions, which the files of errors list.
_ELSEWHERE = {"error"}


def members() -> list[Member]:
    """Every public name and what it holds, in the package's order."""
    return [
        member
        for name in public_names()
        if name not in _ELSEWHERE
        for member in described(name)
    ]


def lines(catalog: Catalog) -> list[str]:
    """A line for each of `members`: signature, summary, and the rules that use it.

    Args:
        catalog: The rules.
    """
    return [_line(catalog, member) for member in members()]


def _line(catalog: Catalog, member: Member) -> str:
    method = member.name.rpartition(".")[2]
    parts = [
        f"- `{member.name}{member.signature}`",
        *([f"and `{method}_async`"] if member.twin else []),
    ]
    text = f"{' '.join(parts)}. {member.summary}".strip()
    rules = users(catalog, member.name)[:RULES]
    links = ", ".join(f"[{rule.id}]({rule.id}.md)" for rule in rules)
    return f"{text} → {links}" if links else text


def users(catalog: Catalog, name: str) -> list[Rule]:
    """The rules that use a name: first those that link it, then those whose code does.

    Args:
        catalog: The rules.
        name: As `DBOS.send` or `SetWorkflowID`.
    """
    link = f"][dbos.{name}]"
    owner = name.rpartition(".")[0]
    used = re.compile(rf"(?<![\w.]){re.escape(name)}(_async)?\b")
    # A rule that is about the name links it before others.
    linking = sorted(
        (rule for rule in catalog.rules if link in rule.body),
        key=lambda rule: rule.body[: rule.body.index(link)].count("][dbos."),
    )
    # Of an object one sees the attribute alone, which may be another's.
    if owner not in ("", "DBOS"):
        return linking
    using = [
        rule
        for rule in catalog.rules
        if rule not in linking
        and any(
            used.search(file.region(region))
            for file in rule.snippets
            if file.kind == "correct"
            for region in file.regions
        )
    ]
    return linking + using
