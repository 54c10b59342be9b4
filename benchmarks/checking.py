"""How long a learner waits for ``kiem_tra()`` in practice, with every record wrong or right.

Run: python benchmarks/checking.py
"""

from __future__ import annotations

import platform
import statistics
import time
from contextlib import chdir
from tempfile import TemporaryDirectory

import pandas as pd

from sosach.course import BaiTap, mo_bai

EXERCISE = "k1_02_lap_danh_sach"
ROUNDS = 9


def main() -> None:
    print(f"Python {platform.python_version()}, pandas {pd.__version__}, {ROUNDS} rounds")
    for level in ("lam_quen", "nang_cao"):
        with TemporaryDirectory() as folder, chdir(folder):
            exercise = mo_bai(EXERCISE, muc=level)
            codes = exercise.doi_tuong["ma_ho_so"]
            exercise.luu([{"ma_ho_so": code, "nhom": "c"} for code in codes])
            walls, cpus = zip(*(_wait(exercise) for _ in range(ROUNDS)), strict=True)
        told = ", ".join(
            f"{statistics.median(found):.3f} s {name} ({min(found):.3f} - {max(found):.3f})"
            for name, found in (("wall", walls), ("CPU", cpus))
        )
        print(f"{len(codes)} records: {told}")


def _wait(exercise: BaiTap) -> tuple[float, float]:
    """Return the seconds from the call to the box that is shown: on the wall, of the processor."""
    began, used = time.perf_counter(), time.process_time()
    exercise.kiem_tra()._repr_html_()
    return time.perf_counter() - began, time.process_time() - used


if __name__ == "__main__":
    main()
