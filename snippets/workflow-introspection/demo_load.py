"""Listing decodes every input and output, unless it is told not to."""
# expect: ok

import os

from dbos import DBOS, DBOSConfig

decoded: list[str] = []


class Scan:
    """A large value; it notes each time that it is read from the database."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __setstate__(self, state: dict[str, str]) -> None:
        self.__dict__.update(state)
        decoded.append(self.name)


@DBOS.workflow()
def archive(scan: Scan) -> Scan:
    return scan


# --8<-- [start:rule]
def count_scans(*, load: bool) -> int:
    scans = DBOS.list_workflows(name="archive", load_input=load, load_output=load)
    return len(scans)


# --8<-- [end:rule]

if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "reports",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "ERROR",
    }
    DBOS(config=config)
    DBOS.launch()
    for name in ("a", "b", "c"):
        archive(Scan(name))
    decoded.clear()
    print("scans:", count_scans(load=False), "decoded:", len(decoded))
    #> scans: 3 decoded: 0
    print("scans:", count_scans(load=True), "decoded:", len(decoded))
    #> scans: 3 decoded: 6
    DBOS.destroy()
