"""Children render the pages side by side, and each one is recorded."""
# expect: ok

import os

from dbos import DBOS, DBOSConfig, SetWorkflowID


@DBOS.step()
def render(page: int) -> str:
    return f"page {page}"


# --8<-- [start:rule]
@DBOS.workflow()
def render_page(page: int) -> str:
    return render(page)


@DBOS.workflow()
def build_report(pages: list[int]) -> list[str]:
    handles = [DBOS.start_workflow(render_page, p) for p in pages]
    return [handle.get_result() for handle in handles]


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
    #> recorded: ['render_page', 'render_page', 'DBOS.getResult', 'DBOS.getResult']
    DBOS.destroy()
