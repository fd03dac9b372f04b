"""When `should_retry` ends the attempts, and with which error."""
# expect: ok

import asyncio
import os
from collections.abc import Callable
from typing import Any

from dbos import DBOS, DBOSConfig, StepOptions

attempts: list[int] = []


def ask() -> str:
    attempts.append(1)
    raise ConnectionError(f"answer {len(attempts)}")


async def ask_async() -> str:
    return ask()


def never(failure: BaseException) -> bool:
    return False


def is_first(failure: BaseException) -> bool:
    return "answer 1" in str(failure)


async def is_first_async(failure: BaseException) -> bool:
    return is_first(failure)


def broken(failure: BaseException) -> bool:
    raise KeyError("no such code")


@DBOS.workflow()
def offer(options: StepOptions) -> str:
    return DBOS.run_step(options, ask)


@DBOS.workflow()
async def offer_async(options: StepOptions) -> str:
    return await DBOS.run_step_async(options, ask_async)


def outcome(call: Callable[[], Any]) -> str:
    attempts.clear()
    try:
        call()
        end = "no error"
    except Exception as error:
        end = type(error).__name__
    return f"{len(attempts)} attempt{'s' * (len(attempts) != 1)}, {end}"


def sync_step(should_retry: Callable[[BaseException], Any]) -> str:
    options: StepOptions = {
        "retries_allowed": True,
        "interval_seconds": 0,
        "should_retry": should_retry,
    }
    return outcome(lambda: offer(options))


def async_step(should_retry: Callable[[BaseException], Any]) -> str:
    options: StepOptions = {
        "retries_allowed": True,
        "interval_seconds": 0,
        "should_retry": should_retry,
    }
    return outcome(lambda: asyncio.run(offer_async(options)))


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "offers",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()
    print("`should_retry` is false at once:", sync_step(never))
    #> `should_retry` is false at once: 1 attempt, ConnectionError
    print("`should_retry` is false later:", sync_step(is_first))
    #> `should_retry` is false later: 2 attempts, ConnectionError
    print("`should_retry` raises:", sync_step(broken))
    #> `should_retry` raises: 1 attempt, KeyError
    print("an async step, an async `should_retry`:", async_step(is_first_async))
    #> an async step, an async `should_retry`: 2 attempts, ConnectionError
    print("a sync step, an async `should_retry`:", sync_step(is_first_async))
    #> a sync step, an async `should_retry`: 0 attempts, DBOSException
    DBOS.destroy()
