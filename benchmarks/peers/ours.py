"""The same jobs by our own generator, and the tables that the others get.

    python ours.py write FOLDER ROWS     persons for `spoil`: CSV for the peers, Arrow for us
    python ours.py make ROWS             persons of whole wards
    python ours.py spoil PERSONS.arrow   eight kinds of errors in five columns, with the ledger
    python ours.py city ROWS             whole wards: households to answer key

ROWS is the least number of persons: wards are made whole, in code order.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd  # noqa: F401 - pyarrow imports it at its first conversion: no import is timed
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv
from measure import COLUMNS, RATES, measured, require

from generator.answer_key import Ids, ledger_table
from generator.catalogue import INCIDENTS, RECORD_CAUSES
from generator.cells import plain
from generator.city import Request, make_ward, n_households
from generator.corruption import Plan, Sheet, Strike, by_rate, spoil
from generator.entries import Entries, Hit, Lines, Owners, Records
from generator.places import Ward, wards
from generator.population import make_households, make_people, ordinal_offset
from generator.randomness import Draws
from generator.residents import household_table, person_truth
from generator.scenario import load_scenario

SEED = 2022
#: what is nearest to the peers' kinds of mistakes
CAUSES = {
    ("ho_ten", "typo"): "E10",
    ("ho_ten", "order"): "E16",
    ("ho_ten", "encoding"): "E22",
    ("so_giay_to", "typo"): "E02",
    ("so_giay_to", "blank"): "E01",
    ("ngay_sinh", "typo"): "E11",
    ("gioi_tinh", "other"): "E12",
    ("so_dien_thoai", "typo"): "E31",
}


def people_of(ward: Ward, request: Request, offset: int) -> pa.Table:
    """Make the persons of a ward: all columns of ``dan_cu``, of which six are kept."""
    draws = Draws(request.seed, int(ward.code))
    households = make_households(draws, ward, n_households(ward, request))
    people = make_people(draws, households, request.scenario, offset)
    residents = person_truth(people, household_table(households, offset), offset)
    where = pa.scalar(f"{ward.name}, {ward.district}")
    address = [residents[column].cast(pa.string()) for column in ("dia_chi", "khu_pho")]
    residents = residents.set_column(
        residents.column_names.index("dia_chi"),
        "dia_chi",
        pc.binary_join_element_wise(*address, where, ", "),
    )
    return plain(residents.select(["person_id", *COLUMNS]))


def whole_wards(rows: int, make: Callable[[Ward], Any], size: Callable[[Any], int]) -> list[Any]:
    """Make ward after ward until there are so many persons."""
    done: list[Any] = []
    for ward in wards().values():
        if sum(map(size, done)) < rows:
            done.append(make(ward))
    return done


def people(rows: int) -> pa.Table:
    """Make the persons of whole wards."""
    request, offset = the_city(), ordinal_offset(SEED)
    tables = whole_wards(rows, lambda ward: people_of(ward, request, offset), len)
    return pa.concat_tables(tables)


def the_city() -> Request:
    """Return what `sosach generate` makes without further options."""
    return Request(SEED, 1.0, load_scenario("tp-hcm-2022"))


def told_of_people(table: pa.Table) -> str:
    """Check that nothing is blank and no number is there twice."""
    blank = sum(pc.sum(pc.equal(table[column], "")).as_py() for column in COLUMNS)
    require(blank == 0, f"{blank} blank cells")
    n = table.num_rows
    require(pc.count_distinct(table["so_giay_to"]).as_py() == n, "numbers are not unique")
    return (
        f"{pc.count_distinct(table['ho_ten']).as_py() / n:.0%} of the names differ; numbers unique"
    )


def write(folder: Path, rows: int) -> None:
    """Write the persons that everybody spoils."""
    table = people(rows).slice(0, rows).combine_chunks()
    with (
        pa.OSFile(str(folder / "persons.arrow"), "wb") as file,
        pa.ipc.new_file(file, table.schema) as writer,
    ):
        writer.write_table(table)
    pa_csv.write_csv(table.select([*COLUMNS]), folder / "persons.csv")


def spoiled(persons: pa.Table) -> tuple[pa.Table, pa.Table]:
    """Let errors happen in the table and write the ledger."""
    n = persons.num_rows
    row, draws = np.arange(n), Draws(SEED, 1)
    wanted = {CAUSES[key]: rate for key, rate in RATES.items()}
    causes = [cause for cause in RECORD_CAUSES if cause.code in wanted]
    sheet = Sheet(
        table=persons.select([*COLUMNS]), desk={}, record=row, origin=row, careless=np.ones(n)
    )
    looks = dict.fromkeys(wanted, np.ones(n, bool))
    plan = Plan(wanted, by_rate, one_per_record=False)
    table, strikes, _ = spoil(sheet, causes, looks, np.zeros(n, bool), draws, plan)
    return table, ledger(persons["person_id"].combine_chunks(), strikes)


def ledger(person: pa.Array, strikes: Sequence[Strike]) -> pa.Table:
    """Write the ledger of records that have the ids of their persons, no doses and no incidents."""
    row, none = np.arange(len(person)), np.arange(0)
    no_ids, undrawn = pa.array([], pa.string()), np.zeros(0)
    ids = Ids(ward=1, record=person, line=no_ids, person=person, dose=no_ids, fate=no_ids)
    entries = Entries(
        owners=Owners(person=row, dose_of=none, of_dose=none),
        records=Records(owner=row, person=row, copy=row * 0, number=row * 0, keep=row),
        lines=Lines(doses=None, record=none, role=none, copy=none, dose=none),
        own_record=row,
        second_record=row,
        missing=row,
    )
    nobody = Hit(rows=none, u=undrawn, v=undrawn, partner=none)
    hits = {incident.code: nobody for incident in INCIDENTS}
    return ledger_table(ids, entries, hits, strikes, ())


def told_of_cells(persons: pa.Table, table: pa.Table, ledger: pa.Table) -> str:
    """Check that the ledger lists the changed cells, all of them, each once and rightly."""
    row = {person: i for i, person in enumerate(persons["person_id"].to_pylist())}
    before = {column: persons[column].to_pylist() for column in COLUMNS}
    after = {column: table[column].to_pylist() for column in COLUMNS}
    changed = {
        (column, i): (old, after[column][i])
        for column in COLUMNS
        for i, old in enumerate(before[column])
        if old != after[column][i]
    }
    told = {
        (e["column"], row[e["ma_ho_so"]]): (e["truth"], e["observed"]) for e in ledger.to_pylist()
    }
    require(told == changed and len(told) == ledger.num_rows, "the ledger is not what changed")
    return f"{len(changed):,} cells changed = ledger rows"


def city(rows: int) -> list[dict[str, pa.Table]]:
    """Make whole wards: people, doses, register, errors, ledger and link."""
    request = the_city()
    return whole_wards(rows, lambda ward: make_ward(ward, request)[0], lambda t: len(t["dan_cu"]))


def told_of_city(made: list[dict[str, pa.Table]]) -> str:
    """Check that the spoiled cells of the first ward's records show what the ledger says."""
    tables = made[0]
    cells = {record["ma_ho_so"]: record for record in tables["doi_tuong"].to_pylist()}
    spoiled = [
        e for e in tables["ledger"].to_pylist() if e["ma_mui"] is None and e["observed"] is not None
    ]
    require(spoiled, "no errors")
    wrong = [e for e in spoiled if cells[e["ma_ho_so"]][e["column"]] != e["observed"]]
    require(not wrong, f"{len(wrong)} cells are not what the ledger says")
    count = {name: sum(ward[name].num_rows for ward in made) for name in ("mui_tiem", "ledger")}
    return f"{count['mui_tiem']:,} doses, {count['ledger']:,} ledger rows, 7 tables"


def main() -> None:
    job, what = sys.argv[1:3]
    if job == "write":
        write(Path(what), int(sys.argv[3]))
    elif job == "make":
        measured(lambda: people(int(what)), len, told_of_people)
    elif job == "spoil":
        with pa.OSFile(what) as file:
            persons = pa.ipc.open_file(file).read_all().combine_chunks()
        measured(
            lambda: spoiled(persons), lambda r: len(r[0]), lambda r: told_of_cells(persons, *r)
        )
    else:
        measured(
            lambda: city(int(what)), lambda r: sum(len(ward["dan_cu"]) for ward in r), told_of_city
        )


if __name__ == "__main__":
    main()
