"""The set of docker-compose.yml works: every file is good for the program that reads it, data arrives, and dashboards show it."""

import json
import shutil
import time

import pytest

from harness import compose, senders
from harness.compose import FILES, Compose
from harness.programs import PEERS, run, wait_until
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


def test_compose_takes_its_file():
    commands = [["docker", "compose"], ["docker-compose"]]
    known = [command for command in commands if shutil.which(command[0]) and run([*command, "version"])[0] == 0]
    if not known:
        pytest.skip("no docker compose here")
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


def objective():
    """An SLO with half a percent of errors in every window, as Sloth's rules show it."""
    request = REQUESTS["metrics"]()
    scope = request.resource_metrics.add().scope_metrics.add()
    values = {"sloth_slo_info": 1, "slo:objective:ratio": 0.999, "slo:error_budget:ratio": 0.001, "slo:period_error_budget_remaining:ratio": 0.4}
    values |= {f"slo:sli_error:ratio_rate{window}": 0.005 for window in ("5m", "1h", "6h", "1d", "3d")}
    for name, value in values.items():
        point = scope.metrics.add(name=name).gauge.data_points.add(time_unix_nano=time.time_ns(), as_double=value)
        for key, label in {"sloth_id": "shop-buy", "sloth_service": "shop", "sloth_slo": "buy"}.items():
            point.attributes.add(key=key).value.string_value = label
    return request


def test_the_dashboard_of_an_slo_shows_burn_rates(running):
    senders.by_grpc(running.ports["GRPC"], [objective()])
    model = wait_until(lambda: next((model for model in dashboards(running) if model["title"] == "SLO: shop buy"), None), "the dashboard")
    (burn,) = [panel["targets"] for panel in model["panels"] if panel["title"] == "Burn rate by window"]
    for target in burn:
        wait_until(lambda expr=target["expr"]: [float(series["value"][1]) for series in running.query(expr)] == [5.0], target["expr"])


def test_every_query_of_the_dashboards_returns_data(running):
    senders.by_grpc(running.ports["GRPC"], [objective()])
    models = wait_until(lambda: dashboards(running) if len(dashboards(running)) == 5 else None, "one a pipeline, of the JVM and the SLO")
    assert {model["title"] for model in models} == {"Sluice: metrics", "Sluice: logs", "Sluice: traces", "JVM: sluice", "SLO: shop buy"}
    queries = {(panel["datasource"]["type"], target["expr"]) for model in models for panel in model["panels"] for target in panel["targets"]}
    assert len(queries) > 20
    for source, expr in sorted(queries):
        if source == "prometheus":
            plain = expr.replace("$__rate_interval", "1m")
            wait_until(lambda plain=plain: running.query(plain), plain)
        else:
            # Sluice keeps its own log to itself; the query is that of any JVM service.
            wait_until(lambda expr=expr: running.logs(expr.replace('"sluice"', '"shop"')), expr)


@pytest.mark.parametrize("title", ["Received", "Sent"])
def test_dashboards_show_the_traffic(running, title):
    """A zero stands in where nothing has happened, so what has happened is looked for by its value."""
    (model,) = [model for model in dashboards(running) if model["title"] == "Sluice: metrics"]
    (expr,) = [panel["targets"][0]["expr"] for panel in model["panels"] if panel["title"] == title]
    plain = expr.replace("$__rate_interval", "1m")
    numbers = iter(range(10, 10_000))

    def shown():
        senders.by_grpc(running.ports["GRPC"], requests(next(numbers)))
        return any(float(series["value"][1]) > 0 for series in running.query(plain))

    wait_until(shown, plain)


def dashboards(running):
    return [json.loads(file.read_text()) for file in running.dashboards.glob("*.json")]
