"""The table of configuration keys says what the installed dbos accepts."""

import importlib
import inspect
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import configured
import harness
import pytest
from databases import Database, Postgres
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


def test_every_row_was_run_or_says_that_it_was_not() -> None:
    """A program of configured.py runs it, or the rule that the row links."""
    rows = {line.split("`")[1]: line for line in PAGE.splitlines() if ROW.match(line)}
    elsewhere = {key for key, row in rows.items() if "](../rules/" in row}
    not_run = {key for key, row in rows.items() if "Not run" in row}
    assert set(configured.PROGRAMS) <= set(rows)
    assert not not_run & (elsewhere | set(configured.PROGRAMS))
    assert set(rows) == not_run | elsewhere | set(configured.PROGRAMS)


def test_every_key_does_what_was_seen(
    databases: dict[str, Database], tmp_path: Path
) -> None:
    """Some at a time, as half of the programs wait."""
    postgres = databases.get("postgres")
    without = set() if postgres else configured.NEED_POSTGRES
    waiting = [key for key in configured.PROGRAMS if key not in without]
    found: dict[str, object] = {}
    running: dict[str, Fork] = {}
    while waiting or running:
        while waiting and len(running) < 4:
            key = waiting.pop()
            urls = {}
            if postgres and key in configured.NEED_POSTGRES:
                urls = _two_databases(postgres, key)
            folder = tmp_path / key
            folder.mkdir()
            running[key] = Fork(_in_folder(folder, urls, key), folder)
        key = next(iter(running))
        fork = running.pop(key)
        assert harness.wait(fork, harness.TIME_LIMIT), key
        fork.kill()
        found[key] = fork.result()
    expected = {key: seen for key, (_, seen) in configured.PROGRAMS.items()}
    assert found == {key: expected[key] for key in found}


def _two_databases(postgres: Database, key: str) -> dict[str, str]:
    """The addresses of an empty database and of one with tables."""
    assert isinstance(postgres, Postgres)
    name = f"configured_{key}"
    migrated = postgres.create(name)
    postgres.execute("CREATE DATABASE {}", f"{name}_empty")
    return {"migrated": migrated, "empty": postgres.url(f"{name}_empty")}


def _in_folder(folder: Path, urls: dict[str, str], key: str) -> Callable[[], object]:
    def run() -> object:
        os.chdir(folder)
        # Its workflows belong to this process's registry then.
        importlib.reload(configured)
        configured.URLS.update(urls)
        program, _ = configured.PROGRAMS[key]
        return program()

    return run


def test_defaults_are_those_of_the_package() -> None:
    """Where its own documentation names a number."""
    told = dict(
        re.findall(
            r"^ +(\w+) \(\w+\): .*Defaults to ([\d.]+\d|True|False)\b",
            inspect.getdoc(DBOSConfig) or "",
            re.MULTILINE,
        )
    )
    assert len(told) >= 10
    shown = dict(re.findall(r"^\| `(\w+)` \| `[^|]+` \| ([^|]+) \|", PAGE, re.M))
    for key, default in told.items():
        assert shown[key].strip("`") == default, key


def test_a_type_checker_finds_a_misspelt_key(tmp_path: Path) -> None:
    path = tmp_path / "keys.py"
    source = "from dbos import DBOSConfig\nconfig: DBOSConfig = {"
    checker = Path(sys.executable).with_name("pyrefly")
    command = [checker, "check", "--config", ROOT / "pyproject.toml", path]
    for key, finds in (("log_level", False), ("loglevel", True)):
        path.write_text(f'{source}"name": "shop", "{key}": "INFO"}}\n', "utf-8")
        result = subprocess.run(command, capture_output=True, text=True, check=False)
        assert (result.returncode != 0) == finds, result.stdout
        assert ("`loglevel`" in result.stdout) == finds, result.stdout


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
