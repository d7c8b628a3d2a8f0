"""Rules held against what a running Sluice has written to a file."""

import pytest

from harness import senders
from harness.alerting import latency
from harness.collectors import Collector
from harness.programs import SLUICE, run

RULE = "groups: [{name: g, rules: [{alert: Slow, expr: 'max by (path) (request_latency_seconds{job=\"%s\"}) > 1'}]}]"


@pytest.mark.parametrize(
    ("job", "code", "says"),
    [
        ("shop/api", 0, "SUCCESS: nothing found"),
        ("api", 2, 'L1: Slow: matches nothing: job="api" is wanted, and the nearest series has job="shop/api"'),
    ],
)
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
