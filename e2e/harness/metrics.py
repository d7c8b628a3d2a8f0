"""Metrics made by hand, of one instance of a service."""

from .telemetry import REQUESTS

TRACE, SPAN = bytes(range(1, 17)), bytes(range(1, 9))
DELTA, CUMULATIVE = 1, 2


def of_shop(metrics, **scope):
    """A request with them."""
    attributes = {"service.name": "shop", "service.namespace": "prod", "service.instance.id": "one", "region": "eu"}
    scoped = {"scope": {"name": "e2e", **scope}, "metrics": metrics}
    return REQUESTS["metrics"](resource_metrics=[{"resource": {"attributes": _pairs(attributes)}, "scope_metrics": [scoped]}])


def metric(name, unit, kind, points, **settings):
    return {"name": name, "unit": unit, "description": f"A {kind} of the test.", kind: {"data_points": points, **settings}}


def point(at, start=0, **fields):
    """Of a route. Times are seconds, of which milliseconds are kept, as Prometheus does."""
    return {"time_unix_nano": _nanos(at), "start_time_unix_nano": _nanos(start), "attributes": _pairs({"route": "/a"}), **fields}


def exemplar(at, **value):
    return {"time_unix_nano": _nanos(at), "trace_id": TRACE, "span_id": SPAN, **value}


def _pairs(attributes):
    return [{"key": key, "value": {"string_value": value}} for key, value in attributes.items()]


def _nanos(seconds):
    return round(seconds * 1000) * 10**6
