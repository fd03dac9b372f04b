"""What mocks do in place of steps."""
# expect: ok

import asyncio
import os
from collections.abc import Callable
from typing import Any
from unittest import mock

from dbos import DBOS, DBOSConfig, SQLAlchemyDatasource

URL = os.environ.get("DBOS_SYSTEM_DATABASE_URL", "sqlite:///invoices.sqlite")
bank = SQLAlchemyDatasource.create(URL)


@DBOS.step()
def exchange_rate(currency: str) -> str:
    return f"{currency} of the bank"


@DBOS.step()
async def fee(currency: str) -> str:
    return f"{currency} of the bank"


@bank.transaction()
def store(rate: str) -> str:
    return f"{rate} is stored"


@DBOS.workflow()
def invoice(discount: object = None) -> str:
    return exchange_rate("1.25")


@DBOS.workflow()
async def invoice_async() -> str:
    return await fee("0.5")


@DBOS.workflow()
def check() -> str:
    exchange_rate("1.25")
    return "ignored"


@DBOS.workflow()
def bookkeeping() -> str:
    return store(exchange_rate("1.25"))


def outcome(call: Callable[..., Any], *arguments: Any) -> str:
    try:
        return str(call(*arguments))
    except Exception as error:
        return type(error).__name__


def mocked(name: str, call: Callable[..., Any], **options: Any) -> str:
    with mock.patch(f"{__name__}.{name}", **options) as made:
        ends = outcome(call)
        return f"{ends}, called {made.call_count} time{'s' * (made.call_count != 1)}"


def run_async() -> str:
    return asyncio.run(invoice_async())


def too_many() -> str:
    exchange_rate(*["USD"] * 2)
    return "no error"


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "invoices",
        "system_database_url": URL,
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()
    ends = mocked("exchange_rate", invoice, return_value="1.5")
    print("a mock with a `return_value`:", ends)
    #> a mock with a `return_value`: 1.5, called 1 time
    print("a mock without a `return_value`:", mocked("exchange_rate", invoice))
    #> a mock without a `return_value`: PicklingError, called 1 time
    print("the same, the workflow ignores it:", mocked("exchange_rate", check))
    #> the same, the workflow ignores it: ignored, called 1 time
    print("an argument too many, a mock:", mocked("exchange_rate", too_many))
    #> an argument too many, a mock: no error, called 1 time
    ends = mocked("exchange_rate", too_many, autospec=True)
    print("an argument too many, a mock with `autospec`:", ends)
    #> an argument too many, a mock with `autospec`: TypeError, called 0 times
    print(
        "a mock in place of an async step:", mocked("fee", run_async, return_value="1")
    )
    #> a mock in place of an async step: 1, called 1 time
    ends = mocked("store", bookkeeping, return_value="not stored")
    print("a mock in place of a transaction:", ends)
    #> a mock in place of a transaction: not stored, called 1 time
    print("a mock as the argument of a workflow:", outcome(invoice, mock.Mock()))
    #> a mock as the argument of a workflow: PicklingError
    DBOS.destroy()
