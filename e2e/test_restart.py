"""Alerts over a reload and a kill -9: what fires goes on firing, what is pending as Prometheus has it, and a damaged file stops nothing."""

import signal
import time
import urllib.request

import pytest

from harness import senders
from harness.alerting import Hook, latency
from harness.collectors import Collector
from harness.programs import SLUICE, wait_until

# What was saved last is of ten seconds before a kill at most; the rest is room for a slow machine.
PERIOD = 10


@pytest.fixture
def hook():
    with Hook() as running:
        yield running


def collector(folder, hook):
    return Collector(SLUICE, "restart", folder, HOOK_PORT=hook.port)


def report(running, seconds):
    senders.by_grpc(running.ports["GRPC"], [latency("/checkout", seconds)])


def told(hook):
    return [event["type"].removeprefix("dev.sluice.slo.alert.") for _, event in hook.messages("/events")]


def active_since(running, alert):
    """The value of ALERTS_FOR_STATE, which is when the condition began to hold."""
    with urllib.request.urlopen(f"http://127.0.0.1:{running.ports['SCRAPE']}/metrics", timeout=30) as response:
        for line in response.read().decode().splitlines():
            if line.startswith("ALERTS_FOR_STATE{") and f'alertname="{alert}"' in line:
                return float(line.split("} ")[1].split()[0])
    return None


def since(running, alert):
    def reported():
        report(running, 3)
        return active_since(running, alert)

    return wait_until(reported, f"the series of {alert}")


def saved(folder, after):
    """Waits for a file that was written completely after that time."""
    file = folder / "state" / "processor_slo__metrics" / "rules"
    wait_until(lambda: file.exists() and file.stat().st_mtime > after, "what the rules know, on disk")
    return file


def test_alerts_go_on_after_a_kill(tmp_path, hook):
    with collector(tmp_path, hook) as running:
        report(running, 3)
        wait_until(lambda: (report(running, 3), told(hook) == ["firing"])[1], lambda: f"the alert, had {told(hook)}")
        fired, pending = since(running, "Slow"), since(running, "SlowForLong")
        saved(tmp_path, time.time())
        running.process.kill()
        running.process.wait()
    killed = time.time()
    with collector(tmp_path, hook) as running:
        up = time.time()
        assert since(running, "Slow") == fired
        # Not pending while it was away: it goes on where it was.
        shift = since(running, "SlowForLong") - pending
        assert 0 <= shift <= up - killed + PERIOD + 20
        assert shift < up - pending, "it began anew"
        assert told(hook) == ["firing"]

        # The average of a minute falls once there is enough of what is good.
        wait_until(lambda: ([report(running, 0) for _ in range(50)], told(hook) == ["firing", "resolved"])[1], lambda: f"the end, had {told(hook)}")
        assert running.stop() == 0
    with collector(tmp_path, hook) as running:
        report(running, 0)
        saved(tmp_path, time.time())
        assert told(hook) == ["firing", "resolved"]
        assert running.stop() == 0


def test_a_reload_with_other_rules_changes_nothing_of_alerts(tmp_path, hook):
    with collector(tmp_path, hook) as running:
        wait_until(lambda: (report(running, 3), told(hook) == ["firing"])[1], lambda: f"the alert, had {told(hook)}")
        before = since(running, "Slow"), since(running, "SlowForLong")
        rules = running.config.read_text()
        running.config.write_text(rules.replace("        rules:\n", "        rules:\n          - alert: Added\n            expr: vector(1)\n            for: 30m\n"))
        running.signal(signal.SIGHUP)
        wait_until(lambda: running.output().count("Everything is ready") == 2, "the end of the reload")
        since(running, "Added")
        assert (since(running, "Slow"), since(running, "SlowForLong")) == before
        assert told(hook) == ["firing"]
        assert running.stop() == 0


def test_a_damaged_file_is_set_aside(tmp_path, hook):
    with collector(tmp_path, hook) as running:
        report(running, 3)
        assert running.stop() == 0
    file = tmp_path / "state" / "processor_slo__metrics" / "rules"
    whole = file.read_bytes()
    file.write_bytes(whole[: len(whole) // 2])
    with collector(tmp_path, hook) as running:
        running.until_says("The rules begin anew")
        assert file.with_suffix(".damaged").read_bytes() == whole[: len(whole) // 2]
        wait_until(lambda: (report(running, 3), told(hook) == ["firing"])[1], lambda: f"the alert, had {told(hook)}")
        assert running.stop() == 0


def test_two_processes_do_not_share_a_directory(tmp_path, hook):
    with collector(tmp_path, hook):
        other = tmp_path / "other"
        other.mkdir()
        second = Collector(SLUICE, "restart", other, HOOK_PORT=hook.port, FOLDER=tmp_path)
        assert second.process.wait(60) == 1
        assert "is in use" in second.output()
