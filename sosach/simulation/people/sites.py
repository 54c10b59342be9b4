"""What a vaccination site answers when a station asks about a dose: its book, or nothing.

A site tells what its slips say, whatever was typed; it never sees the platform's error. What it
says depends on the seed and the dose, never on what was asked before.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial

from sosach.simulation.lots import lot
from sosach.simulation.people.phrases import SLOTS, pick, place_name
from sosach.simulation.truth import Row, Truth

__all__ = ["KINDS", "SiteAnswer", "answer"]

#: kinds of answers, with the meaning that a screen may show
KINDS = {
    "co_phieu": "Có phiếu",
    "nguoi_khac": "Mũi của người khác",
    "khong_co": "Sổ không có người này",
    "khong_tim_thay": "Không tìm thấy phiếu",
    "khong_tra_loi": "Chưa trả lời",
}
#: what a slip tells of a dose
FACTS = ("mui", "ten_vac_xin", "so_lo", "ngay_tiem", "co_so_tiem", "don_vi_nhap")
#: all places outside the city (co_so)
ELSEWHERE = "NGOAI"
#: how often a unit does not answer: of the city, elsewhere; how often slips are lost (ours)
SILENT, SILENT_ELSEWHERE, LOST = 0.12, 0.50, 0.03
#: after so many working days there will be no answer (ours)
SILENT_DAYS = 5

#: how the own papers are looked at: at once
OWN = "sổ của trạm"
#: working days until an answer, least and most (ours)
DAYS = {"điện thoại": (1, 2), "văn bản": (2, 5), OWN: (0, 0)}

SENTENCES = {
    ("co_phieu", "điện thoại"): (
        "Em tra sổ rồi. Người này có một phiếu: {mui}, {vac_xin}, lô {lo}, ngày {ngay},"
        " tiêm ở {noi}.",
        "Phiếu còn lưu ở đây, chỉ có một tờ. Anh/chị ghi giúp em: {mui}, {vac_xin}, lô {lo},"
        " ngày {ngay}, nơi tiêm là {noi}.",
    ),
    ("co_phieu", OWN): (
        "Phiếu lưu tại trạm: {mui}, {vac_xin}, số lô {lo}, ngày {ngay}, nơi tiêm {noi}. Chỉ có một phiếu.",
    ),
    ("co_phieu", "văn bản"): (
        "Theo phiếu đang lưu, người này tiêm {mui}, vắc xin {vac_xin}, số lô {lo}, ngày {ngay},"
        " tại {noi}. Sổ chỉ có một phiếu cho mũi này.",
        "Đã đối chiếu sổ tiêm. Có một phiếu: {mui}, vắc xin {vac_xin}, số lô {lo}, ngày {ngay},"
        " nơi tiêm {noi}.",
    ),
    ("nguoi_khac", "điện thoại"): (
        "Em dò hết phiếu của buổi đó rồi, không có người này. Mũi ấy của người khác.",
        "Buổi đó có đủ phiếu mà không có tên người này. Phiếu của mũi này ghi tên người khác.",
    ),
    ("nguoi_khac", OWN): (
        "Phiếu của mũi này ghi tên người khác. Buổi đó không có phiếu nào của người này.",
    ),
    ("nguoi_khac", "văn bản"): (
        "Đã kiểm tra toàn bộ phiếu của buổi tiêm. Mũi này của người khác, không phải của người"
        " có tên trong hồ sơ.",
    ),
    ("khong_co", "điện thoại"): (
        "Em tra rồi, sổ bên em không có mũi này. Anh/chị xem lại nơi tiêm trên giấy xác nhận"
        " giúp em.",
        "Bên em không có phiếu nào như vậy. Chắc người này tiêm ở chỗ khác.",
    ),
    ("khong_co", OWN): ("Sổ của trạm không có mũi này.",),
    ("khong_co", "văn bản"): (
        "Sổ tiêm của đơn vị không có mũi này. Đề nghị hỏi đơn vị ghi trên giấy xác nhận.",
    ),
    ("khong_du", "điện thoại"): (
        "Em tra cả sổ rồi. Ngoài các mũi đã nhập, người này không có thêm mũi nào ở đây.",
    ),
    ("khong_du", OWN): (
        "Ngoài các mũi đã nhập, sổ của trạm không có thêm phiếu nào của người này.",
    ),
    ("khong_du", "văn bản"): (
        "Đã đối chiếu sổ tiêm. Ngoài các mũi đã nhập, không có thêm phiếu nào của người này.",
    ),
    ("khong_tim_thay", "điện thoại"): (
        "Em tìm chưa ra phiếu của buổi đó. Thùng phiếu chuyển kho rồi nên em chưa dám xác nhận.",
    ),
    ("khong_tim_thay", OWN): ("Không tìm thấy phiếu của buổi tiêm này ở trạm.",),
    ("khong_tim_thay", "văn bản"): (
        "Không tìm thấy phiếu của buổi tiêm này. Đơn vị chưa xác nhận được.",
    ),
    ("khong_tra_loi", "điện thoại"): ("Gọi nhiều lần, không ai nghe máy.",),
    ("khong_tra_loi", "văn bản"): ("Đã gửi công văn, chưa thấy trả lời.",),
}


@dataclass(frozen=True)
class SiteAnswer:
    """What came back from a site.

    Attributes
    ----------
    days : int
        Working days until it comes; of silence until nobody waits any longer.
    kind : str
        One of `KINDS`.
    channel : str
        "điện thoại", "văn bản", or "sổ của trạm" where one's own papers were looked at.
    facts : dict
        What its slip says, in columns of ``mui_tiem``; empty where it has none.
    sentence : str
        Its answer in words.
    """

    days: int
    kind: str
    channel: str
    facts: dict[str, str] = field(default_factory=dict)
    sentence: str = ""


def answer(question: Mapping[str, str], truth: Truth, seed: int, own: str = "") -> SiteAnswer:
    """Return what a site says about a dose.

    Parameters
    ----------
    question : mapping
        ``ma_ho_so``; ``ma_mui``, or "" to ask for a dose that was never entered. Optional
        ``co_so``, the code of who is asked: without it whoever holds the slip; ``lan``, "2" for
        a reminder, which may be answered where the first question was not; ``hoi``, what one
        wants to know: a slip is told as a whole.
    truth : Truth
    seed : int
    own : str
        Code of the unit that asks: its own papers are at hand, and silent they are not.

    Returns
    -------
    SiteAnswer
    """
    record, line = question["ma_ho_so"], question.get("ma_mui") or ""
    dose = truth.dose(line) if line else _missing(record, truth)
    asked = question.get("co_so") or (dose["don_vi_nhap"] if dose else "")
    draw = partial(lot, seed, "co_so", line or record, asked, question.get("lan") or "1")
    channel = OWN if own and asked == own else pick(("điện thoại", "văn bản"), draw("kenh"))
    if channel != OWN and draw("im") < (SILENT_ELSEWHERE if asked == ELSEWHERE else SILENT):
        sentence = pick(SENTENCES["khong_tra_loi", channel], draw("loi"))
        return SiteAnswer(SILENT_DAYS, "khong_tra_loi", channel, sentence=sentence)
    kind = _kind(record, line, asked, dose, truth)
    if kind == "co_phieu" and lot(seed, "co_so", "phieu", line or record) < LOST:
        kind = "khong_tim_thay"
    first, last = DAYS[channel]
    days = pick(range(first, last + 1), draw("ngay"))
    spoken = pick(SENTENCES[kind, channel], draw("loi"))
    shown = "khong_co" if kind == "khong_du" else kind
    if dose is None or kind != "co_phieu":
        return SiteAnswer(days, shown, channel, sentence=spoken)
    return SiteAnswer(days, shown, channel, _facts(dose), spoken.format(**_said(dose, truth)))


def _missing(record: str, truth: Truth) -> Row | None:
    """Return the dose that was given and stands in no line."""
    missing = [dose for dose in truth.given(record) if not dose["ma_mui"]]
    return min(missing, key=lambda dose: str(dose["dose_id"]), default=None)


def _kind(record: str, line: str, asked: str, dose: Row | None, truth: Truth) -> str:
    if dose is None:
        if not line:
            return "khong_du"
        return "nguoi_khac" if "E43" in truth.causes(record, line) else "khong_co"
    holders = (dose["don_vi_nhap"], dose["noi_tiem"], dose["co_so_tiem"])
    return "co_phieu" if asked in holders else "khong_co"


def _facts(dose: Row) -> dict[str, str]:
    return {name: dose[name] for name in FACTS}


def _said(dose: Row, truth: Truth) -> dict[str, str]:
    return {
        "mui": SLOTS[dose["mui"]],
        "vac_xin": dose["ten_vac_xin"],
        "lo": dose["so_lo"],
        "ngay": dose["ngay_tiem"],
        "noi": place_name(truth, dose["noi_tiem"]),
    }
