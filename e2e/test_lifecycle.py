"""Reload, drain and secrets, as an operator meets them."""

import contextlib
import signal
import threading

import grpc
import pytest

from harness import raw, senders
from harness.collectors import Collector
from harness.programs import ROOT, SLUICE, run, wait_until
from harness.sinks import Sink
from harness.telemetry import SERVICES, Generator, difference, items

SECRET = "s3cr3t-t0k3n-of-the-sink"


@pytest.fixture
def sink():
    with Sink() as sink:
        yield sink


def send(collector, sink, seed):
    """One request, by both protocols; it must arrive twice."""
    request = Generator(seed).request("traces")
    before = sink.total("traces")
    senders.by_grpc(collector.ports["GRPC"], [request])
    senders.by_http(collector.ports["HTTP"], [request])
    sink.until("traces", before + 2 * sum(items([request], "traces").values()))


def test_reload_with_a_bad_configuration_keeps_serving(sink, tmp_path):
    with Collector(SLUICE, "gateway", tmp_path, SINK_GRPC_PORT=sink.grpc_port) as collector:
        good = collector.config.read_text()
        send(collector, sink, 1)

        collector.config.write_text(good.replace("exporters: [otlp_grpc]", "exporters: [nosuch]"))
        collector.signal(signal.SIGHUP)
        collector.until_says("which is not configured")
        send(collector, sink, 2)

        collector.config.write_text(good.replace("timeout: 50ms", "timeout: forever"))
        collector.signal(signal.SIGHUP)
        collector.until_says("'timeout' time: invalid duration")
        send(collector, sink, 3)

        # And the way back: what is right again is taken.
        collector.config.write_text(good.replace("      http:\n", "      http:\n        traces_url_path: /moved\n"))
        collector.signal(signal.SIGHUP)
        wait_until(lambda: _posts(collector.ports["HTTP"], "/moved"), "the new path after a reload")
        assert collector.stop() == 0


def _posts(port, path):
    with contextlib.suppress(OSError, AssertionError):
        return raw.post(port, path, Generator(4).request("traces").SerializeToString()) == 200
    return False


class Load:
    """Clients that send until they are refused, and remember what was accepted."""

    def __init__(self, port, clients=4):
        self.port = port
        self.accepted = []
        self.threads = [threading.Thread(target=self._send, args=(seed,)) for seed in range(clients)]

    def _send(self, seed):
        generator = Generator(seed)
        with grpc.insecure_channel(f"127.0.0.1:{self.port}") as channel:
            while True:
                request = generator.request("traces", 2, 1, 10)
                try:
                    channel.unary_unary(SERVICES["traces"])(request.SerializeToString(), timeout=60)
                except grpc.RpcError:
                    return
                self.accepted.append(request)

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_):
        for thread in self.threads:
            thread.join()


def test_sigterm_under_load_drains_everything_accepted(sink, tmp_path):
    with Collector(SLUICE, "gateway", tmp_path, SINK_GRPC_PORT=sink.grpc_port) as collector, Load(collector.ports["GRPC"]) as load:
        sink.until("traces", 2000)
        assert collector.stop() == 0
    wanted, arrived = items(load.accepted, "traces"), sink.items("traces")
    # A request may have been taken whose answer did not get back any more; all that were answered must be there, once.
    assert not wanted - arrived, difference(wanted, arrived)
    assert max(arrived.values()) == 1


def test_sigint_ends_like_sigterm(sink, tmp_path):
    with Collector(SLUICE, "gateway", tmp_path, SINK_GRPC_PORT=sink.grpc_port) as collector:
        send(collector, sink, 1)
        collector.signal(signal.SIGINT)
        assert collector.wait() == 0


def test_a_port_in_use_ends_the_start_with_1(sink, tmp_path):
    with Collector(SLUICE, "gateway", tmp_path, SINK_GRPC_PORT=sink.grpc_port) as first:
        folder = tmp_path / "second"
        folder.mkdir()
        second = Collector(SLUICE, "gateway", folder, SINK_GRPC_PORT=sink.grpc_port, GRPC_PORT=first.ports["GRPC"])
        assert second.wait() == 1
        assert str(first.ports["GRPC"]) in second.output()
        send(first, sink, 1)


def test_secrets_reach_the_backend_and_nothing_else(sink, tmp_path):
    arguments = ["--set=service.telemetry.logs.level=debug"]
    with Collector(SLUICE, "gateway", tmp_path, arguments, SINK_GRPC_PORT=sink.grpc_port, TOKEN=SECRET) as collector:
        send(collector, sink, 1)
        assert {headers["authorization"] for headers in sink.headers} == {f"Bearer {SECRET}"}
        broken = collector.config.read_text().replace("authorization: Bearer ${env:TOKEN:-none}", f"[authorization: Bearer {SECRET}")
        collector.config.write_text(broken)
        collector.signal(signal.SIGHUP)
        collector.until_says("gateway.yaml:")
        collector.config.write_text(broken.replace("[authorization", "nosuch: 1\n      authorization"))
        collector.signal(signal.SIGHUP)
        send(collector, sink, 2)
        assert collector.stop() == 0
    assert SECRET not in collector.output()


@pytest.mark.parametrize("command", [["print-config"], ["print-config", "--format=json"], ["validate"], []], ids=" ".join)
def test_secrets_are_not_printed_by_commands(command, tmp_path):
    """Also where the value beside them is what is wrong."""
    config = tmp_path / "config.yaml"
    config.write_text(f"""
receivers: {{otlp: {{protocols: {{grpc: }}}}}}
exporters:
  otlp_grpc:
    endpoint: localhost:4317
    headers: {{authorization: {SECRET}}}
    tls: {{key_pem: {SECRET}, cert_pem: x}}
    compression: {"gzip" if "print-config" in command else "nosuch"}
service: {{pipelines: {{traces: {{receivers: [otlp], exporters: [otlp_grpc]}}}}}}
""")
    code, output = run([*SLUICE, *command, f"--config={config}"], folder=tmp_path)
    assert code == (0 if "print-config" in command else 1), output
    assert SECRET not in output
    assert ("[REDACTED]" if "print-config" in command else "unsupported compression type") in output


def test_the_launcher_runs_from_anywhere(tmp_path):
    link = tmp_path / "sluice"
    link.symlink_to(ROOT / "sluice")
    code, output = run([str(link), "--version"], folder=tmp_path)
    assert code == 0 and "sluice" in output.lower(), output
