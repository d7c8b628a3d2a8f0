"""Input made to harm gets the right answer, costs no memory, and loses nothing of what others send meanwhile."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from harness import hostile, raw, senders
from harness.collectors import Collector
from harness.programs import SLUICE
from harness.sinks import Sink
from harness.telemetry import PATHS, SERVICES, SIGNALS, Generator, difference, items
from harness.threads import Repeated

MIB = hostile.MIB
INVALID_ARGUMENT, RESOURCE_EXHAUSTED, UNIMPLEMENTED = 3, 8, 12
TRACES = SERVICES["traces"]
GOOD = Generator(seed=6).request("traces")


# A heap that is there as a whole from the start: what grows beside it is what an attack costs, not the JVM's choice of a heap size.
FIXED_HEAP = "-Xms320m -Xmx320m -XX:+AlwaysPreTouch"


@pytest.fixture(scope="module")
def target(tmp_path_factory):
    folder = tmp_path_factory.mktemp("hostile")
    with Sink() as sink, Collector(SLUICE, "gateway", folder, SINK_GRPC_PORT=sink.grpc_port, JAVA_OPTS=FIXED_HEAP) as collector:
        collector.sink = sink
        yield collector


HTTP = {
    "protobuf that ends early": (400, dict(body=GOOD.SerializeToString()[:-1])),
    "protobuf of noise": (400, dict(body=bytes(range(255, 0, -1)))),
    "protobuf of endless varints": (400, dict(body=b"\xff" * 1000)),
    "protobuf nested 5,000 deep": (400, dict(body=hostile.nested())),
    "JSON that ends early": (400, dict(body=b'{"resourceSpans":[{"scopeSpans":', content_type="application/json")),
    "JSON of brackets": (400, dict(body=b"[" * 100_000, content_type="application/json")),
    "JSON of another shape": (400, dict(body=b'{"resourceSpans":5}', content_type="application/json")),
    "JSON with an id that is none": (
        400,
        dict(body=b'{"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"xyz"}]}]}]}', content_type="application/json"),
    ),
    "no gzip at all": (400, dict(body=b"plain", encoding="gzip")),
    "no zstd at all": (400, dict(body=b"plain", encoding="zstd")),
    "an encoding that nobody knows": (400, dict(body=b"plain", encoding="rot13")),
    "snappy with a false length of 4 GiB": ({400, 413}, dict(body=hostile.snappy_false_length(), encoding="snappy")),
    "wrong path": (404, dict(path="/v2/traces", body=GOOD.SerializeToString())),
    "wrong content type": (415, dict(body=GOOD.SerializeToString(), content_type="text/plain")),
    "no content type": (415, dict(body=GOOD.SerializeToString(), content_type="")),
    "a length beyond the limit": (413, dict(body=b"x", length=1 << 40)),
}


@pytest.mark.parametrize("case", HTTP)
def test_http_answers(target, case):
    wanted, request = HTTP[case]
    assert raw.post(target.ports["HTTP"], **request) in (wanted if isinstance(wanted, set) else {wanted})


def test_http_chunks_beyond_the_limit(target):
    head = (
        f"POST {PATHS['traces']} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-protobuf\r\nTransfer-Encoding: chunked\r\n\r\n"
    )
    chunk = b"100000\r\n" + bytes(MIB) + b"\r\n"
    assert raw.http1(target.ports["HTTP"], head, chunk * 21 + b"0\r\n\r\n") == 413


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "PATCH"])
def test_http_methods(target, method):
    assert raw.http1(target.ports["HTTP"], f"{method} {PATHS['traces']} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n") == 405


GRPC = {
    "protobuf that ends early": (INVALID_ARGUMENT, dict(body=GOOD.SerializeToString()[:-1])),
    "protobuf of noise": (INVALID_ARGUMENT, dict(body=bytes(range(255, 0, -1)))),
    "protobuf nested 5,000 deep": (INVALID_ARGUMENT, dict(body=hostile.nested())),
    "no gzip at all": (INVALID_ARGUMENT, dict(body=b"plain", encoding="gzip")),
    "an encoding that nobody knows": (UNIMPLEMENTED, dict(body=b"plain", encoding="rot13")),
    "a message of 4 GiB announced": (RESOURCE_EXHAUSTED, dict(body=b"x", length=(1 << 32) - 1)),
    "snappy with a false length of 4 GiB": (
        {INVALID_ARGUMENT, RESOURCE_EXHAUSTED},
        dict(body=hostile.snappy_false_length(), encoding="snappy"),
    ),
    "wrong method": (UNIMPLEMENTED, dict(path="/opentelemetry.proto.collector.trace.v1.TraceService/Import", body=b"")),
    "wrong service": (UNIMPLEMENTED, dict(path="/some.Other/Export", body=b"")),
    "wrong content type": ("HTTP 415", dict(body=b"", content_type="text/plain")),
}


@pytest.mark.parametrize("case", GRPC)
def test_grpc_answers(target, case):
    wanted, request = GRPC[case]
    assert raw.grpc(target.ports["GRPC"], **{"path": TRACES, **request}) in (wanted if isinstance(wanted, set) else {wanted})


def test_bombs_cost_no_memory_and_lose_nothing_of_others(target):
    http, grpc = target.ports["HTTP"], target.ports["GRPC"]
    _warm(target)
    before, _ = target.memory()
    target.reset_peak()
    with _Others(target) as others:
        for bomb in (hostile.gzip_members, hostile.gzip_stream):
            assert raw.post(http, body=bomb(), encoding="gzip") == 413
        assert raw.post(http, body=hostile.zstd_frames(), encoding="zstd") == 413
        assert raw.post(http, body=hostile.snappy_block(), encoding="snappy") == 413
        assert raw.post(http, body=bytes(20 * MIB + 1)) == 413
        # gRPC takes messages up to 4 MiB, so these are shorter and unpack to more than that.
        assert raw.grpc(grpc, TRACES, hostile.gzip_members()[: 3 * MIB], encoding="gzip") == RESOURCE_EXHAUSTED
        assert raw.grpc(grpc, TRACES, hostile.zstd_frames(3 * MIB), encoding="zstd") == RESOURCE_EXHAUSTED
        assert raw.grpc(grpc, TRACES, hostile.snappy_frames(), encoding="snappy") == RESOURCE_EXHAUSTED
        assert raw.grpc(grpc, TRACES, hostile.gzip_members(), encoding="gzip") == RESOURCE_EXHAUSTED
        assert raw.grpc(grpc, TRACES, bytes(5 * MIB)) == RESOURCE_EXHAUSTED
        with ThreadPoolExecutor(8) as several:
            answers = several.map(lambda bomb: raw.post(http, body=bomb, encoding="gzip"), [hostile.gzip_stream()] * 24)
        # A server that is full may also say that it is too busy.
        assert set(answers) <= {413, 429}
    _, peak = target.memory()
    grown = (peak - before) / MIB
    print(f"resident memory {before / MIB:.0f} MiB, at most {grown:+.0f} MiB under attack")
    assert grown <= 64
    others.check()


def _warm(target):
    """Proper requests near the limits, so that the heap has the size it has in use. Requests behind each other are one request."""
    thousand = Generator(seed=7).request("traces", 10, 10, 10).SerializeToString()
    near = thousand * (18 * MIB // len(thousand))
    for _ in range(10):
        assert raw.post(target.ports["HTTP"], body=near) == 200
        assert raw.grpc(target.ports["GRPC"], TRACES, near[: 3 * MIB // len(thousand) * len(thousand)]) == 0
    for signal in SIGNALS:
        target.sink.requests[signal].clear()


class _Others(Repeated):
    """A client that goes on sending proper requests."""

    def __init__(self, target):
        super().__init__(0)
        self.target, self.generator, self.sent = target, Generator(seed=8), []

    def once(self):
        request = self.generator.request("logs")
        senders.by_grpc(self.target.ports["GRPC"], [request])
        self.sent.append(request)

    def check(self):
        wanted = items(self.sent, "logs")
        assert sum(wanted.values()) > 0
        self.target.sink.until("logs", sum(wanted.values()))
        arrived = self.target.sink.items("logs")
        assert arrived == wanted, difference(wanted, arrived)
