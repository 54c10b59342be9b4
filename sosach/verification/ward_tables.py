"""One ward in memory: its eight tables, and what follows from them, in SQL.

Every query of the check reads these. A ward's register, truth and key lie in files of the same
ward code, so a city is checked ward by ward and needs the memory of one.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import duckdb

from sosach.verification import facts
from sosach.verification.definitions import DEFINITIONS
from sosach.verification.dose_proofs import DOSE_PROOFS
from sosach.verification.incident_proofs import INCIDENT_PROOFS
from sosach.verification.lookalikes import LOOKALIKES
from sosach.verification.manifest import ID_SCHEMES, Manifest
from sosach.verification.proofs import PERSON_PROOFS, PROOFS
from sosach.verification.tables import TABLES, parquet_file

__all__ = ["load_ward", "prepare"]

_PEOPLE = """
-- doses as they were given, in order, with the person's age that day in full years
create or replace table course as
  select t.dose_id, t.person_id, t.mui, t.ten_vac_xin, t.ngay_tiem, t.noi_tiem, r.rank,
         full_day(t.ngay_tiem) as given, day(p.ngay_sinh) as born,
         date_sub('year', day(p.ngay_sinh), full_day(t.ngay_tiem)) as age,
         lag(r.rank) over course as rank_before,
         lag(full_day(t.ngay_tiem)) over course as given_before,
         lag(t.mui) over course as mui_before, lag(t.ten_vac_xin) over course as vaccine_before
  from mui_that t left join dan_cu p using (person_id) left join dose_rank r using (mui)
  window course as (partition by t.person_id order by r.rank, t.dose_id);

-- per person who has a true dose: what was given
create or replace table history as
  select person_id, count(*) as doses, list(mui) as slots,
         max(given) filter (mui = 'CB1') as first_day, max(given) filter (mui = 'CB2') as second_day,
         min(ten_vac_xin) filter (mui = 'CB1') as first_vaccine,
         min(ten_vac_xin) filter (mui = 'CB2') as second_vaccine,
         min(ten_vac_xin) filter (mui = 'NL1') as booster,
         max(given) as last_day, max_by(mui, rank) as last_slot,
         max_by(ten_vac_xin, rank) as last_vaccine
  from course group by person_id;

-- records in which whole lines, records or persons went wrong
create or replace table involved as
  select ma_ho_so, any_value(cause) as cause, any_value(rank) as rank, count(*) as times
  from (select ma_ho_so, cause from ledger where "column" is null
        union all
        select keep_ma_ho_so, 'E40' from link where ma_mui is null and role = 'duplicate')
  join kind using (cause)
  where kind."column" is null and kind.rank is not null group by ma_ho_so;

-- per person who has a true dose: who they are, and the record in which they stand
create or replace table registered as
  with own as (
    select person_id, ma_ho_so, role, decoy from link
    where ma_mui is null and dose_id is null and role in ('original', 'split')
  ), head as (
    -- a number is taken from a citizen who has a record
    select household_id, any_value(so_dien_thoai) as head_phone,
           any_value(so_giay_to) filter (quoc_tich = 'Việt Nam' and role = 'original')
             as head_number
    from dan_cu left join own using (person_id) where chu_ho group by household_id
  )
  select p.person_id, p.file_row_number as place, own.ma_ho_so, own.role, own.decoy,
         i.cause as incident, i.rank as incident_rank, p.ho_ten, p.ngay_sinh, p.gioi_tinh,
         p.so_giay_to, p.so_cmnd_cu, p.so_dien_thoai, p.xa, p.chu_ho, p.dan_toc, p.tinh_trang,
         p.sinh_doi_voi, p.quoc_tich, p.quoc_tich is distinct from 'Việt Nam' as foreigner,
         p.ngay_sinh_chi_nam as year_only, is_child(p.ngay_sinh) as child, head_phone,
         if(p.chu_ho, null, head_number) as head_number, h.* exclude (person_id)
  from history h join dan_cu p using (person_id) left join head using (household_id)
  left join own using (person_id) left join involved i using (ma_ho_so);
"""

_RECORDS = """
-- register and truth of a record side by side: what does the platform compare?
create or replace table record as
  select ma_ho_so, person_id, l.role, l.decoy, l.keep_ma_ho_so, d.tt_xac_minh, d.so_giay_to,
         d.quoc_tich, d.don_vi,
         (d.ho_ten = p.ho_ten or same_name(d.ho_ten, p.ho_ten))
           and row(d.ngay_sinh, d.gioi_tinh, d.so_giay_to, d.quoc_tich)
           is not distinct from row(p.ngay_sinh, p.gioi_tinh, p.so_giay_to, p.quoc_tich)
           as identity_right
  from link l join doi_tuong d using (ma_ho_so) join dan_cu p using (person_id)
  where l.ma_mui is null and l.role in ('original', 'duplicate');

-- the telephone of the first citizen of each workplace
create or replace table colleague as
  select don_vi, arg_min(so_dien_thoai, place) as shared_phone
  from registered join record using (ma_ho_so, person_id)
  where not foreigner and registered.role = 'original' and don_vi <> '' group by don_vi;
"""

# every column that register and truth both have is compared, also those to come; what a record
# shows twice or of another person is the incident's business
_DIFFERENCES = """
create or replace table difference as
  from (
    select d.ma_ho_so, cast(null as varchar) as ma_mui, {person_cells}
    from link l join doi_tuong d using (ma_ho_so) join dan_cu t using (person_id)
    where l.ma_mui is null and l.role = 'original' and ({person_differs})
    union all
    select d.ma_ho_so, d.ma_mui, {dose_cells}
    from link l join mui_tiem d using (ma_mui) join mui_that t using (dose_id)
    where l.role in ('original', 'split') and ({dose_differs})
    union all
    select ma_ho_so, null, 'tt_xac_minh', tt_xac_minh, shown(quoc_tich, so_giay_to, identity_right)
    from record where role = 'original'
    union all
    select k.ma_ho_so, ma_mui, 'tt_ky', d.tt_ky, 'Chưa ký'
    from ledger k join mui_tiem d using (ma_mui) where k.cause in ('E92', 'E93')
  ) where observed is distinct from truth;
"""


def prepare(connection: duckdb.DuckDBPyConnection, manifest: Manifest) -> None:
    """Write down the rules that hold for every ward.

    Parameters
    ----------
    connection : duckdb.DuckDBPyConnection
        In memory, empty.
    manifest : Manifest
        Names the last day and the scheme of the identity numbers.
    """
    connection.execute(DEFINITIONS)
    connection.execute("set variable as_of = ?", [manifest.as_of])
    connection.execute("set variable digit_shift = ?", [ID_SCHEMES[manifest.id_scheme]])
    connection.execute("set variable thu_duc = ?", [facts.THU_DUC])
    connection.execute("set variable provinces = ?", [facts.PROVINCE_CODES])
    connection.execute("set variable decoys = ?", [facts.DECOYS])
    for name in ("rustic_names", "spellings", "lot_forms"):
        entries = getattr(facts, name.upper())
        words = [list(words) if isinstance(words, tuple) else words for words in entries.values()]
        connection.execute(f"set variable {name} = map($1, $2)", [list(entries), words])
    _enter(connection, "dose_rank", ("mui", "rank"), facts.DOSE_RANKS)
    _enter(connection, "first_gap", ("ten_vac_xin", "gap_days"), facts.FIRST_GAP_DAYS)
    _enter(connection, "old_district", ("xa", "district"), facts.OLD_DISTRICTS)
    _enter(connection, "phone_prefix", ("old_prefix", "new_prefix"), facts.NEW_PREFIXES)
    _enter(connection, "ward", ("xa", "district"), facts.DISTRICTS)
    _enter(connection, "decoy_rank", ("decoy", "rank"), {d: i for i, d in enumerate(facts.DECOYS)})
    _enter_kinds(connection)


def _enter_kinds(connection: duckdb.DuckDBPyConnection) -> None:
    """Note which cause spoils which column, and when it is its turn."""
    kinds: list[tuple[str, str | None, int | None]] = [(facts.GONE, None, None)]
    for column, causes in (*facts.CELL_CAUSES.items(), (None, facts.INCIDENTS)):
        kinds += [(cause, column, rank) for rank, cause in enumerate(causes)]
    connection.execute('create table kind (cause varchar, "column" varchar, rank int)')
    connection.executemany("insert into kind values (?, ?, ?)", kinds)


def _enter(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    columns: tuple[str, str],
    entries: Mapping[str, str | int],
) -> None:
    connection.execute(
        f'create table {table} as select unnest($1) as "{columns[0]}", unnest($2) as "{columns[1]}"',
        [list(entries), list(entries.values())],
    )


def load_ward(connection: duckdb.DuckDBPyConnection, folder: Path, ward: str) -> None:
    """Read the tables of a ward and derive what the queries compare.

    Parameters
    ----------
    connection : duckdb.DuckDBPyConnection
        After `prepare`; the ward read before is dropped.
    folder : Path
        The folder of the data set.
    ward : str
        Ward code.
    """
    connection.execute("set variable ward = ?", [ward])
    for table in TABLES:
        connection.execute("set variable file = ?", [parquet_file(folder, table, ward)])
        # who comes first in a ward is told by the order of its residents
        order = ", file_row_number = true" if table == "dan_cu" else ""
        source = f"read_parquet(getvariable('file'){order})"
        connection.execute(f"create or replace table {table} as from {source}")
    connection.execute(_PEOPLE)
    connection.execute(_RECORDS)
    _compare(connection)
    for query in (LOOKALIKES, PERSON_PROOFS, DOSE_PROOFS, INCIDENT_PROOFS, PROOFS):
        connection.execute(query)


def _compare(connection: duckdb.DuckDBPyConnection) -> None:
    person_cells, person_differs = _cells(connection, "doi_tuong", "dan_cu")
    dose_cells, dose_differs = _cells(connection, "mui_tiem", "mui_that")
    connection.execute(
        _DIFFERENCES.format(
            person_cells=person_cells,
            person_differs=person_differs,
            dose_cells=dose_cells,
            dose_differs=dose_differs,
        )
    )


def _cells(connection: duckdb.DuckDBPyConnection, register: str, truth: str) -> tuple[str, str]:
    """Return SQL for the columns that both tables have: a row for each, and whether any differs."""
    known = set(connection.table(truth).columns)
    names = [name for name in connection.table(register).columns if name in known]
    columns = ['"{}"'.format(name.replace('"', '""')) for name in names]
    labels = ["'{}'".format(name.replace("'", "''")) for name in names]
    observed = [f"d.{column}::varchar" for column in columns]
    true = [f"t.{column}::varchar" for column in columns]
    cells = (
        f'unnest([{", ".join(labels)}]) as "column", '
        f"unnest([{', '.join(observed)}]) as observed, unnest([{', '.join(true)}]) as truth"
    )
    pairs = zip(observed, true, strict=True)
    return cells, " or ".join(f"{seen} is distinct from {right}" for seen, right in pairs)
