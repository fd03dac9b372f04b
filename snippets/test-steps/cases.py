"""What runs, and what is recorded, when a test puts something in a step's place."""
# expect: ok

import inspect
import os
from collections.abc import Callable
from typing import Any

import pytest
from dbos import DBOS, DBOSConfig, SetWorkflowID, StepOptions, error

RETRIES: StepOptions = {"retries_allowed": True, "interval_seconds": 60}
asked: list[str] = []  # What reaches the bank.


def ask_bank(currency: str) -> float:
    asked.append(currency)
    raise ConnectionError


@DBOS.step(retries_allowed=True, interval_seconds=0.01)
def exchange_rate(currency: str) -> float:
    return ask_bank(currency)


@DBOS.workflow()
def invoice() -> float:
    return exchange_rate("EUR")


@DBOS.workflow()
def invoice_by_run_step() -> float:
    return DBOS.run_step(RETRIES, ask_bank, "EUR")


def fake(currency: str) -> float:
    return 1.5


def fake_as_step(currency: str) -> float:
    return DBOS.run_step({"name": "exchange_rate"}, fake, currency)


def fake_as_other_step(currency: str) -> float:
    return DBOS.run_step({"name": "fake"}, fake, currency)


def outcome(call: Callable[[], Any], workflow_id: str) -> str:
    asked.clear()
    try:
        with SetWorkflowID(workflow_id):
            end = str(call())
    except error.DBOSMaxStepRetriesExceeded as failure:
        end = str(failure)[:12]
    except Exception as failure:
        end = type(failure).__name__
    steps = [step["function_name"] for step in DBOS.list_workflow_steps(workflow_id)]
    return f"{end}, real calls {len(asked)}, records {len(steps)}"


def replaced(name: str, value: Any, call: Callable[[], Any], workflow_id: str) -> str:
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setattr(name, value)
        return outcome(call, workflow_id)


def forked(workflow_id: str) -> str:
    fork = DBOS.fork_workflow(workflow_id, 99)
    return outcome(fork.get_result, fork.workflow_id)


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "invoices",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()
    name = f"{__name__}.exchange_rate"
    print("nothing replaced:", outcome(invoice, "real"))
    #> nothing replaced: DBOS Error 7, real calls 3, records 1
    print("a plain function:", replaced(name, fake, invoice, "plain"))
    #> a plain function: 1.5, real calls 0, records 0
    ends = replaced(name, fake_as_step, invoice, "recorded")
    print("a function with `DBOS.run_step`:", ends)
    #> a function with `DBOS.run_step`: 1.5, real calls 0, records 1
    print("after a plain function, a fork:", forked("plain"))
    #> after a plain function, a fork: DBOS Error 7, real calls 3, records 1
    print("after `DBOS.run_step`, a fork:", forked("recorded"))
    #> after `DBOS.run_step`, a fork: 1.5, real calls 0, records 1
    replaced(name, fake_as_other_step, invoice, "other")
    print("fork, record of another name:", forked("other"))
    #> fork, record of another name: DBOSUnexpectedStepError, real calls 0, records 1
    step = DBOS.step(name="exchange_rate")(fake)
    print("a step made after the launch:", replaced(name, step, invoice, "late"))
    #> a step made after the launch: 1.5, real calls 0, records 1
    body = inspect.unwrap(exchange_rate)
    print("the step's own `__wrapped__`:", replaced(name, body, invoice, "body"))
    #> the step's own `__wrapped__`: ConnectionError, real calls 1, records 0
    ends = replaced(f"{__name__}.ask_bank", fake, invoice, "bank")
    print("what the step calls:", ends)
    #> what the step calls: 1.5, real calls 0, records 1
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setitem(RETRIES, "interval_seconds", 0)
        ends = outcome(invoice_by_run_step, "dict")
    print("an interval of 0 for `DBOS.run_step`:", ends)
    #> an interval of 0 for `DBOS.run_step`: DBOS Error 7, real calls 3, records 1
    DBOS.destroy()
