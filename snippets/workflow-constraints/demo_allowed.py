"""A step may set an event, and a step inside it is part of it."""
# expect: ok

import os

from dbos import DBOS, DBOSConfig, SetWorkflowID


# --8<-- [start:rule]
@DBOS.step()
def exchange_rate() -> float:
    return 1.25


@DBOS.step()
def convert(price: float) -> float:
    DBOS.set_event("state", "converting")
    return price * exchange_rate()


@DBOS.workflow()
def quote(price: float) -> float:
    return convert(price)


# --8<-- [end:rule]

if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "quotes",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "ERROR",
    }
    DBOS(config=config)
    DBOS.launch()
    with SetWorkflowID("quote-1"):
        print("quote:", quote(100.0))
        #> quote: 125.0
    print("state:", DBOS.get_event("quote-1", "state"))
    #> state: converting
    steps = DBOS.list_workflow_steps("quote-1")
    print("recorded:", [step["function_name"] for step in steps])
    #> recorded: ['convert']
    DBOS.destroy()
