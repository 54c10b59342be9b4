"""What must hold between the register, the truth and the answer key.

Three rules together say that undoing the ledger gives the truth and that a difference is a ledger
row and a ledger row a difference: `ledger_observed`, `ledger_truth`, `ledger_changes`, and the
other way round `differences_recorded`.
"""

from __future__ import annotations

from sosach.verification.truth_rules import Rule

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
        where tt_ky is null or tt_ky not in ('Chưa ký', 'Đã ký')
           or tt_hcvx is null or tt_hcvx not in ('Chưa cấp', 'Đã cấp')
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
          when 'E90' then 'Sai' else shown(foreigner, so_giay_to, identity_right) end
        """,
    ),
    Rule(
        "link_records",
        "Mỗi hồ sơ có đúng một dòng trong link.",
        """
        select ma_ho_so
        from (select ma_ho_so, 1 as here, 0 as linked from doi_tuong union all
              select ma_ho_so, 0, 1 from link where ma_mui is null)
        group by ma_ho_so having sum(here) <> 1 or sum(linked) <> 1
        """,
    ),
    Rule(
        "link_doses",
        "Mỗi mũi trong sổ có đúng một dòng trong link, cùng hồ sơ.",
        """
        select ma_mui
        from (select ma_mui, ma_ho_so, 1 as here, 0 as linked from mui_tiem union all
              select ma_mui, ma_ho_so, 0, 1 from link where ma_mui is not null)
        group by ma_mui
        having sum(here) <> 1 or sum(linked) <> 1 or count(distinct ma_ho_so) <> 1
        """,
    ),
    Rule(
        "link_truth",
        "Link chỉ tới người và mũi có thật; mũi là của chính người đó; mỗi người một hồ sơ; "
        "không mũi thật nào bị bỏ sót.",
        """
        select l.ma_ho_so from link l anti join dan_cu using (person_id)
        union all
        select l.ma_mui from link l left join mui_that t using (dose_id)
        where l.ma_mui is not null and t.person_id is distinct from l.person_id
        union all
        select l.ma_mui from link l join record r using (ma_ho_so)
        where l.ma_mui is not null and r.person_id <> l.person_id
        union all
        select person_id from record group by person_id having count(*) > 1
        union all
        select dose_id from mui_that t left join link l using (dose_id)
        group by dose_id having count(l.ma_mui) <> 1
        """,
    ),
    Rule(
        "link_words",
        "Vai trò và bẫy trong link thuộc danh mục; bẫy ghi ở dòng của hồ sơ.",
        # the other roles come with the causes that need them
        """
        select ma_ho_so from link
        where role is distinct from 'original' or keep_ma_ho_so is not null
           or (decoy is not null and (decoy not in ('D01', 'D10', 'D11', 'D13', 'D14') or ma_mui is not null))
           or (ma_mui is null) <> (dose_id is null)
        """,
    ),
    Rule(
        "ledger_changes",
        "Mỗi dòng đáp án có giá trị thật khác giá trị trong sổ.",
        """
        select ma_ho_so from ledger where truth is not distinct from observed
        """,
    ),
    Rule(
        "ledger_once",
        "Không ô nào có hai dòng đáp án.",
        """
        select ma_ho_so from ledger group by ma_ho_so, ma_mui, "column" having count(*) > 1
        """,
    ),
    Rule(
        "ledger_observed",
        "Giá trị sai trong đáp án đúng là giá trị đang có trong sổ.",
        """
        select k.ma_ho_so
        from ledger k left join cell c
          on c.ma_ho_so = k.ma_ho_so and c.ma_mui is not distinct from k.ma_mui
         and c."column" = k."column"
        where c.ma_ho_so is null or c.observed is distinct from k.observed
        """,
    ),
    Rule(
        "ledger_truth",
        "Sửa theo đáp án thì được đúng giá trị thật.",
        """
        select k.ma_ho_so
        from ledger k join cell c
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
        select ma_ho_so from cell c
        where c.observed is distinct from c.truth and c."column" <> 'tt_xac_minh'
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
           or recoverability is distinct from case source when 'cell' then 'from_cell'
             when 'reference' then 'from_reference_list' else 'needs_source_document' end
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
        "answers_rederived",
        "Từ bằng chứng suy lại được một trong các đáp án được chấp nhận.",
        """
        select ma_ho_so from proof where not derived
        """,
    ),
    Rule(
        "decoys_untouched",
        "Hồ sơ bẫy không có dòng đáp án nào.",
        """
        select distinct ma_ho_so from record semi join ledger using (ma_ho_so)
        where decoy is not null
        """,
    ),
    Rule(
        "decoys_true",
        "Bẫy đúng như tên gọi: D01 có mã tỉnh khác 079; D10 là nữ đệm Văn hoặc nam đệm Thị; D11 "
        "sinh từ 2007, dùng điện thoại của chủ hộ; D13 sinh từ 2000, có số 12 chữ số; D14 có số 9 "
        "chữ số.",
        """
        select ma_ho_so from record r where decoy is not null
          and not exists (from lookalike a where a.ma_ho_so = r.ma_ho_so and a.kind = r.decoy)
        """,
    ),
)
