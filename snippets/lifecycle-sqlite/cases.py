"""Which file an address means, and what several processes do with one file."""
# expect: ok
# since: 3.1
# database: own - it shows where the file of SQLite is

import subprocess
import sys
from pathlib import Path

from dbos import DBOS, DBOSConfig
from sqlalchemy.exc import OperationalError

FILE = f"sqlite:///{Path.cwd() / 'shared.sqlite'}"


@DBOS.step()
def charge(order: int) -> int:
    return order


@DBOS.workflow()
def pay(order: int) -> int:
    return charge(order)


def configure(url: str | None = None) -> DBOSConfig:
    config: DBOSConfig = {"name": "my-shop", "log_level": "CRITICAL"}
    if url is not None:
        config["system_database_url"] = url
    return config


def made(url: str | None = None) -> str:
    """Names the files that a launch makes."""
    before = set(Path().rglob("*"))
    DBOS(config=configure(url))
    try:
        DBOS.launch()
    except OperationalError as error:
        return str(error).split(") ")[1].splitlines()[0]
    except TypeError as error:
        return type(error).__name__
    finally:
        DBOS.destroy()
    return ", ".join(str(path) for path in set(Path().rglob("*")) - before)


def work(executor_id: str) -> None:
    """Is one of two processes."""
    DBOS(config={**configure(FILE), "executor_id": executor_id})
    DBOS.launch()
    for order in range(5):
        pay(order)
    DBOS.destroy()


if __name__ == "__main__" and len(sys.argv) > 1:
    work(sys.argv[1])
elif __name__ == "__main__":
    print("an empty address:", made(""))
    #> an empty address: my_shop.sqlite
    Path("my_shop.sqlite").unlink()
    print("no address:", made())
    #> no address: my_shop.sqlite
    print("`sqlite:///july.sqlite`:", made("sqlite:///july.sqlite"))
    #> `sqlite:///july.sqlite`: july.sqlite
    print("`sqlite:///c%20d.sqlite`:", made("sqlite:///c%20d.sqlite"))
    #> `sqlite:///c%20d.sqlite`: c d.sqlite
    print("the address of a folder that is not there:", made("sqlite:///a/b.sqlite"))
    #> the address of a folder that is not there: unable to open database file
    print("`sqlite:///~/shop.sqlite`:", made("sqlite:///~/shop.sqlite"))
    #> `sqlite:///~/shop.sqlite`: unable to open database file
    print("`sqlite:///may.sqlite?timeout=60`:", made("sqlite:///may.sqlite?timeout=60"))
    #> `sqlite:///may.sqlite?timeout=60`: may.sqlite
    print("`sqlite:///:memory:`:", made("sqlite:///:memory:"))
    #> `sqlite:///:memory:`: TypeError
    absolute = Path.cwd() / "june.sqlite"
    print("an absolute path behind `sqlite:///`:", made(f"sqlite:///{absolute}"))
    #> an absolute path behind `sqlite:///`: june.sqlite
    command = [sys.executable, __file__]
    shops = [subprocess.Popen([*command, f"shop-{n}"]) for n in range(2)]
    ends = [shop.wait() for shop in shops]
    print("two first launches on one file, exit codes:", ends)
    #> two first launches on one file, exit codes: [0, 0]
    DBOS(config=configure(FILE))
    DBOS.launch()
    runs = DBOS.list_workflows(status="SUCCESS")
    print("their runs, 5 each, with SUCCESS:", len(runs))
    #> their runs, 5 each, with SUCCESS: 10
    DBOS.destroy()
