"""Two records of one person become one, one record of two people becomes two; only with evidence."""

from __future__ import annotations

import re

from generator.vietnamese import same_spelling
from sosach.simulation.lots import numeral
from sosach.simulation.platform import store
from sosach.simulation.platform.desk import Desk, check_reason, open_number
from sosach.simulation.platform.papers import list_rows, police_row, tied_numbers
from sosach.simulation.platform.rules import refuse
from sosach.simulation.platform.store import SUBJECT_COLUMNS
from sosach.simulation.truth import Row

__all__ = ["gop", "tach"]

NUMBER = "so_giay_to"
#: what the police write of a record: the result, the remark
DOUBLE, TWO_PEOPLE = "Trùng", "Có hai người"


def gop(
    desk: Desk,
    ma_ho_so_giu: str,
    ma_ho_so_bo: str,
    ma_danh_sach: str = "",
    chung_tu: str = "",
    ly_do: str = "trung_ho_so",
) -> Row:
    """Merge the second record of a person into the one that stays, with all its doses.

    Parameters
    ----------
    desk : Desk
    ma_ho_so_giu, ma_ho_so_bo : str
        The record that stays, the one that is given up.
    ma_danh_sach, chung_tu : str
        What ties them where their numbers differ: the police's list, or the invitation with which
        a card came that shows the former number.
    ly_do : str
        A reason code.

    Returns
    -------
    dict
        ``mui``, the doses of the record that stays; ``cau``.
    """
    check_reason(ly_do)
    kept, gone = desk.own_subject(ma_ho_so_giu), desk.own_subject(ma_ho_so_bo)
    if ma_ho_so_giu == ma_ho_so_bo:
        refuse("GOP_CHINH_NO", ma_ho_so=ma_ho_so_giu)
    if not _one_person(desk, kept, gone, ma_danh_sach, chung_tu):
        refuse("GOP_THIEU_CAN_CU", ma_ho_so=ma_ho_so_giu, ma_ho_so_khac=ma_ho_so_bo)
    if gone["trang_thai"] == "DUNG" != kept["trang_thai"]:
        refuse("GIU_HO_SO_DA_XAC_MINH", ma_ho_so=ma_ho_so_bo)
    moved = desk.doses(ma_ho_so_bo)
    desk.change_doses([(d, {"ma_ho_so": ma_ho_so_giu}) for d in moved], ly_do, "sua")
    desk.change_subjects([(gone, {"gop_vao": ma_ho_so_giu, "trung_voi": ""})], ly_do)
    desk.note(ma_ho_so_giu, "", {"nhan_tu": ma_ho_so_bo}, ly_do)
    lines = [dose["ma_mui"] for dose in desk.doses(ma_ho_so_giu)]
    told = (
        f"Đã gộp hồ sơ {ma_ho_so_bo} vào hồ sơ {ma_ho_so_giu}; "
        f"hồ sơ {ma_ho_so_giu} nay có {len(lines)} mũi."
    )
    return {"mui": lines, "cau": told}


def _one_person(desk: Desk, kept: Row, gone: Row, list_id: str, paper: str) -> bool:
    numbers = {open_number(row[NUMBER]) for row in (kept, gone)}
    alike = same_spelling(kept["ho_ten"], gone["ho_ten"]) and kept["ngay_sinh"] == gone["ngay_sinh"]
    if len(numbers) == 1 and "" not in numbers and alike:
        return True
    if list_id:
        return _tied_by_police(desk, kept["ma_ho_so"], gone["ma_ho_so"], list_id)
    if paper:
        asked = next((r for r in (kept, gone) if _visited(desk, paper, r["ma_ho_so"])), kept)
        return len(numbers) == 2 and numbers == tied_numbers(desk, paper, asked["ma_ho_so"])
    return False


def _visited(desk: Desk, paper: str, record: str) -> bool:
    answer = desk.request(paper)
    return answer is not None and answer["ma_ho_so"] == record


def _tied_by_police(desk: Desk, one: str, two: str, list_id: str) -> bool:
    rows = list_rows(desk, list_id, (one, two))
    for record, other in ((one, two), (two, one)):
        if record in rows:
            row = police_row(rows, record, list_id)
            if row["ket_qua"] == DOUBLE and row["trung_voi"] == other:
                return True
    return False


def tach(
    desk: Desk,
    ma_ho_so: str,
    ma_mui: list[str],
    ma_danh_sach: str,
    ly_do: str = "hai_nguoi_khac_nhau",
) -> Row:
    """Give the second person of a merged record a record of their own.

    Parameters
    ----------
    desk : Desk
    ma_ho_so : str
        The record of two people.
    ma_mui : list of str
        The doses that are the second person's.
    ma_danh_sach : str
        The signed list on which the police say that there are two.
    ly_do : str
        A reason code.

    Returns
    -------
    dict
        ``ma_ho_so`` of the new record, which the police have yet to complete; ``cau``.
    """
    check_reason(ly_do)
    row = desk.own_subject(ma_ho_so)
    said = police_row(list_rows(desk, ma_danh_sach, [ma_ho_so]), ma_ho_so, ma_danh_sach)
    if TWO_PEOPLE not in said["ghi_chu"]:
        refuse("TACH_CAN_CONG_AN", ma_ho_so=ma_ho_so)
    own = {dose["ma_mui"]: dose for dose in desk.doses(ma_ho_so)}
    strange = [line for line in ma_mui if line not in own]
    if strange:
        refuse("MUI_HO_SO_KHAC", ma_mui=strange[0], ma_ho_so=ma_ho_so)
    if not set(ma_mui) or set(ma_mui) == set(own):
        refuse("TACH_CAN_CHIA_MUI", ma_ho_so=ma_ho_so)
    new = _second_record(desk, row, said)
    desk.add_subject(new, ly_do)
    desk.change_doses(
        [(own[m], {"ma_ho_so": new["ma_ho_so"]}) for m in sorted(set(ma_mui))], ly_do, "sua"
    )
    desk.note(ma_ho_so, "", {"tach_ra": new["ma_ho_so"]}, ly_do)
    told = (
        f"Đã tách {len(set(ma_mui))} mũi của hồ sơ {ma_ho_so} sang hồ sơ mới {new['ma_ho_so']}, "
        f"theo danh sách công an {ma_danh_sach}. "
        f"Số giấy tờ của hồ sơ mới: {new[NUMBER] or 'chưa có, hãy gửi công an'}."
    )
    return {"ma_ho_so": new["ma_ho_so"], "cau": told}


def _second_record(desk: Desk, row: Row, said: Row) -> Row:
    """Return the record of the second person: name and birth date of both, the other number."""
    numbers = re.findall(r"\b\d{12}\b|\b\d{9}\b", said["ghi_chu"])
    other = next((number for number in numbers if number != said["so_dinh_danh_dung"]), "")
    free = not desk.by_keys(store.subject, NUMBER, [other])
    cells = {name: row[name] for name in SUBJECT_COLUMNS} | {NUMBER: other if free else ""}
    record = "HS" + numeral(desk.seed, "ho_so", row["ma_ho_so"])
    state = "CHUA_GUI" if cells[NUMBER] else "SAI_DINH_DANG"
    unit = row["don_vi_quan_ly"]
    return {**cells, "ma_ho_so": record, "trang_thai": state, "don_vi_quan_ly": unit}
