"""What is really so: the people and doses behind the records, which the world alone knows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Set
from typing import Any

__all__ = ["COLUMNS", "TABLES", "Row", "Truth", "as_text"]

Row = dict[str, Any]

#: what is needed of a table where it is not everything
COLUMNS = {
    "ledger": ["ma_ho_so", "ma_mui", "cause"],
    "link": ["ma_ho_so", "ma_mui", "person_id", "dose_id", "role"],
    "dan_cu": [
        *("person_id", "ho_ten", "ngay_sinh", "gioi_tinh", "so_giay_to", "so_dien_thoai"),
        *("quoc_tich", "tinh_trang", "ngay_sinh_chi_nam", "so_cmnd_cu"),
    ],
}

#: what a world is made of: the register, the key, the people
TABLES = ("doi_tuong", "mui_tiem", "ledger", "link", "dan_cu", "mui_that", "co_so")


def as_text(row: Mapping[str, Any]) -> Row:
    """Return a row with text in every cell: nothing is "", yes is "true", no is "false".

    Lists and structs of the ledger stay as they are.

    Examples
    --------
    >>> as_text({"ma_mui": None, "chu_ho": True, "ho_ten": "An"})
    {'ma_mui': '', 'chu_ho': 'true', 'ho_ten': 'An'}
    """
    return {n: value if value.__class__ is str else _text(value) for n, value in row.items()}


def _text(value: object) -> object:
    if isinstance(value, list | dict):
        return value
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


class Truth:
    """The people and doses behind a ward's records.

    Parameters
    ----------
    tables : mapping
        Name of a table -> its rows; of `TABLES` all but the register are read.
    """

    def __init__(self, tables: Mapping[str, Iterable[Mapping[str, Any]]]) -> None:
        self.people = _by_key(tables["dan_cu"], "person_id")
        self.sites = _by_key(tables["co_so"], "co_so_tiem")
        self._given = _by_key(tables["mui_that"], "dose_id")
        self._doses_of: dict[str, list[str]] = defaultdict(list)
        for dose_id, row in self._given.items():
            self._doses_of[row["person_id"]].append(dose_id)
        self._causes: dict[tuple[str, str], set[str]] = defaultdict(set)
        for found in tables["ledger"]:
            self._causes[found["ma_ho_so"], found["ma_mui"] or ""].add(found["cause"])
        self._read_link(tables["link"])

    def _read_link(self, link: Iterable[Mapping[str, Any]]) -> None:
        self._person: dict[str, str] = {}
        self._second: dict[str, str] = {}
        self._own_record: dict[str, str] = {}
        self._dose: dict[str, str] = {}
        self._lines: dict[str, list[str]] = defaultdict(list)
        for row in link:
            if row["ma_mui"]:
                self._read_line(row)
            elif not row["dose_id"]:
                self._read_record(row)

    def _read_line(self, row: Mapping[str, Any]) -> None:
        if row["role"] != "intruder":
            self._dose[row["ma_mui"]] = row["dose_id"]
            # the first entry stands for the dose; a second one is told of after it
            place = len(self._lines[row["dose_id"]]) if row["role"] == "duplicate" else 0
            self._lines[row["dose_id"]].insert(place, row["ma_mui"])

    def _read_record(self, row: Mapping[str, Any]) -> None:
        record, person = row["ma_ho_so"], row["person_id"]
        if row["role"] == "split":
            self._second[record] = person
        else:
            self._person[record] = person
        if row["role"] != "duplicate":
            self._own_record[person] = record

    def person(self, record: str) -> Row | None:
        """Return the ``dan_cu`` row of the person behind a record, None where nobody is known."""
        return self.people.get(self._person.get(record, ""))

    def other(self, record: str) -> Row | None:
        """Return the second person of a record in which two were merged, else None."""
        return self.people.get(self._second.get(record, ""))

    def given(self, record: str) -> list[Row]:
        """Return the doses that the person behind a record was really given.

        Parameters
        ----------
        record : str
            ``ma_ho_so``.

        Returns
        -------
        list of dict
            Rows of ``mui_that``, with ``ma_mui`` of the line that tells of it, "" if none does.
        """
        doses = self._doses_of.get(self._person.get(record, ""), [])
        return [
            {**self._given[dose], "ma_mui": next(iter(self._lines.get(dose, [])), "")}
            for dose in doses
        ]

    def dose(self, line: str) -> Row | None:
        """Return the ``mui_that`` row behind a line, None where nobody of here was given it."""
        return self._given.get(self._dose.get(line, ""))

    def own_record(self, person_id: str) -> str:
        """Return the record that remains of a person, "" if there is none."""
        return self._own_record.get(person_id, "")

    def causes(self, record: str, line: str = "") -> Set[str]:
        """Return the errors of a line; without a line those of the record's own row."""
        return self._causes.get((record, line), frozenset())


def _by_key(rows: Iterable[Mapping[str, Any]], key: str) -> dict[str, Row]:
    return {row[key]: as_text(row) for row in rows}
