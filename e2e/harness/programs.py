"""Starts programs and ends them by their id; nothing that a test has started outlives it."""

import contextlib
import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PEERS = Path(os.environ.get("PEERS", Path.home() / ".cache" / "sluice-peers"))
# Another Sluice than this checkout's may be tested: SLUICE=/opt/sluice/bin/sluice e2e/run
SLUICE = [os.environ.get("SLUICE", str(ROOT / "sluice"))]
GO = [str(PEERS / "bin" / "otelcol")]

# A deadline says that something hangs. It is no measure of speed, so it has room for a loaded machine.
DEADLINE = 60


def free_port():
    """A port that nobody listens on. Bound once, so that the system does not hand it out again at once."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_until(condition, what, deadline=DEADLINE):
    """Polls until condition() gives something true, and returns that. `what` says what was awaited; a function is asked at the end."""
    end = time.monotonic() + deadline
    while True:
        result = condition()
        if result:
            return result
        if time.monotonic() > end:
            raise AssertionError(f"not within {deadline} s: {what() if callable(what) else what}")
        time.sleep(0.02)


def listens(port):
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
        return True
    return False


def answer(url):
    """The body that comes with success, else None."""
    with contextlib.suppress(urllib.error.URLError, ConnectionError), urllib.request.urlopen(url, timeout=30) as response:
        return response.read()
    return None


class Program:
    """A running program whose output goes to files. A `with` block begins once it is ready."""

    def __init__(self, command, folder, env=None, name=None):
        name = name or Path(command[0]).name
        self.out_file = folder / f"{name}.out"
        self.err_file = folder / f"{name}.err"
        self._command, self._folder, self._env = command, folder, {**os.environ, **(env or {})}
        self._start()

    def _start(self):
        with open(self.out_file, "wb") as out, open(self.err_file, "wb") as err:
            self.process = subprocess.Popen(
                self._command, stdin=subprocess.DEVNULL, stdout=out, stderr=err, env=self._env, cwd=self._folder
            )

    @property
    def pid(self):
        return self.process.pid

    def stdout(self):
        return self.out_file.read_text(errors="replace")

    def stderr(self):
        return self.err_file.read_text(errors="replace")

    def output(self):
        return self.stdout() + self.stderr()

    def until_ready(self):
        """Of programs that show when they are."""

    def until_listening(self, *ports, deadline=DEADLINE):
        for port in ports:
            what = f"listening on {port}"
            wait_until(lambda port=port: self._alive() and listens(port), lambda what=what: f"{what}\n{self.stderr()[-2000:]}", deadline)
        return self

    def until_answers(self, url):
        wait_until(lambda: self._alive() and answer(url) is not None, lambda: f"an answer of {url}\n{self.stderr()[-2000:]}")
        return self

    def until_says(self, text):
        wait_until(lambda: text in self.output(), lambda: f"output with {text!r}\n{self.output()[-2000:]}")
        return self

    def _alive(self):
        if self.process.poll() is not None:
            raise AssertionError(f"ended with {self.process.returncode}:\n{self.output()[-4000:]}")
        return True

    def signal(self, number):
        self.process.send_signal(number)

    def wait(self, deadline=DEADLINE):
        """The exit code."""
        return self.process.wait(deadline)

    def stop(self):
        """Asks the program to end, as a service manager does. The exit code."""
        if self.process.poll() is None:
            self.signal(signal.SIGTERM)
        try:
            return self.wait()
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            raise AssertionError(f"did not end within {DEADLINE} s of SIGTERM:\n{self.output()[-4000:]}") from None

    @contextlib.contextmanager
    def away(self):
        """Ended as long as the block runs. Then the same command runs again, and its output begins anew."""
        self.stop()
        try:
            yield
        finally:
            self._start()
            self.until_ready()

    def __enter__(self):
        try:
            self.until_ready()
        except BaseException as failure:
            self.__exit__(failure)
            raise
        return self

    def __exit__(self, failure, *_):
        if failure is None:
            self.stop()
        else:
            self.process.kill()
            self.process.wait()

    def memory(self):
        """Resident bytes now, and the most there ever were since reset_peak."""
        status = dict(line.split(":", 1) for line in Path(f"/proc/{self.pid}/status").read_text().splitlines())
        return tuple(int(status[key].split()[0]) * 1024 for key in ("VmRSS", "VmHWM"))

    def reset_peak(self):
        Path(f"/proc/{self.pid}/clear_refs").write_text("5")


def run(command, env=None, folder=None, deadline=DEADLINE):
    """Runs a program to its end: exit code and output."""
    done = subprocess.run(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env={**os.environ, **(env or {})},
        cwd=folder,
        timeout=deadline,
        text=True,
        errors="replace",
    )
    return done.returncode, done.stdout


def jdk():
    """The home of the JDK that builds Sluice."""
    code, home = run(["sh", "-c", f'. "{ROOT}/.mvn/find-jdk.sh" && printf %s "$JAVA_HOME"'])
    assert code == 0, home
    return home


def java(main, *arguments):
    """The command that runs a program of e2e/java with that JDK."""
    target = ROOT / "e2e" / "java" / "target"
    return [f"{jdk()}/bin/java", "-cp", f"{target}/classes:{target}/lib/*", main, *arguments]
