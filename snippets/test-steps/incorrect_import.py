"""The step is replaced where it is defined, and its caller has its own name for it."""
# expect: wrong

import os
import sys
from importlib import import_module
from pathlib import Path

import pytest
from dbos import DBOS, DBOSConfig

BANK = """
from dbos import DBOS

asked = []

@DBOS.step()
def exchange_rate(currency):
    asked.append(currency)
    return 1.25
"""
INVOICES = """
from dbos import DBOS
from bank import exchange_rate

@DBOS.workflow()
def invoice(price):
    return price * exchange_rate("EUR")
"""


# --8<-- [start:rule]
def test_invoice(monkeypatch: pytest.MonkeyPatch) -> None:
    invoices = import_module("invoices")  # It has: from bank import exchange_rate
    monkeypatch.setattr("bank.exchange_rate", lambda currency: 1.5)
    assert invoices.invoice(100.0) == 150.0


# --8<-- [end:rule]


def outcome() -> str:
    with pytest.MonkeyPatch.context() as monkeypatch:
        try:
            test_invoice(monkeypatch)
        except AssertionError:
            return "failed"
    return "passed"


if __name__ == "__main__":
    Path("bank.py").write_text(BANK)
    Path("invoices.py").write_text(INVOICES)
    sys.path.insert(0, ".")
    config: DBOSConfig = {
        "name": "invoices",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    bank = import_module("bank")
    import_module("invoices")
    DBOS.launch()
    print("test_invoice:", outcome())
    #> test_invoice: failed
    print("calls of the bank:", len(bank.asked))
    #> calls of the bank: 1
    DBOS.destroy()
