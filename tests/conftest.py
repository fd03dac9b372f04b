"""Options, databases, the built site and the summary of what ran."""

import fcntl
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import median

import pytest
import requirements_check
from catalog import DATABASES, Catalog, load
from databases import Database, Postgres, SQLite
from harness import warm_up
from runner import Runner

ROOT = Path(__file__).parent.parent
#: Below a prefix, as a project site is; only pages' texts may name it.
SITE_URL = "https://example.org/dbos-rules/"
#: Runs MkDocs with every way to another machine closed.
OFFLINE_MKDOCS = """
import sys

def refuse(event, args):
    if event in ("socket.connect", "socket.getaddrinfo"):
        raise RuntimeError(f"network call: {event} {args}")

sys.addaudithook(refuse)
from mkdocs.__main__ import cli
cli()
"""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Adds the options about snippets."""
    group = parser.getgroup("snippets")
    group.addoption(
        "--database",
        choices=[*DATABASES, "both"],
        default="both",
        help="the database that snippets run on (default: both)",
    )
    group.addoption(
        "--snippet-jobs",
        type=int,
        default=6,
        help="how many snippets run at once (default: 6; 1 to measure them)",
    )


def pytest_configure() -> None:
    """Stops before the first test where no snippet could run."""
    requirements_check.insist()


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """How many processes share the tests, where `-n` does not say it.

    The whole suite takes two: one runs snippets while the other looks at the site. What
    a developer selects runs in the first process, which starts sooner and can be
    debugged. So does what rewrites the files that other tests read.
    """
    option = config.option
    whole = config.args_source is pytest.Config.ArgsSource.TESTPATHS
    selected = option.keyword or option.markexpr or option.update_examples
    return 2 if whole and not selected else 0


def selected_databases(config: pytest.Config) -> list[str]:
    """The databases that --database names."""
    choice = config.getoption("database")
    return list(DATABASES) if choice == "both" else [choice]


@pytest.fixture(scope="session")
def catalog() -> Catalog:
    """The repository's catalogue; a broken one fails every test that needs it."""
    return load(ROOT)


@pytest.fixture
def copy_of_the_rules(tmp_path: Path) -> Path:
    """A folder with all pages and snippets, to break."""
    for name in ("docs/categories", "docs/rules", "snippets"):
        shutil.copytree(ROOT / name, tmp_path / name)
    for path in ROOT.glob("docs/*.md"):
        shutil.copyfile(path, tmp_path / "docs" / path.name)
    return tmp_path


@pytest.fixture(scope="session")
def databases(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[dict[str, Database]]:
    """The selected databases, ready to make copies."""
    folder = tmp_path_factory.mktemp("databases")
    names = selected_databases(request.config)
    result: dict[str, Database] = {}
    if "sqlite" in names:
        result["sqlite"] = SQLite(folder / "sqlite")
    if "postgres" in names:
        result["postgres"] = Postgres()
    for database in result.values():
        warm_up(database.create("warm_up"))
    yield result
    for database in result.values():
        database.close()


@pytest.fixture(scope="session")
def runner(
    request: pytest.FixtureRequest,
    databases: dict[str, Database],
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Runner]:
    """Runs this session's snippets."""
    result = Runner(databases, tmp_path_factory.mktemp("runs"), request)
    yield result
    result.stop()


@pytest.fixture(scope="session")
def site_url() -> str:
    """The published address that the tests' site is built for."""
    return SITE_URL


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, built strictly, without a network, once for all processes."""
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent
    target = folder / "site"
    with (folder / "site.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not target.exists():
            result = build_site(ROOT, folder / "unfinished")
            assert result.returncode == 0, result.stderr
            assert "WARNING" not in result.stderr
            (folder / "unfinished").rename(target)
    return target


def build_site(
    root: Path, target: Path, site_url: str = SITE_URL
) -> subprocess.CompletedProcess[str]:
    """Builds the site strictly, with no way to another machine.

    Args:
        root: A checkout.
        target: Where the site goes.
        site_url: The published address; empty for none.
    """
    command = ["build", "--strict", "--site-dir", str(target)]
    return subprocess.run(
        [sys.executable, "-c", OFFLINE_MKDOCS, *command],
        cwd=root,
        env=os.environ | {"NO_MKDOCS_2_WARNING": "1", "SITE_URL": site_url},
        capture_output=True,
        text=True,
        check=False,
    )


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Says how many snippets ran where, which were slow, and what was measured."""
    properties = [
        (key, value, report.nodeid.partition("[")[2].rstrip("]"))
        for reports in terminalreporter.stats.values()
        for report in reports
        if getattr(report, "when", "") == "call"
        for key, value in report.user_properties
    ]
    measured = [value for key, value, _ in properties if key == "summary"]
    if measured:
        terminalreporter.section("measured")
        for line in measured:
            terminalreporter.line(line)
    runs = [(*value, name) for key, value, name in properties if key == "snippet"]
    if not runs:
        return
    terminalreporter.section("snippets")
    for name, label in DATABASES.items():
        seconds = [s for database, kind, s, _ in runs if database == name]
        plain = [s for d, kind, s, _ in runs if d == name and kind == "in process"]
        if seconds:
            terminalreporter.line(
                f"{label}: {len(seconds)} snippets ran"
                + (f", median {median(plain):.2f} s without crashes" if plain else "")
            )
    slowest = sorted(runs, key=lambda run: -run[2])[:10]
    terminalreporter.line(
        "slowest: " + ", ".join(f"{name} {s:.1f} s" for *_, s, name in slowest)
    )
