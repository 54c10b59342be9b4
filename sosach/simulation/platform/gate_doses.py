"""What the doses of one record say against each other and against the campaign's rules.

The numbers of days and ages stand in ``generator/reference/dose_rules.csv``. Late is never an
error; lots and sites' names are not looked at.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache

from generator import facts
from sosach.simulation.platform.rules import Reason, reason
from sosach.simulation.truth import Row

__all__ = ["SLOTS", "VACCINES", "read_date", "wrong_doses"]

#: slots of the confirmation slip (QĐ 43/QĐ-BYT) in the order in which they are given
SLOTS = ("CB1", "CB2", "CB3", "BS", "NL1", "NL2", "NL3")
PRIMARY = SLOTS[:3]
#: the eight vaccines of QĐ 5772
VACCINES = tuple(facts.column("vaccines", "name_on_platform_vi"))
FIRST_DAY = "R01"
ORDER = "R24"
TEENS, CHILDREN = "R18", "R19"
FOR_CHILDREN = ("Pfizer", "Moderna")
#: rule -> vaccines of both doses, or None for any; the table says it in words
SAME = {
    "R03": ("AstraZeneca",),
    "R04": ("Pfizer",),
    "R05": ("Moderna",),
    "R06": ("Vero Cell", "Hayat-Vax"),
    "R07": ("Sputnik V",),
    "R08": ("Abdala",),
}
#: rule -> slot, slots of which the last one counts
GAPS = {
    **dict.fromkeys(("R03", "R04", "R05", "R06", "R07"), (("CB2",), ("CB1",))),
    "R08": (("CB2", "CB3"), ("CB1", "CB2")),
    "R12": (("BS",), PRIMARY),
    "R13": (("BS",), PRIMARY),
    "R15": (("NL1",), (*PRIMARY, "BS")),
    "R17": (("NL2",), ("NL1",)),
}
#: slot -> the rules about it, each with the slots of which the last one counts
GAPS_OF = {
    slot: [(code, afters) for code, (slots, afters) in GAPS.items() if slot in slots]
    for slot in SLOTS
}


@dataclass(frozen=True)
class Given:
    """A dose whose cells can be read."""

    line: str
    slot: str
    vaccine: str
    day: date

    @property
    def place(self) -> int:
        """Where the slot stands among the others."""
        return SLOTS.index(self.slot)


@lru_cache(maxsize=10_000)
def read_date(text: str) -> date | None:
    """Read a date written dd/mm/yyyy; None where it is written otherwise or does not exist.

    Examples
    --------
    >>> read_date("05/06/2021")
    datetime.date(2021, 6, 5)
    >>> read_date("5-6-21") is None
    True
    """
    if not re.fullmatch(r"\d\d/\d\d/\d{4}", text, re.ASCII):
        return None
    try:
        return date(int(text[6:]), int(text[3:5]), int(text[:2]))
    except ValueError:
        return None


def wrong_doses(doses: Sequence[Row], birth: str, today: date) -> dict[str, list[Reason]]:
    """Return what is wrong with each dose of a record, by ``ma_mui``.

    Parameters
    ----------
    doses : sequence of dict
        All lines of one record.
    birth : str
        Birth date of the record, dd/mm/yyyy or yyyy.
    today : date

    Returns
    -------
    dict
        Doses without a fault are missing. Where two doses contradict each other, both are named:
        only the paper tells which one is wrong.
    """
    found: dict[str, list[Reason]] = defaultdict(list)
    readable = []
    for row in doses:
        cells = list(_wrong_cells(row))
        if cells:
            found[row["ma_mui"]] += cells
        day = read_date(row["ngay_tiem"])
        if day and row["mui"] in SLOTS:
            readable.append(Given(row["ma_mui"], row["mui"], row["ten_vac_xin"], day))
    for given in readable:
        found[given.line] += [*_wrong_day(given, today), *_wrong_age(given, birth)]
    for first, second, told in (*_twice(readable), *_wrong_order(readable), *_too_soon(readable)):
        found[first.line].append(told)
        found[second.line].append(told)
    return {line: reasons for line, reasons in found.items() if reasons}


def _wrong_cells(row: Row) -> Iterator[Reason]:
    if row["mui"] not in SLOTS:
        yield reason("MUI_LA", mui=row["mui"] or "trống")
    if row["ten_vac_xin"] not in VACCINES:
        yield reason("VAC_XIN_LA", vac_xin=row["ten_vac_xin"] or "trống")
    if read_date(row["ngay_tiem"]) is None:
        yield reason("NGAY_TIEM_SAI_DANG", ngay=row["ngay_tiem"] or "trống")


def _wrong_day(given: Given, today: date) -> Iterator[Reason]:
    first = _from(FIRST_DAY)
    if given.day < first:
        yield reason("TRUOC_CHIEN_DICH", ngay=_write(given.day), dau=_write(first))
    if given.day > today:
        yield reason("NGAY_TUONG_LAI", ngay=_write(given.day), hom_nay=_write(today))


def _wrong_age(given: Given, birth: str) -> Iterator[Reason]:
    """Yield why somebody of this age cannot have been given the dose; a lone year gives the oldest."""
    born = read_date(birth) or (date(int(birth), 1, 1) if re.fullmatch(r"\d{4}", birth) else None)
    if born is None:
        return
    age = given.day.year - born.year - ((given.day.month, given.day.day) < (born.month, born.day))
    children, teens = _rule(CHILDREN), _rule(TEENS)
    if age >= int(teens["max_age_years_exclusive"]):
        return
    words = {"tuoi": age, "vac_xin": given.vaccine, "ngay": _write(given.day)}
    young = age < int(teens["min_age_years"])
    too_early = given.day < (_from(CHILDREN) if young else _from(TEENS))
    too_young = age < int(children["min_age_years"])
    if too_young or too_early or given.vaccine not in FOR_CHILDREN or given.slot not in PRIMARY:
        yield reason("TUOI_KHONG_HOP", **words)


def _twice(given: Sequence[Given]) -> Iterator[tuple[Given, Given, Reason]]:
    for i, one in enumerate(given):
        for two in given[i + 1 :]:
            if one.slot == two.slot:
                yield one, two, reason("MUI_NGHI_TRUNG", mui=one.slot)
            elif one.day == two.day:
                yield one, two, reason("HAI_MUI_MOT_NGAY", ngay=_write(one.day))


def _wrong_order(given: Sequence[Given]) -> Iterator[tuple[Given, Given, Reason]]:
    in_order = sorted(given, key=lambda dose: dose.place)
    for i, one in enumerate(in_order):
        for two in in_order[i + 1 :]:
            if one.place < two.place and one.day > two.day:
                yield one, two, reason("SAI_THU_TU", mui=two.slot, truoc=one.slot)


def _too_soon(given: Sequence[Given]) -> Iterator[tuple[Given, Given, Reason]]:
    for dose in given:
        for code, afters in GAPS_OF[dose.slot]:
            if not _in_force(code, dose.day):
                continue
            before = [d for d in given if d.slot in afters and d.place < dose.place]
            last = max(before, key=lambda d: d.day, default=dose)
            gap, least = (dose.day - last.day).days, int(_rule(code)["error_below_days"])
            if 0 < gap < least and _applies(code, dose, last):
                words = {"mui": dose.slot, "truoc": last.slot, "ngay": gap, "it_nhat": least}
                yield last, dose, reason("KHOANG_CACH_NGAN", **words)


def _applies(code: str, dose: Given, last: Given) -> bool:
    vaccines = SAME.get(code)
    return vaccines is None or (dose.vaccine in vaccines and last.vaccine in vaccines)


@cache
def _rules() -> Mapping[str, Mapping[str, str]]:
    return {row["rule_id"]: row for row in facts.table("dose_rules")}


def _rule(code: str) -> Mapping[str, str]:
    return _rules()[code]


@cache
def _from(code: str) -> date:
    return date.fromisoformat(_rule(code)["valid_from"])


@cache
def _until(code: str) -> date:
    return date.fromisoformat(_rule(code)["valid_to"] or "9999-12-31")


def _in_force(code: str, day: date) -> bool:
    return _from(code) <= day <= _until(code)


def _write(day: date) -> str:
    return f"{day:%d/%m/%Y}"
