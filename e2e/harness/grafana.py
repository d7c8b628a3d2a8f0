"""What Grafana's HTTP API does with annotations and live pushes, as far as it is documented."""

import json
import re
from http.server import BaseHTTPRequestHandler
from urllib.parse import parse_qs, urlsplit

from .threads import Served

# https://grafana.com/docs/grafana/latest/developers/http_api/annotations/: what a request to make one may say, and of which type it is.
FIELDS = {"time": int, "timeEnd": int, "text": str, "tags": list, "dashboardUID": str, "panelId": int}
# A measurement, tags, fields, nanoseconds since 1970.
LINE = re.compile(r"([^ ,]+)((?:,[^ ,=]+=[^ ,=]+)+) (value=[^ ,]+) (\d{19})")


class Grafana(Served):
    """
    `annotations` are those there are, in their order; `lines` what was pushed, as stream, measurement, tags and fields. What is not as documented
    is answered as Grafana answers it, and kept in `wrong`.
    """

    def __init__(self, token):
        super().__init__(_Handler)
        self.token, self.annotations, self.lines, self.wrong = token, [], [], []

    def find(self, query):
        begin, end, tags = int(query["from"][0]), int(query["to"][0]), set(query.get("tags", ()))
        found = [known for known in self.annotations if tags <= set(known["tags"])]
        return [known for known in found if known["time"] <= end and known.get("timeEnd", known["time"]) >= begin]

    def make(self, body):
        for key, value in body.items():
            if not isinstance(value, FIELDS.get(key, ())):
                return None
        if not body.get("text"):
            return None
        self.annotations.append({"id": len(self.annotations) + 1, **body})
        return self.annotations[-1]

    def push(self, stream, text):
        lines = [LINE.fullmatch(line) for line in text.splitlines()]
        if not all(lines):
            return False
        for line in lines:
            measurement, tags, fields, _ = line.groups()
            self.lines.append((stream, measurement, dict(tag.split("=") for tag in tags[1:].split(",")), fields))
        return True


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def _answered(self):
        grafana, url, body = self.server.owner, urlsplit(self.path), self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        if self.headers["Authorization"] != f"Bearer {grafana.token}":
            return 401, {"message": "Invalid API key"}
        stream = re.fullmatch(r"/api/live/push/([\w-]+)", url.path)
        if self.command == "POST" and stream:
            return (200, {}) if grafana.push(stream[1], body) else (400, {"message": "bad line"})
        if self.command == "GET" and url.path == "/api/annotations":
            return 200, grafana.find(parse_qs(url.query))
        if self.headers["Content-Type"] != "application/json":
            return 415, {"message": "not JSON"}
        if self.command == "POST" and url.path == "/api/annotations":
            made = grafana.make(json.loads(body))
            return (200, {"message": "Annotation added", "id": made["id"]}) if made else (400, {"message": "bad request data"})
        known = re.fullmatch(r"/api/annotations/(\d+)", url.path)
        if self.command == "PATCH" and known and int(known[1]) <= len(grafana.annotations):
            grafana.annotations[int(known[1]) - 1].update(json.loads(body))
            return 200, {"message": "Annotation patched"}
        return 404, {"message": "Not found"}

    def _answer(self):
        status, answer = self._answered()
        if status != 200:
            self.server.owner.wrong.append((self.command, self.path, status))
        body = json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_GET = do_POST = do_PATCH = _answer

    def log_message(self, *_):
        pass
