"""One poll takes ten short jobs, as many as the limit lets run at once."""
# expect: ok

import os

from dbos import DBOS, DBOSConfig
from sqlalchemy import Engine, event

taken: list[str] = []


@DBOS.step()
def resize(picture: str) -> str:
    return f"{picture} is small"


@DBOS.workflow()
def shrink(picture: str) -> str:
    return resize(picture)


# --8<-- [start:rule]
def register() -> None:
    DBOS.register_queue(
        "pictures",
        worker_concurrency=10,
        polling_interval_sec=0.2,
    )


# --8<-- [end:rule]


def count(statement: str) -> None:
    """A worker that takes jobs does it in one statement for each poll."""
    if statement.startswith("UPDATE") and "rate_limited" in statement:
        taken.append(statement)


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "pictures",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "CRITICAL",
    }
    event.listen(Engine, "before_cursor_execute", lambda *args: count(args[2]))
    DBOS(config=config)
    DBOS.launch()
    names = [f"picture-{number}" for number in range(10)]
    handles = [DBOS.enqueue_workflow("pictures", shrink, name) for name in names]
    register()
    for handle in handles:
        handle.get_result()
    print("polls that took ten jobs:", len(taken))
    #> polls that took ten jobs: 1
    DBOS.destroy()
