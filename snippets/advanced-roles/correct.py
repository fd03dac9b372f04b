"""The workflow is enqueued for its user, with the roles of that user."""
# expect: ok

import os

from dbos import DBOS, DBOSConfig, DBOSContextSetAuth, WorkflowHandle, error


@DBOS.required_roles(["manager"])
@DBOS.workflow()
def refund(order: str) -> str:
    return f"{order} is paid back"


# --8<-- [start:rule]
def give_back(user: str, roles: list[str]) -> WorkflowHandle[str]:
    if "manager" not in roles:
        raise PermissionError(user)
    with DBOSContextSetAuth(user, roles):
        return DBOS.enqueue_workflow("refunds", refund, "order-1")


# --8<-- [end:rule]


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "shop",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()
    DBOS.register_queue("refunds", polling_interval_sec=0.1)
    handle = give_back("Ada", ["manager"])
    try:
        print(handle.get_result())
        #> order-1 is paid back
    except error.DBOSNotAuthorizedError as denied:
        print(type(denied).__name__)
    status = handle.get_status()
    print(f"{status.status}, for {status.authenticated_user}")
    #> SUCCESS, for Ada
    DBOS.destroy()
