"""Old keys of `dbos-config.yaml`, and an old option of the command line."""
# expect: ok
# database: own - the file names it
# Slower than others: the command is a process of its own.

import os
import subprocess
import sys
from pathlib import Path

DBOS = Path(sys.executable).with_name("dbos")
ENV = {k: v for k, v in os.environ.items() if not k.startswith("DBOS_")}


def migrate(key: str, *options: str) -> str:
    """The database that `dbos migrate` makes where the file has this key."""
    folder = Path(key)
    folder.mkdir()
    lines = f"language: python\n{key}: sqlite:///old.sqlite\n"
    (folder / "dbos-config.yaml").write_text(f"name: orders\n{lines}")
    command = [DBOS, "migrate", *options]
    subprocess.run(command, cwd=folder, env=ENV, check=True, capture_output=True)
    return ", ".join(path.name for path in folder.glob("*.sqlite"))


if __name__ == "__main__":
    old = migrate("database_url")
    print("`dbos migrate` with `database_url` old.sqlite makes:", old)
    #> `dbos migrate` with `database_url` old.sqlite makes: orders.sqlite
    new = migrate("system_database_url")
    print("`dbos migrate` with `system_database_url` old.sqlite makes:", new)
    #> `dbos migrate` with `system_database_url` old.sqlite makes: old.sqlite
    option = migrate("application", "-s", "sqlite:///new.sqlite")
    print("`dbos migrate -s sqlite:///new.sqlite` makes:", option)
    #> `dbos migrate -s sqlite:///new.sqlite` makes: new.sqlite
    migration = [DBOS, "migrate", "-D", "sqlite:///old.sqlite"]
    answer = subprocess.run(migration, capture_output=True, text=True).stderr
    print("`dbos migrate -D`:", answer.splitlines()[-1])
    #> `dbos migrate -D`: Error: No such option '-D'.
