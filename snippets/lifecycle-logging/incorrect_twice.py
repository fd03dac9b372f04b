"""A log file gets each line of dbos twice."""
# expect: wrong

import logging
import os
from pathlib import Path

from dbos import DBOS, DBOSConfig

LOG = Path("shop.log")
attempts: list[str] = []


@DBOS.step(retries_allowed=True, interval_seconds=0)
def charge() -> None:
    attempts.append("charge")
    if len(attempts) == 1:
        raise ConnectionError  # The retry is a warning in dbos' log.


@DBOS.workflow()
def order() -> None:
    DBOS.logger.warning("the customer is new")
    charge()


# --8<-- [start:rule]
def start(config: DBOSConfig) -> None:
    handler = logging.FileHandler(LOG)
    handler.setFormatter(logging.Formatter("%(levelname)s %(name)s: %(message)s"))
    logging.getLogger().addHandler(handler)
    logging.getLogger("dbos").addHandler(handler)
    DBOS(config=config)
    DBOS.launch()


# --8<-- [end:rule]


if __name__ == "__main__":
    start(
        {
            "name": "shop",
            "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
            "log_level": "WARNING",
        }
    )
    order()
    logging.getLogger("shop").warning("the order has ended")
    lines = LOG.read_text().splitlines()
    print("lines of the shop:", sum(" shop: " in line for line in lines))
    #> lines of the shop: 1
    print("lines of dbos:", sum(" dbos: " in line for line in lines))
    #> lines of dbos: 4
    DBOS.destroy()
