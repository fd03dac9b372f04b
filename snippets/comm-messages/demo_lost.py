"""A message to a finished workflow is lost; one to an unknown id raises."""
# expect: ok

import os

from dbos import DBOS, DBOSConfig, SetWorkflowID, error


@DBOS.workflow()
def pay(invoice: str) -> str:
    answer = DBOS.recv("approval", timeout_seconds=0.01)
    return f"{invoice} {answer}"


# --8<-- [start:rule]
def approve(invoice: str) -> str:
    try:
        DBOS.send(invoice, "approved", topic="approval")
    except error.DBOSNonExistentWorkflowError as missing:
        return str(missing)
    return "sent"


# --8<-- [end:rule]

if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "invoices",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "ERROR",
    }
    DBOS(config=config)
    DBOS.launch()
    with SetWorkflowID("invoice-1"):
        print(pay("invoice-1"))
        #> invoice-1 None
    print("finished:", approve("invoice-1"))
    #> finished: sent
    print("unknown:", approve("invoice-2"))
    #> unknown: DBOS Error 5: Non-existent `send` destination workflow ID: invoice-2
    print(DBOS.retrieve_workflow("invoice-1").get_result())
    #> invoice-1 None
    DBOS.destroy()
