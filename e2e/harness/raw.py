"""HTTP/1.1 and HTTP/2 by hand, for requests that no proper client would send."""

import contextlib
import socket

import h2.connection
import h2.events
import h2.settings

CHUNK = 1 << 16


def http1(port, head, body=b""):
    """
    Sends a request line with headers, and a body, and gives the status of the answer. A server may answer before it has read all; then
    the rest is not sent.
    """
    with socket.create_connection(("127.0.0.1", port), timeout=60) as connection:
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            connection.sendall(head.encode())
            connection.sendall(body)
        answer = b""
        while b"\r\n\r\n" not in answer:
            part = connection.recv(CHUNK)
            assert part, f"closed without an answer: {answer!r}"
            answer += part
        return int(answer.split(b" ", 2)[1])


def post(port, path="/v1/traces", body=b"", content_type="application/x-protobuf", encoding=None, length=None):
    lines = [f"POST {path} HTTP/1.1", "Host: localhost", f"Content-Type: {content_type}"]
    lines.append(f"Content-Length: {len(body) if length is None else length}")
    if encoding:
        lines.append(f"Content-Encoding: {encoding}")
    return http1(port, "\r\n".join(lines) + "\r\n\r\n", body)


def grpc(port, path, body, encoding=None, length=None, content_type="application/grpc", flag=None):
    """One gRPC call: its `grpc-status`, or `HTTP status` where the server does not answer in gRPC."""
    prefix = bytes([bool(encoding) if flag is None else flag]) + (len(body) if length is None else length).to_bytes(4, "big")
    headers = [(":method", "POST"), (":scheme", "http"), (":path", path), (":authority", "localhost")]
    headers += [("content-type", content_type), ("te", "trailers")]
    if encoding:
        headers.append(("grpc-encoding", encoding))
    with socket.create_connection(("127.0.0.1", port), timeout=60) as connection:
        return _Call(connection, headers, prefix + body).status()


class _Call:
    def __init__(self, connection, headers, data):
        self.connection, self.data = connection, data
        self.h2 = h2.connection.H2Connection()
        self.h2.initiate_connection()
        self.stream = self.h2.get_next_available_stream_id()
        self.h2.send_headers(self.stream, headers)
        self.found = {}
        self.over = False

    def status(self):
        while not self.over:
            self._send()
            part = self.connection.recv(CHUNK)
            assert part, f"closed without an answer: {self.found}"
            for event in self.h2.receive_data(part):
                self._on(event)
        if "grpc-status" in self.found:
            return int(self.found["grpc-status"])
        return f"HTTP {self.found.get(':status')}"

    def _send(self):
        while self.data:
            window = min(self.h2.local_flow_control_window(self.stream), self.h2.max_outbound_frame_size, len(self.data))
            if window <= 0:
                break
            self.h2.send_data(self.stream, self.data[:window])
            self.data = self.data[window:]
            if not self.data:
                self.h2.end_stream(self.stream)
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            self.connection.sendall(self.h2.data_to_send())

    def _on(self, event):
        if isinstance(event, (h2.events.ResponseReceived, h2.events.TrailersReceived)):
            self.found |= {_text(name): _text(value) for name, value in event.headers}
            # An early answer ends the call for us too; what was not sent yet is not sent any more.
            self.over = self.over or "grpc-status" in self.found
        elif isinstance(event, h2.events.StreamEnded):
            self.over = True
        elif isinstance(event, (h2.events.StreamReset, h2.events.ConnectionTerminated)):
            self.found.setdefault(":status", f"reset with {event.error_code}")
            self.over = True


def _text(value):
    return value.decode() if isinstance(value, bytes) else value
