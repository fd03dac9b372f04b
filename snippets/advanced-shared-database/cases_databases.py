"""Schemas keep two applications apart where the database has schemas."""
# expect: ok
# databases: SQLite has no schemas, so both applications share all tables

import os

from dbos import DBOS, DBOSConfig

URL = os.environ.get("DBOS_SYSTEM_DATABASE_URL", "sqlite:///company.sqlite")


def register(name: str) -> str:
    """Registers the queue `orders` for the application, in a schema of its own."""
    config: DBOSConfig = {
        "name": name,
        "system_database_url": URL,
        "log_level": "CRITICAL",
        "dbos_system_schema": name,
    }
    DBOS(config=config)
    DBOS.launch()
    try:
        DBOS.register_queue("orders")
        return "accepted"
    except Exception as error:
        return type(error).__name__
    finally:
        DBOS.destroy()


if __name__ == "__main__":
    register("billing")
    print("one queue name in two schemas:", register("shop"))
