"""Medians of runs, and the Markdown tables made of them."""

import os
import platform
import re
import statistics
from pathlib import Path


def medians(runs):
    """The median of every figure over runs of one measurement."""
    return {
        key: statistics.median(run[key] for run in runs)
        for key, value in runs[0].items()
        if isinstance(value, (int, float)) and not isinstance(value, bool)
    }


def throughput_table(rows, peer, subject):
    """rows: (scenario, medians of the peer, medians of the subject)."""
    lines = [
        f"| scenario | CPU-s / M items: {peer} | {subject} | **{peer} / {subject}** | floor → goal | items/s: {peer} | {subject} "
        f"| peak RSS MiB: {peer} | {subject} | seen by the sink: {peer} | {subject} |",
        "|---|--:|--:|--:|---|--:|--:|--:|--:|--:|--:|",
    ]
    for scenario, theirs, ours in rows:
        cost = "cpu_seconds_per_million"
        lines.append(
            f"| {scenario.name}: {scenario.title} | {theirs[cost]:.2f} | {ours[cost]:.2f} | **{theirs[cost] / ours[cost]:.2f}** "
            f"| {scenario.floor:g} → {scenario.goal:g} "
            f"| {theirs['items_per_second'] / 1e3:.0f} k | {ours['items_per_second'] / 1e3:.0f} k "
            f"| {theirs['peak_rss_mib']:.0f} | {ours['peak_rss_mib']:.0f} | {_seen(theirs)} | {_seen(ours)} |"
        )
    return "\n".join(lines)


def footprint_table(rows, peer, subject):
    """rows: (footprint, medians of the peer, medians of the subject)."""
    lines = [f"| what | {peer} | {subject} | target |", "|---|--:|--:|---|"]
    for footprint, theirs, ours in rows:
        for key, title, target in footprint.rows:
            lines.append(f"| {title} | {theirs[key]:.2f} | {ours[key]:.2f} | {target} |")
    return "\n".join(lines)


def flags(command_lines):
    """What the JVM was started with, one line for each different set; empty if there was none."""
    sets = {" ".join(words[1 : words.index("-cp")]) for words in command_lines if "-cp" in words}
    shortened = sorted(re.sub(r"(AOTCache=)[^ ]*/", r"\1…/", one) for one in sets)
    return "\n\n".join(f"Flags of the JVM: `{one}`" for one in shortened)


def write_between_markers(file, text):
    """Replaces what stands between the two markers of a Markdown file."""
    before, marker, rest = file.read_text().partition("<!-- results -->\n")
    _, end, after = rest.partition("<!-- /results -->\n")
    if not marker or not end:
        raise ValueError(f"{file} has no <!-- results --> and <!-- /results -->")
    file.write_text(f"{before}{marker}\n{text}\n\n{end}{after}")


def machine():
    """What the figures were measured on, in one line."""
    model = next(
        (line.split(":")[1].strip() for line in Path("/proc/cpuinfo").read_text().splitlines() if line.startswith("model name")),
        platform.machine(),
    )
    return f"{os.cpu_count()} x {model}, Linux {platform.release()}"


def _seen(figures):
    return f"{figures['items_seen'] / max(figures['items_sent'], 1):.2%}"
