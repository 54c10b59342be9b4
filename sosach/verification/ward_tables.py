"""One ward in memory: its seven tables, and what follows from them, in SQL.

Every query of the check reads these. A ward's register, truth and key lie in files of the same
ward code, so a city is checked ward by ward and needs the memory of one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path

import duckdb

from sosach.verification.definitions import DEFINITIONS
from sosach.verification.facts import (
    CAUSES,
    DOSE_RANKS,
    FIRST_GAP_DAYS,
    NEW_PREFIXES,
    OLD_DISTRICTS,
    PROVINCE_CODES,
    THU_DUC,
)
from sosach.verification.manifest import ID_SCHEMES, Manifest
from sosach.verification.tables import TABLES, parquet_file

__all__ = ["load_ward", "prepare"]

#: last day of the scenarios that are known here; of others only the order of days is checked
_AS_OF = {
    "tp-hcm-2022": dt.date(2022, 5, 7),
    "phuong-mau": dt.date(2022, 5, 7),
    "tp-hcm-2022-08": dt.date(2022, 8, 6),
}

_RECORDS = """
-- one row per record: register and truth side by side
create or replace table record as
  select ma_ho_so, person_id, l.decoy, d.tt_xac_minh, d.so_giay_to,
         p.so_giay_to as true_number, p.xa as true_ward,
         p.quoc_tich is distinct from 'Việt Nam' as foreigner,
         (d.ho_ten = p.ho_ten or same_name(d.ho_ten, p.ho_ten))
           and row(d.ngay_sinh, d.gioi_tinh, d.so_giay_to)
           is not distinct from row(p.ngay_sinh, p.gioi_tinh, p.so_giay_to)
           as identity_right
  from link l join doi_tuong d using (ma_ho_so) join dan_cu p using (person_id)
  where l.ma_mui is null;

-- records that look wrong and are not: one row per record and decoy that it could be
create or replace table lookalike as
  with head as (
    select household_id, any_value(so_dien_thoai) as phone from dan_cu
    where chu_ho group by household_id
  ), every as (
    select ma_ho_so, r.decoy, r.foreigner, unnest(['D01', 'D10', 'D11', 'D13', 'D14']) as kind,
           unnest([is_d01(p.so_giay_to), is_d10(p.ho_ten, p.gioi_tinh),
                   is_d11(p.ngay_sinh, p.so_dien_thoai, h.phone, p.chu_ho),
                   is_d13(p.ngay_sinh, p.so_giay_to), is_cmnd(p.so_giay_to)]) as fits
    from record r join dan_cu p using (person_id) left join head h using (household_id)
  )
  select ma_ho_so, decoy, kind from every where fits and not foreigner;
"""

# every column that register and truth both have is compared, also those to come
_CELLS = """
create or replace table cell as
  select ma_ho_so, cast(null as varchar) as ma_mui, {person_cells}
  from record join doi_tuong d using (ma_ho_so) join dan_cu t using (person_id)
  union all
  select ma_ho_so, null, 'tt_xac_minh', tt_xac_minh, shown(foreigner, so_giay_to, identity_right)
  from record
  union all
  select d.ma_ho_so, d.ma_mui, {dose_cells}
  from link l join mui_tiem d using (ma_mui) join mui_that t using (dose_id);
"""

_PROOF = """
-- the key, each row read a second time beside the truth of its record: is it what its cause says?
-- what does its evidence say: the police, the citizen, the cell itself or a reference table?
create or replace table proof as
  with reading as (
    select k.*, r.person_id, r.identity_right, p.ho_ten, p.ngay_sinh, p.gioi_tinh, p.so_giay_to,
           p.so_dien_thoai, o.district, f.new_prefix || right(k.observed, 7) as new_phone,
           k."column" is not distinct from c."column" as in_column,
           case when cause in ('E20', 'E21') then 'cell' when cause = 'E33' then 'reference'
           when cause = 'E31' then if(is_old_phone(observed), 'reference', 'citizen')
           else 'police_list' end as source
    from ledger k left join kind c using (cause) left join record r using (ma_ho_so)
    left join dan_cu p using (person_id) left join old_district o on o.xa = r.true_ward
    left join phone_prefix f on f.old_prefix = left(k.observed, 4)
  ), told as (
    select reading.*, case evidence.kind
      when 'police_list' then case evidence.column
        when 'ho_ten' then a.ho_ten when 'ngay_sinh' then a.ngay_sinh
        when 'gioi_tinh' then a.gioi_tinh when 'so_giay_to' then a.so_giay_to
        when 'tt_xac_minh' then if(identity_right, 'Đúng', null) end
      when 'citizen' then if(evidence.column = 'so_dien_thoai', a.so_dien_thoai, null)
      when 'cell' then tidy(observed)
      when 'reference' then case evidence.key when 'phone_prefixes' then new_phone
        when 'hcmc_wards_2019_to_2022'
          then if(observed = district, getvariable('thu_duc'), null) end
      end as answer
    from reading left join dan_cu a on a.person_id = evidence.key
  )
  select * exclude (ho_ten, ngay_sinh, gioi_tinh, so_giay_to, so_dien_thoai),
    coalesce(in_column and case cause
      when 'E01' then observed = ''
      when 'E02' then is_e02(observed, so_giay_to, so_dien_thoai)
      when 'E03' then is_e03(observed, so_giay_to)
      when 'E04' then is_e04(observed, so_giay_to)
      when 'E05' then is_e05(observed, so_giay_to, ngay_sinh, gioi_tinh)
      when 'E08' then observed <> '' and observed = so_dien_thoai
      when 'E10' then is_e10(observed, ho_ten)
      when 'E11' then is_e11(observed, ngay_sinh)
      when 'E12' then is_e12(observed, gioi_tinh)
      when 'E14' then is_e14(observed, ho_ten)
      when 'E15' then is_e15(observed, ho_ten)
      when 'E16' then is_e16(observed, ho_ten)
      when 'E20' then is_e20(observed, ho_ten)
      when 'E21' then is_e21(observed, ho_ten)
      when 'E31' then is_e31(observed, so_dien_thoai, new_phone)
      when 'E33' then observed = district
      when 'E09' then observed = 'Không xác minh được' and identity_right
      when 'E90' then observed = 'Sai' and identity_right
    end, false) as defined,
    coalesce(evidence.column = "column" and list_contains(accepted, answer)
      and case evidence.kind when 'cell' then evidence.key = ma_ho_so
                             when 'reference' then true
                             else evidence.key = person_id end, false) as derived
  from told;
"""

_COURSE = """
-- doses as they were given, in order, with the person's age that day in full years
create or replace table course as
  select t.dose_id, t.person_id, t.mui, t.ten_vac_xin, r.rank, day(t.ngay_tiem) as given,
         date_sub('year', day(p.ngay_sinh), day(t.ngay_tiem)) as age,
         lag(r.rank) over course as rank_before, lag(day(t.ngay_tiem)) over course as given_before,
         lag(t.mui) over course as mui_before, lag(t.ten_vac_xin) over course as vaccine_before
  from mui_that t left join dan_cu p using (person_id) left join dose_rank r using (mui)
  window course as (partition by t.person_id order by r.rank, t.dose_id);
"""


def prepare(connection: duckdb.DuckDBPyConnection, manifest: Manifest) -> None:
    """Write down the rules that hold for every ward.

    Parameters
    ----------
    connection : duckdb.DuckDBPyConnection
        In memory, empty.
    manifest : Manifest
        Names the scenario (last day) and the scheme of the identity numbers.
    """
    connection.execute(DEFINITIONS)
    connection.execute("set variable as_of = ?::date", [_AS_OF.get(manifest.scenario)])
    connection.execute("set variable digit_shift = ?", [ID_SCHEMES[manifest.id_scheme]])
    connection.execute("set variable thu_duc = ?", [THU_DUC])
    connection.execute("set variable provinces = ?", [PROVINCE_CODES])
    _enter(connection, "kind", ("cause", "column"), CAUSES)
    _enter(connection, "dose_rank", ("mui", "rank"), DOSE_RANKS)
    _enter(connection, "first_gap", ("ten_vac_xin", "gap_days"), FIRST_GAP_DAYS)
    _enter(connection, "old_district", ("xa", "district"), OLD_DISTRICTS)
    _enter(connection, "phone_prefix", ("old_prefix", "new_prefix"), NEW_PREFIXES)


def _enter(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    columns: tuple[str, str],
    facts: Mapping[str, str | int],
) -> None:
    connection.execute(
        f'create table {table} as select unnest($1) as "{columns[0]}", unnest($2) as "{columns[1]}"',
        [list(facts), list(facts.values())],
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
        connection.execute(
            f"create or replace table {table} as from read_parquet(getvariable('file'))"
        )
    connection.execute(_RECORDS)
    person_cells = _cells(connection, "doi_tuong", "dan_cu")
    dose_cells = _cells(connection, "mui_tiem", "mui_that")
    connection.execute(_CELLS.format(person_cells=person_cells, dose_cells=dose_cells))
    connection.execute(_PROOF)
    connection.execute(_COURSE)


def _cells(connection: duckdb.DuckDBPyConnection, register: str, truth: str) -> str:
    """Return the SQL that gives each column of both tables a row: its name, observed and truth."""
    known = set(connection.table(truth).columns)
    names = [name for name in connection.table(register).columns if name in known]
    columns = ['"{}"'.format(name.replace('"', '""')) for name in names]
    labels = ["'{}'".format(name.replace("'", "''")) for name in names]
    observed = [f"d.{column}::varchar" for column in columns]
    true = [f"t.{column}::varchar" for column in columns]
    return (
        f'unnest([{", ".join(labels)}]) as "column", '
        f"unnest([{', '.join(observed)}]) as observed, unnest([{', '.join(true)}]) as truth"
    )
