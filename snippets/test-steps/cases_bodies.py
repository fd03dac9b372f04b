"""Which bodies run without a launch."""
# expect: ok

import asyncio
import inspect
import os
from collections.abc import Callable
from typing import Any

from dbos import DBOS, SQLAlchemyDatasource

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
async def invoice_async() -> str:
    return await fee("0.5")


@DBOS.workflow()
def bookkeeping() -> str:
    return store(exchange_rate("1.25"))


@DBOS.workflow()
def order() -> str:
    return DBOS.run_step({"name": "fake"}, str, "paid")


@DBOS.workflow()
def reminder() -> str:
    DBOS.sleep(60)
    return "sent"


@DBOS.workflow()
def with_child() -> str:
    return bookkeeping()


def outcome(call: Callable[[], Any]) -> str:
    try:
        return str(call())
    except Exception as error:
        return type(error).__name__


def run_async(body: Callable[[], Any]) -> str:
    return outcome(lambda: asyncio.run(body()))


if __name__ == "__main__":
    body = inspect.unwrap(bookkeeping)
    print("a workflow's `__wrapped__`, no launch:", body())
    #> a workflow's `__wrapped__`, no launch: 1.25 of the bank is stored
    ends = outcome(inspect.unwrap(reminder))
    print("the same of a workflow that sleeps:", ends)
    #> the same of a workflow that sleeps: DBOSException
    ends = outcome(inspect.unwrap(order))
    print("the same of a workflow that calls `DBOS.run_step`:", ends)
    #> the same of a workflow that calls `DBOS.run_step`: DBOSException
    ends = outcome(inspect.unwrap(with_child))
    print("the same of a workflow that calls another one:", ends)
    #> the same of a workflow that calls another one: DBOSException
    ends = run_async(inspect.unwrap(invoice_async))
    print("`inspect.unwrap` of an async workflow, no launch:", ends)
    #> `inspect.unwrap` of an async workflow, no launch: 0.5 of the bank
    ends = run_async(vars(invoice_async)["__wrapped__"])
    print("an async workflow's `__wrapped__`, no launch:", ends)
    #> an async workflow's `__wrapped__`, no launch: DBOSException
