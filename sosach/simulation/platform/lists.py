"""What staff look at: wrong records, one record, its history, doubles."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import select

from generator.problems import nearest
from sosach.simulation.people.ministry import wrong_subjects
from sosach.simulation.platform import states, store
from sosach.simulation.platform.desk import IDENTITY, Desk
from sosach.simulation.platform.doubles import all_doubles, doubles_of
from sosach.simulation.platform.edit import CONTACT
from sosach.simulation.platform.gate import Gate
from sosach.simulation.platform.importing import group_of
from sosach.simulation.platform.mail import about_record
from sosach.simulation.platform.rules import Reason, refuse
from sosach.simulation.truth import Row

__all__ = [
    "danh_sach_cua_bo",
    "danh_sach_sai",
    "danh_sach_trung",
    "lich_su",
    "mo",
]

#: groups of CV 2262
GROUPS = {"a": "không có số", "b": "số sai định dạng", "c": "sai thông tin cơ bản"}
WRONG = ("SAI_DINH_DANG", "SAI", "KHONG_XAC_MINH_DUOC")
#: cells of a record or dose that are the platform's own business
HIDDEN = ("khoa", "truoc_treo")
#: by which people tell one record from another
LIKENESS = ("ma_ho_so", "ho_ten", "ngay_sinh", "gioi_tinh", "so_giay_to", "tt_xac_minh")


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
        ``dong``: records with their ``nhom``; ``so_luong``; ``cau``.
    """
    if nhom not in ("", *GROUPS):
        refuse("NHOM_LA", nhom=nhom, gan_giong=nearest(nhom, GROUPS))
    listed = [{"nhom": group_of(row), **shown(row)} for row in _wrong(desk)]
    kept = [row for row in listed if nhom in ("", row["nhom"])]
    cau = f"Phường có {_by_group(row['nhom'] for row in kept)}."
    return {"dong": kept, "so_luong": len(kept), "cau": cau}


def _wrong(desk: Desk) -> list[Row]:
    """Return the own ward's records that need verification, by id."""
    table = store.subject
    return desk.rows(
        select(table)
        .where(
            table.c.trang_thai.in_(WRONG),
            table.c.don_vi_quan_ly == desk.unit,
            table.c.gop_vao == "",
        )
        .order_by(table.c.ma_ho_so)
    )


def _by_group(groups: Iterable[str]) -> str:
    """Say how many wrong records there are, and of which groups."""
    counts = Counter(groups)
    told = [f"{counts[g]} hồ sơ nhóm {g} ({name})" for g, name in GROUPS.items() if counts[g]]
    if len(told) < 2:
        return "".join(told) or "0 hồ sơ cần xác minh trong danh sách này"
    return f"{counts.total()} hồ sơ cần xác minh: {', '.join(told)}"


def danh_sach_cua_bo(desk: Desk) -> Row:
    """Return the ministry's file of wrong subjects of the own ward, in the layout for the police.

    Parameters
    ----------
    desk : Desk

    Returns
    -------
    dict
        ``dong``: rows of `sosach.simulation.people.ministry.LIST_COLUMNS`; ``phuong``, ``cau``.
    """
    found = _wrong(desk)
    cau = f"Danh sách của Bộ Y tế cho phường có {_by_group(map(group_of, found))}."
    return {"dong": wrong_subjects(found), "phuong": desk.ward, "cau": cau}


def shown(row: Row) -> Row:
    """Return what people see of a row of the store."""
    return {name: value for name, value in row.items() if name not in HIDDEN}


def mo(desk: Desk, ma_ho_so: str) -> Row:
    """Open a record: its cells, its doses and why each is not signed, doubles, what was asked.

    Parameters
    ----------
    desk : Desk
    ma_ho_so : str

    Returns
    -------
    dict
        ``ho_so``; ``mui``, each with its ``ly_do_chua_ky`` (reasons, none: it may be signed
        today); ``nghi_trung``, the records that look like it; ``yeu_cau``; ``sua_duoc``, the
        cells that `sosach.simulation.platform.edit.sua` changes; ``cau``.
    """
    row = desk.subject(ma_ho_so)
    state = states.SUBJECT_STATES[row["trang_thai"]].label
    doubles, doses = doubles_of(desk, row), desk.doses(ma_ho_so)
    gate = Gate(desk.unit, desk.day, desk.sites)
    why = gate.record(row, doses, doubles)
    return {
        "ho_so": {
            **shown(row),
            "nhom": group_of(row),
            "ten_trang_thai": state,
            "ten_don_vi_quan_ly": desk.place(row["don_vi_quan_ly"]),
        },
        "mui": [_shown_dose(desk, dose, why[dose["ma_mui"]]) for dose in doses],
        "nghi_trung": _alike(desk, doubles),
        "yeu_cau": about_record(desk, ma_ho_so),
        "sua_duoc": [*IDENTITY, *CONTACT],
        "cau": _told(row, state, why, doubles),
    }


def _shown_dose(desk: Desk, dose: Row, why: Sequence[Reason]) -> Row:
    return {
        **shown(dose),
        "ten_trang_thai": states.DOSE_STATES[dose["trang_thai"]].label,
        "ten_co_so_tiem": desk.place(dose["co_so_tiem"]),
        "ten_don_vi_nhap": desk.place(dose["don_vi_nhap"]),
        "ly_do_chua_ky": why,
    }


def _alike(desk: Desk, records: Iterable[str]) -> list[Row]:
    """Return what people compare of some records, by id."""
    found = desk.by_keys(store.subject, "ma_ho_so", records)
    return [{name: row[name] for name in LIKENESS} for row in found]


def _told(row: Row, state: str, why: Mapping[str, Sequence[Reason]], doubles: Sequence[str]) -> str:
    cells = (row["ho_ten"], row["ngay_sinh"], row["gioi_tinh"], row["so_giay_to"])
    group = f", nhóm {group_of(row)}" if group_of(row) else ""
    parts = [
        f"Hồ sơ {row['ma_ho_so']}: {', '.join(filter(None, cells))}. Xác minh: {state}{group}."
    ]
    if row["gop_vao"]:
        return f"{parts[0]} Hồ sơ này đã gộp vào hồ sơ {row['gop_vao']}."
    ready = sum(not reasons for reasons in why.values())
    parts.append(f"{len(why)} mũi tiêm, {ready} mũi được ký hôm nay.")
    if doubles:
        parts.append(f"Nghi trùng với hồ sơ {', '.join(doubles)}.")
    return " ".join(parts)


def lich_su(desk: Desk, ma_ho_so: str) -> Row:
    """Show who changed what in a record and its doses, oldest first.

    Parameters
    ----------
    desk : Desk
    ma_ho_so : str

    Returns
    -------
    dict
        ``dong``: rows of the audit trail with before and after; ``cau``.
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
    cau = f"Nhật ký của hồ sơ {ma_ho_so} có {len(found)} dòng."
    return {"dong": found, "cau": cau}


def danh_sach_trung(desk: Desk) -> Row:
    """List records that seem to be of one person: equal number, or equal name and birth date.

    Two records that are both verified with numbers of their own are two people.

    Returns
    -------
    dict
        ``dong``: what people compare of each, and ``nghi_trung``, the records that look like it;
        ``cau``.
    """
    found = all_doubles(desk)
    rows = [{**row, "nghi_trung": found[row["ma_ho_so"]]} for row in _alike(desk, found)]
    cau = f"{len(rows)} hồ sơ có vẻ trùng với một hồ sơ khác."
    return {"dong": rows, "cau": cau if rows else "Không có hồ sơ nào nghi trùng."}
