"""The process ends itself after DBOS, whoever waits for a message."""
# expect: ok
# Takes some seconds: it starts a second process and looks whether that ends.

import os
import subprocess
import sys
import time

from dbos import DBOS, DBOSConfig, SetWorkflowID

URL = os.environ.get("DBOS_SYSTEM_DATABASE_URL", "sqlite:///orders.sqlite")
config: DBOSConfig = {
    "name": "orders",
    "system_database_url": URL,
    "log_level": "INFO",  # DBOS says on stderr when it has ended.
}


@DBOS.workflow()
def purchase() -> None:
    DBOS.recv("approval", timeout_seconds=3600)


def wait_for_stop() -> None:
    """Stands for the time until SIGTERM, which comes when the purchase waits."""
    while not DBOS.list_workflow_steps("purchase-1"):
        time.sleep(0.01)


# --8<-- [start:rule]
def serve() -> None:
    DBOS(config=config)
    DBOS.launch()
    with SetWorkflowID("purchase-1"):
        DBOS.start_workflow(purchase)
    wait_for_stop()
    DBOS.destroy()
    os._exit(0)


# --8<-- [end:rule]


def ends() -> bool:
    """Whether a process that serves ends within some seconds of the end of DBOS."""
    command = [sys.executable, __file__, "serve"]
    with subprocess.Popen(command, stderr=subprocess.PIPE) as process:
        assert process.stderr
        for line in process.stderr:
            if b"DBOS successfully shut down" in line:
                break
        try:
            process.wait(timeout=3)
        except subprocess.TimeoutExpired:
            process.kill()
            return False
    return True


if __name__ == "__main__" and sys.argv[1:] == ["serve"]:
    serve()
elif __name__ == "__main__":
    print("the process ends:", ends())
    #> the process ends: True
