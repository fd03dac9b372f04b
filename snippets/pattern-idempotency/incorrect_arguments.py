"""The id leaves the month out, so June gets the invoice of May."""
# expect: wrong

import os

from dbos import DBOS, DBOSConfig, SetWorkflowID


# --8<-- [start:rule]
@DBOS.workflow()
def write_invoice(customer: str, month: str) -> str:
    return f"invoice of {customer} for {month}"


def invoice(customer: str, month: str) -> str:
    with SetWorkflowID(f"invoice-{customer}"):
        return write_invoice(customer, month)


# --8<-- [end:rule]

if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "invoices",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "ERROR",
    }
    DBOS(config=config)
    DBOS.launch()
    print(invoice("Ada", "May"))
    #> invoice of Ada for May
    print(invoice("Ada", "June"))
    #> invoice of Ada for May
    DBOS.destroy()
