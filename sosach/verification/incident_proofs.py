"""The key's rows on whole records and lines: proved from register, truth and link.

An incident has no cell of its own. What must be there instead: two records that share one
person's doses, two persons in one record, a dose without a line, a line without a dose.
"""

from __future__ import annotations

__all__ = ["INCIDENT_PROOFS"]

_LINES = """
-- the lines of the records that an incident struck, and the doses behind them
create or replace table involved_line as
  select l.ma_ho_so, l.ma_mui, l.person_id, l.dose_id, l.role, d.mui, d.ten_vac_xin, d.so_lo,
         d.ngay_tiem, d.co_so_tiem, d.don_vi_nhap, t.given, t.rank
  from link l join mui_tiem d using (ma_mui) left join course t using (dose_id)
  where l.ma_ho_so in (select ma_ho_so from involved);

create or replace table line_up as
  select ma_ho_so, count(*) as lines, min(rank) as first_rank, max(rank) as last_rank
  from involved_line group by ma_ho_so;
"""

_PEOPLE = """
-- who died or moved away: the police note it, the register shows nothing
create or replace table gone as
  select k.err_id, r.tinh_trang in ('đã mất', 'chuyển đi') and truth = r.tinh_trang as defined,
         evidence.column = 'tinh_trang' and list_contains(accepted, r.tinh_trang) as derived
  from ledger k join registered r on r.ma_ho_so = k.ma_ho_so and r.person_id = evidence.key
  where k.cause = 'E18';

-- E44: two persons of one name and birth date in one record, with all that both were given; the
-- police note nothing else on either
create or replace table merged as
  select k.err_id,
         row(a.ho_ten, a.ngay_sinh, a.gioi_tinh) = row(b.ho_ten, b.ngay_sinh, b.gioi_tinh)
         and a.place < b.place and u.lines = a.doses + b.doses
         and k.ma_ho_so not in (select ma_ho_so from ledger where cause = 'E18') as defined,
         evidence.key = b.person_id and evidence.column is null
         and a.so_giay_to <> b.so_giay_to as derived
  from ledger k join registered a on a.ma_ho_so = k.ma_ho_so and a.role = 'original'
  join registered b on b.ma_ho_so = k.ma_ho_so and b.role = 'split'
  join line_up u on u.ma_ho_so = k.ma_ho_so
  where k.cause = 'E44';

-- E40: the second record has the earlier doses; whose it is the former number tells, the police,
-- or the first record, which is the same in every cell
create or replace table twofold as
  select k.err_id, second.so_giay_to = first.so_giay_to as equal,
         row(second.ho_ten, second.ngay_sinh, second.gioi_tinh, second.so_dien_thoai,
             second.dia_chi, second.khu_pho, second.xa, second.huyen, second.tinh,
             second.don_vi, second.quoc_tich)
         = row(first.ho_ten, first.ngay_sinh, first.gioi_tinh, first.so_dien_thoai,
               first.dia_chi, first.khu_pho, first.xa, first.huyen, first.tinh,
               first.don_vi, first.quoc_tich)
         and second.so_giay_to in ('', p.so_cmnd_cu, first.so_giay_to)
         and early.last_rank < late.first_rank and early.lines + late.lines = p.doses as defined,
         case evidence.kind when 'record'
           then evidence.key = first.ma_ho_so and evidence.column = 'so_giay_to'
                and second.so_giay_to = first.so_giay_to
         when 'police_list' then evidence.key = p.person_id and case evidence.column
           when 'so_cmnd_cu' then second.so_giay_to = p.so_cmnd_cu and p.so_cmnd_cu <> ''
           when 'so_giay_to' then second.so_giay_to = '' end end as derived
  from ledger k join record b on b.ma_ho_so = k.ma_ho_so and b.role = 'duplicate'
  join doi_tuong second on second.ma_ho_so = k.ma_ho_so
  join doi_tuong first on first.ma_ho_so = b.keep_ma_ho_so
  join registered p on p.ma_ho_so = b.keep_ma_ho_so and p.person_id = b.person_id
  join line_up early on early.ma_ho_so = k.ma_ho_so
  join line_up late on late.ma_ho_so = b.keep_ma_ho_so
  where k.cause = 'E40';
"""

_DOSES = """
-- E50: the person has the dose, and the record has no line for it
create or replace table untyped as
  select k.err_id, r.doses >= 2 and l.role = 'missing' and l.ma_mui is null as defined,
         t.person_id = r.person_id and evidence.column is null as derived
  from ledger k join registered r on r.ma_ho_so = k.ma_ho_so and r.role = 'original'
  join link l on l.dose_id = k.evidence.key and l.ma_ho_so = k.ma_ho_so
  join mui_that t on t.dose_id = k.evidence.key
  where k.cause = 'E50';

-- E43: a line for the next dose, which the person never had although it was time; all vaccines
-- boost with Pfizer
create or replace table phantom as
  select k.err_id, d.role = 'intruder' and not list_contains(r.slots, d.mui)
           and d.mui = case r.last_slot when 'CB1' then 'CB2' when 'CB2' then 'NL1' end
           and r.last_vaccine <> 'Janssen' and r.last_day + 100 <= getvariable('as_of')
           and full_day(d.ngay_tiem) - r.last_day between 60 and 99
           and d.ten_vac_xin = if(r.last_slot = 'CB1', r.last_vaccine, 'Pfizer')
           and d.don_vi_nhap = s.don_vi_nhap
           and d.co_so_tiem = if(s.trong_danh_muc, s.co_so_tiem, s.don_vi_nhap) as defined,
         evidence.key = k.ma_mui and evidence.column is null as derived
  from ledger k join registered r on r.ma_ho_so = k.ma_ho_so and r.role = 'original'
  join involved_line d on d.ma_mui = k.ma_mui and d.ma_ho_so = k.ma_ho_so
  left join co_so s on s.co_so_tiem = d.co_so_tiem
  where k.cause = 'E43';

-- E41, E42: a second line for a dose; typed by another unit, it is the station's or else the
-- district centre's
create or replace table repeated as
  select k.err_id, k.cause,
         d.mui = o.mui and row(d.ten_vac_xin, d.ngay_tiem) = row(o.ten_vac_xin, o.ngay_tiem)
         and (row(d.so_lo, d.co_so_tiem, d.don_vi_nhap)
              = row(o.so_lo, o.co_so_tiem, o.don_vi_nhap)
              or d.so_lo = '' and d.co_so_tiem = d.don_vi_nhap and d.don_vi_nhap <> o.don_vi_nhap
                 and s.loai = if(first_unit.loai = 'trạm y tế', 'trung tâm y tế', 'trạm y tế'))
           as same_dose,
         d.mui = o.mui and abs(full_day(d.ngay_tiem) - o.given) between 1 and 6
         and d.ten_vac_xin in (select ten_vac_xin from first_gap)
         and row(d.co_so_tiem, d.don_vi_nhap) = row(o.co_so_tiem, o.don_vi_nhap) as other_day,
         if(k.cause = 'E41', evidence.key = o.ma_mui, evidence.key = d.dose_id)
         and evidence.column is null as derived
  from ledger k join involved_line d
    on d.ma_mui = k.ma_mui and d.ma_ho_so = k.ma_ho_so and d.role = 'duplicate'
  join involved_line o
    on o.dose_id = d.dose_id and o.ma_ho_so = d.ma_ho_so and o.role = 'original'
  left join co_so s on s.co_so_tiem = d.don_vi_nhap
  left join co_so first_unit on first_unit.co_so_tiem = o.don_vi_nhap
  where k.cause in ('E41', 'E42');
"""

_ALL = """
create or replace table incident_proof as
  with seen as (
    select err_id, defined, derived, false as equal from gone
    union all select err_id, defined, derived, false from merged
    union all select err_id, defined, derived, equal from twofold
    union all select err_id, defined, derived, false from untyped
    union all select err_id, defined, derived, false from phantom
    union all select err_id, if(cause = 'E41', same_dose, other_day), derived, false from repeated
  ), reading as (
    select k.*, defined, derived,
           case cause when 'E40' then if(equal, 'record', 'police_list') when 'E41' then 'dose'
             when 'E43' then 'facility' when 'E42' then 'slip' when 'E50' then 'slip'
             else 'police_list' end as source
    from ledger k left join seen using (err_id) where k."column" is null
  )
  select err_id, ma_ho_so, ma_mui, "column", cause, truth, group_id, recoverability, evidence,
         document_basis, source,
         if(source in ('record', 'dose'), 'from_other_record', 'needs_source_document')
           as recovered,
         coalesce(defined and observed is null
                  and (ma_mui is null) = (cause in ('E18', 'E44', 'E40', 'E50'))
                  and (truth is null) = (cause <> 'E18'), false) as defined,
         coalesce(derived and evidence.kind = source, false) as derived,
         coalesce(accepted = if(cause = 'E18', [truth], []), false) as answered
  from reading;
"""

INCIDENT_PROOFS = _LINES + _PEOPLE + _DOSES + _ALL
