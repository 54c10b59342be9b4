"""Records inside a lesson: to look at, without anything to press."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sosach.review.actions import Form
from sosach.review.casefile import CaseFile
from sosach.review.register import DOSE_COLUMNS, RECORD_COLUMNS, register_records
from sosach.review.widget import ManHinh

__all__ = ["the_ho_so"]


def the_ho_so(record: Mapping[str, str], doses: Iterable[Mapping[str, str]] = ()) -> ManHinh:
    """Show one record as the workbench shows it, without buttons.

    Parameters
    ----------
    record : mapping
        Columns of ``doi_tuong``.
    doses : iterable of mapping
        Its rows of ``mui_tiem``.

    Returns
    -------
    ManHinh
        A widget.
    """
    lines = list(doses)
    case = CaseFile(
        exercise="bai_hoc",
        title="",
        mode="show",
        pack="",
        form=Form("", {}, "", ()),
        columns=RECORD_COLUMNS,
        dose_columns=DOSE_COLUMNS if lines else (),
        records=register_records([record], lines),
    )
    return ManHinh(case)
