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
           or not exists (from first_gap s where s.ten_vac_xin = mui_that.ten_vac_xin)
        """,
    ),
    Rule(
        "truth_identity_number",
        "Số giấy tờ thật có 12 hoặc 9 chữ số; số 12 chữ số đúng giới tính và năm sinh; người nước "
        "ngoài có số hộ chiếu.",
        """
        select person_id from dan_cu
        where not if(quoc_tich = 'Việt Nam', well_formed(so_giay_to),
                     regexp_full_match(so_giay_to, '[A-Z][0-9]{8}'))
           or (is_cccd(so_giay_to)
               and substr(so_giay_to, 4, 3) is distinct from birth_digits(ngay_sinh, gioi_tinh))
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
        "dưới 18 chỉ Pfizer và Moderna.",
        # dose_rules.csv R18, R19; vaccines.csv child_age_rule
        """
        select dose_id from course
        where age is null or age < case when given < date '2021-10-27' then 18
                                        when ten_vac_xin not in ('Pfizer', 'Moderna') then 18
                                        when given < date '2022-04-16' then 12 else 5 end
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
        "ngày, NL1 từ 84 ngày, NL2 từ 112 ngày sau mũi trước).",
        # dose_rules.csv R03 to R08, R12, R13, R15, R17
        """
        select dose_id from course left join first_gap s on s.ten_vac_xin = vaccine_before
        where given > given_before and given - given_before < case
          when mui in ('CB2', 'CB3') then s.gap_days when mui = 'BS' then 28 when mui = 'NL1' then 84
          when mui = 'NL2' and mui_before = 'NL1' then 112 end
        """,
    ),
)
