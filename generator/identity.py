"""Numbers of identity papers: written unique by construction, and read in one place.

CCCD and số định danh have 12 digits: 3 for the province where the birth was registered, 1 for
century and sex, 2 for the birth year, 6 serial; there is no check digit (Thông tư 07/2016/TT-BCA,
domain.md 9). CMND has 9 digits that begin with the issuing province.
Every ward owns a block of serials, so numbers are unique over the city without shared state.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from generator import facts
from generator.randomness import Ints

__all__ = [
    "Reading",
    "cccd",
    "cmnd",
    "digits",
    "insurance_numbers",
    "is_sendable",
    "is_well_formed",
    "passport_letters",
    "passports",
    "province_codes",
    "rank_in_group",
    "read_cccd",
    "scatter",
]

WARDS = 312
SERIALS = 1_000_000
SERIALS_PER_WARD = SERIALS // WARDS
CMND_SERIALS = 10_000_000
#: odd and no multiple of 5, hence coprime to every power of ten: a bijection that hides the order
STEP = 618_033_989
#: another such number: passports and insurance cards do not end in the digits of other ids
PAPER_STEP = 1_597_334_677
#: moves the serials of every province, sex and year differently, or first-borns would share theirs
GROUP_STEP = 7_368_787
#: digit 4 of an unreal number is 6-9: nobody alive can hold it (domain.md 13)
UNREAL_CENTURY = 6
#: first letters of passports: none that looks like a digit (ours)
PASSPORT_LETTERS = "ABCDEFGHJKLMNPRSTUVW"
PASSPORT_DIGITS = 8
#: digits of a BHXH number, the end of a health insurance number (domain.md 9)
INSURANCE_DIGITS = 10
#: CMND of Ho Chi Minh City begin with 02; 00 is in no province's range (domain.md 13)
CMND_PREFIX = {"realistic": 2, "unreal": 0}


@dataclass(frozen=True)
class Reading:
    """What the digits of a CCCD say: province code, sex, full birth year."""

    province: str
    female: bool
    year: int


def read_cccd(number: str) -> Reading | None:
    """Read a 12-digit number, real-looking or of the unreal scheme.

    Parameters
    ----------
    number : str
        What stands in the cell.

    Returns
    -------
    Reading or None
        None where the number is not 12 digits or digit 4 means no living generation.

    Examples
    --------
    >>> read_cccd("079185000001")
    Reading(province='079', female=True, year=1985)
    >>> read_cccd("079785000001") == read_cccd("079185000001")
    True
    """
    if len(number) != 12 or not number.isascii() or not number.isdigit():
        return None
    digit = int(number[3])
    code = digit - UNREAL_CENTURY if digit >= UNREAL_CENTURY else digit
    if code > 3:
        return None
    return Reading(number[:3], code % 2 == 1, 1900 + 100 * (code // 2) + int(number[4:6]))


def is_well_formed(number: str) -> bool:
    """Tell whether the platform accepts the form: 12 or 9 digits (CV 2262, class b)."""
    return len(number) in (9, 12) and number.isascii() and number.isdigit()


def is_sendable(number: str) -> bool:
    """Tell whether the platform compares at all: a number of Viet Nam, or a foreign passport's.

    Examples
    --------
    >>> is_sendable("079085999901"), is_sendable("79085999901"), is_sendable("M12345678")
    (True, False, True)
    >>> is_sendable("O24795301"), is_sendable("C9999901"), is_sendable("7.9086E+10")
    (False, False, False)
    """
    passport = len(number) == 1 + PASSPORT_DIGITS and number[0] in PASSPORT_LETTERS
    return is_well_formed(number) or (passport and number.isascii() and number[1:].isdigit())


def cccd(
    province: Ints, female: NDArray[np.bool_], year: Ints, ward: int, offset: int, id_scheme: str
) -> Ints:
    """Return one 12-digit number per person, as whole numbers.

    Parameters
    ----------
    province : ndarray of int, shape (n,)
        CCCD code of the province of birth registration.
    female : ndarray of bool, shape (n,)
    year : ndarray of int, shape (n,)
        Birth year, 1900 to 2099.
    ward : int
        Place of the ward among the 312.
    offset : int
        Shifts all serials of a city, so that two cities share no numbers by rank.
    id_scheme : str
        ``"realistic"`` or ``"unreal"``.

    Returns
    -------
    ndarray of int, shape (n,)
        Unique within the city.

    Raises
    ------
    OverflowError
        If one year of one sex and province outgrows the ward's block of serials.
    """
    century = (year // 100 - 19) * 2 + female + (UNREAL_CENTURY if id_scheme == "unreal" else 0)
    group = (province * 10 + century) * 100 + year % 100
    rank = rank_in_group(group)
    if len(rank) and rank.max() >= SERIALS_PER_WARD:
        message = f"ward {ward}: {rank.max() + 1} persons share province, sex and year; a ward owns {SERIALS_PER_WARD} serials"
        raise OverflowError(message)
    serial = scatter(ward * SERIALS_PER_WARD + rank, SERIALS, offset + group * GROUP_STEP)
    return group * SERIALS + serial


def cmnd(n: int, ward: int, offset: int, id_scheme: str) -> Ints:
    """Return `n` 9-digit numbers of the city, as whole numbers, unique within the city.

    Raises
    ------
    OverflowError
        If `n` outgrows the ward's block, which is as large as its share of the residents.
    """
    start, end = _cmnd_blocks()[ward : ward + 2].tolist()
    if n > end - start:
        message = f"ward {ward}: {n} old cards; the ward owns {end - start} numbers"
        raise OverflowError(message)
    serial = scatter(np.arange(start, start + n), CMND_SERIALS, offset)
    return CMND_PREFIX[id_scheme] * CMND_SERIALS + serial


@cache
def _cmnd_blocks() -> Ints:
    """Return where each ward's block of serials begins, and after the last one the end."""
    rows = sorted(facts.table("hcmc_units_2022"), key=lambda row: row["ward_code"])
    residents = np.cumsum([0, *(int(row["population_2019"]) for row in rows)])
    blocks: Ints = residents * CMND_SERIALS // residents[-1]
    return blocks


def passports(ordinal: Ints, offset: int) -> Ints:
    """Return one passport number per person: 10**8 x index of the letter + eight digits.

    Unique within the city; the pattern is that of decoy D12, M12345678.
    """
    room = len(PASSPORT_LETTERS) * 10**PASSPORT_DIGITS
    numbers: Ints = (ordinal * PAPER_STEP + offset) % room
    return numbers


def passport_letters(numbers: Ints) -> NDArray[np.uint8]:
    """Return the letters of passports in ASCII."""
    letters = np.frombuffer(PASSPORT_LETTERS.encode("ascii"), np.uint8)
    first: NDArray[np.uint8] = letters[numbers // 10**PASSPORT_DIGITS]
    return first


def insurance_numbers(ordinal: Ints, offset: int) -> Ints:
    """Return the last ten digits of health insurance numbers, unique within the city."""
    numbers: Ints = (ordinal * PAPER_STEP + 3 * offset) % 10**INSURANCE_DIGITS
    return numbers


def scatter(ordinal: Ints, modulus: int, offset: Ints | int) -> Ints:
    """Return a bijection of the ordinals below a power of ten that hides their order.

    Parameters
    ----------
    ordinal : ndarray of int, shape (n,)
        0 <= ordinal < `modulus`.
    modulus : int
        A product of twos and fives, at most 10**10.
    offset : int or ndarray of int
        What is added.

    Returns
    -------
    ndarray of int, shape (n,)
        In [0, `modulus`).
    """
    return (ordinal * STEP + offset) % modulus


def rank_in_group(group: Ints) -> Ints:
    """Return 0, 1, 2, ... within each group of equal values, in row order."""
    order = np.argsort(group, kind="stable")
    ordered = group[order]
    starts = np.flatnonzero(np.r_[True, ordered[1:] != ordered[:-1]])
    lengths = np.diff(np.r_[starts, len(group)])
    rank = np.empty(len(group), np.int64)
    rank[order] = np.arange(len(group)) - np.repeat(starts, lengths)
    return rank


def digits(numbers: Ints, width: int) -> NDArray[np.uint8]:
    """Write numbers as ASCII digits with leading zeros, one row each."""
    blocks = -(-width // 4)
    out = np.empty((len(numbers), blocks), np.uint32)
    for k in range(blocks - 1, -1, -1):
        rest = numbers // 10_000
        out[:, k] = _four_digits()[numbers - rest * 10_000]
        numbers = rest
    return out.view(np.uint8)[:, blocks * 4 - width :]


@cache
def _four_digits() -> NDArray[np.uint32]:
    """Return 0000 to 9999 in ASCII, four bytes as one number."""
    return np.array([f"{i:04}" for i in range(10_000)], dtype="S4").view(np.uint32)


def province_codes() -> tuple[Ints, NDArray[np.float64]]:
    """Return the CCCD codes of the 63 provinces and their populations of 2019."""
    rows = facts.table("provinces_63")
    codes = np.array([int(row["cccd_code"]) for row in rows], dtype=np.int64)
    return codes, np.array([float(row["population_2019"]) for row in rows])
