"""A burst that a process of another application version joins."""
# expect: ok
# Launches three times.

import os
import time

from dbos import DBOS, DBOSConfig, Debouncer


@DBOS.workflow()
def index(document: str, text: str) -> str:
    return f"{document} has {text}"


debouncer = Debouncer.create(index)


def launch(version: str) -> None:
    config: DBOSConfig = {
        "name": "documents",
        "application_version": version,
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()


def state(workflow_id: str) -> str:
    status = DBOS.retrieve_workflow(workflow_id).get_status()
    return f"{status.status}, version {status.app_version}"


if __name__ == "__main__":
    launch("1")
    burst = debouncer.debounce("doc-1", 60, "doc-1", "one word").workflow_id
    DBOS.destroy()
    launch("2")
    joined = debouncer.debounce("doc-1", 0, "doc-1", "two words").workflow_id
    while DBOS.retrieve_workflow(burst).get_status().status == "DELAYED":
        time.sleep(0.05)
    following = debouncer.debounce("doc-1", 0, "doc-1", "three words")
    following.get_result()
    print("begun by version 1, joined by version 2:", len({burst, joined}), "run")
    #> begun by version 1, joined by version 2: 1 run
    print("that run, due while version 2 runs:", state(burst))
    #> that run, due while version 2 runs: ENQUEUED, version 1
    print("the next call of version 2:", state(following.workflow_id))
    #> the next call of version 2: SUCCESS, version 2
    DBOS.destroy()
    launch("1")
    result = DBOS.retrieve_workflow(burst).get_result()
    print("the joined run, once version 1 is launched again:", result)
    #> the joined run, once version 1 is launched again: doc-1 has two words
    DBOS.destroy()
