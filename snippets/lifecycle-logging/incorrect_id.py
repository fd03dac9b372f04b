"""Lines of other loggers, which have no workflow id, are lost."""
# expect: wrong

import logging
import os
from pathlib import Path

from dbos import DBOS, DBOSConfig, SetWorkflowID

LOG = Path("shop.log")
shop = logging.getLogger("shop")


@DBOS.step()
def charge() -> None:
    shop.warning("charged")


@DBOS.workflow()
def order() -> None:
    DBOS.logger.warning("the customer is new")
    charge()


# --8<-- [start:rule]
def make_handler() -> logging.Handler:
    handler = logging.FileHandler(LOG)
    handler.setFormatter(logging.Formatter("%(operationUUID)s %(message)s"))
    return handler


# --8<-- [end:rule]


if __name__ == "__main__":
    logging.getLogger("dbos").addHandler(logging.NullHandler())
    logging.basicConfig(handlers=[make_handler()])
    config: DBOSConfig = {
        "name": "shop",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "WARNING",
    }
    DBOS(config=config)
    DBOS.launch()
    with SetWorkflowID("order-1"):
        order()
    shop.warning("ready")
    lines = LOG.read_text().splitlines()
    print("lines in the log:", len(lines))
    #> lines in the log: 1
    print(lines)
    #> ['order-1 the customer is new']
    DBOS.destroy()
