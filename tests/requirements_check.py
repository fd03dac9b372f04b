"""What a machine has to have before the first test, and one line where it has not."""

import platform
import sqlite3

import pytest

#: From this Python on, dbos asks SQLite for the time in fractions of a second, and
#: this SQLite is the first to know them. An older one answers NULL, which no launch
#: survives: IntegrityError, application_versions.version_timestamp.
PYTHON = (3, 12)
SQLITE = (3, 42)


def problem(python: str, sqlite: str) -> str:
    """What stands in the way of dbos on SQLite and what to do, or an empty text.

    Args:
        python: Version of Python, such as `3.13.0`.
        sqlite: Version of the SQLite that it uses, such as `3.40.1`.
    """
    if _minor(python) < PYTHON or _minor(sqlite) >= SQLITE:
        return ""
    return (
        f"Python {python} uses SQLite {sqlite}, and from Python 3.12 on dbos needs "
        "SQLite 3.42 or newer: run the suite with Python 3.11, as in "
        "`UV_PYTHON=3.11 uv run pytest`, or with a Python that has a newer SQLite."
    )


def insist() -> None:
    """Stops pytest where the snippets could not run.

    Raises:
        pytest.UsageError: Its text is the one line that pytest prints.
    """
    if text := problem(platform.python_version(), sqlite3.sqlite_version):
        raise pytest.UsageError(text)


def _minor(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split(".")[:2])
