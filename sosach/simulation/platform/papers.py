"""What an answer proves: which value of which cell rests on which list, slip or feedback."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping

from sqlalchemy import select

from generator.vietnamese import nfc
from sosach.simulation.platform import store
from sosach.simulation.platform.desk import ANSWERED, POLICE, Desk, closed
from sosach.simulation.platform.rules import refuse
from sosach.simulation.truth import Row

__all__ = [
    "POLICE_CELLS",
    "feedback_values",
    "list_rows",
    "listed_value",
    "police_row",
    "slips",
    "tied_numbers",
    "whole_list",
]

#: identity cell -> the police's column of layout F
POLICE_CELLS = {
    "ho_ten": "ho_ten_dung",
    "ngay_sinh": "ngay_sinh_dung",
    "gioi_tinh": "gioi_tinh_dung",
    "so_giay_to": "so_dinh_danh_dung",
}
#: results of the police that give or confirm values
GIVES = ("Đúng", "Đã bổ sung")
#: facts of a slip that are cells of a dose
SLIP_CELLS = ("mui", "ten_vac_xin", "so_lo", "ngay_tiem", "co_so_tiem", "don_vi_nhap")
APPROVED = "ACCEPT_FEEDBACK"


def list_rows(desk: Desk, list_id: str, records: Iterable[str]) -> dict[str, Row]:
    """Return the rows of a police list about some records; refused where no such list has come."""
    table = store.request
    found = desk.rows(
        select(table.c.tinh_trang).where(table.c.ma_yeu_cau == list_id, table.c.loai == POLICE)
    )
    if not found:
        refuse("KHONG_CO_DANH_SACH", ma_danh_sach=list_id or "trống")
    if found[0]["tinh_trang"] != ANSWERED:
        refuse("DANH_SACH_CHUA_VE", ma_danh_sach=list_id)
    back = store.listed
    rows = desk.by_keys(back, "ma_ho_so", records, back.c.ma_danh_sach == list_id)
    return {
        row["ma_ho_so"]: {**json.loads(row["noi_dung"]), "da_hoi": row["da_hoi"]} for row in rows
    }


def whole_list(desk: Desk, list_id: str) -> list[Row]:
    """Return all rows of a list that has come back, as they stand on the paper."""
    table = store.listed
    found = desk.con.scalars(select(table.c.noi_dung).where(table.c.ma_danh_sach == list_id))
    rows: list[Row] = json.loads(f"[{','.join(found)}]")
    return sorted(rows, key=lambda row: int(row["stt"]))


def police_row(rows: Mapping[str, Row], record: str, list_id: str) -> Row:
    """Return what the signed list says about a record; refused where it says nothing that counts."""
    row = rows.get(record)
    if row is None:
        refuse("KHONG_CO_TRONG_DANH_SACH", ma_ho_so=record, ma_danh_sach=list_id)
    if not row["da_hoi"]:
        refuse("DONG_KHONG_HOI", ma_ho_so=record, ma_danh_sach=list_id)
    if not row["da_ky"]:
        refuse("TRANG_CHUA_KY", ma_ho_so=record, trang=row["trang"], ma_danh_sach=list_id)
    return row


def listed_value(row: Row, column: str) -> str:
    """Return the value of an identity cell on a row of the police; refused where it gives none."""
    if row["ket_qua"] not in GIVES:
        refuse("CONG_AN_KHONG_XAC_NHAN", ma_ho_so=row["ma_ho_so"], ket_qua=row["ket_qua"])
    value = nfc(row.get(POLICE_CELLS[column]) or "").strip()
    return value or refuse("CONG_AN_DE_TRONG", ma_ho_so=row["ma_ho_so"], truong=column)


def feedback_values(desk: Desk, feedback_id: str, record: str) -> Row:
    """Return what an approved feedback about a record says; refused where there is none."""
    found = desk.feedback(feedback_id)
    if found is None or found["noi_dung"].get("ma_ho_so") != record:
        refuse("KHONG_CO_PHAN_ANH", ma_phan_anh=feedback_id, ma_ho_so=record)
    if found["ket_qua"].get("hanh_dong") != APPROVED:
        refuse("PHAN_ANH_CHUA_DUYET", ma_phan_anh=feedback_id)
    claims: Row = found["noi_dung"].get("khai") or {}
    return claims


def slips(desk: Desk, request_id: str, record: str, line: str = "") -> list[Row]:
    """Return the slips that an answer brought, in columns of ``mui_tiem``.

    Parameters
    ----------
    desk : Desk
    request_id : str
        A question to a site, an invitation, or an approved feedback.
    record : str
        ``ma_ho_so`` that the slips must be about.
    line : str
        ``ma_mui``; an answer about another line does not count.

    Returns
    -------
    list of dict
        At least one; refused otherwise.
    """
    if desk.feedback(request_id):
        found = [feedback_values(desk, request_id, record)]
    else:
        answer = desk.request(request_id)
        if (
            answer is None
            or not closed(answer, "co_so", "nguoi_dan")
            or answer["ma_ho_so"] != record
        ):
            refuse("KHONG_CO_CHUNG_TU", chung_tu=request_id or "trống", ma_ho_so=record)
        if answer["loai"] == "co_so" and answer["ma_mui"] != line:
            refuse("CHUNG_TU_MUI_KHAC", chung_tu=request_id, ma_mui=answer["ma_mui"] or "mũi thiếu")
        found = list(_slips_of(answer))
    kept = [{n: slip[n] for n in SLIP_CELLS if slip.get(n)} for slip in found]
    kept = [slip for slip in kept if slip]
    return kept or refuse("CHUNG_TU_KHONG_CO_PHIEU", chung_tu=request_id)


def _slips_of(answer: Row) -> Iterator[Row]:
    told = answer["tra_loi"]
    yield told.get("thong_tin") or {}
    for paper in told.get("giay_to", []):
        yield paper["ghi"]


def tied_numbers(desk: Desk, request_id: str, record: str) -> set[str]:
    """Return the numbers that a card brought to the station ties to one person: CCCD, old CMND."""
    answer = desk.request(request_id)
    if answer is None or not closed(answer, "nguoi_dan") or answer["ma_ho_so"] != record:
        refuse("KHONG_CO_CHUNG_TU", chung_tu=request_id or "trống", ma_ho_so=record)
    for paper in answer["tra_loi"].get("giay_to", []):
        shown = paper["ghi"]
        if shown.get("qr_so_cmnd_cu") and shown.get("so_giay_to"):
            return {shown["so_giay_to"], shown["qr_so_cmnd_cu"]}
    return set()
