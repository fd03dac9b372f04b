"""Which calls have spans, and what the span of a failure says."""
# expect: ok

import os
import time
from datetime import datetime

from dbos import DBOS, DBOSConfig, PropagateOtelContext, SetWorkflowID
from opentelemetry import trace
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

exporter = InMemorySpanExporter()
provider = TracerProvider()
provider.add_span_processor(SimpleSpanProcessor(exporter))
trace.set_tracer_provider(provider)
tracer = trace.get_tracer("shop")


@DBOS.step(retries_allowed=True, interval_seconds=0, max_attempts=3)
def charge() -> None:
    raise ConnectionError("no answer")


@DBOS.step()
def weigh() -> None:
    """Has a span in a workflow."""


@DBOS.workflow()
def ship() -> None:
    weigh()
    DBOS.set_event("state", "weighed")


@DBOS.workflow()
def pay() -> None:
    charge()


@DBOS.workflow()
def report(scheduled_time: datetime, context: object) -> None:
    """Is run by a schedule."""


def triggered() -> str:
    """What the parent of a triggered run is."""
    DBOS.create_schedule(
        schedule_name="yearly", workflow_fn=report, schedule="0 0 1 1 *"
    )
    with tracer.start_as_current_span("request"), PropagateOtelContext():
        DBOS.trigger_schedule("yearly")
        while not (spans := exporter.get_finished_spans()):
            time.sleep(0.01)
    return "request" if spans[0].parent else "none"


def span_outside() -> str:
    try:
        return str(DBOS.span)
    except AssertionError as error:
        return type(error).__name__


def ended() -> list[str]:
    """The names of the spans that ended since the last call."""
    names = [span.name for span in exporter.get_finished_spans()]
    exporter.clear()
    return names


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "shop",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "CRITICAL",
        "enable_otlp": True,
    }
    DBOS(config=config)
    DBOS.launch()
    with SetWorkflowID("order-1"):
        ship()
    print("spans of a workflow with a step and an event:", ", ".join(ended()))
    #> spans of a workflow with a step and an event: weigh, set_event, ship
    with SetWorkflowID("order-1"):
        ship()
    print("the same id called again, spans:", ", ".join(ended()))
    #> the same id called again, spans: ship
    print("`DBOS.span` outside of a workflow:", span_outside())
    #> `DBOS.span` outside of a workflow: AssertionError
    weigh()
    print("a step outside of a workflow, spans:", len(ended()))
    #> a step outside of a workflow, spans: 0
    print("a schedule triggered in a block, parent:", triggered())
    #> a schedule triggered in a block, parent: none
    exporter.clear()
    try:
        pay()
    except Exception:
        pass  # Its span says so.
    failed = exporter.get_finished_spans()[-1].status
    print("a step with three attempts, spans:", ended().count("charge"))
    #> a step with three attempts, spans: 1
    print("status of a workflow that fails:", failed.status_code.name)
    #> status of a workflow that fails: ERROR
    DBOS.destroy()
