"""
Grafana's HTTP API, as far as Sluice uses it and as it is documented: https://grafana.com/docs/grafana/latest/developer-resources/api-reference/http-api/
"""

import json
import re
from http.server import BaseHTTPRequestHandler
from urllib.parse import parse_qs, urlsplit

from .threads import Served

UID = re.compile(r"[A-Za-z0-9_-]{1,40}")
# A measurement, of which a channel is made; tags; one field or two; nanoseconds since 1970.
NAME, TAG = r"[A-Za-z0-9_./=-]+", r"(?:[^\s,=\\]|\\[^\s])+"
LINE = re.compile(rf"({NAME})((?:,{TAG}={TAG})*) (value=[-0-9.E]+|count=\d+i(?:,sum=[-0-9.E]+)?) (\d{{19}})")

# What bodies may say, and of which type it is; what they must say stands in `required`.
ANNOTATION = {"time": int, "timeEnd": int, "text": str, "tags": list, "dashboardUID": str, "panelId": int}
CHANGE = {"time": int, "timeEnd": int, "text": str, "tags": list}
SOURCE = {"name": str, "type": str, "access": str, "url": str, "uid": str}
SAVE = {"dashboard": dict, "folderUid": str, "message": str, "overwrite": bool}
RESOURCE = {"metadata": dict, "spec": dict}
METADATA = {"name": str, "annotations": dict}
NOTES = {"grafana.app/folder": str, "grafana.app/message": str}
MODEL = {
    "uid": str, "title": str, "tags": list, "schemaVersion": int, "editable": bool, "refresh": str, "time": dict, "annotations": dict, "panels": list
}  # fmt: skip


class Wrong(Exception):
    """What is not as documented: a status and why."""


def check(body, fields, required=()):
    if not isinstance(body, dict):
        raise Wrong(400, f"{body} is no object")
    for key, value in body.items():
        if key not in fields or type(value) is not fields[key]:
            raise Wrong(400, f"{key}: {value}")
    for key in required:
        if not body.get(key):
            raise Wrong(400, f"no {key}")


class Grafana(Served):
    """
    `annotations` are those there are, in their order; `lines` what was pushed, as stream, measurement, tags and fields; `dashboards` are model and
    folder by uid, `sources` data sources by uid. What is not as documented is answered as Grafana answers it, and kept in `wrong`. `refusals` are
    status and headers of the next answers, whatever is asked.
    """

    def __init__(self, token, version="12.4.0", folders=()):
        super().__init__(_Handler)
        self.token, self.version, self.folders = token, version, folders
        self.annotations, self.lines, self.dashboards, self.sources = [], [], {}, {}
        self.refusals, self.refused, self.wrong = [], 0, []

    def answer(self, method, url, headers, text):
        """Status and body."""
        if method == "GET" and url.path == "/api/health":
            return 200, {"database": "ok", "version": self.version}
        if headers["Authorization"] != f"Bearer {self.token}":
            raise Wrong(401, "Invalid API key")
        for pattern, answers in ROUTES.items():
            known = re.fullmatch(pattern, url.path)
            if known and method in answers:
                if method == "GET":
                    return answers[method](self, parse_qs(url.query), *known.groups())
                if "live" in pattern:
                    return answers[method](self, text, *known.groups())
                if headers["Content-Type"] != "application/json":
                    raise Wrong(415, "not JSON")
                return answers[method](self, json.loads(text), *known.groups())
        raise Wrong(404, "Not found")

    def find_annotations(self, query):
        if set(query) - {"from", "to", "tags", "type", "limit"} or query.get("type", ["annotation"]) != ["annotation"]:
            raise Wrong(400, f"{query}")
        begin, end, tags = int(query["from"][0]), int(query["to"][0]), set(query.get("tags", ()))
        found = [known for known in self.annotations if tags <= set(known["tags"])]
        return 200, [known for known in found if known["time"] <= end and known.get("timeEnd", known["time"]) >= begin]

    def make_annotation(self, body):
        check(body, ANNOTATION, ["text"])
        if len(json.dumps(body["tags"], ensure_ascii=False, separators=(",", ":")).encode()) > 500:
            raise Wrong(400, "tags length exceeds the maximum")
        if any(len(part) > 100 for tag in body["tags"] for part in tag.split(":")):
            raise Wrong(500, "value too long")
        if "panelId" in body and "dashboardUID" not in body:
            raise Wrong(400, "a panel of which dashboard")
        made = {"id": len(self.annotations) + 1, **body}
        self.annotations.append(made)
        return 200, {"message": "Annotation added", "id": made["id"]}

    def change_annotation(self, body, number):
        check(body, CHANGE)
        for known in self.annotations:
            if known["id"] == int(number):
                known.update(body)
                return 200, {"message": "Annotation patched"}
        return 404, {"message": "Could not find annotation to update"}

    def push(self, text, stream):
        lines = [LINE.fullmatch(line) for line in text.split("\n")[:-1]]
        if not text.endswith("\n") or not all(lines):
            raise Wrong(500, f"bad line in {text}")
        for line in lines:
            measurement, tags, fields, _ = line.groups()
            self.lines.append((stream, measurement, dict(tag.split("=") for tag in tags[1:].split(",")), fields))
        return 200, {}

    def _keep(self, model, folder):
        check(model, MODEL, ["uid", "title", "schemaVersion", "panels"])
        if not UID.fullmatch(model["uid"]):
            raise Wrong(400, f"uid {model['uid']}")
        if folder is not None and folder not in self.folders:
            raise Wrong(404, "folder not found")
        self.dashboards[model["uid"]] = model, folder

    def save_dashboard(self, body):
        check(body, SAVE, ["dashboard"])
        if body["dashboard"]["uid"] in self.dashboards and not body.get("overwrite"):
            raise Wrong(412, "The dashboard has been changed by someone else")
        self._keep(body["dashboard"], body.get("folderUid"))
        return 200, {"uid": body["dashboard"]["uid"], "status": "success", "version": 1}

    def _resource(self, body, version, namespace):
        check(body, RESOURCE, RESOURCE)
        check(body["metadata"], METADATA, ["name"])
        check(body["metadata"].get("annotations", {}), NOTES)
        major = int(self.version.split(".")[0])
        if major < 12 or version != ("v1beta1" if major == 12 else "v1") or namespace != "default":
            raise Wrong(404, "the server could not find the requested resource")
        return body["metadata"]["name"]

    def put_resource(self, body, version, namespace, uid):
        if self._resource(body, version, namespace) != uid:
            raise Wrong(400, "the name of the object does not match the name on the URL")
        if uid not in self.dashboards:
            return 404, {"message": "not found"}
        self._keep(body["spec"], body["metadata"]["annotations"].get("grafana.app/folder"))
        return 200, body

    def make_resource(self, body, version, namespace):
        if self._resource(body, version, namespace) in self.dashboards:
            raise Wrong(409, "already exists")
        self._keep(body["spec"], body["metadata"]["annotations"].get("grafana.app/folder"))
        return 201, body

    def find_source(self, _, uid):
        return (200, self.sources[uid]) if uid in self.sources else (404, {"message": "Data source not found"})

    def make_source(self, body):
        check(body, SOURCE, SOURCE)
        if any(body["name"] == known["name"] for known in self.sources.values()):
            raise Wrong(409, "data source with the same name already exists")
        self.sources[body["uid"]] = {"readOnly": False, **body}
        return 200, {"message": "Datasource added"}

    def change_source(self, body, uid):
        check(body, SOURCE | {"readOnly": bool}, SOURCE)
        if self.sources[uid]["readOnly"]:
            raise Wrong(403, "Cannot update read-only data source")
        self.sources[uid] = body
        return 200, {"message": "Datasource updated"}


_RESOURCES = r"/apis/dashboard\.grafana\.app/(\w+)/namespaces/([\w-]+)/dashboards"
ROUTES = {
    r"/api/annotations": {"GET": Grafana.find_annotations, "POST": Grafana.make_annotation},
    r"/api/annotations/(\d+)": {"PATCH": Grafana.change_annotation},
    r"/api/live/push/([\w-]+)": {"POST": Grafana.push},
    r"/api/dashboards/db": {"POST": Grafana.save_dashboard},
    _RESOURCES: {"POST": Grafana.make_resource},
    _RESOURCES + r"/([\w-]+)": {"PUT": Grafana.put_resource},
    r"/api/datasources": {"POST": Grafana.make_source},
    r"/api/datasources/uid/([\w-]+)": {"GET": Grafana.find_source, "PUT": Grafana.change_source},
}


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def _answer(self):
        grafana, text = self.server.owner, self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        headers = {}
        if grafana.refusals:
            status, headers = grafana.refusals.pop(0)
            answer, grafana.refused = {}, grafana.refused + 1
        else:
            try:
                status, answer = grafana.answer(self.command, urlsplit(self.path), self.headers, text)
            except Wrong as wrong:
                status, why = wrong.args
                answer = {"message": why}
                grafana.wrong.append((self.command, self.path, status, why))
        body = json.dumps(answer).encode()
        self.send_response(status)
        for name, value in {"Content-Type": "application/json", "Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    do_GET = do_POST = do_PUT = do_PATCH = _answer

    def log_message(self, *_):
        pass
