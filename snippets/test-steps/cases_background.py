"""How long and how far a replacement reaches."""
# expect: ok

import os
import threading
from unittest import mock

from dbos import DBOS, DBOSConfig, DBOSConfiguredInstance

may_ask = threading.Event()


@DBOS.step()
def exchange_rate(currency: str) -> str:
    return f"{currency} of the bank"


@DBOS.dbos_class()
class Bank(DBOSConfiguredInstance):
    """A bank has a step of its own."""

    @DBOS.step()
    def fee(self) -> str:
        return f"fee of {self.config_name}"


north, south = Bank("north"), Bank("south")


@DBOS.workflow()
def invoice() -> str:
    may_ask.wait(10)
    return exchange_rate("rate")


@DBOS.workflow()
def fees() -> str:
    return f"{north.fee()}, {south.fee()}"


@DBOS.workflow()
def reminder() -> str:
    DBOS.sleep(24 * 60 * 60)
    return "sent"


def fake(*arguments: object) -> str:
    return "fake"


def begun_in_the_block() -> str:
    with mock.patch(f"{__name__}.exchange_rate", fake):
        handle = DBOS.start_workflow(invoice)
    may_ask.set()
    return handle.get_result()


def enqueued() -> str:
    with mock.patch(f"{__name__}.exchange_rate", fake):
        return DBOS.enqueue_workflow("jobs", invoice).get_result()


def other_fees(owner: object) -> str:
    with mock.patch.object(owner, "fee", fake):
        return fees()


def sent_at_once() -> str:
    with mock.patch("dbos.DBOS.sleep", fake):
        handle = DBOS.start_workflow(reminder)
        result = handle.get_result()
    steps = DBOS.list_workflow_steps(handle.get_workflow_id())
    return f"{result}, records {len(steps)}"


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "invoices",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()
    DBOS.register_queue("jobs", polling_interval_sec=0.05)
    ends = begun_in_the_block()
    print("begun in the `with` block, step called after it:", ends)
    #> begun in the `with` block, step called after it: rate of the bank
    print("on a queue of this process, awaited in the block:", enqueued())
    #> on a queue of this process, awaited in the block: fake
    print("a step of a class, replaced in the class:", other_fees(Bank))
    #> a step of a class, replaced in the class: fake, fake
    print("a step of a class, replaced in one object:", other_fees(north))
    #> a step of a class, replaced in one object: fake, fee of south
    print("`DBOS.sleep` of a day, replaced:", sent_at_once())
    #> `DBOS.sleep` of a day, replaced: sent, records 0
    DBOS.destroy()
