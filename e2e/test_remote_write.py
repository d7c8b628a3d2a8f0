"""What is written to a real Prometheus by remote write 1.0 and 2.0 comes back from its query API as it was sent."""

import time

import pytest

from harness.alerting import total
from harness.collectors import Collector
from harness.metrics import CUMULATIVE, DELTA, SPAN, TRACE, exemplar, metric, of_shop, point
from harness.programs import SLUICE, wait_until
from harness.prometheus import Prometheus
from harness.senders import by_http

VERSIONS = {"v1": "prometheus.WriteRequest", "v2": "io.prometheus.write.v2.Request"}


@pytest.fixture(scope="module")
def prometheus(tmp_path_factory):
    arguments = "--web.enable-remote-write-receiver", "--enable-feature=exemplar-storage"
    with Prometheus(tmp_path_factory.mktemp("prometheus"), {"global": {}}, *arguments) as running:
        yield running


def writer(prometheus, folder, version, name):
    """A Sluice that writes by that version; its series have its name as `sent_by`."""
    return Collector(SLUICE, "remote_write", folder, PROMETHEUS_PORT=prometheus.port, MESSAGE=VERSIONS[version], SENT_BY=name)


@pytest.fixture(scope="module", params=VERSIONS)
def version(request):
    return request.param


@pytest.fixture(scope="module")
def sluice(prometheus, version, tmp_path_factory):
    with writer(prometheus, tmp_path_factory.mktemp(version), version, version) as running:
        yield running


def send(port, *metrics):
    by_http(port, [of_shop(metrics)])


def of(version, name, **labels):
    """A selector."""
    return "%s{%s}" % (name, ",".join(f'{key}="{value}"' for key, value in {"sent_by": version, **labels}.items()))


def stored(prometheus, selector, at):
    """Its series with all samples of the five minutes before, as they are stored, without staleness markers."""
    return prometheus.query(f"{selector}[5m]", time=at)


def hold(prometheus, selector, at, expected):
    """The series is one, and its samples are the expected pairs of time and value. Its labels."""
    expected = [(round(when, 3), value) for when, value in expected]

    def up_to_the_latest():
        return [one for one in stored(prometheus, selector, at) if round(float(one["values"][-1][0]), 3) >= expected[-1][0]]

    (series,) = wait_until(up_to_the_latest, f"{selector} up to {expected[-1][0]}")
    assert [(round(float(when), 3), float(value)) for when, value in series["values"]] == expected, selector
    return series["metric"]


def buckets(histogram):
    """Their bounds, from below and from above, and their counts."""
    _, lows, highs, counts = zip(*histogram["buckets"])
    return [float(bound) for bound in lows], [float(bound) for bound in highs], [int(count) for count in counts]


def approximately(numbers):
    return pytest.approx(numbers, rel=1e-9, abs=0)


@pytest.fixture(scope="module")
def times(sluice):
    """Of what is sent here, something of each kind: now, and the first, second and third time before it."""
    now = round(time.time(), 3)
    start, first, second, third = now - 60, now - 30, now - 20, now - 10
    cumulative = {"aggregation_temporality": CUMULATIVE}
    delta = {"aggregation_temporality": DELTA}
    classic = {"explicit_bounds": [0.1, 1, 2.5], "sum": 6.5, "count": 12, "bucket_counts": [5, 3, 2, 2]}
    later = {"explicit_bounds": [0.1, 1, 2.5], "sum": 9.5, "count": 15, "bucket_counts": [6, 4, 2, 3]}
    native = {"scale": 1, "count": 23, "sum": 50.25, "zero_count": 2, "zero_threshold": 0.001}
    native |= {"positive": {"offset": 2, "bucket_counts": [4, 0, 6] + [0] * 9 + [5]}, "negative": {"offset": -1, "bucket_counts": [6]}}
    fine = {"scale": 10, "count": 3, "sum": 3.5, "positive": {"offset": 0, "bucket_counts": [1, 1, 0, 0, 1]}}
    summary = {"count": 4, "sum": 100, "quantile_values": [{"quantile": 0.5, "value": 20}]}
    send(
        sluice.ports["HTTP"],
        metric("room.temperature", "Cel", "gauge", [point(third, as_double=21.5), point(first, as_double=-3), point(second, as_int=7)]),
        metric(
            "requests",
            "1",
            "sum",
            [
                point(first, start, as_int=40, exemplars=[exemplar(first - 1, as_double=7)]),
                point(second, start, as_int=2**53 + 2, exemplars=[exemplar(second - 1, as_double=8)]),
            ],
            **cumulative,
            is_monotonic=True,
        ),
        metric(
            "request.duration",
            "s",
            "histogram",
            [
                point(second, start, **later, exemplars=[exemplar(second - 2, as_double=0.5), exemplar(second - 1, as_double=30)]),
                point(first, start, **classic, exemplars=[exemplar(first - 1, as_double=0.05)]),
            ],
            **cumulative,
        ),
        metric(
            "payload.size",
            "By",
            "exponential_histogram",
            [point(first, start, **native, exemplars=[exemplar(first - 1, as_double=3), exemplar(first - 2, as_double=4)])],
            **cumulative,
        ),
        metric("payload.fine", "By", "exponential_histogram", [point(first, start, **fine)], **cumulative),
        metric("rpc.latency", "s", "summary", [point(first, start, **summary)]),
        metric("jobs.done", "1", "sum", [point(second, first, as_int=5), point(first, start, as_int=3)], **delta, is_monotonic=True),
        metric(
            "jobs.time",
            "s",
            "histogram",
            [
                point(first, start, explicit_bounds=[1], count=3, sum=3, bucket_counts=[2, 1]),
                point(second, first, explicit_bounds=[1], count=4, sum=5, bucket_counts=[1, 3]),
            ],
            **delta,
        ),
    )
    return now, first, second, third


def test_every_sample_comes_back(prometheus, version, times):
    """Also of points out of order within a batch; and deltas are what they add up to."""
    now, first, second, third = times

    def holds(name, *expected, **labels):
        return hold(prometheus, of(version, name, **labels), now, expected)

    assert holds("room_temperature_celsius", (first, -3), (second, 7), (third, 21.5)) == {
        "__name__": "room_temperature_celsius",
        "job": "prod/shop",
        "instance": "one",
        "route": "/a",
        "otel_scope_name": "e2e",
        "sent_by": version,
    }
    holds("requests_total", (first, 40), (second, 2**53 + 2))
    holds("request_duration_seconds_sum", (first, 6.5), (second, 9.5))
    holds("request_duration_seconds_count", (first, 12), (second, 15))
    for le, counts in {"0.1": (5, 6), "1": (8, 10), "2.5": (10, 12), "+Inf": (12, 15)}.items():
        holds("request_duration_seconds_bucket", (first, counts[0]), (second, counts[1]), le=le)
    holds("rpc_latency_seconds", (first, 20), quantile="0.5")
    holds("rpc_latency_seconds_sum", (first, 100))
    holds("rpc_latency_seconds_count", (first, 4))
    holds("jobs_done_total", (first, 3), (second, 8))
    holds("jobs_time_seconds_count", (first, 3), (second, 7))
    holds("jobs_time_seconds_bucket", (first, 2), (second, 3), le="1")
    info = holds("target_info", (third, 1))
    assert (info["job"], info["instance"], info["region"]) == ("prod/shop", "one", "eu")


def test_native_histograms_come_back(prometheus, version, times):
    now, first, _, _ = times
    (series,) = wait_until(lambda: stored(prometheus, of(version, "payload_size_bytes"), now), "a native histogram")
    ((when, given),) = series["histograms"]
    assert round(float(when), 3) == first
    assert (given["count"], given["sum"]) == ("23", "50.25")
    # Base 2^(1/2). OTLP's bucket i reaches from base^i to base^(i + 1).
    lows, highs, counts = buckets(given)
    assert lows == approximately([-1, -0.001, 2, 4, 2**7])
    assert highs == approximately([-(2**-0.5), 0.001, 2**1.5, 2**2.5, 2**7.5])
    assert counts == [6, 2, 4, 6, 5]

    (series,) = wait_until(lambda: stored(prometheus, of(version, "payload_fine_bytes"), now), "a native histogram with small buckets")
    _, highs, counts = buckets(series["histograms"][0][1])
    assert counts == [2, 1], "buckets of scale 10 as those of scale 8"
    assert highs == approximately([2 ** (1 / 256), 2 ** (2 / 256)])


def test_exemplars_come_back(prometheus, version, times):
    now, first, second, _ = times
    bucket = "request_duration_seconds_bucket"
    for selector, expected in {
        of(version, "requests_total"): [(first - 1, 7), (second - 1, 8)],
        of(version, bucket, le="0.1"): [(first - 1, 0.05)],
        of(version, bucket, le="1"): [(second - 2, 0.5)],
        of(version, bucket, le="+Inf"): [(second - 1, 30)],
        of(version, "payload_size_bytes"): [(first - 2, 4), (first - 1, 3)],
    }.items():

        def found(selector=selector):
            return [one for series in prometheus.exemplars(selector, now - 300, now + 1) for one in series["exemplars"]]

        wait_until(lambda: len(found()) >= len(expected), lambda: f"{len(expected)} exemplars of {selector}, had {found()}")
        assert all(one["labels"] == {"trace_id": TRACE.hex(), "span_id": SPAN.hex()} for one in found()), found()
        given = sorted((round(float(one["timestamp"]), 3), float(one["value"])) for one in found())
        assert given == [(round(when, 3), value) for when, value in expected], selector


def test_explicit_bounds_come_back_as_custom_ones(prometheus, version, sluice):
    now = round(time.time(), 3)
    first, second = now - 20, now - 10
    histogram = {"explicit_bounds": [0.1, 1, 2.5], "sum": 6.5, "count": 13, "bucket_counts": [5, 0, 6, 2]}
    points = [point(first, now - 60, **histogram, exemplars=[exemplar(first, as_double=0.5)]), point(second, now - 60, flags=1)]
    send(sluice.ports["CUSTOM"], metric("custom.duration", "s", "histogram", points, aggregation_temporality=CUMULATIVE))
    mine = '{__name__=~"custom_duration_seconds.*",sent_by="%s"}' % version
    (series,) = wait_until(lambda: stored(prometheus, mine, now), "a histogram with custom buckets")
    assert series["metric"]["__name__"] == "custom_duration_seconds"
    ((when, given),) = series["histograms"]
    assert round(float(when), 3) == first
    assert (given["count"], given["sum"]) == ("13", "6.5")
    shown = [(low, high, count) for _, low, high, count in given["buckets"]]
    assert shown == [("-Inf", "0.1", "5"), ("1", "2.5", "6"), ("2.5", "+Inf", "2")]
    assert not prometheus.query(mine, time=now), "its end is marked"
    (found,) = prometheus.exemplars(mine, now - 300, now + 1)
    assert [one["value"] for one in found["exemplars"]] == ["0.5"]


def test_a_series_that_ends_is_gone_at_once(prometheus, version, sluice):
    now = round(time.time(), 3)
    classic = {"explicit_bounds": [1], "count": 2, "sum": 3, "bucket_counts": [1, 1]}
    native = {"count": 1, "positive": {"bucket_counts": [1]}}

    def report(at, **end):
        cumulative = {"aggregation_temporality": CUMULATIVE}
        send(
            sluice.ports["HTTP"],
            metric("ending", "1", "gauge", [point(at, **(end or {"as_int": 1}))]),
            metric("ending.time", "s", "histogram", [point(at, **(end or classic))], **cumulative),
            metric("ending.size", "By", "exponential_histogram", [point(at, **(end or native))], **cumulative),
        )

    everything = '{__name__=~"ending_.+",sent_by="%s"}' % version
    report(now - 20)
    wait_until(lambda: len(prometheus.query(everything, time=now - 15)) == 6, "six series")
    report(now - 10, flags=1)
    wait_until(lambda: not prometheus.query(everything, time=now - 5), "no series, by their markers")


def test_nothing_is_lost_or_doubled_while_prometheus_is_away(prometheus, version, sluice):
    now = round(time.time(), 3)
    delta = {"aggregation_temporality": DELTA, "is_monotonic": True}
    with prometheus.away():
        send(sluice.ports["HTTP"], metric("away", "1", "sum", [point(now - 20, now - 30, as_int=3)], **delta))
        send(sluice.ports["HTTP"], metric("away", "1", "sum", [point(now - 10, now - 20, as_int=4)], **delta))
        time.sleep(3)
    hold(prometheus, of(version, "away_total"), now, [(now - 20, 3), (now - 10, 7)])


def test_what_is_refused_is_not_repeated(prometheus, version, sluice):
    now = round(time.time(), 3)

    def report(*points):
        send(sluice.ports["HTTP"], *(metric(name, "1", "gauge", [point(at, as_int=value)]) for name, at, value in points))

    late, timely = of(version, "late_ratio"), of(version, "timely_ratio")
    report(("late", now - 10, 1))
    hold(prometheus, late, now, [(now - 10, 1)])
    report(("late", now - 20, 2), ("timely", now - 5, 3))
    report(("timely", now - 1, 4))
    # By 1.0 Prometheus takes all of a request or nothing; by 2.0 what it can.
    hold(prometheus, timely, now, [(now - 1, 4)] if version == "v1" else [(now - 5, 3), (now - 1, 4)])
    hold(prometheus, late, now, [(now - 10, 1)])


def test_what_was_written_is_counted(prometheus, tmp_path):
    """By 2.0. A Sluice of its own, since what others have sent may be counted only after it is there."""
    now = round(time.time(), 3)
    native = {"count": 1, "sum": 1, "positive": {"bucket_counts": [1]}, "exemplars": [exemplar(now, as_double=1)]}
    with writer(prometheus, tmp_path, "v2", "counted") as sluice:
        send(
            sluice.ports["HTTP"],
            metric("counted", "1", "gauge", [point(now, as_int=1)]),
            metric("counted.size", "By", "exponential_histogram", [point(now, **native)], aggregation_temporality=CUMULATIVE),
        )

        def written():
            metrics = sluice.metrics()
            return [total(metrics, f"otelcol_exporter_prometheusremotewrite_written_{what}") for what in ("samples", "histograms", "exemplars")]

        # The gauge and target_info, the histogram, its exemplar.
        wait_until(lambda: written() == [2, 1, 1], lambda: f"written {written()} instead of [2, 1, 1]")
