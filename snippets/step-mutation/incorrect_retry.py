"""Each attempt of the step adds to the same list."""
# expect: wrong

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
def load_lines(lines: list[str]) -> None:
    for number in range(2):
        lines.append(read_line(number))


@DBOS.workflow()
def pack() -> list[str]:
    lines: list[str] = []
    load_lines(lines)
    return lines


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
    #> ['lamp', 'lamp', 'table']
    DBOS.destroy()
