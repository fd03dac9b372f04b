"""Runs the session's snippets, several at a time, and keeps their results.

Most of a snippet's time is waiting for dbos to look at its database again, so runs are
started ahead of the test that asks for them.
"""

import dataclasses
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

import harness
import pytest
from databases import Database
from pytest_examples import EvalExample

from book.model import Snippet

#: A snippet and the database to run it on.
Run = tuple[Snippet, str]


class Runner:
    """Hands out the outcome of runs.

    Args:
        databases: By name, as in catalog.DATABASES, and databases.OWN.
        folder: Every run gets two folders below it.
        request: Gives pytest-examples the session's options.
    """

    def __init__(
        self,
        databases: Mapping[str, Database],
        folder: Path,
        request: pytest.FixtureRequest,
    ) -> None:
        self.databases = databases
        self.folder = folder
        self.request = request
        self.upcoming: list[Run] = []
        self.jobs = 1
        self.count = 0
        self.started: dict[Run, harness.Execution] = {}

    def expect(self, upcoming: Sequence[Run], jobs: int) -> None:
        """Lets runs start before they are asked for.

        Args:
            upcoming: The runs, in the order in which they will be asked for.
            jobs: How many may be under way at once.
        """
        self.upcoming = list(upcoming)
        self.jobs = jobs

    def outcome(
        self, snippet: Snippet, database: str, *, update: bool = False
    ) -> harness.Outcome:
        """What the snippet did on that database.

        Args:
            snippet: Read again from its file when it is started.
            database: A name among the databases.
            update: Rewrite its recorded output instead of comparing it.

        Raises:
            SnippetError: It does not do what it declares.
        """
        __tracebackhide__ = True
        run = (snippet, database)
        if run not in self.started:
            self.start(run, update)
        execution = self.started[run]
        harness.wait(execution, execution.limit, meanwhile=self.start_ahead)
        del self.started[run]
        try:
            return harness.finish(execution)
        finally:
            self.remove(execution.job)

    def start(self, run: Run, update: bool = False) -> None:
        """Starts one run in a new folder with a new database."""
        if run in self.upcoming:
            self.upcoming.remove(run)
        snippet, database = run
        self.count += 1
        name = f"run_{self.count}"
        source = snippet.path.read_text("utf-8")
        job = harness.Job(
            snippet=dataclasses.replace(snippet, source=source),
            database=database,
            folder=self.folder / name / "program",
            scratch=self.folder / name / "scratch",
            url=self.databases[database].create(name),
            update=update,
        )
        example = EvalExample(tmp_path=self.folder, pytest_request=self.request)
        self.started[run] = harness.Execution(job, example)

    def start_ahead(self) -> None:
        """Starts upcoming runs, as many as may be under way."""
        running = [run for run, each in self.started.items() if not each.done()]
        for run in self.upcoming[: max(0, self.jobs - len(running))]:
            # Programs that import dbos anew need a whole processor each: where one has
            # a sixth, its own deadlines pass. They run alone.
            each = [snippet for snippet, _ in [run, *running]]
            if running and any(map(harness.starts_interpreters, each)):
                return
            self.start(run)
            running.append(run)

    def remove(self, job: harness.Job) -> None:
        """Deletes the run's folders and database."""
        name = job.folder.parent.name
        self.databases[job.database].drop(name)
        shutil.rmtree(self.folder / name, ignore_errors=True)

    def stop(self) -> None:
        """Ends runs that nobody asked for."""
        for execution in self.started.values():
            execution.kill()
            self.remove(execution.job)
