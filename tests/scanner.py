"""Runs ast-grep with the checks of the rules, as a user does.

    uv run python tests/scanner.py src/ more.py

A line is a report: file, line, check, message.
"""

import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

sys.path.insert(0, str(Path(__file__).parent.parent / "docs/_hooks"))

import yaml

from book.model import Catalog
from book.read import load
from exports.bundle import bundle, document
from exports.edition import Edition
from pages.render import Facts

ROOT = Path(__file__).parent.parent
SITE_URL = "https://example.org/dbos-rules/"


class Finding(NamedTuple):
    """One report: which check, and where; lines and columns count from 1."""

    check: str
    path: Path
    line: int
    column: int
    message: str


class ScanError(Exception):
    """ast-grep could not read what it was given; the text is what it said."""


def edition() -> Edition:
    """An edition like the published one."""
    return Edition(Facts("3.4.0"), "0.0.0", date(2026, 1, 1), SITE_URL)


def program() -> str:
    """Where ast-grep is: beside the interpreter, or where the shell finds it."""
    beside = Path(sys.executable).with_name("ast-grep")
    found = str(beside) if beside.exists() else shutil.which("ast-grep")
    assert found, "no ast-grep: install the packages of requirements.txt"
    return found


def run(
    folder: Path, *arguments: str | Path, status: Sequence[int] = (0, 1)
) -> subprocess.CompletedProcess[str]:
    """Runs `ast-grep scan` in a folder.

    Args:
        folder: Where.
        arguments: What follows `scan`.
        status: How it may end; 1 says that it found an error.

    Raises:
        ScanError: It ended otherwise.
    """
    done = subprocess.run(
        [program(), "scan", *map(str, arguments)],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode not in status:
        raise ScanError(done.stderr)
    return done


def scan(rules: Path, paths: Iterable[Path]) -> list[Finding]:
    """All that the rules report in files, sorted.

    Args:
        rules: A file of rules.
        paths: Files and folders.

    Raises:
        ScanError: The rules cannot be read.
    """
    with tempfile.TemporaryDirectory() as empty:
        # A checkout may have an `sgconfig.yml`, which would be looked for.
        done = run(Path(empty), "-r", rules, "--json=stream", "--no-ignore=vcs", *paths)
    return sorted(map(finding, done.stdout.splitlines()))


def finding(line: str) -> Finding:
    """The report that ast-grep printed.

    Args:
        line: A line of `--json=stream`.
    """
    data: dict[str, Any] = json.loads(line)
    start = data["range"]["start"]
    return Finding(
        check=data["ruleId"],
        path=Path(data["file"]),
        line=start["line"] + 1,
        column=start["column"] + 1,
        message=data["message"],
    )


def write_bundle(catalog: Catalog, target: Path) -> Path:
    """The file that the site hands out.

    Args:
        catalog: The checks.
        target: Where it goes.
    """
    target.write_text(bundle(catalog, edition()), "utf-8")
    return target


def write_project(catalog: Catalog, folder: Path) -> Path:
    """The same checks as a project of ast-grep's, which keeps shared patterns apart.

    Args:
        catalog: The checks.
        folder: An empty folder.

    Returns:
        The project's configuration.
    """
    for name in ("rules", "utils"):
        (folder / name).mkdir()
    for number, check in enumerate(catalog.checks):
        made = document(catalog, check, edition())
        made.pop("utils", None)
        text = yaml.safe_dump(made, sort_keys=False)
        (folder / f"rules/{number}.yml").write_text(text, "utf-8")
    for utility in catalog.utilities.values():
        made = {"id": utility.id, "language": "python", "rule": dict(utility.rule)}
        text = yaml.safe_dump(made, sort_keys=False)
        (folder / f"utils/{utility.id}.yml").write_text(text, "utf-8")
    config = folder / "sgconfig.yml"
    config.write_text("ruleDirs: [rules]\nutilDirs: [utils]\n", "utf-8")
    return config


def qualified(source: str) -> str:
    """The program with `import dbos`, and `dbos.` before each name from there.

    Args:
        source: A program that imports names from dbos, once.
    """
    pattern = r"^from dbos import (\([^)]*\)|[^\n(]*)$"
    match = re.search(pattern, source, re.MULTILINE)
    assert match, "the program imports nothing from dbos"
    names = re.findall(r"\w+", match[1])
    rest = re.sub(
        rf"(?<![\w.\"'`])(?:{'|'.join(names)})\b(?!=[^=])",
        lambda found: f"dbos.{found[0]}",
        source[match.end() :],
    )
    # Lines keep their numbers.
    lines = "\n" * match[0].count("\n")
    return f"{source[: match.start()]}import dbos{lines}{rest}"


def main(arguments: Sequence[str]) -> int:
    """Scans what the command line names, or all snippets; prints each report."""
    paths = [Path(name).resolve() for name in arguments] or [ROOT / "snippets"]
    with tempfile.TemporaryDirectory() as folder:
        rules = write_bundle(load(ROOT), Path(folder, "rules.yml"))
        for found in scan(rules, paths):
            print(f"{found.path}:{found.line}: {found.check}: {found.message}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
