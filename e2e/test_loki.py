"""
Logs and spans in a real Loki: found by label, by trace id and by structured metadata, followed live by trace id; none lost or doubled while Loki
is killed, one tenant's apart from another's; and the own log.
"""

import http.client
import json
import signal
import time
import urllib.parse
import urllib.request
from pathlib import Path

import pytest
from harness.collectors import Collector
from harness.programs import PEERS, SLUICE, Program, free_port, wait_until
from harness.senders import post
from harness.telemetry import PATHS
from harness.websocket import websocket
from opentelemetry.proto.collector.logs.v1.logs_service_pb2 import ExportLogsServiceRequest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

TENANTS = ("red", "blue")
LINES, A_REQUEST = 100_000, 500
TRACE, SPAN = bytes(range(1, 17)), bytes(range(1, 9))


class Running(Program):
    """A Loki that is killed: what it has acknowledged must be in its log."""

    def __init__(self, folder, port, grpc):
        self.port = port
        command = [str(PEERS / "bin" / "loki"), f"-config.file={Path(__file__).parent}/loki/loki.yaml", "-config.expand-env=true"]
        super().__init__(command, folder, {"LOKI_PORT": str(port), "LOKI_GRPC_PORT": str(grpc), "FOLDER": str(folder)})

    def until_ready(self):
        self.until_answers(f"http://127.0.0.1:{self.port}/ready")

    def __exit__(self, *_):
        self.signal(signal.SIGKILL)
        self.wait()


class Loki:
    """On one port and with the same data, as often as it is started."""

    def __init__(self, folder):
        self.folder = folder
        self.port, self.grpc = free_port(), free_port()

    def start(self):
        return Running(self.folder, self.port, self.grpc)

    def lines(self, tenant, expr, start, end):
        """All lines with their times, in order of time, each of which has but one line."""
        found = []
        while True:
            parameters = {"query": expr, "start": start, "end": end, "limit": 5000, "direction": "forward"}
            url = f"http://127.0.0.1:{self.port}/loki/api/v1/query_range?{urllib.parse.urlencode(parameters)}"
            request = urllib.request.Request(url, headers={"X-Scope-OrgID": tenant})
            with urllib.request.urlopen(request, timeout=60) as response:
                result = json.load(response)["data"]["result"]
            page = sorted((int(value[0]), value[1]) for stream in result for value in stream["values"])
            found += page
            if len(page) < 5000:
                return found
            start = page[-1][0] + 1


    def tail(self, tenant, expr, start):
        """Lines as they come: messages of a websocket."""
        parameters = urllib.parse.urlencode({"query": expr, "start": start})
        return websocket(self.port, f"/loki/api/v1/tail?{parameters}", **{"X-Scope-OrgID": tenant})


@pytest.fixture
def loki(tmp_path):
    return Loki(tmp_path)


def resource(request, kind, service):
    one = getattr(request, f"resource_{kind}").add()
    one.resource.attributes.add(key="service.name").value.string_value = service
    one.resource.attributes.add(key="host.name").value.string_value = "h1"
    return getattr(one, f"scope_{kind}").add()


def logs(first, count, base):
    request = ExportLogsServiceRequest()
    records = resource(request, "logs", "shop").log_records
    for number in range(first, first + count):
        records.add(time_unix_nano=base + number * 1000).body.string_value = f"line {number}"
    return request.SerializeToString()


def send(connection, path, body, tenant):
    status, text = post(connection, path, body, **{"X-Tenant": tenant})
    assert status == 200, (status, text)


def test_lines_are_neither_lost_nor_doubled_while_loki_is_killed(loki, tmp_path):
    base = time.time_ns() - 60_000_000_000
    with Collector(SLUICE, "loki", tmp_path, LOKI_PORT=loki.port) as sluice:
        connection = http.client.HTTPConnection("127.0.0.1", sluice.ports["HTTP"], timeout=60)

        def send_all(numbers):
            for first in numbers:
                for tenant in TENANTS:
                    send(connection, PATHS["logs"], logs(first, A_REQUEST, base), tenant)

        per_tenant = LINES // len(TENANTS)
        numbers = range(0, per_tenant, A_REQUEST)
        with loki.start():
            send_all(numbers[: len(numbers) // 2])
        send_all(numbers[len(numbers) // 2 :])
        expected = [(base + number * 1000, f"line {number}") for number in range(per_tenant)]
        with loki.start():
            for tenant in TENANTS:

                def found(tenant=tenant):
                    return loki.lines(tenant, '{service_name="shop"}', base, base + per_tenant * 1000)

                wait_until(lambda: len(found()) >= per_tenant, f"{per_tenant} lines of {tenant}")
                assert found() == expected
            assert loki.lines("nobody", '{service_name="shop"}', base, base + per_tenant * 1000) == []


def test_logs_and_spans_are_found_by_label_trace_id_and_structured_metadata(loki, tmp_path):
    now = time.time_ns()
    log = ExportLogsServiceRequest()
    record = resource(log, "logs", "shop").log_records.add(time_unix_nano=now, trace_id=TRACE, span_id=SPAN, severity_text="WARN")
    record.body.string_value = "out of stock"
    record.attributes.add(key="http.route").value.string_value = "/cart"
    spans = ExportTraceServiceRequest()
    span = resource(spans, "spans", "checkout").spans.add(
        name="GET /cart", kind=2, trace_id=TRACE, span_id=SPAN, start_time_unix_nano=now + 1, end_time_unix_nano=now + 6
    )
    span.attributes.add(key="http.route").value.string_value = "/cart"
    line = 'name="GET /cart" kind=server duration_ns=5 status=unset'
    with loki.start(), Collector(SLUICE, "loki", tmp_path, LOKI_PORT=loki.port) as sluice:
        connection = http.client.HTTPConnection("127.0.0.1", sluice.ports["HTTP"], timeout=60)
        # Twice, as after a lost answer: a line of the same time is stored once.
        for _ in range(2):
            send(connection, PATHS["logs"], log.SerializeToString(), "red")
        send(connection, PATHS["traces"], spans.SerializeToString(), "red")

        def found(expr):
            return [text for _, text in loki.lines("red", expr, now - 1_000_000_000, now + 1_000_000_000)]

        both = '{service_name=~"shop|checkout"}'
        wait_until(lambda: len(found(both)) == 2, "both lines")
        assert found('{service_name="shop"}') == ["out of stock"]
        assert found('{service_name="checkout"}') == [line]
        assert found(f'{both} | trace_id="{TRACE.hex()}"') == ["out of stock", line]
        assert found(f'{both} | span_id="{SPAN.hex()}" | http_route="/cart" | host_name="h1"') == ["out of stock", line]
        assert found(f'{both} | severity_text="WARN"') == ["out of stock"]
        assert found(f'{both} | trace_id="{"0" * 32}"') == []


def test_a_trace_is_followed_live_by_its_id(loki, tmp_path):
    now = time.time_ns()
    steps = ("GET /cart", "reserve", "pay", "ship")
    with loki.start(), Collector(SLUICE, "loki", tmp_path, LOKI_PORT=loki.port) as sluice:
        connection = http.client.HTTPConnection("127.0.0.1", sluice.ports["HTTP"], timeout=60)
        expr = f'{{service_name=~"checkout|shop"}} | trace_id="{TRACE.hex()}"'
        with loki.tail("red", expr, now - 1_000_000_000) as tail:
            for number, name in enumerate(steps):
                request = ExportTraceServiceRequest()
                # A span of the trace and one of another, as they come from two services in turn.
                for trace in (TRACE, TRACE[::-1]):
                    spans = resource(request, "spans", ("checkout", "shop")[number % 2]).spans
                    spans.add(name=name, trace_id=trace, span_id=SPAN, start_time_unix_nano=now + number, end_time_unix_nano=now + number + 5)
                send(connection, PATHS["traces"], request.SerializeToString(), "red")
                # Nothing is sent before the one in front has been seen.
                message = tail.message()
                assert not message.get("dropped_entries")
                lines = [line for stream in message["streams"] for _, line in stream["values"]]
                assert lines == [f"name={json.dumps(name) if ' ' in name else name} kind=unspecified duration_ns=5 status=unset"]


def test_tenants_of_attributes_are_kept_apart_in_requests_of_bounded_size(loki, tmp_path):
    now = time.time_ns()
    tenants = ("red", "blue", "no tenant")
    request = ExportLogsServiceRequest()
    for number in range(1000):
        scope = resource(request, "logs", "shop")
        request.resource_logs[-1].resource.attributes.add(key="tenant").value.string_value = tenants[number % 3]
        scope.log_records.add(time_unix_nano=now + number).body.string_value = f"line {number} \u00fc\u0001"
    with loki.start(), Collector(SLUICE, "loki_groups", tmp_path, LOKI_PORT=loki.port) as sluice:
        connection = http.client.HTTPConnection("127.0.0.1", sluice.ports["HTTP"], timeout=60)
        send(connection, PATHS["logs"], request.SerializeToString(), "")
        for place, tenant in enumerate(tenants[:2]):
            expected = [(now + number, f"line {number} \u00fc\u0001") for number in range(place, 1000, 3)]

            def found(tenant=tenant):
                return loki.lines(tenant, '{service_name="shop"} | host_name="h1"', now, now + 1000)

            wait_until(lambda: len(found()) >= len(expected), f"{len(expected)} lines of {tenant}")
            assert found() == expected
        wait_until(lambda: "is no tenant" in sluice.stderr(), "a word on lines without a good tenant")


def test_the_own_log_goes_to_loki_until_its_last_line(loki, tmp_path):
    begun = time.time_ns()

    def found(expr):
        return [line for _, line in loki.lines("operators", expr, begun, time.time_ns() + 1_000_000_000)]

    with loki.start():
        with Collector(SLUICE, "loki_groups", tmp_path, LOKI_PORT=loki.port):
            wait_until(lambda: "Starting sluice..." in found('{app="sluice"}'), "the first line")
            assert found('{app="sluice"} | level="info" | NumCPU=~".+" | service_name="sluice"') == ["Starting sluice..."]
            assert "Starting sluice..." in found('{zone="a\\"b\\\\c"}')
        wait_until(lambda: "Shutdown complete." in " ".join(found('{app="sluice"}')), "the last line")


def test_without_a_loki_the_own_log_holds_up_nothing(tmp_path):
    with Collector(SLUICE, "loki_groups", tmp_path, LOKI_PORT=free_port()) as sluice:
        sluice.signal(signal.SIGTERM)
        assert sluice.wait() == 0
