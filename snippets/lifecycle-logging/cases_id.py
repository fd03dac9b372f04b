"""What a record holds of the workflow in which it was written."""
# expect: ok

import asyncio
import logging
import os
import queue
import threading
from logging.handlers import QueueHandler, QueueListener

from dbos import DBOS, DBOSConfig, SetWorkflowID

shop = logging.getLogger("shop")
got: list[str] = []


class Own(logging.Handler):
    """A handler of the application."""

    def emit(self, record: logging.LogRecord) -> None:
        uuid = getattr(record, "operationUUID", "none")
        own = f"{DBOS.workflow_id}, {DBOS.step_id}"
        got.append(f"{own}; operationUUID {uuid}")


def log() -> None:
    DBOS.logger.warning("logged")


@DBOS.step()
def step() -> None:
    log()


@DBOS.step()
async def async_step() -> None:
    log()
    await asyncio.to_thread(log)
    await asyncio.get_running_loop().run_in_executor(None, log)


@DBOS.workflow()
def child() -> None:
    log()


@DBOS.workflow()
def order() -> None:
    log()
    shop.warning("logged")
    step()
    with SetWorkflowID("child-1"):
        child()
    thread = threading.Thread(target=log)
    thread.start()
    thread.join()


@DBOS.workflow()
async def async_order() -> None:
    log()
    await async_step()


if __name__ == "__main__":
    logging.getLogger("dbos").addHandler(logging.NullHandler())
    logging.basicConfig(handlers=[Own()])
    config: DBOSConfig = {
        "name": "shop",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "WARNING",
    }
    DBOS(config=config)
    DBOS.launch()
    DBOS.register_queue("orders", polling_interval_sec=0.1)
    with SetWorkflowID("order-1"):
        order()
    with SetWorkflowID("order-2"):
        DBOS.start_workflow(async_order)
    DBOS.retrieve_workflow("order-2").get_result()
    with SetWorkflowID("order-3"):
        DBOS.enqueue_workflow("orders", child).get_result()
    step()
    print("workflow id and step id, in a workflow:", got[0])
    #> workflow id and step id, in a workflow: order-1, None; operationUUID order-1
    print("the same, in a logger of yours:", got[1])
    #> the same, in a logger of yours: order-1, None; operationUUID none
    print("the same, in a step:", got[2])
    #> the same, in a step: order-1, 1; operationUUID order-1
    print("the same, in a child:", got[3])
    #> the same, in a child: child-1, None; operationUUID child-1
    print("the same, in a thread that a workflow starts:", got[4])
    #> the same, in a thread that a workflow starts: None, None; operationUUID none
    print("the same, in an async workflow:", got[5])
    #> the same, in an async workflow: order-2, None; operationUUID order-2
    print("the same, in an async step:", got[6])
    #> the same, in an async step: order-2, 1; operationUUID order-2
    print("the same, in its `asyncio.to_thread`:", got[7])
    #> the same, in its `asyncio.to_thread`: order-2, 1; operationUUID order-2
    print("the same, in its `run_in_executor`:", got[8])
    #> the same, in its `run_in_executor`: None, None; operationUUID none
    print("the same, in a job of a queue:", got[9])
    #> the same, in a job of a queue: order-3, None; operationUUID order-3
    print("the same, in a step that no workflow calls:", got[10])
    #> the same, in a step that no workflow calls: None, None; operationUUID none
    lines: queue.Queue[logging.LogRecord] = queue.Queue()
    listener = QueueListener(lines, Own())
    logging.getLogger().handlers[:] = [QueueHandler(lines)]
    listener.start()
    with SetWorkflowID("order-4"):
        child()
    listener.stop()
    print("the same, behind a `QueueHandler`:", got[11])
    #> the same, behind a `QueueHandler`: None, None; operationUUID order-4
    DBOS.destroy()
