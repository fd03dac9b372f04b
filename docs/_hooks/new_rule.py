"""Makes the files of a new rule: `python docs/_hooks/new_rule.py queue-example`.

Nothing has to be registered, but the changelog has to name it. The tests reject the
result until it is filled in.
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
errors: []
related: []
---

# TODO what to do

TODO what happens otherwise.

## Incorrect

TODO what this does wrong.

```python
--8<-- "snippets/{id}/incorrect.py:rule"
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
SNIPPET = '''\
"""TODO what this file shows."""
# expect: {expect}

import os

from dbos import DBOS, DBOSConfig


# --8<-- [start:rule]
@DBOS.workflow()
def todo() -> str:
    return "TODO"


# --8<-- [end:rule]

if __name__ == "__main__":
    config: DBOSConfig = {{
        "name": "todo",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "ERROR",
    }}
    DBOS(config=config)
    DBOS.launch()
    print(todo())
    DBOS.destroy()
'''


def create(root: Path, rule_id: str) -> list[Path]:
    """Writes the page and the pair of snippets of a new rule.

    Args:
        root: The repository's top folder.
        rule_id: For example `queue-example`.

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
            f"Name it <prefix>-<slug>; prefixes: {', '.join(prefixes)}."
        )
    files = {
        root / "docs/rules" / f"{rule_id}.md": PAGE.format(id=rule_id),
        root / "snippets" / rule_id / "incorrect.py": SNIPPET.format(expect="wrong"),
        root / "snippets" / rule_id / "correct.py": SNIPPET.format(expect="ok"),
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
    root = Path(__file__).parent.parent.parent
    try:
        files = create(root, parser.parse_args().rule_id)
    except ValueError as error:
        sys.exit(str(error))
    for path in files:
        print(path.relative_to(root))


if __name__ == "__main__":
    main()
