"""Mistakes in telephone, sex and place."""

from __future__ import annotations

from functools import cache

from generator import facts
from generator.operators.record import Record
from generator.places import district_of_2019, wards

__all__ = ["drop_phone_digit", "keep_old_district", "keep_old_prefix", "tick_other_sex"]


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
