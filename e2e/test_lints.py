"""Rules held against what a running Sluice has written to a file, and against what is sent meanwhile."""

import signal

import pytest

from harness import senders
from harness.alerting import latency
from harness.collectors import Collector
from harness.programs import SLUICE, Program, free_port, run

RULE = "groups: [{name: g, rules: [{alert: Slow, expr: 'max by (path) (request_latency_seconds{job=\"%s\"}) > 1'}]}]"


VERDICTS = pytest.mark.parametrize(
    ("job", "code", "says"),
    [
        ("shop/api", 0, "SUCCESS: nothing found"),
        ("api", 2, 'L1: Slow: matches nothing: job="api" is wanted, and the nearest series has job="shop/api"'),
    ],
)


@VERDICTS
def test_a_rule_that_cannot_match_is_found(tmp_path, job, code, says):
    with Collector(SLUICE, "capture", tmp_path) as collector:
        for _ in range(3):
            senders.by_grpc(collector.ports["GRPC"], [latency("/checkout", 3)])
        assert collector.stop() == 0
    rules = tmp_path / "rules.yml"
    rules.write_text(RULE % job)
    ended, printed = run([*SLUICE, "check", "rules", str(rules), "--telemetry", str(tmp_path / "metrics.json")])
    assert says in printed
    assert ended == code


@VERDICTS
@pytest.mark.parametrize(("scheme", "send"), [("otlp", senders.by_grpc), ("otlp+http", senders.by_http)])
def test_it_is_found_in_what_is_sent_to_an_address(tmp_path, job, code, says, scheme, send):
    rules = tmp_path / "rules.yml"
    rules.write_text(RULE % job)
    port = free_port()
    address = f"{scheme}://127.0.0.1:{port}"
    with Program([*SLUICE, "check", "rules", str(rules), "--telemetry", address, "--for", "1h"], tmp_path) as checking:
        checking.until_listening(port)
        for _ in range(3):
            send(port, [latency("/checkout", 3)])
        # As who has seen enough.
        checking.signal(signal.SIGINT)
        assert checking.wait() == code, checking.output()
    assert says in checking.stdout()
