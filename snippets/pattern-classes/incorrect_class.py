"""The class is not registered."""
# expect: raises Exception

import os

from dbos import DBOS, DBOSConfig, DBOSConfiguredInstance


# --8<-- [start:rule]
class Shop(DBOSConfiguredInstance):
    """A shop with the tax of its country."""

    def __init__(self, country: str, tax: int) -> None:
        self.tax = tax
        super().__init__(config_name=country)

    @DBOS.workflow()
    def price(self, net: int) -> int:
        return net + net * self.tax // 100


german = Shop("de", tax=19)
french = Shop("fr", tax=20)


# --8<-- [end:rule]

if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "shop",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "ERROR",
    }
    DBOS(config=config)
    DBOS.launch()
    print(german.price(100), french.price(100))
    DBOS.destroy()
