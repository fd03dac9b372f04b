"""The version is set by hand, and DBOS.patch works without a flag."""
# expect: ok

import logging
import os

from dbos import DBOS, DBOSConfig


@DBOS.workflow()
def checkout(order: str) -> str:
    return "checked" if DBOS.patch("check-fraud") else "not checked"


# --8<-- [start:rule]
config: DBOSConfig = {
    "name": "checkout",
    "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
    "log_level": "WARNING",
    "application_version": "checkout-1",
}
# --8<-- [end:rule]


class Collector(logging.Handler):
    """Keeps what dbos warns about."""

    def emit(self, record: logging.LogRecord) -> None:
        messages.append(record.getMessage())


messages: list[str] = []

if __name__ == "__main__":
    logging.getLogger("dbos").setLevel("WARNING")
    logging.getLogger("dbos").addHandler(Collector())
    DBOS(config=config)
    DBOS.launch()
    print(checkout("order-1"))
    #> checked
    print("version:", DBOS.application_version)
    #> version: checkout-1
    print("warnings:", [message.partition(" and ")[0] for message in messages])
    #> warnings: []
    DBOS.destroy()
