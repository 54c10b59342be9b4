"""Mistakes in the cells of a dose but its day: line, vaccine, lot, place."""

from __future__ import annotations

from functools import cache

from generator import facts
from generator.lots import LOTS_PER_VACCINE, lot_texts
from generator.operators.record import Record

__all__ = [
    "confuse_kind",
    "enter_as_own",
    "label_as_first",
    "leave_lot_blank",
    "misspell_vaccine",
    "tick_other_vaccine",
    "type_letters_for_digits",
    "type_other_lot",
    "type_place_name",
]

#: lines of the confirmation slip that are taken for another (dose_rules.csv R13 to R15)
CONFUSED = {"BS": "NL1", "NL1": "BS", "CB3": "NL1"}
#: the vaccines that a station had in stock
COMMON = ("AstraZeneca", "Pfizer", "Moderna", "Vero Cell")


def label_as_first(slot: str, u: float, v: float, record: Record) -> str | None:
    """Call the second dose the first, once more (E52).

    Parameters
    ----------
    slot : str
        The right line of the slip.
    u, v : float
        Draws in [0, 1); unused here.
    record : Record
        Unused here.

    Returns
    -------
    str or None
        "CB1"; None unless the dose is the second.
    """
    del u, v, record
    return "CB1" if slot == "CB2" else None


def confuse_kind(slot: str, u: float, v: float, record: Record) -> str | None:
    """Confuse additional, booster and third basic dose (E57).

    Parameters
    ----------
    slot : str
        The right line of the slip.
    u, v : float
        Draws in [0, 1); unused here.
    record : Record
        Its ``cac_mui`` holds the lines that the person has.

    Returns
    -------
    str or None
        The other line; None where the person has that line too, or the dose is of another kind.

    Examples
    --------
    >>> confuse_kind("BS", 0.0, 0.0, {"cac_mui": "CB1 CB2 BS"})
    'NL1'
    """
    del u, v
    other = CONFUSED.get(slot)
    return other if other not in record["cac_mui"].split() else None


def tick_other_vaccine(vaccine: str, u: float, v: float, record: Record) -> str | None:
    """Choose another of the vaccines in stock (E55).

    Parameters
    ----------
    vaccine : str
        The platform's name of the right one.
    u, v : float
        `u` chooses the vaccine; `v` is unused.
    record : Record
        Unused here.

    Returns
    -------
    str or None
        Its name on the platform.

    Examples
    --------
    >>> tick_other_vaccine("AstraZeneca", 0.0, 0.0, {})
    'Pfizer'
    """
    del v, record
    others = _others_in_stock(vaccine)
    return others[int(u * len(others))]


def _others_in_stock(vaccine: str) -> tuple[str, ...]:
    return tuple(other for other in COMMON if other != vaccine)


def misspell_vaccine(vaccine: str, u: float, v: float, record: Record) -> str | None:
    """Type the vaccine by hand, as people spell it (E24).

    Parameters
    ----------
    vaccine : str
        The platform's name of the right one.
    u, v : float
        `u` chooses the spelling; `v` is unused.
    record : Record
        Unused here.

    Returns
    -------
    str or None
        A spelling that ``vaccines.csv`` assigns to this vaccine; None where it knows none.

    Examples
    --------
    >>> misspell_vaccine("Pfizer", 0.2, 0.0, {})
    'Pfirez'
    """
    del v, record
    spellings = _spellings().get(vaccine, ())
    return spellings[int(u * len(spellings))] if spellings else None


@cache
def _spellings() -> dict[str, tuple[str, ...]]:
    """Return what is typed for each vaccine; capitals alone are no mistake."""
    return {
        row["name_on_platform_vi"]: tuple(
            typed
            # the star says that a spelling was seen in a source
            for typed in row["variants_typed"].replace("*", "").split("|")
            if typed.casefold() != row["name_on_platform_vi"].casefold()
        )
        for row in facts.table("vaccines")
    }


def leave_lot_blank(lot: str, u: float, v: float, record: Record) -> str | None:
    """Leave the lot empty (E56).

    Parameters
    ----------
    lot : str
        The right lot.
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
    return "" if lot else None


def type_letters_for_digits(lot: str, u: float, v: float, record: Record) -> str | None:
    """Type the letter O for every digit 0 (E56).

    Parameters
    ----------
    lot : str
        The right lot.
    u, v : float
        Draws in [0, 1); unused here.
    record : Record
        Unused here.

    Returns
    -------
    str or None
        What was typed; None where the lot has no 0.

    Examples
    --------
    >>> type_letters_for_digits("FK0006", 0.0, 0.0, {})
    'FKOOO6'
    """
    del u, v, record
    return lot.replace("0", "O") if "0" in lot else None


def type_other_lot(lot: str, u: float, v: float, record: Record) -> str | None:
    """Copy the lot of another vaccine in stock (E56).

    Parameters
    ----------
    lot : str
        The right lot.
    u, v : float
        `u` chooses the lot; `v` is unused.
    record : Record
        Its ``ten_vac_xin`` is the vaccine that was given.

    Returns
    -------
    str or None
        A lot that exists, of another vaccine.
    """
    del lot, v
    others = _lots_of_others(record["ten_vac_xin"])
    return others[int(u * len(others))]


@cache
def _lots_of_others(vaccine: str) -> tuple[str, ...]:
    names, lots = facts.column("vaccines", "name_on_platform_vi"), lot_texts()
    starts = (LOTS_PER_VACCINE * names.index(other) for other in _others_in_stock(vaccine))
    return tuple(lot for start in starts for lot in lots[start : start + LOTS_PER_VACCINE])


def type_place_name(site: str, u: float, v: float, record: Record) -> str | None:
    """Write a place by its name, for it has no official code (E59).

    Parameters
    ----------
    site : str
        Code of the place.
    u, v : float
        Draws in [0, 1); unused here.
    record : Record
        Its ``ten_noi_tiem`` is the name of the place where the dose was given.

    Returns
    -------
    str or None
        The name; None where there is none.
    """
    del u, v
    name = record["ten_noi_tiem"]
    return name if name not in ("", site) else None


def enter_as_own(unit: str, u: float, v: float, record: Record) -> str | None:
    """Enter a dose from elsewhere as one of the own station's (E60).

    Parameters
    ----------
    unit : str
        Code of the unit that entered the dose.
    u, v : float
        Draws in [0, 1); unused here.
    record : Record
        Its ``tram`` is the code of the ward's station.

    Returns
    -------
    str or None
        The station's code; None where the station entered it anyway.
    """
    del u, v
    own = record["tram"]
    return own if own not in ("", unit) else None
