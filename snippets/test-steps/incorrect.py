"""The decorator is replaced after it has made the step, which changes nothing."""
# expect: wrong

import os

import pytest
from dbos import DBOS, DBOSConfig

asked: list[str] = []  # What reaches the bank.


@DBOS.step(retries_allowed=True, max_attempts=3, interval_seconds=0.01)
def exchange_rate(currency: str) -> float:
    asked.append(currency)
    raise ConnectionError("a test must not get here")


@DBOS.workflow()
def invoice(price: float) -> float:
    return price * exchange_rate("EUR")


# --8<-- [start:rule]
def fake_step(**options: object) -> object:
    return lambda step: lambda currency: 1.5


def test_invoice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(DBOS, "step", fake_step)
    assert invoice(100.0) == 150.0


# --8<-- [end:rule]


def outcome() -> str:
    with pytest.MonkeyPatch.context() as monkeypatch:
        try:
            test_invoice(monkeypatch)
        except Exception as error:
            return f"failed, {type(error).__name__}"
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
    #> test_invoice: failed, DBOSMaxStepRetriesExceeded
    print("calls of the bank:", len(asked))
    #> calls of the bank: 3
    DBOS.destroy()
