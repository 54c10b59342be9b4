"""How often each cause and decoy could have struck, in SQL over one ward.

Decoys are chosen before the causes, each among records that are none yet. A cause strikes cells
of its column that no earlier cause has spoiled, an incident records that no earlier one has.
"""

from __future__ import annotations

from collections.abc import Mapping

from sosach.verification.facts import CELL_CAUSES, INCIDENTS

__all__ = ["ELIGIBLE"]

#: of citizens' records that are no decoy and neither doubled nor merged (E70: of foreigners')
_RECORDS = {
    "E73": "not child and not year_only",
    "E72": "is_cccd(so_giay_to)",
    "E71": "child",
    "E07": "not child and head_number is not null",
    "E06": "so_cmnd_cu <> ''",
    "E01": "not child",
    "E03": "left(so_giay_to, 1) = '0'",
    "E04": "is_cccd(so_giay_to)",
    "E05": "is_cccd(so_giay_to)",
    "E13": "year_only",
    "E11": "not year_only",
    "E30": "don_vi <> '' and so_dien_thoai <> shared_phone",
    "E33": "xa in (select xa from old_district)",
    "E09": "not spoiled",
    "E90": "not spoiled",
    "E70": "foreigner",
}

#: of the lines in citizens' records that are no decoy and in no incident
_LINES = {
    "E51": "mui = 'CB2' and first_day is not null",
    "E54": "mui = 'CB2' and given - first_day > 12",
    "E58": "mui = 'CB1' and age < 18",
    "E52": "mui = 'CB2'",
    "E57": "not list_contains(slots, "
    "case mui when 'BS' then 'NL1' when 'NL1' then 'BS' when 'CB3' then 'NL1' end)",
    "E59": "not trong_danh_muc",
    "E60": "noi_tiem = 'NGOAI'",
    "E92": "signed",
    "E93": "signed",
}

#: of citizens with a true dose who are no decoy; E44 counts pairs
_PEOPLE = {
    "E18": "tinh_trang <> 'sống'",
    "E44": "first_of_two",
    "E40": "doses >= 2",
    "E50": "doses >= 2",
    "E43": "last_slot in ('CB1', 'CB2') and last_vaccine <> 'Janssen' "
    "and last_day + 100 <= getvariable('as_of')",
    "E41": "true",
    "E42": "true",
}

_DOSE_COLUMNS = ("ngay_tiem", "mui", "ten_vac_xin", "so_lo", "co_so_tiem", "don_vi_nhap", "tt_ky")


def _counts(conditions: Mapping[str, str]) -> str:
    counts = ", ".join(f"count(*) filter ({condition})" for condition in conditions.values())
    kinds = ", ".join(f"'{kind}'" for kind in conditions)
    return f"unnest([{kinds}]) as kind, unnest([{counts}]) as eligible"


def _cells(columns: Mapping[str, list[str]], special: Mapping[str, str]) -> str:
    """Count for each cause the cells that are its kind and not yet taken when its turn comes."""
    return _counts(
        {
            cause: f"({special.get(cause, 'true')}) and rank_{column} >= {rank}"
            + ("" if cause == "E70" else " and not foreigner")
            for column, causes in columns.items()
            for rank, cause in enumerate(causes)
            if (column, cause) not in (("ho_ten", "E73"), ("ngay_sinh", "E73"))
        }
    )


def _incidents() -> dict[str, str]:
    """Tell for each incident whom none that came before has struck."""
    turn = {cause: rank for rank, cause in enumerate(INCIDENTS)}
    return {
        cause: f"{condition} and coalesce(incident_rank, 99) >= {turn.get(cause, 0)}"
        for cause, condition in _PEOPLE.items()
    }


def _taken(columns: Mapping[str, list[str]]) -> str:
    return ", ".join(
        f"""coalesce(min(rank) filter ("column" = '{column}'), 99) as rank_{column}"""
        for column in columns
    )


def _free(columns: Mapping[str, list[str]]) -> str:
    return ", ".join(f"coalesce(rank_{column}, 99) as rank_{column}" for column in columns)


_OF_LINES = {column: CELL_CAUSES[column] for column in _DOSE_COLUMNS}
_OF_RECORDS = {c: causes for c, causes in CELL_CAUSES.items() if c not in _DOSE_COLUMNS}

# words of ours: nothing from outside stands in these queries
_RECORD_COUNTS = f"""
  select {_cells(_OF_RECORDS, _RECORDS)} from (
    select r.*, s.don_vi, shared_phone, coalesce(spoiled, false) as spoiled, {_free(_OF_RECORDS)}
    from registered r join record s on s.ma_ho_so = r.ma_ho_so and s.person_id = r.person_id
    left join colleague c on c.don_vi = s.don_vi
    left join (
      select ma_ho_so, bool_or("column" <> 'tt_xac_minh') as spoiled, {_taken(_OF_RECORDS)}
      from ledger join kind using (cause, "column") where ma_mui is null group by ma_ho_so
    ) struck on struck.ma_ho_so = r.ma_ho_so
    where r.role = 'original' and r.decoy is null
      and coalesce(incident not in ('E44', 'E40'), true))
"""  # noqa: S608

_LINE_COUNTS = f"""
  select {_cells(_OF_LINES, _LINES)} from (
    select t.mui, t.given, t.age, t.noi_tiem, s.trong_danh_muc, r.foreigner, r.first_day, r.slots,
           signed.ma_mui is not null as signed, {_free(_OF_LINES)}
    from link l join course t using (dose_id) join registered r on r.person_id = l.person_id
    left join co_so s on s.co_so_tiem = t.noi_tiem
    left join (select ma_mui from mui_tiem where tt_ky = 'Đã ký') signed
      on signed.ma_mui = l.ma_mui
    left join (
      select ma_mui, {_taken(_OF_LINES)} from ledger join kind using (cause, "column")
      where ma_mui is not null group by ma_mui
    ) struck on struck.ma_mui = l.ma_mui
    where l.role = 'original' and l.ma_mui is not null and r.decoy is null
      and r.incident is null and not r.foreigner)
"""  # noqa: S608

# whose record notes a death or a move keeps it
_PERSON_COUNTS = f"""
  select {_counts(_incidents())} from (
    select registered.*, count(*) over same = 2 and row_number() over same = 1
           and not bool_or(leaver.ma_ho_so is not null) over same as first_of_two
    from registered left join (
      select ma_ho_so, evidence.key as person_id from ledger where cause = 'E18'
    ) leaver using (ma_ho_so, person_id)
    where decoy is null and not foreigner
    window same as (partition by ho_ten, ngay_sinh, gioi_tinh))
"""  # noqa: S608

_DECOY_COUNTS = """
  select kind, count(*) filter (not taken and coalesce(chosen.rank, 99) >= turn.rank)
  from lookalike join decoy_rank turn on turn.decoy = kind
  left join decoy_rank chosen on chosen.decoy = lookalike.decoy group by kind
"""

ELIGIBLE = " union all ".join((_RECORD_COUNTS, _LINE_COUNTS, _PERSON_COUNTS, _DECOY_COUNTS))
