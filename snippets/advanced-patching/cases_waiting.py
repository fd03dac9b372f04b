"""What a patch does to a run that waits in the call behind the patch."""
# expect: ok

import os
import time
from collections.abc import Callable

from dbos import DBOS, DBOSConfig, SetWorkflowID

Code = list[Callable[[], object]]


@DBOS.step()
def check_fraud() -> str:
    return "checked"


@DBOS.step()
def ship() -> str:
    return "shipped"


@DBOS.workflow()
def checkout() -> list[object]:
    return [call() for call in code_of[DBOS.workflow_id]]


def receive() -> object:
    return DBOS.recv("paid", timeout_seconds=20)


def read_event() -> object:
    # A busy machine has to fork the run before this ends.
    return DBOS.get_event("paid-orders", "order-1", timeout_seconds=2)


def sleep() -> object:
    return DBOS.sleep(0.5)


def checked() -> str:
    return check_fraud() if DBOS.patch("check-fraud") else "unchecked"


def replay(before: Code, after: Code) -> str:
    """What a run that waits in the old code's first call ends with in the new code."""
    old = f"order-{len(code_of)}"
    new = f"{old}-new"
    code_of.update({old: before, new: after})
    with SetWorkflowID(old):
        waiting = DBOS.start_workflow(checkout)
    while not DBOS.list_workflow_steps(old):
        time.sleep(0.02)
    with SetWorkflowID(new):  # It begins with what is recorded now.
        forked = DBOS.fork_workflow(old, 3, queue_name="replays")
    DBOS.send(old, "paid", "paid")
    DBOS.send(new, "paid", "paid")
    waiting.get_result()
    try:
        return str(forked.get_result(polling_interval_sec=0.05))
    except Exception as error:
        return str(error).split(":")[0]


code_of: dict[str | None, Code] = {}

if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "checkout",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "CRITICAL",
        "application_version": "checkout-1",
        "notification_listener_polling_interval_sec": 0.1,
    }
    DBOS(config=config)
    DBOS.launch()
    DBOS.register_queue("replays", polling_interval_sec=0.05)
    in_front = replay([receive, ship], [checked, receive, ship])
    print("a patch in front of a waiting `recv`:", in_front)
    #> a patch in front of a waiting `recv`: DBOS Error 11
    in_front = replay([read_event, ship], [checked, read_event, ship])
    print("a patch in front of a waiting `get_event`:", in_front)
    #> a patch in front of a waiting `get_event`: DBOS Error 11
    in_front = replay([sleep, ship], [checked, sleep, ship])
    print("a patch in front of a waiting `sleep`:", in_front)
    #> a patch in front of a waiting `sleep`: ['unchecked', None, 'shipped']
    behind = replay([receive, ship], [receive, checked, ship])
    print("a patch behind a waiting `recv`:", behind)
    #> a patch behind a waiting `recv`: ['paid', 'checked', 'shipped']
    DBOS.destroy()
