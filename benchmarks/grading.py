"""Marking a submission by hand-in against plain ``nbgrader autograde`` of assertions.

    python benchmarks/grading.py

Unit: one submission of 30 records. The assertion notebook asks for the same list: the trainee's
cell makes it with pandas, the hidden test compares it record by record. Both run through
nbgrader's converters in one process; opening the class and taking in the files is outside the clock.
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

from compare import main
from nbformat import v4
from nbgrader.converters import Autograde, GenerateAssignment
from nbgrader.coursedir import CourseDirectory
from traitlets.config import Config

from sosach.classroom import collect, open_class, release
from sosach.classroom.nbgrader_class import autograde
from sosach.course import mo_bai
from sosach.demo.trainees import perfect_by_pandas

N = 6
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


def _class(folder: Path) -> Path:
    """Open a class of `N`, hand out, let everybody hand in a right list."""
    roster = folder / "roster.csv"
    names = [f"hv{i:02d}" for i in range(N)]
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
    before = SETUP["ours"]
    for i in range(N):
        trouble = autograde(before, EXERCISE, f"hv{i:02d}")
        if trouble:
            raise RuntimeError(trouble)
    return N


def plain() -> int:
    """Run assertion notebooks in kernels."""
    config = SETUP["plain"]
    Autograde(coursedir=CourseDirectory(config=config), config=config).start()
    return N


def _prepare_ours(folder: Path) -> Path:
    root = _class(folder)
    collect(root, [EXERCISE])
    return root


def _prepare_plain(folder: Path) -> Config:
    """Make nbgrader's own class with the same data and an assertion notebook."""
    root = _class(folder)
    course = folder / "thuong"
    records, expected = root / "phat_bai" / "hv00" / EXERCISE / "du_lieu", {}
    with chdir(root / "phat_bai" / "hv00" / EXERCISE):
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
    for i in range(N):
        shutil.copytree(source, course / "submitted" / f"hv{i:02d}" / EXERCISE)
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
            SETUP["ours"] = _prepare_ours(Path(folder))
        elif sys.argv[1:]:
            SETUP["plain"] = _prepare_plain(Path(folder))
        main(__file__, {"sosach": ours, "nbgrader": plain}, ["nbgrader", "nbclient", "pandas"])
