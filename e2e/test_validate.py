"""The Go Collector and Sluice agree on every configuration below configs/, and on command lines, in verdict and in text."""

import re

import pytest

from harness.cases import cases
from harness.collectors import Collector
from harness.programs import GO, SLUICE, run
from harness.sinks import Sink


@pytest.mark.parametrize("case", cases("good"), ids=str)
def test_both_accept(case, tmp_path):
    for collector in case.collectors():
        code, output = case.judge(collector, tmp_path)
        assert code == 0, f"{collector[0]} refuses:\n{output}"


@pytest.mark.parametrize("case", cases("bad"), ids=str)
def test_both_refuse_with_the_same_text(case, tmp_path):
    for collector in case.collectors():
        code, output = case.judge(collector, tmp_path)
        for text in case.expected(collector is SLUICE):
            assert text in output, f"{collector[0]} does not say {text!r}, but:\n{output}"
        assert code == 1, f"{collector[0]} ends with {code}:\n{output}"
    if not {"args", "run"} & case.directives.keys():
        assert re.search(rf"{re.escape(str(case.path))}:\d+:\d+: ", output), f"no place in:\n{output}"


COMMANDS = {
    "": "at least one config flag must be provided",
    "validate": "at least one config flag must be provided",
    "nosuch": 'unknown command "nosuch" for ',
    "featuregate nosuch": 'feature "nosuch" not found',
    "print-config --mode=loud --config=yaml:receivers:": 'invalid mode "loud": modes are: redacted, unredacted',
    "--feature-gates=nosuch": 'invalid argument "nosuch" for "--feature-gates" flag: no such feature gate "nosuch". valid gates: [',
}


@pytest.mark.parametrize("arguments", COMMANDS)
def test_both_refuse_a_command_line(arguments, tmp_path):
    for collector in (GO, SLUICE):
        code, output = run([*collector, *arguments.split()], folder=tmp_path)
        assert COMMANDS[arguments] in output, f"{collector[0]}:\n{output}"
        assert code == 1


@pytest.mark.parametrize("name", ["go", "sluice"])
def test_warnings_at_the_start(name, tmp_path):
    with Sink() as sink:
        ports = {"SINK_GRPC_PORT": sink.grpc_port, "SINK_HTTP_PORT": sink.http_port}
        with Collector(GO if name == "go" else SLUICE, "warnings", tmp_path, **ports) as collector:
            for text in (
                '"otlp" alias is deprecated; use "otlp_grpc" instead',
                '"otlphttp" alias is deprecated; use "otlp_http" instead',
                "Configuration references unset environment variable",
                "Everything is ready. Begin running and processing data.",
            ):
                collector.until_says(text)
