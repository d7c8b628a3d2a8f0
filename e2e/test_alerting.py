"""The whole way: a metric, a rule in the stream, a real Alertmanager and a webhook."""

import json

import pytest

from harness import senders
from harness.alerting import Alerting, latency, total
from harness.programs import wait_until
from harness.threads import Repeated


@pytest.fixture
def alerting(tmp_path):
    with Alerting(tmp_path, "alerting") as running:
        yield running


class Service(Repeated):
    """Reports its latency five times a second."""

    def __init__(self, port):
        super().__init__(0.2)
        self.port, self.seconds = port, 0.1

    def once(self):
        senders.by_grpc(self.port, [latency("/checkout", self.seconds)])


def types(alerting):
    return [event["type"].removeprefix("dev.sluice.slo.alert.") for _, event in alerting.hook.messages("/events")]


def test_a_slow_service_is_told_of_everywhere_repeated_and_resolved(alerting):
    with Service(alerting.sluice.ports["GRPC"]) as service:
        service.seconds = 3
        managers = alerting.managers
        for name, manager in managers.items():
            alert = wait_until(lambda manager=manager: manager.alerts().get("/checkout"), f"the alert of {name}")
            assert alert["labels"] == {
                "alertname": "Slow",
                "cluster": "e2e",
                "instance": "one",
                "job": "shop/api",
                "path": "/checkout",
                "severity": "critical",
            }
            assert alert["annotations"] == {"summary": "3s on /checkout"}
        # Nothing new is to be said, and it is said again.
        before = managers["a"].alerts()["/checkout"]["endsAt"]
        wait_until(lambda: managers["a"].alerts()["/checkout"]["endsAt"] > before, "a later end")
        restart = alerting.restart("b")
        next(restart)
        next(restart)
        wait_until(lambda: "/checkout" in managers["b"].alerts(), "the alert of the one that is back")

        service.seconds = 0.1
        wait_until(lambda: not managers["a"].alerts() and not managers["b"].alerts(), "the end of the alert")
        for path in ("/a", "/b"):
            wait_until(lambda path=path: alerting.hook.alerts(path, "resolved"), f"the end from {path}")
        wait_until(lambda: types(alerting) == ["pending", "firing", "resolved"], lambda: f"each change once, had {types(alerting)}")

    firing, resolved = (event for _, event in alerting.hook.messages("/events")[1:])
    assert firing["subject"] == resolved["subject"] == firing["data"]["fingerprint"]
    assert firing["source"] == "/rules/latency/Slow"
    metrics = alerting.sluice.metrics()
    for name in ("fire", "action"):
        assert total(metrics, f"otelcol_slo_{name}_latency_seconds_count") == 1, json.dumps(metrics)
        assert total(metrics, f"otelcol_slo_{name}_latency_seconds_sum") <= 4, json.dumps(metrics)
