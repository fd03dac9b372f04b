"""Every snippet does what it declares, on every database."""

import signal
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import harness
import pytest
from conftest import selected_databases
from databases import OWN, Postgres
from harness import DifferenceError, Fork, SnippetError
from runner import Run, Runner
from support import ROOT

from book import read
from book.model import Snippet
from book.vocabulary import DATABASES


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """One test for each snippet file and database; one for a file with its own."""
    if "snippet" not in metafunc.fixturenames:
        return
    databases = selected_databases(metafunc.config)
    metafunc.parametrize(
        ("snippet", "database"),
        [
            pytest.param(
                snippet, database, id=f"{snippet.rule}/{snippet.name}-{database}"
            )
            for snippet in read.read(ROOT).snippets
            for database in ([OWN] if snippet.own_database else databases)
        ],
    )


@pytest.fixture(scope="session")
def readers(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[Snippet, Fork]]:
    """The selected files, run side by side as a reader runs them."""
    forks: dict[Snippet, Fork] = {}
    for item in request.session.items:
        if (
            isinstance(item, pytest.Function)
            and item.function is test_a_reader_sees_the_same
        ):
            snippet = a_readers_file(str(item.callspec.params["name"]))
            folder = tmp_path_factory.mktemp("reader")
            run = partial(harness.run_as_reader, snippet, folder)
            forks[snippet] = Fork(run, tmp_path_factory.mktemp("scratch"))
    yield forks
    for fork in forks.values():
        fork.kill()


@pytest.fixture(scope="module", autouse=True)
def start_ahead(
    request: pytest.FixtureRequest, readers: dict[Snippet, Fork], runner: Runner
) -> None:
    """Runs several of this file's snippets at once, unless they are rewritten.

    Those of `readers` need no database and start while these are made.
    """
    options = request.config.option
    if options.update_examples:
        return
    runs: list[Run] = []
    for item in request.session.items:
        if isinstance(item, pytest.Function) and item.function is test_snippet:
            params: dict[str, Any] = item.callspec.params
            runs.append((params["snippet"], params["database"]))
    runner.expect(runs, options.snippet_jobs)


def test_snippet(
    snippet: Snippet,
    database: str,
    runner: Runner,
    pytestconfig: pytest.Config,
    record_property: Callable[[str, object], None],
) -> None:
    """The file ends as it declares and shows what is recorded."""
    if snippet.needs and snippet.needs != database:
        try:
            runner.outcome(snippet, database)
        except DifferenceError:
            return
        pytest.fail(
            f"{snippet.path} declares `# needs: {snippet.needs}`, but {database} does "
            "the same. Remove the directive.",
            pytrace=False,
        )
    # One database writes, the others have to agree, unless each has its own recording.
    writers = (OWN, snippet.needs or selected_databases(pytestconfig)[0])
    writes = database in writers or bool(snippet.databases_differ)
    update = pytestconfig.getoption("update_examples") and writes
    try:
        outcome = runner.outcome(snippet, database, update=update)
    except SnippetError as error:
        # The file is at fault: where the harness noticed it helps nobody.
        raise pytest.fail.Exception(str(error), pytrace=False) from None
    kind = "crash" if snippet.expect == "crash" else "in process"
    record_property("snippet", (database, kind, round(outcome.seconds, 3)))


def a_readers_file(name: str) -> Snippet:
    """The snippet with that name below snippets/, without `.py`."""
    rule, _, stem = name.partition("/")
    return read.read(ROOT, rule).rule(rule).snippet(stem)


@pytest.mark.parametrize(
    "name",
    [
        "lifecycle-config/incorrect",
        "queue-basics/correct_registered",
        "step-basics/correct",
        "step-basics/incorrect",
    ],
)
def test_a_reader_sees_the_same(name: str, readers: dict[Snippet, Fork]) -> None:
    """One file of each kind, run by `python` in an empty folder without the harness."""
    snippet = a_readers_file(name)
    fork = readers[snippet]
    assert harness.wait(fork, harness.TIME_LIMIT)
    runs = fork.result()
    last = runs[-1]
    if snippet.expect == "crash":
        assert runs[0].returncode == -signal.SIGKILL
        assert last.stdout.splitlines() == snippet.evidence[1:]
    elif snippet.expect == "raises":
        assert last.stderr.splitlines()[-1] == snippet.evidence[-1]
    else:
        assert last.stdout.splitlines() == snippet.printed


def test_the_pages_name_the_database_that_ran(databases: dict[str, object]) -> None:
    """The version on every page is that of the server the snippets ran on."""
    server = databases.get("postgres")
    if isinstance(server, Postgres):
        assert server.version == DATABASES["postgres"]
