"""`./sluice demo`, the README's first command, serves what the README says."""

import json
import re
import urllib.request

import pytest

from harness.programs import ROOT, SLUICE, Program, listens, run, wait_until

PORTS = (4317, 4318, 8888, 8889)


def check(command, folder, environment, deadline):
    taken = [port for port in PORTS if listens(port)]
    if taken:
        pytest.skip(f"the demo has fixed ports, and {taken} are in use")
    with Program([*command, "demo"], folder, environment, name="demo") as demo:
        demo.until_listening(8889, deadline=deadline)
        wait_until(lambda: {"jvm_memory_used_bytes", "http_server_request_duration_seconds"} <= families(), "both families", 120)
        assert "localhost:8889/metrics" in demo.output()
        assert "HighLatencyAPI" in {rule["name"] for rule in rules()}
        assert demo.stop() == 0


def families():
    with urllib.request.urlopen("http://localhost:8889/metrics", timeout=30) as response:
        return set(re.findall(r"^# TYPE (\w+) ", response.read().decode(), re.MULTILINE))


def rules():
    with urllib.request.urlopen("http://localhost:55679/debug/slo?format=json", timeout=30) as response:
        return [rule for component in json.load(response)["components"] for rule in component["rules"]]


def test_demo(tmp_path):
    check(SLUICE, tmp_path, {}, 60)


@pytest.mark.full
def test_demo_of_a_clean_clone_with_nothing_cached(tmp_path):
    """As on the day somebody finds the project: no local repository, no home with caches in it; java is whatever the system has."""
    clone, home = tmp_path / "clone", tmp_path / "home"
    home.mkdir()
    code, output = run(["git", "clone", "-q", f"file://{ROOT}", str(clone)])
    assert code == 0, output
    environment = {"HOME": str(home), "MAVEN_ARGS": f"-Dmaven.repo.local={home}/.m2/repository", "JAVA_HOME": ""}
    check([str(clone / "sluice")], tmp_path, environment, 1200)
