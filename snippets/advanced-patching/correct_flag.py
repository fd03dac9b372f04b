"""The version has a name, and the patch needs no flag."""
# expect: ok

import logging
import os

from dbos import DBOS, DBOSConfig

# --8<-- [start:rule]
config: DBOSConfig = {
    "name": "checkout",
    "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
    "application_version": "checkout-1",
}
# --8<-- [end:rule]


@DBOS.workflow()
def checkout(order: str) -> str:
    return f"patched {DBOS.patch('check-fraud')}"


class Collector(logging.Handler):
    """Keeps what dbos warns about."""

    def emit(self, record: logging.LogRecord) -> None:
        warned.append(record.getMessage().partition(". ")[0])


warned: list[str] = []

if __name__ == "__main__":
    collector = Collector(logging.WARNING)
    logging.getLogger("dbos").addHandler(collector)
    config["log_level"] = "WARNING"
    DBOS(config=config)
    DBOS.launch()
    print(checkout("order-1"))
    #> patched True
    print("version:", DBOS.application_version)
    #> version: checkout-1
    print("warned:", *warned)
    #> warned:
    DBOS.destroy()
