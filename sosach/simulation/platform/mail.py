"""The mail: what was asked of police, sites, people and the higher level, and what they answered."""

from __future__ import annotations

import json
from collections.abc import Sequence

from sqlalchemy import Column, select

from sosach.simulation.platform import store
from sosach.simulation.platform.desk import ANSWERED, POLICE, Desk
from sosach.simulation.platform.papers import whole_list
from sosach.simulation.platform.rules import refuse
from sosach.simulation.truth import Row
from sosach.simulation.words import REQUESTS, written

__all__ = ["about_record", "hop_thu"]

#: what is told of a request in a list of many: all but the content of what was asked
BRIEF = (
    *("ma_yeu_cau", "loai", "gui_ngay", "tra_ngay", "ma_ho_so", "ma_mui", "tinh_trang"),
    "tra_loi",
)


def hop_thu(desk: Desk, ma_yeu_cau: str = "") -> Row:
    """List what was asked, and the answers that have come.

    Parameters
    ----------
    desk : Desk
    ma_yeu_cau : str
        One request or police list, with all its content; "" for all, without what was asked and
        without the rows of the lists.

    Returns
    -------
    dict
        ``dong``, ``cau``.
    """
    if not ma_yeu_cau:
        table = store.request
        found = _brief(desk.rows(select(*_columns()).order_by(table.c.ma_yeu_cau)))
        come = sum(row["tinh_trang"] == ANSWERED for row in found)
        cau = f"Đã nhận {come} câu trả lời, đang chờ {len(found) - come}."
        return {"dong": found, "cau": cau}
    asked = desk.request(ma_yeu_cau)
    if asked is None:
        refuse("KHONG_CO_CHUNG_TU", chung_tu=ma_yeu_cau, ma_ho_so="này")
    if asked["loai"] == POLICE and asked["tinh_trang"] == ANSWERED:
        asked["tra_loi"]["dong"] = whole_list(desk, ma_yeu_cau)
    [asked] = _outgoing([asked])
    return {"dong": [asked], "cau": _told(asked)}


def about_record(desk: Desk, record: str) -> list[Row]:
    """Return the requests about a record; of a police list its row alone.

    Parameters
    ----------
    desk : Desk
    record : str

    Returns
    -------
    list of dict
        As `hop_thu` lists them, by day of sending.
    """
    table = store.request
    own = table.c.ma_ho_so == record
    lists = table.c.ma_yeu_cau.in_(_sent_with(desk, record))
    found = _brief(desk.rows(select(*_columns()).where(own | lists)))
    for row in found:
        if row["loai"] == POLICE and row["tinh_trang"] == ANSWERED:
            row["tra_loi"]["dong"] = _listed(desk, row["ma_yeu_cau"], record)
    return sorted(found, key=lambda row: (row["gui_ngay"], row["ma_yeu_cau"]))


def _sent_with(desk: Desk, record: str) -> list[str]:
    """Return the police lists on which a record was sent, by the audit trail."""
    call, change = store.audit.c, store.changed.c
    found = desk.con.scalars(
        select(change.sau)
        .join_from(store.changed, store.audit)
        .where(change.ma_ho_so == record, call.hanh_dong == "gui_cong_an")
    )
    return [json.loads(sent)["ma_danh_sach"] for sent in found]


def _listed(desk: Desk, list_id: str, record: str) -> list[Row]:
    table = store.listed
    rows = desk.by_keys(table, "ma_ho_so", [record], table.c.ma_danh_sach == list_id)
    return [json.loads(row["noi_dung"]) for row in rows]


def _columns() -> list[Column[str]]:
    return [store.request.c[name] for name in BRIEF]


def _brief(rows: Sequence[Row]) -> list[Row]:
    read = [{**row, "tra_loi": json.loads(row["tra_loi"] or "{}")} for row in rows]
    return _outgoing(read)


def _outgoing(requests: Sequence[Row]) -> list[Row]:
    """Return requests as the sender sees them: not on which day an answer will come."""
    return [
        {**row, "tra_ngay": row["tra_ngay"] if row["tinh_trang"] == ANSWERED else ""}
        for row in requests
    ]


def _told(asked: Row) -> str:
    """Tell of one request what became of it."""
    name, sent = f"{asked['ma_yeu_cau']}, {REQUESTS[asked['loai']]}", written(asked["gui_ngay"])
    if asked["tinh_trang"] != ANSWERED:
        return f"{name}: gửi ngày {sent}, chưa có trả lời."
    told, came = asked["tra_loi"], written(asked["tra_ngay"])
    what = f"{len(told['dong'])} dòng" if "dong" in told else f"“{told['loi']}”"
    return f"{name}: gửi ngày {sent}, trả lời ngày {came}: {what}."
