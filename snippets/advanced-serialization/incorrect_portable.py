"""A portable workflow's error is not of its own class when it is read again."""
# expect: raises PortableWorkflowError
# differs: only the correct one needs the portable class

import os

from dbos import DBOS, DBOSConfig, SetWorkflowID, WorkflowHandle
from dbos import WorkflowSerializationFormat as Format


class OutOfStockError(Exception):
    """The shop has none left."""


@DBOS.workflow(serialization_type=Format.PORTABLE)
def reserve(item: str) -> str:
    raise OutOfStockError(item)


# --8<-- [start:rule]
def answer(handle: WorkflowHandle[str]) -> str:
    try:
        return handle.get_result()
    except OutOfStockError:
        return "sold out"


# --8<-- [end:rule]

if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "stock",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()
    with SetWorkflowID("lamp-1"):
        print("first:", answer(DBOS.start_workflow(reserve, "lamp")))
    print("again:", answer(DBOS.retrieve_workflow("lamp-1")))
    DBOS.destroy()
