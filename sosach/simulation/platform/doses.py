"""Doses: correct, add, remove; each by its paper, and only what the own unit entered."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from generator import facts
from generator.vietnamese import nfc
from sosach.simulation.lots import numeral
from sosach.simulation.people.phrases import SLOTS as SLOT_NAMES
from sosach.simulation.platform.desk import Desk, check_reason, closed
from sosach.simulation.platform.gate_doses import SLOTS, VACCINES, read_date
from sosach.simulation.platform.papers import slips
from sosach.simulation.platform.rules import refuse
from sosach.simulation.truth import Row
from sosach.simulation.words import about, column_name, listed

__all__ = ["edit_dose", "edited", "go_mui", "them_mui", "xoa_mui_trung"]

CELLS = ("mui", "ten_vac_xin", "so_lo", "ngay_tiem", "co_so_tiem")
#: what two entries of one dose have in common
SAME_DOSE = ("mui", "ten_vac_xin", "ngay_tiem")


def own_dose(desk: Desk, record: str, line: str) -> Row:
    """Return a dose of a record."""
    row = desk.dose(line)
    if row["ma_ho_so"] != record:
        refuse("MUI_HO_SO_KHAC", ma_mui=line, ma_ho_so=row["ma_ho_so"])
    return row


def edit_dose(
    desk: Desk, subject: Row, line: str, column: str, value: str, why: str, paper: str
) -> Row:
    """Change one cell of a dose: typing errors at once, everything else by its paper.

    Parameters
    ----------
    desk : Desk
    subject : dict
        The record, already found to be the own unit's.
    line, column, value : str
    why : str
        A reason code.
    paper : str
        The request or feedback that brought the slip.

    Returns
    -------
    dict
        As `edited` makes it.
    """
    row = own_dose(desk, subject["ma_ho_so"], line)
    if column not in CELLS:
        refuse("CUA_HE_THONG", truong=column, cac_o=listed(CELLS, column_name))
    old = row[column]
    if value == old:
        refuse("KHONG_DOI", truong=column, gia_tri=value)
    vaccine = column == "ten_vac_xin" and vaccine_meant(old) == value
    own = row["don_vi_nhap"] == desk.unit
    if not own and not vaccine:
        refuse("MUI_DON_VI_KHAC", ma_mui=line, don_vi=row["don_vi_nhap"])
    typed = vaccine or (column == "ngay_tiem" and date_meant(old) == read_date(value) is not None)
    if not typed:
        if not paper:
            refuse("MUI_CAN_CHUNG_TU", truong=column)
        shown = slips(desk, paper, row["ma_ho_so"], line)
        if not any(value == nfc(slip.get(column, "")) for slip in _about(row, column, shown)):
            refuse("KHAC_CHUNG_TU", truong=column, gia_tri=value, chung_tu=paper)
    valid_dose({**row, column: value}, (column,))
    desk.change_doses([(row, {column: value})], why, "sua")
    basis = "" if typed else f"chứng từ {paper}"
    return edited(about(row["ma_ho_so"], line), column, old, value, basis)


def edited(what: str, column: str, old: str, new: str, basis: str) -> Row:
    """Return the answer to an edit: ``truoc``, ``sau`` and the sentence with its basis."""
    told = f"Đã sửa {column_name(column)} của {what}: {_cell(old)} thành {_cell(new)}"
    return {"truoc": old, "sau": new, "cau": f"{told}, theo {basis}." if basis else f"{told}."}


def _cell(text: str) -> str:
    return f"“{text}”" if text else "ô trống"


def _about(row: Row, column: str, shown: Sequence[Row]) -> Sequence[Row]:
    """Return the slips that can be about a dose: of several those that agree most with its cells."""
    others = [name for name in ("mui", "ngay_tiem", "ten_vac_xin", "so_lo") if name != column]

    def agreeing(slip: Row) -> int:
        return sum(slip.get(name) == row[name] for name in others)

    most = max(map(agreeing, shown))
    return [slip for slip in shown if agreeing(slip) == most]


def valid_dose(row: Row, columns: Sequence[str]) -> None:
    """Refuse a value that cannot stand in a dose's cell."""
    right = {
        "mui": row["mui"] in SLOTS,
        "ten_vac_xin": row["ten_vac_xin"] in VACCINES,
        "so_lo": True,
        "ngay_tiem": read_date(row["ngay_tiem"]) is not None,
        "co_so_tiem": bool(row["co_so_tiem"]),
    }
    for column in columns:
        if not right[column]:
            refuse("GIA_TRI_SAI_DANG", truong=column, gia_tri=row[column] or "trống")


def vaccine_meant(text: str) -> str:
    """Return the vaccine of which a text is a known spelling, "" where it is none.

    Examples
    --------
    >>> vaccine_meant("Pfirez"), vaccine_meant("?")
    ('Pfizer', '')
    """
    for row in facts.table("vaccines"):
        spellings = [word.rstrip("*") for word in row["variants_typed"].split("|")]
        if " ".join(text.split()).casefold() in {word.casefold() for word in spellings}:
            return row["name_on_platform_vi"]
    return ""


def date_meant(text: str) -> date | None:
    """Return the only day that a date in another form can mean, None where there are several.

    Examples
    --------
    >>> date_meant("17.08.21"), date_meant("05/06/21"), date_meant("44409")
    (datetime.date(2021, 8, 17), None, datetime.date(2021, 8, 1))
    """
    if text.isascii() and text.isdigit() and len(text) == 5:
        return date.fromordinal(date(1899, 12, 30).toordinal() + int(text))
    parts = text.replace("-", "/").replace(".", "/").split("/")
    if len(parts) != 3 or not all(part.isascii() and part.isdigit() for part in parts):
        return None
    one, two, year = (int(part) for part in parts)
    if len(parts[0]) == 4:
        one, two, year = year, two, one
    found = {_day(one, two, year), _day(two, one, year)} - {None}
    return found.pop() if len(found) == 1 else None


def _day(day: int, month: int, year: int) -> date | None:
    try:
        return date(year + 2000 if year < 100 else year, month, day)
    except ValueError:
        return None


def them_mui(
    desk: Desk,
    ma_ho_so: str,
    mui: str,
    ten_vac_xin: str,
    ngay_tiem: str,
    co_so_tiem: str,
    chung_tu: str,
    so_lo: str = "",
    ly_do: str = "thieu_mui",
) -> Row:
    """Enter a dose that was given but never entered, from its slip, where the own unit must sign it.

    Parameters
    ----------
    desk : Desk
    ma_ho_so, mui, ten_vac_xin, ngay_tiem, co_so_tiem, so_lo : str
        The cells, as the slip has them.
    chung_tu : str
        The request or feedback that brought the slip.
    ly_do : str
        A reason code.

    Returns
    -------
    dict
        ``ma_mui`` of the new dose, ``cau``.
    """
    check_reason(ly_do)
    desk.own_subject(ma_ho_so)
    if not chung_tu:
        refuse("THEM_CAN_PHIEU")
    typed = (mui, ten_vac_xin, so_lo, ngay_tiem, co_so_tiem)
    cells = {name: nfc(value).strip() for name, value in zip(CELLS, typed, strict=True)}
    valid_dose(cells, CELLS)
    shown = slips(desk, chung_tu, ma_ho_so)
    fits = [s for s in shown if all(s.get(n) == v for n, v in cells.items() if v or n != "so_lo")]
    if not fits:
        refuse("KHAC_CHUNG_TU", truong="mũi tiêm", gia_tri=f"{mui} {ngay_tiem}", chung_tu=chung_tu)
    site = desk.sites.get(co_so_tiem, {})
    unit = fits[0].get("don_vi_nhap") or site.get("don_vi_nhap") or desk.unit
    if unit != desk.unit:
        refuse("THEM_DON_VI_KHAC", don_vi=unit)
    others = desk.doses(ma_ho_so)
    if any(d["mui"] == mui or d["ngay_tiem"] == ngay_tiem for d in others):
        refuse("MUI_DA_CO", mui=mui, ngay=ngay_tiem)
    line = "MU" + numeral(desk.seed, "mui", ma_ho_so, mui, ngay_tiem)
    row = {"ma_mui": line, "ma_ho_so": ma_ho_so, **cells, "don_vi_nhap": desk.unit}
    desk.add_dose(row, ly_do)
    told = (
        f"Đã nhập {SLOT_NAMES[mui]} ({ten_vac_xin}, {ngay_tiem}) vào hồ sơ {ma_ho_so}, "
        f"theo chứng từ {chung_tu}; mã mũi {line}, chưa ký."
    )
    return {"ma_mui": line, "cau": told}


def xoa_mui_trung(
    desk: Desk, ma_mui: str, ma_mui_giu: str, ly_do: str = "trung_mui", chung_tu: str = ""
) -> Row:
    """Delete the second entry of a dose; the more complete one stays.

    Parameters
    ----------
    desk : Desk
    ma_mui, ma_mui_giu : str
        The line to delete, the line that stays.
    ly_do : str
        A reason code.
    chung_tu : str
        The answer of the site, needed where another unit made the second entry.

    Returns
    -------
    dict
        ``ma_mui_giu``, ``cau``.
    """
    check_reason(ly_do)
    row = desk.dose(ma_mui)
    kept = own_dose(desk, desk.own_subject(row["ma_ho_so"])["ma_ho_so"], ma_mui_giu)
    if ma_mui == ma_mui_giu or any(row[name] != kept[name] for name in SAME_DOSE):
        refuse("KHONG_PHAI_NHAP_TRUNG", ma_mui=ma_mui, ma_mui_giu=ma_mui_giu)
    if bool(row["so_lo"]) > bool(kept["so_lo"]):
        refuse("XOA_DONG_DAY_DU", ma_mui=ma_mui, ma_mui_giu=ma_mui_giu)
    if row["don_vi_nhap"] != desk.unit:
        if not chung_tu:
            refuse("MUI_DON_VI_KHAC", ma_mui=ma_mui, don_vi=row["don_vi_nhap"])
        slip = slips(desk, chung_tu, row["ma_ho_so"], ma_mui)[0]
        if any(slip.get(name) != kept[name] for name in SAME_DOSE):
            refuse("KHAC_CHUNG_TU", truong="mũi tiêm", gia_tri=kept["mui"], chung_tu=chung_tu)
    desk.remove_dose(row, ly_do)
    told = f"Đã xóa mũi {ma_mui} nhập trùng trong hồ sơ {row['ma_ho_so']}; giữ mũi {ma_mui_giu}."
    return {"ma_mui_giu": ma_mui_giu, "cau": told}


def go_mui(desk: Desk, ma_mui: str, chung_tu: str, ly_do: str = "sai_mui") -> Row:
    """Remove a dose that this person was never given, as the site answered.

    Parameters
    ----------
    desk : Desk
    ma_mui : str
    chung_tu : str
        The question to the site, answered.
    ly_do : str
        A reason code.

    Returns
    -------
    dict
        ``ma_ho_so``, ``cau``.
    """
    check_reason(ly_do)
    row = desk.dose(ma_mui)
    desk.own_subject(row["ma_ho_so"])
    answer = desk.request(chung_tu)
    if answer is None or not closed(answer, "co_so") or answer["ma_mui"] != ma_mui:
        refuse("GO_CAN_TRA_LOI", ma_mui=ma_mui)
    if answer["tra_loi"].get("loai") != "nguoi_khac":
        refuse("CO_SO_KHONG_BAO_SAI_NGUOI", ma_mui=ma_mui)
    desk.remove_dose(row, ly_do)
    told = f"Đã gỡ mũi {ma_mui} khỏi hồ sơ {row['ma_ho_so']}, theo trả lời {chung_tu}."
    return {"ma_ho_so": row["ma_ho_so"], "cau": told}
