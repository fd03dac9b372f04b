"""Formatting, lint, types, and what must not stand in the tree."""

import itertools
import json
import re
import subprocess
import sys
import tomllib
from collections import defaultdict
from functools import cache
from pathlib import Path

import pytest
from support import ROOT

from book.vocabulary import DIRECTIVE

SNIPPETS = sorted(ROOT.glob("snippets/*/*.py"))
#: Written in parts, so that this file does not name them.
REGISTRY = (
    r"(p" r"ypi|pythonh" r"osted|n" r"pmjs|crat" r"es)\.(org|com|io)|deb\.deb" "ian"
)
#: `name==1.2.3` or `name[extra]==1.2.3`, and nothing else.
EXACT_PIN = re.compile(r"[\w.-]+(\[[\w.,-]+\])?==\d[\w.+!]*")
MACHINE_PATH = r"(^|[^\w./-])/(wo" r"rk|ro" r"ot|ho" r"me)/\w"


def run(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", *command],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


def test_lint() -> None:
    result = run("ruff", "check", ".")
    assert result.returncode == 0, result.stdout


def test_format() -> None:
    result = run("ruff", "format", "--check", ".")
    assert result.returncode == 0, result.stdout


def test_snippets_are_formatted(tmp_path: Path) -> None:
    """As ruff would, but for `#>`, which it would turn into `# >`."""
    for path in SNIPPETS:
        copy = tmp_path / path.parent.name / path.name
        copy.parent.mkdir(exist_ok=True)
        source = path.read_text("utf-8")
        copy.write_text(re.sub(r"(?m)^( *)#> ", r"\1# > ", source), "utf-8")
    config = str(ROOT / "pyproject.toml")
    result = run("ruff", "format", "--diff", "--config", config, str(tmp_path))
    assert result.returncode == 0, result.stdout


@cache
def type_errors() -> dict[Path, dict[str, int]]:
    """For each file the kinds of its type errors, with a line of each."""
    result = run("pyrefly", "check", "--output-format", "json")
    found: dict[Path, dict[str, int]] = defaultdict(dict)
    for error in json.loads(result.stdout)["errors"]:
        found[ROOT / error["path"]][error["name"]] = error["line"]
    return found


def test_types() -> None:
    """No error, but for snippets that say so, and those have what they say."""
    declared: dict[Path, set[str]] = {}
    for path in SNIPPETS:
        for line in path.read_text("utf-8").splitlines():
            if (match := DIRECTIVE.match(line)) and match["name"] == "types":
                kinds, _, reason = match["value"].partition(" - ")
                assert reason, f"{path}: write `# types: kind - why`"
                declared[path] = set(kinds.split(", "))
    found = {path: set(kinds) for path, kinds in type_errors().items()}
    assert found == declared, f"{dict(type_errors())}"


def test_the_tree_names_no_registry_and_no_machine() -> None:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()
    forbidden = re.compile(f"{REGISTRY}|{MACHINE_PATH}")
    for name in listed:
        path = ROOT / name
        try:
            lines = path.read_text("utf-8").splitlines() if path.is_file() else []
        except UnicodeDecodeError:
            continue
        for number, line in enumerate(lines, 1):
            match = forbidden.search(line)
            assert not match, f"{name}:{number} names {match[0]!r}" if match else ""


def loose_pins(pyproject: str) -> list[str]:
    """The direct dependencies that more than one version fits."""
    settings = tomllib.loads(pyproject)
    pins = [
        *settings["project"]["dependencies"],
        *itertools.chain.from_iterable(settings["dependency-groups"].values()),
    ]
    assert pins
    return [pin for pin in pins if not EXACT_PIN.fullmatch(pin)]


def test_the_pins_are_exact() -> None:
    assert loose_pins((ROOT / "pyproject.toml").read_text("utf-8")) == []


@pytest.mark.parametrize(
    ("exact", "loose"),
    [
        ("mkdocs==1.6.1", "mkdocs~=1.6"),
        ("pyyaml==", "pyyaml"),
        ("pillow==", "pillow<14"),
        ("pytest==", "pytest>=9"),
        ("ruff==", "ruff==0.*"),
        ("zizmor==", "zizmor==1.32.0,!=1.33"),
        ("dbos[aiosqlite,otel,validation]==", "dbos[aiosqlite,otel,validation]"),
    ],
)
def test_a_loose_pin_is_noticed(exact: str, loose: str) -> None:
    text = (ROOT / "pyproject.toml").read_text("utf-8")
    pin = re.compile(rf'"{re.escape(exact)}[^"]*"')
    changed, count = pin.subn(f'"{loose}"', text)
    assert count == 1
    assert loose_pins(changed) == [loose]


@pytest.mark.parametrize("name", ["README.md", "docs/contributing.md"])
def test_commands_in_the_text_exist(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")
    assert "uv run pytest" in text
    for path in re.findall(r"`((?:docs|tests|snippets)/[\w/.-]+)`", text):
        if "<" not in path and "queue-example" not in path:
            assert (ROOT / path).exists(), f"{name} names {path}"
