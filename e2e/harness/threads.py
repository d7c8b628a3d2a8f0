"""What runs beside a test in threads of its process."""

import threading
from http.server import ThreadingHTTPServer


class _Server(ThreadingHTTPServer):
    # With the five of the default, connections that come at the same time are tried again after a second.
    request_queue_size = 256


class Served:
    """A server on a free port, whose handler knows it as `self.server.owner`."""

    def __init__(self, handler):
        self._http = _Server(("127.0.0.1", 0), handler)
        self._http.owner = self
        self.port = self._http.server_port

    def __enter__(self):
        threading.Thread(target=self._http.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(self, *_):
        self._http.shutdown()
        self._http.server_close()


class Repeated:
    """Does `once()` again and again with so many seconds between."""

    def __init__(self, seconds):
        self._seconds, self._ended = seconds, threading.Event()
        self._thread = threading.Thread(target=self._repeat)

    def _repeat(self):
        while not self._ended.wait(self._seconds):
            self.once()

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._ended.set()
        self._thread.join()
