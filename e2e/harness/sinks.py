"""A backend that speaks OTLP by gRPC and HTTP and keeps what it was sent."""

import gzip
import threading
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler

import grpc

from .programs import wait_until
from .telemetry import PATHS, SERVICES, SIGNALS, from_json, items
from .threads import Served


class Sink(Served):
    """Both protocols on ports of their own; `requests[signal]` are the request bodies as they arrived, JSON as what it says in protobuf."""

    def __init__(self):
        self.requests = {signal: [] for signal in SIGNALS}
        self.headers = []
        self._lock = threading.Lock()
        self._grpc = grpc.server(ThreadPoolExecutor(4), options=[("grpc.max_receive_message_length", 64 << 20), ("grpc.so_reuseport", 0)])
        self._grpc.add_generic_rpc_handlers([_Handlers(self._keep)])
        self.grpc_port = self._grpc.add_insecure_port("127.0.0.1:0")
        super().__init__(_handler(self._keep))
        self.http_port = self.port

    def _keep(self, signal, body, headers):
        with self._lock:
            self.requests[signal].append(body)
            self.headers.append(headers)

    def items(self, signal, unknown=True):
        with self._lock:
            requests = list(self.requests[signal])
        return items(requests, signal, unknown)

    def total(self, signal):
        return sum(self.items(signal).values())

    def until(self, signal, number):
        """Waits for at least so many items; which they are is the caller's to compare."""
        wait_until(lambda: self.total(signal) >= number, lambda: f"{number} items of {signal}, have {self.total(signal)}")

    def __enter__(self):
        self._grpc.start()
        return super().__enter__()

    def __exit__(self, *_):
        self._grpc.stop(None).wait()
        super().__exit__()


class _Handlers(grpc.GenericRpcHandler):
    def __init__(self, keep):
        self.methods = {
            path: grpc.unary_unary_rpc_method_handler(
                lambda body, context, signal=signal: keep(signal, body, dict(context.invocation_metadata())) or b""
            )
            for signal, path in SERVICES.items()
        }

    def service(self, details):
        return self.methods.get(details.method)


def _handler(keep):
    signals = {path: signal for signal, path in PATHS.items()}

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"])) if "Content-Length" in self.headers else self._chunks()
            if self.headers.get("Content-Encoding") == "gzip":
                body = gzip.decompress(body)
            signal = signals[self.path]
            if self.headers["Content-Type"] == "application/json":
                body = from_json(body, signal).SerializeToString()
            keep(signal, body, dict(self.headers))
            self.send_response(200)
            self.send_header("Content-Type", "application/x-protobuf")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def _chunks(self):
            body = b""
            while size := int(self.rfile.readline(), 16):
                body += self.rfile.read(size)
                self.rfile.readline()
            self.rfile.readline()
            return body

        def log_message(self, *_):
            pass

    return Handler
