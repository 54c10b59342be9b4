"""What must hold between the register, the truth and the answer key.

Three rules together say that undoing the ledger gives the truth and that a difference is a ledger
row and a ledger row a difference: `ledger_observed`, `ledger_truth`, `ledger_changes`, and the
other way round `differences_recorded`.
"""

from __future__ import annotations

from sosach.verification.result import Rule

__all__ = ["KEY_RULES"]

KEY_RULES = (
    Rule(
        "register_words",
        "Trạng thái xác minh, ký số và hộ chiếu trong sổ thuộc danh mục.",
        """
        select ma_ho_so from doi_tuong
        where tt_xac_minh is null or tt_xac_minh not in
          ('Chưa gửi', 'Không có/sai định dạng', 'Đúng', 'Sai', 'Không xác minh được')
        union all
        select ma_mui from mui_tiem
        where tt_ky is null or tt_ky not in ('Chưa ký', 'Đã ký') or tt_hcvx is distinct from 'Chưa cấp'
        """,
    ),
    Rule(
        "status_shown",
        "Trạng thái xác minh theo đúng quy tắc: thiếu hoặc sai dạng số, khác dân cư, hay đúng; "
        "chỉ E09 và E90 được lệch.",
        """
        select r.ma_ho_so
        from record r left join ledger k on k.ma_ho_so = r.ma_ho_so and k.cause in ('E09', 'E90')
        where tt_xac_minh is distinct from case k.cause when 'E09' then 'Không xác minh được'
          when 'E90' then 'Sai' else shown(quoc_tich, so_giay_to, identity_right) end
        """,
    ),
    Rule(
        "ledger_changes",
        "Mỗi ô trong đáp án có giá trị thật khác giá trị trong sổ.",
        """
        select ma_ho_so from ledger where "column" is not null and truth is not distinct from observed
        """,
    ),
    Rule(
        "ledger_once",
        "Không ô nào có hai dòng đáp án.",
        """
        select ma_ho_so from ledger where "column" is not null
        group by ma_ho_so, ma_mui, "column" having count(*) > 1
        """,
    ),
    Rule(
        "ledger_observed",
        "Giá trị sai trong đáp án đúng là giá trị đang có trong sổ.",
        """
        select k.ma_ho_so
        from ledger k left join difference c
          on c.ma_ho_so = k.ma_ho_so and c.ma_mui is not distinct from k.ma_mui
         and c."column" = k."column"
        where k."column" is not null
          and (c.ma_ho_so is null or c.observed is distinct from k.observed)
        """,
    ),
    Rule(
        "ledger_truth",
        "Sửa theo đáp án thì được đúng giá trị thật.",
        """
        select k.ma_ho_so
        from ledger k join difference c
          on c.ma_ho_so = k.ma_ho_so and c.ma_mui is not distinct from k.ma_mui
         and c."column" = k."column"
        where c.truth is distinct from k.truth
        """,
    ),
    Rule(
        "differences_recorded",
        "Mọi ô trong sổ khác sự thật đều có dòng đáp án.",
        # the column tt_xac_minh has no truth of its own: status_shown judges it
        """
        select ma_ho_so from difference c
        where c."column" <> 'tt_xac_minh'
          and not exists (from ledger k where k.ma_ho_so = c.ma_ho_so
            and k.ma_mui is not distinct from c.ma_mui and k."column" = c."column")
        """,
    ),
    Rule(
        "ledger_words",
        "Mã lỗi thuộc danh mục; bằng chứng và khả năng phục hồi hợp với mã lỗi; căn cứ không để "
        "trống.",
        # what only the police or the citizen can tell stands in no cell of the register
        """
        select ma_ho_so from proof
        where not exists (from kind where kind.cause = proof.cause)
           or evidence.kind is distinct from source or coalesce(document_basis, '') = ''
           or recoverability is distinct from recovered
        """,
    ),
    Rule(
        "ledger_groups",
        "Các dòng của một sự cố nhiều ô (E51, E73) chung group_id là err_id nhỏ nhất; dòng khác "
        "để trống.",
        # E73: number, name, and the birthday unless it is 1 January
        """
        select ma_ho_so from ledger
        where (group_id is not null) <> coalesce(cause in ('E51', 'E73'), false)
        union all
        select ma_ho_so from (
          select any_value(k.ma_ho_so) as ma_ho_so, count(distinct k.ma_ho_so) as records,
                 any_value(cause) as cause, count(distinct cause) as causes, count(*) as cells,
                 min(err_id) = group_id as named, count(distinct k.ma_mui) as lines,
                 bool_and(t.mui in ('CB1', 'CB2')) as basic,
                 count(*) filter ("column" = 'so_giay_to') as numbers,
                 count(*) filter ("column" = 'ho_ten') as names,
                 count(*) filter ("column" = 'ngay_sinh') as birthdays
          from ledger k left join link l on l.ma_mui = k.ma_mui
          left join mui_that t on t.dose_id = l.dose_id
          where group_id is not null group by group_id
        ) left join registered r using (ma_ho_so)
        where r.role is distinct from 'split' and not coalesce(named and records = 1 and causes = 1
          and case cause when 'E51' then basic and cells = 2 and lines = 2
            else numbers = 1 and names = 1 and lines = 0 and cells = 2 + birthdays
                 and birthdays = (not starts_with(r.ngay_sinh, '01/01/'))::int end, false)
        """,
    ),
    Rule(
        "causes_defined",
        "Mỗi dòng đáp án đúng như định nghĩa của mã lỗi.",
        """
        select ma_ho_so from proof where not defined
        """,
    ),
    Rule(
        "causes_in_place",
        "Chỉ hồ sơ người Việt Nam có lỗi, riêng E70 chỉ ở người nước ngoài; E09 và E90 chỉ ở hồ sơ "
        "không có ô nào khác sai.",
        """
        select k.ma_ho_so from ledger k join record r using (ma_ho_so)
        join dan_cu p on p.person_id = r.person_id
        where (p.quoc_tich is distinct from 'Việt Nam') <> (k.cause = 'E70')
        union all
        select ma_ho_so from ledger where ma_mui is null and "column" is not null
        group by ma_ho_so having count(*) > 1 and bool_or(cause in ('E09', 'E90'))
        """,
    ),
    Rule(
        "answers_rederived",
        "Từ bằng chứng suy lại được một trong các đáp án được chấp nhận.",
        """
        select ma_ho_so from proof where not derived
        """,
    ),
    Rule(
        "answers_accepted",
        "Đáp án được chấp nhận là giá trị thật; E13 nhận cả ngày 01/01, sự cố không có ô thì không "
        "có đáp án.",
        """
        select ma_ho_so from proof where not answered
        """,
    ),
    Rule(
        "decoys_untouched",
        "Hồ sơ bẫy không có dòng đáp án nào và không có hồ sơ trùng.",
        """
        select ma_ho_so from registered where decoy is not null
          and (incident is not null or ma_ho_so in (select ma_ho_so from ledger))
        """,
    ),
    Rule(
        "decoys_true",
        "Bẫy đúng như tên gọi trong error_taxonomy.csv, theo sự thật.",
        """
        select ma_ho_so from registered r where decoy is not null
          and not exists (from lookalike a where a.person_id = r.person_id and a.kind = r.decoy)
        """,
    ),
    Rule(
        "decoys_together",
        "Hai người sinh đôi (D06), hay mọi người trùng tên, ngày sinh và giới tính (D07), cùng là "
        "bẫy hoặc cùng không.",
        """
        select p.ma_ho_so from registered p
        join registered twin on twin.person_id = p.sinh_doi_voi
        where p.decoy = 'D06' and twin.decoy is distinct from 'D06'
        union all
        select any_value(ma_ho_so) from registered semi join namesake using (ho_ten, ngay_sinh, gioi_tinh)
        where not foreigner
        group by ho_ten, ngay_sinh, gioi_tinh
        having count(*) filter (decoy = 'D07') not in (0, count(*))
        """,
    ),
)
