"""The key's rows on cells of doses, read a second time beside the truth."""

from __future__ import annotations

__all__ = ["DOSE_PROOFS"]

DOSE_PROOFS = """
-- what does the evidence say: slip, facility, the cell, the line, a reference table, a signature?
create or replace table dose_proof as
  with reading as (
    select k.*, kind.cause is not null as in_column, t.dose_id, t.mui, t.ten_vac_xin, t.so_lo,
           t.ngay_tiem, t.noi_tiem, full_day(t.ngay_tiem) as given, r.ngay_sinh, r.slots,
           r.first_day, s.ten_co_so as place_name, s.trong_danh_muc as listed,
           d.co_so_tiem as written_place, station.co_so_tiem as station,
           strftime(if(t.mui = 'CB1', r.second_day, r.first_day), '%d/%m/%Y') as other_day,
           case when k.cause = 'E23' then if(is_unclear(k.observed), 'slip', 'cell')
           when k.cause in ('E24', 'E59') then 'reference' when k.cause = 'E56' then 'facility'
           when k.cause = 'E60' then 'dose' when k.cause in ('E92', 'E93') then 'signature'
           else 'slip' end as source
    from ledger k left join kind on kind.cause = k.cause and kind."column" = k."column"
    left join link l on l.ma_mui = k.ma_mui and l.role = 'original' and l.ma_ho_so = k.ma_ho_so
    left join mui_that t on t.dose_id = l.dose_id
    left join registered r on r.person_id = l.person_id
    left join mui_tiem d on d.ma_mui = k.ma_mui
    left join co_so s on s.co_so_tiem = t.noi_tiem
    left join co_so station on station.loai = 'trạm y tế'
    where k."column" is not null and k.ma_mui is not null
  ), told as (
    select reading.*, case evidence.kind
      when 'slip' then case evidence.column when 'ngay_tiem' then a.ngay_tiem
        when 'mui' then a.mui when 'ten_vac_xin' then a.ten_vac_xin end
      when 'facility' then if(evidence.column = 'so_lo', a.so_lo, null)
      when 'cell' then if(is_unclear(observed), null, strftime(reread(observed), '%d/%m/%Y'))
      when 'reference' then case evidence.key
        when 'vaccines' then map_extract(getvariable('spellings'), observed)[1]
        when 'co_so' then if(named.trong_danh_muc, named.co_so_tiem, named.don_vi_nhap) end
      when 'dose' then if(evidence.column = 'co_so_tiem', written.don_vi_nhap, null)
      when 'signature' then if(evidence.column = 'tt_ky', 'Chưa ký', null) end as answer
    from reading left join mui_that a on a.dose_id = evidence.key
    left join co_so named on named.ten_co_so = observed
    left join co_so written on written.co_so_tiem = written_place
  )
  select err_id, ma_ho_so, ma_mui, "column", cause, truth, group_id, recoverability, evidence,
         document_basis, source,
    case source when 'cell' then 'from_cell' when 'reference' then 'from_reference_list'
      when 'dose' then 'from_other_column' else 'needs_source_document' end as recovered,
    coalesce(in_column and case cause
      when 'E23' then is_e23(observed, ngay_tiem)
      when 'E24' then is_e24(observed, ten_vac_xin)
      when 'E51' then mui in ('CB1', 'CB2') and is_e51(observed, other_day)
      when 'E52' then is_e52(observed, mui)
      when 'E53' then is_e53(observed, ngay_tiem)
      when 'E54' then mui = 'CB2' and is_e54(observed, given, first_day)
      when 'E55' then is_e55(observed, ten_vac_xin)
      when 'E56' then is_e56(observed, so_lo, ten_vac_xin)
      when 'E57' then is_e57(observed, mui, slots)
      when 'E58' then mui = 'CB1' and is_e58(observed, ngay_tiem, ngay_sinh)
      when 'E59' then is_e59(observed, place_name, listed)
      when 'E60' then is_e60(observed, station, noi_tiem)
      when 'E92' then is_unsigned(observed)
      when 'E93' then is_unsigned(observed)
    end, false) as defined,
    coalesce(evidence.column = if(cause = 'E60', 'co_so_tiem', "column")
      and list_contains(accepted, answer)
      and case when evidence.kind in ('cell', 'dose') then evidence.key = ma_mui
               when evidence.kind = 'reference' then true
               else evidence.key = dose_id end, false) as derived,
    coalesce(accepted = [truth], false) as answered
  from told;
"""
