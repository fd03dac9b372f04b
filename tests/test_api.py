"""The skill's list of signatures and the installed dbos agree."""

import enum
import inspect
import re
from typing import Any, get_args, get_origin

import dbos
import pytest
from scanner import edition
from support import ROOT

from book import installed
from book.installed import Member
from book.model import Catalog
from exports import api
from exports.skill import files

MEMBERS = {member.name: member for member in api.members()}


def functions(holder: Any) -> dict[str, Any]:
    """The functions of a class of dbos, or the function that is given."""
    if inspect.isfunction(holder):
        return {"": holder}
    found = {}
    for kind in reversed(getattr(holder, "__mro__", ())):
        for name, value in vars(kind).items():
            function = getattr(value, "__func__", value)
            if inspect.isfunction(function):
                found[name] = function
    return found


#: As the package has them: to be quick, the suite gives some of them other defaults.
SIGNATURES = {
    function: inspect.signature(function)
    for name in dbos.__all__
    for function in functions(getattr(dbos, name)).values()
}


def public(holder: Any) -> set[str]:
    """What a class of dbos offers, but for what it has from elsewhere."""
    own: set[str] = set()
    for kind in holder.__mro__:
        if kind.__module__.split(".")[0] == "dbos":
            own |= {name for name in vars(kind) if name[0] != "_"}
    return own


def test_every_public_name_is_listed() -> None:
    assert installed.public_names() == list(dbos.__all__)
    assert set(dbos.__all__) - {"error"} == {
        name for name in MEMBERS if "." not in name
    }


@pytest.mark.parametrize("name", [name for name in dbos.__all__ if name != "error"])
def test_a_name_holds_what_the_package_has(name: str) -> None:
    found = getattr(dbos, name)
    member = MEMBERS[name]
    if get_origin(found):
        assert re.findall(r"'([^']*)'", member.signature) == list(get_args(found))
        return
    if not inspect.isclass(found):
        assert inspect.isfunction(found), name
        same_parameters(member, found)
        return
    if issubclass(found, enum.Enum):
        assert member.signature.removeprefix(": ").split(", ") == list(
            found.__members__
        )
        return
    if "__init__" in vars(found) and "{" not in member.signature:
        same_parameters(member, found.__init__)
    listed = {
        each.name.partition(".")[2]: each
        for each in MEMBERS.values()
        if each.name.startswith(f"{name}.")
    }
    keys = set(re.findall(r"(\w+): ", member.signature.partition("{")[2]))
    fields = set(getattr(found, "__annotations__", {}))
    assert keys >= {key for key in fields if key[0] != "_"}, name
    twins = {f"{key}_async" for key, each in listed.items() if each.twin}
    assert set(listed) | twins | fields >= public(found), name
    assert set(listed) | twins <= public(found) | fields, name
    for key, each in listed.items():
        attribute = inspect.getattr_static(found, key)
        function = getattr(attribute, "__func__", attribute)
        if inspect.isfunction(function):
            same_parameters(each, function)


def same_parameters(member: Member, function: Any) -> None:
    """Names and defaults, as the package has them when it is imported."""
    given = SIGNATURES[function].parameters
    names = [name for name in given if name not in ("self", "cls")]
    shown = member.signature
    for name in names:
        assert re.search(rf"[(\s*]{name}\b", shown), (member, name)
    for name in names:
        default = given[name].default
        if isinstance(default, bool | int | float | str) and not isinstance(
            default, enum.Enum
        ):
            # A constant of another package has its name there.
            value = rf"(?:{re.escape(repr(default))}|\w+\.{re.escape(str(default))})"
            pattern = rf"\b{name}: [^=]*={value}(?=[,)])"
            assert re.search(pattern, shown), (member, name, default)


def test_each_line_fits_and_leads_to_rules(catalog: Catalog) -> None:
    parts = {
        name: text
        for name, text in files(catalog, edition()).items()
        if name.startswith("references/api")
    }
    joined = "\n".join(parts.values())
    for name in MEMBERS:
        assert f"`{name}" in joined, name
    for rule, name in [
        ("comm-messages", "DBOS.send"),
        ("queue-basics", "DBOS.register_queue"),
        ("pattern-idempotency", "SetWorkflowID"),
    ]:
        (line,) = re.findall(rf"^- `{re.escape(name)}\(.*$", joined, re.MULTILINE)
        assert f"[{rule}]({rule}.md)" in line


def test_the_reference_shows_every_public_name() -> None:
    """But for what a page of prose lists, and one that the tool cannot find."""
    sources = (ROOT / "docs/reference").glob("*.md")
    pages = "".join(path.read_text("utf-8") for path in sources)
    shown = set(re.findall(r"(?m)^::: dbos\.(\w+)", pages))
    elsewhere = {"error", "run_dbos_database_migrations"}
    assert set(dbos.__all__) - elsewhere <= shown


def test_rules_link_nothing_that_the_reference_lacks(catalog: Catalog) -> None:
    """What a rule names in its references is a link: the reference leads back."""
    for rule in catalog.rules:
        tail = rule.body.partition("\n## References\n")[2]
        for line in tail.splitlines():
            unlinked = r"(?<!\[)`((?:DBOS\w*\.|Debouncer)\w*)`(?!\])"
            for name in re.findall(unlinked, line):
                pytest.fail(f"{rule.path.name}: {name} is no link in References.")


def test_all_of_it_is_imported_from_the_package() -> None:
    """As the head of the skill's list says."""
    for member in api.members():
        assert hasattr(dbos, member.name.split(".")[0]), member.name
