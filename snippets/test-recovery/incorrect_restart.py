"""An exception stands for a crash, and the next launch finds a run that has failed."""
# expect: wrong

import os

import pytest
from dbos import DBOS, DBOSConfig, SetWorkflowID

config: DBOSConfig = {
    "name": "orders",
    "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
    "log_level": "CRITICAL",
}
charged: list[str] = []


@DBOS.step()
def charge(order: str) -> None:
    charged.append(order)


def carrier(order: str) -> str:
    return f"{order} is shipped"


@DBOS.step()
def ship(order: str) -> str:
    return carrier(order)


@DBOS.workflow()
def checkout(order: str) -> str:
    charge(order)
    return ship(order)


# --8<-- [start:rule]
def die(order: str) -> str:
    raise RuntimeError


def test_restart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(f"{__name__}.carrier", die)
    with SetWorkflowID("order-1"), pytest.raises(RuntimeError):
        checkout("order-1")
    monkeypatch.undo()
    DBOS.destroy()
    launch()
    result = DBOS.retrieve_workflow("order-1").get_result()
    assert result == "order-1 is shipped"


# --8<-- [end:rule]


def launch() -> None:
    DBOS(config=config)
    DBOS.launch()


if __name__ == "__main__":
    launch()
    with pytest.MonkeyPatch.context() as monkeypatch:
        try:
            test_restart(monkeypatch)
            print("test_restart: passed")
        except RuntimeError as error:
            print("test_restart: failed,", type(error).__name__)
            #> test_restart: failed, RuntimeError
    print("charged:", charged)
    #> charged: ['order-1']
    DBOS.destroy()
