"""Python without asserts does not refuse a start in a step."""
# expect: ok
# Takes some seconds: `-O` compiles all modules once more.

import os
import subprocess
import sys

from dbos import DBOS, DBOSConfig, SetWorkflowID

config: DBOSConfig = {
    "name": "shop",
    "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
    "log_level": "CRITICAL",
}
charges: list[str] = []


@DBOS.workflow()
def send_invoice() -> None:
    pass


@DBOS.step()
def charge() -> None:
    charges.append("charge")
    DBOS.start_workflow(send_invoice)


@DBOS.step(retries_allowed=True, max_attempts=3, interval_seconds=0.01)
def charge_with_retries() -> None:
    charge()


@DBOS.step()
def mail() -> None:
    pass


@DBOS.workflow()
def checkout() -> None:
    charge()
    mail()


@DBOS.workflow()
def checkout_with_retries() -> None:
    charge_with_retries()


def outcome(workflow_id: str, *, with_retries: bool) -> str:
    charges.clear()
    result = "no error"
    try:
        with SetWorkflowID(workflow_id):
            checkout_with_retries() if with_retries else checkout()
    except Exception as failure:
        result = type(failure).__name__
    return f"{result}, charges: {len(charges)}"


def optimized() -> str:
    command = [sys.executable, "-O", __file__]
    return subprocess.run(command, capture_output=True, text=True).stdout.strip()


if __name__ == "__main__":
    in_optimized = optimized() if __debug__ else ""
    DBOS(config=config)
    DBOS.launch()
    if not __debug__:
        sys.stdout.write(outcome("order-1", with_retries=False))
        DBOS.destroy()
        sys.exit()
    retried = outcome("order-2", with_retries=True)
    print("a start in a step of 3 attempts:", retried)
    #> a start in a step of 3 attempts: DBOSMaxStepRetriesExceeded, charges: 3
    print("a start in a step, with `python -O`:", in_optimized)
    #> a start in a step, with `python -O`: DBOSUnexpectedStepError, charges: 1
    DBOS.destroy()
