"""Logs and spans in a real Loki: found by label, by trace id and by structured metadata; none lost or doubled while Loki is killed."""

import http.client
import json
import signal
import time
import urllib.parse
import urllib.request
from pathlib import Path

import pytest
from harness.collectors import Collector
from harness.compose import answer
from harness.programs import PEERS, SLUICE, Program, free_port, wait_until
from harness.senders import post
from harness.telemetry import PATHS
from opentelemetry.proto.collector.logs.v1.logs_service_pb2 import ExportLogsServiceRequest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

TENANTS = ("red", "blue")
LINES, A_REQUEST = 100_000, 500
TRACE, SPAN = bytes(range(1, 17)), bytes(range(1, 9))


class Loki:
    def __init__(self, folder):
        self.folder = folder
        self.port, self.grpc = free_port(), free_port()
        self.program = None

    def __enter__(self):
        command = [str(PEERS / "bin" / "loki"), f"-config.file={Path(__file__).parent}/loki/loki.yaml", "-config.expand-env=true"]
        environment = {"LOKI_PORT": str(self.port), "LOKI_GRPC_PORT": str(self.grpc), "FOLDER": str(self.folder)}
        self.program = Program(command, self.folder, environment)
        try:
            wait_until(lambda: answer(f"http://127.0.0.1:{self.port}/ready") is not None, lambda: self.program.output()[-2000:])
        except BaseException as failure:
            self.program.__exit__(failure)
            raise
        return self

    def __exit__(self, *_):
        """Killed: what it has acknowledged must be in its log."""
        self.program.signal(signal.SIGKILL)
        self.program.wait()

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
        with loki:
            send_all(numbers[: len(numbers) // 2])
        send_all(numbers[len(numbers) // 2 :])
        expected = [(base + number * 1000, f"line {number}") for number in range(per_tenant)]
        with loki:
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
    with loki, Collector(SLUICE, "loki", tmp_path, LOKI_PORT=loki.port) as sluice:
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
