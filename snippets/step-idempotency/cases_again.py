"""Which further runs are charged, by what the key is made of."""
# expect: ok
# since: 3.1

import os
from collections.abc import Callable

from dbos import DBOS, DBOSConfig, SetWorkflowID

requests: list[str] = []
charges: set[str] = set()


def pay(key: str) -> None:
    requests.append(key)
    charges.add(key)


@DBOS.step()
def charge(order: str) -> None:
    pay(f"{DBOS.workflow_id}-{DBOS.step_id}")


@DBOS.step()
def charge_order(order: str) -> None:
    pay(f"charge-{order}")


@DBOS.workflow()
def by_step(order: str) -> None:
    charge(order)


@DBOS.workflow()
def by_order(order: str) -> None:
    charge_order(order)


def count(number: int, what: str) -> str:
    return f"{number} {what}{'s' * (number != 1)}"


def outcome(call: Callable[[], object]) -> str:
    sent, charged = len(requests), len(charges)
    call()
    new = count(len(charges) - charged, "new charge")
    return f"{count(len(requests) - sent, 'request')}, {new}"


def start(workflow: Callable[[str], None], *ids: str) -> str:
    """Starts it for one order, under each of these ids."""

    def call() -> None:
        for workflow_id in ids:
            with SetWorkflowID(workflow_id):
                workflow("7")

    return outcome(call)


def fork(workflow_id: str) -> str:
    return outcome(lambda: DBOS.fork_workflow(workflow_id, 1).get_result())


def rewind(workflow_id: str) -> str:
    return outcome(lambda: DBOS.rewind_workflow(workflow_id).get_result())


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "checkout",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()
    print("key from the step, one order, two workflow ids:", start(by_step, "a", "b"))
    #> key from the step, one order, two workflow ids: 2 requests, 2 new charges
    print("key from the step, rewound:", rewind("a"))
    #> key from the step, rewound: 1 request, 0 new charges
    print("key from the step, forked:", fork("a"))
    #> key from the step, forked: 1 request, 1 new charge
    print("key from the order, two workflow ids:", start(by_order, "c", "d"))
    #> key from the order, two workflow ids: 2 requests, 1 new charge
    print("key from the order, forked:", fork("c"))
    #> key from the order, forked: 1 request, 0 new charges
    DBOS.destroy()
