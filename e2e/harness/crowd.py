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


async def main(port, idle, slow):
    over = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, over.set)
    crowd = [await connect(port) for _ in range(idle + slow)]
    talking = asyncio.create_task(trickle(crowd[idle:]))
    print("ready", flush=True)
    await over.wait()
    talking.cancel()
    for connection in crowd:
        connection.close()


async def connect(port):
    connection = socket.socket()
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
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
