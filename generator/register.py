"""The register as careful clerks would have typed it: ``doi_tuong`` and ``mui_tiem``.

Column names are the platform's own (``platform_columns.csv``, layouts F and H); here stand their
English meanings. Every column is text.
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from generator.cells import one_of, opaque_ids, repeat, take
from generator.entries import Entries, Lines, Number, Records
from generator.faker_provider import workplaces
from generator.places import ADDRESS
from generator.population import People
from generator.randomness import Ints, below
from generator.residents import dose_facts, dose_ids

__all__ = [
    "DOSE_COLUMNS",
    "IDENTITY",
    "NUMBER",
    "SUBJECT_COLUMNS",
    "VERIFICATION",
    "line_ids",
    "record_ids",
    "workplace_of",
    "write_doses",
    "write_subjects",
]

NUMBER = "so_giay_to"  # number of the identity paper
VERIFICATION = "tt_xac_minh"  # status of the comparison with the population database
#: compared with the population database (CV 2262, class c)
IDENTITY = ("ho_ten", "ngay_sinh", "gioi_tinh", NUMBER)
SUBJECT_COLUMNS = (
    "ma_ho_so",  # record
    "ho_ten",  # full name
    "ngay_sinh",  # birth date, dd/mm/yyyy, or the year alone
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


def write_subjects(people: People, residents: pa.Table, records: Records, offset: int) -> pa.Table:
    """Return ``doi_tuong`` before any cell was spoiled.

    Parameters
    ----------
    people : People
    residents : Table
        Their ``dan_cu``.
    records : Records
    offset : int
        From `generator.population.ordinal_offset`.

    Returns
    -------
    Table
        Columns `SUBJECT_COLUMNS`; every status is "Đúng".
    """
    known = residents.select([*IDENTITY, "so_dien_thoai", *ADDRESS, "quoc_tich"])
    known = known.take(pa.array(records.person))
    table = {
        "ma_ho_so": record_ids(people, records, offset),
        **{name: known[name] for name in known.column_names},
        NUMBER: _numbers(residents, records),
        "don_vi": one_of((*workplaces(), ""), workplace_of(people)[records.person]),
        VERIFICATION: repeat("Đúng", len(records.person)),
    }
    return pa.table({name: table[name] for name in SUBJECT_COLUMNS})


def _numbers(residents: pa.Table, records: Records) -> pa.Array:
    """Return the number in each record; a second record may bear the former card's, or none."""
    written = take(residents[NUMBER], records.person)
    former = records.number == Number.FORMER
    cards = take(residents["so_cmnd_cu"], records.person[former])
    written = pc.replace_with_mask(written, pa.array(former), cards)
    return pc.if_else(pa.array(records.number == Number.NONE), "", written)


def write_doses(people: People, entries: Entries, record_id: pa.Array, offset: int) -> pa.Table:
    """Return ``mui_tiem`` before any cell was spoiled: nothing is signed.

    Parameters
    ----------
    people : People
    entries : Entries
    record_id : StringArray
        ``ma_ho_so`` of its records.
    offset : int

    Returns
    -------
    Table
        Columns `DOSE_COLUMNS`.
    """
    lines = entries.lines
    table = {
        "ma_mui": line_ids(people, lines, offset),
        "ma_ho_so": take(record_id, lines.record),
        **dose_facts(people, lines.doses),
        "tt_ky": repeat("Chưa ký", len(lines.record)),
        "tt_hcvx": repeat("Chưa cấp", len(lines.record)),
    }
    return pa.table({name: table[name] for name in DOSE_COLUMNS})


def workplace_of(people: People) -> Ints:
    """Return the workplace of each person; one more than there are where there is none."""
    index = below(people.workplace, len(workplaces()))
    return np.where(people.works, index, len(workplaces()))


def record_ids(people: People, records: Records, offset: int) -> pa.Array:
    """Return ``ma_ho_so`` of some records; four per person."""
    return opaque_ids("HS", people.ordinal[records.person] * 4 + records.copy, 10, offset)


def line_ids(people: People, lines: Lines, offset: int) -> pa.Array:
    """Return ``ma_mui`` of some lines."""
    return dose_ids("MU", people, lines.doses, offset, lines.copy)
