"""What must hold of the doses as they were given: days, ages, order, gaps, places."""

from __future__ import annotations

from sosach.verification.result import Rule

__all__ = ["COURSE_RULES"]

COURSE_RULES = (
    Rule(
        "truth_days",
        "Ngày tiêm thật là ngày có thật và nằm trong chiến dịch.",
        # first dose in the country: 8 March 2021 (dose_rules.csv R01)
        """
        select dose_id from course
        where given is null or given < date '2021-03-08' or given > getvariable('as_of')
        """,
    ),
    Rule(
        "truth_age",
        "Mỗi mũi thật được tiêm khi đủ tuổi: từ 18; từ 12 kể từ 27/10/2021; từ 5 kể từ 16/4/2022, "
        "Moderna từ 6; dưới 18 chỉ Pfizer và Moderna.",
        # dose_rules.csv R18, R19; vaccines.csv child_age_rule
        """
        select dose_id from course
        where age is null or age < case when given < from_12() then 18
                                        when ten_vac_xin not in ('Pfizer', 'Moderna') then 18
                                        when given < from_5() then 12
                                        when ten_vac_xin = 'Moderna' then 6 else 5 end
        """,
    ),
    Rule(
        "truth_dose_order",
        "Các mũi thật của một người đủ thứ tự, không trùng, ngày sau muộn hơn ngày trước.",
        # one dose of Janssen is a basic course (vaccines.csv); dose_rules.csv R20, R24
        """
        select dose_id from course
        where (rank_before is null and mui <> 'CB1') or rank = rank_before or given <= given_before
           or (mui in ('BS', 'NL1') and mui_before = 'CB1' and vaccine_before <> 'Janssen')
           or mui_before <> case mui when 'CB3' then 'CB2' when 'NL2' then 'NL1'
                                     when 'NL3' then 'NL2' end
        """,
    ),
    Rule(
        "truth_dose_gap",
        "Khoảng cách thật giữa hai mũi không ngắn hơn quy định (mũi cơ bản theo vắc xin; BS từ 28 "
        "đến 92 ngày, NL1 từ 84 ngày, NL2 từ 112 ngày sau mũi trước).",
        # dose_rules.csv R03 to R08, R12, R13, R15, R17
        """
        select dose_id from course left join first_gap s on s.ten_vac_xin = vaccine_before
        where given > given_before and (given - given_before < case
          when mui in ('CB2', 'CB3') then s.gap_days when mui = 'BS' then 28 when mui = 'NL1' then 84
          when mui = 'NL2' and mui_before = 'NL1' then 112 end
          or (mui = 'BS' and given - given_before > 92))
        """,
    ),
    Rule(
        "truth_dose_start",
        "Mũi bổ sung và nhắc lần 1 chỉ có từ 17/12/2021, nhắc lần 2 từ 4/5/2022; người tiêm cơ bản "
        "mRNA chỉ nhắc bằng AstraZeneca từ 1/3/2022.",
        # dose_rules.csv R13, R15, R16, R17
        """
        select dose_id from course join history using (person_id)
        where given < case mui when 'BS' then date '2021-12-17' when 'NL1' then date '2021-12-17'
                               when 'NL2' then date '2022-05-04' end
           or (mui = 'NL1' and ten_vac_xin = 'AstraZeneca' and given < date '2022-03-01'
               and first_vaccine in ('Pfizer', 'Moderna'))
        """,
    ),
    Rule(
        "truth_sites",
        "Mỗi mũi thật được tiêm ở một nơi trong bảng co_so, do đơn vị của nơi đó nhập; mã cơ sở là "
        "của nơi tiêm nếu có trong danh mục, không thì của đơn vị nhập; mỗi người nhập thuộc một "
        "đơn vị.",
        """
        select dose_id from mui_that t left join co_so s on s.co_so_tiem = t.noi_tiem
        where s.co_so_tiem is null or t.don_vi_nhap is distinct from s.don_vi_nhap
           or t.co_so_tiem is distinct from if(s.trong_danh_muc, s.co_so_tiem, s.don_vi_nhap)
           or not coalesce(regexp_full_match(nguoi_nhap, 'NV[0-9]{5}-[0-9]+-[0-9]+'), false)
        union all
        select nguoi_nhap from mui_that group by nguoi_nhap having count(distinct don_vi_nhap) > 1
        """,
    ),
)
