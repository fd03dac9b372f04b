"""Three saves in a row are three runs."""
# expect: wrong
# differs: only the correct one needs a debouncer

import os

from dbos import DBOS, DBOSConfig, WorkflowHandle

indexed: list[str] = []


@DBOS.step()
def update_index(document: str, text: str) -> None:
    indexed.append(text)


# --8<-- [start:rule]
@DBOS.workflow()
def index(document: str, text: str) -> None:
    update_index(document, text)


def on_save(document: str, text: str) -> WorkflowHandle[None]:
    return DBOS.start_workflow(index, document, text)


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
    #> workflows: 3
    print("indexed:", sorted(indexed))
    #> indexed: ['a', 'a b', 'a b c']
    DBOS.destroy()
