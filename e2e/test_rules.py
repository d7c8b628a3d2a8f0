"""`check rules` and `test rules` say what promtool says of the same files: those of Prometheus' own suite, and rulefiles/."""

import re
import subprocess

import pytest

from harness.programs import DEADLINE, PEERS, ROOT, SLUICE, run

PROMTOOL = [str(PEERS / "bin" / "promtool")]
SHARED = ROOT.parent / "shared" / "data" / "rule-tests"
FILES = sorted([*SHARED.glob("*.yml"), *(ROOT / "e2e" / "rulefiles").glob("*.yml")])

# What Prometheus 3.14 and newer allow without a flag, and so does Sluice; promtool here is 3.13.
# That a check says no is 2 in every command of ours; promtool says 3 of lints.
OURS = {3: 2}
NEWER = "--enable-feature=promql-duration-expr,promql-extended-range-selectors"


def messages(output):
    """What promtool complains of, without places, which it gives less precisely."""
    for line in output.splitlines():
        line = re.sub(r"^\S+\.yml: |^\s*line \d+: ", "", line.rstrip(", "))
        line = re.sub(r"^(\d+:\d+: ){1,2}(?=group )|^\d+:\d+: (?=[Gg]roupname|parse error)", "", line)
        if line.strip() and not line.startswith(("Checking ", "  FAILED", "  SUCCESS", "yaml: unmarshal errors")):
            yield line.strip()


@pytest.mark.parametrize("command", ["check", "test"])
@pytest.mark.parametrize("file", FILES, ids=lambda path: path.name)
def test_promtool_says_the_same(file, command):
    theirs, said = run([*PROMTOOL, NEWER, command, "rules", str(file)])
    ours, told = run([*SLUICE, command, "rules", str(file)])
    assert (ours == 0) == (theirs == 0), f"promtool: {theirs}\n{said}\nSluice: {ours}\n{told}"
    missing = [line for line in messages(said) if line not in told]
    assert not missing, "\n".join(["Sluice does not say", *missing, "but", told])


@pytest.mark.parametrize(
    "options",
    [[], ["--lint=none"], ["--lint-fatal"], ["--lint=all", "--lint-fatal"], ["--lint=typo"], ["--lint="], ["--lint=none,duplicate-rules"]],
    ids=" ".join,
)
def test_promtool_says_the_same_of_rules_that_are_there_twice(options):
    files = [str(ROOT / "e2e" / "rulefiles" / name) for name in ("duplicates.yml", "good.yml")]
    code, said = run([*PROMTOOL, "check", "rules", *options, *files])
    assert run([*SLUICE, "check", "rules", *options, *files]) == (OURS.get(code, code), said)


def test_rules_may_come_on_standard_input():
    text = (ROOT / "e2e" / "rulefiles" / "duplicates.yml").read_text()
    said, told = (
        subprocess.run([*tool, "check", "rules", "--lint-fatal"], input=text, capture_output=True, text=True, timeout=DEADLINE)
        for tool in (PROMTOOL, SLUICE)
    )
    assert (told.returncode, told.stdout, told.stderr) == (OURS[said.returncode], said.stdout, said.stderr)
