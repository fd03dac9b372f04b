"""What the name in the module does not reach, and a child in place of a step."""
# expect: ok

import os
from unittest import mock

from dbos import DBOS, DBOSConfig, error


@DBOS.step()
def exchange_rate(currency: str) -> str:
    return f"{currency} of the bank"


@DBOS.workflow()
def fees() -> str:
    return "fee of the bank"


RATES = {"bank": exchange_rate}


@DBOS.workflow()
def invoice_by_table() -> str:
    return RATES["bank"]("rate")


@DBOS.workflow()
def with_child(started: bool) -> str:
    return DBOS.start_workflow(fees).get_result() if started else fees()


def fake(*arguments: object) -> str:
    return "fake"


def by_table() -> str:
    with mock.patch(f"{__name__}.exchange_rate", fake):
        return invoice_by_table()


def other_child(started: bool) -> str:
    with mock.patch(f"{__name__}.fees", fake):
        try:
            return with_child(started)
        except error.DBOSException as failure:
            return type(failure).__name__


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "invoices",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()
    print("called through a dict that has the step:", by_table())
    #> called through a dict that has the step: rate of the bank
    print("a child, replaced and called:", other_child(False))
    #> a child, replaced and called: fake
    print("a child, replaced and started:", other_child(True))
    #> a child, replaced and started: DBOSWorkflowFunctionNotFoundError
    DBOS.destroy()
