"""What must hold between the records, the people and doses behind them, and the signatures."""

from __future__ import annotations

from sosach.verification.result import Rule

__all__ = ["LINK_RULES"]

LINK_RULES = (
    Rule(
        "link_records",
        "Mỗi hồ sơ có đúng một dòng trong link, và một dòng nữa nếu người khác bị gộp vào.",
        """
        select ma_ho_so
        from (select ma_ho_so, 1 as here, 0 as linked, 0 as split from doi_tuong union all
              select ma_ho_so, 0, (role is distinct from 'split')::int, (role = 'split')::int
              from link where ma_mui is null and dose_id is null)
        group by ma_ho_so having sum(here) <> 1 or sum(linked) <> 1 or sum(split) > 1
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
        "link_words",
        "Mỗi dòng link có đủ và chỉ có những gì hợp với vai trò của nó; bẫy ghi ở dòng của hồ sơ.",
        """
        select coalesce(ma_mui, ma_ho_so) from link
        where not coalesce(case
          when ma_mui is null and dose_id is null
          then person_id is not null and role in ('original', 'duplicate', 'split')
               and (keep_ma_ho_so is not null) = (role = 'duplicate')
               and (decoy is null
                    or (role = 'original' and list_contains(getvariable('decoys'), decoy)))
          when decoy is not null then false
          when ma_mui is null then person_id is not null and role = 'missing'
                                   and keep_ma_ho_so is null
          when dose_id is null then person_id is null and role = 'intruder'
                                    and keep_ma_ho_so is null
          else person_id is not null and role in ('original', 'split', 'duplicate')
               and (keep_ma_ho_so is null or role = 'original') end, false)
        """,
    ),
    Rule(
        "link_truth",
        "Link chỉ tới người và mũi có thật; mũi là của người có trong hồ sơ đó; mỗi người một hồ "
        "sơ, và một hồ sơ trùng là cùng; mỗi mũi thật có đúng một chỗ.",
        """
        select l.ma_ho_so from link l anti join dan_cu using (person_id)
        where l.role is distinct from 'intruder'
        union all
        select l.ma_ho_so from link l left join mui_that t using (dose_id)
        where l.dose_id is not null and t.person_id is distinct from l.person_id
        union all
        select l.ma_ho_so
        from link l left join record r using (ma_ho_so, person_id)
        left join registered s on s.ma_ho_so = l.ma_ho_so and s.person_id = l.person_id
        where (l.dose_id is not null or l.ma_mui is not null) and not coalesce(case l.role
          when 'intruder' then true when 'split' then s.role = 'split'
          when 'original' then r.role in ('original', 'duplicate')
               and l.keep_ma_ho_so is not distinct from r.keep_ma_ho_so
          else r.role = 'original' end, false)
        union all
        select person_id
        from link where ma_mui is null and dose_id is null
        group by person_id having count(*) filter (role <> 'duplicate') <> 1 or count(*) > 2
        union all
        select b.ma_ho_so from record b left join record a
          on a.ma_ho_so = b.keep_ma_ho_so and a.person_id = b.person_id and a.role = 'original'
        where b.role = 'duplicate' and a.ma_ho_so is null
        union all
        select dose_id from mui_that t left join link l using (dose_id)
        group by dose_id having count(*) filter (l.role <> 'duplicate') <> 1 or count(*) > 2
        """,
    ),
    Rule(
        "incidents_recorded",
        "Hồ sơ trùng, gộp nhầm và mũi trùng, thiếu, lạ trong link là các sự cố trong đáp án.",
        # each way to be other than original has its own causes; the dose that is missing stands
        # in the evidence, for it has no line
        """
        with struck as (
          select ma_ho_so, ma_mui, if(cause = 'E50', evidence.key, null) as dose_id,
                 case cause when 'E40' then 'duplicate' when 'E41' then 'duplicate'
                   when 'E42' then 'duplicate' when 'E43' then 'intruder' when 'E44' then 'split'
                   when 'E50' then 'missing' end as role, 1 as told, 0 as there
          from ledger where "column" is null and cause <> 'E18'
        ), every as (
          from struck union all
          select ma_ho_so, ma_mui, if(role = 'missing', dose_id, null), role, 0, 1
          from link where role in ('duplicate', 'intruder', 'missing')
                       or (role = 'split' and ma_mui is null)
        )
        select ma_ho_so from every group by ma_ho_so, ma_mui, dose_id, role
        having sum(told) <> 1 or sum(there) <> 1
        """,
    ),
    Rule(
        "incidents_apart",
        "Mỗi hồ sơ có nhiều nhất một sự cố; hồ sơ trùng hay bị gộp không có ô nào sai, và dòng "
        "mũi của hồ sơ có sự cố cũng vậy.",
        """
        select ma_ho_so from involved where times > 1
        union all
        select k.ma_ho_so from ledger k join involved i using (ma_ho_so)
        where k."column" is not null and (k.ma_mui is not null or i.cause in ('E40', 'E44'))
        """,
    ),
    Rule(
        "signatures",
        "Chỉ hồ sơ xác minh Đúng, không có sự cố và không có ô mũi tiêm nào sai mới được ký, và "
        "khi đó mọi mũi đều ký.",
        # what E92 and E93 spoil is the signature itself
        """
        with hand as (
          select ma_ho_so from mui_tiem
          group by ma_ho_so having bool_or(tt_ky = 'Đã ký')
        )
        select d.ma_mui from mui_tiem d semi join hand using (ma_ho_so)
        where tt_ky <> 'Đã ký'
        union all
        select h.ma_ho_so from hand h left join record r using (ma_ho_so)
        where r.role is distinct from 'original' or r.tt_xac_minh <> 'Đúng'
           or ma_ho_so in (select ma_ho_so from involved)
           or ma_ho_so in (select ma_ho_so from ledger
                           where ma_mui is not null and cause not in ('E92', 'E93'))
        """,
    ),
)
