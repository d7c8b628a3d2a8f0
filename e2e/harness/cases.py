"""The configurations below configs/: what their first lines say, and what a collector makes of them."""

import re
from pathlib import Path

from .programs import GO, SLUICE, run

CONFIGS = Path(__file__).resolve().parents[1] / "configs"


class Case:
    """
    A configuration whose first lines are directives `# KEY: VALUE`, some of them several times:

    error:  text that both collectors must print (bad configurations only)
    sluice: text that Sluice prints where the Collector's does not fit it; a `because:` must say why
    only:   sluice, if the Collector has no such component or key: it is not asked then
    args:   one more argument of the command line
    env:    NAME=VALUE
    run:    start, if the fault only shows when the service starts
    """

    def __init__(self, path):
        self.path = path
        self.name = f"{path.parent.name}/{path.stem}"
        self.directives = {}
        for line in path.read_text().splitlines():
            match = re.fullmatch(r"# (error|sluice|because|only|args|env|run): (.*)", line)
            if match:
                self.directives.setdefault(match[1], []).append(match[2])

    def collectors(self):
        """Those that are to judge it."""
        return (SLUICE,) if "only" in self.directives else (GO, SLUICE)

    def judge(self, collector, folder):
        """Exit code and output of a collector that validates the configuration, or starts with it."""
        command = [] if "run" in self.directives else ["validate"]
        arguments = [f"--config={self.path}", *self.directives.get("args", [])]
        environment = dict(pair.split("=", 1) for pair in self.directives.get("env", []))
        return run([*collector, *command, *arguments], environment, folder)

    def expected(self, sluice):
        if sluice and "sluice" in self.directives:
            assert "because" in self.directives, f"{self.name} departs without a reason"
            return self.directives["sluice"]
        return self.directives["error"]

    def __str__(self):
        return self.name


def cases(kind):
    return [Case(path) for path in sorted((CONFIGS / kind).glob("*.yaml"))]
