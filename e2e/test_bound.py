"""A million series where rules keep a hundred thousand."""

import time

from harness import senders
from harness.alerting import Hook, of_service, total
from harness.collectors import Collector
from harness.programs import SLUICE, wait_until
from harness.telemetry import REQUESTS

BOUNDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 0.75, 1, 1.8, 2.5, 5, 7.5, 10)
BUCKETS = len(BOUNDS) + 1
KEPT, ALL, AT_ONCE = 100_000, 70_000, 2_000
PATHS = KEPT // BUCKETS
SLOW = {f"/{i}" for i in range(0, PATHS, 100)}


def exports(start, number):
    """Each path's counts in requests of some paths each, those that are kept first. All of the others are slow."""
    for first in range(0, ALL, AT_ONCE):
        request = REQUESTS["metrics"]()
        metric = of_service(request.resource_metrics.add()).scope_metrics.add().metrics.add(name="latency", unit="s")
        metric.histogram.aggregation_temporality = 2
        at = time.time_ns()
        for i in range(first, first + AT_ONCE):
            point = metric.histogram.data_points.add(start_time_unix_nano=start, time_unix_nano=at, count=10 * number, explicit_bounds=BOUNDS)
            counts = [0] * BUCKETS
            counts[11 if i >= PATHS or f"/{i}" in SLOW else 3] = 10 * number
            point.bucket_counts.extend(counts)
            point.attributes.add(key="path").value.string_value = f"/{i}"
        yield request


def test_what_is_kept_is_right_and_the_rest_is_counted(tmp_path):
    with Hook() as hook, Collector(SLUICE, "bound", tmp_path, HOOK_PORT=hook.port, SLUICE_JAVA_OPTS="-Xmx256m") as sluice:
        start = time.time_ns()
        for number in (1, 2):
            senders.by_grpc(sluice.ports["GRPC"], exports(start, number))
        wait_until(lambda: hook.alerts("/direct", "firing").keys() >= SLOW, "the alerts of what is kept")
        metrics = sluice.metrics()
        assert total(metrics, "otelcol_rule_engine_series") == KEPT
        assert total(metrics, "otelcol_rule_engine_series_rejected") == 2 * (ALL * BUCKETS - KEPT)
        # The path whose series are kept in part lacks the last bucket, and so has no quantile.
        assert hook.alerts("/direct", "firing").keys() == SLOW
        resident, most = sluice.memory()
        print(f"{resident >> 20} MiB resident, {most >> 20} MiB at most")
        assert sluice.stop() == 0
