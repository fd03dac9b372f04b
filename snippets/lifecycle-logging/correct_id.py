"""Each line of the log says in which workflow and step it was written."""
# expect: ok

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
class WorkflowFilter(logging.Filter):
    """Adds the ids of the workflow and of the step."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.workflow_id = DBOS.workflow_id
        record.step_id = DBOS.step_id
        return True


def make_handler() -> logging.Handler:
    handler = logging.FileHandler(LOG)
    handler.addFilter(WorkflowFilter())
    handler.setFormatter(logging.Formatter("%(workflow_id)s %(step_id)s %(message)s"))
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
    #> lines in the log: 3
    print(lines)
    #> ['order-1 None the customer is new', 'order-1 1 charged', 'None None ready']
    DBOS.destroy()
