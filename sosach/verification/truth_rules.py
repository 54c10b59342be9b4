"""What must hold in the city itself: households, people, their papers, and places.

What must hold of the doses stands in `course_rules`.
"""

from __future__ import annotations

from sosach.verification.facts import ETHNIC_GROUPS
from sosach.verification.result import Rule

__all__ = ["TRUTH_RULES"]

_GROUPS = ", ".join(f"'{group}'" for group in ETHNIC_GROUPS)

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
        "Người và hộ trong tệp của phường nào thì sống ở phường đó, thuộc quận của phường đó.",
        """
        select person_id from dan_cu left join ward using (xa)
        where xa is distinct from getvariable('ward') or huyen is distinct from district
           or tinh is distinct from '79'
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
        "truth_status",
        "Vai trò trong hộ, dân tộc, cư trú và tình trạng thuộc danh mục; chủ hộ có vai trò chủ "
        "hộ; người nước ngoài không ghi dân tộc.",
        f"""
        select person_id from dan_cu
        where vai_tro is null or cu_tru is null or tinh_trang is null or dan_toc is null
           or vai_tro not in ('chủ hộ', 'vợ/chồng', 'con', 'cha/mẹ', 'anh/chị/em', 'ở trọ')
           or (vai_tro = 'chủ hộ') is distinct from chu_ho
           or cu_tru not in ('thường trú', 'KT3', 'tạm trú')
           or tinh_trang not in ('sống', 'đã mất', 'chuyển đi')
           or not if(quoc_tich = 'Việt Nam', dan_toc in ({_GROUPS}), dan_toc = '')
        """,  # noqa: S608 - words of ours
    ),
    Rule(
        "truth_identity_number",
        "Số giấy tờ thật có 12 hoặc 9 chữ số; số 12 chữ số đúng giới tính và năm sinh; người nước "
        "ngoài có số hộ chiếu; số CMND cũ có 9 chữ số và chỉ ở người đã có số 12 chữ số.",
        """
        select person_id from dan_cu
        where not if(quoc_tich = 'Việt Nam', well_formed(so_giay_to), is_passport(so_giay_to))
           or (is_cccd(so_giay_to)
               and substr(so_giay_to, 4, 3) is distinct from birth_digits(ngay_sinh, gioi_tinh))
           or so_cmnd_cu is null
           or (so_cmnd_cu <> '' and not (is_cmnd(so_cmnd_cu) and is_cccd(so_giay_to)))
        """,
    ),
    Rule(
        "truth_insurance",
        "Số thẻ BHYT có 15 ký tự: hai chữ, mức hưởng 1 đến 5, mã tỉnh 79, mười chữ số; hoặc để trống.",
        """
        select person_id from dan_cu
        where so_the_bhyt is null
           or not regexp_full_match(so_the_bhyt, '|[A-Z]{2}[1-5]79[0-9]{10}')
        """,
    ),
    Rule(
        "truth_birth",
        "Ngày sinh thật là ngày có thật; chỉ người sinh trước 1955 mới có thể chỉ ghi năm, và "
        "cột ngay_sinh_chi_nam nói đúng điều đó.",
        """
        select person_id from dan_cu
        where day(ngay_sinh) is null or ngay_sinh_chi_nam is null
           or ngay_sinh_chi_nam <> (length(ngay_sinh) = 4)
           or (ngay_sinh_chi_nam and not born_until(ngay_sinh, 1954))
        """,
    ),
    Rule(
        "truth_twins",
        "Hai người sinh đôi chỉ tới nhau, chung hộ, chung ngày sinh.",
        """
        select p.person_id
        from dan_cu p left join dan_cu q on q.person_id = p.sinh_doi_voi
        where p.sinh_doi_voi is distinct from '' and not coalesce(
          q.sinh_doi_voi = p.person_id and q.person_id <> p.person_id
          and q.household_id = p.household_id and q.ngay_sinh = p.ngay_sinh, false)
        """,
    ),
    Rule(
        "truth_places",
        "Bảng co_so của phường có một trạm y tế, một trung tâm y tế, một nơi ngoài thành phố và "
        "các điểm lưu động; mã và tên không lặp; trạm và trung tâm tự nhập, điểm lưu động do một "
        "trong hai nơi đó nhập.",
        """
        with unit as (from co_so where loai <> 'lưu động')
        select co_so_tiem from co_so s
        where not coalesce(case loai
            when 'trạm y tế' then co_so_tiem = concat('CS', getvariable('ward'), '-1')
            when 'trung tâm y tế' then co_so_tiem in (select concat('TT', district) from ward
                                                      where xa = getvariable('ward'))
            when 'ngoài thành phố' then co_so_tiem = 'NGOAI'
            when 'lưu động' then starts_with(co_so_tiem, concat('CS', getvariable('ward'), '-'))
          end, false)
          or not coalesce(if(loai = 'lưu động',
            don_vi_nhap in (select co_so_tiem from unit where co_so_tiem <> 'NGOAI'),
            don_vi_nhap = co_so_tiem and trong_danh_muc), false)
          or trong_danh_muc is null or coalesce(ten_co_so, '') = ''
        union all
        select co_so_tiem from co_so group by co_so_tiem having count(*) > 1
        union all
        select ten_co_so from co_so group by ten_co_so having count(*) > 1
        union all
        select getvariable('ward') from co_so
        having count(distinct loai) filter (loai <> 'lưu động') <> 3
            or count(*) filter (loai <> 'lưu động') <> 3 or count(*) < 4
        """,
    ),
)
