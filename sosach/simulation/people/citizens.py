"""Who comes when a station invites, with which papers; and what people write on their own.

Papers tell the truth about their holder; some are lost, and some people never come. Whether a
slip was kept is a fact about the slip: a second invitation does not bring it back.
"""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass, field

from sosach.simulation.lots import lot
from sosach.simulation.people.feedback import Feedback, feedback_queue
from sosach.simulation.people.phrases import pick, place_name
from sosach.simulation.truth import Row, Truth

__all__ = ["Feedback", "Paper", "Visit", "feedback_queue", "respond"]

#: how often the invited come, and bring their card, and have kept the slip of a dose (ours)
COMES, CARD, KEPT = 0.80, 0.95, 0.85
#: working days until they come, least and most (ours)
DAYS = (1, 5)
#: born in this year or later: no card yet, a parent comes along (CCCD from 14)
CHILD_SINCE = 2009
CITIZEN = "Việt Nam"


@dataclass(frozen=True)
class Paper:
    """One paper on the table.

    Attributes
    ----------
    kind : str
        What it is.
    shows : dict
        What stands on it, in columns of the register; ``qr_so_cmnd_cu`` is the number of the
        former card in the QR code of a CCCD.
    """

    kind: str
    shows: dict[str, str]


@dataclass(frozen=True)
class Visit:
    """Somebody who follows an invitation.

    Attributes
    ----------
    days : int
        Working days after the invitation.
    who : str
        "đương sự", "phụ huynh", "người nhà", or "điện thoại" where somebody only calls.
    papers : list of Paper
    facts : dict
        What the person says beside the papers: ``so_dien_thoai``, ``so_mui``, ``tinh_trang``.
    sentence : str
    """

    days: int
    who: str
    papers: list[Paper] = field(default_factory=list)
    facts: dict[str, str] = field(default_factory=dict)
    sentence: str = ""


def respond(record: str, truth: Truth, seed: int, invitation: int = 1) -> Visit | None:
    """Return who comes when the person behind a record is invited.

    Parameters
    ----------
    record : str
        ``ma_ho_so``.
    truth : Truth
    seed : int
    invitation : int
        1 for the first, 2 for the second ...: who stayed away once may come later.

    Returns
    -------
    Visit or None
        None where nobody comes, and for a record of nobody.
    """
    person = truth.person(record)
    time = str(invitation)
    if person is None or lot(seed, "nguoi_dan", "den", record, time) >= COMES:
        return None
    days = pick(range(DAYS[0], DAYS[1] + 1), lot(seed, "nguoi_dan", "ngay", record, time))
    if person["tinh_trang"] != "sống":
        return _absent(person, days)
    doses = truth.given(record)
    slips = [_slip(dose, person, truth) for dose in doses if _kept(dose, seed)]
    causes = truth.causes(record)
    cards = _cards(person, causes) if _has_card(record, seed) else []
    facts = {"so_dien_thoai": person["so_dien_thoai"], "so_mui": str(len(doses))}
    who = "phụ huynh" if _is_child(person) else "đương sự"
    words = _about_cards(cards, person, causes), _about_slips(len(doses), len(slips), who)
    namesake = [" Trước giờ tôi hay bị nhầm với một người trùng họ tên, trùng ngày sinh."]
    more = namesake if truth.other(record) else []
    return Visit(days, who, [*cards, *slips], facts, " ".join(words) + "".join(more))


def _absent(person: Row, days: int) -> Visit:
    """Let the family of the dead come, and those who moved away call."""
    facts = {"tinh_trang": person["tinh_trang"]}
    if person["tinh_trang"] == "chuyển đi":
        sentence = "Tôi chuyển chỗ ở sang nơi khác rồi, không về phường được."
        return Visit(days, "điện thoại", facts=facts, sentence=sentence)
    proof = Paper("Trích lục khai tử", _identity(person))
    sentence = "Người nhà tôi mất rồi. Tôi mang trích lục khai tử cho trạm xem."
    return Visit(days, "người nhà", [proof], facts, sentence)


def _is_child(person: Row) -> bool:
    return int(person["ngay_sinh"][-4:]) >= CHILD_SINCE


def _has_card(record: str, seed: int) -> bool:
    return lot(seed, "nguoi_dan", "the", record) < CARD


def _kept(dose: Row, seed: int) -> bool:
    return lot(seed, "nguoi_dan", "giay", dose["dose_id"]) < KEPT


def _identity(person: Row) -> dict[str, str]:
    return {name: person[name] for name in ("ho_ten", "ngay_sinh", "gioi_tinh")}


def _cards(person: Row, causes: Set[str]) -> list[Paper]:
    """Return the identity papers of somebody."""
    if "E73" in causes:
        return []
    shows, number = _identity(person), person["so_giay_to"]
    if "E72" in causes:
        return [Paper("Hộ chiếu Việt Nam", shows)]
    shows["so_giay_to"] = number
    if person["quoc_tich"] != CITIZEN:
        return [Paper("Hộ chiếu", {**shows, "quoc_tich": person["quoc_tich"]})]
    papers = [Paper(_card_kind(person), shows)]
    if person["so_cmnd_cu"]:
        shows["qr_so_cmnd_cu"] = person["so_cmnd_cu"]
    if "E17" in causes:
        papers.append(Paper("Trích lục thay đổi hộ tịch", {"ho_ten": person["ho_ten"]}))
    return papers


def _card_kind(person: Row) -> str:
    if _is_child(person):
        return "Giấy khai sinh"
    return "Chứng minh nhân dân" if len(person["so_giay_to"]) == 9 else "Căn cước công dân"


def _slip(dose: Row, person: Row, truth: Truth) -> Paper:
    names = ("mui", "ten_vac_xin", "so_lo", "ngay_tiem", "don_vi_nhap")
    place = {"co_so_tiem": dose["co_so_tiem"], "noi_tiem": place_name(truth, dose["noi_tiem"])}
    shows = {**_identity(person), **{name: dose[name] for name in names}, **place}
    return Paper("Giấy xác nhận tiêm vắc xin", shows)


def _about_cards(cards: list[Paper], person: Row, causes: Set[str]) -> str:
    owner = "cháu" if _is_child(person) else "tôi"
    if "E73" in causes:
        return "Tôi chưa được cấp giấy tờ gì."
    if not cards:
        return f"Hôm nay tôi quên mang giấy tờ{' của cháu' if owner == 'cháu' else ''}."
    return f"{cards[0].kind} của {owner} đây."


def _about_slips(doses: int, slips: int, who: str) -> str:
    me = "Cháu" if who == "phụ huynh" else "Tôi"
    if not doses:
        return f"{me} chưa tiêm mũi nào."
    if not slips:
        return f"{me} tiêm {doses} mũi, giấy xác nhận thất lạc hết rồi."
    if slips < doses:
        return f"{me} tiêm {doses} mũi, chỉ còn giữ {slips} giấy xác nhận."
    return f"{me} tiêm {doses} mũi, có đủ giấy xác nhận."
