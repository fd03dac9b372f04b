"""Three saves in a row are one run, with the last text."""
# expect: ok

import os

from dbos import DBOS, DBOSConfig, Debouncer, WorkflowHandle

indexed: list[str] = []


@DBOS.step()
def update_index(document: str, text: str) -> None:
    indexed.append(text)


# --8<-- [start:rule]
@DBOS.workflow()
def index(document: str, text: str) -> None:
    update_index(document, text)


debouncer = Debouncer.create(index, debounce_timeout_sec=60)


def on_save(document: str, text: str) -> WorkflowHandle[None]:
    return debouncer.debounce(document, 1.0, document, text)


# --8<-- [end:rule]

if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "documents",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "ERROR",
    }
    DBOS(config=config)
    DBOS.launch()
    runs = [on_save("doc-1", text) for text in ("a", "a b", "a b c")]
    for run in runs:
        run.get_result()
    print("workflows:", len({run.workflow_id for run in runs}))
    #> workflows: 1
    print("indexed:", sorted(indexed))
    #> indexed: ['a b c']
    DBOS.destroy()
