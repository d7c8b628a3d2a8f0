"""Grafana hears of the alerts of a rule in the stream, its live panels of the rule's series, and it has dashboards. Grafana is a stub that is strict."""

import signal
import time

import pytest

from harness import senders
from harness.alerting import latency, of_service
from harness.collectors import Collector
from harness.grafana import Grafana
from harness.programs import SLUICE, wait_until
from harness.telemetry import REQUESTS

TOKEN = "glsa_e2e"


def grafana(**more):
    return Grafana(TOKEN, folders=["sluice"], **more)


def sluice(folder, known):
    return Collector(SLUICE, "grafana", folder, GRAFANA_PORT=known.port)


def until(running, seconds, condition, what):
    """While the checkout takes so long."""

    def reported():
        senders.by_grpc(running.ports["GRPC"], [latency("/checkout", seconds), latency("/cart", 0.25)])
        time.sleep(0.1)
        return condition()

    return wait_until(reported, what)


def test_an_annotation_lasts_as_long_as_the_alert_and_panels_are_live(tmp_path):
    with grafana() as known, sluice(tmp_path, known) as running:
        begun = time.time()
        until(running, 3, lambda: known.annotations, lambda: f"an annotation; not as documented was {known.wrong}")
        opened = dict(known.annotations[0])
        assert opened["text"] == "Slow: 3s on /checkout"
        assert opened.keys() == {"id", "time", "text", "tags", "dashboardUID", "panelId"}
        assert (opened["dashboardUID"], opened["panelId"]) == ("shop", 4)
        assert {"sluice", "alertname:Slow", "path:/checkout", "severity:critical"} < set(opened["tags"])
        # The breach was held against the rule's `for` before.
        assert begun + 1 <= opened["time"] / 1000 <= time.time()

        until(running, 0.5, lambda: "timeEnd" in known.annotations[0], "the end of the annotation")
        closed = known.annotations[0]
        assert opened["time"] < closed["timeEnd"] <= time.time() * 1000
        assert {key: value for key, value in closed.items() if key != "timeEnd"} == opened

        recorded = {(stream, tags["path"], fields) for stream, name, tags, fields in known.lines if name == "path_request_latency_max"}
        assert recorded == {("slo", "/checkout", f"value={seconds}") for seconds in ("3.0", "0.5")} | {("slo", "/cart", "value=0.25")}
        states = [tags["alertstate"] for _, name, tags, _ in known.lines if name == "ALERTS"]
        assert sorted(set(states), key=states.index) == ["pending", "firing"]

        # Another time is another annotation.
        until(running, 3, lambda: len(known.annotations) == 2, "a second annotation")
        assert "timeEnd" not in known.annotations[1]
        assert known.wrong == []


def saved(folder, after):
    return any(file.stat().st_mtime > after for file in folder.glob("*/rules"))


@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGKILL])
def test_a_restart_between_leaves_no_annotation_open_and_makes_none_twice(tmp_path, end):
    with grafana() as known:
        with sluice(tmp_path, known) as running:
            until(running, 3, lambda: known.annotations, "an annotation")
            fired = time.time()
            if end == signal.SIGKILL:
                until(running, 3, lambda: saved(tmp_path / "state", fired), "what the rules know, on disk")
            running.signal(end)
            running.wait()
        with sluice(tmp_path, known) as running:
            until(running, 0.5, lambda: "timeEnd" in known.annotations[0], "the end of the annotation")
        assert len(known.annotations) == 1 and known.wrong == []


def test_what_grafana_refuses_for_now_arrives_later_and_once(tmp_path):
    with grafana() as known, sluice(tmp_path, known) as running:
        known.refusals += [(503, {}), (429, {"Retry-After": "1"}), (502, {}), (500, {})] * 3
        until(running, 3, lambda: known.refused == 12 and known.annotations, "an annotation")
        until(running, 0.5, lambda: "timeEnd" in known.annotations[0], "the end of the annotation")
        assert len(known.annotations) == 1 and known.wrong == []


def test_one_deleted_by_hand_stands_there_again_at_its_end(tmp_path):
    with grafana() as known, sluice(tmp_path, known) as running:
        until(running, 3, lambda: known.annotations, "an annotation")
        deleted = known.annotations.pop()
        until(running, 0.5, lambda: known.annotations, "the annotation")
        (again,) = known.annotations
        assert again.pop("timeEnd") > deleted["time"] and again == deleted
        assert known.wrong == []


def provisioned(uid, url):
    return {"name": "Ours", "type": "prometheus", "uid": uid, "access": "proxy", "url": url, "readOnly": True}


@pytest.mark.parametrize("version", ["11.6.0", "12.4.0", "13.1.0"])
def test_data_sources_and_dashboards_arrive_by_the_routes_of_the_version(tmp_path, version):
    """Data sources that Grafana lacks are made; one that it was given as a file cannot be changed, and holds up nothing."""
    titles = {"Sluice: metrics", "Sluice: metrics/slo", "Sluice: logs/slo", "JVM: shop/api"}
    with grafana(version=version) as known:
        known.sources["p1"] = provisioned("p1", "http://elsewhere:9090")
        with sluice(tmp_path, known) as running:
            senders.by_grpc(running.ports["GRPC"], [threads()])
            wait_until(lambda: len(known.dashboards) == len(titles), lambda: f"the dashboards; not as documented was {known.wrong}")
            running.until_says("Cannot update read-only data source")
        assert {model["title"] for model, _ in known.dashboards.values()} == titles
        assert {folder for _, folder in known.dashboards.values()} == {"sluice"}
        assert known.sources["p1"] == provisioned("p1", "http://elsewhere:9090")
        assert known.sources["l1"] == {"name": "Loki", "type": "loki", "uid": "l1", "access": "proxy", "url": "http://loki:3100", "readOnly": False}

        # What is there is replaced.
        made = dict(known.dashboards)
        known.dashboards |= {uid: ({"title": "changed"}, None) for uid in made}
        with sluice(tmp_path, known) as running:
            senders.by_grpc(running.ports["GRPC"], [threads()])
            wait_until(lambda: known.dashboards == made, lambda: f"the same dashboards; not as documented was {known.wrong}")
        assert {(method, path, status) for method, path, status, _ in known.wrong} == {("PUT", "/api/datasources/uid/p1", 403)}


def threads():
    """A metric by which a service is known to run on a JVM."""
    request = REQUESTS["metrics"]()
    metric = of_service(request.resource_metrics.add()).scope_metrics.add().metrics.add(name="jvm.thread.count")
    metric.gauge.data_points.add(time_unix_nano=time.time_ns(), as_int=7)
    return request


def test_a_token_that_is_not_good_stops_nothing_else(tmp_path):
    with Grafana("another") as known, sluice(tmp_path, known) as running:
        until(running, 3, lambda: "looking for an annotation in Grafana failed: 401" in running.output(), "the refusal of an annotation")
        running.until_says("sending a dashboard to Grafana failed: 401")
        assert {status for _, _, status, _ in known.wrong} == {401}
        assert running.stop() == 0
