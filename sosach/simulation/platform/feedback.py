"""Citizens' feedback: what is waiting, and the answer within 48 hours (CV 9458)."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from generator import facts
from sosach.simulation.platform import store
from sosach.simulation.platform.desk import Desk, read_feedback
from sosach.simulation.platform.rules import refuse
from sosach.simulation.truth import Row
from sosach.simulation.words import reason_name
from sosach.simulation.workdays import ANSWER_HOURS

__all__ = ["phan_anh", "tra_loi_phan_anh"]

ACTIONS = ("ACCEPT_FEEDBACK", "DEFER_FEEDBACK", "REJECT_FEEDBACK", "TRANSFER")
#: answers after which a feedback is closed; a deferred one may be answered again
FINAL = ("ACCEPT_FEEDBACK", "REJECT_FEEDBACK", "TRANSFER")


def phan_anh(desk: Desk, tat_ca: bool = False) -> Row:
    """List the feedback that waits for an answer.

    Parameters
    ----------
    desk : Desk
    tat_ca : bool
        Also what has been answered.

    Returns
    -------
    dict
        ``dong``: feedback with content, deadline, answer and whether it is overdue; ``cau``.
    """
    found = desk.rows(select(store.feedback).order_by(store.feedback.c.ma_phan_anh))
    read = [read_feedback(row) for row in found]
    shown = [row for row in read if tat_ca or row["ket_qua"].get("hanh_dong") not in FINAL]
    today = desk.day.isoformat()
    rows = [{**row, "qua_han": row["han"][:10] < today} for row in shown]
    return {"dong": rows, "cau": _waiting(rows)}


def _waiting(rows: Sequence[Row]) -> str:
    waiting = [row for row in rows if row["ket_qua"].get("hanh_dong") not in FINAL]
    if not waiting:
        return "Không có phản ánh nào đang chờ trả lời."
    late = sum(row["qua_han"] for row in waiting)
    told = f"{len(waiting)} phản ánh đang chờ trả lời"
    return f"{told}, {late} phản ánh đã quá hạn {ANSWER_HOURS} giờ." if late else f"{told}."


def tra_loi_phan_anh(
    desk: Desk,
    ma_phan_anh: str,
    hanh_dong: str,
    ly_do: str = "",
    noi_chuyen: str = "",
) -> Row:
    """Answer a feedback.

    Parameters
    ----------
    desk : Desk
    ma_phan_anh : str
    hanh_dong : str
        ACCEPT_FEEDBACK, DEFER_FEEDBACK, REJECT_FEEDBACK or TRANSFER, or their Vietnamese names.
    ly_do : str
        Of a rejection: one of the reasons tc01 to tc13.
    noi_chuyen : str
        Of a transfer: who is in charge.

    Returns
    -------
    dict
        ``dung_han``: whether the 48 hours were kept; ``cau``.
    """
    row = desk.feedback(ma_phan_anh)
    if row is None:
        refuse("KHONG_CO_PHAN_ANH", ma_phan_anh=ma_phan_anh or "trống", ma_ho_so="này")
    action = _action(hanh_dong)
    if row["ket_qua"].get("hanh_dong") in FINAL:
        refuse("PHAN_ANH_DA_TRA_LOI", ma_phan_anh=ma_phan_anh)
    reasons = [code for code in facts.column("reason_codes", "code") if code.startswith("tc")]
    if action == "REJECT_FEEDBACK" and ly_do not in reasons:
        refuse("TU_CHOI_CAN_LY_DO")
    if action == "TRANSFER" and not noi_chuyen.strip():
        refuse("CHUYEN_CAN_NOI_NHAN")
    in_time = desk.day.isoformat() <= row["han"][:10]
    answer = {
        "hanh_dong": action,
        "ly_do": ly_do,
        "noi_chuyen": noi_chuyen,
        "ngay": desk.day.isoformat(),
        "dung_han": in_time,
    }
    store.change(desk.con, store.feedback, [{"ma_phan_anh": ma_phan_anh, "ket_qua": answer}])
    record = row["noi_dung"].get("ma_ho_so", "")
    desk.note(record, "", {"ma_phan_anh": ma_phan_anh, "hanh_dong": action}, ly_do)
    return {"dung_han": in_time, "cau": _told(desk, ma_phan_anh, answer)}


def _told(desk: Desk, feedback_id: str, answer: Row) -> str:
    action, time = answer["hanh_dong"], "đúng" if answer["dung_han"] else "quá"
    done = {
        "ACCEPT_FEEDBACK": f"Đã duyệt phản ánh {feedback_id}",
        "DEFER_FEEDBACK": f"Đã để phản ánh {feedback_id} xử lý sau",
        "REJECT_FEEDBACK": f"Đã từ chối phản ánh {feedback_id}: {reason_name(answer['ly_do'])}",
        "TRANSFER": f"Đã chuyển phản ánh {feedback_id} cho {desk.place(answer['noi_chuyen'])}",
    }[action]
    return f"{done}; {time} hạn {ANSWER_HOURS} giờ."


def _action(text: str) -> str:
    for row in facts.table("action_codes"):
        if row["code"] in ACTIONS and text in (row["code"], row["code_vi"]):
            return row["code"]
    return refuse("HANH_DONG_PHAN_ANH_LA", hanh_dong=text or "trống", duoc=", ".join(ACTIONS))
