"""Run several subjects in turn, each in a process of its own, and compare their CPU seconds."""

from __future__ import annotations

import json
import os
import platform
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from importlib.metadata import version

ROUNDS = 3


def cpu_seconds() -> float:
    """Return user and system seconds of this process and of its children that have ended."""
    used = os.times()
    return used.user + used.system + used.children_user + used.children_system


def measured(work: Callable[[], int]) -> None:
    """Do the work and print its CPU seconds per unit; imports and pools are outside the clock."""
    before, began = cpu_seconds(), time.monotonic()
    units = work()
    figures = {
        "cpu_per_unit": (cpu_seconds() - before) / units,
        "wall_per_unit": (time.monotonic() - began) / units,
        "units": units,
    }
    print(json.dumps(figures))


def main(script: str, subjects: Mapping[str, Callable[[], int]], packages: list[str]) -> None:
    """Run one subject if named on the command line, otherwise compare all, interleaved.

    Parameters
    ----------
    script : str
        Path of the benchmark.
    subjects : mapping
        Name -> work that returns its number of units; ours first.
    packages : list of str
        Whose versions stand beside the figures.
    """
    if len(sys.argv) > 1:
        measured(subjects[sys.argv[1]])
        return
    found: dict[str, list[dict[str, float]]] = {name: [] for name in subjects}
    for _ in range(ROUNDS):
        for name in subjects:
            done = subprocess.run(
                [sys.executable, script, name], capture_output=True, text=True, check=True
            )
            found[name].append(json.loads(done.stdout.splitlines()[-1]))
    ours = statistics.median(run["cpu_per_unit"] for run in next(iter(found.values())))
    versions = ", ".join(f"{package} {version(package)}" for package in packages)
    print(
        f"Python {platform.python_version()}, {os.cpu_count()} cores, {versions}; {ROUNDS} rounds, interleaved"
    )
    for name, runs in found.items():
        cpu = [run["cpu_per_unit"] * 1000 for run in runs]
        wall = statistics.median(run["wall_per_unit"] * 1000 for run in runs)
        median = statistics.median(cpu)
        print(
            f"{name:28} {median:10.4f} CPU ms per unit ({min(cpu):.4f} - {max(cpu):.4f}),"
            f" {wall:10.4f} ms wall, {median / 1000 / ours:8.1f} x ours"
        )
