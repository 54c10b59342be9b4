"""What a station sends to others, and waits for: police, sites, people, other units, the ministry."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from sqlalchemy import select

from generator import facts
from sosach.simulation.people.ministry import error_class
from sosach.simulation.people.outside import STAYS_AWAY
from sosach.simulation.people.police import DAYS
from sosach.simulation.people.sites import SILENT_DAYS
from sosach.simulation.platform import store
from sosach.simulation.platform.desk import (
    HIGHER,
    POLICE,
    WAITING,
    Desk,
    check_reason,
)
from sosach.simulation.platform.papers import list_rows, police_row
from sosach.simulation.platform.rules import Reason, RefusedError, reason, refuse
from sosach.simulation.truth import Row
from sosach.simulation.words import about, written

__all__ = [
    "bao_cao",
    "bao_loi",
    "chuyen",
    "gui_cong_an",
    "hoi_co_so",
    "moi_nguoi_dan",
]

#: what stands on the list that goes to the police
ASKED = (
    *("ma_ho_so", "ho_ten", "ngay_sinh", "gioi_tinh", "so_giay_to"),
    *("so_dien_thoai", "dia_chi", "khu_pho"),
)
ELSEWHERE = "Không cư trú"


def gui_cong_an(desk: Desk, ma_ho_so: list[str]) -> Row:
    """Send a list of records to the ward police.

    Parameters
    ----------
    desk : Desk
    ma_ho_so : list of str

    Returns
    -------
    dict
        ``ma_danh_sach``, ``so_ho_so``, ``dong_tu_choi``, ``cau``; the answer comes some working
        days later.
    """
    wanted = sorted(set(ma_ho_so))
    found = {r["ma_ho_so"]: r for r in desk.by_keys(store.subject, "ma_ho_so", wanted)}
    waiting = _at_the_police(desk)
    asked, refused = [], []
    for record in wanted:
        told = _not_for_police(desk, found.get(record), record, waiting)
        if told:
            refused.append({"ma_ho_so": record, **told})
        else:
            row = found[record]
            asked.append({**{name: row[name] for name in ASKED}, "loai_sai": error_class(row)})
    if not asked:
        why = [{k: v for k, v in row.items() if k != "ma_ho_so"} for row in refused]
        raise RefusedError(why or [reason("DANH_SACH_TRONG")])
    list_id = _list_id(desk, [row["ma_ho_so"] for row in asked])
    days = desk.outside.police_days(desk.seed, list_id)
    desk.ask(list_id, POLICE, {"dong": asked}, tra_ngay=desk.due(days))
    for row in asked:
        desk.note(row["ma_ho_so"], "", {"ma_danh_sach": list_id})
    cau = (
        f"Đã gửi danh sách {list_id} gồm {len(asked)} hồ sơ cho công an; "
        f"hẹn trả chậm nhất ngày {_latest(desk, DAYS[1])}."
    )
    if refused:
        cau += f" Không gửi {len(refused)} hồ sơ, mỗi hồ sơ có lý do."
    return {
        "ma_danh_sach": list_id,
        "so_ho_so": len(asked),
        "dong_tu_choi": refused,
        "cau": cau,
    }


def _latest(desk: Desk, days: int) -> str:
    return written(desk.due(days))


def _at_the_police(desk: Desk) -> dict[str, str]:
    """Return the records that wait for the police, each with its list."""
    table = store.request
    return {
        row["ma_ho_so"]: sent["ma_yeu_cau"]
        for sent in desk.requests(table.c.loai == POLICE, table.c.tinh_trang == WAITING)
        for row in sent["noi_dung"]["dong"]
    }


def _not_for_police(
    desk: Desk, row: Row | None, record: str, waiting: dict[str, str]
) -> Reason | None:
    if row is None:
        return reason("KHONG_CO_HO_SO", ma_ho_so=record or "trống")
    if row["gop_vao"]:
        return reason("HO_SO_DA_GOP", ma_ho_so=record, vao=row["gop_vao"])
    if row["don_vi_quan_ly"] != desk.unit:
        return reason("HO_SO_DON_VI_KHAC", ma_ho_so=record, don_vi=row["don_vi_quan_ly"])
    if row["trang_thai"] == "NGUOI_NUOC_NGOAI":
        return reason("NUOC_NGOAI_KHONG_GUI", ma_ho_so=record)
    if record in waiting:
        return reason("DANG_CHO_CONG_AN", ma_ho_so=record, ma_danh_sach=waiting[record])
    return None


def _list_id(desk: Desk, records: Sequence[str]) -> str:
    """Return an id that depends on day and records alone, not on what was sent before."""
    digest = hashlib.sha256("|".join(records).encode()).hexdigest()
    return f"DS-{desk.day:%y%m%d}-{digest[:8].upper()}"


def hoi_co_so(desk: Desk, ma_ho_so: str, ma_mui: str = "", co_so: str = "", hoi: str = "") -> Row:
    """Ask the site about a dose; for a dose of the own unit look into the own papers, at once.

    Parameters
    ----------
    desk : Desk
    ma_ho_so : str
    ma_mui : str
        The dose; "" asks for one that was never entered.
    co_so : str
        Who is asked; "" asks the unit that entered the dose.
    hoi : str
        What one wants to know, in free words.

    Returns
    -------
    dict
        ``ma_yeu_cau``, ``cau``; with the own papers also ``tra_loi``.
    """
    row = desk.own_subject(ma_ho_so)
    line = desk.dose(ma_mui) if ma_mui else {"ma_ho_so": ma_ho_so, "don_vi_nhap": ""}
    if line["ma_ho_so"] != row["ma_ho_so"]:
        refuse("MUI_HO_SO_KHAC", ma_mui=ma_mui, ma_ho_so=line["ma_ho_so"])
    if co_so and co_so not in desk.truth.sites:
        refuse("CO_SO_LA", co_so=co_so)
    unit = co_so or line["don_vi_nhap"]
    name = f"CS-{ma_mui or ma_ho_so}" + (f"-{co_so}" if co_so else "")
    request_id, time = _next_id(desk, name)
    own = unit == desk.unit
    asked = unit if own else co_so
    question = {"ma_ho_so": ma_ho_so, "ma_mui": ma_mui, "co_so": asked, "lan": time, "hoi": hoi}
    days, told = desk.outside.sites(question, desk.truth, desk.seed, desk.unit)
    cells = {"ma_ho_so": ma_ho_so, "ma_mui": ma_mui}
    desk.ask(request_id, "co_so", question, tra_ngay=desk.due(days), **cells)
    desk.note(ma_ho_so, ma_mui, {"ma_yeu_cau": request_id})
    what = about(ma_ho_so, ma_mui) if ma_mui else f"mũi còn thiếu của hồ sơ {ma_ho_so}"
    if not own:
        whom = desk.place(unit) if unit else "các cơ sở tiêm"
        latest = _latest(desk, SILENT_DAYS)
        cau = f"Đã hỏi {whom} về {what}, mã {request_id}; chờ trả lời đến hết ngày {latest}."
        return {"ma_yeu_cau": request_id, "cau": cau}
    desk.settle(request_id, told)
    cau = f"Đã tra giấy tờ lưu tại trạm về {what}, mã {request_id}: “{told['loi']}”"
    return {"ma_yeu_cau": request_id, "tra_loi": told, "cau": cau}


def _next_id(desk: Desk, name: str) -> tuple[str, str]:
    """Return an id for the next question of this name, and the how manieth it is."""
    table = store.request
    found = desk.rows(
        select(table.c.ma_yeu_cau, table.c.tinh_trang).where(
            table.c.ma_yeu_cau.startswith(f"{name}#", autoescape=True)
        )
    )
    for row in found:
        if row["tinh_trang"] == WAITING:
            refuse("DANG_CHO_TRA_LOI", ma_yeu_cau=row["ma_yeu_cau"])
    time = str(len(found) + 1)
    return f"{name}#{time}", time


def moi_nguoi_dan(desk: Desk, ma_ho_so: str, ly_do: str = "") -> Row:
    """Invite the person of a record to come with papers.

    Parameters
    ----------
    desk : Desk
    ma_ho_so : str
    ly_do : str
        What for, in free words.

    Returns
    -------
    dict
        ``ma_yeu_cau``, ``cau``.
    """
    row = desk.own_subject(ma_ho_so)
    request_id, time = _next_id(desk, f"ND-{ma_ho_so}")
    days, _ = desk.outside.visit(ma_ho_so, desk.truth, desk.seed, int(time))
    asked = {"ma_ho_so": ma_ho_so, "lan": time, "ly_do": ly_do}
    desk.ask(request_id, "nguoi_dan", asked, tra_ngay=desk.due(days), ma_ho_so=ma_ho_so)
    desk.note(ma_ho_so, "", {"ma_yeu_cau": request_id})
    told = (
        f"Đã mời {row['ho_ten'] or 'người'} của hồ sơ {ma_ho_so} mang giấy tờ đến trạm, "
        f"mã {request_id}; chờ đến hết ngày {_latest(desk, STAYS_AWAY)}."
    )
    return {"ma_yeu_cau": request_id, "cau": told}


def chuyen(
    desk: Desk,
    ma_ho_so: str,
    noi_nhan: str,
    ly_do: str,
    ma_mui: str = "",
    ma_danh_sach: str = "",
) -> Row:
    """Hand a record, or one dose, over to the unit in charge.

    Parameters
    ----------
    desk : Desk
    ma_ho_so : str
    noi_nhan : str
        Code of a site or ward, or SO_Y_TE, HCDC.
    ly_do : str
        A reason code.
    ma_mui : str
        The dose; "" hands over the whole record.
    ma_danh_sach : str
        The signed list on which the police say that the person does not live here.

    Returns
    -------
    dict
        ``noi_nhan``, ``cau``.
    """
    check_reason(ly_do)
    row = desk.own_subject(ma_ho_so)
    if noi_nhan == desk.unit or noi_nhan not in _receivers(desk):
        refuse("NOI_NHAN_LA", noi_nhan=noi_nhan or "trống")
    if ma_mui:
        line = desk.dose(ma_mui)
        if line["ma_ho_so"] != ma_ho_so:
            refuse("MUI_HO_SO_KHAC", ma_mui=ma_mui, ma_ho_so=line["ma_ho_so"])
        desk.change_doses([(line, {"don_vi_nhap": noi_nhan})], ly_do, "sua")
        return _handed_over(desk, ma_ho_so, ma_mui, noi_nhan)
    rows = list_rows(desk, ma_danh_sach, [ma_ho_so]) if ma_danh_sach else {}
    if not rows or police_row(rows, ma_ho_so, ma_danh_sach)["ket_qua"] != ELSEWHERE:
        refuse("CHUYEN_CAN_CONG_AN", ma_ho_so=ma_ho_so)
    desk.change_subjects([(row, {"don_vi_quan_ly": noi_nhan})], ly_do)
    return _handed_over(desk, ma_ho_so, "", noi_nhan)


def _handed_over(desk: Desk, record: str, line: str, unit: str) -> Row:
    return {"noi_nhan": unit, "cau": f"Đã chuyển {about(record, line)} cho {desk.place(unit)}."}


def _receivers(desk: Desk) -> set[str]:
    units = facts.table("hcmc_units_2022")
    wards = {row["ward_code"] for row in units}
    stations = {f"CS{ward}-1" for ward in wards}
    centres = {f"TT{row['district_code']}" for row in units}
    return {*desk.truth.sites, *wards, *stations, *centres, *HIGHER}


def bao_cao(desk: Desk, ma_ho_so: str, ly_do: str, noi_dung: str, ma_mui: str = "") -> Row:
    """Report to the higher level; of a dose also why it was changed after it had been signed.

    Parameters
    ----------
    desk : Desk
    ma_ho_so : str
    ly_do : str
        A reason code; ``chung_thu`` asks to check the signature of a dose.
    noi_dung : str
        The report in free words.
    ma_mui : str
        The dose, "" for the record.

    Returns
    -------
    dict
        ``ma_yeu_cau``, ``cau``.
    """
    check_reason(ly_do)
    row = desk.own_subject(ma_ho_so)
    if not noi_dung.strip():
        refuse("BAO_CAO_TRONG")
    line = desk.dose(ma_mui) if ma_mui else None
    if line and line["ma_ho_so"] != row["ma_ho_so"]:
        refuse("MUI_HO_SO_KHAC", ma_mui=ma_mui, ma_ho_so=line["ma_ho_so"])
    request_id, _ = _next_id(desk, f"BC-{ma_mui or ma_ho_so}")
    told = {"ly_do": ly_do, "noi_dung": noi_dung}
    cells = {"ma_ho_so": ma_ho_so, "ma_mui": ma_mui}
    desk.ask(request_id, "bao_cao", told, tra_ngay=desk.due(1), **cells)
    desk.note(ma_ho_so, ma_mui, {"ma_yeu_cau": request_id}, ly_do)
    what, day = about(ma_ho_so, ma_mui), _latest(desk, 1)
    cau = f"Đã báo cáo tuyến trên về {what}, mã {request_id}; trả lời ngày {day}."
    return {"ma_yeu_cau": request_id, "cau": cau}


def bao_loi(desk: Desk, ma_ho_so: str, ly_do: str = "trang_thai_chua_cap_nhat") -> Row:
    """Report to the platform's operator that a record is right but its status does not follow.

    Parameters
    ----------
    desk : Desk
    ma_ho_so : str
    ly_do : str
        A reason code.

    Returns
    -------
    dict
        ``ma_yeu_cau``, ``cau``; the record is compared again in the night.
    """
    check_reason(ly_do)
    row = desk.own_subject(ma_ho_so)
    if row["trang_thai"] in ("DUNG", "NGUOI_NUOC_NGOAI"):
        refuse("TRANG_THAI_KHONG_SAI", ma_ho_so=ma_ho_so)
    request_id, _ = _next_id(desk, f"BL-{ma_ho_so}")
    desk.ask(request_id, "bao_loi", {"ly_do": ly_do}, tra_ngay=desk.due(1), ma_ho_so=ma_ho_so)
    desk.change_subjects([(row, {"bao_loi": "1"})], ly_do)
    told = (
        f"Đã báo lỗi hệ thống về hồ sơ {ma_ho_so}, mã {request_id}. "
        "Nền tảng đối chiếu lại hồ sơ này đêm nay."
    )
    return {"ma_yeu_cau": request_id, "cau": told}
