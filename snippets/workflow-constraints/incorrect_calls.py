"""What a step may not do, and how each call fails."""
# expect: wrong

import os

from dbos import DBOS, DBOSConfig, error


@DBOS.workflow()
def build_report() -> str:
    return "report"


def attempt(action: str) -> str:
    try:
        perform(action)
    except (AssertionError, error.DBOSException) as failure:
        return f"{action}: {type(failure).__name__}({str(failure)!r})"
    return f"{action}: works"


# --8<-- [start:rule]
@DBOS.step()
def perform(action: str) -> None:
    match action:
        case "enqueue a workflow":
            DBOS.enqueue_workflow("reports", build_report)
        case "call a workflow":
            build_report()
        case "recv":
            DBOS.recv(timeout_seconds=0)
        case "sleep":
            DBOS.sleep(0.01)


# --8<-- [end:rule]
@DBOS.workflow()
def try_each(actions: list[str]) -> list[str]:
    return [attempt(action) for action in actions]


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "reports",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "ERROR",
    }
    DBOS(config=config)
    DBOS.launch()
    DBOS.register_queue("reports")
    tried = ["enqueue a workflow", "call a workflow", "recv", "sleep"]
    results = try_each(tried)
    print(results[0])
    #> enqueue a workflow: AssertionError('')
    print(results[1])
    #> call a workflow: AssertionError('')
    print(results[2])
    #> recv: DBOSException('DBOS Error: recv() must be called from within a workflow')
    print(results[3])
    #> sleep: AssertionError('sleep() must be called from within a workflow')
    DBOS.destroy()
