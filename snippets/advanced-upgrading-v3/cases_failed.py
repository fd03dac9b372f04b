"""What dbos 2 makes of a failed run of dbos 3."""
# expect: ok
# Slower than others: `uv` starts the old version in a process of its own.

import json
import os
import subprocess
import sys

from dbos import DBOS, DBOSConfig, SetWorkflowID

URL = os.environ.get("DBOS_SYSTEM_DATABASE_URL", "sqlite:///orders.sqlite")
# `uv run --with` makes an environment of its own for the old version.
DBOS_2 = ["uv", "run", "--quiet", "--no-project", "--with", "dbos==2.31.1", "python"]


@DBOS.workflow()
def ship(order: str) -> str:
    raise ValueError(f"{order} is lost")


def outcome() -> str:
    config: DBOSConfig = {
        "name": "orders",
        "system_database_url": URL,
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()
    if not sys.argv[1:]:
        with SetWorkflowID("order-1"):
            DBOS.start_workflow(ship, "order-1")
    handle = DBOS.retrieve_workflow("order-1")
    try:
        return str(handle.get_result())
    except Exception as error:
        return f"{handle.get_status().status}, {type(error).__name__}"
    finally:
        DBOS.destroy()


if __name__ == "__main__" and sys.argv[1:]:
    sys.stdout.write(json.dumps(outcome()))
elif __name__ == "__main__":
    three = outcome()
    command = [*DBOS_2, __file__, "read"]
    ended = subprocess.run(command, check=True, capture_output=True, text=True)
    two = json.loads(ended.stdout.splitlines()[-1])
    print("a failed run of dbos 3, in dbos 3:", three)
    #> a failed run of dbos 3, in dbos 3: ERROR, ValueError
    print("a failed run of dbos 3, in dbos 2:", two)
    #> a failed run of dbos 3, in dbos 2: ERROR, TypeError
