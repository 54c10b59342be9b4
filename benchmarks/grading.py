"""Marking a submission by hand-in against plain ``nbgrader autograde`` of assertions.

    python benchmarks/grading.py

Unit: one submission of 30 records. The assertion notebook asks for the same list: the trainee's
cell makes it with pandas, the hidden test compares it record by record. Ours is all that
``sosach grade`` does in one process: copy of the gradebook, taking in, key, marks, feedback page,
ledger; theirs is ``nbgrader autograde`` alone. Opening the class is outside the clock of both.
Afterwards a whole class with all exercises, by one worker and by two: see `class_run`.
"""

from __future__ import annotations

import logging
import os
import shutil
import sys
import tempfile
import warnings
from contextlib import chdir
from pathlib import Path

from class_run import compare
from compare import main
from nbformat import v4
from nbgrader.converters import Autograde, GenerateAssignment
from nbgrader.coursedir import CourseDirectory
from traitlets.config import Config

from sosach.classroom import grade, open_class, release
from sosach.course import mo_bai
from sosach.demo.trainees import perfect_by_pandas

N_OURS, N_PLAIN = 100, 6
EXERCISE = "k1_02_lap_danh_sach"
ANSWER = """import pandas as pd
doi_tuong = pd.read_csv("du_lieu/doi_tuong.csv", dtype=str, keep_default_na=False)
so = doi_tuong["so_giay_to"]
doi_tuong["nhom"] = ""
doi_tuong.loc[doi_tuong["tt_xac_minh"] == "Sai", "nhom"] = "c"
doi_tuong.loc[~so.str.fullmatch("[0-9]{9}|[0-9]{12}"), "nhom"] = "b"
doi_tuong.loc[so == "", "nhom"] = "a"
danh_sach = doi_tuong.loc[doi_tuong["nhom"] != "", ["ma_ho_so", "nhom"]]
"""


def _class(folder: Path, n: int) -> Path:
    """Open a class of `n`, hand out, let everybody hand in a right list."""
    roster = folder / "roster.csv"
    names = [f"hv{i:03d}" for i in range(n)]
    roster.write_text(
        "ma_hoc_vien,ho_ten,don_vi\n" + "".join(f"{n},{n},x\n" for n in names), encoding="utf-8"
    )
    room = open_class(folder / "lop", "Lớp đo", roster)
    release(room.root, [EXERCISE], "van_dung")
    for i, name in enumerate(names):
        perfect_by_pandas(room.handed_out / name / EXERCISE, EXERCISE, room.inbox, i)
    return room.root


def ours() -> int:
    """Mark artefacts."""
    (ledger,) = grade(SETUP["ours"], [EXERCISE])
    if ledger.counts()["graded"] != N_OURS:
        raise RuntimeError(ledger)
    return N_OURS


def plain() -> int:
    """Run assertion notebooks in kernels."""
    config = SETUP["plain"]
    Autograde(coursedir=CourseDirectory(config=config), config=config).start()
    return N_PLAIN


def _prepare_plain(folder: Path) -> Config:
    """Make nbgrader's own class with the same data and an assertion notebook."""
    root = _class(folder, 1)
    course = folder / "thuong"
    records, expected = root / "phat_bai" / "hv000" / EXERCISE / "du_lieu", {}
    with chdir(root / "phat_bai" / "hv000" / EXERCISE):
        work = mo_bai(EXERCISE)
        expected = dict.fromkeys(work.doi_tuong["ma_ho_so"], "")
    cells = [
        _cell(f"### BEGIN SOLUTION\n{ANSWER}### END SOLUTION", "danh_sach", solution=True),
        _cell(_hidden_test(list(expected)), "test_danh_sach", grade=True, locked=True, points=10),
    ]
    source = course / "source" / EXERCISE
    shutil.copytree(records, source / "du_lieu")
    notebook = v4.new_notebook(
        cells=cells,
        metadata={
            "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}
        },
    )
    (source / f"{EXERCISE}.ipynb").write_text(v4.writes(notebook), encoding="utf-8")
    config = Config()
    config.CourseDirectory.root = str(course)
    config.CourseDirectory.assignment_id = EXERCISE
    config.CourseDirectory.db_url = f"sqlite:///{course}/gradebook.db"
    config.Autograde.create_student = True
    GenerateAssignment(coursedir=CourseDirectory(config=config), config=config).start()
    for i in range(N_PLAIN):
        shutil.copytree(source, course / "submitted" / f"hv{i:03d}" / EXERCISE)
    return config


def _hidden_test(records: list[str]) -> str:
    return (
        "got = dict(zip(danh_sach['ma_ho_so'], danh_sach['nhom']))\n"
        "### BEGIN HIDDEN TESTS\n"
        f"for ma_ho_so in {records!r}:\n"
        "    row = doi_tuong.loc[doi_tuong['ma_ho_so'] == ma_ho_so].iloc[0]\n"
        "    assert got.get(ma_ho_so, '') == row['nhom'], ma_ho_so\n"
        "### END HIDDEN TESTS"
    )


def _cell(source: str, grade_id: str, **kind: object) -> object:
    flags = {"grade": False, "solution": False, "locked": False, "task": False}
    cell = v4.new_code_cell(source, id=grade_id.replace("_", "-"))
    cell.metadata["nbgrader"] = {**flags, **kind, "grade_id": grade_id, "schema_version": 3}
    return cell


SETUP: dict[str, object] = {}

if __name__ == "__main__":
    os.environ["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    warnings.simplefilter("ignore")
    logging.disable(logging.WARNING)
    with tempfile.TemporaryDirectory() as folder:
        if sys.argv[1:] == ["sosach"]:
            SETUP["ours"] = _class(Path(folder), N_OURS)
        elif sys.argv[1:]:
            SETUP["plain"] = _prepare_plain(Path(folder))
        main(__file__, {"sosach": ours, "nbgrader": plain}, ["nbgrader", "nbclient", "pandas"])
    if not sys.argv[1:]:
        sys.exit(compare())
