"""Who came when the station invited: identity cards on the desk, and what they tie together."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations

from generator.vietnamese import nfc, strip_diacritics
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
    suspects = _suspects(desk)
    for record in sorted(suspects):
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
            desk.proofs |= _proved(desk, record, suspects[record], {cells.get("so_giay_to"), old})
        if not shown:
            desk.lay(record, Paper("cccd", "Đã mời", "Trạm", text=visit.sentence))


def _suspects(desk: Desk) -> dict[str, set[str]]:
    """Return the records that share a number, or name and birth date, each with the others."""
    shared: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for record, row in desk.subjects.items():
        name = " ".join(strip_diacritics(nfc(row["ho_ten"])).upper().split())
        shared["ten", name, row["ngay_sinh"]].append(record)
        if row["so_giay_to"]:
            shared["so", row["so_giay_to"]].append(record)
    found: dict[str, set[str]] = defaultdict(set)
    for records in shared.values():
        for one, two in combinations(records, 2):
            found[one].add(two)
            found[two].add(one)
    return found


def _proved(desk: Desk, record: str, others: set[str], numbers: set[str | None]) -> set[str]:
    """Return this record and those of its suspects that the card proves to be of its holder."""
    tied = {o for o in others if desk.subjects[o]["so_giay_to"] in numbers - {"", None}}
    own = desk.subjects[record]["so_giay_to"] in numbers
    return {record, *tied} if tied and own else set()
