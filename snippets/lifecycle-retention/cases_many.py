"""How many ids one deletion takes."""
# expect: ok

import os

from dbos import DBOS, DBOSClient, DBOSConfig

URL = os.environ.get("DBOS_SYSTEM_DATABASE_URL", "sqlite:///shop.sqlite")
ids = [f"order-{n}" for n in range(300_000)]


@DBOS.workflow()
def pay() -> None:
    pass


def delete(count: int) -> str:
    try:
        DBOS.delete_workflows(ids[:count])
    except Exception as error:
        return type(error).__name__
    return "no error"


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "shop",
        "system_database_url": URL,
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()
    for _ in range(3):
        pay()
    print("1000 ids in one deletion:", delete(1000))
    #> 1000 ids in one deletion: no error
    print("300,000 ids in one deletion:", delete(300_000))
    #> 300,000 ids in one deletion: OperationalError
    client = DBOSClient(system_database_url=URL)
    client.delete_workflows([run.workflow_id for run in client.list_workflows()])
    client.destroy()
    print("runs left, after a client has deleted all:", len(DBOS.list_workflows()))
    #> runs left, after a client has deleted all: 0
    DBOS.destroy()
