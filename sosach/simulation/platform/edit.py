"""Edit one cell of a record: identity by police or approved feedback alone, the rest by reason."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from sqlalchemy import select

from generator import facts
from generator.vietnamese import (
    from_tcvn3,
    from_telex,
    from_vni,
    from_vni_windows,
    nfc,
    same_spelling,
    undo_misread_utf8,
)
from sosach.simulation.platform import store
from sosach.simulation.platform.desk import IDENTITY, Desk, check_reason, open_number
from sosach.simulation.platform.doses import edit_dose, edited
from sosach.simulation.platform.gate import PASSPORT
from sosach.simulation.platform.gate_doses import read_date
from sosach.simulation.platform.papers import feedback_values, list_rows, listed_value, police_row
from sosach.simulation.platform.rules import refuse
from sosach.simulation.truth import Row
from sosach.simulation.words import about, column_name, listed

__all__ = ["CONTACT", "free_number", "nguoi_nuoc_ngoai", "sua", "valid_identity"]

#: not compared with anything: the station keeps them as it knows them
CONTACT = ("so_dien_thoai", "dia_chi", "khu_pho", "xa", "huyen", "tinh", "don_vi")
CITIZEN = "Việt Nam"
SEXES = ("Nam", "Nữ")
#: old fonts, keyboards and code pages whose letters may be restored without a paper
READERS: tuple[Callable[[str], str | None], ...] = (
    from_tcvn3,
    from_vni_windows,
    from_telex,
    from_vni,
    undo_misread_utf8,
)


def sua(
    desk: Desk,
    ma_ho_so: str,
    truong: str,
    gia_tri: str,
    ly_do: str,
    ma_mui: str = "",
    ma_danh_sach: str = "",
    chung_tu: str = "",
) -> Row:
    """Change one cell of a record, or of one of its doses.

    Parameters
    ----------
    desk : Desk
    ma_ho_so, truong, gia_tri : str
        Record, column, new value.
    ly_do : str
        A reason code.
    ma_mui : str
        The dose, "" for the record itself.
    ma_danh_sach, chung_tu : str
        On what it rests: a signed list of the police; the request or feedback that brought a
        paper.

    Returns
    -------
    dict
        ``truoc``, ``sau``, ``cau``.
    """
    check_reason(ly_do)
    row, value = desk.own_subject(ma_ho_so), nfc(gia_tri).strip()
    if ma_mui:
        return edit_dose(desk, row, ma_mui, truong, value, ly_do, chung_tu)
    basis = ""
    if truong == "quoc_tich":
        refuse("QUOC_TICH", truong=truong)
    if truong not in (*IDENTITY, *CONTACT):
        cells = listed((*IDENTITY, *CONTACT), column_name)
        refuse("CUA_HE_THONG", truong=truong, cac_o=cells)
    old = row[truong]
    if gia_tri == old:
        refuse("KHONG_DOI", truong=truong, gia_tri=gia_tri)
    if truong in CONTACT:
        _valid_contact(truong, value)
        desk.change_subjects([(row, {truong: value})], ly_do)
    elif truong == "ho_ten" and is_cosmetic(old, value):
        desk.change_subjects([(row, {truong: value})], ly_do)
    elif truong == "ho_ten" and value in restored(old):
        desk.change_subjects([(row, {truong: value})], ly_do, "sua_dinh_danh")
    else:
        basis = _edit_identity(desk, row, truong, value, ly_do, ma_danh_sach, chung_tu)
    return edited(about(ma_ho_so), truong, old, value, basis)


def _edit_identity(
    desk: Desk, row: Row, column: str, value: str, why: str, list_id: str, paper: str
) -> str:
    """Change an identity cell; return the paper on which that rests."""
    record = row["ma_ho_so"]
    if list_id:
        right = listed_value(
            police_row(list_rows(desk, list_id, [record]), record, list_id), column
        )
        if right != value:
            refuse("KHAC_DANH_SACH", truong=column, gia_tri=value, ma_danh_sach=list_id)
    elif paper:
        right = feedback_values(desk, paper, record).get(column, "")
        if nfc(right) != value:
            refuse("KHAC_PHAN_ANH", truong=column, gia_tri=value, ma_phan_anh=paper)
    else:
        refuse("DINH_DANH_TU_Y", truong=column)
    valid_identity(column, value)
    if column == "so_giay_to":
        free_number(desk, row, value)
    desk.change_subjects([(row, {column: value})], why, "sua_dinh_danh")
    return f"danh sách công an {list_id}" if list_id else f"phản ánh {paper}"


def is_cosmetic(old: str, new: str) -> bool:
    """Tell whether a name differs by blanks, capitals, Unicode form or place of the tone alone."""
    return new == " ".join(new.split()) and same_spelling(" ".join(nfc(old).split()), new)


def restored(old: str) -> set[str]:
    """Return what a damaged name may have been before an old font or keyboard spoiled it."""
    return set(_readings(old)) - {old}


def _readings(old: str) -> Iterator[str]:
    for read in READERS:
        try:
            found = read(old)
        except ValueError:
            continue
        if found:
            yield " ".join(nfc(found).split())


def valid_identity(column: str, value: str) -> None:
    """Refuse a value that cannot stand in an identity cell."""
    right = {
        "ho_ten": bool(value),
        "ngay_sinh": bool(read_date(value) or re.fullmatch(r"(19|20)\d\d", value)),
        "gioi_tinh": value in SEXES,
        "so_giay_to": bool(open_number(value) or PASSPORT.fullmatch(value)),
    }
    if not right[column]:
        refuse("GIA_TRI_SAI_DANG", truong=column, gia_tri=value or "trống")


def _valid_contact(column: str, value: str) -> None:
    places = {"xa": "ward_code", "huyen": "district_code"}
    if column in places and value not in facts.column("hcmc_units_2022", places[column]):
        refuse("GIA_TRI_SAI_DANG", truong=column, gia_tri=value or "trống")


def free_number(desk: Desk, row: Row, number: str) -> None:
    """Refuse a number that another record of the platform already bears."""
    table = store.subject
    taken = desk.rows(
        select(table.c.ma_ho_so).where(
            table.c.so_giay_to == number,
            table.c.ma_ho_so != row["ma_ho_so"],
            table.c.gop_vao == "",
        )
    )
    if taken:
        refuse("SO_CUA_HO_SO_KHAC", so=number, ma_ho_so=taken[0]["ma_ho_so"])


def nguoi_nuoc_ngoai(desk: Desk, ma_ho_so: str, quoc_tich: str, chung_tu: str) -> Row:
    """Handle a record as a foreigner's: passport, no comparison with the population database.

    Parameters
    ----------
    desk : Desk
    ma_ho_so : str
    quoc_tich : str
        The nationality that stands in the passport.
    chung_tu : str
        What was seen, as the invitation with which the passport came.

    Returns
    -------
    dict
        Nationality ``truoc`` and ``sau``; ``cau``.
    """
    row = desk.own_subject(ma_ho_so)
    nation = nfc(quoc_tich).strip()
    if row["trang_thai"] == "NGUOI_NUOC_NGOAI":
        refuse("KHONG_DOI", truong="quoc_tich", gia_tri=row["quoc_tich"])
    if nation in ("", CITIZEN) or not chung_tu.strip():
        refuse("THIEU_CHUNG_TU_HO_CHIEU")
    # a passport of Viet Nam has a digit less: its holder is a citizen (CV 1908)
    if not re.fullmatch(r"[A-Z]\d{8}", row["so_giay_to"].strip(), re.ASCII):
        refuse("THIEU_HO_CHIEU")
    edit = {"quoc_tich": nation}
    desk.change_subjects([(row, edit)], "nguoi_nuoc_ngoai", "nguoi_nuoc_ngoai")
    told = (
        f"Hồ sơ {ma_ho_so} nay theo diện người nước ngoài, quốc tịch {nation}: "
        "ký theo hộ chiếu, không đối chiếu dân cư."
    )
    return {"truoc": row["quoc_tich"], "sau": nation, "cau": told}
