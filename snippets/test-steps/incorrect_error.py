"""The fake raises what the body raises, and not what the workflow gets."""
# expect: wrong

import os

import pytest
from dbos import DBOS, DBOSConfig, error

PAUSE = float(os.environ.get("RETRY_SECONDS", "0.01"))


def ask_bank(currency: str) -> float:
    raise ConnectionError("the bank is down")


# --8<-- [start:rule]
@DBOS.step(retries_allowed=True, interval_seconds=PAUSE)
def exchange_rate(currency: str) -> float:
    return ask_bank(currency)


@DBOS.workflow()
def invoice(price: float) -> str:
    try:
        return f"{price * exchange_rate('EUR')} euros"
    except ConnectionError:
        return "no rate today"


def test_no_rate(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(f"{__name__}.exchange_rate", is_down)
    assert invoice(100.0) == "no rate today"


# --8<-- [end:rule]


def is_down(currency: str) -> float:
    raise ConnectionError


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "invoices",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()
    with pytest.MonkeyPatch.context() as monkeypatch:
        test_no_rate(monkeypatch)
    print("test_no_rate: passed")
    #> test_no_rate: passed
    try:
        print("without the fake:", invoice(100.0))
    except error.DBOSMaxStepRetriesExceeded as failure:
        print("without the fake:", type(failure).__name__)
        #> without the fake: DBOSMaxStepRetriesExceeded
    DBOS.destroy()
