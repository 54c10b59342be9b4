"""What staff look at: wrong records, one record, its history, doubles, the mail."""

from __future__ import annotations

import json
from collections.abc import Sequence

from sqlalchemy import select

from generator.problems import nearest
from sosach.simulation.platform import states, store
from sosach.simulation.platform.desk import ANSWERED, POLICE, Desk
from sosach.simulation.platform.doubles import all_doubles, doubles_of
from sosach.simulation.platform.importing import group_of
from sosach.simulation.platform.papers import whole_list
from sosach.simulation.platform.rules import refuse
from sosach.simulation.truth import Row

__all__ = [
    "danh_sach_sai",
    "danh_sach_trung",
    "hop_thu",
    "lich_su",
    "mo",
]

GROUPS = ("a", "b", "c")
WRONG = ("SAI_DINH_DANG", "SAI", "KHONG_XAC_MINH_DUOC")
#: cells of a record or dose that are the platform's own business
HIDDEN = ("khoa", "truoc_treo")


def danh_sach_sai(desk: Desk, nhom: str = "") -> Row:
    """List the wrong records of the own ward, as the platform's list function does (CV 1908).

    Parameters
    ----------
    desk : Desk
    nhom : str
        a (no number), b (malformed number), c (wrong basic information); "" for all.

    Returns
    -------
    dict
        ``dong``: records with their ``nhom``; ``so_luong``.
    """
    if nhom not in ("", *GROUPS):
        refuse("NHOM_LA", nhom=nhom, gan_giong=nearest(nhom, GROUPS))
    table = store.subject
    found = desk.rows(
        select(table)
        .where(
            table.c.trang_thai.in_(WRONG),
            table.c.don_vi_quan_ly == desk.unit,
            table.c.gop_vao == "",
        )
        .order_by(table.c.ma_ho_so)
    )
    listed = [{"nhom": group_of(row), **shown(row)} for row in found]
    kept = [row for row in listed if nhom in ("", row["nhom"])]
    return {"dong": kept, "so_luong": len(kept)}


def shown(row: Row) -> Row:
    """Return what people see of a row of the store."""
    return {name: value for name, value in row.items() if name not in HIDDEN}


def mo(desk: Desk, ma_ho_so: str) -> Row:
    """Open a record: its cells, doses, what seems to be double, what was asked and answered.

    Parameters
    ----------
    desk : Desk
    ma_ho_so : str

    Returns
    -------
    dict
        ``ho_so``, ``mui``, ``nghi_trung``, ``yeu_cau``.
    """
    row = desk.subject(ma_ho_so)
    label = states.SUBJECT_STATES[row["trang_thai"]].label
    doses = [
        {**shown(dose), "ten_trang_thai": states.DOSE_STATES[dose["trang_thai"]].label}
        for dose in desk.doses(ma_ho_so)
    ]
    return {
        "ho_so": {**shown(row), "nhom": group_of(row), "ten_trang_thai": label},
        "mui": doses,
        "nghi_trung": doubles_of(desk, row),
        "yeu_cau": _outgoing(desk.requests(store.request.c.ma_ho_so == ma_ho_so)),
    }


def _outgoing(requests: Sequence[Row]) -> list[Row]:
    """Return requests as the sender sees them: not on which day an answer will come."""
    return [
        {**row, "tra_ngay": row["tra_ngay"] if row["tinh_trang"] == ANSWERED else ""}
        for row in requests
    ]


def hop_thu(desk: Desk, ma_yeu_cau: str = "") -> Row:
    """List what was asked, and the answers that have come.

    Parameters
    ----------
    desk : Desk
    ma_yeu_cau : str
        One request or police list; "" for all, without the lists' content.

    Returns
    -------
    dict
        ``dong``.
    """
    if ma_yeu_cau:
        found = desk.request(ma_yeu_cau)
        if found is None:
            refuse("KHONG_CO_CHUNG_TU", chung_tu=ma_yeu_cau, ma_ho_so="này")
        if found["loai"] == POLICE and found["tinh_trang"] == ANSWERED:
            found["tra_loi"]["dong"] = whole_list(desk, ma_yeu_cau)
        return {"dong": _outgoing([found])}
    brief = ("ma_yeu_cau", "loai", "gui_ngay", "tra_ngay", "ma_ho_so", "ma_mui", "tinh_trang")
    found_all = desk.rows(
        select(*(store.request.c[name] for name in brief)).order_by(store.request.c.ma_yeu_cau)
    )
    return {"dong": _outgoing(found_all)}


def lich_su(desk: Desk, ma_ho_so: str) -> Row:
    """Show who changed what in a record and its doses, oldest first.

    Parameters
    ----------
    desk : Desk
    ma_ho_so : str

    Returns
    -------
    dict
        ``dong``: rows of the audit trail with before and after.
    """
    desk.subject(ma_ho_so)
    call, change = store.audit.c, store.changed.c
    found = desk.rows(
        select(
            *(call.stt, call.ngay, call.gio, call.nguoi, call.hanh_dong),
            *(change.ma_mui, change.truoc, change.sau, change.ly_do),
        )
        .join_from(store.changed, store.audit)
        .where(change.ma_ho_so == ma_ho_so)
        .order_by(change.stt, change.dong)
    )
    for row in found:
        for name in ("truoc", "sau"):
            row[name] = shown(json.loads(row[name]))
    return {"dong": found}


def danh_sach_trung(desk: Desk) -> Row:
    """List records that seem to be of one person: equal number, or equal name and birth date.

    Two records that are both verified with numbers of their own are two people.

    Returns
    -------
    dict
        ``dong``: ``ma_ho_so`` and ``nghi_trung``, the records that look like it.
    """
    found = all_doubles(desk)
    return {"dong": [{"ma_ho_so": r, "nghi_trung": found[r]} for r in sorted(found)]}
