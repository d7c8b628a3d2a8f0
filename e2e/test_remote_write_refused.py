"""What becomes of what an endpoint of remote write refuses or does not answer."""

import re
import time
from http.server import BaseHTTPRequestHandler

import cramjam
from harness.collectors import Collector
from harness.programs import SLUICE, wait_until
from harness.senders import by_http
from harness.telemetry import START
from harness.threads import Served
from opentelemetry.proto.collector.metrics.v1.metrics_service_pb2 import ExportMetricsServiceRequest

# The answers to the batches, one after the other; a batch comes again until its last.
ANSWERS = [[503, 204], [429, 204], ["none", 204], [400], [500, 502, 204], [204]]


def test_refusals_are_repeated_or_final_as_the_specification_says_and_keep_the_order(tmp_path):
    with (
        Endpoint() as v1,
        Endpoint() as v2,
        Collector(SLUICE, "remote_write_refused", tmp_path, V1_PORT=v1.port, V2_PORT=v2.port) as sluice,
    ):
        by_http(sluice.ports["HTTP"], [batch(number) for number in range(len(ANSWERS))])
        for endpoint in (v1, v2):
            wait_until(lambda: len(endpoint.got) >= sum(map(len, ANSWERS)), lambda: f"all answers, have {endpoint.got}")
        wait_until(lambda: counted(sluice, "sent") == [5, 5], lambda: sluice.metrics())
        assert counted(sluice, "send_failed") == [1, 1]
    for endpoint in (v1, v2):
        order = [number for number, _, _ in endpoint.got]
        assert order == [number for number, answers in enumerate(ANSWERS) for _ in answers]
        assert all(len({body for one, body, _ in endpoint.got if one == number}) == 1 for number in order), "a repetition is the same request"
        asked, again = (when for number, _, when in endpoint.got if number == 1)
        assert again - asked >= Endpoint.RETRY_AFTER
    assert sluice.output().count("no such place for batch-3") >= 2, "the endpoint's own words are in the log"


class Endpoint(Served):
    """Answers by the plan, by 2.0 with the counts; `got` has the number of the batch, the body and the time of each request."""

    RETRY_AFTER = 2

    def __init__(self):
        self.got = []
        super().__init__(Handler)

    def answer(self, body):
        raw = bytes(cramjam.snappy.decompress_raw(body))
        number = int(re.search(rb"batch-(\d+)", raw).group(1))
        earlier = sum(1 for one, _, _ in self.got if one == number)
        self.got.append((number, raw, time.monotonic()))
        return number, ANSWERS[number][min(earlier, len(ANSWERS[number]) - 1)]


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        number, status = self.server.owner.answer(self.rfile.read(int(self.headers["Content-Length"])))
        if status == "none":
            # Until Sluice gives up, which ends the connection.
            self.rfile.read(1)
            self.close_connection = True
            return
        text = b"" if status == 204 else f"no such place for batch-{number}".encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(text)))
        if status == 429:
            self.send_header("Retry-After", str(Endpoint.RETRY_AFTER))
        if "v2" in self.headers["Content-Type"]:
            self.send_header("X-Prometheus-Remote-Write-Samples-Written", "1" if status == 204 else "0")
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, *_):
        pass


def batch(number):
    request = ExportMetricsServiceRequest()
    metric = request.resource_metrics.add().scope_metrics.add().metrics.add(name="batch")
    point = metric.gauge.data_points.add(time_unix_nano=START + number * 10**9, as_int=number)
    point.attributes.add(key="number").value.string_value = f"batch-{number}"
    return request


def counted(sluice, what):
    """Of both exporters."""
    found = {name: int(float(value)) for name, value in sluice.metrics().items() if name.startswith(f"otelcol_exporter_{what}_metric_points")}
    return [found[name] for name in sorted(found)]
