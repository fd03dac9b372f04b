"""The instances of the class have no name."""
# expect: raises Exception
# differs: only the correct one imports the base class

import os

from dbos import DBOS, DBOSConfig


# --8<-- [start:rule]
@DBOS.dbos_class()
class Shop:
    """A shop with the tax of its country."""

    def __init__(self, country: str, tax: int) -> None:
        self.tax = tax

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
