"""The static checks that rules hand out: patterns that find a violation in code.

A rule's checks are the documents of `snippets/<id>/check.yml`, in the language of
ast-grep. The check `<id>` finds `incorrect.py`, `<id>/<slug>` finds
`incorrect_<slug>.py`, and whatever else it finds stands in `metadata.also`. Patterns
that several checks use stand in `snippets/_checks/*.yml`. What depends on dbos is named
as `<<config-keys>>` and filled in from the installed package.

Pure: nothing here runs ast-grep. tests/test_checks.py does.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from book.installed import NAMES, alternatives
from book.markdown import YAML_LOADER
from book.model import Check, Utility
from book.problems import Problems
from book.records import CheckDocument, UtilityDocument

#: A rule's checks, and the folder of the patterns that they share.
FILE, UTILITIES = "check.yml", "_checks"
_NAME = re.compile(r"<<(?P<name>[a-z-]+)>>")
#: What a check may hold besides what every check has.
_PARTS = ("rule", "constraints")
#: The part of ast-grep's language that docs/_hooks/theme/checker/engine.js reads too.
_RELATIONS = ("inside", "has", "precedes", "follows")
_KEYS = frozenset(
    [
        "pattern",
        "kind",
        "regex",
        "nthChild",
        "all",
        "any",
        "not",
        "matches",
        *_RELATIONS,
    ]
)
#: What regular expressions of Rust's have and those of JavaScript's mean otherwise.
_FOREIGN = re.compile(r"(?<!\\)\(\?(?!:)|\\[zAB<>]|\[\[:|&&|--|~~")


def utilities(root: Path, problems: Problems) -> dict[str, Utility]:
    """The patterns that checks share, by their ids.

    Args:
        root: The repository's top folder.
        problems: Gets what is wrong.
    """
    found: dict[str, Utility] = {}
    for path in sorted(root.glob(f"snippets/{UTILITIES}/*.yml")):
        for line, data in _documents(path, problems):
            faults = UtilityDocument.faults(data)
            for fault in faults:
                problems.note(path, line, fault.message, fault.remedy)
            if faults:
                continue
            utility = Utility(data["id"], path, line, _filled(data["rule"]))
            if utility.id in found:
                message = f"a second utility {utility.id!r}."
                problems.note(path, line, message, "Give it a name of its own.")
            found[utility.id] = utility
            _check_language(path, line, utility.rule, problems)
            _check_names(path, line, data, problems)
    for utility in found.values():
        _check_uses(utility.path, utility.line, utility.rule, found, problems)
    return found


def checks_of(
    root: Path, rule_id: str, known: Mapping[str, Utility], problems: Problems
) -> tuple[Check, ...]:
    """The checks of one rule, in the order of its file.

    Args:
        root: The repository's top folder.
        rule_id: The rule.
        known: The utilities.
        problems: Gets what is wrong.
    """
    path = root / "snippets" / rule_id / FILE
    if not path.exists():
        return ()
    found: list[Check] = []
    for line, data in _documents(path, problems):
        faults = CheckDocument.faults(data)
        for fault in faults:
            problems.note(path, line, fault.message, fault.remedy)
        if faults:
            continue
        check = Check(
            id=data["id"],
            path=path,
            line=line,
            severity=data["severity"],
            message=data["message"],
            pattern=_filled({key: data[key] for key in _PARTS if key in data}),
            also=tuple(
                name
                for name in data.get("metadata", {}).get("also", ())
                # Of a rule that is retired, the programs may be gone.
                if "/" not in name or any((path.parents[1] / name).parent.glob("*.py"))
            ),
        )
        if check.id in [other.id for other in found]:
            message = f"a second check {check.id!r}."
            problems.note(path, line, message, "Put both patterns under `any:`.")
        _check_claims(check, rule_id, problems)
        for part in (
            check.pattern["rule"],
            *check.pattern.get("constraints", {}).values(),
        ):
            _check_language(path, line, part, problems)
        _check_names(path, line, data, problems)
        _check_uses(path, line, check.pattern, known, problems)
        found.append(check)
    return tuple(found)


def used_by(pattern: Any, known: Mapping[str, Utility]) -> dict[str, Utility]:
    """All utilities that a pattern needs, those of its utilities included.

    Args:
        pattern: A check's, or a part of it.
        known: The utilities.
    """
    found: dict[str, Utility] = {}
    names = list(_matched(pattern))
    while names:
        name = names.pop()
        if name not in found:
            found[name] = known[name]
            names += _matched(known[name].rule)
    return dict(sorted(found.items()))


def _documents(path: Path, problems: Problems) -> Iterator[tuple[int, Any]]:
    """Each document of the file with its first line."""
    text = path.read_text("utf-8")
    try:
        for node in yaml.compose_all(text, YAML_LOADER):
            loader = YAML_LOADER("")
            yield node.start_mark.line + 1, loader.construct_document(node)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        problems.note(path, line, "the file is not YAML.", str(error).split("\n")[0])


def _check_claims(check: Check, rule_id: str, problems: Problems) -> None:
    """Each file that the check says it finds is one of the rule's."""
    if check.rule != rule_id:
        problems.note(
            check.path,
            check.line,
            f"check {check.id!r} in the folder of {rule_id}.",
            f"Name it {rule_id}, or {rule_id}/<slug>.",
        )
        return
    for name in check.found:
        if not (problems.root / "snippets" / f"{name}.py").exists():
            problems.note(
                check.path,
                check.line,
                f"check {check.id!r} claims snippets/{name}.py, which does not exist.",
                "Write the program, or name the check after the one that it finds.",
            )


def _check_names(path: Path, line: int, data: Any, problems: Problems) -> None:
    """What stands between `<<` and `>>` is known."""
    for text in _texts(data):
        for match in _NAME.finditer(text):
            if match["name"] not in NAMES:
                known = ", ".join(f"<<{name}>>" for name in NAMES)
                message = f"{match[0]} is unknown."
                problems.note(path, line, message, f"There are: {known}.")


def _check_uses(
    path: Path,
    line: int,
    pattern: Any,
    known: Collection[str],
    problems: Problems,
) -> None:
    for name in _matched(pattern):
        if name not in known:
            problems.note(
                path,
                line,
                f"no utility {name!r}.",
                f"Write it into snippets/{UTILITIES}/, or use another one.",
            )


def _check_language(path: Path, line: int, rule: Any, problems: Problems) -> None:
    """The page that checks code can read the rule, too."""
    for what in _unread(rule):
        problems.note(
            path,
            line,
            f"the page that checks code cannot read {what}.",
            "Write the pattern without it, or teach "
            "docs/_hooks/theme/checker/engine.js to read it.",
        )


def _unread(rule: Any) -> Iterator[str]:
    if not isinstance(rule, Mapping) or not rule:
        yield f"the rule {rule!r}"
        return
    for key, value in rule.items():
        if key not in _KEYS:
            yield f"the key {key!r}"
        elif key in _RELATIONS and isinstance(value, Mapping):
            stop = value.get("stopBy", "end")
            if stop not in ("end", "neighbor"):
                yield from _unread(stop)
            if key in ("precedes", "follows") and "field" in value:
                yield f"`field` in `{key}`"
            own = ("stopBy", "field")
            yield from _unread({k: v for k, v in value.items() if k not in own})
        elif key in ("all", "any") and isinstance(value, list):
            for part in value:
                yield from _unread(part)
        elif key == "not":
            yield from _unread(value)
        elif key == "regex" and _FOREIGN.search(str(value).removeprefix("(?i)")):
            yield f"the regular expression {value!r}"
        elif key == "nthChild" and not isinstance(value, int):
            yield "a `nthChild` that is no number"
        elif key == "pattern":
            extra = (
                set(value) - {"context", "selector"} if isinstance(value, dict) else ()
            )
            yield from (f"{name!r} in `pattern`" for name in extra)
            if re.search(r"\$\$\$[A-Z]", str(value)):
                yield "`$$$` with a name"


def _matched(pattern: Any) -> Iterator[str]:
    """The utilities that a pattern itself names."""
    if isinstance(pattern, Mapping):
        for key, value in pattern.items():
            if key == "matches" and isinstance(value, str):
                yield value
            else:
                yield from _matched(value)
    elif isinstance(pattern, list):
        for value in pattern:
            yield from _matched(value)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for part in value.values():
            yield from _texts(part)
    elif isinstance(value, list):
        for part in value:
            yield from _texts(part)


def _filled(value: Any) -> Any:
    """The pattern with the names of dbos; unknown ones stay, and are a problem."""
    if isinstance(value, str):
        return _NAME.sub(
            lambda match: (
                alternatives(match["name"]) if match["name"] in NAMES else match[0]
            ),
            value,
        )
    if isinstance(value, Mapping):
        return {key: _filled(part) for key, part in value.items()}
    if isinstance(value, list):
        return [_filled(part) for part in value]
    return value
