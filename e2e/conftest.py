"""Known gaps, and the closing line that says how many tests there were."""

from pathlib import Path

import pytest


def known_gaps():
    for line in (Path(__file__).parent / "known-gaps.txt").read_text().splitlines():
        if line and not line.startswith("#"):
            yield line.split(maxsplit=1)


def pytest_collection_modifyitems(items):
    for end, reason in known_gaps():
        found = [item for item in items if item.nodeid.endswith(end)]
        for item in found:
            item.add_marker(pytest.mark.xfail(reason=reason))


@pytest.hookimpl(trylast=True)
def pytest_unconfigure(config):
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    if reporter and not config.option.collectonly:
        count = {name: len(reporter.stats.get(name, [])) for name in ("passed", "failed", "error", "skipped", "xfailed", "xpassed")}
        for report in reporter.stats.get("xpassed", []):
            print(f"{report.nodeid} passes: strike it from known-gaps.txt")
        print(
            f"{count['passed'] + count['xpassed']} passed, {count['failed'] + count['error']} failed, {count['skipped'] + count['xfailed']} skipped"
        )
