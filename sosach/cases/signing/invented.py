"""People who stand in no register: those who ask, and those who show a passport."""

from __future__ import annotations

from datetime import date, timedelta

from generator.facts import column
from generator.lots import LOTS_PER_VACCINE, lot_texts
from sosach.cases.desk import Desk, Row
from sosach.cases.signing.dealing import drawn
from sosach.simulation.lots import lot, numeral

__all__ = ["DAY", "day_by_lot", "lot_of", "person"]

#: how days are written in the tables
DAY = "%d/%m/%Y"
HOME = "Việt Nam"
#: invented holders of foreign passports: name, nationality
FOREIGNERS = (
    ("Kim Min Ji", "Hàn Quốc"),
    ("Tanaka Haruto", "Nhật Bản"),
    ("Dubois Camille", "Pháp"),
    ("Chen Wei Lin", "Đài Loan"),
)


def day_by_lot(seed: int, about: str, first: date, last: date) -> date:
    """Return a day by lot, from the first to the last."""
    return first + timedelta(days=int(lot(seed, "ngay", about) * ((last - first).days + 1)))


def person(desk: Desk, item: str, surname: str = "", foreign: bool = False) -> Row:
    """Return an invented person: surname, middle and given name of three people of the register.

    Parameters
    ----------
    desk : Desk
    item : str
        What they ask or show; the person follows from it and the seed.
    surname : str
        One that is wanted.
    foreign : bool
        Whether they have a passport of another country instead of an identity number.

    Returns
    -------
    dict
        ``ma_ho_so, ho_ten, ngay_sinh, gioi_tinh, so_giay_to, quoc_tich``.
    """
    seed, sex = desk.seed, drawn(("Nam", "Nữ"), desk.seed, "gioi", item)
    names = [s["ho_ten"].split() for s in desk.subjects.values() if s["gioi_tinh"] == sex]
    names = [name for name in names if len(name) > 2]
    one, two, three = (
        names[int(lot(seed, part, item) * len(names))] for part in ("ho", "dem", "ten")
    )
    whole = [surname or one[0], *two[1:-1], three[-1]]
    born = day_by_lot(seed, f"{item} sinh", date(1945, 1, 1), date(2003, 12, 31))
    century = {"Nam": 0, "Nữ": 1}[sex] + 2 * (born.year >= 2000)
    number = f"079{century}{born:%y}{numeral(seed, 'so', item, digits=6)}"
    nation = HOME
    if foreign:
        name, nation = FOREIGNERS[int(lot(seed, "nuoc", item) * len(FOREIGNERS))]
        whole, number = [name], f"M{numeral(seed, 'so', item, digits=8)}"
    return {
        "ma_ho_so": f"HS{numeral(seed, 'ho_so', item, digits=10)}",
        "ho_ten": " ".join(whole),
        "ngay_sinh": f"{born:{DAY}}",
        "gioi_tinh": sex,
        "so_giay_to": number,
        "quoc_tich": nation,
    }


def lot_of(vaccine: str, seed: int, *key: str) -> str:
    """Return a synthetic lot of a vaccine."""
    row = column("vaccines", "name_on_platform_vi").index(vaccine)
    first = row * LOTS_PER_VACCINE
    return drawn(lot_texts()[first : first + LOTS_PER_VACCINE], seed, "lo", *key)
