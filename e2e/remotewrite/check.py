"""Checks remote write against a real Prometheus: see README.md. Run by ./run."""

import contextlib
import json
import math
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request
from pathlib import Path

PEERS, SLUICE = Path(os.environ["PEERS"]), os.environ["SLUICE"]
VERSIONS = {"v1": "prometheus.WriteRequest", "v2": "io.prometheus.write.v2.Request"}
TRACE, SPAN = bytes(range(1, 17)).hex(), bytes(range(1, 9)).hex()
CUMULATIVE, DELTA = 2, 1


def free_port():
    with socket.socket() as some:
        some.bind(("127.0.0.1", 0))
        return some.getsockname()[1]


@contextlib.contextmanager
def program(command, log, **environment):
    """Runs until the block ends, then is asked to end, by its process id."""
    with open(log, "ab") as out:
        process = subprocess.Popen([str(word) for word in command], stdout=out, stderr=out, env={**os.environ, **environment})
    try:
        yield process
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(60)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def until(condition, what, seconds=60):
    """The first true answer."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            answer = condition()
            if answer:
                return answer
        except OSError:
            pass
        time.sleep(0.2)
    raise AssertionError(f"not within {seconds} s: {what}")


def get(url):
    with urllib.request.urlopen(url, timeout=30) as answer:
        return answer.read().decode()


class Prometheus:
    def __init__(self, folder):
        self.folder, self.port = folder, free_port()
        (folder / "prometheus.yml").write_text("global: {}\n")

    def running(self):
        return program(
            [
                PEERS / "bin/prometheus",
                f"--config.file={self.folder}/prometheus.yml",
                f"--storage.tsdb.path={self.folder}/data",
                f"--web.listen-address=127.0.0.1:{self.port}",
                "--web.enable-remote-write-receiver",
                "--enable-feature=exemplar-storage",
            ],
            self.folder / "prometheus.log",
        )

    def await_ready(self):
        until(lambda: get(f"http://127.0.0.1:{self.port}/-/ready"), "Prometheus is ready")

    def api(self, path, **parameters):
        return json.loads(get(f"http://127.0.0.1:{self.port}/api/v1/{path}?{urllib.parse.urlencode(parameters)}"))["data"]

    def raw(self, selector, at):
        """All samples of the selector's series in the five minutes before, as they are stored, staleness markers left out."""
        return self.api("query", query=f"{selector}[5m]", time=at)["result"]

    def exemplars(self, selector, at):
        return self.api("query_exemplars", query=selector, start=at - 300, end=at + 1)


class Sluice:
    def __init__(self, name, message, prometheus, folder):
        self.http, self.custom, self.own = free_port(), free_port(), free_port()
        self.log = folder / f"sluice-{name}.log"
        self.config = folder / f"sluice-{name}.yaml"
        self.config.write_text(
            f"""
receivers:
  otlp: {{protocols: {{http: {{endpoint: "127.0.0.1:{self.http}"}}}}}}
  otlp/custom: {{protocols: {{http: {{endpoint: "127.0.0.1:{self.custom}"}}}}}}
exporters:
  prometheus_remote_write/custom:
    endpoint: http://127.0.0.1:{prometheus.port}/api/v1/write
    protobuf_message: {message}
    external_labels: {{sent_by: {name}}}
    convert_explicit_histograms_to_nhcb: true
  prometheus_remote_write:
    endpoint: http://127.0.0.1:{prometheus.port}/api/v1/write
    protobuf_message: {message}
    external_labels: {{sent_by: {name}}}
    max_batch_size_bytes: 2000
service:
  telemetry: {{metrics: {{readers: [{{pull: {{exporter: {{prometheus: {{host: 127.0.0.1, port: {self.own}}}}}}}}}]}}}}
  pipelines:
    metrics: {{receivers: [otlp], exporters: [prometheus_remote_write]}}
    metrics/custom: {{receivers: [otlp/custom], exporters: [prometheus_remote_write/custom]}}
"""
        )

    def running(self):
        return program([SLUICE, "--config", self.config], self.log, SLUICE_AOT="off")

    def await_ready(self):
        until(lambda: self.send([]) or True, f"Sluice listens; its log is {self.log}", 120)

    def send(self, metrics, port=None):
        attributes = {"service.name": "shop", "service.namespace": "prod", "service.instance.id": "one", "region": "eu"}
        request = {
            "resourceMetrics": [
                {"resource": {"attributes": pairs(attributes)}, "scopeMetrics": [{"scope": {"name": "e2e"}, "metrics": metrics}]}
            ]
        }
        body = json.dumps(request).encode()
        call = urllib.request.Request(f"http://127.0.0.1:{port or self.http}/v1/metrics", body, {"content-type": "application/json"})
        with urllib.request.urlopen(call, timeout=30) as answer:
            assert answer.status == 200

    def own_metric(self, name):
        """The sum over the lines of the name."""
        lines = [line for line in get(f"http://127.0.0.1:{self.own}/metrics").splitlines() if line.startswith(name)]
        return sum(float(line.rsplit(" ", 1)[1]) for line in lines)


def pairs(attributes):
    return [{"key": key, "value": {"stringValue": value}} for key, value in attributes.items()]


def nanos(seconds):
    return str(round(seconds * 1000) * 10**6)


def point(at, start=None, **fields):
    times = {"timeUnixNano": nanos(at)} | ({"startTimeUnixNano": nanos(start)} if start else {})
    return times | {"attributes": pairs({"route": "/a"})} | fields


def metric(name, unit, kind, points, **settings):
    return {"name": name, "unit": unit, "description": f"A {kind}.", kind: {"dataPoints": points, **settings}}


def exemplar(at, value):
    return {"timeUnixNano": nanos(at), "asDouble": value, "traceId": TRACE, "spanId": SPAN}


CHECKS = []


def check(function, versions=tuple(VERSIONS)):
    CHECKS.append((function, versions))
    return function


def check_v2(function):
    return check(function, ("v2",))


@contextlib.contextmanager
def comparison(what, selector):
    try:
        yield
    except AssertionError as error:
        raise AssertionError(f"{what} of {selector}: {error}") from None


def values(prometheus, selector, at, expected):
    """The series is one, and its samples are the expected pairs of time and value."""
    with comparison("samples", selector):
        latest = expected[-1][0]
        there = lambda: [one for one in prometheus.raw(selector, at) if round(float(one["values"][-1][0]), 3) >= round(latest, 3)]
        series = until(there, f"{selector} is there up to {latest}")
        assert len(series) == 1, series
        given = [(round(float(when), 3), float(value)) for when, value in series[0]["values"]]
        assert given == [(round(when, 3), value) for when, value in expected], f"{given} instead of {expected}"
        return series[0]["metric"]


@check
def everything_comes_back(name, sluice, prometheus):
    now = round(time.time(), 3)
    start, first, second, third = now - 60, now - 30, now - 20, now - 10
    classic = {"explicitBounds": [0.1, 1, 2.5], "sum": 6.5, "count": "12", "bucketCounts": ["5", "3", "2", "2"]}
    later = {"explicitBounds": [0.1, 1, 2.5], "sum": 9.5, "count": "15", "bucketCounts": ["6", "4", "2", "3"]}
    native = {"scale": 1, "count": "23", "sum": 50.25, "zeroCount": "2", "zeroThreshold": 0.001}
    native |= {"positive": {"offset": 2, "bucketCounts": ["4", "0", "6"] + ["0"] * 9 + ["5"]}, "negative": {"offset": -1, "bucketCounts": ["6"]}}
    fine = {"scale": 10, "count": "3", "sum": 3.5, "positive": {"offset": 0, "bucketCounts": ["1", "1", "0", "0", "1"]}}
    delta = {"aggregationTemporality": DELTA, "isMonotonic": True}
    sluice.send(
        [
            metric("room.temperature", "Cel", "gauge", [point(third, asDouble=21.5), point(first, asDouble=-3), point(second, asInt="7")]),
            metric(
                "requests",
                "1",
                "sum",
                [
                    point(first, start, asInt="40", exemplars=[exemplar(first - 1, 7)]),
                    point(second, start, asInt=str(2**53 + 2), exemplars=[exemplar(second - 1, 8)]),
                ],
                aggregationTemporality=CUMULATIVE,
                isMonotonic=True,
            ),
            metric(
                "request.duration",
                "s",
                "histogram",
                [
                    point(second, start, **later, exemplars=[exemplar(second - 2, 0.5), exemplar(second - 1, 30)]),
                    point(first, start, **classic, exemplars=[exemplar(first - 1, 0.05)]),
                ],
                aggregationTemporality=CUMULATIVE,
            ),
            metric(
                "payload.size",
                "By",
                "exponentialHistogram",
                [point(first, start, **native, exemplars=[exemplar(first - 1, 3), exemplar(first - 2, 4)])],
                aggregationTemporality=CUMULATIVE,
            ),
            metric("payload.fine", "By", "exponentialHistogram", [point(first, start, **fine)], aggregationTemporality=CUMULATIVE),
            metric("rpc.latency", "s", "summary", [point(first, start, count="4", sum=100, quantileValues=[{"quantile": 0.5, "value": 20}])]),
            metric("jobs.done", "1", "sum", [point(second, first, asInt="5"), point(first, start, asInt="3")], **delta),
            metric(
                "jobs.time",
                "s",
                "histogram",
                [
                    point(first, start, explicitBounds=[1], count="3", sum=3, bucketCounts=["2", "1"]),
                    point(second, first, explicitBounds=[1], count="4", sum=5, bucketCounts=["1", "3"]),
                ],
                aggregationTemporality=DELTA,
            ),
        ]
    )
    mine = '{sent_by="%s"}' % name
    bucket = 'request_duration_seconds_bucket{sent_by="%s",le="%%s"}' % name
    labels = values(prometheus, "room_temperature_celsius" + mine, now, [(first, -3), (second, 7), (third, 21.5)])
    assert labels == {
        "__name__": "room_temperature_celsius",
        "job": "prod/shop",
        "instance": "one",
        "route": "/a",
        "otel_scope_name": "e2e",
        "sent_by": name,
    }, labels
    values(prometheus, "requests_total" + mine, now, [(first, 40), (second, 2**53 + 2)])
    values(prometheus, "request_duration_seconds_sum" + mine, now, [(first, 6.5), (second, 9.5)])
    values(prometheus, "request_duration_seconds_count" + mine, now, [(first, 12), (second, 15)])
    for le, counts in {"0.1": (5, 6), "1": (8, 10), "2.5": (10, 12), "+Inf": (12, 15)}.items():
        values(prometheus, bucket % le, now, [(first, counts[0]), (second, counts[1])])
    values(prometheus, 'rpc_latency_seconds{sent_by="%s",quantile="0.5"}' % name, now, [(first, 20)])
    values(prometheus, "rpc_latency_seconds_sum" + mine, now, [(first, 100)])
    values(prometheus, "rpc_latency_seconds_count" + mine, now, [(first, 4)])
    values(prometheus, "jobs_done_total" + mine, now, [(first, 3), (second, 8)])
    values(prometheus, "jobs_time_seconds_count" + mine, now, [(first, 3), (second, 7)])
    values(prometheus, 'jobs_time_seconds_bucket{sent_by="%s",le="1"}' % name, now, [(first, 2), (second, 3)])
    info = values(prometheus, "target_info" + mine, now, [(third, 1)])
    assert (info["job"], info["instance"], info["region"]) == ("prod/shop", "one", "eu"), info

    (series,) = until(lambda: prometheus.raw("payload_size_bytes" + mine, now), "a native histogram")
    ((when, given),) = series["histograms"]
    assert round(float(when), 3) == first, when
    assert (given["count"], given["sum"]) == ("23", "50.25"), given
    # Base 2^(1/2). OTLP's bucket i reaches from base^i to base^(i + 1).
    expected = [(-1, -(2**-0.5), 6), (-0.001, 0.001, 2), (2, 2**1.5, 4), (4, 2**2.5, 6), (2**7, 2**7.5, 5)]
    shown = [(float(low), float(high), int(count)) for _, low, high, count in given["buckets"]]
    assert len(shown) == len(expected) and all(
        math.isclose(a[0], b[0], rel_tol=1e-9) and math.isclose(a[1], b[1], rel_tol=1e-9) and a[2] == b[2] for a, b in zip(shown, expected)
    ), f"{shown} instead of {expected}"
    (series,) = prometheus.raw("payload_fine_bytes" + mine, now)
    shown = [(float(high), int(count)) for _, _, high, count in series["histograms"][0][1]["buckets"]]
    assert [count for _, count in shown] == [2, 1], "buckets of scale 10 as those of scale 8"
    assert math.isclose(shown[0][0], 2 ** (1 / 256)) and math.isclose(shown[1][0], 2 ** (2 / 256)), shown

    for selector, wanted in {
        "requests_total" + mine: [(first - 1, 7), (second - 1, 8)],
        bucket % "0.1": [(first - 1, 0.05)],
        bucket % "1": [(second - 2, 0.5)],
        bucket % "+Inf": [(second - 1, 30)],
        "payload_size_bytes" + mine: [(first - 2, 4), (first - 1, 3)],
    }.items():
        with comparison("exemplars", selector):
            found = [one for series in prometheus.exemplars(selector, now) for one in series["exemplars"]]
            assert all(one["labels"] == {"trace_id": TRACE, "span_id": SPAN} for one in found), found
            given = sorted((round(float(one["timestamp"]), 3), float(one["value"])) for one in found)
            assert given == sorted((round(when, 3), value) for when, value in wanted), f"{given} instead of {wanted}"


@check
def explicit_bounds_come_back_as_custom_ones(name, sluice, prometheus):
    now = round(time.time(), 3)
    first, second = now - 20, now - 10
    histogram = {"explicitBounds": [0.1, 1, 2.5], "sum": 6.5, "count": "13", "bucketCounts": ["5", "0", "6", "2"]}
    points = [point(first, now - 60, **histogram, exemplars=[exemplar(first, 0.5)]), point(second, now - 60, flags=1)]
    sluice.send([metric("custom.duration", "s", "histogram", points, aggregationTemporality=CUMULATIVE)], sluice.custom)
    mine = '{__name__=~"custom_duration_seconds.*",sent_by="%s"}' % name
    (series,) = until(lambda: prometheus.raw(mine, now), "a histogram with custom buckets")
    assert series["metric"]["__name__"] == "custom_duration_seconds", series["metric"]
    ((when, given),) = series["histograms"]
    assert round(float(when), 3) == first, when
    assert (given["count"], given["sum"]) == ("13", "6.5"), given
    shown = [(low, high, count) for _, low, high, count in given["buckets"]]
    assert shown == [("-Inf", "0.1", "5"), ("1", "2.5", "6"), ("2.5", "+Inf", "2")], shown
    assert not prometheus.api("query", query=mine, time=now)["result"], "its end is marked"
    (found,) = prometheus.exemplars(mine, now)
    assert [one["value"] for one in found["exemplars"]] == ["0.5"], found


@check
def a_series_that_ends_is_gone_at_once(name, sluice, prometheus):
    now = round(time.time(), 3)
    bounds = {"explicitBounds": [1], "count": "2", "sum": 3, "bucketCounts": ["1", "1"]}

    def ending(at, **fields):
        return [
            metric("ending", "1", "gauge", [point(at, **(fields or {"asInt": "1"}))]),
            metric("ending.time", "s", "histogram", [point(at, **(fields or bounds))], aggregationTemporality=CUMULATIVE),
            metric(
                "ending.size",
                "By",
                "exponentialHistogram",
                [point(at, **(fields or {"count": "1", "positive": {"bucketCounts": ["1"]}}))],
                aggregationTemporality=CUMULATIVE,
            ),
        ]

    everything = '{__name__=~"ending_.+",sent_by="%s"}' % name
    sluice.send(ending(now - 20))
    until(lambda: len(prometheus.api("query", query=everything, time=now - 15)["result"]) == 6, "six series")
    sluice.send(ending(now - 10, flags=1))
    until(lambda: not prometheus.api("query", query=everything, time=now - 5)["result"], "no series, by their markers")


@check
def nothing_is_lost_while_prometheus_is_away(name, sluice, prometheus):
    now = round(time.time(), 3)
    prometheus.stop()
    delta = {"aggregationTemporality": DELTA, "isMonotonic": True}
    sluice.send([metric("away", "1", "sum", [point(now - 20, now - 30, asInt="3")], **delta)])
    sluice.send([metric("away", "1", "sum", [point(now - 10, now - 20, asInt="4")], **delta)])
    time.sleep(3)
    prometheus.start()
    values(prometheus, 'away_total{sent_by="%s"}' % name, now, [(now - 20, 3), (now - 10, 7)])


@check
def what_is_refused_is_not_repeated(name, sluice, prometheus):
    now = round(time.time(), 3)
    late, timely = 'late_ratio{sent_by="%s"}' % name, 'timely_ratio{sent_by="%s"}' % name
    sluice.send([metric("late", "1", "gauge", [point(now - 10, asInt="1")])])
    values(prometheus, late, now, [(now - 10, 1)])
    sluice.send([metric("late", "1", "gauge", [point(now - 20, asInt="2")]), metric("timely", "1", "gauge", [point(now - 5, asInt="3")])])
    sluice.send([metric("timely", "1", "gauge", [point(now - 1, asInt="4")])])
    # By 1.0 Prometheus takes all of a request or nothing; by 2.0 what it can.
    values(prometheus, timely, now, [(now - 1, 4)] if name == "v1" else [(now - 5, 3), (now - 1, 4)])
    values(prometheus, late, now, [(now - 10, 1)])


@check_v2
def what_was_written_is_counted(name, sluice, prometheus):
    before = [sluice.own_metric(f"otelcol_exporter_prometheusremotewrite_written_{what}") for what in ("samples", "histograms", "exemplars")]
    now = round(time.time(), 3)
    sluice.send(
        [
            metric("counted", "1", "gauge", [point(now, asInt="1")]),
            metric(
                "counted.size",
                "By",
                "exponentialHistogram",
                [point(now, count="1", sum=1, positive={"bucketCounts": ["1"]}, exemplars=[exemplar(now, 1)])],
                aggregationTemporality=CUMULATIVE,
            ),
        ]
    )

    def written():
        after = [sluice.own_metric(f"otelcol_exporter_prometheusremotewrite_written_{what}") for what in ("samples", "histograms", "exemplars")]
        return [int(b - a) for a, b in zip(before, after)]

    # The gauge and target_info, the histogram, its exemplar.
    until(lambda: written() == [2, 1, 1], lambda: f"written {written()} instead of [2, 1, 1]")


class Restartable:
    """A Prometheus that checks may stop and start."""

    def __init__(self, prometheus):
        self.inner, self.process = prometheus, None
        self.port, self.api, self.raw, self.exemplars = prometheus.port, prometheus.api, prometheus.raw, prometheus.exemplars

    def start(self):
        self.process = contextlib.ExitStack()
        self.process.enter_context(self.inner.running())
        self.inner.await_ready()

    def stop(self):
        if self.process:
            self.process.close()
            self.process = None


def main():
    folder = Path(tempfile.mkdtemp(prefix="sluice-remotewrite-"))
    passed, failed = 0, 0
    with contextlib.ExitStack() as stack:
        prometheus = Restartable(Prometheus(folder))
        stack.callback(prometheus.stop)
        prometheus.start()
        for name, message in VERSIONS.items():
            sluice = Sluice(name, message, prometheus, folder)
            with sluice.running():
                sluice.await_ready()
                for one in (function for function, versions in CHECKS if name in versions):
                    try:
                        one(name, sluice, prometheus)
                        passed += 1
                        print(f"ok     {name} {one.__name__}", flush=True)
                    except AssertionError as error:
                        failed += 1
                        print(f"FAILED {name} {one.__name__}: {error}", flush=True)
    print(f"{passed} passed, {failed} failed, 0 skipped")
    if failed:
        print(f"logs: {folder}")
        sys.exit(1)
    shutil.rmtree(folder)


main()
