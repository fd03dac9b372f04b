"""Which provider sends spans to an endpoint, and which logs are sent."""
# expect: ok

import os
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

from dbos import DBOS, DBOSConfig
from opentelemetry import trace
from opentelemetry._logs import get_logger_provider
from opentelemetry.sdk._logs import LoggerProvider
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

exporter = InMemorySpanExporter()
provider = TracerProvider()
provider.add_span_processor(SimpleSpanProcessor(exporter))
bodies: list[tuple[str, bytes]] = []


class Collector(BaseHTTPRequestHandler):
    """Stands for a collector: it keeps what is sent."""

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        bodies.append((self.path, body))
        self.send_response_only(200)
        self.end_headers()


@DBOS.workflow()
def checkout() -> None:
    DBOS.logger.warning("the stock is low")
    DBOS.logger.error("the bank is down")


def arrived(text: str) -> bool:
    return any(path == "/logs" and text.encode() in body for path, body in bodies)


if __name__ == "__main__":
    server = HTTPServer(("127.0.0.1", 0), Collector)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}"
    config: DBOSConfig = {
        "name": "shop",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "WARNING",
        "console_log_level": "CRITICAL",
        "enable_otlp": True,
        "otlp_traces_endpoints": [f"{address}/traces"],
        "otlp_logs_endpoints": [f"{address}/logs"],
        "otlp_log_level": "ERROR",
        "otlp_attributes": {"team": "the team of payments"},
    }
    DBOS(config=config)
    trace.set_tracer_provider(provider)
    DBOS.launch()
    checkout()
    DBOS.destroy()
    for made in (trace.get_tracer_provider(), get_logger_provider()):
        if isinstance(made, TracerProvider | LoggerProvider):
            made.shutdown()
    spans = exporter.get_finished_spans()
    print("provider set between `DBOS(...)` and the launch, spans:", len(spans))
    #> provider set between `DBOS(...)` and the launch, spans: 0
    print("an error of the log, sent to an endpoint:", arrived("the bank is down"))
    #> an error of the log, sent to an endpoint: True
    print("a warning, `otlp_log_level` is `ERROR`:", arrived("the stock is low"))
    #> a warning, `otlp_log_level` is `ERROR`: False
    print("`otlp_attributes`, sent with that error:", arrived("the team of payments"))
    #> `otlp_attributes`, sent with that error: True
    server.shutdown()
