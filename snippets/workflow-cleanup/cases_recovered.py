"""A called child is cancelled in its step, after a crash of both workflows."""
# expect: ok

import multiprocessing
import os
import signal
import threading
import time

from dbos import DBOS, DBOSConfig, SetWorkflowID, error

entered = threading.Event()
answered = threading.Event()
ended = threading.Event()
effects: list[str] = []


@DBOS.step()
def take_seat() -> None:
    entered.set()
    answered.wait()
    effects.append("taken")
    ended.set()


@DBOS.step()
def free_seat() -> None:
    effects.append("freed")


@DBOS.workflow()
def search() -> None:
    take_seat()


@DBOS.workflow()
def book() -> None:
    try:
        with SetWorkflowID("search-1"):
            search()
    except error.DBOSAwaitedWorkflowCancelledError:
        free_seat()


def launch() -> None:
    config: DBOSConfig = {
        "name": "travel",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()


def start_and_die() -> None:
    launch()
    with SetWorkflowID("trip-1"):
        DBOS.start_workflow(book)
    entered.wait()
    os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    # This process has not launched, so another one can be forked from it.
    process = multiprocessing.get_context("fork").Process(target=start_and_die)
    process.start()
    process.join()
    launch()
    entered.wait()
    while len(DBOS.list_workflows(status="PENDING")) < 2:
        time.sleep(0.01)
    DBOS.cancel_workflow("search-1")
    DBOS.retrieve_workflow("trip-1").get_result()
    answered.set()
    ended.wait()
    seen = ", ".join(effects)
    print("called, both recovered, then cancelled in its step:", seen)
    #> called, both recovered, then cancelled in its step: freed, taken
    DBOS.destroy()
