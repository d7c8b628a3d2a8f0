"""The set of docker-compose.yml works: every file is good for the program that reads it, data arrives, and dashboards show it."""

import contextlib
import json
import re
import subprocess
import time
from urllib.parse import urlsplit

import grpc
import pytest

from harness import senders
from harness.collectors import Collector
from harness.compose import FILES, SERVICES, Compose, answer
from harness.programs import PEERS, ROOT, SLUICE, free_port, run, wait_until
from harness.telemetry import REQUESTS


def checked(*command):
    code, output = run([str(PEERS / "bin" / command[0]), *map(str, command[1:])])
    assert code == 0, output


def test_prometheus_takes_its_files():
    checked("promtool", "check", "config", FILES / "prometheus.yml")


def test_alertmanager_takes_its_file():
    checked("amtool", "check-config", FILES / "alertmanager.yml")


def test_loki_takes_its_file():
    checked("loki", "-verify-config", f"-config.file={FILES / 'loki.yaml'}")


def test_prometheus_would_take_the_rules_of_sluice_and_of_its_objectives(tmp_path):
    checked("promtool", "check", "rules", FILES / "sluice-rules.yml")
    with open(tmp_path / "objectives.yml", "wb") as rules:
        subprocess.run([*SLUICE, "slo", "generate", str(FILES / "slos.yml")], stdout=rules, check=True)
    checked("promtool", "check", "rules", tmp_path / "objectives.yml")


def composed(file):
    return run([str(ROOT / "e2e" / "composefile" / "run"), str(file)], deadline=600)


def test_compose_takes_its_file(tmp_path):
    code, output = composed(ROOT / "docker-compose.yml")
    assert code == 0, output
    worse = tmp_path / "docker-compose.yml"
    for right, wrong in (("healthcheck:", "healthchek:"), ("  storage:\n", ""), ("loki: {condition", "lokki: {condition")):
        worse.write_text((ROOT / "docker-compose.yml").read_text().replace(right, wrong))
        assert composed(worse)[0] == 1, wrong


def test_mounted_files_exist():
    for service in SERVICES.values():
        for volume in service.get("volumes", []):
            source = volume.split(":")[0]
            assert not source.startswith(".") or (ROOT / source).exists(), volume


def test_images_are_those_that_are_tried_here():
    versions = dict(re.findall(r"^(\w+)=v(\S+)", (ROOT / "bench" / "versions").read_text(), re.MULTILINE))
    # Prometheus 3.13.2 is v0.313.2 as a module.
    minor, patch = re.fullmatch(r"0\.3(\d+)\.(\d+)", versions["PROMETHEUS"]).groups()
    assert SERVICES["prometheus"]["image"] == f"prom/prometheus:v3.{minor}.{patch}"
    assert SERVICES["alertmanager"]["image"] == f"prom/alertmanager:v{versions['ALERTMANAGER']}"
    assert SERVICES["loki"]["image"] == f"grafana/loki:{versions['LOKI']}"
    assert re.fullmatch(r"grafana/grafana:\d+\.\d+\.\d+", SERVICES["grafana"]["image"])


def test_the_readme_names_the_pages_to_open():
    (start,) = re.findall(r"^`docker compose up .*?\n\n", (ROOT / "README.md").read_text(), re.MULTILINE | re.DOTALL)
    pages = dict(re.findall(r"\[(\w+)\]\(http://localhost:(\d+)", start))
    open_ports = {name: [port.split(":")[1] for port in service["ports"]] for name, service in SERVICES.items()}
    assert pages.keys() == {"Grafana", "Prometheus", "Alertmanager"}
    for name, port in pages.items():
        assert port in open_ports[name.lower()]
    assert "localhost:4317" in start and "4317" in open_ports["sluice"]


def requests(number):
    """Something of each signal of the service `shop`."""
    now = time.time_ns()
    traces, metrics, logs = (REQUESTS[signal]() for signal in ("traces", "metrics", "logs"))
    resources = [traces.resource_spans.add(), metrics.resource_metrics.add(), logs.resource_logs.add()]
    for resource in resources:
        resource.resource.attributes.add(key="service.name").value.string_value = "shop"
    spans, points, records = resources
    spans.scope_spans.add().spans.add(name="buy", trace_id=bytes(range(16)), span_id=bytes(range(8)), start_time_unix_nano=now, end_time_unix_nano=now)
    metric = points.scope_metrics.add().metrics.add(name="orders", unit="1")
    metric.sum.aggregation_temporality, metric.sum.is_monotonic = 2, True
    metric.sum.data_points.add(start_time_unix_nano=now - 10**9, time_unix_nano=now, as_int=number)
    record = records.scope_logs.add().log_records.add(time_unix_nano=now)
    record.body.string_value = f"order {number}"
    return traces, metrics, logs


@pytest.fixture(scope="module")
def running(tmp_path_factory):
    with Compose(tmp_path_factory.mktemp("compose")) as running:
        yield running


def test_metrics_arrive_in_prometheus(running):
    senders.by_grpc(running.ports["GRPC"], requests(7))
    (series,) = wait_until(lambda: running.query('orders_total{job="shop"}'), "the metric sent")
    assert series["value"][1] == "7"


def test_health_checks_ask_for_what_answers(running):
    for name in ("prometheus", "alertmanager"):
        *_, url = SERVICES[name]["healthcheck"]["test"]
        assert urlsplit(url).port == int(SERVICES[name]["ports"][0].split(":")[2])
        assert answer(running.url(name.upper(), urlsplit(url).path)) is not None
    # In its image is nothing but Loki, which asks itself.
    assert SERVICES["loki"]["healthcheck"]["test"] == ["CMD", "/usr/bin/loki", "-health"]
    assert SERVICES["loki"]["ports"] == ["127.0.0.1:3100:3100"]
    checked("loki", "-health", f"-health.url={running.url('LOKI', '/ready')}")
    assert run([str(PEERS / "bin" / "loki"), "-health", f"-health.url=http://127.0.0.1:{free_port()}/ready"])[0] == 1


def test_sluice_itself_is_watched(running):
    wait_until(lambda: running.query('up{job="sluice-itself"} == 1'), "a scrape of Sluice")


def test_alerts_arrive_in_alertmanager(running):
    wait_until(lambda: running.get("ALERTMANAGER", "/api/v2/alerts", filter='alertname="Watchdog"'), "the alert that always fires")


def test_logs_arrive_in_loki(running):
    senders.by_grpc(running.ports["GRPC"], requests(8))
    wait_until(lambda: running.logs('{service_name="shop"} |= "order 8"'), "the line sent")


def failing_requests(number):
    """As many requests to `shop` that fail as others."""
    now = time.time_ns()
    request = REQUESTS["metrics"]()
    resource = request.resource_metrics.add()
    resource.resource.attributes.add(key="service.name").value.string_value = "shop"
    metric = resource.scope_metrics.add().metrics.add(name="http.server.request.duration", unit="s")
    metric.histogram.aggregation_temporality = 2
    for status in (200, 500):
        point = metric.histogram.data_points.add(start_time_unix_nano=now - 30 * 10**9, time_unix_nano=now, count=number, sum=number / 10)
        point.explicit_bounds.extend([0.5, 1])
        point.bucket_counts.extend([number, 0, 0])
        point.attributes.add(key="http.response.status_code").value.int_value = status
    return request


@pytest.fixture(scope="module")
def objective(running):
    """The set while half of all requests fail, as rules in the stream have seen."""
    numbers = iter(range(100, 1_000_000))

    def seen():
        senders.by_grpc(running.ports["GRPC"], [failing_requests(next(numbers))])
        return running.query('slo:sli_error:ratio_rate3d{sloth_id="all-requests"}')

    wait_until(seen, "the error ratio")
    return running


def test_an_objective_that_is_missed_is_an_alert_in_alertmanager(objective):
    (alert,) = wait_until(lambda: objective.get("ALERTMANAGER", "/api/v2/alerts", filter='sloth_severity="page"'), "the page")
    assert alert["labels"]["alertname"] == "RequestsFail" and alert["labels"]["severity"] == "critical"


def test_the_dashboard_of_an_slo_shows_burn_rates_and_thresholds(objective):
    """Half of all requests fail where one of a thousand may: the budget burns 500 times too fast, and alerts fire above what the SRE workbook says."""
    (model,) = wait_until(lambda: [model for model in dashboards(objective.dashboards) if model["title"] == "SLO: all requests"], "the dashboard")
    panels = [panel for panel in model["panels"] if panel["title"].startswith("Burn rate")]
    shown = [[value_of(objective, target["expr"]) for target in panel["targets"]] for panel in panels]
    assert shown == [[pytest.approx(500), pytest.approx(500), threshold] for threshold in (14.4, 6, 3, 1)]


def value_of(running, expr):
    (series,) = wait_until(lambda: running.query(expr), expr)
    return float(series["value"][1])


# All that quotes, regular expressions and job names know.
ODD = 'the "shop"\\d/team.*/ü (1) {x}|y'


def of_a_jvm(name):
    """Metrics and a log record of a service by that name."""
    request, logs = REQUESTS["metrics"](), REQUESTS["logs"]()
    resources = [request.resource_metrics.add(), logs.resource_logs.add()]
    for resource in resources:
        resource.resource.attributes.add(key="service.name").value.string_value = name
    now, scope = time.time_ns(), resources[0].scope_metrics.add()
    units = {"jvm.memory.used": "By", "jvm.memory.committed": "By", "jvm.memory.used_after_last_gc": "By", "jvm.cpu.recent_utilization": "1"}
    for metric in (*units, "jvm.thread.count", "jvm.class.count"):
        point = scope.metrics.add(name=metric, unit=units.get(metric, "")).gauge.data_points.add(time_unix_nano=now, as_double=0.5)
        for key in ("jvm.memory.pool.name", "jvm.memory.type", "jvm.thread.state"):
            point.attributes.add(key=key).value.string_value = "some"
    resources[1].scope_logs.add().log_records.add(time_unix_nano=now).body.string_value = "it runs"
    return request, logs


def plain(expr):
    """As Grafana asks, over a minute."""
    return expr.replace("$__rate_interval", "1m")


def bare(expr):
    """Without the zero that stands in where nothing has happened, and would stand in for a name that is wrong."""
    return plain(expr).replace(" or on() vector(0)", "")


# What may not have happened in a JVM. Of pipelines the next test has all that may happen.
SELDOM = {"Left after the last collection", "Time in garbage collection"}


def test_every_query_of_the_dashboards_returns_data(objective):
    senders.by_grpc(objective.ports["GRPC"], [*requests(9), *of_a_jvm(ODD)])
    titles = {"Sluice: metrics", "Sluice: logs", "Sluice: traces", "JVM: sluice", f"JVM: {ODD}", "SLO: all requests"}
    models = wait_until(lambda: dashboards(objective.dashboards) if len(dashboards(objective.dashboards)) == len(titles) else None, "the dashboards")
    assert {model["title"] for model in models} == titles
    ask = {"prometheus": objective.query, "loki": objective.logs}
    queries = {
        (panel["datasource"]["type"], (plain if panel["title"] in SELDOM or "pipeline" in model["tags"] else bare)(target["expr"]))
        for model in models
        for panel in model["panels"]
        for target in panel["targets"]
    }
    assert len(queries) > 40
    assert {source for source, _ in queries} == set(ask)
    numbers = iter(range(10, 10_000))

    def returns(source, query):
        senders.by_grpc(objective.ports["GRPC"], requests(next(numbers)))
        return ask[source](query)

    for source, query in sorted(queries):
        wait_until(lambda source=source, query=query: returns(source, query), query)


def test_names_that_queries_must_escape_are_found_in_each_panel_of_a_pipeline(objective, tmp_path):
    """One pipeline sends, the other refuses and drops: all that pipelines do has happened, so that no zero need stand in."""
    environment = {"NEXT_PORT": objective.ports["GRPC"], "NOBODY_PORT": free_port()}
    with Collector(SLUICE, "odd_names", tmp_path, **environment) as odd:
        models = wait_until(lambda: dashboards(tmp_path / "dashboards") if len(dashboards(tmp_path / "dashboards")) == 2 else None, "two dashboards")
        panels = {}
        for model in models:
            for panel in model["panels"]:
                for target in panel["targets"]:
                    panels.setdefault((panel["title"], target["refId"]), []).append(bare(target["expr"]))
        numbers = iter(range(1, 1_000_000))

        def missing():
            senders.by_grpc(odd.ports["GRPC"], [requests(next(numbers))[1]])
            for _ in range(3):
                with contextlib.suppress(grpc.RpcError):
                    senders.by_grpc(odd.ports["VAIN"], [requests(next(numbers))[1]])
            return [panel for panel, exprs in panels.items() if not any(objective.query(expr) for expr in exprs)]

        wait_until(lambda: not missing(), lambda: f"data in {missing()}")
        assert len(panels) == 10


def test_the_command_makes_the_dashboards_of_the_exporter_and_the_files_of_the_set(objective, tmp_path):
    wait_until(lambda: len(dashboards(objective.dashboards)) == 6, "the dashboards")
    command = ["dashboards", f"--config={objective.folder}/sluice.yaml", "--jvm=sluice", f"--jvm={ODD}", f"--output={tmp_path}"]
    code, output = run([*SLUICE, *command], folder=tmp_path)
    assert code == 0, output
    made = {file.name: file.read_text() for file in (tmp_path / "dashboards").iterdir()}
    assert made == {file.name: file.read_text() for file in objective.dashboards.glob("*.json")}
    for file in ("dashboards/sluice.yaml", "datasources/sluice.yaml"):
        text = (tmp_path / "provisioning" / file).read_text().replace(str(tmp_path), str(objective.folder))
        assert text == objective.moved(FILES / "grafana" / "provisioning" / file)


@pytest.mark.parametrize("title", ["Received", "Sent"])
def test_dashboards_show_the_traffic(running, title):
    """A zero stands in where nothing has happened, so what has happened is looked for by its value."""
    (model,) = [model for model in dashboards(running.dashboards) if model["title"] == "Sluice: metrics"]
    (expr,) = [panel["targets"][0]["expr"] for panel in model["panels"] if panel["title"] == title]
    numbers = iter(range(10, 10_000))

    def shown():
        senders.by_grpc(running.ports["GRPC"], requests(next(numbers)))
        return any(float(series["value"][1]) > 0 for series in running.query(plain(expr)))

    wait_until(shown, plain(expr))


def dashboards(folder):
    return [json.loads(file.read_text()) for file in folder.glob("*.json")]
