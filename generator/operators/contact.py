"""Mistakes in telephone, sex, place and nationality."""

from __future__ import annotations

from functools import cache

from generator import facts
from generator.operators.record import Record
from generator.places import district_of_2019, wards

__all__ = [
    "call_a_citizen",
    "drop_phone_digit",
    "give_shared_phone",
    "keep_old_district",
    "keep_old_prefix",
    "leave_ward_blank",
    "tick_other_sex",
    "type_ward_elsewhere",
]


def tick_other_sex(sex: str, u: float, v: float, record: Record) -> str | None:
    """Tick the other sex (E12).

    Parameters
    ----------
    sex : str
        Nam or Nữ.
    u, v : float
        Draws in [0, 1); unused here.
    record : Record
        Unused here.

    Returns
    -------
    str or None
        The other one.
    """
    del u, v, record
    return {"Nam": "Nữ", "Nữ": "Nam"}.get(sex)


def keep_old_prefix(phone: str, u: float, v: float, record: Record) -> str | None:
    """Write the prefix from before the conversion of 2018 (E31).

    Parameters
    ----------
    phone : str
        Ten digits.
    u, v : float
        `u` chooses where two old prefixes became one; `v` is unused.
    record : Record
        Unused here.

    Returns
    -------
    str or None
        Eleven digits; None where the prefix was never converted.

    References
    ----------
    .. [1] ``phone_prefixes.csv``: the last seven digits were kept.

    Examples
    --------
    >>> keep_old_prefix("0399990001", 0.0, 0.0, {})
    '01699990001'
    """
    del v, record
    old = _old_prefixes().get(phone[:3], ())
    return old[int(u * len(old))] + phone[3:] if old else None


@cache
def _old_prefixes() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for row in facts.table("phone_prefixes"):
        if row["old_prefix"]:
            found[row["new_prefix"]] = (*found.get(row["new_prefix"], ()), row["old_prefix"])
    return found


def drop_phone_digit(phone: str, u: float, v: float, record: Record) -> str | None:
    """Skip one digit of a telephone number after the prefix (E31).

    Parameters
    ----------
    phone : str
        Ten digits.
    u, v : float
        `u` chooses the digit; `v` is unused.
    record : Record
        Unused here.

    Returns
    -------
    str or None
        Nine digits; None where the cell is no ten digits.
    """
    del v, record
    if len(phone) != 10:
        return None
    i = 3 + int(u * 7)
    return phone[:i] + phone[i + 1 :]


def keep_old_district(district: str, u: float, v: float, record: Record) -> str | None:
    """Write the district from before 1 January 2021: Quận 2, Quận 9, Quận Thủ Đức (E33).

    Parameters
    ----------
    district : str
        District code of 2022.
    u, v : float
        Draws in [0, 1); unused here.
    record : Record
        Its ``xa`` says which old district the ward lay in.

    Returns
    -------
    str or None
        District code of 2019; None where the ward's district did not change.
    """
    del u, v
    old = district_of_2019(wards()[record["xa"]])
    return old if old != district else None


def give_shared_phone(phone: str, u: float, v: float, record: Record) -> str | None:
    """Write the telephone of one colleague for all who came together (E30).

    Parameters
    ----------
    phone : str
        The person's own number.
    u, v : float
        Draws in [0, 1); unused here.
    record : Record
        Its ``dien_thoai_nhom`` is what is typed.

    Returns
    -------
    str or None
        The colleague's number; None where there is none, or it is this person's own.
    """
    del u, v
    shared = record["dien_thoai_nhom"]
    return shared if shared not in ("", phone) else None


def leave_ward_blank(ward: str, u: float, v: float, record: Record) -> str | None:
    """Leave the ward empty (E32).

    Parameters
    ----------
    ward : str
        Ward code.
    u, v : float
        Draws in [0, 1); unused here.
    record : Record
        Unused here.

    Returns
    -------
    str or None
        Nothing; None where the cell is empty already.
    """
    del u, v, record
    return "" if ward else None


def type_ward_elsewhere(ward: str, u: float, v: float, record: Record) -> str | None:
    """Write a ward of another district, as for people who live away from home (E32).

    Parameters
    ----------
    ward : str
        Ward code.
    u, v : float
        `u` chooses the ward; `v` is unused.
    record : Record
        Unused here.

    Returns
    -------
    str or None
        A ward code of another district; None where the cell holds no ward.

    Examples
    --------
    >>> type_ward_elsewhere("26734", 0.99, 0.0, {})
    '27673'
    """
    del v, record
    if ward not in wards():
        return None
    others = _wards_outside(wards()[ward].district_code)
    return others[int(u * len(others))]


@cache
def _wards_outside(district: str) -> tuple[str, ...]:
    return tuple(code for code, ward in wards().items() if ward.district_code != district)


def call_a_citizen(nationality: str, u: float, v: float, record: Record) -> str | None:
    """Leave the form's "Việt Nam" as a foreigner's nationality (E70).

    Parameters
    ----------
    nationality : str
        The right one.
    u, v : float
        Draws in [0, 1); unused here.
    record : Record
        Unused here.

    Returns
    -------
    str or None
        "Việt Nam"; None where that is right.
    """
    del u, v, record
    return "Việt Nam" if nationality != "Việt Nam" else None
