"""What is to be done about every record: the right actions, and none but those."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from typing import Any

from generator.vietnamese import same_spelling
from sosach.grading.rubrics.balance import EDIT, REFERRAL, SIGN, Finding, Judgement, strangers
from sosach.grading.rubrics.key import Act, Demand, Duty, Key
from sosach.grading.rubrics.words import in_words

__all__ = ["EDITS", "REFERRALS", "decisions"]

#: actions that change the register, and those that give others work [ours]
EDITS = frozenset(
    (
        *("NORMALIZE", "FIX_FROM_SOURCE", "IMPORT_ID", "UPDATE_FROM_POLICE", "MERGE", "SPLIT"),
        *("DELETE_DUP_DOSE", "REMOVE_DOSE", "ADD_DOSE", "FOREIGNER_PATH"),
    )
)
REFERRALS = frozenset(
    ("REFER_POLICE", "ASK_FACILITY", "CONTACT_CITIZEN", "TRANSFER", "REPORT_UP", "REPORT_SYSTEM")
)
#: harm -> the actions that do it where they are not asked for
_HARMFUL = {SIGN: frozenset(["SIGN"]), EDIT: EDITS, REFERRAL: REFERRALS}

Row = Mapping[str, str]


def decisions(rows: Iterable[Row], key: Key, parameters: Mapping[str, Any]) -> Judgement:
    """Judge the decisions about every record.

    A record is right if every demand is met by a decision, and every decision meets a demand or
    is allowed beside them. No decision, no credit: leaving a clean record alone is a decision
    too (``KEEP``). Kinds are the expected actions.

    Parameters
    ----------
    rows : iterable of mapping
        Rows of ``quyet_dinh.csv``: ``ma_ho_so, ma_mui, truong, hanh_dong, gia_tri_moi,
        ma_lien_quan`` with English action codes.
    key : Key
        Its `duties`.
    parameters : mapping
        Unused: this rubric has none.

    Returns
    -------
    Judgement

    References
    ----------
    .. [1] ``error_taxonomy.csv``: must, may and never of every error. Weights are ours.
    """
    decided: dict[str, list[Row]] = {}
    for row in rows:
        for told in _both_sides(row, key.duties):
            decided.setdefault(told["ma_ho_so"], []).append(told)
    strays, notes = strangers(decided, key.duties, "mã hồ sơ")
    findings = [_finding(code, duty, decided.get(code, [])) for code, duty in key.duties.items()]
    return Judgement(findings, frozenset(), strays, notes)


def _both_sides(row: Row, known: Container[str]) -> Iterator[Row]:
    """Yield a decision, and a merger once more as the other record sees it."""
    yield row
    other = row.get("ma_lien_quan", "")
    if row["hanh_dong"] == "MERGE" and other in known and other != row["ma_ho_so"]:
        yield {**row, "ma_ho_so": other, "ma_lien_quan": row["ma_ho_so"]}


def _finding(code: str, duty: Duty, rows: Sequence[Row]) -> Finding:
    ways = [*(act for demand in duty.demands for act in demand), *duty.may]
    wrong = [row for row in rows if not any(meets(row, act) for act in ways)]
    unmet = [d for d in duty.demands if not any(meets(row, act) for row in rows for act in d)]
    right = not (wrong or unmet)
    allowed = {act.action for act in ways}
    return Finding(
        code,
        right,
        "Đúng." if right else _why_wrong(duty, rows, wrong, unmet),
        kind=duty.kind,
        basis="" if right else duty.basis,
        causes=duty.causes,
        answer="+".join(sorted({row["hanh_dong"] for row in rows})),
        exposed=frozenset(harm for harm, acts in _HARMFUL.items() if not acts & allowed),
        harms=frozenset(
            harm for harm, acts in _HARMFUL.items() if any(r["hanh_dong"] in acts for r in wrong)
        ),
    )


def meets(row: Row, act: Act) -> bool:
    """Tell whether a decision is this act: the right action on the right thing, as it should be."""
    return (
        row["hanh_dong"] == act.action
        and _fits_dose(row.get("ma_mui", ""), act)
        and _fits_cell(row.get("truong", ""), act)
        and _names_other(row, act)
        and (not act.values or is_value(row.get("gia_tri_moi", ""), act.values))
    )


def _fits_cell(column: str, act: Act) -> bool:
    """Tell whether a decision is about the right cell; what changes none may name any."""
    return not act.column or column in ("", act.column)


def _fits_dose(dose: str, act: Act) -> bool:
    """Tell whether a decision is about the right dose; what changes nothing may name any."""
    if act.doses:
        return dose in act.doses
    return not (dose and (act.column or act.related))


def _names_other(row: Row, act: Act) -> bool:
    other = row.get("ma_lien_quan", "")
    return not act.related or (other in act.related and other != row.get("ma_mui", ""))


def is_value(found: str, accepted: Iterable[str]) -> bool:
    """Tell whether a value is one of the right ones; spelling rules, case and spaces are free."""
    return any(same_spelling(found, value) for value in accepted)


def _why_wrong(
    duty: Duty, rows: Sequence[Row], wrong: Sequence[Row], unmet: Sequence[Demand]
) -> str:
    title = duty.title or "các thông tin đều khớp"
    wanted = ", và ".join(
        dict.fromkeys(in_words((act.action for act in d), " hoặc ") for d in duty.demands)
    )
    if not rows:
        return f"Chưa có quyết định. Cần: {wanted}. Hồ sơ này: {title}."
    if not unmet:
        extra = in_words(row["hanh_dong"] for row in wrong)
        only = f" Chỉ cần: {wanted}." if wanted else ""
        return f"Thừa việc: {extra}.{only} Hồ sơ này: {title}."
    done = in_words(row["hanh_dong"] for row in rows)
    near = next((n for d in unmet for a in d for r in rows if (n := _near_miss(r, a))), "")
    return f"Cần: {wanted}; anh/chị đã chọn: {done}.{near} Hồ sơ này: {title}."


def _near_miss(row: Row, act: Act) -> str:
    """Say what is missing where the action is the right one, "" where it is not."""
    if row["hanh_dong"] != act.action:
        return ""
    if not _fits_cell(row.get("truong", ""), act):
        return f" Đúng việc, nhưng ô cần sửa là {act.column}."
    if not _fits_dose(row.get("ma_mui", ""), act):
        return " Đúng việc, nhưng chưa chỉ đúng mũi."
    if not _names_other(row, act):
        return " Đúng việc, nhưng hồ sơ hoặc mũi liên quan chưa đúng."
    return " Đúng việc, nhưng giá trị mới chưa đúng."
