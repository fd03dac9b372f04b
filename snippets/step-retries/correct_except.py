"""The workflow catches the error that ends the retries."""
# expect: ok

import os

from dbos import DBOS, DBOSConfig, error


# --8<-- [start:rule]
@DBOS.step(retries_allowed=True, max_attempts=3, interval_seconds=0.01)
def fetch_quote() -> str:
    raise ConnectionError("gateway timeout")


@DBOS.workflow()
def offer() -> str:
    try:
        return fetch_quote()
    except error.DBOSMaxStepRetriesExceeded as failure:
        return f"no offer: {failure.errors[-1]} ({len(failure.errors)} attempts)"


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
    #> no offer: gateway timeout (3 attempts)
    DBOS.destroy()
