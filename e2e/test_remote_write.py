"""What is written to a real Prometheus by remote write 1.0 and 2.0 comes back: see remotewrite/README.md."""

from pathlib import Path

from harness.programs import PEERS, SLUICE, run


def test_prometheus_gives_back_what_was_written():
    code, output = run([str(Path(__file__).parent / "remotewrite" / "run")], {"PEERS": str(PEERS), "SLUICE": SLUICE[0]}, deadline=600)
    assert code == 0, output
