"""Runs a collector with one of the configurations of configs/run."""

import urllib.request

from .cases import CONFIGS
from .programs import Program, free_port


class Collector(Program):
    """
    A running collector. Every `${env:…_PORT}` of the configuration that the caller does not give is a free port, found in `ports` by its
    name without `_PORT`; those that the collector listens on are awaited.
    """

    def __init__(self, command, config, folder, arguments=(), **environment):
        text = (CONFIGS / "run" / f"{config}.yaml").read_text()
        self.ports = {}
        for name in _variables(text):
            if name.endswith("_PORT") and name not in environment:
                self.ports[name.removesuffix("_PORT")] = free_port()
        given = {name: str(value) for name, value in environment.items()}
        given |= {f"{name}_PORT": str(port) for name, port in self.ports.items()}
        given.setdefault("FOLDER", str(folder))
        self.config = folder / f"{config}.yaml"
        self.config.write_text(text)
        super().__init__([*command, f"--config={self.config}", *arguments], folder, given)

    def until_ready(self):
        self.until_listening(*self.ports.values())

    def metrics(self):
        """Its own, by series, from the `SELF_PORT` of the configuration."""
        with urllib.request.urlopen(f"http://127.0.0.1:{self.ports['SELF']}/metrics", timeout=30) as response:
            lines = response.read().decode().splitlines()
        return dict(line.rsplit(" ", 1) for line in lines if line and not line.startswith("#"))


def _variables(text):
    return {part.split("}")[0].split(":-")[0] for part in text.split("${env:")[1:]}
