"""Alerts reach a real Alertmanager and webhooks: all replicas, repeated, resolved, and in time."""

import hashlib
import hmac
import random
import time

import pytest

from harness.alerting import Alerting, firing, percentile, resolved, total
from harness.programs import wait_until


@pytest.fixture
def alerting(tmp_path):
    with Alerting(tmp_path, "alerts") as running:
        yield running


def test_both_replicas_get_all_and_tell_of_them_in_groups(alerting):
    now = time.time()
    paths = {f"/{i}" for i in range(3)}
    alerting.send(*(firing(path, now, annotations={"summary": f"slow {path}"}) for path in sorted(paths)))
    for name, manager in alerting.managers.items():
        wait_until(lambda manager=manager: manager.alerts().keys() == paths, f"alerts of {name}")
        alert = manager.alerts()["/0"]
        assert alert["labels"] == {"alertname": "HighLatencyAPI", "path": "/0", "severity": "critical", "cluster": "e2e"}
        assert alert["annotations"] == {"summary": "slow /0"}
        wait_until(lambda name=name: alerting.hook.messages(f"/{name}"), f"what {name} tells")
        _, message = alerting.hook.messages(f"/{name}")[0]
        assert {told["labels"]["path"] for told in message["alerts"]} == paths
        assert message["groupLabels"] == {"alertname": "HighLatencyAPI"}


def test_the_webhook_is_told_in_the_same_shape_and_signed(alerting):
    alerting.send(firing("/a", time.time()))
    for path in ("/direct", "/a"):
        wait_until(lambda path=path: alerting.hook.messages(path), f"a message to {path}")
    _, direct = alerting.hook.messages("/direct")[0]
    _, manager = alerting.hook.messages("/a")[0]
    assert direct.keys() - manager.keys() == set()
    assert manager.keys() - direct.keys() <= {"notificationReason"}, manager.keys()
    assert direct["alerts"][0].keys() == manager["alerts"][0].keys()
    assert direct["groupKey"] == manager["groupKey"]
    # Alertmanager's alert has a label more, from the exporter, and so another fingerprint.
    assert direct["alerts"][0]["labels"] == {k: v for k, v in manager["alerts"][0]["labels"].items() if k != "cluster"}
    (headers, body) = next((headers, body) for _, path, headers, body in alerting.hook.got if path == "/direct")
    assert headers["X-Sluice-Signature-256"] == "sha256=" + hmac.new(b"opensesame", body, hashlib.sha256).hexdigest()


def test_fingerprints_are_alertmanagers(alerting):
    alert = firing("/a", time.time())
    alert["labels"]["cluster"] = "e2e"
    alerting.send(alert)
    for path in ("/direct", "/a"):
        wait_until(lambda path=path: alerting.hook.messages(path), f"a message to {path}")
    ((_, direct), (_, manager)) = (alerting.hook.messages(path)[0] for path in ("/direct", "/a"))
    assert direct["alerts"][0]["fingerprint"] == manager["alerts"][0]["fingerprint"]


def test_a_repeat_prolongs_the_alert_and_is_no_news_to_the_webhook(alerting):
    now = time.time()
    alerting.send(firing("/a", now, ends=now + 60))
    manager = alerting.managers["a"]
    wait_until(lambda: "/a" in manager.alerts(), "the alert")
    before = manager.alerts()["/a"]["endsAt"]
    alerting.send(firing("/a", now, ends=now + 300, repeat=True))
    wait_until(lambda: manager.alerts()["/a"]["endsAt"] > before, "a later end")
    assert manager.alerts()["/a"]["startsAt"] == wait_until(lambda: alerting.managers["b"].alerts(), "alerts of b")["/a"]["startsAt"]
    alerting.send(resolved("/a", now))
    wait_until(lambda: alerting.hook.alerts("/direct", "resolved"), "the end")
    assert [message["status"] for _, message in alerting.hook.messages("/direct")] == ["firing", "resolved"]


def test_a_resolved_alert_is_resolved_everywhere(alerting):
    now = time.time()
    alerting.send(firing("/a", now), firing("/b", now))
    for name in alerting.managers:
        wait_until(lambda name=name: alerting.hook.alerts(f"/{name}", "firing").keys() == {"/a", "/b"}, f"alerts from {name}")
    alerting.send(resolved("/a", now))
    for name, manager in alerting.managers.items():
        wait_until(lambda name=name: alerting.hook.alerts(f"/{name}", "resolved").keys() == {"/a"}, f"the end from {name}")
        wait_until(lambda manager=manager: manager.alerts().keys() == {"/b"}, f"one alert of {name}")


def test_a_replica_that_was_away_hears_of_what_still_fires_at_the_next_repeat(alerting):
    now = time.time()
    alerting.send(firing("/a", now))
    restart = alerting.restart("b")
    next(restart)
    alerting.send(firing("/b", now))
    wait_until(lambda: alerting.managers["a"].alerts().keys() == {"/a", "/b"}, "all alerts of the one that stays")
    next(restart)
    assert alerting.managers["b"].alerts() == {}
    alerting.send(firing("/a", now, repeat=True), firing("/b", now, repeat=True))
    wait_until(lambda: alerting.managers["b"].alerts().keys() == {"/a", "/b"}, "all alerts of the one that is back")


def test_while_no_replica_is_there_alerts_wait(alerting):
    restart = alerting.restart("a")
    next(restart)
    alerting.managers["b"].stop()
    alerting.send(firing("/a", time.time()))
    wait_until(lambda: alerting.hook.alerts("/direct", "firing"), "the webhook, which waits for nobody")
    next(restart)
    wait_until(lambda: "/a" in alerting.managers["a"].alerts(), "the alert that waited")


@pytest.mark.parametrize(
    ("group_wait", "number", "limit"),
    [(2, 40, 15), pytest.param(30, 200, 43, marks=pytest.mark.full)],
)
def test_an_action_is_acknowledged_in_time(tmp_path, group_wait, number, limit):
    """From the boundary at which an alert fires to the receipt of a webhook: behind Alertmanager's group_wait, and directly."""
    with Alerting(tmp_path, "alerts", group_wait=f"{group_wait}s", group_by=("alertname", "path")) as alerting:
        clock = random.Random(1)
        due = {}
        for i in range(number):
            path = f"/{i}"
            due[path] = time.time()
            alerting.send(firing(path, due[path]))
            time.sleep(clock.random() * 0.2)
        late = {}
        for path in ("/direct", "/a", "/b"):
            wait_until(lambda path=path: len(alerting.hook.alerts(path, "firing")) == number, f"all alerts at {path}", group_wait + 60)
            late[path] = [at - due[told] for told, at in alerting.hook.alerts(path, "firing").items()]
            print(f"{path}: p50 {percentile(late[path], 0.5):.3f} s, p99 {percentile(late[path], 0.99):.3f} s of {number}")
        assert percentile(late["/direct"], 0.99) <= 2
        assert percentile(late["/a"], 0.99) <= limit
        assert percentile(late["/b"], 0.99) <= limit
        # Sluice's own measure: an action of the webhook, and of each of the three a notification.
        metrics = alerting.sluice.metrics()
        for name, each in (("action", 1), ("notify", 3)):
            assert total(metrics, f"otelcol_slo_{name}_latency_seconds_count") == each * number
            assert total(metrics, f"otelcol_slo_{name}_latency_seconds_bucket", 'le="2"') >= 0.99 * each * number
