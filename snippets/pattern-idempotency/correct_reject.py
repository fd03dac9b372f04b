"""The reject policy tells the caller that the id is taken."""
# expect: ok
# since: 3.1

import os

from dbos import DBOS, DBOSConfig, SetWorkflowID, error


@DBOS.workflow()
def open_account(name: str, plan: str) -> str:
    return f"{name} has the {plan} plan"


# --8<-- [start:rule]
def sign_up(name: str, plan: str) -> str:
    with SetWorkflowID(f"account-{name}", workflow_id_reuse_policy="reject"):
        try:
            return open_account(name, plan)
        except error.DBOSWorkflowIDInUseError as taken:
            return f"refused: {taken.workflow_id} is {taken.workflow_status}"


# --8<-- [end:rule]

if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "accounts",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "ERROR",
    }
    DBOS(config=config)
    DBOS.launch()
    print(sign_up("ada", "small"))
    #> ada has the small plan
    print(sign_up("ada", "large"))
    #> refused: account-ada is SUCCESS
    DBOS.destroy()
