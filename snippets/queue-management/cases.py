"""Which registration changes the limits of a queue that exists."""
# expect: ok

import os
from collections.abc import Callable
from typing import Any

from dbos import DBOS, DBOSClient, DBOSConfig

URL = os.environ.get("DBOS_SYSTEM_DATABASE_URL", "sqlite:///shop.sqlite")
DEFAULT = "update_if_latest_version"


def launch(version: str) -> None:
    config: DBOSConfig = {
        "name": "shop",
        "application_version": version,
        "system_database_url": URL,
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()


def make_latest(version: str) -> None:
    """On SQLite, two versions of one second can be in the wrong order."""
    while DBOS.get_latest_application_version()["version_name"] != version:
        DBOS.set_latest_application_version(version)


def register(limit: int, policy: Any = DEFAULT, name: str = "exports") -> str:
    queue = DBOS.register_queue(name, worker_concurrency=limit, on_conflict=policy)
    return f"worker limit {queue.worker_concurrency}"


def by_client(client: DBOSClient, limit: int, policy: Any) -> str:
    queue = client.register_queue(
        "exports", worker_concurrency=limit, on_conflict=policy
    )
    return f"worker limit {queue.worker_concurrency}"


def outcome(call: Callable[[], object]) -> str:
    try:
        return str(call())
    except Exception as error:
        return type(error).__name__


if __name__ == "__main__":
    launch("1")
    exports = DBOS.register_queue("exports", global_concurrency=20)
    exports.set_limiter({"limit": 5, "period": 60})
    first = register(1)
    limits = exports.global_concurrency, exports.limiter
    print("limits that the next registration leaves out:", *limits)
    #> limits that the next registration leaves out: None None
    print("the worker limit of that registration:", first)
    #> the worker limit of that registration: worker limit 1
    DBOS.destroy()
    launch("2")
    make_latest("2")
    print("a newer version registers 2:", register(2))
    #> a newer version registers 2: worker limit 2
    DBOS.destroy()
    launch("1")
    print("the older version registers 1 again:", register(1))
    #> the older version registers 1 again: worker limit 2
    print("the older version, a queue that is new:", register(1, name="mails"))
    #> the older version, a queue that is new: worker limit 1
    print("the older version, a misspelt policy:", register(1, "nevr_update"))
    #> the older version, a misspelt policy: worker limit 2
    print("the older version, `always_update`:", register(1, "always_update"))
    #> the older version, `always_update`: worker limit 1
    DBOS.destroy()
    launch("2")
    print("the newer version, `never_update`:", register(2, "never_update"))
    #> the newer version, `never_update`: worker limit 1
    print("the newer version, a misspelt policy:", register(2, "nevr_update"))
    #> the newer version, a misspelt policy: worker limit 2
    client = DBOSClient(system_database_url=URL)
    queue = client.register_queue("exports", worker_concurrency=3)
    print("a client registers 3:", f"worker limit {queue.worker_concurrency}")
    #> a client registers 3: worker limit 3
    latest = outcome(lambda: by_client(client, 4, DEFAULT))
    print("a client, `update_if_latest_version`:", latest)
    #> a client, `update_if_latest_version`: DBOSException
    misspelt = outcome(lambda: by_client(client, 4, "nevr_update"))
    print("a client, a misspelt policy:", misspelt)
    #> a client, a misspelt policy: DBOSException
    print("a client, `never_update`:", by_client(client, 4, "never_update"))
    #> a client, `never_update`: worker limit 3
    client.destroy()
    DBOS.destroy()
