"""A client joins the burst of the process that runs the workflow."""
# expect: ok

import os

from dbos import DBOS, DBOSClient, DBOSConfig, Debouncer, DebouncerClient

URL = os.environ.get("DBOS_SYSTEM_DATABASE_URL", "sqlite:///documents.sqlite")


# --8<-- [start:rule]
@DBOS.workflow()
def index(document: str, text: str) -> str:
    return f"{document} has {text}"


debouncer = Debouncer.create(index, queue="indexing", debounce_timeout_sec=60)


def save_from_outside(client: DBOSClient, document: str, text: str) -> str:
    remote = DebouncerClient(
        client,
        {"workflow_name": "index", "queue_name": "indexing"},
        debounce_timeout_sec=60,
    )
    return remote.debounce(document, 0.5, document, text).workflow_id


# --8<-- [end:rule]

if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "documents",
        "system_database_url": URL,
        "log_level": "ERROR",
    }
    DBOS(config=config)
    DBOS.launch()
    DBOS.register_queue("indexing", polling_interval_sec=0.01)
    client = DBOSClient(system_database_url=URL)
    run = debouncer.debounce("doc-1", 3600, "doc-1", "one word")
    joined = save_from_outside(client, "doc-1", "two words")
    print("the same workflow:", joined == run.workflow_id)
    #> the same workflow: True
    print(run.get_result())
    #> doc-1 has two words
    client.destroy()
    DBOS.destroy()
