"""Options, databases, the built site and the summary of what ran."""

import dataclasses
import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Any

import pytest
import requirements_check
from databases import OWN, Database, Own, Postgres, SQLite
from harness import Fork, warm_up
from runner import Runner
from support import ROOT, SITE_URL, Build
from sweeper import Sweeper
from xdist.scheduler import LoadFileScheduling

from book import changelog
from book.model import Catalog
from book.read import read
from book.vocabulary import DATABASES

#: The folder of the tests that use the browser.
BROWSER = "tests/browser/"


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


@dataclasses.dataclass
class Ahead:
    """What gets ready beside the first tests, if any selected test needs it."""

    postgres: Postgres | None = None
    build: Build | None = None


AHEAD = pytest.StashKey[Ahead]()
#: What ends and removes all that this process starts and makes.
SWEEPER = pytest.StashKey[Sweeper]()


def pytest_configure(config: pytest.Config) -> None:
    """From here on nothing is left behind, however this process ends.

    pytest's own temporary folders are no exception: `--basetemp` keeps them.
    """
    # First of all: where no snippet could run, nothing is to be started.
    requirements_check.insist()
    Fork.sweeper = config.stash[SWEEPER] = Sweeper()
    config.stash[AHEAD] = Ahead()


def pytest_unconfigure(config: pytest.Config) -> None:
    """Nothing is left when pytest ends as it should."""
    Fork.sweeper = None
    # There is none where pytest stopped before it was made.
    if sweeper := config.stash.get(SWEEPER, None):
        sweeper.close()


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


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> LoadFileScheduling:
    """Shares out files, and all tests in the browser as if they were one."""
    return OneBrowser(config, log)


class OneBrowser(LoadFileScheduling):
    """Each folder of browser tests goes to one process, so that one browser starts."""

    def _split_scope(self, nodeid: str) -> str:
        file = super()._split_scope(nodeid)
        return BROWSER if file.startswith(BROWSER) else file


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests that need the site come last: it is built beside the others."""
    items.sort(key=lambda item: "site" in fixtures(item))


def pytest_collection_finish(session: pytest.Session) -> None:
    """Starts what selected tests need and what takes long.

    A process that shares the tests with another runs only some of these, and has
    others before them: it starts what it needs when it needs it.
    """
    config = session.config
    if hasattr(config, "workerinput") or config.option.collectonly:
        return
    needed = {name for item in session.items for name in fixtures(item)}
    ahead = config.stash[AHEAD]
    if "databases" in needed and "postgres" in selected_databases(config):
        ahead.postgres = Postgres()
    if "site" in needed and not read(ROOT).problems:
        ahead.build = Build(ROOT, Path(tempfile.mkdtemp()) / "site")


def fixtures(item: pytest.Item) -> list[str]:
    """All fixtures that the test needs."""
    return item.fixturenames if isinstance(item, pytest.Function) else []


def selected_databases(config: pytest.Config) -> list[str]:
    """The databases that --database names."""
    choice = config.getoption("database")
    return list(DATABASES) if choice == "both" else [choice]


@pytest.fixture(scope="session")
def catalog() -> Catalog:
    """The repository's catalogue; a broken one fails every test that needs it."""
    found = read(ROOT)
    text = (ROOT / changelog.SOURCE).read_text("utf-8")
    ids = [rule.id for rule in found.every_rule]
    if every := [*found.problems, *changelog.parse(text, ids)[1]]:
        problems = "\n".join(map(str, every))
        pytest.fail(f"The rules are not complete.\n{problems}", pytrace=False)
    return found


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
    postgres = None
    if "postgres" in names:
        postgres = request.config.stash[AHEAD].postgres or Postgres()
    result: dict[str, Database] = {}
    if "sqlite" in names:
        result["sqlite"] = SQLite(folder / "sqlite")
    if postgres:
        result["postgres"] = postgres
    for database in result.values():
        warm_up(database.create("warm_up"))
    result[OWN] = Own()
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
def site(
    catalog: Catalog,
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
) -> Path:
    """The site, built strictly, without a network, once for all processes."""
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent
    target = folder / "site"
    with (folder / "site.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not target.exists():
            ahead = request.config.stash[AHEAD].build
            build = ahead or Build(ROOT, folder / "unfinished")
            result = build.finish()
            assert result.returncode == 0, result.stderr
            assert "WARNING" not in result.stderr
            shutil.move(build.target, target)
    return target


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
    for name, label in {**DATABASES, OWN: "A database of their own"}.items():
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
