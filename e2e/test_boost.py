"""While an alert fires, the sampler keeps everything of what it is about."""

import random

import pytest

from harness import senders
from harness.alerting import Hook, latency, of_service
from harness.collectors import Collector
from harness.programs import SLUICE, wait_until
from harness.sinks import Sink
from harness.telemetry import REQUESTS

NUMBER = 1000


def spans(path, seed):
    request = REQUESTS["traces"]()
    scope, ids = of_service(request.resource_spans.add()).scope_spans.add(), random.Random(seed)
    for _ in range(NUMBER):
        span = scope.spans.add(name=path, trace_id=ids.randbytes(16), span_id=ids.randbytes(8))
        span.attributes.add(key="http.route").value.string_value = path
    return request


class Boosting:
    def __init__(self, sluice, sink, hook):
        self.port, self.sink, self.hook = sluice.ports["GRPC"], sink, hook

    def kept(self, path, seed):
        """The tracestates of what arrives of some spans. They go by a connection, and so perhaps on a loop, of their own."""
        self.sink.requests["traces"].clear()
        senders.by_grpc(self.port, [spans(path, seed)])
        requests = [REQUESTS["traces"].FromString(body) for body in self.sink.requests["traces"]]
        scopes = [scope for request in requests for of in request.resource_spans for scope in of.scope_spans]
        return [span.trace_state for scope in scopes for span in scope.spans]

    def until(self, status, seconds):
        """Measures that latency again and again, as a service does, until the webhook has been told."""

        def told():
            senders.by_grpc(self.port, [latency("/checkout", seconds)])
            return status in [message["status"] for _, message in self.hook.messages("/direct")]

        wait_until(told, f"an alert that is {status}")


@pytest.mark.parametrize("loops", [1, 3])
def test_everything_of_the_service_and_path_is_kept_until_the_alert_is_resolved(tmp_path, loops):
    few = range(1, NUMBER // 10)
    with Sink() as sink, Hook() as hook:
        arguments = ["--loops", str(loops)]
        with Collector(SLUICE, "boost", tmp_path, arguments, SINK_GRPC_PORT=sink.grpc_port, HOOK_PORT=hook.port) as sluice:
            boosting = Boosting(sluice, sink, hook)
            assert len(boosting.kept("/checkout", 1)) in few
            boosting.until("firing", 3)
            for seed in range(2, 2 + 3 * loops):
                assert boosting.kept("/checkout", seed) == ["ot=th:0"] * NUMBER
            others = boosting.kept("/other", 20)
            assert len(others) in few
            assert "ot=th:0" not in others
            boosting.until("resolved", 0.1)
            assert len(boosting.kept("/checkout", 30)) in few
