"""Static and class methods are workflows without any instance."""
# expect: ok

import os

from dbos import DBOS, DBOSConfig


# --8<-- [start:rule]
@DBOS.dbos_class()
class Prices:
    """Prices with the tax of one country."""

    tax = 19

    @staticmethod
    @DBOS.workflow()
    def gross(net: int) -> int:
        return net + net * Prices.tax // 100

    @classmethod
    @DBOS.workflow()
    def describe(cls) -> str:
        return f"{cls.__name__} with {cls.tax} % tax"


# --8<-- [end:rule]

if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "shop",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "ERROR",
    }
    DBOS(config=config)
    DBOS.launch()
    print(Prices.gross(100), Prices.describe())
    #> 119 Prices with 19 % tax
    DBOS.destroy()
