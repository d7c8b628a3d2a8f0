"""A real Prometheus, asked by its query API."""

import json
import urllib.parse
import urllib.request

from .programs import PEERS, Program, free_port


class Prometheus(Program):
    """With that configuration, as JSON; its data outlives it, so that another in the same folder goes on with them."""

    def __init__(self, folder, configuration, *arguments):
        self.port = free_port()
        self.config = folder / "prometheus.yml"
        self.config.write_text(json.dumps(configuration))
        command = [str(PEERS / "bin" / "prometheus"), f"--config.file={self.config}", f"--storage.tsdb.path={folder}/data"]
        super().__init__([*command, f"--web.listen-address=127.0.0.1:{self.port}", *arguments], folder)

    def until_ready(self):
        self.until_answers(self.url("/-/ready"))

    def url(self, path):
        return f"http://127.0.0.1:{self.port}{path}"

    def api(self, path, **parameters):
        with urllib.request.urlopen(self.url(f"/api/v1/{path}?{urllib.parse.urlencode(parameters)}"), timeout=30) as response:
            return json.load(response)["data"]

    def query(self, what, **parameters):
        return self.api("query", query=what, **parameters)["result"]

    def exemplars(self, what, start, end):
        """Those of each series."""
        return self.api("query_exemplars", query=what, start=start, end=end)

    def targets(self):
        return [(target["labels"], target["health"], target["lastError"]) for target in self.api("targets")["activeTargets"]]
