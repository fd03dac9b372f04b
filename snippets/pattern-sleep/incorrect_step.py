"""A step asks for a durable sleep."""
# expect: raises AssertionError

import os

from dbos import DBOS, DBOSConfig

PERIOD = 0.01
answers = iter(["pending", "pending", "paid"])


# --8<-- [start:rule]
@DBOS.step()
def ask_bank(invoice: str) -> str:
    state = next(answers)
    while state == "pending":
        DBOS.sleep(PERIOD)
        state = next(answers)
    return state


@DBOS.workflow()
def await_payment(invoice: str) -> str:
    return ask_bank(invoice)


# --8<-- [end:rule]

if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "payments",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "ERROR",
    }
    DBOS(config=config)
    DBOS.launch()
    print(await_payment("invoice-1"))
    DBOS.destroy()
