"""The set of docker-compose.yml works: every file is good for the program that reads it, data arrives, and dashboards show it."""

import json
import shutil
import subprocess
import time

import pytest

from harness import compose, senders
from harness.compose import FILES, Compose
from harness.programs import PEERS, SLUICE, run, wait_until
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


def test_compose_takes_its_file():
    commands = [["docker", "compose"], ["docker-compose"]]
    known = [command for command in commands if shutil.which(command[0]) and run([*command, "version"])[0] == 0]
    if not known:
        pytest.skip("neither docker compose nor docker-compose is here, nor could e2e/run install one")
    code, output = run([*known[0], "-f", str(compose.ROOT / "docker-compose.yml"), "config", "-q"])
    assert code == 0, output


def test_mounted_files_exist_and_images_are_pinned():
    for name, service in compose.SERVICES.items():
        for volume in service.get("volumes", []):
            source = volume.split(":")[0]
            assert not source.startswith(".") or (compose.ROOT / source).exists(), volume
        assert name == "sluice" or not service["image"].endswith(":latest") and ":" in service["image"]


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


def test_every_query_of_the_dashboards_returns_data(objective):
    senders.by_grpc(objective.ports["GRPC"], requests(9))
    models = wait_until(lambda: dashboards(objective.dashboards) if len(dashboards(objective.dashboards)) == 5 else None, "the dashboards")
    titles = {"Sluice: metrics", "Sluice: logs", "Sluice: traces", "JVM: sluice", "SLO: all requests"}
    assert {model["title"] for model in models} == titles
    queries = {(panel["datasource"]["type"], target["expr"]) for model in models for panel in model["panels"] for target in panel["targets"]}
    assert len(queries) > 40
    ask = {"prometheus": objective.query, "loki": objective.logs}
    assert {source for source, _ in queries} == set(ask)
    for source, expr in sorted(queries):
        plain = expr.replace("$__rate_interval", "1m")
        wait_until(lambda source=source, plain=plain: ask[source](plain), plain)


def test_the_command_makes_the_dashboards_of_the_exporter_and_the_files_of_the_set(objective, tmp_path):
    wait_until(lambda: len(dashboards(objective.dashboards)) == 5, "the dashboards")
    command = ["dashboards", f"--config={objective.folder}/sluice.yaml", "--jvm=sluice", f"--output={tmp_path}"]
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
    plain = expr.replace("$__rate_interval", "1m")
    numbers = iter(range(10, 10_000))

    def shown():
        senders.by_grpc(running.ports["GRPC"], requests(next(numbers)))
        return any(float(series["value"][1]) > 0 for series in running.query(plain))

    wait_until(shown, plain)


def dashboards(folder):
    return [json.loads(file.read_text()) for file in folder.glob("*.json")]
