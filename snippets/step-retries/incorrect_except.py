"""The workflow waits for the original error, which retries replace."""
# expect: raises DBOSMaxStepRetriesExceeded
# differs: only the correct one needs the error module

import os

from dbos import DBOS, DBOSConfig


# --8<-- [start:rule]
@DBOS.step(retries_allowed=True, max_attempts=3, interval_seconds=0.01)
def fetch_quote() -> str:
    raise ConnectionError("gateway timeout")


@DBOS.workflow()
def offer() -> str:
    try:
        return fetch_quote()
    except ConnectionError as failure:
        return f"no offer: {failure}"


# --8<-- [end:rule]

if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "offers",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "ERROR",
    }
    DBOS(config=config)
    DBOS.launch()
    print(offer())
    DBOS.destroy()
