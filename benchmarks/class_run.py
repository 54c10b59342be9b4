"""A whole class through ``sosach grade``: one worker against two, memory, and how long for everybody.

    python benchmarks/class_run.py [--submissions 1001] [--trainees 1009]

``--submissions 22`` shows in a minute that it runs; the figures want the full size.
Opens a class that hands out all exercises, to as many trainees as make so many submissions. Each
hand-in decides on everything, and most of it wrongly, so that feedback is at its longest. Copies of
the class are graded with one and with two worker processes, in turn. The clock starts with the
first process and ends with the ledger; opening and handing in are outside. The time for all
trainees is arithmetic: submissions times the wall time of one by two workers. Needs two free cores;
an exit code of 1 says that a ledger or a gradebook differs.
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
from sosach.grading.specs import ExerciseSpec, find_spec, load_spec

ROOT = Path(__file__).resolve().parents[1]
EXERCISES = sorted(path.stem for path in (ROOT / "solutions").glob("k1_*.toml"))
MARKS = "select sum(auto_score), count(*) from grade"
#: what decisions are about -> the file that lists it, in its first column
LISTS = {
    "ma_ho_so": "doi_tuong.csv",
    "ma_phan_anh": "phan_anh.csv",
    "doi_tuong_kiem_tra": "chong_phieu.csv",
    "chi_tieu": "chi_tieu.csv",
}


def by_rule(record: dict[str, str]) -> str:
    """Return the group that the record's face shows (CV 2262), or ``khong``."""
    number = record["so_giay_to"]
    if not number:
        return "a"
    if not (number.isascii() and number.isdigit() and len(number) in (9, 12)):
        return "b"
    return "c" if record["tt_xac_minh"] in ("Sai", "Không xác minh được") else "khong"


def make_class(folder: Path, n: int) -> Path:
    """Open a class of `n`, hand out all exercises, let everybody hand in everything."""
    roster = folder / "lop.csv"
    names = [f"hv{i:05d}" for i in range(n)]
    rows = "".join(f"{name},Học viên {name},Trạm {name[-2:]}\n" for name in names)
    roster.write_text(f"ma_hoc_vien,ho_ten,don_vi\n{rows}", encoding="utf-8")
    room = open_class(folder / "lop", "Lớp đo", roster)
    release(room.root, EXERCISES, "van_dung")
    for exercise in EXERCISES:
        spec = load_spec(find_spec(exercise))
        for name in names:
            hand_in(spec, room.handed_out / name / exercise, room.inbox / name / exercise)
    return room.root


def hand_in(spec: ExerciseSpec, pack: Path, target: Path) -> None:
    """Hand in the first code of the list for everything that is to be decided on."""
    [(artefact, form)] = spec.artefacts.items()
    codes = {column: allowed[0] for column, allowed in form.codes.items()}
    (target / "bai_nop").mkdir(parents=True)
    for kept in ("goi_bai.json", f"{spec.id}.ipynb"):
        shutil.copyfile(pack / kept, target / kept)
    given = pack / "du_lieu" / LISTS[form.key[0]]
    with (
        given.open(encoding="utf-8-sig", newline="") as file,
        (target / "bai_nop" / artefact).open("w", encoding="utf-8", newline="") as out,
    ):
        writer = csv.DictWriter(out, form.columns, restval="1")
        writer.writeheader()
        for item, *_ in list(csv.reader(file))[1:]:
            writer.writerow({form.key[0]: item, **dict.fromkeys(form.key[1:3], ""), **codes})


def run_once(folder: Path, workers: int) -> None:
    """Grade a class and print wall seconds, CPU seconds, peak memory of a worker (MB), the sums."""
    began = time.monotonic()
    ledgers = grade(folder, (), processes(workers, Losses(str, print)))
    wall = time.monotonic() - began
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    own = resource.getrusage(resource.RUSAGE_SELF)
    cpu = sum(use.ru_utime + use.ru_stime for use in (children, own))
    with sqlite3.connect(folder / "gradebook.db") as connection:
        points, rows = connection.execute(MARKS).fetchone()
    graded = sum(ledger.counts()["graded"] for ledger in ledgers)
    print(wall, cpu, children.ru_maxrss / 1024, graded, points, rows)


def measured(root: Path, workers: int) -> list[float]:
    """Grade a copy of the class in a process of its own."""
    folder = root.with_name(f"ban_sao_{workers}")
    shutil.copytree(root, folder)
    command = [sys.executable, __file__, "--class", str(folder), "--workers", str(workers)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
    shutil.rmtree(folder)
    return [float(word) for word in done.stdout.split()]


def compare(submissions: int = 1001, trainees: int = 1009) -> int:
    """Measure one and two workers, say how long everybody would take, return the exit code."""
    with tempfile.TemporaryDirectory() as folder:
        root = make_class(Path(folder), -(-submissions // len(EXERCISES)))
        one, two = measured(root, 1), measured(root, 2)
    n, everybody = one[3], trainees * len(EXERCISES)
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, {n:.0f} submissions")
    for workers, (wall, cpu, memory, graded, *_) in ((1, one), (2, two)):
        print(
            f"{workers} worker(s): {wall:8.1f} s, {1000 * cpu / n:7.1f} CPU ms and"
            f" {1000 * wall / n:7.1f} ms wall a submission, {memory:6.0f} MB peak a worker,"
            f" {graded:.0f} graded"
        )
    print(f"two against one: {one[0] / two[0]:.2f} times as many in the same time")
    print(f"{everybody} submissions by two workers: {two[0] / n * everybody / 60:.1f} minutes")
    return int(one[3:] != two[3:] or n < submissions)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--submissions", type=int, default=1001, help="graded by each, 1001")
    parser.add_argument("--trainees", type=int, default=1009, help="extrapolated to, 1009")
    parser.add_argument("--class", dest="folder", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--workers", type=int, default=1, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.folder:
        run_once(chosen.folder, chosen.workers)
    else:
        sys.exit(compare(chosen.submissions, chosen.trainees))
