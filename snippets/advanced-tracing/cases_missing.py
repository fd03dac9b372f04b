"""What needs the extra `dbos[otel]`, seen where opentelemetry cannot be imported."""
# expect: ok

import os
import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from typing import Any

from dbos import DBOS, DBOSClient, DBOSConfig, PropagateOtelContext

URL = os.environ.get("DBOS_SYSTEM_DATABASE_URL", "sqlite:///shop.sqlite")


class Missing(MetaPathFinder):
    """Hides a package, as if it were not installed."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: Any = None
    ) -> None:
        if fullname == "opentelemetry":
            raise ModuleNotFoundError(f"No module named {fullname!r}")


@DBOS.workflow()
def looks() -> str:
    return f"the span is {DBOS.span}"


@DBOS.workflow()
def opens_block() -> str:
    with PropagateOtelContext():
        return "no error"


@DBOS.workflow()
def checkout() -> str:
    return "no error"


def by_client() -> str:
    options: Any = {"workflow_name": "checkout", "queue_name": "jobs"}
    options["otel_context"] = {}
    client = DBOSClient(system_database_url=URL)
    try:
        client.enqueue(options)
        return "no error"
    finally:
        client.destroy()


def run(keys: DBOSConfig, workflow: Any = checkout) -> str:
    config: DBOSConfig = {
        "name": "shop",
        "system_database_url": URL,
        "log_level": "CRITICAL",
    }
    try:
        DBOS(config=config | keys)
        DBOS.launch()
        return workflow()
    except Exception as error:
        return str(error)
    finally:
        DBOS.destroy()


if __name__ == "__main__":
    for name in [name for name in sys.modules if name.startswith("opentelemetry")]:
        del sys.modules[name]
    sys.meta_path.insert(0, Missing())
    endpoints: DBOSConfig = {"otlp_traces_endpoints": ["http://127.0.0.1:1"]}
    print("no extra, `enable_otlp`:", run({"enable_otlp": True}))
    #> no extra, `enable_otlp`: No module named 'opentelemetry'
    print("no extra, endpoints without `enable_otlp`:", run(endpoints))
    #> no extra, endpoints without `enable_otlp`: no error
    print("no extra, `DBOS.span` in a workflow:", run({}, looks))
    #> no extra, `DBOS.span` in a workflow: No module named 'opentelemetry'
    print("no extra, `PropagateOtelContext`:", run({}, opens_block))
    #> no extra, `PropagateOtelContext`: No module named 'opentelemetry'
    print("no extra, `otel_context` of a client:", run({}, by_client))
    #> no extra, `otel_context` of a client: No module named 'opentelemetry'
