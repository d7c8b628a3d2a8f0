"""Alerts of a rule in the stream open and close annotations in Grafana, and live panels hear of its series."""

import time

from harness import senders
from harness.alerting import latency
from harness.collectors import Collector
from harness.grafana import Grafana
from harness.programs import SLUICE, wait_until


def test_an_annotation_lasts_as_long_as_the_alert_and_panels_are_live(tmp_path):
    with Grafana("glsa_e2e") as grafana, Collector(SLUICE, "grafana", tmp_path, GRAFANA_PORT=grafana.port) as sluice:

        def reporting(seconds, condition):
            def reported():
                senders.by_grpc(sluice.ports["GRPC"], [latency("/checkout", seconds), latency("/cart", 0.25)])
                time.sleep(0.1)
                return condition()

            return reported

        begun = time.time()
        wait_until(reporting(3, lambda: grafana.annotations), lambda: f"an annotation; not as documented was {grafana.wrong}")
        opened = dict(grafana.annotations[0])
        assert opened["text"] == "Slow: 3s on /checkout"
        assert opened.keys() == {"id", "time", "text", "tags", "dashboardUID", "panelId"}
        assert (opened["dashboardUID"], opened["panelId"]) == ("shop", 4)
        assert {"sluice", "alertname:Slow", "path:/checkout", "severity:critical"} < set(opened["tags"])
        # The breach was held against the rule's `for` before.
        assert begun + 1 <= opened["time"] / 1000 <= time.time()

        wait_until(reporting(0.5, lambda: "timeEnd" in grafana.annotations[0]), "the end of the annotation")
        closed = grafana.annotations[0]
        assert opened["time"] < closed["timeEnd"] <= time.time() * 1000
        assert {key: value for key, value in closed.items() if key != "timeEnd"} == opened

        recorded = {(stream, tags["path"], fields) for stream, name, tags, fields in grafana.lines if name == "path_request_latency_max"}
        assert recorded == {("slo", "/checkout", f"value={seconds}") for seconds in ("3.0", "0.5")} | {("slo", "/cart", "value=0.25")}
        states = [tags["alertstate"] for _, name, tags, _ in grafana.lines if name == "ALERTS"]
        assert sorted(set(states), key=states.index) == ["pending", "firing"]

        # Another time is another annotation.
        wait_until(reporting(3, lambda: len(grafana.annotations) == 2), "a second annotation")
        assert "timeEnd" not in grafana.annotations[1]
        assert grafana.wrong == []
