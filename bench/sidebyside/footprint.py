"""What a collector costs when little or nothing flows: start, memory, connections, added latency."""

import http.client
import resource
import socket
import statistics
import time
from dataclasses import dataclass
from typing import Callable

from .stage import PAYLOADS, Stage

CONNECTIONS = 10_000
REST = 12  # seconds until a collector has given back what it needed for the moment
PREFACE = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
EMPTY_SETTINGS = bytes([0, 0, 0, 4, 0, 0, 0, 0, 0])
SETTINGS_ACK = bytes([0, 0, 0, 4, 1, 0, 0, 0, 0])
EMPTY_TRACES = b"\x0a\x00"


@dataclass(frozen=True)
class Footprint:
    """One way to measure. It gives several figures, of which each of rows is shown: key, title, target."""

    name: str
    rows: list[tuple[str, str, str]]
    measure: Callable


def startup(collector, starts=10):
    """Seconds from the first instruction to the first accepted request."""
    times, cpu = [], []
    body = (PAYLOADS / "traces.pb").read_bytes()
    with Stage.open(collector, "startup") as stage:
        for _ in range(starts):
            began = time.perf_counter()
            with stage.started("s1") as process:
                while not _accepted(stage.http, body):
                    if not process.running or time.perf_counter() - began > 60:
                        raise RuntimeError("the collector did not start; see the log")
                    time.sleep(0.003)
                times.append(time.perf_counter() - began)
                cpu.append(process.cpu_seconds())
    return {"start_seconds": statistics.median(times), "start_cpu_seconds": statistics.median(cpu), "starts": times}


def idle(collector):
    """Memory and processor time of a collector that has nothing to do."""
    with Stage.open(collector, "idle") as stage, stage.ready("s1") as process:
        time.sleep(15)
        rss, before = process.rss_mib(), process.cpu_seconds()
        time.sleep(10)
        return {"idle_rss_mib": rss, "idle_cpu_percent": (process.cpu_seconds() - before) * 10}


def sidecar(collector, seconds=30):
    """Memory as a sidecar that gets 20,000 spans a second."""
    with Stage.open(collector, "sidecar") as stage, stage.ready("s1m", collector.sidecar) as process:
        load = stage.load(seconds, spans_per_second=20_000)
        rss = process.rss_mib()
        stage.await_quiet()
        return {
            "sidecar_rss_mib": rss,
            "sidecar_peak_rss_mib": process.rss_mib(peak=True),
            "cpu_seconds": process.cpu_seconds(),
            "items_sent": load["answered"] * 100,
            "items_seen": stage.seen()["spans"],
            "late": load["late"],
            "command_line": process.command_line(),
        }


def connections(collector):
    """Memory a connection that is open and says nothing.

    Twice measured at rest: what a start and the opening of connections need for the moment, as compilers of a JVM do, is no part of them.
    """
    _allow_open_files()
    figures = {}
    for kind, begin in (("tcp", _tcp), ("http1", _http1), ("http2", _http2)):
        with Stage.open(collector, f"connections-{kind}") as stage, stage.ready("s1") as process:
            time.sleep(REST)
            before = process.rss_mib()
            port = stage.grpc if kind == "http2" else stage.http
            opened = []
            try:
                for _ in range(CONNECTIONS):
                    opened.append(socket.create_connection(("127.0.0.1", port), 10))
                    begin(opened[-1])
                time.sleep(REST)
                figures[f"{kind}_kib"] = (process.rss_mib() - before) * 1024 / CONNECTIONS
                figures[f"{kind}_still_accepts"] = _accepted(stage.http, EMPTY_TRACES, 5)
            finally:
                for connection in opened:
                    connection.close()
    return figures


def latency(collector, seconds=20):
    """Milliseconds from when a span is due to be sent until the sink has it, at 10,000 spans a second, and without a collector."""
    with Stage.open(collector, "latency", stamps=True) as stage, stage.ready("direct") as process:
        def measured(to_sink):
            stage.load(5, spans_per_second=10_000, stamp=True, to_sink=to_sink)
            stage.await_quiet()
            stage.forget()
            load = stage.load(seconds, spans_per_second=10_000, stamp=True, to_sink=to_sink)
            stage.await_quiet()
            return load, stage.seen()["latency"]

        _, without = measured(to_sink=True)
        stage.load(5)  # as fast as answers come, to be warm
        load, through = measured(to_sink=False)
        return {
            "latency_p50_ms": through["p50_ms"],
            "latency_p99_ms": through["p99_ms"],
            "latency_max_ms": through["max_ms"],
            "added_p50_ms": through["p50_ms"] - without["p50_ms"],
            "added_p99_ms": through["p99_ms"] - without["p99_ms"],
            "answer_p99_ms": load["latency"]["p99_ms"],
            "without": without,
            "late": load["late"],
            "items_sent": load["answered"] * 100,
            "cpu_seconds": process.cpu_seconds(),
        }


def _accepted(port, body, timeout=0.5):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=timeout)
    try:
        connection.request("POST", "/v1/traces", body, {"Content-Type": "application/x-protobuf"})
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _tcp(_):
    pass


def _http1(connection):
    head = f"POST /v1/traces HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-protobuf\r\nContent-Length: {len(EMPTY_TRACES)}\r\n\r\n"
    connection.sendall(head.encode() + EMPTY_TRACES)
    if not connection.recv(4096).startswith(b"HTTP/1.1 200"):
        raise RuntimeError("a small request was not accepted")


def _http2(connection):
    connection.sendall(PREFACE + EMPTY_SETTINGS)
    connection.recv(4096)
    connection.sendall(SETTINGS_ACK)


def _allow_open_files():
    """Raises this process's limit, which the collector inherits."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard != resource.RLIM_INFINITY and hard < CONNECTIONS + 1000:
        raise RuntimeError(f"{CONNECTIONS} connections need a limit of open files (ulimit -Hn) above {CONNECTIONS + 1000}")
    wanted = 2 * CONNECTIONS if hard == resource.RLIM_INFINITY else min(hard, 2 * CONNECTIONS)
    resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


FOOTPRINTS = [
    Footprint("startup", [("start_seconds", "start to first accepted request, s", "≤ 0.5")], startup),
    Footprint("idle", [("idle_rss_mib", "idle RSS, MiB", "≤ 90"), ("idle_cpu_percent", "idle CPU, %", "")], idle),
    Footprint("sidecar", [("sidecar_rss_mib", "RSS at 20 k spans/s, sidecar profile, MiB", "≤ 109")], sidecar),
    Footprint(
        "connections",
        [
            ("tcp_kib", "an idle connection, TCP only, KiB", "≤ 2.5"),
            ("http1_kib", "an idle connection after one HTTP/1.1 request, KiB", "≤ 4"),
            ("http2_kib", "an idle HTTP/2 connection, KiB", "≤ 6"),
        ],
        connections,
    ),
    Footprint(
        "latency",
        [
            ("latency_p50_ms", "OTLP in to sink at 10 k spans/s, no batch: p50, ms", ""),
            ("latency_p99_ms", "the same: p99, ms", "≤ 5"),
            ("added_p99_ms", "p99 less p99 without a collector, ms", "≤ 5"),
        ],
        latency,
    ),
]
