"""Two classes for all tests of this room: a large one, handed in oddly, and one of two trainees.

Tests read them; one that changes something takes the copy `own_class` or `pair`.
"""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

import openpyxl
import pytest

from sosach.classroom import grade, open_class, release
from sosach.classroom.handouts import regenerate

EXERCISE = "k1_02_lap_danh_sach"
ROSTER = """ma_hoc_vien,ho_ten,don_vi,email
dung,Nguyễn Thị Đúng,TYT Phường 1,dung@example.org
khong_so,Trần Không Sổ,TYT Phường 2,
hong,Lê Hỏng,TYT Phường 3,
bom,Phạm Bom,TYT Phường 4,
cham_phay,Võ Chấm Phẩy,TYT Phường 5,
excel,Đặng Bảng Tính,TYT Phường 6,
trong,Hồ Trống,TYT Phường 7,
chua_nop,Bùi Chưa Nộp,TYT Phường 8,
lien_ket,Đỗ Liên Kết,TYT Phường 9,
goi_het,Ngô Gọi Hết,TYT Phường 10,
nen,Dương Nén,TYT Phường 11,
ma_doc,Lý Mã Độc,TYT Phường 12,
"""

#: trainees whose work is right, however odd its form
RIGHT = ("dung", "khong_so", "hong", "bom", "cham_phay", "excel", "nen")


def right_rows(folder, trainee, exercise=EXERCISE):
    """Return the rows of a perfect list of one trainee."""
    _, key = regenerate(folder, exercise, trainee)
    return [
        (code, min(expected.groups))
        for code, expected in key.records.items()
        if expected.groups and not expected.optional
    ]


def csv_text(rows, separator=","):
    """Return rows as text with a header."""
    return "\n".join(separator.join(row) for row in [("ma_ho_so", "nhom"), *rows]) + "\n"


def hand_in(folder, trainee, text, exercise=EXERCISE):
    """Copy a trainee's exercise into the inbox, with this list in it."""
    target = folder / "thu_bai" / trainee / exercise
    shutil.copytree(folder / "phat_bai" / trainee / exercise, target, dirs_exist_ok=True)
    (target / "bai_nop" / "danh_sach.csv").write_text(text, encoding="utf-8")
    return target


def fill_inbox(folder):
    """Hand in every oddity that the class must survive."""
    texts = {name: csv_text(right_rows(folder, name)) for name in RIGHT}
    targets = {name: hand_in(folder, name, text) for name, text in texts.items()}
    (targets["khong_so"] / f"{EXERCISE}.ipynb").unlink()
    (targets["hong"] / f"{EXERCISE}.ipynb").write_text('{"cells": [')
    path = targets["bom"] / "bai_nop" / "danh_sach.csv"
    path.write_bytes(texts["bom"].encode("utf-8-sig"))
    path = targets["cham_phay"] / "bai_nop" / "danh_sach.csv"
    path.write_text(texts["cham_phay"].replace(",", ";").replace("\n", "\r\n"))
    _as_workbook(targets["excel"] / "bai_nop" / "danh_sach.csv")
    _as_zip(targets["nen"])
    hand_in(folder, "trong", "")
    hand_in(folder, "ma_doc", csv_text([("HS1", "<script>alert(1)</script>")]))
    link = hand_in(folder, "lien_ket", "") / "bai_nop" / "danh_sach.csv"
    link.unlink()
    link.symlink_to(folder / "bi_mat.key")
    _, key = regenerate(folder, EXERCISE, "goi_het")
    wrong = [code for code, expected in key.records.items() if "c" not in expected.groups]
    hand_in(folder, "goi_het", csv_text([(code, "c") for code in wrong]))
    shutil.copytree(targets["dung"].parent, folder / "thu_bai" / "dungg")


def _as_workbook(path):
    book = openpyxl.Workbook()
    for line in path.read_text(encoding="utf-8").splitlines():
        book.active.append(line.split(","))
    book.save(path.with_suffix(".xlsx"))
    path.unlink()


def _as_zip(target):
    with zipfile.ZipFile(target.parents[1] / f"{EXERCISE}__nen (1).zip", "w") as archive:
        for path in sorted(target.rglob("*")):
            archive.write(path, path.relative_to(target))
    shutil.rmtree(target.parent)


@pytest.fixture(scope="session")
def released(tmp_path_factory):
    """A class folder in which the exercise was handed out and handed in."""
    base = tmp_path_factory.mktemp("lop")
    (base / "ds.csv").write_text(ROSTER, encoding="utf-8")
    folder = base / "lop1"
    open_class(folder, "Lớp 1", base / "ds.csv")
    release(folder, [EXERCISE], "lam_quen")
    fill_inbox(folder)
    return folder


@pytest.fixture(scope="session")
def graded(released, tmp_path_factory):
    """The same class after grading, with the ledger of the run."""
    folder = tmp_path_factory.mktemp("cham") / "lop1"
    shutil.copytree(released, folder, symlinks=True)
    (ledger,) = grade(folder)
    return folder, ledger


@pytest.fixture
def own_class(released, tmp_path) -> Path:
    """A copy of the handed-in class that a test may change."""
    folder = tmp_path / "lop1"
    shutil.copytree(released, folder, symlinks=True)
    return folder


@pytest.fixture
def own_graded(graded, tmp_path) -> Path:
    """A copy of the graded class that a test may change."""
    folder = tmp_path / "lop1"
    shutil.copytree(graded[0], folder, symlinks=True)
    return folder


@pytest.fixture(scope="session")
def graded_pair(tmp_path_factory):
    """A class of two, graded: `an` has everything right, `binh` has handed in nothing."""
    base = tmp_path_factory.mktemp("hai")
    roster = "ma_hoc_vien,ho_ten,don_vi\nan,Nguyễn An,TYT Phường 1\nbinh,Trần Bình,TYT Phường 2\n"
    (base / "ds.csv").write_text(roster, encoding="utf-8")
    folder = base / "lop2"
    open_class(folder, "Lớp 2", base / "ds.csv")
    release(folder, [EXERCISE], "lam_quen")
    hand_in(folder, "an", csv_text(right_rows(folder, "an")))
    grade(folder)
    return folder


@pytest.fixture
def pair(graded_pair, tmp_path) -> Path:
    """A copy of the class of two that a test may change."""
    folder = tmp_path / "lop2"
    shutil.copytree(graded_pair, folder)
    return folder


@pytest.fixture
def submit():
    """Hand in a share of a trainee's right list: ``submit(folder, trainee, share=1.0)``."""

    def act(folder, trainee, share=1.0, exercise=EXERCISE):
        rows = right_rows(folder, trainee, exercise)
        text = csv_text(rows[: round(share * len(rows))])
        return hand_in(folder, trainee, text, exercise)

    return act
