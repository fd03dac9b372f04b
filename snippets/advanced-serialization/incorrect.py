"""Under portable JSON, a result that is read again has other types."""
# expect: wrong

import os
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from dbos import DBOS, DBOSConfig, SetWorkflowID
from dbos import WorkflowSerializationFormat as Format


# --8<-- [start:rule]
@DBOS.workflow(serialization_type=Format.PORTABLE)
def bill(order: str) -> dict[str, Any]:
    return {
        "due": datetime(2026, 5, 1, tzinfo=UTC),
        "lines": (order,),
        "tags": {"paid"},
        "total": Decimal("9.90"),
    }


# --8<-- [end:rule]

if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "billing",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "ERROR",
    }
    DBOS(config=config)
    DBOS.launch()
    with SetWorkflowID("bill-1"):
        first = bill("order-1")
    again = DBOS.retrieve_workflow("bill-1").get_result()
    print("first:", *[type(value).__name__ for value in first.values()])
    #> first: datetime tuple set Decimal
    print("again:", *[type(value).__name__ for value in again.values()])
    #> again: str list list str
    print("same:", first == again)
    #> same: False
    DBOS.destroy()
