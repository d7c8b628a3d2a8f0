"""Medians of runs, and the Markdown tables made of them."""

import os
import platform
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


def machine():
    """What the figures were measured on, in one line."""
    model = next(
        (line.split(":")[1].strip() for line in Path("/proc/cpuinfo").read_text().splitlines() if line.startswith("model name")),
        platform.machine(),
    )
    return f"{os.cpu_count()} x {model}, Linux {platform.release()}"


def _seen(figures):
    return f"{figures['items_seen'] / max(figures['items_sent'], 1):.2%}"
