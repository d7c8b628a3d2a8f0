"""A restart and a reload in the middle of `for`, in Sluice and in a real Prometheus that has the same rules and samples: what is asserted holds for both."""

import contextlib
import http.client
import re
import signal
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor

import pytest
import yaml

from harness import senders
from harness.alerting import latency
from harness.cases import CONFIGS
from harness.collectors import Collector
from harness.programs import SLUICE, free_port, wait_until
from harness.prometheus import Prometheus

FOR = 25
# Evaluations come every second, at times that may lie a second back.
STEP = 2
# How much later what is seen may come about on a machine that has other work.
SLOW = 10
LABELS = re.compile(r'(\w+)="([^"]*)"')


class Sluice:
    # What rules know is written down every ten seconds, and at an end.
    saved = 10

    def __init__(self, folder):
        # Nobody listens to what it tells of alerts.
        self.start = lambda: Collector(SLUICE, "restart", folder, HOOK_PORT=free_port())

    @staticmethod
    def send(running, request):
        senders.by_grpc(running.ports["GRPC"], [request])

    @staticmethod
    def series(running):
        with urllib.request.urlopen(f"http://127.0.0.1:{running.ports['SCRAPE']}/metrics", timeout=30) as response:
            lines = response.read().decode().splitlines()
        for line in lines:
            if line.startswith("ALERTS"):
                name, labels = line.split("{", 1)
                yield name, dict(LABELS.findall(labels)), float(line.rsplit("} ", 1)[1].split()[0])

    @staticmethod
    def add(running, rule):
        text = running.config.read_text()
        running.config.write_text(text.replace("        rules:\n", f"        rules:\n          - {rule}\n"))
        running.signal(signal.SIGHUP)


class RealPrometheus:
    # With every evaluation.
    saved = 0

    def __init__(self, folder):
        self.rules = folder / "rules.yml"
        processor = yaml.safe_load((CONFIGS / "run" / "restart.yaml").read_text())["processors"]["slo"]
        self.rules.write_text(yaml.safe_dump({"groups": processor["groups"]}))
        self.start = lambda: Prometheus(folder, {"rule_files": [str(self.rules)]}, "--web.enable-otlp-receiver")

    @staticmethod
    def send(running, request):
        with contextlib.closing(http.client.HTTPConnection("127.0.0.1", running.port, timeout=60)) as connection:
            status, answer = senders.post(connection, "/api/v1/otlp/v1/metrics", request.SerializeToString())
        assert status == 200, answer

    @staticmethod
    def series(running):
        for one in running.query('{__name__=~"ALERTS|ALERTS_FOR_STATE"}'):
            yield one["metric"]["__name__"], one["metric"], float(one["value"][1])

    def add(self, running, rule):
        groups = yaml.safe_load(self.rules.read_text())
        groups["groups"][0]["rules"].insert(0, yaml.safe_load(rule))
        self.rules.write_text(yaml.safe_dump(groups))
        running.signal(signal.SIGHUP)


def slow(peer, running):
    """What is so of each alert while the service is slow: since when, and in which state."""
    peer.send(running, latency("/checkout", 3))
    alerts = {}
    for name, labels, value in peer.series(running):
        since, states = alerts.get(labels["alertname"], (None, set()))
        if name == "ALERTS_FOR_STATE":
            since = value
        elif value == 1:
            states = states | {labels["alertstate"]}
        alerts[labels["alertname"]] = since, states
    time.sleep(0.5)
    return alerts


def until(peer, running, what, condition):
    return wait_until(lambda: (lambda alerts: condition(alerts) and alerts)(slow(peer, running)), what, 120)


def until_state(peer, running, alert, state):
    return until(peer, running, f"{alert} {state}", lambda alerts: alert in alerts and state in alerts[alert][1] and alerts[alert][0])


def restart(peer, end):
    with peer.start() as running:
        until_state(peer, running, "Slow", "firing")
        pending = until_state(peer, running, "SlowForAWhile", "pending")
        until(peer, running, "half of the time", lambda _: time.time() > pending["SlowForAWhile"][0] + FOR / 2)
        before = slow(peer, running)
        seen = time.time()
        running.signal(end)
        running.wait()
    down = time.time()
    time.sleep(3)
    begun = time.time()
    with peer.start() as running:
        # Not its state, which Prometheus may still read from samples of before.
        until(
            peer,
            running,
            "SlowForAWhile anew",
            lambda alerts: (alerts.get("SlowForAWhile", (None,))[0] or 0) > before["SlowForAWhile"][0],
        )
        up = time.time()
        after = until_state(peer, running, "SlowForAWhile", "firing")
        fired = time.time()
    if isinstance(peer, Sluice):
        # The one difference: Prometheus says for a moment that this does not fire.
        assert after["Slow"] == before["Slow"]
    # Where `for` is under ten minutes it begins anew.
    assert begun - STEP <= after["SlowForAWhile"][0] <= up
    assert fired >= after["SlowForAWhile"][0] + FOR
    # Else it goes on, and the time without evaluations is not counted as time that the condition held.
    assert after["SlowForLong"][0] < after["SlowForAWhile"][0]
    shift = after["SlowForLong"][0] - before["SlowForLong"][0]
    assert begun - down - STEP <= shift <= up - seen + SLOW + (peer.saved if end == signal.SIGKILL else 0)


def reload(peer):
    with peer.start() as running:
        before = until_state(peer, running, "SlowForAWhile", "pending")
        peer.add(running, "{alert: Added, expr: vector(1), for: 30m}")
        until_state(peer, running, "Added", "pending")
        after = until_state(peer, running, "SlowForAWhile", "firing")
    assert {alert: since for alert, (since, _) in after.items() if alert != "Added"} == {alert: since for alert, (since, _) in before.items()}


PEERS = Sluice, RealPrometheus
CHANGES = {
    "ended": lambda peer: restart(peer, signal.SIGTERM),
    "killed": lambda peer: restart(peer, signal.SIGKILL),
    "reloaded": reload,
}


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory):
    """All at once, since each waits most of the time."""
    with ThreadPoolExecutor(len(PEERS) * len(CHANGES)) as pool:
        yield {
            (peer, change): pool.submit(CHANGES[change], peer(tmp_path_factory.mktemp(f"{peer.__name__}-{change}")))
            for peer in PEERS
            for change in CHANGES
        }


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("peer", PEERS)
def test_in_the_middle_of_for(outcomes, peer, change):
    outcomes[peer, change].result()
