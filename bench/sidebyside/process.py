"""Processes of a measurement: pinned to a core, read through /proc, ended by us."""

import contextlib
import os
import re
import signal
import socket
import subprocess
import time
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")


class Process:
    """A running program. Figures include its children, should a launcher not have replaced itself."""

    def __init__(self, command, core, log, environment=None):
        """core is the only one the program may use, or None for all; its output goes to the open file log."""
        pin = None if core is None else lambda: os.sched_setaffinity(0, {core})
        self._popen = subprocess.Popen(
            command, stdout=log, stderr=log, env={**os.environ, **(environment or {})}, preexec_fn=pin
        )

    @property
    def running(self):
        return self._popen.poll() is None

    @property
    def pid(self):
        return self._popen.pid

    def command_line(self):
        """The words of the program that runs now, which is not the launcher that was started."""
        words = Path(f"/proc/{self.pid}/cmdline").read_bytes().decode().split("\0")
        return [word for word in words if word]

    def cpu_seconds(self):
        """User and system time used so far."""
        total = 0
        for pid in self._family():
            with contextlib.suppress(OSError):
                after_name = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
                total += int(after_name[11]) + int(after_name[12])
        return total / TICKS

    def thread_seconds(self):
        """User and system time of each thread, by its id and name."""
        threads = {}
        for stat in Path(f"/proc/{self.pid}/task").glob("*/stat"):
            with contextlib.suppress(OSError):
                name, _, rest = stat.read_text().partition("(")[2].rpartition(")")
                user, system = rest.split()[11:13]
                threads[stat.parent.name, name] = (int(user) / TICKS, int(system) / TICKS)
        return threads

    def rss_mib(self, peak=False):
        """Resident memory now, or the most it ever was."""
        total = 0
        for pid in self._family():
            with contextlib.suppress(OSError):
                status = Path(f"/proc/{pid}/status").read_text()
                if size := re.search(rf"{'VmHWM' if peak else 'VmRSS'}:\s+(\d+) kB", status):
                    total += int(size[1])
        return total / 1024

    def stop(self, seconds=30):
        """Asks the program to end and waits; kills it when it takes longer."""
        if not self.running:
            return
        self._popen.send_signal(signal.SIGTERM)
        try:
            self._popen.wait(seconds)
        except subprocess.TimeoutExpired:
            self._popen.kill()
            self._popen.wait()

    def _family(self):
        found, unseen = [], [self.pid]
        while unseen:
            pid = unseen.pop()
            found.append(pid)
            for children in Path(f"/proc/{pid}/task").glob("*/children"):
                with contextlib.suppress(OSError):
                    unseen += map(int, children.read_text().split())
        return found


def free_ports(count):
    """Ports of the loopback address on which nobody listens now."""
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [s.getsockname()[1] for s in sockets]
    for s in sockets:
        s.close()
    return ports


def await_port(port, process, seconds=60):
    """Returns once something listens; RuntimeError if process, which should, ended or took longer."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and process.running:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.01)
    raise RuntimeError(f"nothing listens on port {port}; see the log")
