"""dbos makes a provider, and that of the application comes too late."""
# expect: wrong

import os
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

from dbos import DBOS, DBOSConfig
from opentelemetry import trace
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

arrived = threading.Event()


class Collector(BaseHTTPRequestHandler):
    """Stands for a collector: it takes what is sent, and reads nothing of it."""

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response_only(200)
        self.end_headers()
        arrived.set()


@DBOS.workflow()
def checkout() -> None:
    """Has a span."""


server = HTTPServer(("127.0.0.1", 0), Collector)
threading.Thread(target=server.serve_forever, daemon=True).start()
config: DBOSConfig = {
    "name": "shop",
    "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
    "log_level": "CRITICAL",
    "enable_otlp": True,
    "otlp_traces_endpoints": [f"http://127.0.0.1:{server.server_port}/v1/traces"],
}
exporter = InMemorySpanExporter()
provider = TracerProvider()
provider.add_span_processor(SimpleSpanProcessor(exporter))


# --8<-- [start:rule]
def start() -> None:
    DBOS(config=config)
    DBOS.launch()
    trace.set_tracer_provider(provider)


# --8<-- [end:rule]


if __name__ == "__main__":
    start()
    checkout()
    spans = exporter.get_finished_spans()
    print("spans that the application's exporter has:", len(spans))
    #> spans that the application's exporter has: 0
    print("the collector got some:", arrived.wait(10))
    #> the collector got some: True
    DBOS.destroy()
    current = trace.get_tracer_provider()
    if isinstance(current, TracerProvider):
        current.shutdown()
    server.shutdown()
