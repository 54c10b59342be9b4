"""What must hold in the city itself: households, identity numbers, days, ages and doses."""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["TRUTH_RULES", "Rule"]


class Rule(NamedTuple):
    """One rule: its name, what it says in Vietnamese, and a query for the keys that break it."""

    name: str
    sentence: str
    query: str


TRUTH_RULES = (
    Rule(
        "truth_households",
        "Mỗi hộ có đúng một chủ hộ, đúng số người, và mọi người trong hộ chung một địa chỉ.",
        """
        select household_id
        from dan_cu p full join ho_gia_dinh h using (household_id)
        group by household_id
        having count(*) filter (p.chu_ho) <> 1
            or count(p.person_id) is distinct from any_value(h.so_nguoi)
            or count(*) filter (row(p.dia_chi, p.khu_pho, p.xa, p.huyen, p.tinh)
                is distinct from row(h.dia_chi, h.khu_pho, h.xa, h.huyen, h.tinh)) > 0
        """,
    ),
    Rule(
        "truth_ward",
        "Người và hộ trong tệp của phường nào thì sống ở phường đó.",
        """
        select person_id from dan_cu where xa is distinct from getvariable('ward')
        union all
        select household_id from ho_gia_dinh where xa is distinct from getvariable('ward')
        """,
    ),
    Rule(
        "truth_words",
        "Họ tên trong sổ thật ở dạng NFC, không thừa dấu cách; giới tính, mũi và tên vắc xin "
        "thuộc danh mục.",
        r"""
        select person_id from dan_cu
        where ho_ten is null or ho_ten <> nfc_normalize(ho_ten) or gioi_tinh is null
           or not regexp_full_match(ho_ten, '\S+( \S+)+') or gioi_tinh not in ('Nam', 'Nữ')
        union all
        select dose_id from mui_that
        where not exists (from dose_rank r where r.mui = mui_that.mui)
           or not exists (from second_dose s where s.ten_vac_xin = mui_that.ten_vac_xin)
        """,
    ),
    Rule(
        "truth_identity_number",
        "Số giấy tờ thật có 12 hoặc 9 chữ số; số 12 chữ số đúng giới tính và năm sinh.",
        # digit 4 = sex and century of birth, digits 5 and 6 = year of birth (Thông tư 07/2016)
        """
        select person_id from dan_cu
        where not well_formed(so_giay_to)
           or (length(so_giay_to) = 12 and substr(so_giay_to, 4, 3) is distinct from concat(
                 (year(day(ngay_sinh)) // 100 - 19) * 2
                   + (gioi_tinh = 'Nữ')::int + getvariable('digit_shift'),
                 strftime(day(ngay_sinh), '%y')))
        """,
    ),
    Rule(
        "truth_days",
        "Ngày sinh và ngày tiêm thật là ngày có thật; ngày tiêm nằm trong chiến dịch.",
        # first dose in the country: 8 March 2021 (dose_rules.csv R01)
        """
        select person_id from dan_cu where day(ngay_sinh) is null
        union all
        select dose_id from mui_that
        where day(ngay_tiem) is null or day(ngay_tiem) < date '2021-03-08'
           or day(ngay_tiem) > getvariable('as_of')
        """,
    ),
    Rule(
        "truth_age",
        "Mỗi mũi thật được tiêm khi đủ tuổi: từ 18; từ 12 kể từ 27/10/2021; từ 5 kể từ 16/4/2022; "
        "AstraZeneca và Vero Cell chỉ từ 18.",
        # dose_rules.csv R18, R19; vaccines.csv child_age_rule
        """
        select dose_id from course
        where age is null or age < case when given < date '2021-10-27' then 18
                                        when ten_vac_xin in ('AstraZeneca', 'Vero Cell') then 18
                                        when given < date '2022-04-16' then 12 else 5 end
        """,
    ),
    Rule(
        "truth_dose_order",
        "Các mũi thật của một người đủ thứ tự, không trùng, ngày sau muộn hơn ngày trước.",
        """
        select dose_id from course
        where (rank_before is null and mui <> 'CB1') or rank = rank_before
           or (mui = 'NL1' and rank_before < 1) or given <= given_before
        """,
    ),
    Rule(
        "truth_dose_gap",
        "Khoảng cách thật giữa hai mũi không ngắn hơn quy định (CB1–CB2 theo vắc xin; "
        "CB2–NL1 từ 84 ngày).",
        # dose_rules.csv R03 to R06, R15
        """
        select dose_id from course left join second_dose s on s.ten_vac_xin = vaccine_before
        where (mui = 'CB2' and mui_before = 'CB1' and given - given_before < s.gap_days)
           or (mui = 'NL1' and mui_before = 'CB2' and given - given_before < 84)
        """,
    ),
)
