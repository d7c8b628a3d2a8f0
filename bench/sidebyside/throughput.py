"""Scenarios that drive a collector as hard as one core of load can, to see what an item costs it."""

import time
from dataclasses import dataclass

from .stage import ITEMS, Stage


@dataclass(frozen=True)
class Scenario:
    """One configuration under one load. floor and goal are what Go / Sluice in CPU-seconds must and should reach."""

    name: str
    title: str
    floor: float
    goal: float
    signal: str = "traces"
    protocol: str = "grpc"
    gzip: bool = False  # what comes in
    new_ids: bool = False  # in every request, for what decides by id
    pinned: bool = True
    config: str = ""
    go_config: str = ""  # where Go does the same by other components
    payload: str = ""  # instead of the signal's own
    items: int = ITEMS  # in each request
    samples: int = 0  # that a request becomes by remote write; then these are what the sink counts

    def measure(self, collector, seconds, warm):
        """One run; the collector is under load for warm seconds before anything counts."""
        with Stage.open(collector, self.name, self.pinned) as stage, stage.ready(self.config_of(collector)) as process:
            time.sleep(1)
            if warm:
                self.load(stage, warm)
                stage.await_quiet()
            stage.forget()
            before = process.cpu_seconds()
            load = self.load(stage, seconds)
            stage.await_quiet()
            cpu = process.cpu_seconds() - before
            sent, seen = load["answered"] * self.items, stage.seen()
            return {
                "items_sent": sent,
                "items_seen": self.seen(seen),
                "items_per_second": sent / load["seconds"],
                "cpu_seconds": cpu,
                "cpu_seconds_per_million": cpu / max(sent, 1) * 1e6,
                "rss_mib": process.rss_mib(),
                "peak_rss_mib": process.rss_mib(peak=True),
                "failed_requests": load["failed"],
                "sink": seen,
                "command_line": process.command_line(),
            }

    def config_of(self, collector):
        return (collector.go and self.go_config) or self.config or self.name

    def seen(self, counts):
        if self.samples:
            return counts["samples"] * self.items / self.samples
        return counts[{"traces": "spans", "logs": "logs", "metrics": "points"}[self.signal]]

    def load(self, stage, seconds):
        """Sends what the scenario sends, as fast as answers come."""
        if self.new_ids:
            return stage.load(seconds)
        return stage.h2load(self.signal, self.protocol, self.gzip, seconds, self.payload)


SCENARIOS = [
    Scenario("s1", "traces gRPC → batch → gRPC", 4, 6.5),
    Scenario("s1m", "s1 behind memory_limiter", 4, 6),
    Scenario("s1z", "s1, gzip out", 2.5, 3.5),
    Scenario("s2", "traces HTTP → batch → HTTP", 5, 8, protocol="http"),
    Scenario("s3", "logs gRPC", 3.5, 6.5, signal="logs"),
    Scenario("s4", "metrics gRPC", 3, 5.5, signal="metrics"),
    Scenario("s5", "probabilistic sampler, 10 %", 5, 8, new_ids=True),
    Scenario("s8", "gzip in, gzip out", 2, 3, gzip=True, config="s1z"),
    Scenario("s1b", "s1, 8,000 spans a request", 4, 6.5, config="s1", payload="traces80", items=8000),
    Scenario("s2b", "s2, 8,000 spans a request", 5, 8, protocol="http", config="s2", payload="traces80", items=8000),
    # 400 resources: 8 sums, 6 gauges, 6 histograms of 15 buckets with sum and count, target_info.
    Scenario("rw1", "metrics gRPC → remote write 1.0", 3, 4, signal="metrics", payload="series", items=8000, samples=46_800),
    Scenario("rw2", "metrics gRPC → remote write 2.0", 3, 4, signal="metrics", payload="series", items=8000, samples=46_800),
    Scenario("loki", "logs gRPC → batch → Loki", 2.5, 4, signal="logs", go_config="loki-otlp"),
    Scenario("s1u", "s1 on two cores, not pinned", 4, 6.5, pinned=False, config="s1"),
]
