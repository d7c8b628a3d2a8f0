"""Ten thousand idle connections and a thousand slow ones do not slow down the others, nor do a hundred thousand idle ones."""

import json
import resource
import statistics
import sys

import pytest

from harness.collectors import Collector
from harness.programs import PEERS, ROOT, SLUICE, Program, free_port, run

CROWDS = [(10_000, 1_000), (100_000, 0)]
PAIRS, SECONDS = 5, 10
RATE = 200


@pytest.mark.full
@pytest.mark.parametrize(("idle", "slow"), CROWDS, ids=["10k", "100k"])
def test_p99_beside_a_crowd(tmp_path, capsys, idle, slow):
    """
    The median of the ratios of interleaved pairs, without and with the crowd, against 1.2 and the spread of two equal runs, which is what a
    ratio may be off by here.
    """
    allow_files(idle + slow + 500)
    behind = free_port()
    with (
        Program([str(PEERS / "bin" / "bench-sink"), f"-listen=127.0.0.1:{behind}"], tmp_path).until_listening(behind),
        Collector(SLUICE, "gateway", tmp_path, SINK_GRPC_PORT=behind) as collector,
    ):
        port = collector.ports["HTTP"]
        p99(port)
        equal = sorted(p99(port) for _ in range(2))
        spread = equal[1] / equal[0] - 1
        pairs = []
        for number in range(PAIRS):
            alone = p99(port)
            with crowd(port, idle, slow, tmp_path, number):
                pairs.append((alone, p99(port)))
    ratio = statistics.median(beside / alone for alone, beside in pairs)
    shown = ", ".join(f"{alone:.2f} → {beside:.2f}" for alone, beside in pairs)
    with capsys.disabled():
        print(
            f"\np99 in ms, without → with {idle} idle and {slow} slow connections: {shown}; median ratio {ratio:.2f}, spread {spread:.2f}"
        )
    assert ratio <= 1.2 + spread


def p99(port):
    """Milliseconds, of requests at a fixed rate over HTTP."""
    payload = PEERS / "payloads" / "bench" / "traces.pb"
    command = [str(PEERS / "bin" / "bench-load"), f"-url=http://127.0.0.1:{port}/v1/traces", f"-payload={payload}"]
    code, output = run([*command, f"-rate={RATE}", f"-duration={SECONDS}s"])
    assert code == 0, output
    result = json.loads(output)
    assert result["failed"] == 0 and result["ok"] >= 0.9 * RATE * SECONDS, result
    return result["latency"]["p99_ms"]


def crowd(port, idle, slow, folder, number):
    command = [sys.executable, "-m", "harness.crowd", str(port), str(idle), str(slow)]
    program = Program(command, folder, {"PYTHONPATH": str(ROOT / "e2e")}, name=f"crowd-{number}")
    return program.until_says("ready")


def allow_files(needed):
    """To this process and those that it starts. Root may raise the bound."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, needed), max(hard, needed)))
    except (ValueError, PermissionError):
        pytest.skip(f"this machine allows {hard} files a process, {needed} are needed")
