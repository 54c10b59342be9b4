"""Handing out a class's packs: CPU and wall time of one pack of every exercise.

    python benchmarks/release.py [EXERCISE ...] [--packs 12] [--workers 2] [--trainees 1009]

First one process: the CPU seconds of one more pack at ``van_dung``, in a class that has what is
made once (certificates, tokens of its stations, a spec) already; rounds interleaved. Then
``sosach class release`` as a person runs it, with several processes, all exercises in one run, for a
class of two and for one of ``--packs`` more: the difference is what a trainee costs, and for all of
them it is arithmetic: the class of two and that many more. Needs as many free cores as workers; the load stands in the first line.
"""

from __future__ import annotations

import argparse
import os
import platform
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from compare import ROUNDS, cpu_seconds

from sosach.classroom import open_class, release
from sosach.classroom.folder import ClassFolder

ROOT = Path(__file__).resolve().parents[1]
#: the class whose cost is the start
FEW = 2
EXERCISES = sorted(path.stem for path in (ROOT / "solutions").glob("*.toml"))


def opened(folder: Path, n: int) -> ClassFolder:
    """Open a class of `n`."""
    roster = folder.with_suffix(".csv")
    rows = "".join(f"hv{i:05d},Học viên {i},Trạm {i % 9}\n" for i in range(n))
    roster.write_text(f"ma_hoc_vien,ho_ten,don_vi\n{rows}", encoding="utf-8")
    return open_class(folder, "Lớp đo", roster)


def one_more(room: ClassFolder, exercise: str, packs: int) -> tuple[float, float]:
    """Hand out to a class whose packs of this exercise were lost; return CPU and wall of a pack."""
    for pack in room.handed_out.glob(f"*/{exercise}"):
        shutil.rmtree(pack)
    before, began = cpu_seconds(), time.monotonic()
    release(room.root, [exercise], "van_dung")
    return (cpu_seconds() - before) / packs, (time.monotonic() - began) / packs


def by_command(base: Path, exercises: list[str], n: int, workers: int) -> tuple[float, float]:
    """Hand out everything to a class of `n` with the command; return CPU and wall seconds."""
    room = opened(base / "lenh", n)
    code = "from sosach.cli import main; main()"
    words = ["class", "release", str(room.root), *exercises, "--workers", str(workers)]
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    subprocess.run(
        [sys.executable, "-c", code, *words], check=True, stdout=subprocess.DEVNULL, cwd=ROOT
    )
    wall, after = time.monotonic() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    shutil.rmtree(room.root)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, wall


def main() -> None:
    """Measure, and print medians with their range."""
    parser = argparse.ArgumentParser()
    parser.add_argument("exercises", nargs="*", default=EXERCISES)
    parser.add_argument("--packs", type=int, default=12)
    parser.add_argument("--workers", type=int, default=os.cpu_count())
    parser.add_argument("--trainees", type=int, default=1009)
    asked = parser.parse_args()
    found: dict[str, list[tuple[float, float]]] = {name: [] for name in asked.exercises}
    load = "/".join(f"{each:.0f}" for each in os.getloadavg())
    print(
        f"Python {platform.python_version()}, {os.cpu_count()} cores, load {load}, {ROUNDS} rounds"
    )
    with tempfile.TemporaryDirectory() as place:
        room = opened(Path(place) / "lop", asked.packs)
        release(room.root, asked.exercises, "van_dung")
        for _ in range(ROUNDS):
            for exercise, runs in found.items():
                runs.append(one_more(room, exercise, asked.packs))
        few, many = (
            by_command(Path(place), asked.exercises, n, asked.workers)
            for n in (FEW, FEW + asked.packs)
        )
    for exercise, runs in found.items():
        spent, took = zip(*((1000 * c, 1000 * w) for c, w in runs), strict=True)
        print(
            f"{exercise:30} {statistics.median(spent):7.1f} CPU ms a pack"
            f" ({min(spent):.1f} - {max(spent):.1f}), {statistics.median(took):7.1f} ms wall"
        )
    total = sum(statistics.median(c for c, _ in runs) for runs in found.values())
    everybody = f"{asked.trainees} trainees x {len(found)} exercises"
    print(f"{everybody}: {total * asked.trainees / 60:.1f} CPU minutes in one process")
    cpu, wall = (
        (small + (large - small) / asked.packs * (asked.trainees - FEW)) / 60
        for small, large in zip(few, many, strict=True)
    )
    print(
        f"{everybody} by the command with {asked.workers} workers:"
        f" {cpu:.1f} CPU minutes, {wall:.1f} minutes wall"
    )


if __name__ == "__main__":
    main()
