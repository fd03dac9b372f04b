"""The enqueued workflow begins a trace of its own."""
# expect: wrong
# differs: it opens no block, so it imports none

import os
import time

from dbos import DBOS, DBOSConfig
from opentelemetry import trace
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

exporter = InMemorySpanExporter()
provider = TracerProvider()
provider.add_span_processor(SimpleSpanProcessor(exporter))
trace.set_tracer_provider(provider)
tracer = trace.get_tracer("shop")


@DBOS.workflow()
def ship(order: str) -> None:
    """Has a span."""


# --8<-- [start:rule]
def place(order: str) -> None:
    with tracer.start_as_current_span("request"):
        DBOS.enqueue_workflow("parcels", ship, order)


# --8<-- [end:rule]


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "shop",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "CRITICAL",
        "enable_otlp": True,
    }
    DBOS(config=config)
    DBOS.launch()
    DBOS.register_queue("parcels", polling_interval_sec=0.1)
    place("order-1")
    while len(exporter.get_finished_spans()) < 2:
        time.sleep(0.01)
    spans = exporter.get_finished_spans()
    traces = {span.context.trace_id for span in spans if span.context}
    print("traces of the request and its workflow:", len(traces))
    #> traces of the request and its workflow: 2
    DBOS.destroy()
