"""An instance made after the launch works until it has to be recovered."""
# expect: ok

import logging
import os

from dbos import DBOS, DBOSConfig, DBOSConfiguredInstance

warnings: list[str] = []


@DBOS.dbos_class()
class Shop(DBOSConfiguredInstance):
    """A shop with the tax of its country."""

    def __init__(self, country: str, tax: int) -> None:
        self.tax = tax
        super().__init__(config_name=country)

    @DBOS.workflow()
    def price(self, net: int) -> int:
        return net + net * self.tax // 100


# --8<-- [start:rule]
def late_price(net: int) -> int:
    DBOS.launch()
    german = Shop("de", tax=19)
    return german.price(net)


# --8<-- [end:rule]

if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "shop",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "WARNING",
    }
    DBOS(config=config)
    log = logging.Handler(logging.WARNING)
    log.emit = lambda record: warnings.append(record.getMessage())
    logging.getLogger("dbos").addHandler(log)
    print("price:", late_price(100))
    #> price: 119
    print(warnings[-1].split(". ")[0])
    #> Configured instance de of class Shop was registered after DBOS was launched
    DBOS.destroy()
