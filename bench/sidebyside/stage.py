"""What stands around a collector while it is measured: sink, load, ports, payloads, logs."""

import contextlib
import fcntl
import json
import os
import re
import subprocess
import time
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path

from .process import Process, await_port, free_ports

BENCH = Path(__file__).resolve().parent.parent
PEERS = Path(os.environ.get("PEERS", Path.home() / ".cache/sluice-peers"))
PAYLOADS = PEERS / "payloads/bench"
ITEMS = 100  # in each request
EXPORT = {
    "traces": "opentelemetry.proto.collector.trace.v1.TraceService/Export",
    "logs": "opentelemetry.proto.collector.logs.v1.LogsService/Export",
    "metrics": "opentelemetry.proto.collector.metrics.v1.MetricsService/Export",
}
COLLECTOR_CORE, LOAD_CORE = 0, 1


@dataclass(frozen=True)
class Collector:
    """A program that takes the Collector's command line."""

    name: str
    command: list[str]
    go: bool = False
    environment: dict[str, str] = field(default_factory=dict)
    sidecar: dict[str, str] = field(default_factory=dict)  # what else a small one gets


@dataclass(frozen=True)
class Stage:
    """Where one collector is measured, once."""

    collector: Collector
    log: object
    pinned: bool
    grpc: int
    http: int
    sink: int
    own_metrics: int

    @classmethod
    @contextlib.contextmanager
    def open(cls, collector, log_name, pinned=True, stamps=False):
        """A stage with its sink running. Only one is open at a time on the machine, whoever measures."""
        logs = PEERS / "logs"
        logs.mkdir(parents=True, exist_ok=True)
        with open(PEERS / "cpu.lock", "a") as lock, open(logs / f"compare-{collector.name}-{log_name}.log", "w") as log:
            fcntl.flock(lock, fcntl.LOCK_EX)
            stage = cls(collector, log, pinned, *free_ports(4))
            command = [PEERS / "bin/bench-sink", "-listen", f"127.0.0.1:{stage.sink}"] + ["-stamps"] * stamps
            with stage._running(command, LOAD_CORE, {}) as sink:
                await_port(stage.sink, sink)
                yield stage

    @contextlib.contextmanager
    def started(self, config, environment=None):
        """The collector with a configuration of bench/configs, from its first instruction until it has stopped."""
        command = [*self.collector.command]
        for name in ("common", config):
            command += ["--config", str(BENCH / f"configs/{name}.yaml")]
        ports = {
            "GRPC_PORT": str(self.grpc),
            "HTTP_PORT": str(self.http),
            "SINK_PORT": str(self.sink),
            "OWN_METRICS_PORT": str(self.own_metrics),
        }
        with self._running(command, COLLECTOR_CORE, {**self.collector.environment, **ports, **(environment or {})}) as process:
            yield process

    @contextlib.contextmanager
    def ready(self, config, environment=None):
        """The collector once both its ports are open."""
        with self.started(config, environment) as process:
            await_port(self.grpc, process)
            await_port(self.http, process)
            yield process

    def h2load(self, signal, protocol, gzip, seconds, payload=""):
        """Sends the same request as fast as answers come; returns how many were answered and how many failed.

        h2load takes an answer with a gRPC error for a success, so what was delivered is for the sink to say.
        """
        suffix = ("grpc" if protocol == "grpc" else "pb") + (".gz" if gzip else "")
        command = ["h2load", "-t", "1", "-D", str(seconds), "-d", str(PAYLOADS / f"{payload or signal}.{suffix}")]
        if protocol == "grpc":
            command += ["-c", "4", "-m", "4", "-w", "24", "-W", "26", "-H", "content-type: application/grpc", "-H", "te: trailers"]
            command += ["-H", "grpc-encoding: gzip"] * gzip
        else:
            command += ["--h1", "-c", "16", "-m", "1", "-H", "content-type: application/x-protobuf"]
            command += ["-H", "content-encoding: gzip"] * gzip
        output = self._run(command + [self._url(signal, protocol)])
        counts = re.search(r"(\d+) succeeded, (\d+) failed, (\d+) errored, (\d+) timeout", output)
        answered, *bad = map(int, counts.groups())
        return {"answered": answered, "failed": sum(bad), "seconds": seconds}

    def load(self, seconds, spans_per_second=0, stamp=False, to_sink=False):
        """Sends traces with new ids over gRPC, at a rate or as fast as answers come; returns what bench-load prints."""
        port = self.sink if to_sink else self.grpc
        command = [PEERS / "bin/bench-load", "-grpc", "-url", f"http://127.0.0.1:{port}/{EXPORT['traces']}"]
        command += ["-payload", PAYLOADS / "traces.pb", "-duration", f"{seconds}s", "-rate", str(spans_per_second / ITEMS)]
        printed = json.loads(self._run(command + ["-stamp"] * stamp))
        return {"answered": printed["ok"], **{key: value for key, value in printed.items() if key != "ok"}}

    def seen(self):
        """What the sink has counted since its last reset."""
        with urllib.request.urlopen(f"http://127.0.0.1:{self.sink}/stats", timeout=5) as answer:
            return json.load(answer)

    def forget(self):
        urllib.request.urlopen(f"http://127.0.0.1:{self.sink}/reset", data=b"", timeout=5).close()

    def await_quiet(self, seconds=2, at_most=90):
        """Returns when nothing has come to the sink for some seconds."""
        end = time.monotonic() + at_most
        last, since = None, time.monotonic()
        while time.monotonic() < end and time.monotonic() - since < seconds:
            requests = self.seen()["requests"]
            if requests != last:
                last, since = requests, time.monotonic()
            time.sleep(0.2)

    @contextlib.contextmanager
    def _running(self, command, core, environment):
        process = Process(command, core if self.pinned else None, self.log, environment)
        try:
            yield process
        finally:
            process.stop()

    def _run(self, command):
        pin = (lambda: os.sched_setaffinity(0, {LOAD_CORE})) if self.pinned else None
        return subprocess.run(command, stdout=subprocess.PIPE, stderr=self.log, text=True, check=True, preexec_fn=pin).stdout

    def _url(self, signal, protocol):
        if protocol == "grpc":
            return f"http://127.0.0.1:{self.grpc}/{EXPORT[signal]}"
        return f"http://127.0.0.1:{self.http}/v1/{signal}"
