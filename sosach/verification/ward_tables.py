"""One ward in memory: its seven tables, and what follows from them, in SQL.

Every query of the check reads these. A ward's register, truth and key lie in files of the same
ward code, so a city is checked ward by ward and needs the memory of one.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import duckdb

from sosach.verification.manifest import ID_SCHEMES, Manifest
from sosach.verification.tables import TABLES, parquet_file

__all__ = ["load_ward", "prepare"]

#: last day of the scenarios that are known here; of others only the order of days is checked
_AS_OF = {"tp-hcm-2022": dt.date(2022, 5, 7)}

_PREPARE = """
-- day of a date as it is written on the platform; null when it is none
create macro day(written) as
  case when regexp_full_match(written, '[0-9]{2}/[0-9]{2}/[0-9]{4}')
  then cast(try_strptime(written, '%d/%m/%Y') as date) end;

-- CCCD or personal number: 12 digits; CMND: 9 (CV 2262)
create macro well_formed(number) as
  coalesce(regexp_full_match(number, '[0-9]{12}|[0-9]{9}'), false);

-- what the platform shows when nobody has interfered
create macro shown(number, identity_right) as
  case when not well_formed(number) then 'Không có/sai định dạng'
  when identity_right then 'Đúng' else 'Sai' end;

create macro is_d01(number) as
  regexp_full_match(number, '[0-9]{12}') and left(number, 3) <> '079';

create macro is_d10(name, sex) as
  len(split(name, ' ')) >= 3
  and split(name, ' ')[2] = case sex when 'Nữ' then 'Văn' when 'Nam' then 'Thị' end;

-- the order of doses, and days that must lie between the first two (vaccines.csv)
create table dose_rank as
  select unnest(['CB1', 'CB2', 'CB3', 'BS', 'NL1', 'NL2', 'NL3']) as mui, unnest(range(7)) as rank;
create table second_dose as
  select unnest(['AstraZeneca', 'Pfizer', 'Moderna', 'Vero Cell']) as ten_vac_xin,
         unnest([28, 21, 28, 21]) as gap_days;
"""

_DERIVE = """
-- one row per record: register and truth side by side
create or replace table record as
  select ma_ho_so, person_id, l.decoy, d.tt_xac_minh, d.so_giay_to,
         p.so_giay_to as true_number, p.ho_ten as true_name, p.gioi_tinh as true_sex,
         row(d.ho_ten, d.ngay_sinh, d.gioi_tinh, d.so_giay_to)
           is not distinct from row(p.ho_ten, p.ngay_sinh, p.gioi_tinh, p.so_giay_to)
           as identity_right
  from link l join doi_tuong d using (ma_ho_so) join dan_cu p using (person_id)
  where l.ma_mui is null;

-- one row per cell that both sides have
create or replace table cell as
  select ma_ho_so, cast(null as varchar) as ma_mui,
         unnest(['ho_ten', 'ngay_sinh', 'gioi_tinh', 'so_giay_to', 'so_dien_thoai',
                 'dia_chi', 'khu_pho', 'xa', 'huyen', 'tinh']) as "column",
         unnest([d.ho_ten, d.ngay_sinh, d.gioi_tinh, d.so_giay_to, d.so_dien_thoai,
                 d.dia_chi, d.khu_pho, d.xa, d.huyen, d.tinh]) as observed,
         unnest([p.ho_ten, p.ngay_sinh, p.gioi_tinh, p.so_giay_to, p.so_dien_thoai,
                 p.dia_chi, p.khu_pho, p.xa, p.huyen, p.tinh]) as truth
  from record join doi_tuong d using (ma_ho_so) join dan_cu p using (person_id)
  union all
  select ma_ho_so, null, 'tt_xac_minh', tt_xac_minh, shown(so_giay_to, identity_right)
  from record
  union all
  select m.ma_ho_so, m.ma_mui,
         unnest(['mui', 'ten_vac_xin', 'so_lo', 'ngay_tiem', 'co_so_tiem', 'don_vi_nhap']),
         unnest([m.mui, m.ten_vac_xin, m.so_lo, m.ngay_tiem, m.co_so_tiem, m.don_vi_nhap]),
         unnest([t.mui, t.ten_vac_xin, t.so_lo, t.ngay_tiem, t.co_so_tiem, t.don_vi_nhap])
  from link l join mui_tiem m using (ma_mui) join mui_that t using (dose_id);

-- what the police can say: four cells of each resident, and what the platform ought to show
create or replace table police as
  select person_id, unnest(['ho_ten', 'ngay_sinh', 'gioi_tinh', 'so_giay_to']) as "column",
         unnest([ho_ten, ngay_sinh, gioi_tinh, so_giay_to]) as answer
  from dan_cu
  union all
  select person_id, 'tt_xac_minh', 'Đúng' from record where identity_right;

-- the key, each row read a second time: is it what its cause says, does its evidence lead there?
create or replace table proof as
  select k.*,
         case cause
           when 'E01' then k."column" = 'so_giay_to' and observed = ''
           when 'E02' then k."column" = 'so_giay_to' and observed <> ''
                           and not well_formed(observed)
           when 'E10' then k."column" = 'ho_ten'
                           and nfc_normalize(observed) <> nfc_normalize(truth)
           when 'E90' then k."column" = 'tt_xac_minh' and observed = 'Sai'
         end as defined,
         coalesce(evidence.kind = 'police_list' and evidence.key = r.person_id
                  and evidence.column = k."column" and list_contains(accepted, a.answer), false)
           as derived
  from ledger k
  left join record r using (ma_ho_so)
  left join police a on a.person_id = evidence.key and a."column" = evidence.column;

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
    connection.execute(_PREPARE)
    connection.execute("set variable as_of = ?::date", [_AS_OF.get(manifest.scenario)])
    connection.execute("set variable digit_shift = ?", [ID_SCHEMES[manifest.id_scheme]])


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
    connection.execute(_DERIVE)
