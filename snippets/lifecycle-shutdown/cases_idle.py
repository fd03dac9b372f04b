"""How long the end of DBOS takes when nothing runs."""
# expect: ok
# databases: PostgreSQL wakes what listens, and on SQLite it sleeps an interval
# Takes some seconds: DBOS ends again and again.

import os
import time

from dbos import DBOS, DBOSConfig


@DBOS.workflow()
def ship(order: str) -> str:
    return f"{order} shipped"


def live(
    interval: float, use_listen_notify: bool = True, completion_time: int = 0
) -> tuple[float, float]:
    """Seconds from the launch to the end of DBOS, and those of the end alone."""
    config: DBOSConfig = {
        "name": "orders",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "notification_listener_polling_interval_sec": interval,
        "use_listen_notify": use_listen_notify,
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    launched = time.monotonic()
    DBOS.launch()
    ship("order")
    time.sleep(interval / 3)  # By then, the listener sleeps.
    ending = time.monotonic()
    DBOS.destroy(workflow_completion_timeout_sec=completion_time)
    ended = time.monotonic()
    return ended - launched, ended - ending


def length(seconds: float, *bounds: int) -> str:
    """Between which of the bounds it is; they leave room for a slow machine."""
    low = max((bound for bound in bounds if bound <= seconds), default=0)
    high = min((bound for bound in bounds if bound > seconds), default=0)
    if low and high:
        return f"{low} s to {high} s"
    return f"{low} s or more" if low else f"less than {high} s"


if __name__ == "__main__":
    _, end = live(interval=1.0)  # The default.
    print("`destroy` when nothing runs:", length(end, 3))
    _, end = live(interval=1.0, completion_time=60)
    print("the same, with a completion time of 60 s:", length(end, 1, 4))
    whole, _ = live(interval=3.0)
    print("launch and `destroy`, a polling interval of 3 s:", length(whole, 3))
    whole, _ = live(interval=3.0, use_listen_notify=False)
    print("the same, with `use_listen_notify` False:", length(whole, 3))
