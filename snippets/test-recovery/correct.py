"""The test also replays the run, and finds the mistake in the same process."""
# expect: ok

import os

from dbos import DBOS, DBOSConfig, SetWorkflowID

rates: dict[str, float] = {}


@DBOS.step()
def exchange_rate(currency: str) -> float:
    return 1.5


@DBOS.step()
def charge(amount: float) -> str:
    return f"charged {amount}"


@DBOS.workflow()
def invoice(price: float) -> str:
    # The mistake that a test has to find: no replay knows what is in memory.
    if "EUR" not in rates:
        rates["EUR"] = exchange_rate("EUR")
    return charge(price * rates["EUR"])


# --8<-- [start:rule]
def test_invoice() -> None:
    with SetWorkflowID("invoice-1"):
        result = invoice(100.0)
    assert result == "charged 150.0"
    assert replayed("invoice-1") == result


def replayed(workflow_id: str) -> str:
    """Runs the workflow anew, and takes the results of all steps from the record."""
    steps = DBOS.list_workflow_steps(workflow_id)
    end = max((step["function_id"] for step in steps), default=0) + 1
    return DBOS.fork_workflow(workflow_id, end).get_result()


# --8<-- [end:rule]


def outcome() -> str:
    try:
        test_invoice()
    except Exception as error:
        return f"failed, {str(error)[:13]}"
    return "passed"


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "invoices",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()
    print("test_invoice:", outcome())
    #> test_invoice: failed, DBOS Error 11
    DBOS.destroy()
