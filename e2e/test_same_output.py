"""The same configuration and the same input give the same output of the Go Collector and of Sluice, once the lines are sorted."""

import json
import re

import pytest

from harness import senders
from harness.collectors import Collector
from harness.programs import GO, SLUICE
from harness.telemetry import SIGNALS, Generator


@pytest.fixture(scope="module")
def outputs(tmp_path_factory):
    """What each of the two wrote, by file."""
    generator = Generator(seed=4)
    requests = [generator.request(signal, resources, 2, 4) for signal in SIGNALS for resources in (1, 2, 3) for _ in range(10)]
    written = []
    for name, command in (("go", GO), ("sluice", SLUICE)):
        folder = tmp_path_factory.mktemp(name)
        with Collector(command, "output", folder) as collector:
            senders.by_grpc(collector.ports["GRPC"], requests)
        written.append({file.name: file.read_text().splitlines() for file in folder.iterdir()})
    return written


@pytest.mark.parametrize("file", ["basic.txt", "normal.txt", "detailed.txt"])
def test_debug(outputs, file):
    go, sluice = (sorted(output[file]) for output in outputs)
    assert len(go) > 60
    assert sluice == go


def test_file(outputs):
    """Equal as JSON: the order of keys says nothing."""
    go, sluice = (sorted(json.dumps(json.loads(line), sort_keys=True) for line in output["file.json"]) for output in outputs)
    assert len(go) == 90
    assert sluice == go


def test_debug_through_the_log(outputs):
    """The lines of the debug exporter with the default logger, but for the time. That logger keeps ten of a kind, then one of a hundred."""
    go, sluice = (sorted(_of_debug(output["log.txt"])) for output in outputs)
    assert len(go) == 30
    assert sluice == go


def _of_debug(lines):
    return [re.sub(r"^\S+", "TIME", line) for line in lines if '"debug/log"' in line]
