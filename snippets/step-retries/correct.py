"""Retries are switched on, so the third attempt succeeds."""
# expect: ok

import os

from dbos import DBOS, DBOSConfig

attempts: list[int] = []


def call_gateway() -> str:
    """Fails twice, then answers."""
    attempts.append(1)
    if len(attempts) < 3:
        raise ConnectionError("gateway timeout")
    return "quote 42"


# --8<-- [start:rule]
@DBOS.step(retries_allowed=True, max_attempts=3, interval_seconds=0.01)
def fetch_quote() -> str:
    return call_gateway()


@DBOS.workflow()
def offer() -> str:
    return fetch_quote()


# --8<-- [end:rule]

if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "offers",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "ERROR",
    }
    DBOS(config=config)
    DBOS.launch()
    try:
        result = offer()
    except ConnectionError as error:
        result = f"failed: {error}"
    print(result)
    #> quote 42
    print("attempts:", len(attempts))
    #> attempts: 3
    DBOS.destroy()
