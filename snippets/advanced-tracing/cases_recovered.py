"""To which trace a workflow belongs after its process was killed."""
# expect: crash

import os
import signal
from pathlib import Path

from dbos import DBOS, DBOSConfig, PropagateOtelContext, SetWorkflowID
from opentelemetry import trace
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

CRASHED, TRACE = Path("crashed"), Path("trace")
exporter = InMemorySpanExporter()
provider = TracerProvider()
provider.add_span_processor(SimpleSpanProcessor(exporter))
trace.set_tracer_provider(provider)


def current_trace() -> str:
    return f"{trace.get_current_span().get_span_context().trace_id:x}"


@DBOS.step()
def weigh() -> None:
    """Is recorded before the process is killed."""


@DBOS.step()
def pack() -> None:
    if not CRASHED.exists():
        CRASHED.touch()
        os.kill(os.getpid(), signal.SIGKILL)


@DBOS.workflow()
def ship() -> str:
    weigh()
    pack()
    return current_trace()


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "shop",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "CRITICAL",
        "enable_otlp": True,
    }
    first = not CRASHED.exists()
    DBOS(config=config)
    DBOS.launch()
    if first:
        with trace.get_tracer("shop").start_as_current_span("request"):
            TRACE.write_text(current_trace())
            with SetWorkflowID("order-1"), PropagateOtelContext():
                ship()
    same = DBOS.get_result("order-1") == TRACE.read_text()
    names = [span.name for span in exporter.get_finished_spans()]
    forked = DBOS.fork_workflow("order-1", 1).get_result()
    print("recovered, in the trace of the first run's request:", same)
    print("the recorded step has a span in the second run:", "weigh" in names)
    print("forked, in that trace too:", forked == TRACE.read_text())
    DBOS.destroy()
