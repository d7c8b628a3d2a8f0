"""
A crowd of connections that take room and bring nothing: `python -m harness.crowd PORT IDLE SLOW`. Says "ready" when all stand, then holds
them until it is told to end: idle ones say nothing at all, slow ones send a byte of a header each five seconds.
"""

import asyncio
import contextlib
import signal
import socket
import struct
import sys

# Closing sends a reset, so that no port stays taken for the minute that TIME_WAIT lasts.
RESET = struct.pack("ii", 1, 0)
IP_BIND_ADDRESS_NO_PORT = 24
# An address has fewer than 30,000 ports to connect from, and others want some too.
AN_ADDRESS = 20_000


async def main(port, idle, slow):
    over = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, over.set)
    crowd = [await connect(port, f"127.0.0.{2 + number // AN_ADDRESS}") for number in range(idle + slow)]
    talking = asyncio.create_task(trickle(crowd[idle:]))
    print("ready", flush=True)
    await over.wait()
    talking.cancel()
    for connection in crowd:
        connection.close()


async def connect(port, source):
    connection = socket.socket()
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
    # The port is chosen with both ends known, so that another address is not needed earlier.
    connection.setsockopt(socket.IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, 1)
    connection.bind((source, 0))
    connection.setblocking(False)
    await asyncio.get_running_loop().sock_connect(connection, ("127.0.0.1", port))
    return connection


async def trickle(connections):
    header = b"POST /v1/traces HTTP/1.1\r\nHost: localhost\r\nX-Slow: " + b"a" * 10_000
    for letter in header:
        for connection in connections:
            # A server may well have closed it: then there is one less.
            with contextlib.suppress(OSError):
                connection.send(bytes([letter]))
            await asyncio.sleep(5 / len(connections))


if __name__ == "__main__":
    asyncio.run(main(*map(int, sys.argv[1:])))
