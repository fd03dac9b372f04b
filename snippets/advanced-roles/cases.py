"""Who may run a protected workflow, and as whom it runs."""
# expect: ok

import asyncio
import os
import threading
from collections.abc import Callable

from dbos import DBOS, DBOSConfig, DBOSContextSetAuth, SetWorkflowID

ROLES = ["manager", "auditor"]


def acting() -> str:
    return f"{DBOS.authenticated_user} as {DBOS.assumed_role}"


@DBOS.required_roles(ROLES)
@DBOS.workflow()
def refund() -> str:
    return acting()


def outcome(call: Callable[[], str]) -> str:
    try:
        return call()
    except Exception as error:
        return type(error).__name__


def run(roles: list[str], call: Callable[[], str]) -> str:
    with DBOSContextSetAuth("Ada", roles):
        return outcome(call)


def started() -> str:
    return DBOS.start_workflow(refund).get_result()


def in_thread() -> str:
    found: list[str] = []
    thread = threading.Thread(target=lambda: found.append(outcome(started)))
    thread.start()
    thread.join()
    return found[0]


async def in_thread_of_loop() -> str:
    with DBOSContextSetAuth("Ada", ["manager"]):
        return await asyncio.to_thread(started)


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "shop",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()
    refused = f"{outcome(refund)}, {len(DBOS.list_workflows())} stored"
    print("called without a user:", refused)
    #> called without a user: DBOSNotAuthorizedError, 0 stored
    print("two roles, both allowed:", run(["clerk", "auditor", "manager"], refund))
    #> two roles, both allowed: Ada as manager
    print("the role is `Manager`, in another case:", run(["Manager"], refund))
    #> the role is `Manager`, in another case: DBOSNotAuthorizedError
    print("an allowed role, called in a new thread:", run(["manager"], in_thread))
    #> an allowed role, called in a new thread: DBOSNotAuthorizedError
    to_thread = asyncio.run(in_thread_of_loop())
    print("an allowed role, in `asyncio.to_thread`:", to_thread)
    #> an allowed role, in `asyncio.to_thread`: Ada as manager
    with SetWorkflowID("refund-1"):
        run(["manager"], refund)
    with SetWorkflowID("refund-1"):
        print("its id called again without a user:", outcome(refund))
        #> its id called again without a user: DBOSNotAuthorizedError
    with SetWorkflowID("refund-1"):
        print("its id started again without a user:", outcome(started))
        #> its id started again without a user: Ada as manager
    print("its result read without a user:", DBOS.get_result("refund-1"))
    #> its result read without a user: Ada as manager
    DBOS.destroy()
