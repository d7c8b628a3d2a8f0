"""Telemetry to send, and requests taken apart into items that can be compared."""

import base64
import json
import random
from collections import Counter

from google.protobuf import json_format
from opentelemetry.proto.collector.logs.v1.logs_service_pb2 import ExportLogsServiceRequest
from opentelemetry.proto.collector.metrics.v1.metrics_service_pb2 import ExportMetricsServiceRequest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

SIGNALS = ("traces", "metrics", "logs")
REQUESTS = {
    "traces": ExportTraceServiceRequest,
    "metrics": ExportMetricsServiceRequest,
    "logs": ExportLogsServiceRequest,
}
SERVICES = {
    "traces": "/opentelemetry.proto.collector.trace.v1.TraceService/Export",
    "metrics": "/opentelemetry.proto.collector.metrics.v1.MetricsService/Export",
    "logs": "/opentelemetry.proto.collector.logs.v1.LogsService/Export",
}
PATHS = {signal: f"/v1/{signal}" for signal in SIGNALS}
START = 1_764_000_000_000_000_000


def items(requests, signal, unknown=True):
    """
    The items of requests with everything that stands around them, as a multiset: two ways that lead the same items to the same place
    give the same, however they are batched. Without `unknown`, fields that the schema does not know are left out.
    """
    counts = Counter()
    for request in requests:
        if isinstance(request, bytes):
            request = REQUESTS[signal].FromString(request)
        if not unknown:
            request = type(request).FromString(request.SerializeToString())
            request.DiscardUnknownFields()
        for resource in getattr(request, {"traces": "resource_spans"}.get(signal, f"resource_{signal}")):
            outer = _without(resource, {"traces": "scope_spans"}.get(signal, f"scope_{signal}"))
            for scope in getattr(resource, {"traces": "scope_spans"}.get(signal, f"scope_{signal}")):
                field = {"traces": "spans", "metrics": "metrics", "logs": "log_records"}[signal]
                inner = _without(scope, field)
                for item in getattr(scope, field):
                    for part in _points(item) if signal == "metrics" else [(item.SerializeToString(deterministic=True),)]:
                        counts[(outer, inner, *part)] += 1
    return counts


def _points(metric):
    kind = metric.WhichOneof("data")
    if kind is None:
        yield (metric.SerializeToString(deterministic=True),)
        return
    hull = type(metric)()
    hull.CopyFrom(metric)
    getattr(hull, kind).ClearField("data_points")
    for point in getattr(metric, kind).data_points:
        yield hull.SerializeToString(deterministic=True), point.SerializeToString(deterministic=True)


def _without(message, field):
    """What stands around items. A scope or resource that is not there and an empty one mean the same; JSON always writes one."""
    hull = type(message)()
    hull.CopyFrom(message)
    hull.ClearField(field)
    getattr(hull, "scope" if hasattr(hull, "scope") else "resource").SetInParent()
    return hull.SerializeToString(deterministic=True)


def count(request):
    """How many items a request holds."""
    return sum(items([request], signal_of(request)).values())


def signal_of(request):
    return next(signal for signal, kind in REQUESTS.items() if isinstance(request, kind))


def difference(sent, arrived):
    """What a failed comparison prints: how many are missing, doubled or strange, and one of each."""
    missing, extra = sent - arrived, arrived - sent
    return "\n".join(
        f"{sum(some.values())} {what}, such as {next(iter(some))}" for what, some in (("missing", missing), ("too many", extra)) if some
    )


def from_json(text, signal):
    """An OTLP/JSON document as a request: ids are hexadecimal there, not base64 as in protobuf's own JSON."""
    return json_format.Parse(json.dumps(_ids(json.loads(text), base64_of_hex)), REQUESTS[signal](), ignore_unknown_fields=True)


def to_json(request):
    """A request as OTLP/JSON: hexadecimal ids, enumerations as numbers."""
    tree = json_format.MessageToDict(request, use_integers_for_enums=True)
    return json.dumps(_ids(tree, lambda text: base64.b64decode(text).hex())).encode()


def base64_of_hex(text):
    return base64.b64encode(bytes.fromhex(text)).decode()


def _ids(node, convert):
    if isinstance(node, dict):
        return {
            key: convert(value) if key in ("traceId", "spanId", "parentSpanId") else _ids(value, convert) for key, value in node.items()
        }
    return [_ids(item, convert) for item in node] if isinstance(node, list) else node


class Generator:
    """Random requests that use every field of the schema, the same for the same seed."""

    def __init__(self, seed, unknown=False):
        self.random = random.Random(seed)
        self.unknown = unknown

    def request(self, signal, resources=2, scopes=2, each=3):
        request = REQUESTS[signal]()
        for _ in range(resources):
            holder = getattr(request, {"traces": "resource_spans"}.get(signal, f"resource_{signal}")).add()
            holder.schema_url = self._text()
            self._resource(holder.resource)
            for _ in range(scopes):
                scoped = getattr(holder, {"traces": "scope_spans"}.get(signal, f"scope_{signal}")).add()
                scoped.schema_url = self._text()
                scoped.scope.name = "scope-" + self._text()
                scoped.scope.version = "1.2.3"
                self._attributes(scoped.scope.attributes)
                for _ in range(each):
                    getattr(self, "_" + signal)(scoped)
                self._strange(scoped.scope, scoped)
            self._strange(holder.resource, holder)
        return request

    def _resource(self, resource):
        self._attributes(resource.attributes)
        attribute = resource.attributes.add(key="service.name")
        attribute.value.string_value = self.random.choice(["cart", "checkout", "front"])
        resource.dropped_attributes_count = self.random.randrange(3)

    def _traces(self, scoped):
        span = scoped.spans.add(
            trace_id=self._bytes(16),
            span_id=self._bytes(8),
            parent_span_id=self._bytes(8),
            trace_state="vendor=" + self._word(),
            name=self._text(),
            kind=self.random.randrange(6),
            start_time_unix_nano=self._time(),
            end_time_unix_nano=self._time(),
            flags=self.random.choice([0, 1, 0x101, 0x301]),
            dropped_attributes_count=self.random.randrange(5),
            dropped_events_count=self.random.randrange(5),
            dropped_links_count=self.random.randrange(5),
        )
        self._attributes(span.attributes)
        for _ in range(self.random.randrange(3)):
            event = span.events.add(time_unix_nano=self._time(), name=self._text(), dropped_attributes_count=1)
            self._attributes(event.attributes)
            self._strange(event)
        for _ in range(self.random.randrange(3)):
            link = span.links.add(trace_id=self._bytes(16), span_id=self._bytes(8), trace_state="a=b", flags=1)
            self._attributes(link.attributes)
            self._strange(link)
        span.status.code = self.random.randrange(3)
        span.status.message = self._text()
        self._strange(span)

    def _logs(self, scoped):
        record = scoped.log_records.add(
            time_unix_nano=self._time(),
            observed_time_unix_nano=self._time(),
            severity_number=self.random.randrange(25),
            severity_text=self.random.choice(["INFO", "ERROR", "warn"]),
            flags=self.random.randrange(2),
            dropped_attributes_count=self.random.randrange(3),
            trace_id=self._bytes(16),
            span_id=self._bytes(8),
            event_name=self.random.choice(["", "device.crash"]),
        )
        self._value(record.body, 3)
        self._attributes(record.attributes)
        self._strange(record)

    def _metrics(self, scoped):
        metric = scoped.metrics.add(name="metric." + self._word(), description=self._text(), unit=self.random.choice(["s", "By", "1", ""]))
        self._attributes(metric.metadata)
        kind = self.random.choice(["gauge", "sum", "histogram", "exponential_histogram", "summary"])
        data = getattr(metric, kind)
        if kind not in ("gauge", "summary"):
            data.aggregation_temporality = self.random.choice([1, 2])
        if kind == "sum":
            data.is_monotonic = self.random.random() < 0.5
        for _ in range(1 + self.random.randrange(3)):
            point = data.data_points.add(start_time_unix_nano=START, time_unix_nano=self._time(), flags=0)
            self._attributes(point.attributes)
            getattr(self, "_" + kind)(point)
            if kind != "summary":
                self._exemplars(point)
            self._strange(point)
        self._strange(metric)

    def _gauge(self, point):
        self._number(point, "as_int", "as_double")

    _sum = _gauge

    def _histogram(self, point):
        bounds = sorted(self.random.sample(range(1000), self.random.randrange(6)))
        point.explicit_bounds.extend(bound / 4 for bound in bounds)
        point.bucket_counts.extend(self.random.randrange(50) for _ in range(len(bounds) + 1))
        point.count = sum(point.bucket_counts)
        point.sum, point.min, point.max = self.random.uniform(0, 100), 0.5, 240.0

    def _exponential_histogram(self, point):
        point.scale = self.random.randrange(-4, 9)
        point.zero_count = self.random.randrange(4)
        point.zero_threshold = self.random.choice([0.0, 0.001])
        for side in (point.positive, point.negative):
            side.offset = self.random.randrange(-20, 20)
            side.bucket_counts.extend(self.random.randrange(30) for _ in range(self.random.randrange(8)))
        point.count = point.zero_count + sum(point.positive.bucket_counts) + sum(point.negative.bucket_counts)
        point.sum, point.min, point.max = self.random.uniform(-50, 100), -3.5, 240.0

    def _summary(self, point):
        point.count, point.sum = self.random.randrange(100), self.random.uniform(0, 100)
        for quantile in (0.5, 0.99):
            point.quantile_values.add(quantile=quantile, value=self.random.uniform(0, 10))

    def _exemplars(self, point):
        for _ in range(self.random.randrange(3)):
            exemplar = point.exemplars.add(time_unix_nano=self._time(), trace_id=self._bytes(16), span_id=self._bytes(8))
            self._number(exemplar, "as_int", "as_double")
            self._attributes(exemplar.filtered_attributes)
            self._strange(exemplar)

    def _number(self, holder, whole, fraction):
        if self.random.random() < 0.5:
            setattr(holder, whole, self.random.randrange(-(2**63), 2**63))
        else:
            setattr(holder, fraction, self.random.choice([0.0, 1.5, -2.25e-7, 1e300, 12345.678]))

    def _attributes(self, attributes):
        for key in self.random.sample(range(40), self.random.randrange(5)):
            self._value(attributes.add(key=f"key.{key}").value, 2)

    def _value(self, value, depth):
        kind = self.random.randrange(7 if depth else 5)
        if kind == 0:
            value.string_value = self._text()
        elif kind == 1:
            value.bool_value = self.random.random() < 0.5
        elif kind == 2:
            value.int_value = self.random.choice([0, -1, 2**63 - 1, -(2**63), 42])
        elif kind == 3:
            value.double_value = self.random.choice([0.0, 0.1, -1e-9, 6.02e23])
        elif kind == 4:
            value.bytes_value = self._bytes(self.random.randrange(9))
        elif kind == 5:
            value.array_value.SetInParent()
            for _ in range(self.random.randrange(3)):
                self._value(value.array_value.values.add(), depth - 1)
        else:
            value.kvlist_value.SetInParent()
            for key in self.random.sample("abcdef", self.random.randrange(3)):
                self._value(value.kvlist_value.values.add(key=key).value, depth - 1)

    def _strange(self, *messages):
        """Fields of a schema to come: number 1000 as text, 1001 as a number."""
        for message in messages:
            if self.unknown:
                text = self._word().encode()
                message.MergeFromString(b"\xc2\x3e" + bytes([len(text)]) + text + b"\xc8\x3e" + bytes([self.random.randrange(128)]))

    def _text(self):
        return self.random.choice(["", "plain", 'quote " and \\ slash', "line\nend", "umlaut äöü", "emoji \U0001f600", "a" * 200])

    def _word(self):
        return "".join(self.random.choices("abcdefgh", k=6))

    def _time(self):
        return START + self.random.randrange(10**12)

    def _bytes(self, length):
        return self.random.randbytes(length)
