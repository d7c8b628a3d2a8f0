"""The image that the Dockerfile describes can be built, and its container boots, serves and ends as one should."""

import json
import time
from pathlib import Path

import pytest

from harness import image, senders
from harness.programs import free_port, listens, wait_until
from harness.telemetry import REQUESTS

HEALTH = 13133
CONFIG = """
receivers:
  otlp: {{protocols: {{grpc: {{endpoint: "127.0.0.1:{grpc}"}}}}}}
exporters:
  file: {{path: /var/lib/sluice/logs.json}}
extensions:
  health_check: {{endpoint: "127.0.0.1:{health}"}}
  file_storage: {{directory: /var/lib/sluice/storage}}
service:
  extensions: [health_check, file_storage]
  pipelines:
    logs: {{receivers: [otlp], exporters: [file]}}
  telemetry:
    metrics: {{readers: [{{pull: {{exporter: {{prometheus: {{host: 127.0.0.1, port: {own}}}}}}}}}]}}
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    if not image.possible():
        pytest.skip("this user may not make mounts of its own")
    return image.Image(tmp_path_factory.mktemp("image"))


def test_it_has_the_program_with_its_cache_and_folders_that_the_user_may_write_to(built):
    code, output = built.run("--version")
    assert code == 0 and output.startswith("sluice version "), output
    assert len(list(built.root.glob("opt/sluice/lib/*.aot"))) == 1
    for folder in ("", "dashboards", "storage"):
        status = (built.root / "var/lib/sluice" / folder).stat()
        assert f"{status.st_uid}:{status.st_gid}" == built.stage.user


def test_its_container_serves_and_is_healthy_only_then(built, tmp_path):
    if listens(HEALTH):
        pytest.skip(f"the port of the health check is fixed, and {HEALTH} is in use")
    ports = {"grpc": free_port(), "own": free_port(), "health": HEALTH}
    config = tmp_path / "config.yaml"
    config.write_text(CONFIG.format(**ports))
    assert not built.healthy()
    with built.start({config: "/etc/sluice/config.yaml"}, "sluice") as container:
        wait_until(built.healthy, container.output)
        status = dict(line.split(":", 1) for line in Path(f"/proc/{container.pid}/status").read_text().splitlines())
        assert status["Name"].strip() == "java" and set(status["Uid"].split()) == {"10001"} and int(status["CapEff"], 16) == 0
        senders.by_grpc(ports["grpc"], [log()])
        written = built.root / "var/lib/sluice/logs.json"
        wait_until(lambda: written.exists() and written.read_text(), "the record")
        assert "hello" in json.loads(written.read_text().splitlines()[0])["resourceLogs"][0]["scopeLogs"][0]["logRecords"][0]["body"]["stringValue"]
        assert container.stop() == 0
    assert "start-up cache" not in container.output()
    assert not built.healthy()


def log():
    request = REQUESTS["logs"]()
    record = request.resource_logs.add().scope_logs.add().log_records.add(time_unix_nano=time.time_ns())
    record.body.string_value = "hello"
    return request
