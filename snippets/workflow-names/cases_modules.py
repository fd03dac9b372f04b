"""Workflows of one name in several modules, which the program writes and imports."""
# expect: ok

import importlib
import os
import sys
from pathlib import Path
from types import ModuleType

from dbos import DBOS, DBOSConfig

REPORT = """
from dbos import DBOS

@DBOS.workflow({arguments})
def report(day: str) -> str:
    return __name__
"""
DECORATOR = """
def hidden(function):
    def wrapper(day: str) -> str:
        return function(day)
    return wrapper
"""
DECORATED = """
from dbos import DBOS
from audit import hidden

@DBOS.workflow()
@hidden
def report(day: str) -> str:
    return __name__
"""


def module(name: str, source: str) -> ModuleType:
    Path(f"{name}.py").write_text(source)
    importlib.invalidate_caches()
    return importlib.import_module(name)


def registered(name: str, arguments: str = "") -> str:
    try:
        module(name, REPORT.format(arguments=arguments))
    except Exception as error:
        return type(error).__name__
    return "registered"


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "reports",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "CRITICAL",
    }
    sys.path.insert(0, ".")
    DBOS(config=config)
    registered("sales")
    print("a workflow `report` in a second module:", registered("stock"))
    #> a workflow `report` in a second module: DBOSException
    print("in a third module, with `name=`:", registered("taxes", "name='taxes'"))
    #> in a third module, with `name=`: registered
    module("audit", DECORATOR)
    north, south = module("north", DECORATED), module("south", DECORATED)
    DBOS.launch()
    DBOS.register_queue("jobs", polling_interval_sec=0.05)
    result = DBOS.enqueue_workflow("jobs", north.report, "May").get_result()
    print("of `north` and `south`, one decorator, `north` enqueued:", result)
    #> of `north` and `south`, one decorator, `north` enqueued: south
    DBOS.destroy()
