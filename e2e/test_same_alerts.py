"""The same rules and samples give the same alerts as in Prometheus: what rules/run compares, as one test."""

from harness.programs import ROOT, run


def test_alerts_and_series_of_two_random_hours_equal_prometheus():
    """At each of 480 steps, 20 times over."""
    code, output = run([str(ROOT / "e2e" / "rules" / "run")], deadline=1800)
    assert code == 0, output
