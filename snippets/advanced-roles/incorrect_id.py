"""A denial is stored under the id, and the manager gets it as well."""
# expect: wrong

import os

from dbos import DBOS, DBOSConfig, DBOSContextSetAuth, SetWorkflowID, error


@DBOS.required_roles(["manager"])
@DBOS.workflow()
def refund(order: str) -> str:
    return f"{order} is paid back"


# --8<-- [start:rule]
def give_back(user: str, roles: list[str]) -> str:
    with SetWorkflowID("refund-order-1"), DBOSContextSetAuth(user, roles):
        handle = DBOS.enqueue_workflow("refunds", refund, "order-1")
    return handle.get_result()


# --8<-- [end:rule]


def answer(user: str, roles: list[str]) -> str:
    try:
        return give_back(user, roles)
    except (error.DBOSNotAuthorizedError, PermissionError) as denied:
        return type(denied).__name__


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "shop",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()
    DBOS.register_queue("refunds", polling_interval_sec=0.1)
    print("Bob, a clerk:", answer("Bob", ["clerk"]))
    #> Bob, a clerk: DBOSNotAuthorizedError
    print("Ada, a manager:", answer("Ada", ["manager"]))
    #> Ada, a manager: DBOSNotAuthorizedError
    DBOS.destroy()
