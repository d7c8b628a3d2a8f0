"""What rules write does not depend on the number of loops that telemetry comes by."""

import http.client
import json
import random
import time

from harness import senders
from harness.alerting import total
from harness.collectors import Collector
from harness.programs import ROOT, SLUICE, wait_until
from harness.telemetry import REQUESTS

CONNECTIONS, PATHS, STEP, SECONDS = 16, 6, 0.5, 24
BOUNDS = (0.125, 0.25, 0.5, 1, 2)
CUMULATIVE, DELTA = 2, 1


class Instance:
    """A service with a connection of its own to each collector: counters that start anew, deltas, gauges, histograms of both kinds, gaps."""

    def __init__(self, number, ports):
        self.number, self.chance = number, random.Random(number)
        self.connections = [http.client.HTTPConnection("127.0.0.1", port, timeout=60) for port in ports]
        self.requests, self.buckets = [0] * PATHS, [[0] * (len(BOUNDS) + 1) for _ in range(PATHS)]
        self.scales = [[0] * 8 for _ in range(PATHS)]
        self.start = 0

    def report(self, at):
        """Tells all collectors the same; each has answered before this ends, and so has seen it."""
        body = self._request(int(at * 1e9)).SerializeToString()
        for connection in self.connections:
            status, answer = senders.post(connection, "/v1/metrics", body)
            assert status == 200, answer

    def _request(self, at):
        self.start = self.start or at
        request = REQUESTS["metrics"]()
        resource = request.resource_metrics.add()
        for key, value in (("service.name", "shop"), ("service.instance.id", str(self.number))):
            resource.resource.attributes.add(key=key).value.string_value = value
        metrics = resource.scope_metrics.add().metrics
        if self.chance.random() < 0.02:
            self.start, self.requests = at, [0] * PATHS
        zone = metrics.add(name="zone.info").gauge.data_points.add(time_unix_nano=at, as_int=1)
        zone.attributes.add(key="zone").value.string_value = "abc"[self.number % 3]
        requests, jobs = metrics.add(name="requests").sum, metrics.add(name="jobs").sum
        latency, wait = metrics.add(name="latency", unit="s").histogram, metrics.add(name="wait", unit="s").exponential_histogram
        load = metrics.add(name="load").gauge
        for counter, temporality in ((requests, CUMULATIVE), (jobs, DELTA)):
            counter.is_monotonic, counter.aggregation_temporality = True, temporality
        latency.aggregation_temporality = wait.aggregation_temporality = CUMULATIVE
        for path in range(PATHS):
            if self.chance.random() < 0.1:
                continue
            points = [kind.data_points.add(time_unix_nano=at, start_time_unix_nano=self.start) for kind in (requests, latency, wait, load)]
            delta = jobs.data_points.add(time_unix_nano=at, start_time_unix_nano=at - int(STEP * 1e9), as_int=self.chance.randrange(20))
            for point in (*points, delta):
                point.attributes.add(key="path").value.string_value = f"/{path}"
            self.requests[path] += self.chance.randrange(1 + 8 * path)
            self._measure(path)
            points[0].as_int = self.requests[path]
            points[1].count, points[1].sum = sum(self.buckets[path]), 1
            points[1].explicit_bounds.extend(BOUNDS)
            points[1].bucket_counts.extend(self.buckets[path])
            points[2].count, points[2].sum, points[2].scale = sum(self.scales[path]), 1, 0
            points[2].positive.offset = -4
            points[2].positive.bucket_counts.extend(self.scales[path])
            points[3].as_double = self.chance.randrange(64 * 64) / 64 if path else 8 * (self.number % 8)
        return request

    def _measure(self, path):
        for counts in (self.buckets[path], self.scales[path]):
            for _ in range(self.chance.randrange(12)):
                counts[self.chance.randrange(len(counts))] += 1


def written(folder):
    """What rules have written, by second: name and labels, and the value."""
    steps = {}
    for line in (folder / "metrics.json").read_text().splitlines():
        for resource in json.loads(line)["resourceMetrics"]:
            of = labels(resource["resource"].get("attributes", ()))
            for metric in (metric for scope in resource["scopeMetrics"] for metric in scope["metrics"]):
                if ":" not in metric["name"] and not metric["name"].startswith("ALERTS"):
                    continue
                for point in metric["gauge"]["dataPoints"]:
                    key = (metric["name"], *sorted((of | labels(point.get("attributes", ()))).items()))
                    step = steps.setdefault(int(point["timeUnixNano"]) // 10**9, {})
                    assert key not in step, f"{key} twice in one step"
                    step[key] = point.get("asDouble", "none" if point.get("flags") else 0)
    return steps


def labels(attributes):
    return {attribute["key"]: attribute["value"].get("stringValue", "") for attribute in attributes}


def test_rules_of_all_kinds_write_the_same_on_one_loop_and_on_four(tmp_path):
    folders = {loops: tmp_path / str(loops) for loops in (1, 4)}
    for folder in folders.values():
        folder.mkdir()
    rules = ROOT / "e2e" / "rulefiles" / "loops.yml"
    one, four = (Collector(SLUICE, "loops", folder, ["--loops", str(loops)], RULES=rules) for loops, folder in folders.items())
    with one, four:
        instances = [Instance(number, [collector.ports["HTTP"] for collector in (one, four)]) for number in range(CONNECTIONS)]
        begun = int(time.time()) + 2
        for step in range(int(SECONDS / STEP)):
            at = begun + step * STEP
            wait_until(lambda at=at: time.time() >= at, "the time to report")
            random.Random(step).shuffle(instances)
            for instance in instances:
                instance.report(at)
        for collector in (one, four):
            seen = collector.metrics()
            assert total(seen, "otelcol_rule_group_iterations") > SECONDS
            for lost in ("rule_engine_samples_dropped", "rule_engine_items_unseen", "rule_group_iterations_missed"):
                assert total(seen, f"otelcol_{lost}") == 0, seen
    steps = {loops: written(folder) for loops, folder in folders.items()}
    # What comes first and last depends on when each began and was stopped.
    common = range(begun + 1, begun + SECONDS - 2)
    for second in common:
        assert steps[4][second] == steps[1][second], f"{second - begun} s after the begin"
    values = [step for second in common for step in steps[1][second].items()]
    print(f"{len(values)} values of {len({key for key, _ in values})} series in {len(common)} steps are equal")
    names = {line.split("record:")[1].strip() for line in rules.read_text().splitlines() if "record:" in line}
    # The rule above its limit fails at every step.
    assert {key[0] for key, _ in values} == names - {"bounded:load"} | {"ALERTS", "ALERTS_FOR_STATE"}
    alerts = {(dict(key[1:])["alertname"], dict(key[1:])["alertstate"]) for key, _ in values if key[0] == "ALERTS"}
    assert alerts == {(name, state) for name in ("Busy", "TooMany") for state in ("pending", "firing")} | {("BusyAtOnce", "firing")}
