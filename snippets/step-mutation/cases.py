"""What is left, after a restart, of what a step changed."""
# expect: crash

import os
import signal
from dataclasses import dataclass
from pathlib import Path

from dbos import (
    DBOS,
    DBOSConfig,
    DBOSConfiguredInstance,
    SetWorkflowID,
    SQLAlchemyDatasource,
)

CRASHED = Path("crashed")
URL = os.environ.get("DBOS_SYSTEM_DATABASE_URL", "sqlite:///orders.sqlite")
bank = SQLAlchemyDatasource.create(URL)


@dataclass
class Basket:
    """It counts what is put into it."""

    lamps: int = 0


@DBOS.dbos_class()
class Till(DBOSConfiguredInstance):
    """It counts its sales."""

    sales = 0

    @DBOS.step()
    def sell(self) -> None:
        self.sales += 1


till = Till("till")


@DBOS.step()
def put(basket: Basket) -> Basket:
    basket.lamps += 1
    return basket


@DBOS.step()
def put_and_fail(basket: Basket) -> None:
    basket.lamps += 1
    raise LookupError


@DBOS.step(retries_allowed=True, interval_seconds=0)
def put_in_three_attempts(basket: Basket) -> None:
    basket.lamps += 1
    if basket.lamps < 3:
        raise ConnectionError


@bank.transaction()
def put_in_transaction(basket: Basket) -> None:
    basket.lamps += 1


@DBOS.step()
def pack() -> None:
    if not CRASHED.exists():
        CRASHED.touch()
        os.kill(os.getpid(), signal.SIGKILL)


@DBOS.workflow()
def order() -> list[int]:
    given, failed, retried, stored = [Basket() for _ in range(4)]
    own: list[str] = []
    result = put(given)
    same = result is given
    try:
        put_and_fail(failed)
    except LookupError:
        put_in_three_attempts(retried)
    put_in_transaction(stored)
    till.sell()
    DBOS.run_step({}, own.append, "lamp")
    taken = put(Basket())
    taken.lamps += 1
    pack()
    lamps = [basket.lamps for basket in (given, result, failed, retried, stored, taken)]
    return [*lamps, len(own), till.sales, same]


def run(workflow_id: str) -> list[int]:
    with SetWorkflowID(workflow_id):
        return order()


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "orders",
        "system_database_url": URL,
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()
    recovered, whole = run("order-1"), run("order-2")
    pairs = zip(whole, recovered, strict=True)
    rows = [f"{new}, recovered {old}" for new, old in pairs]
    print("the argument of a step:", rows[0])
    print("the argument, as the step returns it:", rows[1])
    print("the argument of a step that fails:", rows[2])
    print("the argument of a step with three attempts:", rows[3])
    print("the argument of a transaction:", rows[4])
    print("a step's result, which the workflow changes again:", rows[5])
    print("a list whose method `run_step` calls:", rows[6])
    print("an attribute of `self`, in a step:", rows[7])
    print("the result is the argument itself:", rows[8])
    DBOS.destroy()
