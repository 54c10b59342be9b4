"""From a record and its signed doses to what a passport says; or why there is none yet.

QĐ 5772/QĐ-BYT (20/12/2021): a passport is for who has completed the primary course with one of
eight vaccines, in a verified record, every dose signed by the unit that entered it. It shows the
last dose.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NoReturn, Protocol

from generator.vietnamese import nfc
from sosach.signing.passport.codes import DISEASE, Style, Vaccine, kind_code, vaccines
from sosach.signing.passport.content import machine_name
from sosach.signing.verdicts import Finding, SigningError

__all__ = ["ISSUER", "VERSION", "Entitlement", "Signed", "content_of", "entitlement", "person_of"]

#: version of the DCC schema that is written; that of the public Vietnamese passport
VERSION = "1.3.0"
#: what stands as issuer in a passport (``is``)
ISSUER = "CUC Y TE DU PHONG - DAO TAO"
#: slots of the confirmation slip (QĐ 43/QĐ-BYT) in the order in which they are given
SLOTS = ("CB1", "CB2", "CB3", "BS", "NL1", "NL2", "NL3")
#: state of a verified record, and of the passport number of a foreigner (CV 1908)
RIGHT, HOME = "Đúng", "Việt Nam"
#: columns that are needed
RECORD = ("ma_ho_so", "ho_ten", "ngay_sinh", "so_giay_to", "quoc_tich", "tt_xac_minh")
DOSE = ("ma_mui", "mui", "ten_vac_xin", "ngay_tiem", "don_vi_nhap")
PASSPORT_NUMBER = re.compile(r"[A-Z]{1,2}\d{6,8}", re.ASCII)

Row = Mapping[str, str]


class Signed(Protocol):
    """Verdict of a facility's signature on one dose, as `sosach.signing.verdicts.Verdict`."""

    @property
    def ok(self) -> bool:
        """Whether the dose is validly signed."""

    @property
    def codes(self) -> list[str]:
        """What was found."""


@dataclass(frozen=True)
class Entitlement:
    """Who gets a passport, and for which dose.

    Attributes
    ----------
    record, dose : mapping
        Rows of ``doi_tuong`` and ``mui_tiem``.
    vaccine : Vaccine
        Of that dose.
    given : date
        Its day.
    number, series : int
        Which dose it is (``dn``), of how many (``sd``).
    left_out : tuple of str
        ``ma_mui`` of later doses that are not signed yet and so do not count.
    """

    record: Row
    dose: Row
    vaccine: Vaccine
    given: date
    number: int
    series: int
    left_out: tuple[str, ...] = ()


def _refuse(code: str, kind: str, name: str, *parts: str) -> NoReturn:
    raise SigningError(Finding(code, "entitlement", kind, name, *parts))


def entitlement(record: Row, doses: Sequence[Row], signed: Mapping[str, Signed]) -> Entitlement:
    """Decide whether a person gets a passport.

    Parameters
    ----------
    record : mapping
        Row of ``doi_tuong``.
    doses : sequence of mapping
        Rows of ``mui_tiem`` of this record.
    signed : mapping
        ``ma_mui`` -> verdict of the facility's signature; a dose that is missing is not signed.

    Returns
    -------
    Entitlement
        For the last dose up to which all are signed.

    Raises
    ------
    SigningError
        ``RECORD_UNVERIFIED``, ``RECORD_INCOMPLETE``, ``COURSE_INCOMPLETE`` or ``DOSE_UNSIGNED``.
    """
    _demand_columns("record", record, RECORD)
    _demand_verified(record)
    name = record["ma_ho_so"]
    for dose in doses:
        _demand_columns("dose", dose, DOSE)
        if dose["mui"] not in SLOTS:
            _incomplete("dose", dose["ma_mui"], "mui", " ".join(SLOTS), dose["mui"])
    ordered = sorted(doses, key=lambda dose: SLOTS.index(dose["mui"]))
    if not ordered:
        _refuse("COURSE_INCOMPLETE", "record", name, "mui", "CB1", "")
    course = _vaccine(ordered[0]).course
    wanted = list(SLOTS[:course])
    found = [dose["mui"] for dose in ordered[:course]]
    if found != wanted:
        _refuse("COURSE_INCOMPLETE", "record", name, "mui", " ".join(wanted), " ".join(found))
    good = [dose["ma_mui"] in signed and signed[dose["ma_mui"]].ok for dose in ordered]
    count = good.index(False) if False in good else len(good)
    if count < course:
        _refuse_unsigned(ordered[count], signed)
    last = ordered[count - 1]
    return Entitlement(
        *(record, last, _vaccine(last), _given(last)),
        number=count,
        # 2/2, then 3/3 ...; after a course of one dose 1/1, then 2/1 (Regulation (EU) 2021/2301)
        series=max(count, course) if course > 1 else 1,
        left_out=tuple(dose["ma_mui"] for dose in ordered[count:]),
    )


def _incomplete(kind: str, name: str, *parts: str) -> NoReturn:
    _refuse("RECORD_INCOMPLETE", kind, name, *parts)


def _demand_columns(kind: str, row: Mapping[str, object], columns: Sequence[str]) -> None:
    for column in columns:
        if not isinstance(row.get(column), str):
            _incomplete(kind, str(row.get(columns[0]) or ""), column)


def _demand_verified(record: Row) -> None:
    name, state = record["ma_ho_so"], record["tt_xac_minh"]
    if record["quoc_tich"] == HOME:
        if state != RIGHT:
            _refuse("RECORD_UNVERIFIED", "record", name, "tt_xac_minh", RIGHT, state)
        return
    number = record["so_giay_to"].strip()
    if not PASSPORT_NUMBER.fullmatch(number):
        _incomplete("record", name, "so_giay_to", "B1234567", number)


def _refuse_unsigned(dose: Row, signed: Mapping[str, Signed]) -> None:
    verdict = signed.get(dose["ma_mui"])
    found = "" if verdict is None else ", ".join(verdict.codes)
    unit = dose["don_vi_nhap"]
    _refuse("DOSE_UNSIGNED", "dose", dose["ma_mui"], "chu_ky", unit, found)


def _vaccine(dose: Row) -> Vaccine:
    name = nfc(dose["ten_vac_xin"]).strip()
    known = vaccines()
    if name not in known:
        _incomplete("dose", dose["ma_mui"], "ten_vac_xin", ", ".join(known), name)
    return known[name]


def _given(dose: Row) -> date:
    day = _iso(dose["ngay_tiem"])
    if len(day) != len("yyyy-mm-dd"):
        _incomplete("dose", dose["ma_mui"], "ngay_tiem", "dd/mm/yyyy", dose["ngay_tiem"])
    return date.fromisoformat(day)


def _iso(text: str) -> str:
    """Return dd/mm/yyyy or yyyy as ISO 8601, "" where it is neither or no such day exists."""
    found = re.fullmatch(r"(?:(\d\d)/(\d\d)/)?((?:19|20)\d\d)", text.strip(), re.ASCII)
    if not found or not found[1]:
        return found[3] if found else ""
    try:
        return date(int(found[3]), int(found[2]), int(found[1])).isoformat()
    except ValueError:
        return ""


def content_of(
    entitled: Entitlement, number: str, issued: date, style: Style = "valueset"
) -> dict[str, Any]:
    """Return what a passport says.

    Parameters
    ----------
    entitled : Entitlement
    number : str
        Certificate number (``ci``).
    issued : date
        Day of issue, in UTC: it decides the code of the kind of vaccine.
    style : {"valueset", "vn2022"}
        As of `sosach.signing.passport.codes.kind_code`.

    Returns
    -------
    dict
        Content of schema `VERSION`.

    Raises
    ------
    SigningError
        ``RECORD_INCOMPLETE``: a name without passport spelling, a birth date that is none.
    """
    vaccine = entitled.vaccine
    return {
        "ver": VERSION,
        **person_of(entitled.record),
        "v": [
            {
                "tg": DISEASE,
                "vp": kind_code(vaccine, issued, style),
                "mp": vaccine.mp,
                "ma": vaccine.ma,
                "dn": entitled.number,
                "sd": entitled.series,
                "dt": entitled.given.isoformat(),
                "co": "VN",
                "is": ISSUER,
                "ci": number,
            }
        ],
    }


def person_of(record: Row) -> dict[str, Any]:
    """Return names and birth date as a passport says them.

    Parameters
    ----------
    record : mapping
        ``ma_ho_so``, ``ho_ten``, ``ngay_sinh``. The surname is the first word, as the register
        writes it.

    Returns
    -------
    dict
        ``nam``, ``dob``.

    Raises
    ------
    SigningError
        ``RECORD_INCOMPLETE``.
    """
    where = "record", record["ma_ho_so"]
    born = _iso(record["ngay_sinh"])
    if not born:
        _incomplete(*where, "ngay_sinh", "dd/mm/yyyy, yyyy", record["ngay_sinh"])
    surname, _, given = " ".join(nfc(record["ho_ten"]).split()).partition(" ")
    names = {"fn": surname, "gn": given} if given else {"fn": surname}
    try:
        machine = {f"{key}t": machine_name(name) for key, name in names.items()}
    except ValueError:
        machine = {}
    if not surname or not machine:
        _incomplete(*where, "ho_ten", "A-Z (ICAO 9303)", record["ho_ten"])
    return {"nam": {**names, **machine}, "dob": born}
