"""The OpenTelemetry Python SDK as a client: sends everything to the collector under test and to a sink that tells what was sent."""

import logging

from opentelemetry.exporter.otlp.proto.grpc._log_exporter import OTLPLogExporter as GrpcLogs
from opentelemetry.exporter.otlp.proto.grpc.metric_exporter import OTLPMetricExporter as GrpcMetrics
from opentelemetry.exporter.otlp.proto.grpc.trace_exporter import OTLPSpanExporter as GrpcSpans
from opentelemetry.exporter.otlp.proto.http._log_exporter import OTLPLogExporter as HttpLogs
from opentelemetry.exporter.otlp.proto.http.metric_exporter import OTLPMetricExporter as HttpMetrics
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter as HttpSpans
from opentelemetry.sdk._logs import LoggerProvider, LoggingHandler
from opentelemetry.sdk._logs.export import BatchLogRecordProcessor
from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.metrics.export import MetricExporter, MetricExportResult, PeriodicExportingMetricReader
from opentelemetry.sdk.metrics.view import ExponentialBucketHistogramAggregation, View
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.trace import Link, SpanKind, Status, StatusCode

ITEMS = 300


def send(protocol, urls):
    resource = Resource.create({"service.name": "python-client"})
    tracers, loggers = TracerProvider(resource=resource), LoggerProvider(resource=resource)
    for url in urls:
        spans, logs = _exporters(protocol, url)
        # Two processors, because spans and records are the same for both; each exporter encodes them anew.
        tracers.add_span_processor(BatchSpanProcessor(spans))
        loggers.add_log_record_processor(BatchLogRecordProcessor(logs))
    reader = PeriodicExportingMetricReader(_Both([_metrics(protocol, url) for url in urls]), export_interval_millis=float("inf"))
    exponential = View(instrument_name="exponential", aggregation=ExponentialBucketHistogramAggregation())
    meters = MeterProvider([reader], resource, views=[exponential])
    _record(tracers, loggers, meters)
    for provider in (tracers, loggers, meters):
        assert provider.force_flush(60_000)
        provider.shutdown()


def _record(tracers, loggers, meters):
    tracer = tracers.get_tracer("client.tracer", "1.2", schema_url="https://opentelemetry.io/schemas/1.38.0", attributes={"scoped": True})
    meter = meters.get_meter("client.meter")
    counter, duration = meter.create_counter("requests", "1"), meter.create_histogram("duration", "s")
    exponential, busy = meter.create_histogram("exponential", "By"), meter.create_up_down_counter("busy")
    logger = logging.Logger("client", logging.INFO)
    logger.addHandler(LoggingHandler(logger_provider=loggers))
    with tracer.start_as_current_span("linked") as linked:
        pass
    kinds = list(SpanKind)
    for i in range(ITEMS):
        attributes = {"bool": i % 2 == 0, "double": i / 3, "tags": ["a", f"b{i}"]}
        links = [Link(linked.get_span_context(), {"i": i})]
        with tracer.start_as_current_span(f"operation {i % 7}", kind=kinds[i % len(kinds)], attributes=attributes, links=links) as span:
            route = {"route": f"/r{i % 3}"}
            counter.add(i, route)
            duration.record(i / 100, route)
            exponential.record(1.1 ** (i % 90), route)
            busy.add(1 if i % 2 else -1)
            logger.log(logging.ERROR if i % 5 == 0 else logging.INFO, "record %d with ümlauts", i, extra={"i": i})
            span.add_event("event", {"last": i == ITEMS - 1})
            if i % 10 == 0:
                span.record_exception(ValueError(f"failure {i}"))
                span.set_status(Status(StatusCode.ERROR, "failed"))


def _exporters(protocol, url):
    if protocol == "grpc":
        return GrpcSpans(endpoint=url, insecure=True), GrpcLogs(endpoint=url, insecure=True)
    return HttpSpans(endpoint=f"{url}/v1/traces"), HttpLogs(endpoint=f"{url}/v1/logs")


def _metrics(protocol, url):
    return GrpcMetrics(endpoint=url, insecure=True) if protocol == "grpc" else HttpMetrics(endpoint=f"{url}/v1/metrics")


class _Both(MetricExporter):
    """One collection to all exporters: two readers would collect twice, and no two collections are equal."""

    def __init__(self, exporters):
        super().__init__()
        self.exporters = exporters

    def export(self, data, timeout_millis=10_000, **kwargs):
        results = [exporter.export(data, timeout_millis, **kwargs) for exporter in self.exporters]
        return next((result for result in results if result != MetricExportResult.SUCCESS), MetricExportResult.SUCCESS)

    def force_flush(self, timeout_millis=10_000):
        return all(exporter.force_flush(timeout_millis) for exporter in self.exporters)

    def shutdown(self, timeout_millis=30_000, **kwargs):
        for exporter in self.exporters:
            exporter.shutdown()
