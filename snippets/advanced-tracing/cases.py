"""What the parents of spans are."""
# expect: ok

import os
import threading
import time
from collections.abc import Callable
from contextlib import nullcontext

from dbos import DBOS, DBOSClient, DBOSConfig, PropagateOtelContext
from opentelemetry import context, trace
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

URL = os.environ.get("DBOS_SYSTEM_DATABASE_URL", "sqlite:///shop.sqlite")
exporter = InMemorySpanExporter()
provider = TracerProvider()
provider.add_span_processor(SimpleSpanProcessor(exporter))
trace.set_tracer_provider(provider)
tracer = trace.get_tracer("shop")


@DBOS.step()
def weigh() -> None:
    """Has a span."""


@DBOS.workflow()
def ship() -> None:
    weigh()


@DBOS.workflow()
def checkout(block: bool) -> None:
    with PropagateOtelContext() if block else nullcontext():
        DBOS.enqueue_workflow("parcels", ship).get_result()


def start() -> None:
    DBOS.start_workflow(ship).get_result()


def in_thread() -> None:
    thread = threading.Thread(target=start)
    thread.start()
    thread.join()


def spans(call: Callable[[], object], ended: str = "ship") -> list[ReadableSpan]:
    """The spans of a call from a request, when the named one has ended too."""
    exporter.clear()
    with tracer.start_as_current_span("request"):
        call()
    while ended not in [span.name for span in exporter.get_finished_spans()]:
        time.sleep(0.01)
    return list(exporter.get_finished_spans())


def parent(call: Callable[[], object], name: str = "ship") -> str:
    """The name of the parent of a span."""
    found = spans(call, name)
    names = {span.context.span_id: span.name for span in found if span.context}
    (child,) = (span for span in found if span.name == name)
    return names[child.parent.span_id] if child.parent else "none"


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "shop",
        "system_database_url": URL,
        "log_level": "CRITICAL",
        "enable_otlp": True,
    }
    DBOS(config=config)
    DBOS.launch()
    DBOS.register_queue("parcels", polling_interval_sec=0.1)
    client = DBOSClient(system_database_url=URL)

    def by_client() -> None:
        with PropagateOtelContext():
            client.enqueue({"workflow_name": "ship", "queue_name": "parcels"})

    def by_client_with_context() -> None:
        client.enqueue(
            {
                "workflow_name": "ship",
                "queue_name": "parcels",
                "otel_context": context.get_current(),
            }
        )

    print("called in a request, parent of the workflow:", parent(ship))
    #> called in a request, parent of the workflow: request
    print("started in a request, parent:", parent(start))
    #> started in a request, parent: request
    print("started in a new thread of it, parent:", parent(in_thread))
    #> started in a new thread of it, parent: none
    print("parent of a step:", parent(ship, "weigh"))
    #> parent of a step: ship
    print("enqueued by a workflow, parent:", parent(lambda: checkout(False)))
    #> enqueued by a workflow, parent: none
    print("enqueued by a workflow in a block, parent:", parent(lambda: checkout(True)))
    #> enqueued by a workflow in a block, parent: checkout
    print("enqueued by a client in a block, parent:", parent(by_client))
    #> enqueued by a client in a block, parent: none
    carried = parent(by_client_with_context)
    print("a client that gives `otel_context`, parent:", carried)
    #> a client that gives `otel_context`, parent: request
    client.destroy()
    DBOS.destroy()
