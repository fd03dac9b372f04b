"""Fresh, migrated databases for snippets: one template each, copied for every run."""

import shutil
import subprocess
import sys
import tempfile
from functools import cached_property
from pathlib import Path
from typing import LiteralString, Protocol

import psycopg
from dbos import DBOS
from harness import START_LIMIT, Fork, wait
from psycopg import sql

#: Stands among the databases for that of a file which brings one.
OWN = "own"
#: Losing data in a power cut does not matter here; waiting for a disk does.
POSTGRES_SETTINGS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
}


class Database(Protocol):
    """Makes databases that a snippet can use at once."""

    def create(self, name: str) -> str:
        """Makes a migrated database and returns its address."""

    def drop(self, name: str) -> None:
        """Removes what `create` made; there may be nothing."""

    def close(self) -> None:
        """Lets go of what it holds."""


class Own:
    """No database: the snippet brings its own, and is told of none."""

    def create(self, name: str) -> str:
        """Makes nothing.

        Args:
            name: Not used.

        Returns:
            No address.
        """
        return ""

    def drop(self, name: str) -> None:
        """Removes nothing: the snippet's database is in the folder of its run."""

    def close(self) -> None:
        """Holds nothing."""


class SQLite:
    """Copies of one migrated SQLite file.

    Args:
        folder: Where the files go.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir()
        self.template = folder / "template.sqlite"
        migrate(f"sqlite:///{self.template}")

    def create(self, name: str) -> str:
        """Makes a migrated database file.

        Args:
            name: Unique in this session.

        Returns:
            Its SQLAlchemy address.
        """
        path = self.folder / f"{name}.sqlite"
        shutil.copyfile(self.template, path)
        return f"sqlite:///{path}"

    def drop(self, name: str) -> None:
        """Removes the file and what SQLite keeps beside it.

        Args:
            name: As given to `create`.
        """
        for path in self.folder.glob(f"{name}.sqlite*"):
            path.unlink()

    def close(self) -> None:
        """Holds nothing."""


class Postgres:
    """Copies of one migrated database on an embedded PostgreSQL server.

    The server starts beside this process, which waits for it where it first needs it.
    tests/sweeper.py stops it.
    """

    def __init__(self) -> None:
        folder = tempfile.mkdtemp(prefix="pg-")
        program = Path(__file__).with_name("start_postgres.py")
        self.starting = subprocess.Popen(
            [sys.executable, program, folder], stdout=subprocess.PIPE, text=True
        )

    @cached_property
    def address(self) -> str:
        """Where the running server is, with `{}` for the name of a database."""
        address, _ = self.starting.communicate(timeout=START_LIMIT)
        assert self.starting.returncode == 0, "no server; stderr says why"
        return address.strip()

    @cached_property
    def connection(self) -> psycopg.Connection:
        """A connection to the running server, whose template is ready."""
        connection = psycopg.connect(self.url("postgres"), autocommit=True)
        for name, value in POSTGRES_SETTINGS.items():
            setting = sql.SQL("ALTER SYSTEM SET {} = {}")
            connection.execute(setting.format(sql.Identifier(name), value))
        connection.execute("SELECT pg_reload_conf()")
        connection.execute("CREATE DATABASE template_dbos")
        migrate(self.url("template_dbos"))
        return connection

    def execute(self, statement: LiteralString, *names: str) -> None:
        """Runs one statement; the names are quoted as identifiers."""
        parts = map(sql.Identifier, names)
        self.connection.execute(sql.SQL(statement).format(*parts))

    def url(self, name: str) -> str:
        """The SQLAlchemy address of a database on this server."""
        return self.address.format(name)

    @property
    def version(self) -> str:
        """The server's name and major version, as catalog.DATABASES gives it."""
        return f"PostgreSQL {self.connection.info.server_version // 10000}"

    def create(self, name: str) -> str:
        """Makes a migrated database.

        Args:
            name: Unique in this session.

        Returns:
            Its SQLAlchemy address.
        """
        # Copying files costs less than logging every page of them, the default.
        self.execute(
            "CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY", name, "template_dbos"
        )
        return self.url(name)

    def drop(self, name: str) -> None:
        """Removes the database, whoever still uses it.

        Args:
            name: As given to `create`.
        """
        self.execute("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)

    def close(self) -> None:
        """Closes the connection, if there is one."""
        if "connection" in vars(self):
            self.connection.close()
        if self.starting.poll() is None:
            self.starting.kill()
            self.starting.communicate()


def migrate(url: str) -> None:
    """Creates dbos' tables, in a forked process because dbos may keep threads.

    Args:
        url: SQLAlchemy address of an existing database, or of an SQLite file to be.
    """
    with tempfile.TemporaryDirectory() as scratch:
        fork = Fork(lambda: DBOS.migrate(url), Path(scratch))
        wait(fork, START_LIMIT)
        fork.kill()
        fork.result()
