"""From a metric to somebody who is told, for many alerts that begin one after the other; Sluice's own figures say the same."""

import time
from datetime import datetime

import pytest

from harness import senders
from harness.alerting import Alerting, latencies, percentile, total
from harness.programs import wait_until
from harness.threads import Repeated

HOLD = 10


class Service(Repeated):
    """Reports five times a second on all of its paths, of which each is slow from some moment on: `slow` is from which report on."""

    def __init__(self, port, moments):
        super().__init__(0.2)
        self.port, self.moments, self.slow, self._begun = port, moments, {}, time.time()

    def once(self):
        now = time.time()
        seconds = {path: 3 if now - self._begun >= moment else 0.1 for path, moment in self.moments.items()}
        for path in seconds:
            if seconds[path] > 1:
                self.slow.setdefault(path, now)
        senders.by_grpc(self.port, [latencies(seconds, now)])


def events(alerting, kind):
    """By path, when an event of that kind came, and the time that it tells."""
    seen = {}
    for at, event in alerting.hook.messages("/events"):
        if event["type"].endswith(f".{kind}"):
            seen.setdefault(event["data"]["labels"]["path"], (at, datetime.fromisoformat(event["time"]).timestamp()))
    return seen


def printed(what, seconds):
    p50, p99 = percentile(seconds, 0.5), percentile(seconds, 0.99)
    print(f"{what}: p50 {p50:.3f} s, p99 {p99:.3f} s of {len(seconds)}")
    return p99


@pytest.mark.parametrize(
    ("group_wait", "number", "spread", "limit"),
    [(5, 120, 8, 18), pytest.param(30, 600, 120, 43, marks=pytest.mark.full)],
)
def test_a_breach_in_the_stream_reaches_somebody_in_time(tmp_path, group_wait, number, spread, limit):
    """From the moment at which an alert is due to fire to what a webhook and those behind Alertmanager's group_wait are told."""
    moments = {f"/{i}": 1 + spread * i / number for i in range(number)}
    route = {"group_wait": f"{group_wait}s", "group_by": ("alertname", "path")}
    with Alerting(tmp_path, "reaction", **route) as alerting, Service(alerting.sluice.ports["GRPC"], moments) as service:
        # Each alert is a group of its own.
        for path in ("/a", "/b"):
            wait_until(lambda path=path: alerting.hook.count(path) >= number, f"all alerts at {path}", spread + HOLD + group_wait + 60)
        metrics = alerting.sluice.metrics()
        # An alert is pending from the time of the evaluation that finds it.
        due = {path: active + HOLD for path, (_, active) in events(alerting, "pending").items()}
        fired = {path: at for path, (at, _) in events(alerting, "firing").items()}
        assert due.keys() == fired.keys() == service.slow.keys() == moments.keys()
        printed("webhook, since the breach and `for`", [at - service.slow[path] - HOLD for path, at in fired.items()])
        direct = [at - due[path] for path, at in fired.items()]
        late = {"webhook": printed("webhook", direct)}
        for path in ("/a", "/b"):
            told = alerting.hook.alerts(path, "firing")
            late[path] = printed(f"behind group_wait {group_wait} s, {path}", [at - due[of] for of, at in told.items()])
    # Pending ones are no reaction. Acting is the webhook; of each of the three there is a notification, which Alertmanager's own wait comes after.
    for name, each in (("action", 1), ("notify", 3), ("fire", 1)):
        assert total(metrics, f"otelcol_slo_{name}_latency_seconds_count") == each * number
        print(f"slo_{name}_latency_seconds: mean {mean(metrics, name):.3f} s, p99 at most {bound(metrics, name, 0.99)} s")
    assert late["webhook"] <= 2
    assert late["/a"] <= limit
    assert late["/b"] <= limit
    assert mean(metrics, "action") == pytest.approx(sum(direct) / number, abs=0.1)
    assert bound(metrics, "action", 0.99) <= 2


def mean(metrics, name):
    prefix = f"otelcol_slo_{name}_latency_seconds"
    return total(metrics, f"{prefix}_sum") / total(metrics, f"{prefix}_count")


def bound(metrics, name, share):
    """The lowest bound of a bucket that so large a share lies below."""
    prefix = f"otelcol_slo_{name}_latency_seconds"
    bounds = {series.split('le="')[1].split('"')[0] for series in metrics if series.startswith(f"{prefix}_bucket")}
    count = total(metrics, f"{prefix}_count")
    return min(float(le) for le in bounds if total(metrics, f"{prefix}_bucket", f'le="{le}"') >= share * count)
