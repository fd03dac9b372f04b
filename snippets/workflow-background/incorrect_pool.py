"""Steps that a thread pool runs are not recorded."""
# expect: wrong
# differs: only this one imports the thread pool

import os
from concurrent.futures import ThreadPoolExecutor

from dbos import DBOS, DBOSConfig, SetWorkflowID


@DBOS.step()
def render(page: int) -> str:
    return f"page {page}"


# --8<-- [start:rule]
@DBOS.workflow()
def build_report(pages: list[int]) -> list[str]:
    with ThreadPoolExecutor() as pool:
        return list(pool.map(render, pages))


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
        print(build_report([1, 2]))
        #> ['page 1', 'page 2']
    steps = DBOS.list_workflow_steps("report-1")
    print("recorded:", [step["function_name"] for step in steps])
    #> recorded: []
    DBOS.destroy()
