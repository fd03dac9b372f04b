"""The workflow writes what the step returned, so a retry adds nothing."""
# expect: ok

import os

from dbos import DBOS, DBOSConfig, SetWorkflowID

calls: list[str] = []


def archive(chapter: str) -> None:
    """Fails at the first call, then works."""
    calls.append(chapter)
    if len(calls) == 1:
        raise ConnectionError("archive is busy")


# --8<-- [start:rule]
@DBOS.step(retries_allowed=True, max_attempts=3, interval_seconds=0.01)
def write_chapter(chapter: str) -> str:
    text = f"text of {chapter}"
    archive(chapter)
    return text


@DBOS.workflow()
def build_report() -> None:
    for chapter in ("sales", "costs"):
        DBOS.write_stream("chapters", write_chapter(chapter))
    DBOS.close_stream("chapters")


# --8<-- [end:rule]

if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "reports",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "ERROR",
    }
    DBOS(config=config)
    DBOS.launch()
    with SetWorkflowID("report-1"):
        build_report()
    print(list(DBOS.read_stream("report-1", "chapters")))
    #> ['text of sales', 'text of costs']
    DBOS.destroy()
