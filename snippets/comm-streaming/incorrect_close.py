"""A reader stops at the close and misses what is written after it."""
# expect: wrong

import os

from dbos import DBOS, DBOSConfig, SetWorkflowID


# --8<-- [start:rule]
@DBOS.workflow()
def build_report() -> None:
    for chapter in ("sales", "costs"):
        DBOS.write_stream("chapters", chapter)
    DBOS.close_stream("chapters")
    DBOS.write_stream("chapters", "summary")


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
    #> ['sales', 'costs']
    DBOS.destroy()
