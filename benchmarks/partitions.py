"""The same city by every executor, order and numpy: equal digests, and what each costs.

    python benchmarks/partitions.py --scale 0.01 [--wards all] [--python PATH ...] [--dask ADDRESS]

Each way runs in a process of its own and makes all wards into a folder of its own. `--python` names
the interpreter of another environment (another numpy, the same pyarrow: its version stands in every
Parquet file). The digest covers names and sha256 of all files; exit code 1 if two digests differ.
CPU seconds are those of the process and its children; the workers of a cluster are not among them.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from generator import city, places
from generator.scenario import load_scenario
from sosach.executors import Losses, cluster, processes

ROOT = Path(__file__).resolve().parents[1]
LOSSES = Losses(lambda ward: ward.code, lambda sentence: print(sentence, file=sys.stderr))


def shuffled(work, wards):  # noqa: ANN001, ANN201 - an executor as generate takes it
    """Work in an order that has nothing to do with the codes."""
    mixed = list(wards)
    random.Random(1).shuffle(mixed)  # noqa: S311 - no secret
    return map(work, mixed)


def make(way: str, chosen: list[places.Ward], request: city.Request, folder: Path) -> None:
    """Make a city in one way."""
    if way == "alone":
        for ward in chosen:
            city.generate([ward], request, folder)
    elif way.startswith("dask "):
        with cluster(way.removeprefix("dask "), LOSSES) as run:
            city.generate(chosen, request, folder, run)
    elif way.isdecimal():
        city.generate(chosen, request, folder, processes(int(way), LOSSES))
    else:
        city.generate(chosen, request, folder, shuffled if way == "shuffled" else map)


def digest(folder: Path) -> str:
    """Return one number for the names and bytes of all tables."""
    files = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["files"]
    return hashlib.sha256(json.dumps(files, sort_keys=True).encode()).hexdigest()


def one_way(way: str, wards: str, scale: float) -> None:
    """Make a city in this process and print one line."""
    import numpy as np

    request = city.Request(2022, scale, load_scenario("tp-hcm-2022"))
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as scratch:
        make(way, list(places.select_wards(wards)), request, Path(scratch) / "city")
        wall, used = time.monotonic() - began, os.times()
        found = digest(Path(scratch) / "city")
    cpu = used.user + used.system + used.children_user + used.children_system
    peaks = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    peak = max(resource.getrusage(who).ru_maxrss for who in peaks) / 1024
    print(f"{found} {way:>10} numpy {np.__version__} CPU {cpu:.1f} s, {wall:.1f} s, {peak:.0f} MB")


def in_process(python: str, way: str, options: argparse.Namespace) -> str:
    """Run one way in a process of its own, perhaps of another environment; return its digest."""
    line = [python, __file__, "--way", way, "--wards", options.wards, "--scale", options.scale]
    own = os.environ.get("PYTHONPATH", "") if python == sys.executable else ""
    environment = {**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{own}"}
    done = subprocess.run(line, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    print(done.stdout, end="", flush=True)
    return done.stdout.split()[0]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--wards", default="all")
    parser.add_argument("--scale", default="0.01")
    parser.add_argument("--python", action="append", default=[])
    parser.add_argument("--dask")
    parser.add_argument("--way")
    options = parser.parse_args()
    if options.way:
        one_way(options.way, options.wards, float(options.scale))
        return
    ways = ["serial", "shuffled", "1", "2", "4", "alone"]
    ways += [f"dask {options.dask}"] if options.dask else []
    runs = [(sys.executable, way) for way in ways]
    runs += [(python, "serial") for python in options.python]
    digests = {in_process(python, way, options) for python, way in runs}
    print("equal" if len(digests) == 1 else "DIFFERENT")
    raise SystemExit(len(digests) != 1)


if __name__ == "__main__":
    main()
