"""Codes of vaccines, diseases and tests, as they were in force on the day of issue.

The EU's value sets changed while passports were in use, so a code is right or wrong as of `iat`;
the tables keep first and last days and name their sources.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from sosach.signing.passport.refusal import finding
from sosach.signing.verdicts import Finding

__all__ = [
    "COUNTRIES",
    "DISEASE",
    "Style",
    "Vaccine",
    "check_codes",
    "kind_code",
    "meaning",
    "vaccines",
]

#: how the code of the kind is chosen: by the EU's table of the day, or as the one public passport
#: of Viet Nam of April 2022 has it, the same for all vaccines
Style = Literal["valueset", "vn2022"]
VN2022 = "J07BX03"
DISEASE = "840539006"
#: countries and territories (ISO 3166-1 alpha-2, 2021), and XK, which the EU's value set adds
COUNTRIES = frozenset(
    re.findall(
        r"\w\w",
        """
    AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR
    BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ
    EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW
    GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY
    KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV
    MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY
    QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG
    TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA
    ZM ZW
    """,
    )
)
#: the table's columns of kind codes begin so, then the first day
PERIOD = "vp_from_"
#: an unknown code: no first day, no last day
NEVER = (date.max, date.min, "", "")


@dataclass(frozen=True)
class Vaccine:
    """One of the eight vaccines of QĐ 5772/QĐ-BYT.

    Attributes
    ----------
    name : str
        As the platform writes it.
    course : int
        Doses of a primary course.
    kind : str
        Technology, as in the column ``kind`` of the value sets.
    mp, product : str
        Code and name of the product.
    ma, manufacturer : str
        Code and name of the manufacturer.
    kinds : tuple of (date, str)
        First day of issue and code of the kind, in order.
    """

    name: str
    course: int
    kind: str
    mp: str
    product: str
    ma: str
    manufacturer: str
    kinds: tuple[tuple[date, str], ...]


def _rows(name: str) -> list[dict[str, str]]:
    path = files("sosach.signing") / "reference" / name
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"), newline="")))


@cache
def vaccines() -> Mapping[str, Vaccine]:
    """Return the eight vaccines by the platform's name; read, never changed."""
    return {row["vaccine"]: _vaccine(row) for row in _rows("vaccine_codes.csv")}


def _vaccine(row: Mapping[str, str]) -> Vaccine:
    starts = [name.removeprefix(PERIOD) for name in row if name.startswith(PERIOD)]
    kinds = tuple(
        (date.fromisoformat(start.replace("_", "-")), row[PERIOD + start]) for start in starts
    )
    return Vaccine(
        name=row["vaccine"],
        course=int(row["course"]),
        kinds=kinds,
        **{part: row[part] for part in ("kind", "mp", "product", "ma", "manufacturer")},
    )


@cache
def _value_sets() -> Mapping[tuple[str, str], tuple[date, date, str, str]]:
    """Return field and code -> first day, last day, kind, meaning."""
    return {
        (row["field"], row["code"]): (
            date.fromisoformat(row["from"]) if row["from"] else date.min,
            date.fromisoformat(row["until"]) if row["until"] else date.max,
            row["kind"],
            row["meaning_vi"],
        )
        for row in _rows("value_sets.csv")
    }


def meaning(field: str, code: str) -> str:
    """Return what a code means in Vietnamese, the code itself where it is unknown."""
    for vaccine in vaccines().values():
        if (field, code) == ("mp", vaccine.mp):
            return vaccine.product
        if (field, code) == ("ma", vaccine.ma):
            return vaccine.manufacturer
    found = _value_sets().get((field, code))
    return found[3] if found else code


def kind_code(vaccine: Vaccine, issued: date, style: Style = "valueset") -> str:
    """Return the code of the kind of vaccine (``vp``) for a passport issued on a day.

    Parameters
    ----------
    vaccine : Vaccine
    issued : date
    style : {"valueset", "vn2022"}
        The second rests on one public passport alone.

    Returns
    -------
    str

    Examples
    --------
    >>> kind_code(vaccines()["AstraZeneca"], date(2022, 1, 30))
    'J07BX03'
    >>> kind_code(vaccines()["AstraZeneca"], date(2022, 1, 31))
    '29061000087103'
    """
    if style == "vn2022":
        return VN2022
    return [code for start, code in vaccine.kinds if start <= issued][-1]


def check_codes(group: str, event: Mapping[str, Any], issued: date) -> list[Finding]:
    """Check the codes of one event as of the day of issue.

    Parameters
    ----------
    group : {"v", "t", "r"}
    event : dict
    issued : date

    Returns
    -------
    list of Finding
        ``VALUE_SET``; ``MP_MA_MISMATCH``, ``MP_VP_MISMATCH``; the note ``VALUE_UNKNOWN`` where a
        foreign passport names a product that our table does not hold.
    """
    fields = {"v": ("tg", "vp"), "t": ("tg", "tt", "tr"), "r": ("tg",)}[group]
    found = [wrong for field in fields for wrong in _check_code(group, field, event, issued)]
    country = _text(event, "co")
    if country not in COUNTRIES:
        found.append(finding("VALUE_SET", "value_set", f"{group}.co", "ISO 3166-1", country))
    return [*found, *(_check_product(event) if group == "v" else ())]


def _text(event: Mapping[str, Any], field: str) -> str:
    value = event.get(field)
    return value if isinstance(value, str) else ""


def _check_code(
    group: str, field: str, event: Mapping[str, Any], issued: date
) -> Iterator[Finding]:
    code = _text(event, field)
    begins, ends, *_ = _value_sets().get((field, code), NEVER)
    if not begins <= issued <= ends:
        valid = [
            known
            for (name, known), (first, last, *_) in _value_sets().items()
            if name == field and first <= issued <= last
        ]
        yield finding("VALUE_SET", "value_set", f"{group}.{field}", ", ".join(valid), code)


def _check_product(event: Mapping[str, Any]) -> Iterator[Finding]:
    """Check that product, manufacturer and kind of vaccine belong together."""
    code, maker, kind = (_text(event, field) for field in ("mp", "ma", "vp"))
    vaccine = next((each for each in vaccines().values() if each.mp == code), None)
    if vaccine is None:
        if event.get("co") == "VN":  # QĐ 5772 lists eight
            known = ", ".join(each.mp for each in vaccines().values())
            yield finding("VALUE_SET", "value_set", "v.mp", known, code)
        else:
            yield finding("VALUE_UNKNOWN", "value_set", "v.mp", found=code)
        return
    if maker != vaccine.ma:
        yield finding("MP_MA_MISMATCH", "value_set", "v.ma", f"{vaccine.ma} ({code})", maker)
    technology = _value_sets().get(("vp", kind), (None, None, "", ""))[2]
    if technology and technology != vaccine.kind:
        yield finding("MP_VP_MISMATCH", "value_set", "v.vp", f"{vaccine.kind} ({code})", kind)
