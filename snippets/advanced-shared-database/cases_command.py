"""The command line moves rows to another application, as the client does."""
# expect: ok
# Slower than others: the command is a process of its own.

import json
import os
import subprocess
import sys
from pathlib import Path

from dbos import DBOS, DBOSClient, EnqueueOptions

URL = os.environ.get("DBOS_SYSTEM_DATABASE_URL", "sqlite:///company.sqlite")
PACK: EnqueueOptions = {"workflow_name": "pack", "queue_name": "parcels"}

if __name__ == "__main__":
    DBOS.migrate(URL)
    shop = DBOSClient(system_database_url=URL, application_name="shop")
    shop.register_queue("parcels")
    parcel = shop.enqueue(PACK, "order-1")
    dbos = Path(sys.executable).with_name("dbos")
    names = ["--from", "shop", "--to", "store"]
    command = [dbos, "rename-application", "--yes", "--sys-db-url", URL, *names]
    answer = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    moved = json.loads(answer[answer.index("{") :])
    counts = f"{moved['queues']} queue, {moved['workflows']} workflow"
    print("`dbos rename-application` moves:", counts)
    #> `dbos rename-application` moves: 1 queue, 1 workflow
    owner = parcel.get_status().application_name
    print("the owner after `dbos rename-application`:", owner)
    #> the owner after `dbos rename-application`: store
    shop.destroy()
