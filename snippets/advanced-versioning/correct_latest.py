"""The version to go back to is looked up before it is made the latest."""
# expect: ok

import os

from dbos import DBOS, DBOSConfig


def launch(version: str) -> None:
    config: DBOSConfig = {
        "name": "orders",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "ERROR",
        "application_version": version,
    }
    DBOS(config=config)
    DBOS.launch()


# --8<-- [start:rule]
def roll_back(version: str) -> str:
    versions = DBOS.list_application_versions()
    known = [each["version_name"] for each in versions]
    if version not in known:
        return f"{version} is none of {known}"
    DBOS.set_latest_application_version(version)
    return f"{version} is the latest"


# --8<-- [end:rule]

if __name__ == "__main__":
    launch("release-1")
    DBOS.destroy()
    launch("release-2")
    # SQLite under Python 3.11 registers versions with whole seconds.
    DBOS.set_latest_application_version("release-2")
    print(roll_back("release_1"))
    #> release_1 is none of ['release-2', 'release-1']
    print("latest:", DBOS.get_latest_application_version()["version_name"])
    #> latest: release-2
    print(roll_back("release-1"))
    #> release-1 is the latest
    print("latest:", DBOS.get_latest_application_version()["version_name"])
    #> latest: release-1
    DBOS.destroy()
