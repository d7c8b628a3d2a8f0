"""Sampling decisions equal the Go Collector's: what sampler/run compares, as one test."""

import pytest

from harness.programs import ROOT, run


@pytest.mark.parametrize("number", [20_000, pytest.param(100_000, marks=pytest.mark.full)])
def test_decisions_and_kept_items_equal_the_collectors(number):
    """Of so many spans and log records, with each of some hundred configurations."""
    code, output = run([str(ROOT / "e2e" / "sampler" / "run"), str(number)], deadline=1800)
    assert code == 0, output
