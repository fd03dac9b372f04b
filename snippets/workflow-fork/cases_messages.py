"""Which steps and messages a resumed, a rewound and a forked run have."""
# expect: ok
# Slower than others: each of nine runs waits for a poll of the internal queue.

import os
import threading
from collections.abc import Callable
from contextlib import suppress

from dbos import DBOS, DBOSConfig, SetWorkflowID, WorkflowHandle, error

executed: list[str] = []
sent = threading.Event()
checking = threading.Event()
go_on = threading.Event()


@DBOS.step()
def ask(order: str) -> None:
    sent.wait()
    executed.append("ask")


@DBOS.step()
def check(order: str) -> None:
    checking.set()
    go_on.wait()
    executed.append("check")


@DBOS.workflow()
def approve(order: str) -> str:
    ask(order)  # Number 1.
    first = DBOS.recv(timeout_seconds=0.2)  # Numbers 2 and 3.
    check(order)  # Number 4.
    second = DBOS.recv("late", timeout_seconds=0.2)
    return f"{first} and {second}"


def cancelled(order: str) -> str:
    """A run that was cancelled in step 4. It has read "yes", and not yet "ada"."""
    for event in (sent, checking, go_on):
        event.clear()
    with SetWorkflowID(order):
        handle = DBOS.start_workflow(approve, order)
    DBOS.send(order, "yes")
    sent.set()
    checking.wait()
    DBOS.send(order, "ada", "late")
    DBOS.cancel_workflow(order)
    go_on.set()
    with suppress(error.DBOSAwaitedWorkflowCancelledError):
        handle.get_result()
    return order


def ending(start: Callable[[], WorkflowHandle[str]]) -> str:
    executed.clear()
    result = start().get_result()
    return f"ran {' and '.join(executed)}, read {result}"


def told(order: str, *, send_to_forks: bool) -> str:
    cancelled(order)
    go_on.clear()
    fork: WorkflowHandle[str] = DBOS.fork_workflow(order, 4)
    DBOS.send(order, "bob", "late", send_to_forks=send_to_forks)
    go_on.set()
    return fork.get_result()


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "orders",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()
    a, b, c = cancelled("a"), cancelled("b"), cancelled("c")
    ended = ending(lambda: DBOS.resume_workflow(a))
    print("cancelled in step 4, resumed:", ended)
    #> cancelled in step 4, resumed: ran check, read yes and ada
    ended = ending(lambda: DBOS.rewind_workflow(b, start_step=4))
    print("cancelled in step 4, rewound to 4:", ended)
    #> cancelled in step 4, rewound to 4: ran check, read yes and None
    ended = ending(lambda: DBOS.rewind_workflow(b, start_step=1))
    print("cancelled in step 4, rewound to 1:", ended)
    #> cancelled in step 4, rewound to 1: ran ask and check, read None and None
    ended = ending(lambda: DBOS.fork_workflow(c, 4))
    print("cancelled in step 4, forked from 4:", ended)
    #> cancelled in step 4, forked from 4: ran check, read yes and None
    got = told("d", send_to_forks=False)
    print("a message to the original, what its fork got:", got)
    #> a message to the original, what its fork got: yes and None
    got = told("e", send_to_forks=True)
    print("a message with `send_to_forks=True`, what the fork got:", got)
    #> a message with `send_to_forks=True`, what the fork got: yes and bob
    DBOS.destroy()
