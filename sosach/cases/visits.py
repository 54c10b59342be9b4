"""Who came when the station invited: identity cards on the desk, and what they tie together."""

from __future__ import annotations

from sosach.cases.desk import Desk, Paper
from sosach.simulation.people import citizens

__all__ = ["cards"]

#: identity papers, as a citizen names them, that show a number
CARDS = ("Căn cước công dân", "Chứng minh nhân dân", "Giấy khai sinh", "Hộ chiếu")


def cards(desk: Desk) -> None:
    """Lay the card of everybody whose record looks double, as far as they came and brought one.

    Where a card bears the numbers of two records, or the old number in its QR code, it proves
    that they are of one person.
    """
    for record, others in sorted(desk.alike.items()):
        visit = citizens.respond(record, desk.truth, desk.seed)
        if visit is None:
            desk.lay(record, Paper("cccd", "Đã mời", "Trạm", text="Người này không đến."))
            continue
        shown = [paper for paper in visit.papers if paper.kind in CARDS]
        for paper in shown:
            cells = dict(paper.shows)
            old = cells.pop("qr_so_cmnd_cu", "")
            told = f"Mã QR ghi số CMND cũ {old}." if old else ""
            desk.lay(record, Paper("cccd", paper.kind, "Người dân mang đến", cells, text=told))
            desk.proofs |= _proved(desk, record, others, {cells.get("so_giay_to"), old})
        if not shown:
            desk.lay(record, Paper("cccd", "Đã mời", "Trạm", text=visit.sentence))


def _proved(desk: Desk, record: str, others: set[str], numbers: set[str | None]) -> set[str]:
    """Return a record and those alike that bear a number of its holder's card."""
    tied = {o for o in others if desk.subjects[o]["so_giay_to"] in numbers - {"", None}}
    return {record, *tied} if tied else set()
