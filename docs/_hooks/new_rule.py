"""Makes the files of a new rule: `python docs/_hooks/new_rule.py queue-example`.

Nothing has to be registered, but the changelog has to name it. The tests reject the
result until it is filled in. `--expect` says how the wrong way goes wrong, and so which
programs are made: docs/contributing.md has the kinds.
"""

import argparse
import sys
from pathlib import Path

from book.read import read
from book.vocabulary import RULE_ID

PAGE = """\
---
title: TODO what to do
description: TODO do this so that that.
impact: medium
tags: []
since: "3.0"
keywords: []
asked: []
errors: []
related: []
---

# TODO what to do

TODO what happens otherwise.

## Incorrect

TODO what this does wrong.

```python
--8<-- "snippets/{id}/{wrong}.py:rule"
```

## Correct

TODO what changed.

```python
--8<-- "snippets/{id}/correct.py:rule"
```

## Why

TODO the mechanism.

## When not to

TODO where the rule does not hold.

## References

- TODO
"""
#: What every program has around its region.
PROGRAM = '''\
"""TODO what this file shows."""
# expect: {expect}

import os
{imports}
from dbos import DBOS, DBOSConfig{names}

{constants}
# --8<-- [start:rule]
{region}

# --8<-- [end:rule]
{helpers}

if __name__ == "__main__":
    config: DBOSConfig = {{
        "name": "todo",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "ERROR",
    }}
    DBOS(config=config)
    DBOS.launch()
{main}
    DBOS.destroy()
'''
WORKFLOW = """\
@DBOS.workflow()
def todo() -> str:
    {statement}
"""
#: An effect that leaves a line in a file, called by a workflow that dies once after it.
EFFECT = """\
{decorator}def charge(order: str) -> None:
    with CHARGES.open("a") as log:
        log.write(f"{{order}}\\n")


@DBOS.workflow()
def checkout(order: str) -> None:
    charge(order)  # TODO another effect.
    ship(order)
"""
CRASH = {
    "imports": "import signal\nfrom pathlib import Path\n",
    "names": ", SetWorkflowID",
    "constants": 'CHARGES = Path("charges.log")\n'
    "# The first run makes it; the second one finds it and goes on.\n"
    'CRASHED = Path("crashed")\n\n',
    "helpers": """

@DBOS.step()
def ship(order: str) -> None:
    if not CRASHED.exists():
        CRASHED.touch()
        os.kill(os.getpid(), signal.SIGKILL)
""",
    "main": """\
    with SetWorkflowID("order-1"):
        checkout("order-1")
    print("charges:", CHARGES.read_text().split())""",
}
PLAIN = {
    "imports": "",
    "names": "",
    "constants": "",
    "helpers": "",
    "main": "    print(todo())",
}
#: What is tried at the edges of the rule: each line that it prints is a row.
CASES = """\
\"""TODO what these cases try.\"""
# expect: ok

import os

from dbos import DBOS, DBOSConfig


@DBOS.workflow()
def todo() -> None:
    \"""TODO tries one thing.\"""


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "todo",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "ERROR",
    }
    DBOS(config=config)
    DBOS.launch()
    handle = DBOS.start_workflow(todo)
    handle.get_result()
    print("TODO what is tried:", handle.get_status().status)
    DBOS.destroy()
"""
#: How the wrong way goes wrong: the wrong file and its region, and the right region.
KINDS = {
    "wrong": ("incorrect", 'return "TODO wrong"', 'return "TODO right"'),
    "raises": ("incorrect", 'raise ValueError("TODO")', 'return "TODO right"'),
    "demo": ("demo_cost", 'return "TODO what it costs"', 'return "TODO right"'),
    "crash": ("incorrect", "", "@DBOS.step()\n"),
}


def programs(kind: str) -> dict[str, str]:
    """The source of each program, by its file name without `.py`.

    Args:
        kind: One of `KINDS`.
    """
    name, wrong, right = KINDS[kind]
    expect = {"demo": "ok", "raises": "raises ValueError"}.get(kind, kind)
    made = {}
    for stem, part, expected in (
        (name, wrong, expect),
        ("correct", right, "crash" if kind == "crash" else "ok"),
    ):
        region = (
            EFFECT.format(decorator=part)
            if kind == "crash"
            else WORKFLOW.format(statement=part)
        )
        frame = CRASH if kind == "crash" else PLAIN
        made[stem] = PROGRAM.format(expect=expected, region=region, **frame)
    return made | {"cases": CASES}


def create(root: Path, rule_id: str, kind: str = "wrong") -> list[Path]:
    """Writes a new rule: its page, the pair of programs and one for the cases.

    Args:
        root: The repository's top folder.
        rule_id: For example `queue-example`.
        kind: How the wrong way goes wrong; one of `KINDS`.

    Returns:
        The files written.

    Raises:
        ValueError: The id is no rule id, or the rule exists.
    """
    prefixes = [category.prefix for category in read(root).categories]
    match = RULE_ID.match(rule_id)
    if not match or match[1] not in prefixes:
        raise ValueError(
            f"{rule_id!r} is no rule id. "
            "Name it <prefix>-<slug>, the slug of at most four words; "
            f"prefixes: {', '.join(prefixes)}."
        )
    page = PAGE.format(id=rule_id, wrong=KINDS[kind][0])
    files = {root / "docs/rules" / f"{rule_id}.md": page} | {
        root / "snippets" / rule_id / f"{name}.py": source
        for name, source in programs(kind).items()
    }
    for path in files:
        if path.exists():
            raise ValueError(f"{path.relative_to(root)} exists. Choose another id.")
    for path, text in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return list(files)


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("rule_id", help="for example queue-example")
    parser.add_argument(
        "--expect",
        choices=KINDS,
        default="wrong",
        help="how the wrong way goes wrong (default: wrong)",
    )
    arguments = parser.parse_args()
    root = Path(__file__).parent.parent.parent
    try:
        files = create(root, arguments.rule_id, arguments.expect)
    except ValueError as error:
        sys.exit(str(error))
    for path in files:
        print(path.relative_to(root))
    print("Fill in every TODO; docs/contributing.md has the steps.")


if __name__ == "__main__":
    main()
