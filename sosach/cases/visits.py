"""Who came when the station invited: identity cards on the desk, and what they tie together."""

from __future__ import annotations

from sosach.cases.desk import Desk, Paper, Row
from sosach.simulation.people import citizens

__all__ = ["cards"]

#: identity papers, as a citizen names them, that show a number
CARDS = ("Căn cước công dân", "Chứng minh nhân dân", "Giấy khai sinh", "Hộ chiếu")
#: cells of a card in the table of all cards
SHOWN = ("ho_ten", "ngay_sinh", "gioi_tinh", "so_giay_to")
#: number of the former card in the QR code
FORMER = "qr_so_cmnd_cu"
NOBODY = "Người này không đến."


def cards(desk: Desk) -> None:
    """Lay the card of everybody whose record looks double, as far as they came and brought one.

    Where a card bears the numbers of two records, or the old number in its QR code, it proves
    that they are of one person.
    """
    found = [_visit(desk, record, others) for record, others in sorted(desk.alike.items())]
    desk.files["giay_to_tuy_than"] = [row for rows in found for row in rows]


def _visit(desk: Desk, record: str, others: set[str]) -> list[Row]:
    """Lay what the holder of one record brought; return it as rows of a table."""
    visit = citizens.respond(record, desk.truth, desk.seed)
    shown = [paper for paper in visit.papers if paper.kind in CARDS] if visit else []
    if not shown:
        said = visit.sentence if visit else NOBODY
        desk.lay(record, Paper("cccd", "Đã mời", "Trạm", text=said))
        return [_row(record, "", {}, said)]
    for paper in shown:
        cells = dict(paper.shows)
        old = cells.pop(FORMER, "")
        told = f"Mã QR ghi số CMND cũ {old}." if old else ""
        desk.lay(record, Paper("cccd", paper.kind, "Người dân mang đến", cells, text=told))
        desk.proofs |= _proved(desk, record, others, {cells.get("so_giay_to", ""), old})
    return [_row(record, paper.kind, paper.shows, "") for paper in shown]


def _row(record: str, kind: str, shows: Row, said: str) -> Row:
    cells = {name: shows.get(name, "") for name in SHOWN}
    former = {"so_cmnd_cu": shows.get(FORMER, "")}
    return {"ma_ho_so": record, "giay_to": kind, **cells, **former, "ghi_chu": said}


def _proved(desk: Desk, record: str, others: set[str], numbers: set[str]) -> set[str]:
    """Return a record and those alike that bear a number of its holder's card."""
    tied = {o for o in others if desk.subjects[o]["so_giay_to"] in numbers - {""}}
    return {record, *tied} if tied else set()
