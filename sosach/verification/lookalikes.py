"""Records that look wrong and are not, by the truth: what could be marked as a decoy."""

from __future__ import annotations

__all__ = ["LOOKALIKES"]

#: decoy -> the people who look like it; all but D12 are citizens
_LOOKS = {
    "D06": "twin_there",
    "D07": "namesakes > 1",
    "D01": "is_d01(so_giay_to)",
    "D10": "is_d10(ho_ten, gioi_tinh)",
    "D11": "is_d11(ngay_sinh, so_dien_thoai, head_phone, chu_ho)",
    "D13": "is_d13(ngay_sinh, so_giay_to)",
    "D14": "is_cmnd(so_giay_to)",
    "D02": "is_d02(first_vaccine, second_vaccine)",
    "D03": "is_d03(first_vaccine, second_vaccine, second_day - first_day, gap_days)",
    "D04": "list_contains(slots, 'CB3')",
    "D05": "is_d05(first_vaccine, booster)",
    "D08": "is_d08(ho_ten)",
    "D09": "is_d09(ho_ten, dan_toc)",
    "D12": "foreigner",
}

_KINDS = " union all ".join(
    f"select person_id, ma_ho_so, decoy, '{kind}' as kind, "  # noqa: S608 - no text from outside
    f"{'taken' if kind == 'D07' else 'false'} as taken "
    f"from someone where {'' if kind == 'D12' else 'not foreigner and '}{looks}"
    for kind, looks in _LOOKS.items()
)

LOOKALIKES = f"""
-- those who share name, birth date and sex are marked together or not at all
create or replace table namesake as
  select ho_ten, ngay_sinh, gioi_tinh, count(*) as namesakes,
         coalesce(bool_or(decoy = 'D06'), false) as taken
  from registered where not foreigner
  group by ho_ten, ngay_sinh, gioi_tinh having count(*) > 1;

create or replace table lookalike as
  with someone as (
    select r.*, coalesce(namesakes, 1) as namesakes, coalesce(taken, false) as taken,
           twin.person_id is not null as twin_there, gap_days
    from registered r left join namesake using (ho_ten, ngay_sinh, gioi_tinh)
    left join registered twin on twin.person_id = r.sinh_doi_voi and not twin.foreigner
    left join first_gap on first_gap.ten_vac_xin = r.first_vaccine
  ) {_KINDS};
"""  # noqa: S608 - no text from outside
