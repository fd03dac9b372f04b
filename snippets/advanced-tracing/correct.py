"""The workflow and its step have spans, with the switch on."""
# expect: ok

import os

from dbos import DBOS, DBOSConfig
from opentelemetry import trace
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

exporter = InMemorySpanExporter()


@DBOS.step()
def charge() -> None:
    """Takes the money."""


@DBOS.workflow()
def checkout() -> None:
    charge()


# --8<-- [start:rule]
provider = TracerProvider()
provider.add_span_processor(SimpleSpanProcessor(exporter))
trace.set_tracer_provider(provider)

config: DBOSConfig = {
    "name": "shop",
    "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
    "log_level": "CRITICAL",
    "enable_otlp": True,
}
# --8<-- [end:rule]


if __name__ == "__main__":
    DBOS(config=config)
    DBOS.launch()
    checkout()
    spans = exporter.get_finished_spans()
    print("spans:", ", ".join(span.name for span in spans) or "none")
    #> spans: charge, checkout
    DBOS.destroy()
