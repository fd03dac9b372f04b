"""With one run at a time, the second job begins when the first has ended."""
# expect: ok

import os
import time

from dbos import DBOS, DBOSConfig, SetWorkflowID

balance = {"ada": 0}


@DBOS.step()
def deposit(account: str, amount: int) -> str:
    other = DBOS.retrieve_workflow("payment-2")
    while other.get_status().status == "PENDING":
        time.sleep(0.01)  # A slow bank: a payment that runs beside this one is quicker.
    balance[account] += amount
    return "deposited"


@DBOS.step()
def withdraw(account: str, amount: int) -> str:
    if balance[account] < amount:
        return "refused"
    balance[account] -= amount
    return "withdrawn"


@DBOS.workflow()
def pay_in(account: str, amount: int) -> str:
    return deposit(account, amount)


@DBOS.workflow()
def pay_out(account: str, amount: int) -> str:
    return withdraw(account, amount)


# --8<-- [start:rule]
def enqueue_payments() -> None:
    with SetWorkflowID("payment-1"):
        DBOS.enqueue_workflow("payments", pay_in, "ada", 50)
    with SetWorkflowID("payment-2"):
        DBOS.enqueue_workflow("payments", pay_out, "ada", 50)


def register() -> None:
    DBOS.register_queue("payments", global_concurrency=1)


# --8<-- [end:rule]


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "bank",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()
    enqueue_payments()
    register()
    print("payment-1:", DBOS.get_result("payment-1"))
    #> payment-1: deposited
    print("payment-2:", DBOS.get_result("payment-2"))
    #> payment-2: withdrawn
    DBOS.destroy()
