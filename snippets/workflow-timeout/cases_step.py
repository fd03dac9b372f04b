"""A timeout of a step, which only an async step can have."""
# expect: ok

import asyncio
import os

from dbos import DBOS, DBOSConfig, SetWorkflowID, error


@DBOS.step(timeout_seconds=0.1)
async def read_rate() -> None:
    await asyncio.sleep(5)


@DBOS.workflow()
async def quote() -> str:
    try:
        await read_rate()
    except error.DBOSStepTimeoutError as failure:
        return str(failure)
    return "read"


def declare() -> str:
    try:
        DBOS.step(timeout_seconds=1)(os.getcwd)
    except error.DBOSException as failure:
        return str(failure).partition(". ")[2]
    return "accepted"


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "quotes",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()
    with SetWorkflowID("quote-1"):
        reason = asyncio.run(quote())
    print("a timeout of an async step:", reason.partition("was ")[2])
    #> a timeout of an async step: cancelled after exceeding its timeout of 0.1 seconds
    print("a timeout of a sync step:", declare())
    #> a timeout of a sync step: Step timeouts are only supported for async steps.
    DBOS.destroy()
