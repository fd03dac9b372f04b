"""The datasource is made on its first use, after the launch."""
# expect: raises DBOSException
# differs: only this one imports cache

import os
from functools import cache

from dbos import DBOS, DBOSConfig, SQLAlchemyDatasource
from sqlalchemy import text

DATABASE = os.environ.get("DBOS_SYSTEM_DATABASE_URL", "sqlite:///dbos.sqlite")
BANK = DATABASE if DATABASE.startswith("postgresql") else "sqlite:///bank.sqlite"
BALANCE = text("SELECT 42 WHERE :account = 'ada'")


# --8<-- [start:rule]
@cache
def bank() -> SQLAlchemyDatasource:
    return SQLAlchemyDatasource.create(BANK)


def read_balance(account: str) -> int:
    return bank().sql_session().execute(BALANCE, {"account": account}).scalar_one()


@DBOS.workflow()
def balance(account: str) -> int:
    return bank().run_tx_step({"name": "read_balance"}, read_balance, account)


# --8<-- [end:rule]

if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "bank",
        "system_database_url": DATABASE,
        "log_level": "ERROR",
    }
    DBOS(config=config)
    DBOS.launch()
    print("balance:", balance("ada"))
    DBOS.destroy()
