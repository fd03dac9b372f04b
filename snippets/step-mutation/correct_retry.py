"""Each attempt of the step makes a list of its own."""
# expect: ok

import os

from dbos import DBOS, DBOSConfig

LINES = ["lamp", "table"]
outages = [TimeoutError("no answer")]


def read_line(number: int) -> str:
    """The second line cannot be read at once."""
    if number == 1 and outages:
        raise outages.pop()
    return LINES[number]


# --8<-- [start:rule]
@DBOS.step(retries_allowed=True, interval_seconds=0.1)
def load_lines() -> list[str]:
    return [read_line(number) for number in range(2)]


@DBOS.workflow()
def pack() -> list[str]:
    return load_lines()


# --8<-- [end:rule]


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "checkout",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "ERROR",
    }
    DBOS(config=config)
    DBOS.launch()
    print(pack())
    #> ['lamp', 'table']
    DBOS.destroy()
