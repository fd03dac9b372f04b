"""Which of two workflows of one name runs, and what says that there are two."""
# expect: ok

import logging
import os
from collections.abc import Callable
from typing import Any

from dbos import DBOS, DBOSConfig, SetWorkflowID, WorkflowHandle

warned: list[logging.LogRecord] = []
logging.getLogger("dbos").addFilter(lambda record: warned.append(record) is not None)


def hidden(function: Callable[[str], Any]) -> Callable[[str], Any]:
    def wrapper(order: str) -> Any:
        return function(order)

    return wrapper


@DBOS.workflow()
@hidden
def charge(order: str) -> str:
    return "charge"


@DBOS.workflow()
@hidden
def refund(order: str) -> str:
    return "refund"


@DBOS.workflow(name="report")
def report_month(order: str) -> str:
    return "month"


@DBOS.workflow(name="report")
def report_year(order: str) -> str:
    return "year"


def build_async(reply: str) -> Callable[[str], Any]:
    @DBOS.workflow()
    async def build(order: str) -> str:
        return reply

    return build


first_async, second_async = build_async("first"), build_async("second")
first_lambda = DBOS.workflow()(lambda order: "first")
second_lambda = DBOS.workflow()(lambda order: "second")


@DBOS.step()
@hidden
def weigh(order: str) -> str:
    return "weigh"


@DBOS.step()
@hidden
def stamp(order: str) -> str:
    return "stamp"


def enqueued(workflow: Callable[[str], Any]) -> str:
    return DBOS.enqueue_workflow("jobs", workflow, "order-1").get_result()


def under_one_id(*workflows: Callable[[str], str]) -> str:
    results = []
    for workflow in workflows:
        with SetWorkflowID("one-id"):
            results.append(workflow("order-1"))
    return " and ".join(results)


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "orders",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()
    DBOS.register_queue("jobs", polling_interval_sec=0.05)
    DBOS.register_queue("held", worker_concurrency=0, polling_interval_sec=0.05)
    print("warnings while the module is read:", len(warned))
    #> warnings while the module is read: 5
    print("`charge`, called:", charge("order-1"))
    #> `charge`, called: charge
    started = DBOS.start_workflow(charge, "order-1")
    print("`charge`, started:", started.get_result())
    #> `charge`, started: charge
    print("`charge`, enqueued:", enqueued(charge))
    #> `charge`, enqueued: refund
    fork: WorkflowHandle[str] = DBOS.fork_workflow(started.workflow_id, 1)
    print("the run of `charge`, forked:", fork.get_result())
    #> the run of `charge`, forked: refund
    held = DBOS.enqueue_workflow("held", charge, "order-1")
    DBOS.cancel_workflow(held.workflow_id)
    resumed = DBOS.resume_workflow(held.workflow_id, queue_name="jobs")
    print("`charge`, enqueued, cancelled and resumed:", resumed.get_result())
    #> `charge`, enqueued, cancelled and resumed: refund
    print("`charge`, then `refund`, under one id:", under_one_id(charge, refund))
    #> `charge`, then `refund`, under one id: charge and charge
    print("two of one `name=`, the first enqueued:", enqueued(report_month))
    #> two of one `name=`, the first enqueued: year
    print("two async workflows, the first enqueued:", enqueued(first_async))
    #> two async workflows, the first enqueued: second
    print("two lambdas, the first enqueued:", enqueued(first_lambda))
    #> two lambdas, the first enqueued: second
    print("two steps, the first enqueued:", enqueued(weigh))
    #> two steps, the first enqueued: stamp
    DBOS.destroy()
