"""The truth of a city in text: ``ho_gia_dinh``, ``dan_cu`` and ``mui_that``, seen by no trainee."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from generator import campaign, clerks, identity, lives, names, places, supply
from generator.campaign import Doses
from generator.cells import fixed_width, one_of, opaque_ids, repeat, take
from generator.identity import digits
from generator.lots import lot_texts
from generator.population import MAX_SIZE, SLOTS_PER_WARD, Households, People, phone_prefixes
from generator.randomness import Ints

__all__ = ["dose_facts", "dose_ids", "dose_truth", "household_table", "person_truth"]

FIRST_DAY, LAST_DAY = np.datetime64("1900-01-01"), np.datetime64("2030-01-01")
#: what people are to the head of their household, by `generator.families.Role`
ROLES = ("chủ hộ", "vợ/chồng", "con", "cha/mẹ", "anh/chị/em", "ở trọ")


def household_table(households: Households, offset: int) -> pa.Table:
    """Return ``ho_gia_dinh``: one row per household.

    Parameters
    ----------
    households : Households
    offset : int
        From `generator.population.ordinal_offset`.

    Returns
    -------
    Table
    """
    ordinal = households.ward.index * (SLOTS_PER_WARD // MAX_SIZE) + np.arange(len(households.size))
    return pa.table(
        {
            "household_id": opaque_ids("HO", ordinal, 9, offset),
            **_addresses(households),
            "so_nguoi": pa.array(households.size.astype(np.int8)),
        }
    )


def person_truth(people: People, homes: pa.Table, offset: int) -> pa.Table:
    """Return ``dan_cu``: every resident, as the population database has them.

    Parameters
    ----------
    people : People
    homes : Table
        From `household_table`.
    offset : int

    Returns
    -------
    Table
    """
    person_id = opaque_ids("CD", people.ordinal, 9, offset)
    home = partial(take, rows=people.household)
    return pa.table(
        {
            "person_id": person_id,
            "household_id": home(homes["household_id"]),
            "chu_ho": pa.array(people.slot == 0),
            **_identity(people),
            **{name: home(homes[name]) for name in places.ADDRESS},
            "quoc_tich": _nationalities(people),
            **_papers(people, offset),
            "sinh_doi_voi": _of_some(
                people.twin_of >= 0, lambda own: take(person_id, people.twin_of[own])
            ),
        }
    )


def dose_truth(people: People, doses: Doses, person_id: pa.Array, offset: int) -> pa.Table:
    """Return ``mui_that``: every dose that was really given.

    Parameters
    ----------
    people : People
    doses : Doses
    person_id : StringArray
        Of the people.
    offset : int

    Returns
    -------
    Table
    """
    ward = people.households.ward
    return pa.table(
        {
            "dose_id": dose_ids("MT", people, doses, offset),
            "person_id": take(person_id, doses.person),
            **dose_facts(people, doses),
            "noi_tiem": one_of(supply.site_codes(ward), doses.place),
            "nguoi_nhap": one_of(clerks.clerk_codes(ward), doses.clerk),
        }
    )


def dose_ids(
    prefix: str, people: People, doses: Doses, offset: int, copy: Ints | int = 0
) -> pa.Array:
    """Return ``ma_mui`` (prefix MU) or ``dose_id`` (MT) of some doses; two per dose, for duplicates."""
    ordinal = people.ordinal[doses.person] * campaign.MAX_DOSES + doses.slot
    return opaque_ids(prefix, ordinal * 2 + copy, 10, offset)


def dose_facts(people: People, doses: Doses) -> dict[str, pa.Array]:
    """Return what is written of doses: which, what, when, where, by whom."""
    ward = people.households.ward
    day = (doses.day - supply.FIRST_WEEK).astype(np.int64)
    start = int((supply.FIRST_WEEK - FIRST_DAY).astype(np.int64))
    days = _all_dates().slice(start, int(day.max(initial=0)) + 1)
    lots = (*lot_texts(), "")
    return {
        "mui": one_of(campaign.SLOTS, doses.slot),
        "ten_vac_xin": one_of(campaign.vaccine_names(), doses.vaccine),
        "so_lo": one_of(lots, doses.lot % len(lots)),
        "ngay_tiem": one_of(days, day),
        "co_so_tiem": one_of(supply.site_codes(ward), doses.site),
        "don_vi_nhap": one_of(supply.unit_codes(ward), doses.unit),
    }


def _written_dates(days: NDArray[np.datetime64]) -> pa.Array:
    """Return days as dd/mm/yyyy."""
    return take(_all_dates(), (days - FIRST_DAY).astype(np.int64))


@cache
def _all_dates() -> pa.Array:
    days = np.arange(FIRST_DAY, LAST_DAY).astype(str)
    return pa.array([f"{day[8:10]}/{day[5:7]}/{day[:4]}" for day in days])


def _of_some(rows: NDArray[np.bool_], write: Callable[[Ints], pa.Array]) -> pa.Array:
    """Return a text for some rows, "" for the others."""
    nothing = pa.array([""]).take(pa.array(np.zeros(len(rows), np.int8)))
    return pc.replace_with_mask(nothing, pa.array(rows), write(np.flatnonzero(rows)))


def _identity(people: People) -> dict[str, pa.Array]:
    """Return what the police know of a person, and the telephone."""
    parts = (
        names.surnames().write(people.surname),
        names.middle_names().write(people.middle),
        names.given_names().write(people.given),
    )
    phone = np.hstack(
        [
            _prefixes()[people.phone // 10_000],
            np.full((len(people.phone), 3), ord("9"), np.uint8),
            digits(people.phone % 10_000, 4),
        ]
    )
    return {
        "ho_ten": pc.binary_join_element_wise(*parts, ""),
        "ngay_sinh": _birth_dates(people),
        "gioi_tinh": one_of(("Nam", "Nữ"), people.female.astype(np.int64)),
        "so_giay_to": _numbers(people),
        "so_dien_thoai": fixed_width(phone),
    }


def _birth_dates(people: People) -> pa.Array:
    """Return birth dates, of some of the old the year alone."""
    dates = _written_dates(people.born)
    years = pc.utf8_slice_codeunits(dates.filter(pa.array(people.year_only)), 6, 10)
    return pc.replace_with_mask(dates, pa.array(people.year_only), years)


def _numbers(people: People) -> pa.Array:
    """Write the number of everybody's paper: 12 digits, 9 digits, or a letter and 8 digits."""
    old, foreign = people.old_card, people.foreign
    passports = people.id_number[foreign]
    text = np.hstack(
        [
            identity.passport_letters(passports)[:, None],
            digits(passports % 10**identity.PASSPORT_DIGITS, identity.PASSPORT_DIGITS),
        ]
    )
    written = fixed_width(digits(people.id_number, 12))
    cards = fixed_width(digits(people.id_number[old], 9))
    written = pc.replace_with_mask(written, pa.array(old), cards)
    return pc.replace_with_mask(written, pa.array(foreign), fixed_width(text))


def _nationalities(people: People) -> pa.DictionaryArray:
    nations = ["Việt Nam", *names.GROUPS[names.FIRST_NATION :]]
    return one_of(nations, np.maximum(people.group - names.FIRST_NATION + 1, 0))


def _papers(people: People, offset: int) -> dict[str, pa.Array]:
    """Return what is known of a resident beyond the register; foreigners' ethnic group is ""."""
    ethnic = [*names.GROUPS[: names.FIRST_NATION], ""]
    former = people.former_card
    return {
        "vai_tro": one_of(ROLES, people.role),
        "dan_toc": one_of(ethnic, np.minimum(people.group, names.FIRST_NATION)),
        "cu_tru": one_of(lives.RESIDENCES, people.residence),
        "tinh_trang": one_of(lives.FATES, people.fate),
        "ngay_sinh_chi_nam": pa.array(people.year_only),
        "so_cmnd_cu": _of_some(former >= 0, lambda own: fixed_width(digits(former[own], 9))),
        "so_the_bhyt": _insurance_cards(people, offset),
    }


def _insurance_cards(people: People, offset: int) -> pa.Array:
    """Write health insurance cards: kind, benefit, province, ten digits; "" = none."""
    kinds = np.array(lives.CARDS, dtype="S3").view(np.uint8).reshape(-1, 3)
    city = np.frombuffer(places.CITY.encode("ascii"), np.uint8)

    def write(own: Ints) -> pa.Array:
        number = identity.insurance_numbers(people.ordinal[own], offset)
        province = np.tile(city, (len(own), 1))
        return fixed_width(
            np.hstack(
                [kinds[people.insured[own]], province, digits(number, identity.INSURANCE_DIGITS)]
            )
        )

    return _of_some(people.insured >= 0, write)


@cache
def _prefixes() -> NDArray[np.uint8]:
    return np.array(phone_prefixes(), dtype="S3").view(np.uint8).reshape(-1, 3)


def _addresses(households: Households) -> dict[str, pa.Array]:
    ward, n = households.ward, len(households.size)
    numbers, alleys = _house_numbers()
    kind = "Ấp" if ward.rural else "Khu phố"
    address = pc.binary_join_element_wise(
        take(numbers, households.house_number),
        take(alleys, households.alley),
        take(pa.array(places.streets()[ward.district_code]), households.street),
        "",
    )
    return {
        "dia_chi": address,
        "khu_pho": one_of(
            [f"{kind} {k}" for k in range(int(households.part.max()) + 1)], households.part
        ),
        "xa": repeat(ward.code, n),
        "huyen": repeat(ward.district_code, n),
        "tinh": repeat(places.CITY, n),
    }


@cache
def _house_numbers() -> tuple[pa.Array, pa.Array]:
    return (
        pa.array([str(i) for i in range(1000)]),
        pa.array([f"/{i} " if i else " " for i in range(200)]),
    )
