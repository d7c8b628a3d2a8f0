"""As much of a websocket's client (RFC 6455) as it takes to read messages of text."""

import base64
import json
import os
import socket
import struct
from contextlib import contextmanager

TEXT, CLOSE, PING, PONG = 1, 8, 9, 10
TIMEOUT = 60


class WebSocket:
    def __init__(self, port, path, headers):
        self.connection = socket.create_connection(("127.0.0.1", port), timeout=TIMEOUT)
        self.stream = self.connection.makefile("rb")
        wanted = {"Host": f"127.0.0.1:{port}", "Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Version": "13"}
        wanted |= {"Sec-WebSocket-Key": base64.b64encode(os.urandom(16)).decode(), **headers}
        lines = [f"GET {path} HTTP/1.1", *(f"{name}: {value}" for name, value in wanted.items()), "", ""]
        self.connection.sendall("\r\n".join(lines).encode())
        status = self.stream.readline().decode()
        while self.stream.readline().strip():
            pass
        assert " 101 " in status, status

    def message(self):
        """The next one, as JSON."""
        content = b""
        while True:
            first, second = self.stream.read(2)
            length = second & 0x7F
            if length >= 126:
                length = struct.unpack(">H" if length == 126 else ">Q", self.stream.read(2 if length == 126 else 8))[0]
            payload = self.stream.read(length)
            kind = first & 0x0F
            if kind == CLOSE:
                raise EOFError(payload)
            if kind == PING:
                self.send(PONG, payload)
            elif kind != PONG:
                content += payload
                if first & 0x80:
                    return json.loads(content)

    def send(self, kind, payload):
        mask = os.urandom(4)
        masked = bytes(byte ^ mask[i % 4] for i, byte in enumerate(payload))
        self.connection.sendall(bytes([0x80 | kind, 0x80 | len(payload)]) + mask + masked)


@contextmanager
def websocket(port, path, **headers):
    socket = WebSocket(port, path, headers)
    try:
        yield socket
    finally:
        socket.stream.close()
        socket.connection.close()
