"""A configured instance registers itself when it is made."""
# expect: ok

import os

from dbos import DBOS, DBOSConfig, DBOSConfiguredInstance


# --8<-- [start:rule]
@DBOS.dbos_class()
class Shop(DBOSConfiguredInstance):
    """A shop whose orders are workflows."""

    @DBOS.workflow()
    def ship(self, order: str) -> str:
        return f"{self.config_name} ships {order}"


shop = Shop("bakery")
# --8<-- [end:rule]

if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "orders",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "ERROR",
    }
    DBOS(config=config)
    DBOS.launch()
    print(shop.ship("order-1"))
    #> bakery ships order-1
    DBOS.destroy()
