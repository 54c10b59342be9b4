"""A whole class through ``sosach grade``: one worker against two, memory, and how long for everybody.

    python benchmarks/class_run.py [--submissions 1000] [--trainees 1009] [--exercises 11]

Opens a class of as many trainees as submissions, each with a right list of 30 records made by the
rule, and grades copies of it with one and with two worker processes, in turn. The clock starts with
the first process and ends with the ledger; opening and handing in are outside. The time for all
trainees and exercises is arithmetic: submissions times the wall time of one by two workers. Needs
two free cores; an exit code of 1 says that a ledger or a gradebook differs.
"""

from __future__ import annotations

import argparse
import csv
import os
import platform
import resource
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from sosach.classroom import grade, open_class, release
from sosach.executors import Losses, processes

ROOT = Path(__file__).resolve().parents[1]
EXERCISE = "k1_02_lap_danh_sach"
MARKS = "select sum(auto_score), count(*) from grade"


def by_rule(record: dict[str, str]) -> str:
    """Return the group that the record's face shows (CV 2262), or ``khong``."""
    number = record["so_giay_to"]
    if not number:
        return "a"
    if not (number.isascii() and number.isdigit() and len(number) in (9, 12)):
        return "b"
    return "c" if record["tt_xac_minh"] in ("Sai", "Không xác minh được") else "khong"


def make_class(folder: Path, n: int) -> Path:
    """Open a class of `n`, hand out, let everybody hand in a right list."""
    roster = folder / "lop.csv"
    names = [f"hv{i:05d}" for i in range(n)]
    rows = "".join(f"{name},Học viên {name},Trạm {name[-2:]}\n" for name in names)
    roster.write_text(f"ma_hoc_vien,ho_ten,don_vi\n{rows}", encoding="utf-8")
    room = open_class(folder / "lop", "Lớp đo", roster)
    release(room.root, [EXERCISE], "van_dung")
    for name in names:
        pack = room.handed_out / name / EXERCISE
        with (pack / "du_lieu" / "doi_tuong.csv").open(encoding="utf-8-sig", newline="") as file:
            found = [(row["ma_ho_so"], by_rule(row)) for row in csv.DictReader(file)]
        target = room.inbox / name / EXERCISE
        (target / "bai_nop").mkdir(parents=True)
        for kept in ("goi_bai.json", f"{EXERCISE}.ipynb"):
            shutil.copyfile(pack / kept, target / kept)
        lines = [f"{code},{group}" for code, group in found if group != "khong"]
        text = "\n".join(["ma_ho_so,nhom", *lines, ""])
        (target / "bai_nop" / "danh_sach.csv").write_text(text, encoding="utf-8")
    return room.root


def run_once(folder: Path, workers: int) -> None:
    """Grade a class and print wall seconds, CPU seconds, peak memory of a worker (MB), the sums."""
    began = time.monotonic()
    (ledger,) = grade(folder, (), processes(workers, Losses(str, print)))
    wall = time.monotonic() - began
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    own = resource.getrusage(resource.RUSAGE_SELF)
    cpu = sum(use.ru_utime + use.ru_stime for use in (children, own))
    with sqlite3.connect(folder / "gradebook.db") as connection:
        points, rows = connection.execute(MARKS).fetchone()
    print(wall, cpu, children.ru_maxrss / 1024, ledger.counts()["graded"], points, rows)


def measured(root: Path, workers: int) -> list[float]:
    """Grade a copy of the class in a process of its own."""
    folder = root.with_name(f"ban_sao_{workers}")
    shutil.copytree(root, folder)
    command = [sys.executable, __file__, "--class", str(folder), "--workers", str(workers)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
    shutil.rmtree(folder)
    return [float(word) for word in done.stdout.split()]


def compare(options: argparse.Namespace) -> int:
    """Measure one and two workers, and say how long everybody would take."""
    with tempfile.TemporaryDirectory() as folder:
        root = make_class(Path(folder), options.submissions)
        one, two = measured(root, 1), measured(root, 2)
    n, all_of_them = options.submissions, options.trainees * options.exercises
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, {n} submissions")
    for workers, (wall, cpu, memory, graded, *_) in ((1, one), (2, two)):
        print(
            f"{workers} worker(s): {wall:8.1f} s, {1000 * cpu / n:7.1f} CPU ms and"
            f" {1000 * wall / n:7.1f} ms wall a submission, {memory:6.0f} MB peak a worker,"
            f" {graded:.0f} graded"
        )
    print(f"two against one: {one[0] / two[0]:.2f} times as many in the same time")
    print(f"{all_of_them} submissions by two workers: {two[0] / n * all_of_them / 60:.1f} minutes")
    return int(one[3:] != two[3:] or one[3] != n)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--submissions", type=int, default=1000)
    parser.add_argument("--trainees", type=int, default=1009)
    parser.add_argument("--exercises", type=int, default=11)
    parser.add_argument("--class", dest="folder", type=Path)
    parser.add_argument("--workers", type=int, default=1)
    chosen = parser.parse_args()
    if chosen.folder:
        run_once(chosen.folder, chosen.workers)
    else:
        sys.exit(compare(chosen))
