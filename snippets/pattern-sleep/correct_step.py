"""The workflow sleeps between two calls of the step."""
# expect: ok

import os

from dbos import DBOS, DBOSConfig

PERIOD = 0.01
answers = iter(["pending", "pending", "paid"])


# --8<-- [start:rule]
@DBOS.step()
def ask_bank(invoice: str) -> str:
    return next(answers)


@DBOS.workflow()
def await_payment(invoice: str) -> str:
    state = ask_bank(invoice)
    while state == "pending":
        DBOS.sleep(PERIOD)
        state = ask_bank(invoice)
    return state


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
    #> paid
    DBOS.destroy()
