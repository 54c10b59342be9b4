"""Five invented records to try the screen on: every click is explained, nothing is kept."""

from __future__ import annotations

import csv
from importlib.resources import files
from io import StringIO

from sosach.review import ManHinh
from sosach.review.casefile import Act, Answer, CaseFile, Key
from sosach.review.forms import group_form
from sosach.review.register import RECORD_COLUMNS, register_records

__all__ = ["ho_so_mau", "lam_thu"]

ANSWER = ("nhom", "vi_sao")


def ho_so_mau(ma_ho_so: str) -> dict[str, str]:
    """Return one of the five records, for a lesson to show.

    Parameters
    ----------
    ma_ho_so : str
        ``TH01`` to ``TH05``.

    Returns
    -------
    dict
        Columns of ``doi_tuong``.
    """
    record = next(row for row in _rows() if row["ma_ho_so"] == ma_ho_so)
    return {column: value for column, value in record.items() if column not in ANSWER}


def lam_thu() -> ManHinh:
    """Open the screen on the five records.

    Returns
    -------
    ManHinh
        Tells after every choice whether it is right and why; nothing is saved.
    """
    rows, form = _rows(), group_form()
    kinds = {action.code: action.label for action in form.actions}
    answers = tuple(
        Answer(((Act(row["nhom"]),),), (), row["vi_sao"], kinds[row["nhom"]]) for row in rows
    )
    case = CaseFile(
        exercise="lam_thu",
        title="Bấm thử: năm hồ sơ",
        mode="practice",
        pack="",
        form=form,
        columns=RECORD_COLUMNS,
        records=register_records(rows),
        key=Key(answers, {row["ma_ho_so"]: i for i, row in enumerate(rows)}),
    )
    return ManHinh(case)


def _rows() -> list[dict[str, str]]:
    text = (files("sosach.course") / "trial.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(StringIO(text)))
