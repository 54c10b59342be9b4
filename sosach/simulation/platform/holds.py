"""Holding a record or a dose: not clear yet, so not signed yet."""

from __future__ import annotations

from sosach.simulation.platform.desk import Desk, check_reason
from sosach.simulation.platform.rules import refuse
from sosach.simulation.truth import Row
from sosach.simulation.words import about, reason_name

__all__ = ["bo_tam_giu", "tam_giu"]


def tam_giu(desk: Desk, ma_ho_so: str, ly_do: str, ma_mui: str = "") -> Row:
    """Hold a record, or one dose: it is not signed until it is released.

    Parameters
    ----------
    desk : Desk
    ma_ho_so : str
    ly_do : str
        A reason code.
    ma_mui : str
        The dose, "" for the whole record.

    Returns
    -------
    dict
        ``cau``.
    """
    check_reason(ly_do)
    row = desk.own_subject(ma_ho_so)
    held = _held(desk, row, ma_mui)
    if held["treo"]:
        refuse("DANG_TREO", ma=ma_mui or ma_ho_so)
    if ma_mui:
        desk.change_doses([(held, {"treo": ly_do})], ly_do, "tam_giu")
    else:
        desk.change_subjects([(held, {"treo": ly_do})], ly_do)
    what = about(ma_ho_so, ma_mui)
    return {"cau": f"Đã tạm giữ {what}, chưa ký. Lý do: {reason_name(ly_do)}."}


def bo_tam_giu(desk: Desk, ma_ho_so: str, ly_do: str, ma_mui: str = "") -> Row:
    """Release what was held, as `tam_giu` takes it."""
    check_reason(ly_do)
    row = desk.own_subject(ma_ho_so)
    held = _held(desk, row, ma_mui)
    if not held["treo"]:
        refuse("KHONG_TREO", ma=ma_mui or ma_ho_so)
    if ma_mui:
        desk.change_doses([(held, {"treo": ""})], ly_do, f"bo_tam_giu_{held['truoc_treo']}")
    else:
        desk.change_subjects([(held, {"treo": ""})], ly_do)
    return {"cau": f"Thôi tạm giữ {about(ma_ho_so, ma_mui)}. Lý do: {reason_name(ly_do)}."}


def _held(desk: Desk, row: Row, line: str) -> Row:
    if not line:
        return row
    dose = desk.dose(line)
    if dose["ma_ho_so"] != row["ma_ho_so"]:
        refuse("MUI_HO_SO_KHAC", ma_mui=line, ma_ho_so=dose["ma_ho_so"])
    return dose
