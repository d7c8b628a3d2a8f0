"""Real clients deliver through otlp -> memory_limiter -> batch -> otlp_grpc, otlp_http, file: every item once, and as it was sent."""

import struct
from contextlib import contextmanager

import pytest

from harness import python_sdk, senders
from harness.collectors import Collector
from harness.programs import PEERS, SLUICE, java, run
from harness.sinks import Sink
from harness.telemetry import SIGNALS, Generator, difference, from_json, items


class Delivery:
    """The pipeline under test with a sink behind each of its network exporters."""

    def __init__(self, collector, sinks, folder):
        self.collector, self.sinks, self.folder = collector, sinks, folder

    def port(self, protocol):
        return self.collector.ports["GRPC" if protocol == "grpc" else "HTTP"]

    def arrived(self, signal):
        """The items at the end of each way. The collector has stopped, so that nothing is on its way any more."""
        lines = (self.folder / f"{signal}.json").read_text().splitlines()
        return {
            **{way: sink.items(signal) for way, sink in self.sinks.items()},
            "file proto": items(frames((self.folder / f"{signal}.proto").read_bytes()), signal),
            "file json": items([from_json(line, signal) for line in lines], signal),
        }

    def check(self, signal, sent, sent_as_json=None):
        """JSON cannot carry fields that the schema does not know, so there the rest is compared."""
        assert sum(sent.values()) > 0
        for way, arrived in self.arrived(signal).items():
            wanted = sent_as_json if way.endswith("json") and sent_as_json else sent
            assert arrived == wanted, f"{signal} by {way}:\n{difference(wanted, arrived)}"


def frames(data):
    """The messages of a file of format proto: four bytes of length before each."""
    messages, at = [], 0
    while at < len(data):
        (size,) = struct.unpack_from(">I", data, at)
        at += 4 + size
        assert at <= len(data), "the file ends within a message"
        messages.append(data[at - size : at])
    return messages


@contextmanager
def delivery(folder):
    with Sink() as by_grpc, Sink() as by_http, Sink() as by_json:
        ports = {"SINK_GRPC_PORT": by_grpc.grpc_port, "SINK_HTTP_PORT": by_http.http_port, "SINK_JSON_PORT": by_json.http_port}
        sinks = {"otlp_grpc": by_grpc, "otlp_http": by_http, "otlp_http json": by_json}
        with Collector(SLUICE, "delivery", folder, **ports) as collector:
            yield Delivery(collector, sinks, folder)


@pytest.mark.parametrize("protocol", ["grpc", "http/protobuf", "http/json"])
def test_bytes_of_every_field_and_of_unknown_ones(protocol, tmp_path):
    generator = Generator(seed=158, unknown=protocol != "http/json")
    sent = {signal: [generator.request(signal, 3, 2, 20) for _ in range(10)] for signal in SIGNALS}
    with delivery(tmp_path) as pipeline:
        for requests in sent.values():
            if protocol == "grpc":
                senders.by_grpc(pipeline.port("grpc"), requests)
            else:
                senders.by_http(pipeline.port("http"), requests, json=protocol == "http/json")
    for signal, requests in sent.items():
        pipeline.check(signal, items(requests, signal), items(requests, signal, unknown=False))


@pytest.mark.parametrize("protocol", ["grpc", "http"])
def test_java_sdk(protocol, tmp_path):
    with Sink() as truth, delivery(tmp_path) as pipeline:
        direct = truth.grpc_port if protocol == "grpc" else truth.http_port
        urls = [f"http://127.0.0.1:{port}" for port in (direct, pipeline.port(protocol))]
        code, output = run(java("dev.sluice.e2e.SdkClient", protocol, *urls), folder=tmp_path)
        assert code == 0, output
    for signal in SIGNALS:
        pipeline.check(signal, truth.items(signal))


@pytest.mark.parametrize("protocol", ["grpc", "http"])
def test_python_sdk(protocol, tmp_path):
    with Sink() as truth, delivery(tmp_path) as pipeline:
        direct = truth.grpc_port if protocol == "grpc" else truth.http_port
        python_sdk.send(protocol, [f"http://127.0.0.1:{port}" for port in (direct, pipeline.port(protocol))])
    for signal in SIGNALS:
        pipeline.check(signal, truth.items(signal))


@pytest.mark.parametrize("protocol", ["grpc", "http"])
def test_telemetrygen(protocol, tmp_path):
    """telemetrygen does not tell what it sent, but how much: all of it arrives, and the same by every way."""
    with delivery(tmp_path) as pipeline:
        for signal in SIGNALS:
            command = [str(PEERS / "bin" / "telemetrygen"), signal, f"--{signal}=400", "--workers=2", "--otlp-insecure", "--rate=0"]
            command += [f"--otlp-endpoint=127.0.0.1:{pipeline.port(protocol)}"] + (["--otlp-http"] if protocol == "http" else [])
            code, output = run(command, folder=tmp_path)
            assert code == 0, output
    spans_a_trace = 2
    for signal in SIGNALS:
        first = pipeline.sinks["otlp_grpc"].items(signal)
        assert sum(first.values()) == 2 * 400 * (spans_a_trace if signal == "traces" else 1)
        pipeline.check(signal, first)
