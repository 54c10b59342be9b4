"""Simulated trainees: what each kind of person does, and what marks that must bring.

They see what a trainee sees: the pack's files and the screen's buttons, never the key. What a
behaviour deserves stands here and does not come from the grader.
"""

from __future__ import annotations

import shutil
import unicodedata
from collections.abc import Callable
from contextlib import chdir
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from sosach.classroom.ledger import GRADED, NOT_HANDED_IN, REFUSED, REPAIRED
from sosach.course import BaiTap, mo_bai
from sosach.publish import write_workbook

__all__ = ["BEHAVIOURS", "Behaviour"]

ARTEFACT = "danh_sach.csv"
#: a careless trainee slips on every tenth record
SLIP_EVERY = 10


@dataclass(frozen=True)
class Behaviour:
    """A kind of trainee.

    Attributes
    ----------
    name : str
        What the table calls it.
    act : callable
        (exercise folder, exercise, inbox folder, ordinal) -> None: works and hands in.
    lowest, highest : float
        Share of the points that it must get.
    statuses : tuple of str
        How the ledger may end: keys of `sosach.classroom.ledger.STATUSES`.
    """

    name: str
    act: Callable[[Path, str, Path, int], None]
    lowest: float
    highest: float
    statuses: tuple[str, ...] = (GRADED, REPAIRED)


def by_rule(record: dict[str, str]) -> str:
    """Return the group that the record's face shows (CV 2262), or ``khong``."""
    number = record["so_giay_to"]
    if not number:
        return "a"
    if not (number.isascii() and number.isdigit() and len(number) in (9, 12)):
        return "b"
    return "c" if record["tt_xac_minh"] in ("Sai", "Không xác minh được") else "khong"


def perfect_by_pandas(folder: Path, exercise: str, inbox: Path, ordinal: int) -> None:
    """Filter the table, save the list, pack the work."""
    with chdir(folder):
        work = mo_bai(exercise)
        work.luu(_right_list(work))
        work.nop_bai()
    _send_zip(folder, inbox)


def perfect_by_clicks(folder: Path, exercise: str, inbox: Path, ordinal: int) -> None:
    """Choose rightly for every record on the screen."""
    _click(folder, exercise, inbox, lambda i, right: right)


def careless(folder: Path, exercise: str, inbox: Path, ordinal: int) -> None:
    """Choose wrongly for one record in ten."""
    wrong = {"a": "b", "b": "c", "c": "a", "khong": "c"}
    slip = ordinal % SLIP_EVERY
    _click(
        folder, exercise, inbox, lambda i, right: wrong[right] if i % SLIP_EVERY == slip else right
    )


def refers_everything(folder: Path, exercise: str, inbox: Path, ordinal: int) -> None:
    """Send every record to the police as group c."""
    _click(folder, exercise, inbox, lambda i, right: "c")


def keeps_everything(folder: Path, exercise: str, inbox: Path, ordinal: int) -> None:
    """Find nothing wrong with any record."""
    _click(folder, exercise, inbox, lambda i, right: "khong")


def untouched(folder: Path, exercise: str, inbox: Path, ordinal: int) -> None:
    """Hand the folder back as it was handed out."""
    shutil.copytree(folder, inbox / folder.parent.name / exercise)


def hands_in_twice(folder: Path, exercise: str, inbox: Path, ordinal: int) -> None:
    """Hand in an untouched folder, then do the work and hand in the package."""
    untouched(folder, exercise, inbox, ordinal)
    perfect_by_pandas(folder, exercise, inbox, ordinal)


def broken_package(folder: Path, exercise: str, inbox: Path, ordinal: int) -> None:
    """Do the work rightly, but half of the package is lost on the way."""
    perfect_by_pandas(folder, exercise, inbox, ordinal)
    package = next(inbox.glob(f"*__{folder.parent.name}.zip"))
    package.write_bytes(package.read_bytes()[:100])


def hands_in_nothing(folder: Path, exercise: str, inbox: Path, ordinal: int) -> None:
    """Be absent."""


def odd_files(folder: Path, exercise: str, inbox: Path, ordinal: int) -> None:
    """Do the work rightly, but hand it in as real people sometimes do."""
    with chdir(folder):
        rows = _right_list(mo_bai(exercise))
    target = inbox / folder.parent.name / exercise
    shutil.copytree(folder, target)
    ODDITIES[ordinal % len(ODDITIES)](target, exercise, rows)


def _excel_csv(target: Path, exercise: str, rows: pd.DataFrame) -> None:
    """Save as Excel does: byte order mark, semicolons, CRLF; headers in capitals."""
    text = rows.rename(columns=str.upper).to_csv(index=False, sep=";", lineterminator="\r\n")
    _write(target / ARTEFACT, b"\xef\xbb\xbf" + text.encode())


def _workbook(target: Path, exercise: str, rows: pd.DataFrame) -> None:
    """Save a workbook instead of CSV."""
    path = target / "bai_nop" / "danh_sach.xlsx"
    path.parent.mkdir(exist_ok=True)
    write_workbook(path, {"Danh sách": (list(rows.columns), rows.to_numpy().tolist())})


def _no_notebook(target: Path, exercise: str, rows: pd.DataFrame) -> None:
    """Send no notebook; the file has a browser's second name and decomposed letters."""
    (target / f"{exercise}.ipynb").unlink()
    text = rows.assign(ghi_chu="đã xem").to_csv(index=False)
    _write(target / "danh_sach (1).csv", unicodedata.normalize("NFD", text).encode())


def _broken_notebook(target: Path, exercise: str, rows: pd.DataFrame) -> None:
    """Send half a notebook; the list comes in UTF-16 with tabs."""
    notebook = target / f"{exercise}.ipynb"
    notebook.write_bytes(notebook.read_bytes()[:200])
    _write(target / ARTEFACT, rows.to_csv(index=False, sep="\t").encode("utf-16"))


ODDITIES = (_excel_csv, _workbook, _no_notebook, _broken_notebook)

#: 10 % careless earns 80-95 %, any one-action strategy less than half (architecture 3.5)
BEHAVIOURS = (
    Behaviour("đúng hết, bằng pandas", perfect_by_pandas, 1.0, 1.0),
    Behaviour("đúng hết, bằng bấm chuột", perfect_by_clicks, 1.0, 1.0),
    Behaviour("cẩu thả 10 %", careless, 0.80, 0.95),
    Behaviour("đưa mọi hồ sơ vào danh sách", refers_everything, 0.0, 0.49),
    Behaviour("không đưa hồ sơ nào", keeps_everything, 0.0, 0.49),
    Behaviour("không làm gì", untouched, 0.0, 0.0),
    Behaviour("đúng hết, tệp lạ", odd_files, 1.0, 1.0),
    Behaviour("nộp hai lần, lần sau đúng hết", hands_in_twice, 1.0, 1.0),
    Behaviour("gói nộp bị hỏng", broken_package, 0.0, 0.0, (REFUSED,)),
    Behaviour("không nộp bài", hands_in_nothing, 0.0, 0.0, (NOT_HANDED_IN,)),
)


def _right_list(work: BaiTap) -> pd.DataFrame:
    records = work.doi_tuong
    records["nhom"] = [by_rule(record) for record in _records(work)]
    return records.loc[records["nhom"] != "khong", ["ma_ho_so", "nhom"]]


def _records(work: BaiTap) -> list[dict[str, str]]:
    rows: list[dict[str, str]] = work.doi_tuong.to_dict("records")  # type: ignore[assignment]
    return rows


def _click(folder: Path, exercise: str, inbox: Path, choose: Callable[[int, str], str]) -> None:
    """Go through all records with the screen's own functions and hand in."""
    with chdir(folder):
        work = mo_bai(exercise)
        screen = work.man_hinh()
        for i, record in enumerate(_records(work)):
            screen.chon(record["ma_ho_so"], choose(i, by_rule(record)))
        work.nop_bai()
    _send_zip(folder, inbox)


def _send_zip(folder: Path, inbox: Path) -> None:
    for path in folder.glob("*.zip"):
        shutil.copyfile(path, inbox / path.name)


def _write(path: Path, data: bytes) -> None:
    target = path.parent / "bai_nop" / path.name
    target.parent.mkdir(exist_ok=True)
    target.write_bytes(data)
