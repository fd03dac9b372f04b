"""Every call puts the run off again."""
# expect: wrong

import os
import time

from dbos import DBOS, DBOSConfig, Debouncer

indexed: list[str] = []


@DBOS.step()
def update_index(document: str, text: str) -> None:
    indexed.append(text)


@DBOS.workflow()
def index(document: str, text: str) -> None:
    update_index(document, text)


# --8<-- [start:rule]
debouncer = Debouncer.create(index)


def on_save(document: str, text: str) -> None:
    debouncer.debounce(document, 5.0, document, text)


# --8<-- [end:rule]

if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "documents",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "ERROR",
    }
    DBOS(config=config)
    DBOS.launch()
    for number in range(12):
        on_save("doc-1", f"version {number}")
        time.sleep(0.2)
    print("indexed while the author is writing:", bool(indexed))
    #> indexed while the author is writing: False
    DBOS.destroy()
