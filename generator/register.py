"""The tables: the city as it is, and the register as careful clerks would have typed it.

Column names are the platform's own (``platform_columns.csv``, layouts F and H); here stand their
English meanings. Every column is text.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from generator import campaign, identity, lives, names, places, supply
from generator.campaign import Doses
from generator.faker_provider import workplaces
from generator.identity import digits, scatter
from generator.population import MAX_SIZE, SLOTS_PER_WARD, Households, People, phone_prefixes
from generator.randomness import Ints, below

__all__ = [
    "DOSE_COLUMNS",
    "IDENTITY",
    "NUMBER",
    "SUBJECT_COLUMNS",
    "VERIFICATION",
    "dose_ids",
    "dose_truth",
    "household_table",
    "person_ids",
    "person_truth",
    "record_ids",
    "register_doses",
    "register_subjects",
    "repeat",
]

NUMBER = "so_giay_to"  # number of the identity paper
VERIFICATION = "tt_xac_minh"  # status of the comparison with the population database
STATUSES = ("Đúng", "Chưa gửi")  # of Vietnamese, of foreigners: no population check (CV 1908)
#: compared with the population database (CV 2262, class c)
IDENTITY = ("ho_ten", "ngay_sinh", "gioi_tinh", NUMBER)
SUBJECT_COLUMNS = (
    "ma_ho_so",  # record
    "ho_ten",  # full name
    "ngay_sinh",  # birth date, dd/mm/yyyy
    "gioi_tinh",  # sex, Nam or Nữ
    NUMBER,
    "so_dien_thoai",  # telephone
    "dia_chi",  # house number and street
    "khu_pho",  # part of the ward
    "xa",  # ward code
    "huyen",  # district code
    "tinh",  # province code
    "don_vi",  # workplace
    "quoc_tich",  # nationality
    VERIFICATION,
)
DOSE_COLUMNS = (
    "ma_mui",  # dose
    "ma_ho_so",  # record
    "mui",  # slot: CB1 CB2 CB3 BS NL1 NL2 NL3
    "ten_vac_xin",  # vaccine
    "so_lo",  # lot
    "ngay_tiem",  # day, dd/mm/yyyy
    "co_so_tiem",  # where it was given
    "don_vi_nhap",  # unit that entered it, and must sign it
    "tt_ky",  # signed by the unit or not
    "tt_hcvx",  # passport issued or not
)
FIRST_DAY, LAST_DAY = np.datetime64("1900-01-01"), np.datetime64("2030-01-01")


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
    n = len(households.size)
    return pa.table(
        {
            "household_id": _household_ids(households, np.arange(n), offset),
            **_addresses(households, np.arange(n)),
            "so_nguoi": pa.array(households.size.astype(np.int8)),
        }
    )


def person_truth(people: People, offset: int) -> pa.Table:
    """Return ``dan_cu``: every resident, as the population database has them.

    Parameters
    ----------
    people : People
    offset : int

    Returns
    -------
    Table
    """
    return pa.table(
        {
            "person_id": person_ids(people.ordinal, offset),
            "household_id": _household_ids(people.households, people.household, offset),
            "chu_ho": pa.array(people.slot == 0),
            **_identity(people),
            **_addresses(people.households, people.household),
            "quoc_tich": _nationalities(people),
            **_status(people, offset),
        }
    )


def dose_truth(people: People, doses: Doses, offset: int) -> pa.Table:
    """Return ``mui_that``: every dose that was really given.

    Parameters
    ----------
    people : People
    doses : Doses
    offset : int

    Returns
    -------
    Table
    """
    return pa.table(
        {
            "dose_id": dose_ids("MT", people, doses, offset),
            "person_id": person_ids(people.ordinal[doses.person], offset),
            **_dose_facts(people, doses),
        }
    )


def register_subjects(people: People, rows: Ints, offset: int) -> pa.Table:
    """Return ``doi_tuong`` before anything went wrong, for some of the people.

    Parameters
    ----------
    people : People
    rows : ndarray of int, shape (n,)
        Who has a record, in order.
    offset : int

    Returns
    -------
    Table
        Columns `SUBJECT_COLUMNS`; every status is "Đúng", but foreigners' numbers are not sent.
    """
    identity = {name: column.take(pa.array(rows)) for name, column in _identity(people).items()}
    table = {
        "ma_ho_so": record_ids(people.ordinal[rows], offset),
        **identity,
        **_addresses(people.households, people.household[rows]),
        "don_vi": _workplaces(people, rows),
        "quoc_tich": _nationalities(people).take(pa.array(rows)).cast(pa.string()),
        VERIFICATION: _one_of(STATUSES, people.foreign[rows].astype(np.int64)).cast(pa.string()),
    }
    return pa.table({name: table[name] for name in SUBJECT_COLUMNS})


def register_doses(people: People, doses: Doses, offset: int) -> pa.Table:
    """Return ``mui_tiem``: the doses as entered, none signed.

    Parameters
    ----------
    people : People
    doses : Doses
    offset : int

    Returns
    -------
    Table
        Columns `DOSE_COLUMNS`.
    """
    table = {
        "ma_mui": dose_ids("MU", people, doses, offset),
        "ma_ho_so": record_ids(people.ordinal[doses.person], offset),
        **_dose_facts(people, doses),
        "tt_ky": repeat("Chưa ký", len(doses.person)),
        "tt_hcvx": repeat("Chưa cấp", len(doses.person)),
    }
    return pa.table({name: table[name] for name in DOSE_COLUMNS})


def person_ids(ordinal: Ints, offset: int) -> pa.Array:
    """Return ``person_id`` of some persons."""
    return opaque_ids("CD", ordinal, 9, offset)


def record_ids(ordinal: Ints, offset: int) -> pa.Array:
    """Return ``ma_ho_so`` of some persons; four per person, for duplicates to come."""
    return opaque_ids("HS", ordinal * 4, 10, offset)


def opaque_ids(prefix: str, ordinal: Ints, width: int, offset: int) -> pa.Array:
    """Return ids that tell neither order nor person: a bijection of the ordinals.

    Parameters
    ----------
    prefix : str
        Two ASCII letters.
    ordinal : ndarray of int, shape (n,)
        Below 10**`width`.
    width : int
        Digits.
    offset : int
        From `generator.population.ordinal_offset`.

    Returns
    -------
    StringArray, shape (n,)
    """
    text = np.empty((len(ordinal), len(prefix) + width), np.uint8)
    text[:, : len(prefix)] = np.frombuffer(prefix.encode("ascii"), np.uint8)
    text[:, len(prefix) :] = digits(scatter(ordinal, 10**width, offset), width)
    return fixed_width(text)


def fixed_width(text: NDArray[np.uint8]) -> pa.Array:
    """Wrap rows of ASCII bytes as a string column without making Python strings."""
    n, width = text.shape
    offsets = np.arange(0, (n + 1) * width, width, dtype=np.int32)
    data = pa.py_buffer(np.ascontiguousarray(text).reshape(-1))
    return pa.StringArray.from_buffers(n, pa.py_buffer(offsets), data)


def written_dates(days: NDArray[np.datetime64]) -> pa.Array:
    """Return days as dd/mm/yyyy."""
    return _all_dates().take(pa.array((days - FIRST_DAY).astype(np.int64)))


@cache
def _all_dates() -> pa.Array:
    days = np.arange(FIRST_DAY, LAST_DAY).astype(str)
    return pa.array([f"{day[8:10]}/{day[5:7]}/{day[:4]}" for day in days])


def repeat(text: str, n: int) -> pa.Array:
    """Return the same text `n` times."""
    return pa.array([text]).take(pa.array(np.zeros(n, np.int64)))


def _household_ids(households: Households, rows: Ints, offset: int) -> pa.Array:
    ordinal = households.ward.index * (SLOTS_PER_WARD // MAX_SIZE) + rows
    return opaque_ids("HO", ordinal, 9, offset)


def dose_ids(prefix: str, people: People, doses: Doses, offset: int) -> pa.Array:
    """Return ``ma_mui`` (prefix MU) or ``dose_id`` (MT) of some doses; two per dose, for duplicates."""
    ordinal = people.ordinal[doses.person] * campaign.MAX_DOSES + doses.slot
    return opaque_ids(prefix, ordinal * 2, 10, offset)


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
        "ngay_sinh": written_dates(people.born),
        "gioi_tinh": pa.array(["Nam", "Nữ"]).take(pa.array(people.female.astype(np.int8))),
        NUMBER: _numbers(people),
        "so_dien_thoai": fixed_width(phone),
    }


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
    texts = ["Việt Nam", *names.GROUPS[names.FIRST_NATION :]]
    return _one_of(texts, np.maximum(people.group - names.FIRST_NATION + 1, 0))


def _one_of(texts: Sequence[str], index: Ints) -> pa.DictionaryArray:
    """Return texts out of a short list of different ones: they are not copied.

    With a repeated text in the list, equal tables would not have equal bytes.
    """
    return pa.DictionaryArray.from_arrays(pa.array(index.astype(np.int8)), pa.array(texts))


def _insurance_cards(people: People, offset: int) -> pa.Array:
    """Write health insurance cards: kind, benefit, province, ten digits; "" = none."""
    without = people.insured < 0
    kinds = np.array(lives.CARDS, dtype="S3").view(np.uint8).reshape(-1, 3)
    province = np.tile(np.frombuffer(places.CITY.encode("ascii"), np.uint8), (len(without), 1))
    last = digits(identity.insurance_numbers(people.ordinal, offset), identity.INSURANCE_DIGITS)
    written = fixed_width(np.hstack([kinds[people.insured], province, last]))
    return pc.replace_with_mask(written, pa.array(without), pa.scalar(""))


#: what people are to the head of their household, by `generator.families.Role`
ROLES = ("chủ hộ", "vợ/chồng", "con", "cha/mẹ", "anh/chị/em", "ở trọ")


def _status(people: People, offset: int) -> dict[str, pa.Array]:
    """Return what is known of a resident beyond the register; foreigners' ethnic group is ""."""
    ethnic = [*names.GROUPS[: names.FIRST_NATION], ""]
    return {
        "vai_tro": _one_of(ROLES, people.role),
        "dan_toc": _one_of(ethnic, np.minimum(people.group, names.FIRST_NATION)),
        "cu_tru": _one_of(lives.RESIDENCES, people.residence),
        "tinh_trang": _one_of(lives.FATES, people.fate),
        "ngay_sinh_chi_nam": pa.array(people.year_only),
        "so_the_bhyt": _insurance_cards(people, offset),
    }


@cache
def _prefixes() -> NDArray[np.uint8]:
    return np.array(phone_prefixes(), dtype="S3").view(np.uint8).reshape(-1, 3)


def _addresses(households: Households, rows: Ints) -> dict[str, pa.Array]:
    ward = households.ward
    numbers, alleys = _house_numbers()
    part = "Ấp" if ward.rural else "Khu phố"
    parts = pa.array([f"{part} {k}" for k in range(int(households.part.max()) + 1)])
    address = pc.binary_join_element_wise(
        numbers.take(pa.array(households.house_number[rows])),
        alleys.take(pa.array(households.alley[rows])),
        pa.array(places.streets()[ward.district_code]).take(pa.array(households.street[rows])),
        "",
    )
    return {
        "dia_chi": address,
        "khu_pho": parts.take(pa.array(households.part[rows])),
        "xa": repeat(ward.code, len(rows)),
        "huyen": repeat(ward.district_code, len(rows)),
        "tinh": repeat(places.CITY, len(rows)),
    }


@cache
def _house_numbers() -> tuple[pa.Array, pa.Array]:
    return (
        pa.array([str(i) for i in range(1000)]),
        pa.array([f"/{i} " if i else " " for i in range(200)]),
    )


def _workplaces(people: People, rows: Ints) -> pa.Array:
    """Return a workplace for those who have one, "" for the others."""
    texts = pa.array([*workplaces(), ""])
    index = below(people.workplace[rows], len(workplaces()))
    return texts.take(pa.array(np.where(people.works[rows], index, len(workplaces()))))


def _dose_facts(people: People, doses: Doses) -> dict[str, pa.Array]:
    """Return what happened, and who entered it."""
    ward = people.households.ward
    return {
        "mui": pa.array(campaign.SLOTS).take(pa.array(doses.slot)),
        "ten_vac_xin": pa.array(campaign.vaccine_names()).take(pa.array(doses.vaccine)),
        "so_lo": pa.array(supply.lot_texts()).take(pa.array(doses.lot)),
        "ngay_tiem": written_dates(doses.day),
        "co_so_tiem": pa.array(supply.site_codes(ward)).take(pa.array(doses.site)),
        "don_vi_nhap": pa.array(supply.unit_codes(ward)).take(pa.array(doses.unit)),
    }
