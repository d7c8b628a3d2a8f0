"""Alertmanager, what it tells to, and log records that tell of alerts."""

import contextlib
import json
import time
import urllib.request
from datetime import datetime, timezone
from http.server import BaseHTTPRequestHandler

from . import senders
from .collectors import Collector
from .programs import PEERS, SLUICE, Program, free_port
from .telemetry import REQUESTS
from .threads import Served


def alert_logs(*alerts):
    """A request with a record for each alert: dicts of `labels`, `state` and seconds since 1970 (`fired`, `ends`, `resolved`, `sent`)."""
    request = REQUESTS["logs"]()
    records = request.resource_logs.add().scope_logs.add().log_records
    for alert in alerts:
        record = records.add(event_name="slo.alert", time_unix_nano=int(alert.get("sent", time.time()) * 1e9))
        record.attributes.add(key="state").value.string_value = alert["state"]
        record.attributes.add(key="value").value.double_value = 2.25
        record.attributes.add(key="slo.group").value.string_value = "e2e"
        for key, what in (("fired", "slo.fired_at"), ("fired", "slo.due_at"), ("resolved", "slo.resolved_at"), ("ends", "slo.ends_at")):
            if key in alert:
                record.attributes.add(key=what).value.string_value = rfc3339(alert[key])
        if alert.get("repeat"):
            record.attributes.add(key="slo.repeat").value.bool_value = True
        for name, pairs in (("labels", alert["labels"]), ("annotations", alert.get("annotations", {}))):
            entries = record.attributes.add(key=name).value.kvlist_value
            for label, value in pairs.items():
                entries.values.add(key=label).value.string_value = value
    return request


def firing(path, fired, **more):
    labels = {"alertname": "HighLatencyAPI", "path": path, "severity": "critical"}
    return {"labels": labels, "state": "firing", "fired": fired, "ends": time.time() + 240, **more}


def resolved(path, fired):
    now = time.time()
    return {**firing(path, fired), "state": "resolved", "resolved": now, "ends": now}


def rfc3339(seconds):
    return datetime.fromtimestamp(seconds, timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def latency(path, seconds):
    """A measurement of a service: request_latency_seconds{job="shop/api",instance="one"}."""
    return latencies({path: seconds}, time.time())


def latencies(seconds, at):
    """The same of many paths, by path, taken at that time."""
    request = REQUESTS["metrics"]()
    metric = of_service(request.resource_metrics.add()).scope_metrics.add().metrics.add(name="request.latency", unit="s")
    for path, value in seconds.items():
        point = metric.gauge.data_points.add(time_unix_nano=int(at * 1e9), as_double=value)
        point.attributes.add(key="path").value.string_value = path
    return request


def of_service(resource):
    for key, value in (("service.namespace", "shop"), ("service.name", "api"), ("service.instance.id", "one")):
        resource.resource.attributes.add(key=key).value.string_value = value
    return resource


class Hook(Served):
    """A receiver of webhooks: `got` are (time, path, headers, body) of each request, with the body as bytes."""

    def __init__(self):
        super().__init__(_Heard)
        self.got = []

    def messages(self, path):
        return [(at, json.loads(body)) for at, where, _, body in list(self.got) if where == path]

    def count(self, path):
        """How many messages have come, which costs those that still come no time."""
        return sum(1 for _, where, *_ in list(self.got) if where == path)

    def alerts(self, path, status):
        """When each alert was told of first, by the label `path`."""
        seen = {}
        for at, message in self.messages(path):
            for alert in message["alerts"]:
                if alert["status"] == status:
                    seen.setdefault(alert["labels"]["path"], at)
        return seen


class _Heard(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()
        self.server.owner.got.append((time.time(), self.path, self.headers, body))

    def log_message(self, *_):
        pass


class Alertmanager(Program):
    """One replica without a cluster, so that nothing reaches it but what it is told itself."""

    def __init__(self, folder, name, hook, group_wait="1s", group_by=("alertname",), port=None):
        self.port = port or free_port()
        config = folder / f"{name}.yml"
        route = {
            "receiver": "hook",
            "group_by": list(group_by),
            "group_wait": group_wait,
            "group_interval": "1s",
            "repeat_interval": "1h",
        }
        receiver = {"name": "hook", "webhook_configs": [{"url": f"http://127.0.0.1:{hook.port}/{name}", "send_resolved": True}]}
        config.write_text(json.dumps({"route": route, "receivers": [receiver]}))
        command = [str(PEERS / "bin" / "alertmanager"), f"--config.file={config}", f"--storage.path={folder}/{name}.data"]
        command += [f"--web.listen-address=127.0.0.1:{self.port}", "--cluster.listen-address="]
        super().__init__(command, folder, name=name)

    def until_ready(self):
        self.until_answers(f"http://127.0.0.1:{self.port}/-/ready")

    def alerts(self):
        """Those that fire, by the label `path`."""
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/api/v2/alerts", timeout=30) as response:
            return {alert["labels"]["path"]: alert for alert in json.load(response)}


class Alerting:
    """A Sluice with one of configs/run that sends alerts to two Alertmanagers and a hook, to which these send as well."""

    def __init__(self, folder, config, **route):
        self.folder, self.config, self.route = folder, config, route
        self._running = contextlib.ExitStack()

    def __enter__(self):
        with self._running as running:
            self.hook = running.enter_context(Hook())
            self._replicas = running.enter_context(contextlib.ExitStack())
            self.managers = {name: self._manager(self.folder, name) for name in ("a", "b")}
            ports = {f"AM_{name.upper()}_PORT": manager.port for name, manager in self.managers.items()}
            self.sluice = running.enter_context(Collector(SLUICE, self.config, self.folder, HOOK_PORT=self.hook.port, **ports))
            self._running = running.pop_all()
        return self

    def __exit__(self, *failure):
        return self._running.__exit__(*failure)

    def _manager(self, folder, name, **port):
        return self._replicas.enter_context(Alertmanager(folder, name, self.hook, **port, **self.route))

    def send(self, *alerts):
        senders.by_grpc(self.sluice.ports["GRPC"], [alert_logs(*alerts)])

    def restart(self, name):
        """Ends a replica, and begins one in its place that knows nothing."""
        port = self.managers[name].port
        self.managers[name].stop()
        yield
        fresh = self.folder / "fresh"
        fresh.mkdir()
        self.managers[name] = self._manager(fresh, name, port=port)
        yield


def total(metrics, name, label=""):
    return sum(float(value) for series, value in metrics.items() if series.startswith(name + "{") and label in series)


def percentile(values, share):
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]
