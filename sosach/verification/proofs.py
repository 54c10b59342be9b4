"""The key read a second time: each row is what its cause says, and its answer follows.

Rows on cells of people stand here, those on doses in `dose_proofs`, those on whole records and
lines in `incident_proofs`.
"""

from __future__ import annotations

__all__ = ["PERSON_PROOFS", "PROOFS"]

PERSON_PROOFS = """
-- what does the evidence say: the police, the citizen, the cell itself or a reference table?
create or replace table person_proof as
  with reading as (
    select k.*, kind.cause is not null as in_column, r.person_id, r.ho_ten, r.ngay_sinh,
           r.gioi_tinh, r.so_giay_to, r.so_cmnd_cu, r.so_dien_thoai, r.quoc_tich, r.head_number,
           s.identity_right, s.don_vi, o.district as former_district, w.district as own_district,
           other.district as cell_district, f.new_prefix || right(k.observed, 7) as new_phone,
           c.shared_phone,
           case when k.cause in ('E20', 'E21') then 'cell' when k.cause = 'E33' then 'reference'
           when k.cause = 'E31' then if(is_old_phone(k.observed), 'reference', 'citizen')
           when k.cause in ('E30', 'E70') then 'citizen' else 'police_list' end as source
    from ledger k left join kind on kind.cause = k.cause and kind."column" = k."column"
    left join registered r on r.ma_ho_so = k.ma_ho_so and r.role = 'original'
    left join record s on s.ma_ho_so = k.ma_ho_so and s.role = 'original'
    left join old_district o on o.xa = r.xa left join ward w on w.xa = r.xa
    left join ward other on other.xa = k.observed left join colleague c on c.don_vi = s.don_vi
    left join phone_prefix f on f.old_prefix = left(k.observed, 4)
    where k."column" is not null and k.ma_mui is null
  ), told as (
    select reading.*, case evidence.kind
      when 'police_list' then case evidence.column
        when 'ho_ten' then a.ho_ten when 'ngay_sinh' then a.ngay_sinh
        when 'gioi_tinh' then a.gioi_tinh when 'so_giay_to' then a.so_giay_to when 'xa' then a.xa
        when 'tt_xac_minh' then if(identity_right, 'Đúng', null) end
      when 'citizen' then case evidence.column
        when 'so_dien_thoai' then a.so_dien_thoai when 'quoc_tich' then a.quoc_tich end
      when 'cell' then tidy(observed)
      when 'reference' then case evidence.key when 'phone_prefixes' then new_phone
        when 'hcmc_wards_2019_to_2022'
          then if(observed = former_district, getvariable('thu_duc'), null) end
      end as answer
    from reading left join dan_cu a on a.person_id = evidence.key
  )
  select err_id, ma_ho_so, ma_mui, "column", cause, truth, group_id, recoverability, evidence,
         document_basis, source,
    case source when 'cell' then 'from_cell' when 'reference' then 'from_reference_list'
                else 'needs_source_document' end as recovered,
    coalesce(in_column and case cause
      when 'E01' then is_e01(observed, ngay_sinh)
      when 'E02' then is_e02(observed, so_giay_to, so_dien_thoai)
      when 'E03' then is_e03(observed, so_giay_to)
      when 'E04' then is_e04(observed, so_giay_to)
      when 'E05' then is_e05(observed, so_giay_to, ngay_sinh, gioi_tinh)
      when 'E06' then is_e06(observed, so_cmnd_cu)
      when 'E07' then is_e07(observed, head_number, ngay_sinh)
      when 'E08' then is_e08(observed, so_dien_thoai)
      when 'E10' then is_e10(observed, ho_ten)
      when 'E11' then is_e11(observed, ngay_sinh)
      when 'E12' then is_e12(observed, gioi_tinh)
      when 'E13' then is_e13(observed, ngay_sinh)
      when 'E14' then is_e14(observed, ho_ten)
      when 'E15' then is_e15(observed, ho_ten)
      when 'E16' then is_e16(observed, ho_ten)
      when 'E17' then is_e17(observed, ho_ten, gioi_tinh)
      when 'E20' then is_e20(observed, ho_ten)
      when 'E21' then is_e21(observed, ho_ten)
      when 'E22' then is_e22(observed, ho_ten)
      when 'E30' then is_e30(observed, so_dien_thoai, shared_phone)
      when 'E31' then is_e31(observed, so_dien_thoai, new_phone)
      when 'E32' then is_e32(observed, own_district, cell_district)
      when 'E33' then observed = former_district
      when 'E70' then is_e70(observed, quoc_tich)
      when 'E71' then is_e71(observed, head_number, ngay_sinh)
      when 'E72' then is_e72(observed, so_giay_to)
      when 'E73' then is_e73("column", observed, ho_ten, ngay_sinh)
      when 'E09' then observed = 'Không xác minh được' and identity_right
      when 'E90' then observed = 'Sai' and identity_right
    end, false) as defined,
    coalesce(evidence.column = "column" and list_contains(accepted, answer)
      and case evidence.kind when 'cell' then evidence.key = ma_ho_so
                             when 'reference' then true
                             else evidence.key = person_id end, false) as derived,
    -- a form that asks for day and month leaves no other way than 01/01
    coalesce(accepted = if(cause = 'E13', [truth, observed], [truth]), false) as answered
  from told;
"""

PROOFS = """
create or replace view proof as
  from person_proof union all from dose_proof union all from incident_proof;
"""
