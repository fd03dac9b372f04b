"""A machine that cannot run the snippets is told so before the first test."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
import requirements_check
from conftest import ROOT

#: A plugin that is loaded before any conftest.py.
OLD_MACHINE = """
import platform
import sqlite3

platform.python_version = lambda: "3.13.0"
sqlite3.sqlite_version = "3.40.1"
"""


@pytest.mark.parametrize(
    ("python", "sqlite", "fits"),
    [
        ("3.11.5", "3.40.1", True),
        ("3.11.14", "3.50.0", True),
        ("3.12.0", "3.41.2", False),
        ("3.13.0", "3.40.1", False),
        ("3.14.0", "3.7.17", False),
        ("3.12.0", "3.42.0", True),
        ("3.14.1", "3.53.2", True),
        ("3.15.0rc1", "4.0.0", True),
    ],
)
def test_from_python_3_12_on_sqlite_is_new(
    python: str, sqlite: str, fits: bool
) -> None:
    text = requirements_check.problem(python, sqlite)
    assert (text == "") == fits
    if not fits:
        assert python in text
        assert sqlite in text
        assert "\n" not in text


@pytest.mark.parametrize("processes", ["0", "2"])
def test_the_suite_stops_with_one_line(tmp_path: Path, processes: str) -> None:
    (tmp_path / "old_machine.py").write_text(OLD_MACHINE, "utf-8")
    test = "tests/test_style.py::test_the_pins_are_exact"
    result = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "old_machine", "-n", processes, test],
        cwd=ROOT,
        env={
            **{k: v for k, v in os.environ.items() if not k.startswith("PYTEST_")},
            "PYTHONPATH": str(tmp_path),
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == pytest.ExitCode.USAGE_ERROR
    assert result.stdout == ""
    expected = requirements_check.problem("3.13.0", "3.40.1")
    assert result.stderr.strip() == f"ERROR: {expected}"
