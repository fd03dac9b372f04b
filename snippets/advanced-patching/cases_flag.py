"""What the flag of older guides still does."""
# expect: ok

import logging
import os

from dbos import DBOS, DBOSConfig


@DBOS.workflow()
def checkout(order: str) -> str:
    return f"patched {DBOS.patch('check-fraud')}"


class Collector(logging.Handler):
    """Keeps what dbos warns about."""

    def emit(self, record: logging.LogRecord) -> None:
        warned.append(record.getMessage())


warned: list[str] = []

if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "checkout",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "ERROR",
    }
    DBOS(config=config)
    DBOS.launch()
    print("`DBOS.patch` without the flag:", checkout("order-1"))
    #> `DBOS.patch` without the flag: patched True
    DBOS.destroy()
    logging.getLogger("dbos").setLevel("WARNING")
    logging.getLogger("dbos").addHandler(Collector())
    config["enable_patching"] = True
    DBOS(config=config)
    flagged = f"version {DBOS.application_version}, {len(warned)} warning"
    print("`enable_patching` without a version:", flagged)
    #> `enable_patching` without a version: version PATCHING_ENABLED, 1 warning
    DBOS.destroy()
