"""The set of docker-compose.yml as plain processes on free ports, with the very files of deploy/compose."""

import contextlib
import json
import re
import urllib.parse

import yaml

from .programs import PEERS, ROOT, SLUICE, Program, answer, free_port

FILES = ROOT / "deploy" / "compose"
SERVICES = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]
PORTS = ("GRPC", "HTTP", "HEALTH", "SELF", "PROMETHEUS", "ALERTMANAGER", "LOKI")
# What the files say of places within containers, and what it is here.
MOVED = {
    "0.0.0.0:4317": "127.0.0.1:{GRPC}",
    "0.0.0.0:4318": "127.0.0.1:{HTTP}",
    "0.0.0.0:13133": "127.0.0.1:{HEALTH}",
    "host: 0.0.0.0, port: 8888": "host: 127.0.0.1, port: {SELF}",
    "sluice:8888": "127.0.0.1:{SELF}",
    "prometheus:9090": "127.0.0.1:{PROMETHEUS}",
    "alertmanager:9093": "127.0.0.1:{ALERTMANAGER}",
    "loki:3100": "127.0.0.1:{LOKI}",
    "http_listen_port: 3100": "http_listen_port: {LOKI}",
    "directory: /loki/": "directory: {FOLDER}/loki-data/",
    "path_prefix: /loki": "path_prefix: {FOLDER}/loki-data",
    "/var/lib/sluice/": "{FOLDER}/",
    "/etc/sluice/": "{FOLDER}/",
}


class Compose:
    """`start` returns when all are ready; what was started ends with the `with` block."""

    def __init__(self, folder):
        self.folder = folder
        self.ports = {name: free_port() for name in PORTS}
        self.dashboards = folder / "dashboards"
        self._programs = contextlib.ExitStack()

    def url(self, name, path):
        return f"http://127.0.0.1:{self.ports[name]}{path}"

    def get(self, name, path, **parameters):
        text = answer(self.url(name, path) + "?" + urllib.parse.urlencode(parameters))
        return None if text is None else json.loads(text)

    def query(self, expr):
        return self.get("PROMETHEUS", "/api/v1/query", query=expr)["data"]["result"]

    def logs(self, expr):
        return self.get("LOKI", "/loki/api/v1/query_range", query=expr)["data"]["result"]

    def __enter__(self):
        with self._programs as programs:
            self._start()
            self._programs = programs.pop_all()
        return self

    def __exit__(self, *failure):
        return self._programs.__exit__(*failure)

    def _start(self):
        for file in FILES.glob("*.*ml"):
            (self.folder / file.name).write_text(self.moved(file))
        # A volume of the set.
        (self.folder / "storage").mkdir()
        prometheus = self._run("prometheus", f"--web.listen-address=127.0.0.1:{self.ports['PROMETHEUS']}")
        alertmanager = self._run("alertmanager", f"--web.listen-address=127.0.0.1:{self.ports['ALERTMANAGER']}", "--cluster.listen-address=")
        loki = self._run("loki", "-server.http-listen-address=127.0.0.1", f"-server.grpc-listen-port={free_port()}")
        prometheus.until_answers(self.url("PROMETHEUS", "/-/ready"))
        alertmanager.until_answers(self.url("ALERTMANAGER", "/-/ready"))
        loki.until_answers(self.url("LOKI", "/ready"))
        sluice = self._programs.enter_context(Program([*SLUICE, f"--config={self.folder}/sluice.yaml"], self.folder))
        sluice.until_answers(self.url("HEALTH", "/"))

    def _run(self, service, *arguments):
        """With the arguments that docker-compose.yml gives, but for where files are."""
        command = [re.sub(r"=/etc/\w+/", f"={self.folder}/", word) for word in SERVICES[service]["command"]]
        command = [re.sub(r"=/(prometheus|alertmanager)$", rf"={self.folder}/\1-data", word) for word in command]
        return self._programs.enter_context(Program([str(PEERS / "bin" / service), *command, *arguments], self.folder))

    def moved(self, file):
        """The text of a file of the set, with the places that its programs have here."""
        text = file.read_text()
        for place, here in MOVED.items():
            text = text.replace(place, here.format(FOLDER=self.folder, **self.ports))
        return text
