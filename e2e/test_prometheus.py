"""Prometheus' own programs read what Sluice shows: promtool finds nothing but what names force, Prometheus 3 gives the values back."""

import re
import time
import urllib.request
from pathlib import Path

import pytest

from harness import senders
from harness.collectors import Collector
from harness.metrics import CUMULATIVE, TRACE, exemplar, metric, of_shop, point
from harness.programs import PEERS, SLUICE, run, wait_until
from harness.prometheus import Prometheus
from harness.sinks import Sink
from harness.telemetry import Generator

ALLOWED = [line for line in (Path(__file__).parent / "promtool-allowed.txt").read_text().splitlines() if line and not line.startswith("#")]
FORMATS = {"text": "PrometheusText0.0.4", "openmetrics": "OpenMetricsText1.0.0", "protobuf": "PrometheusProto"}


def metrics():
    """One of each kind, with values that are easy to tell apart."""
    now = time.time()

    def add(kind, name, unit, value, **settings):
        return metric(name, unit, kind, [point(now, now - 1, **value)], **settings)

    cumulative = {"aggregation_temporality": CUMULATIVE}
    requests = {"as_int": 42, "exemplars": [exemplar(now, as_int=7)]}
    classic = {"explicit_bounds": [0.1, 1], "bucket_counts": [5, 3, 2], "count": 10, "sum": 6.5, "exemplars": [exemplar(now, as_double=0.5)]}
    native = {"scale": 1, "zero_count": 1, "zero_threshold": 0.001, "positive": {"offset": 2, "bucket_counts": [4, 0, 6]}, "count": 11, "sum": 50.25}
    summary = {"count": 4, "sum": 100, "quantile_values": [{"quantile": 0.5, "value": 20}]}
    return of_shop(
        [
            add("gauge", "room.temperature", "Cel", {"as_double": 21.5}),
            add("sum", "requests", "1", requests, **cumulative, is_monotonic=True),
            add("sum", "busy.workers", "{worker}", {"as_int": 3}, **cumulative),
            add("histogram", "request.duration", "s", classic, **cumulative),
            add("exponential_histogram", "payload.size", "By", native, **cumulative),
            add("summary", "rpc.latency", "s", summary),
        ],
        version="1.0",
    )


@pytest.fixture(scope="module")
def shown(tmp_path_factory):
    folder = tmp_path_factory.mktemp("shown")
    with Sink() as sink, Collector(SLUICE, "prometheus", folder, SINK_GRPC_PORT=sink.grpc_port) as collector:
        senders.by_grpc(collector.ports["GRPC"], [metrics(), Generator(3).request("traces")])
        wait_until(lambda: b"room_temperature" in scrape(collector.ports["SHOWN"]), "the metrics sent")
        collector.folder = folder
        yield collector


def scrape(port, accept="text/plain;version=0.0.4"):
    request = urllib.request.Request(f"http://127.0.0.1:{port}/metrics", headers={"Accept": accept})
    with urllib.request.urlopen(request, timeout=30) as response:
        return response.read()


@pytest.mark.parametrize("port", ["SHOWN", "SELF"])
def test_promtool_finds_nothing_but_what_names_force(shown, port):
    text = shown.folder / f"{port}.txt"
    text.write_bytes(scrape(shown.ports[port]))
    code, output = run(["sh", "-c", f'"{PEERS}/bin/promtool" check metrics < "{text}"'])
    assert code in (0, 3), output
    findings = [line for line in output.splitlines() if line and not any(re.fullmatch(allowed, line) for allowed in ALLOWED)]
    assert not findings, "\n".join(findings)


@pytest.fixture(scope="module")
def prometheus(shown, tmp_path_factory):
    """A Prometheus that scrapes each of the two ports in each format."""
    folder = tmp_path_factory.mktemp("prometheus")
    jobs = [
        {
            "job_name": f"{port.lower()}-{name}",
            "scrape_interval": "1s",
            "scrape_protocols": [protocol],
            "scrape_native_histograms": name == "protobuf",
            "honor_labels": True,
            "static_configs": [{"targets": [f"127.0.0.1:{shown.ports[port]}"], "labels": {"format": name, "port": port.lower()}}],
        }
        for port in ("SHOWN", "SELF")
        for name, protocol in FORMATS.items()
    ]
    with Prometheus(folder, {"scrape_configs": jobs}, "--enable-feature=exemplar-storage") as program:
        wait_until(lambda: len(program.query("up == 1")) == len(jobs), lambda: f"all targets up: {program.targets()}")
        yield program


VALUES = {
    "room_temperature_celsius": 21.5,
    "requests_total": 42,
    "busy_workers": 3,
    "request_duration_seconds_count": 10,
    "request_duration_seconds_sum": 6.5,
    'request_duration_seconds_bucket{le="0.1"}': 5,
    'request_duration_seconds_bucket{le=~"1|1.0"}': 8,
    'request_duration_seconds_bucket{le="+Inf"}': 10,
    'rpc_latency_seconds{quantile="0.5"}': 20,
    "rpc_latency_seconds_count": 4,
}


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("what", VALUES)
def test_prometheus_gives_the_values_back(prometheus, name, what):
    if name == "protobuf" and "_bucket" in what:
        # A scrape of native histograms keeps the classic buckets of a histogram that has no native ones.
        pass
    selector = what if "{" in what else what + "{}"
    selector = selector.replace("{", '{format="%s",' % name).replace(",}", "}")
    result = wait_until(lambda: prometheus.query(selector), selector)
    assert [float(series["value"][1]) for series in result] == [VALUES[what]]
    labels = result[0]["metric"]
    assert (labels["job"], labels["instance"], labels["route"], labels["otel_scope_name"]) == ("prod/shop", "one", "/a", "e2e")


@pytest.mark.parametrize("name", FORMATS)
def test_target_info(prometheus, name):
    (info,) = prometheus.query('target_info{format="%s",port="shown"}' % name)
    assert (info["metric"]["job"], info["metric"]["instance"], info["metric"]["region"]) == ("prod/shop", "one", "eu")


def test_native_histogram_by_protobuf(prometheus):
    (series,) = wait_until(lambda: prometheus.query('payload_size_bytes{format="protobuf"}'), "a native histogram")
    histogram = series["histogram"][1]
    assert (histogram["count"], histogram["sum"]) == ("11", "50.25")
    counts = [int(bucket[3]) for bucket in histogram["buckets"]]
    assert counts == [1, 4, 6]
    # Base 2^(1/2): index 3 ends at 2^(4/2), and the buckets of OTLP with offset 2 are those of Prometheus with 3.
    assert [float(bucket[2]) for bucket in histogram["buckets"][1:]] == pytest.approx([2**1.5, 2**2.5])


@pytest.mark.parametrize("name", ["openmetrics", "protobuf"])
@pytest.mark.parametrize("series", ["requests_total", "request_duration_seconds_bucket"])
def test_exemplars(prometheus, name, series):
    now = time.time()
    found = wait_until(lambda: prometheus.exemplars('%s{format="%s"}' % (series, name), now - 3600, now + 60), "exemplars")
    labels = [one["labels"] for entry in found for one in entry["exemplars"]]
    assert {label["trace_id"] for label in labels} == {TRACE.hex()}


@pytest.mark.parametrize("name", FORMATS)
def test_own_metrics(prometheus, name):
    for what, value in (
        ("otelcol_receiver_accepted_metric_points", 6),
        ("otelcol_receiver_accepted_spans", 12),
        ("otelcol_exporter_sent_spans", 12),
    ):
        series = wait_until(lambda what=what: prometheus.query('{__name__=~"%s(_total)?",format="%s"}' % (what, name)), what)
        assert [float(one["value"][1]) for one in series] == [value], what
    assert prometheus.query('{__name__=~"otelcol_process_uptime(_total)?",format="%s"}' % name)
