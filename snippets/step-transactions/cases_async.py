"""The async datasource, made and used on one event loop."""
# expect: ok

import asyncio
import os
from collections.abc import Awaitable, Callable
from typing import Any

from dbos import DBOS, AsyncSQLAlchemyDatasource, DBOSConfig, SetWorkflowID
from sqlalchemy import text

DATABASE = os.environ.get("DBOS_SYSTEM_DATABASE_URL", "sqlite:///dbos.sqlite")
BANK = (
    DATABASE if DATABASE.startswith("postgresql") else "sqlite+aiosqlite:///bank.sqlite"
)
INSERT = text("INSERT INTO deposits (account) VALUES (:account)")
COUNT = text("SELECT count(*) FROM deposits")
config: DBOSConfig = {
    "name": "bank",
    "system_database_url": DATABASE,
    "log_level": "CRITICAL",
}


async def outcome(call: Callable[[], Awaitable[Any]]) -> str:
    try:
        return str(await call())
    except Exception as error:
        return type(error).__name__


async def see() -> dict[str, str]:
    """Makes the datasource, pays in, and returns what it sees."""
    DBOS(config=config)
    unawaited = AsyncSQLAlchemyDatasource.create(BANK)
    seen = {"unawaited": type(unawaited).__name__}
    bank = await unawaited

    @bank.transaction()
    async def deposit(account: str) -> str:
        await bank.sql_session().execute(INSERT, {"account": account})
        return f"row {(await bank.sql_session().execute(COUNT)).scalar_one()}"

    @DBOS.workflow()
    async def pay_in(account: str) -> str:
        return await deposit(account)

    async def plain() -> Any:
        function: Any = len
        return bank.transaction(function)

    async def without_driver() -> Any:
        return await AsyncSQLAlchemyDatasource.create("sqlite:///bank.sqlite")

    async def late() -> Any:
        return await AsyncSQLAlchemyDatasource.create(BANK)

    async with bank.engine.begin() as connection:
        await connection.execute(text("CREATE TABLE deposits (account TEXT)"))
    DBOS.launch()
    with SetWorkflowID("ada"):
        seen["first"] = await pay_in("ada")
    with SetWorkflowID("ada"):
        seen["again"] = await pay_in("ada")
    seen["plain"] = await outcome(plain)
    seen["without driver"] = await outcome(without_driver)
    seen["late"] = await outcome(late)
    await asyncio.to_thread(DBOS.destroy)
    await bank.engine.dispose()
    return seen


if __name__ == "__main__":
    seen = asyncio.run(see())
    print("`AsyncSQLAlchemyDatasource.create`, not awaited:", seen["unawaited"])
    #> `AsyncSQLAlchemyDatasource.create`, not awaited: coroutine
    print("an async deposit:", seen["first"])
    #> an async deposit: row 1
    print("an async deposit, called again under its id:", seen["again"])
    #> an async deposit, called again under its id: row 1
    print("a plain function as an async transaction:", seen["plain"])
    #> a plain function as an async transaction: DBOSException
    print("an async datasource made after the launch:", seen["late"])
    #> an async datasource made after the launch: DBOSException
    print("an SQLite address without `+aiosqlite`:", seen["without driver"])
    #> an SQLite address without `+aiosqlite`: InvalidRequestError
