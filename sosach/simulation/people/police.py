"""The police of a ward take a list of records and hand it back, answered, signed and not without faults.

What they find of a person depends on the seed and the record alone; which faults are in the
hand-over depends on the list too. Faults are for the simulation: no trainee is told of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple, Protocol

from generator.vietnamese import same_spelling
from sosach.simulation.lots import lot
from sosach.simulation.people.likeness import ANSWERED_BY, speaks_of_another

__all__ = [
    "DAYS",
    "GIVES",
    "LAYOUT",
    "RESULTS",
    "ROWS_PER_PAGE",
    "Fault",
    "Faultiness",
    "People",
    "PoliceList",
    "answer",
    "working_days",
]

Row = dict[str, str]

#: layout F of platform_columns.csv (its ma_doi_tuong is ma_ho_so), then the remark and the page
LAYOUT = (
    *("stt", "ma_ho_so", "ho_ten", "ngay_sinh", "gioi_tinh", "so_giay_to", "so_dien_thoai"),
    *("dia_chi", "loai_sai", "ho_ten_dung", "ngay_sinh_dung", "gioi_tinh_dung"),
    *("so_dinh_danh_dung", "ket_qua", "ca_ky", "ghi_chu", "trang"),
)
#: what the station writes on its list
ASKED = LAYOUT[1:9]
EMPTY = dict.fromkeys((*LAYOUT, "trung_voi"), "")
#: platform_columns.csv F14; the first two give values
RESULTS = ("Đúng", "Đã bổ sung", "Không tìm thấy", "Không cư trú", "Chết", "Trùng")
GIVES = RESULTS[:2]
RIGHT, COMPLETED, NOT_FOUND, NOT_HERE, DEAD, DOUBLE = RESULTS
CITIZEN = "Việt Nam"
#: rows of a printed page, A4 across
ROWS_PER_PAGE = 15
#: working days until the list comes back, least and most [ours]
DAYS = (2, 5)
#: the population database is completed with it (CV 2262 step 2)
ABSENT = "E09"
#: has no papers at all: the police begin to make some
UNDOCUMENTED = "E73"


class People(Protocol):
    """What the police know: who is behind a record."""

    def person(self, record: str, /) -> Mapping[str, str] | None:
        """Return the row of ``dan_cu``."""

    def other(self, record: str, /) -> Mapping[str, str] | None:
        """Return the second person of a merged record."""

    def own_record(self, person_id: str, /) -> str:
        """Return the record that remains of a person."""

    def causes(self, record: str, /) -> Set[str]:
        """Return the errors of a record."""


@dataclass(frozen=True)
class Faultiness:
    """How faulty hand-overs are, each a share in [0, 1] [ours].

    Attributes
    ----------
    not_found : float
        Of the persons, however often they are asked for.
    missing, unasked, mixed : float
        Of the rows: left out, followed by a row that nobody asked for, with another's values.
    unsigned : float
        Of the pages.
    """

    not_found: float = 0.01
    missing: float = 0.01
    unasked: float = 0.01
    mixed: float = 0.01
    unsigned: float = 0.08


class Fault(NamedTuple):
    """A planted fault: kind (a name of `Faultiness`), the record or "", the page or ""."""

    kind: str
    ma_ho_so: str
    trang: str


@dataclass(frozen=True)
class PoliceList:
    """A list as the police hand it back.

    Attributes
    ----------
    rows : list of dict
        Columns of `LAYOUT`, and for the platform ``da_ky`` ("1" or "") and ``trung_voi`` (the
        record of the same person).
    faults : list of Fault
        Never shown to a trainee.
    list_id, ward : str
        What the sheet is called, and for which ward: a neutral name.
    day : date or None
        On which it was signed.
    """

    rows: list[Row]
    faults: list[Fault] = field(default_factory=list)
    list_id: str = ""
    ward: str = ""
    day: date | None = None


def working_days(seed: int, list_id: str) -> int:
    """Return after how many working days a list comes back: 2 to 5."""
    least, most = DAYS
    return least + int(lot(seed, "cong_an", "ngay", list_id) * (most - least + 1))


def answer(
    asked: Sequence[Mapping[str, str]],
    truth: People,
    seed: int,
    list_id: str,
    *,
    day: date | None = None,
    neighbours: Iterable[Mapping[str, str]] = (),
    faultiness: Faultiness | None = None,
) -> PoliceList:
    """Answer a list by what the police know, and plant the faults of a hand-over.

    Parameters
    ----------
    asked : sequence of dict
        Records with ``ma_ho_so`` and what else of layout F or ``doi_tuong`` is known of them;
        only the first row of a record counts.
    truth : People
    seed : int
    list_id : str
    day : date, optional
        On which the list is signed.
    neighbours : iterable of dict
        Records of the ward among which a row is taken that nobody asked for; none without them.
    faultiness : Faultiness, optional

    Returns
    -------
    PoliceList
    """
    faultiness = faultiness or Faultiness()
    by_record = {row["ma_ho_so"]: row for row in reversed(asked)}
    wanted = [by_record[record] for record in dict.fromkeys(row["ma_ho_so"] for row in asked)]
    desk = _Desk(truth, seed, list_id, faultiness)
    rows = desk.mix(desk.drop([desk.found(row) for row in wanted]))
    rows = desk.add(rows, [row for row in neighbours if row["ma_ho_so"] not in by_record])
    desk.number_and_sign(rows, day)
    ward = next((f"(mã {row['xa']})" for row in wanted if row.get("xa")), "")
    return PoliceList(rows, desk.faults, list_id, ward, day)


class _Desk:
    """An officer with a list: finds the people, makes mistakes, signs page by page."""

    def __init__(self, truth: People, seed: int, list_id: str, faultiness: Faultiness) -> None:
        self.truth, self.seed, self.list_id = truth, seed, list_id
        self.faultiness = faultiness
        self.faults: list[Fault] = []

    def found(self, asked: Mapping[str, str]) -> Row:
        """Return the answer about one record, without fault."""
        record = asked["ma_ho_so"]
        row = EMPTY | {name: asked.get(name) or "" for name in ASKED}
        person = self.truth.person(record)
        lost = lot(self.seed, "cong_an", "tim", record) < self.faultiness.not_found
        if person is None or lost:
            return row | {"ket_qua": NOT_FOUND}
        gone = _gone(person, self.truth.causes(record))
        if gone:
            return row | gone
        own = self.truth.own_record(person["person_id"])
        if own and own != record:
            return row | _double(person, own)
        return row | self._values(asked, person)

    def _values(self, asked: Mapping[str, str], person: Mapping[str, str]) -> Row:
        record = asked["ma_ho_so"]
        completed = ABSENT in self.truth.causes(record)
        same = _agrees(asked, person) and not completed
        remarks = _remarks(person, self.truth.other(record), asked, completed=completed)
        result = {"ket_qua": RIGHT if same else COMPLETED, "ghi_chu": " ".join(remarks)}
        return _answers(person) | result

    def mix(self, rows: list[Row]) -> list[Row]:
        """Write another's values on some rows, such as show it."""
        mixed = []
        for i, row in enumerate(rows):
            if row["ket_qua"] in GIVES and self._hit("mixed", row["ma_ho_so"]):
                others = (rows[i - k] for k in range(1, len(rows)))
                donor = next((other for other in others if _may_give(other, row)), None)
                if donor:
                    self.faults.append(Fault("mixed", row["ma_ho_so"], ""))
                    values = {name: donor[name] for name in ANSWERED_BY.values()}
                    row = {**row, **values, "ket_qua": COMPLETED, "ghi_chu": ""}
            mixed.append(row)
        return mixed

    def drop(self, rows: list[Row]) -> list[Row]:
        """Leave rows out, but never all."""
        lost = [row["ma_ho_so"] for row in rows if self._hit("missing", row["ma_ho_so"])]
        lost = lost[: len(rows) - 1]
        self.faults += [Fault("missing", record, "") for record in lost]
        gone = set(lost)
        return [row for row in rows if row["ma_ho_so"] not in gone]

    def add(self, rows: list[Row], strangers: Sequence[Mapping[str, str]]) -> list[Row]:
        """Let rows slip in that nobody asked for."""
        kept, free = [], list(strangers)
        for row in rows:
            kept.append(row)
            if free and self._hit("unasked", row["ma_ho_so"]):
                key = ("cong_an", "dong_la", self.list_id, row["ma_ho_so"])
                stranger = self.found(free.pop(int(lot(self.seed, *key) * len(free))))
                self.faults.append(Fault("unasked", stranger["ma_ho_so"], ""))
                kept.append(stranger)
        return kept

    def number_and_sign(self, rows: list[Row], day: date | None) -> None:
        """Give the rows numbers and pages, and sign the pages but for some."""
        signature = f"Đã ký, {day:%d/%m/%Y}" if day else "Đã ký"
        for first in range(0, len(rows), ROWS_PER_PAGE):
            page = str(first // ROWS_PER_PAGE + 1)
            stamp = {"trang": page, "ca_ky": signature, "da_ky": "1"}
            if self._hit("unsigned", page):
                self.faults.append(Fault("unsigned", "", page))
                stamp |= {"ca_ky": "", "da_ky": ""}
            for i, row in enumerate(rows[first : first + ROWS_PER_PAGE], first + 1):
                row |= {"stt": str(i), **stamp}

    def _hit(self, kind: str, key: str) -> bool:
        rate: float = getattr(self.faultiness, kind)
        return lot(self.seed, "cong_an", kind, self.list_id, key) < rate


def _gone(person: Mapping[str, str], causes: Set[str]) -> Row | None:
    """Return the answer about somebody whom the police cannot confirm."""
    if person["tinh_trang"] == "đã mất":
        return {"ket_qua": DEAD, "ghi_chu": "Người này đã mất."}
    if person["tinh_trang"] == "chuyển đi":
        return {"ket_qua": NOT_HERE, "ghi_chu": "Đã chuyển đi nơi khác."}
    if person["quoc_tich"] != CITIZEN:
        return {"ket_qua": NOT_FOUND, "ghi_chu": "Không có trong dữ liệu dân cư của công dân."}
    if UNDOCUMENTED in causes:
        remark = "Chưa có giấy tờ. Công an đang làm thủ tục cấp số định danh."
        return {"ket_qua": NOT_FOUND, "ghi_chu": remark}
    return None


def _double(person: Mapping[str, str], own: str) -> Row:
    """Return the answer about the second record of a person, with what ties the two."""
    remarks = [f"Cùng một người với hồ sơ {own}."]
    if person["so_cmnd_cu"]:
        remarks.append(_tie(person))
    result = {"ket_qua": DOUBLE, "ghi_chu": " ".join(remarks), "trung_voi": own}
    return _answers(person) | result


def _tie(person: Mapping[str, str]) -> str:
    return f"CMND {person['so_cmnd_cu']} là số cũ của CCCD {person['so_giay_to']}."


def _answers(person: Mapping[str, str]) -> Row:
    return {column: person[fact] for fact, column in ANSWERED_BY.items()}


def _agrees(asked: Mapping[str, str], person: Mapping[str, str]) -> bool:
    """Compare as the platform does: names but for case, blanks and places of tones."""
    exact = ("so_giay_to", "ngay_sinh", "gioi_tinh")
    known = all(asked.get(name) == person[name] for name in exact)
    return known and same_spelling(asked.get("ho_ten") or "", person["ho_ten"])


def _remarks(
    person: Mapping[str, str],
    other: Mapping[str, str] | None,
    asked: Mapping[str, str],
    *,
    completed: bool,
) -> list[str]:
    """Return what an officer writes beside the values."""
    remarks = []
    if completed:
        remarks.append("Công an đã bổ sung người này vào dữ liệu dân cư.")
    if other:
        remarks.append(
            f"Có hai người cùng họ tên và ngày sinh: {person['so_giay_to']} "
            f"và {other['so_giay_to']}."
        )
    if person["so_cmnd_cu"] and person["so_cmnd_cu"] == asked.get("so_giay_to"):
        remarks.append(_tie(person))
    if person["ngay_sinh_chi_nam"] == "true":
        remarks.append("Giấy tờ chỉ ghi năm sinh.")
    return remarks


def _may_give(donor: Mapping[str, str], row: Mapping[str, str]) -> bool:
    """Tell whether somebody's values would show on another's row."""
    mixed = {**row, **{name: donor[name] for name in ANSWERED_BY.values()}}
    return donor["ket_qua"] in GIVES and speaks_of_another(row, mixed)
