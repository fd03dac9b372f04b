"""How the attributes of spans are named, and what a launch without a provider does."""
# expect: ok
# types: bad-assignment - one case has a format that does not exist

import logging
import os

from dbos import DBOS, DBOSConfig, DBOSContextSetAuth
from opentelemetry import trace
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

exporter = InMemorySpanExporter()
provider = TracerProvider()
provider.add_span_processor(SimpleSpanProcessor(exporter))
warnings: list[str] = []


class Keep(logging.Handler):
    """Keeps the warnings of dbos."""

    def emit(self, record: logging.LogRecord) -> None:
        warnings.append(record.getMessage())


@DBOS.workflow()
def checkout() -> str | None:
    if DBOS.span:
        DBOS.span.set_attribute("own", "set by the workflow")
    return DBOS.workflow_id


def run(keys: DBOSConfig, late: bool = False) -> str:
    """The names of the attributes that hold the id, the user, and what else is set."""
    config: DBOSConfig = {
        "name": "shop",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "WARNING",
        "enable_otlp": True,
    }
    DBOS(config=config | keys)
    DBOS.launch()
    if late:
        trace.set_tracer_provider(provider)
    exporter.clear()
    with DBOSContextSetAuth("Ada", ["manager"]):
        wanted = [checkout(), "Ada", "set by the configuration", "set by the workflow"]
    DBOS.destroy()
    names: list[str] = []
    for span in exporter.get_finished_spans():
        values = {value: name for name, value in (span.attributes or {}).items()}
        names += [values[value] for value in wanted if value in values]
    return ", ".join(names) or "no span"


if __name__ == "__main__":
    logger = logging.getLogger("dbos")
    logger.handlers.clear()
    logger.addHandler(Keep())
    print("launched without a provider:", run({}))
    #> launched without a provider: no span
    (warning,) = (text for text in warnings if "tracer" in text)
    print("its log:", warning.partition(",")[0])
    #> its log: OTLP is enabled but tracer provider not set
    print("provider set after it, no endpoints:", run({}, late=True))
    #> provider set after it, no endpoints: operationUUID, authenticatedUser, own
    print("attribute names of id, user, own one:", run({}))
    #> attribute names of id, user, own one: operationUUID, authenticatedUser, own
    semconv: DBOSConfig = {"otel_attribute_format": "semconv"}
    print("these in the format `semconv`:", run(semconv))
    #> these in the format `semconv`: dbos.operation.workflow_id, dbos.user.name, own
    print("these in an unknown format:", run({"otel_attribute_format": "otel"}))
    #> these in an unknown format: operationUUID, authenticatedUser, own
    team = {"team": "set by the configuration"}
    print("`otlp_attributes` with `team`:", run({"otlp_attributes": team}))
    #> `otlp_attributes` with `team`: operationUUID, authenticatedUser, team, own
    print("`enable_otlp` is False:", run({"enable_otlp": False}))
    #> `enable_otlp` is False: no span
    DBOS.destroy()
