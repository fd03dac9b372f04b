"""The 2.x key of a test's configuration is gone."""
# expect: raises DBOSInitializationError
# database: own - the constructor raises before it opens one
# differs: the constructor raises, so it needs no pytest around it
# types: bad-typed-dict-key - the wrong way is a key that dbos 3 lacks

from pathlib import Path

from dbos import DBOS, DBOSConfig


# --8<-- [start:rule]
def start_dbos(folder: Path) -> None:
    DBOS.destroy()
    config: DBOSConfig = {
        "name": "orders",
        "database_url": f"sqlite:///{folder}/dbos.sqlite",
    }
    DBOS(config=config)
    DBOS.launch()


# --8<-- [end:rule]

if __name__ == "__main__":
    start_dbos(Path.cwd())
    DBOS.destroy()
