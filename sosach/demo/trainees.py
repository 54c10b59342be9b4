"""Simulated trainees: what each kind of person does, and what marks that must bring.

They see what a trainee sees: the pack's files and the screen's buttons, never the key. What a
behaviour deserves stands here and does not come from the grader.
"""

from __future__ import annotations

import shutil
import tempfile
import unicodedata
from collections.abc import Callable, Iterable
from contextlib import chdir
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from sosach.classroom.ledger import GRADED, NOT_HANDED_IN, REFUSED, REPAIRED
from sosach.course import mo_bai
from sosach.course.casefiles import case_of
from sosach.course.workfile import write_empty
from sosach.course.workplace import open_handout
from sosach.demo.work import PASS_ON, PUT_UP_WITH, Work, careless, click, one_choice, solve
from sosach.grading.specs import find_spec, load_spec
from sosach.publish import write_workbook
from sosach.review import Journal, ManHinh
from sosach.review.casefile import CaseFile
from sosach.review.journal import live

__all__ = ["BEHAVIOURS", "Behaviour"]

Act = Callable[[Path, str, Path, int], None]


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
    act: Act
    lowest: float
    highest: float
    statuses: tuple[str, ...] = (GRADED, REPAIRED)


def perfect_by_pandas(folder: Path, exercise: str, inbox: Path, ordinal: int) -> None:
    """Run the exercise with its solution from top to bottom."""
    solve(folder, exercise, ())
    _send_zip(folder, inbox)


def perfect_by_clicks(folder: Path, exercise: str, inbox: Path, ordinal: int) -> None:
    """Choose rightly for everything on the screen."""
    case, work = _case(folder, exercise), _worked_out(folder, exercise)
    with chdir(folder):
        opened = mo_bai(exercise)
        click(opened.man_hinh(), case.form, work.rows)
        opened.nop_bai()
    _send_zip(folder, inbox)


def perfect_by_excel(folder: Path, exercise: str, inbox: Path, ordinal: int) -> None:
    """Fill in the work file and read it in."""
    case, work = _case(folder, exercise), _worked_out(folder, exercise)
    journal = Journal()
    click(ManHinh(case, journal), case.form, work.rows)
    with chdir(folder):
        opened = mo_bai(exercise)
        write_empty(case, live(journal.events), folder / "phieu_lam_bai.xlsx")
        opened.nhap_excel()
        opened.nop_bai()
    _send_zip(folder, inbox)


def slips(folder: Path, exercise: str, inbox: Path, ordinal: int) -> None:
    """Slip on every tenth item."""
    _hand_in_rows(folder, exercise, inbox, careless)


def passes_everything_on(folder: Path, exercise: str, inbox: Path, ordinal: int) -> None:
    """Let somebody else decide on everything."""
    _hand_in_rows(folder, exercise, inbox, lambda work: one_choice(work, PASS_ON))


def puts_up_with_everything(folder: Path, exercise: str, inbox: Path, ordinal: int) -> None:
    """Find nothing wrong with anything."""
    _hand_in_rows(folder, exercise, inbox, lambda work: one_choice(work, PUT_UP_WITH))


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
    package = next(inbox.glob(f"{exercise}__{folder.parent.name}.zip"))
    package.write_bytes(package.read_bytes()[:100])


def hands_in_nothing(folder: Path, exercise: str, inbox: Path, ordinal: int) -> None:
    """Be absent."""


def odd_files(folder: Path, exercise: str, inbox: Path, ordinal: int) -> None:
    """Do the work rightly, but hand it in as real people sometimes do."""
    work = _worked_out(folder, exercise)
    target = inbox / folder.parent.name / exercise
    shutil.copytree(folder, target)
    ODDITIES[ordinal % len(ODDITIES)](target, work)


def _excel_csv(target: Path, work: Work) -> None:
    """Save as Excel does: byte order mark, semicolons, CRLF; headers in capitals."""
    table = _table(work).rename(columns=str.upper)
    text = table.to_csv(index=False, sep=";", lineterminator="\r\n")
    _write(target, work.artefact, b"\xef\xbb\xbf" + text.encode())


def _workbook(target: Path, work: Work) -> None:
    """Save a workbook instead of CSV."""
    path = (target / "bai_nop" / work.artefact).with_suffix(".xlsx")
    path.parent.mkdir(exist_ok=True)
    table = _table(work)
    write_workbook(path, {"Bài nộp": (list(table.columns), table.to_numpy().tolist())})


def _no_notebook(target: Path, work: Work) -> None:
    """Send no notebook; the file has a browser's second name and decomposed letters."""
    (target / f"{target.name}.ipynb").unlink()
    text = _table(work).assign(ghi_chu="đã xem").to_csv(index=False)
    name = work.artefact.replace(".csv", " (1).csv")
    _write(target, name, unicodedata.normalize("NFD", text).encode())


def _broken_notebook(target: Path, work: Work) -> None:
    """Send half a notebook; the list comes in UTF-16 with tabs."""
    notebook = target / f"{target.name}.ipynb"
    notebook.write_bytes(notebook.read_bytes()[:200])
    _write(target, work.artefact, _table(work).to_csv(index=False, sep="\t").encode("utf-16"))


ODDITIES = (_excel_csv, _workbook, _no_notebook, _broken_notebook)

#: 10 % careless earns 80-95 %, any one-action strategy less than half (architecture 3.5)
BEHAVIOURS = (
    Behaviour("đúng hết, bằng pandas", perfect_by_pandas, 1.0, 1.0),
    Behaviour("đúng hết, bằng bấm chuột", perfect_by_clicks, 1.0, 1.0),
    Behaviour("đúng hết, bằng phiếu Excel", perfect_by_excel, 1.0, 1.0),
    Behaviour("cẩu thả 10 %", slips, 0.80, 0.95),
    Behaviour("đẩy mọi việc cho người khác", passes_everything_on, 0.0, 0.49),
    Behaviour("không thấy gì sai", puts_up_with_everything, 0.0, 0.49),
    Behaviour("không làm gì", untouched, 0.0, 0.0),
    Behaviour("đúng hết, tệp lạ", odd_files, 1.0, 1.0),
    Behaviour("nộp hai lần, lần sau đúng hết", hands_in_twice, 1.0, 1.0),
    Behaviour("gói nộp bị hỏng", broken_package, 0.0, 0.0, (REFUSED,)),
    Behaviour("không nộp bài", hands_in_nothing, 0.0, 0.0, (NOT_HANDED_IN,)),
)


def _case(folder: Path, exercise: str) -> CaseFile:
    spec = load_spec(find_spec(exercise))
    return case_of(spec, open_handout(folder, spec))


def _worked_out(folder: Path, exercise: str) -> Work:
    """Solve an exercise in a copy of its folder, which stays as it was handed out."""
    items = [record.id for record in _case(folder, exercise).records]
    with tempfile.TemporaryDirectory() as scratch:
        copy = shutil.copytree(folder, Path(scratch) / exercise)
        return solve(copy, exercise, items)


def _hand_in_rows(
    folder: Path, exercise: str, inbox: Path, rows_of: Callable[[Work], Iterable[dict[str, str]]]
) -> None:
    """Make rows out of the right ones and hand them in."""
    rows = rows_of(_worked_out(folder, exercise))
    with chdir(folder):
        opened = mo_bai(exercise)
        opened.luu(rows)
        opened.nop_bai()
    _send_zip(folder, inbox)


def _send_zip(folder: Path, inbox: Path) -> None:
    for path in folder.glob("*.zip"):
        shutil.copyfile(path, inbox / path.name)


def _table(work: Work) -> pd.DataFrame:
    return pd.DataFrame(work.rows, columns=list(work.form.columns))


def _write(folder: Path, name: str, data: bytes) -> None:
    target = folder / "bai_nop" / name
    target.parent.mkdir(exist_ok=True)
    target.write_bytes(data)
