"""A step publishes its progress, and the last value of each key stays readable."""
# expect: ok

import os

from dbos import DBOS, DBOSConfig, SetWorkflowID

config: DBOSConfig = {
    "name": "imports",
    "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
    "log_level": "ERROR",
}


# --8<-- [start:rule]
@DBOS.step()
def load(files: list[str]) -> None:
    for number, _file in enumerate(files, 1):
        DBOS.set_event("loaded", number)


@DBOS.workflow()
def import_orders(files: list[str]) -> None:
    DBOS.set_event("total", len(files))
    load(files)
    DBOS.set_event("summary", None)


# --8<-- [end:rule]

if __name__ == "__main__":
    DBOS(config=config)
    DBOS.launch()
    with SetWorkflowID("import-1"):
        import_orders(["may.csv", "june.csv"])
    print("at once:", DBOS.get_event("import-1", "loaded", timeout_seconds=0))
    #> at once: 2
    events = DBOS.get_all_events("import-1")
    print("all:", sorted(events.items()))
    #> all: [('loaded', 2), ('summary', None), ('total', 2)]
    print("summary is set:", "summary" in events)
    #> summary is set: True
    print("unknown workflow:", DBOS.get_all_events("import-7"))
    #> unknown workflow: {}
    steps = DBOS.list_workflow_steps("import-1")
    print("steps:", [step["function_name"] for step in steps])
    #> steps: ['DBOS.setEvent', 'load', 'DBOS.setEvent']
    DBOS.destroy()
