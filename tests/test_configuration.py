"""The table of configuration keys says what the installed dbos accepts."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import harness
import pytest
from dbos import DBOS, DBOSConfig
from harness import Fork, SnippetError
from support import ROOT

PAGE = (ROOT / "docs/reference/configuration.md").read_text("utf-8")
ROW = re.compile(r"^\| `(\w+)` \| `([^|]+)` \| ", re.MULTILINE)
GONE = re.compile(r"^\| `(\w+)` \| (.+) \|$", re.MULTILINE)


def test_every_key_has_its_row_with_its_type() -> None:
    annotations = DBOSConfig.__annotations__
    documented = {
        match[1]: match[2] for match in ROW.finditer(PAGE) if match[1] in annotations
    }
    assert set(documented) == set(annotations)
    for key, annotation in annotations.items():
        assert _short(str(annotation)) == documented[key], key


def test_keys_that_are_gone_do_what_the_table_says(tmp_path: Path) -> None:
    rows = GONE.findall(PAGE.partition("## Keys of dbos 2")[2])
    assert len(rows) == 4
    for key, claim in rows:
        scratch = tmp_path / key
        scratch.mkdir()
        fork = Fork(_constructs(key, scratch), scratch)
        harness.wait(fork, harness.TIME_LIMIT)
        if "raises" in claim:
            with pytest.raises(SnippetError, match="DBOSInitializationError"):
                fork.result()
        else:
            assert "ignored" in claim
            assert fork.result() == "constructed"


def _constructs(key: str, folder: Path) -> Callable[[], str]:
    """A function that constructs DBOS with that key set."""

    def construct() -> str:
        config: dict[str, Any] = {
            "name": "configuration",
            "system_database_url": f"sqlite:///{folder}/state.sqlite",
            key: "sqlite:///gone.sqlite",
        }
        DBOS(config=config)  # pyrefly: ignore[bad-argument-type]
        return "constructed"

    return construct


def _short(annotation: str) -> str:
    """The type as the table writes it: without Optional, modules and parameters."""
    if match := re.fullmatch(r"typing\.Optional\[(.*)\]|<class '(.*)'>", annotation):
        annotation = match[1] or match[2]
    if match := re.fullmatch(r"typing\.Literal\['(\w+)', '(\w+)'\]", annotation):
        return f'"{match[1]}" or "{match[2]}"'
    annotation = annotation.replace("typing.", "").replace("List[", "list[")
    annotation = re.sub(r"sqlalchemy\.[\w.]+\.Engine", "sqlalchemy.Engine", annotation)
    annotation = re.sub(r"dbos\.[\w.]+\.(\w+)", r"\1", annotation)
    return "dict" if annotation == "Dict[str, Any]" else annotation
