"""What each artefact asks for: the forms that exercises are made of.

Labels come from ``action_codes.csv`` and ``reason_codes.csv``, so that screen, Excel and marks use
one set of words.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from generator.facts import table
from sosach.review.actions import DECISION, Action, Choice, Form

__all__ = [
    "GROUPS",
    "LEAVE_OUT",
    "decision_form",
    "feedback_form",
    "figure_form",
    "group_form",
    "verdict_form",
    "with_rules",
]

#: groups of CV 2262/BYT-CNTT of 4 May 2022; the letters are the ministry's
GROUPS = ("a", "b", "c")
LEAVE_OUT = "khong"
#: actions that concern a dose, a cell or another record, and what they ask for
ASKS: Mapping[str, tuple[str, ...]] = {
    "NORMALIZE": ("field", "value", "reason"),
    "FIX_FROM_SOURCE": ("field", "value", "reason"),
    "IMPORT_ID": ("value", "reason"),
    "UPDATE_FROM_POLICE": ("field", "value", "reason"),
    "MERGE": ("related", "reason"),
    "DELETE_DUP_DOSE": ("dose", "related", "reason"),
    "REMOVE_DOSE": ("dose", "reason"),
}
RELATED = {"MERGE": "Gộp với hồ sơ nào?", "DELETE_DUP_DOSE": "Giữ mũi nào?"}
#: reasons that fit an action: kinds (``used_for`` of reason_codes.csv), or codes
REASONS: Mapping[str, tuple[str, ...]] = {
    "NORMALIZE": ("normalize", "dose"),
    "FIX_FROM_SOURCE": ("dose",),
    "REFER_POLICE": ("list", "duplicate"),
    "IMPORT_ID": ("list",),
    "UPDATE_FROM_POLICE": ("list",),
    "MERGE": ("trung_ho_so",),
    "SPLIT": ("hai_nguoi_khac_nhau",),
    "DELETE_DUP_DOSE": ("trung_mui",),
    "REMOVE_DOSE": ("dose",),
    "ADD_DOSE": ("thieu_mui",),
    "ASK_FACILITY": ("dose",),
    "CONTACT_CITIZEN": ("list", "dose"),
    "TRANSFER": ("police answer", "dose"),
    "FOREIGNER_PATH": ("special",),
    "HOLD": ("duplicate", "dose", "police answer", "signing"),
    "REPORT_UP": ("police answer", "signing", "dose"),
    "REPORT_SYSTEM": ("system",),
    "SIGN": ("du_dieu_kien_ky",),
    "KEEP": ("du_lieu_dung", "hai_nguoi_khac_nhau"),
}
REFUSALS = "feedback rejection (CV 9458)"
#: cells of a record and of a dose that a station may decide on one by one
FIELDS = ("ho_ten", "ngay_sinh", "gioi_tinh", "so_giay_to", "so_dien_thoai", "huyen")
DOSE_FIELDS = ("mui", "ten_vac_xin", "ngay_tiem", "so_lo", "co_so_tiem", "don_vi_nhap")


def group_form(rules: Mapping[str, str] | None = None, document: str = "") -> Form:
    """Return the form of ``danh_sach.csv``: one of the groups of CV 2262, or left out.

    Parameters
    ----------
    rules : mapping, optional
        Group, or ``khong`` -> when it is right.
    document : str
        Id of the document that says so.

    Returns
    -------
    Form
    """
    words = {
        "a": ("Nhóm a", "Không có số CCCD/CMND"),
        "b": ("Nhóm b", "Số sai định dạng"),
        "c": ("Nhóm c", "Sai thông tin cơ bản"),
        LEAVE_OUT: ("Không đưa vào", "Không cần gửi đối chiếu"),
    }
    actions = tuple(
        Action(
            code,
            label,
            note,
            listed=code in GROUPS,
            rule=(rules or {}).get(code, ""),
            document=document,
        )
        for code, (label, note) in words.items()
    )
    columns = {"ma_ho_so": "ma_ho_so", "nhom": "hanh_dong"}
    return Form("danh_sach.csv", columns, "Hồ sơ này vào nhóm nào?", actions)


def decision_form(
    codes: Sequence[str],
    rules: Mapping[str, tuple[str, str]] | None = None,
    receivers: Mapping[str, str] | None = None,
) -> Form:
    """Return the form of ``quyet_dinh.csv`` with some of the 22 actions.

    Parameters
    ----------
    codes : sequence of str
        At most nine codes of ``action_codes.csv``, in the order of the keys. ``KEEP/<reason>``
        is a button of its own for one reason, as ``KEEP/hai_nguoi_khac_nhau``: one key.
    rules : mapping, optional
        Code -> (when it is right, id of the document that says so).
    receivers : mapping, optional
        Where a record may be transferred to: code -> name.

    Returns
    -------
    Form
    """
    actions = with_rules(map(_action, codes), rules or {})
    if receivers:
        actions = tuple(
            _with_receivers(action, receivers) if action.code == "TRANSFER" else action
            for action in actions
        )
    return Form(
        artefact="quyet_dinh.csv",
        columns={name: name for name in DECISION},
        question="Hồ sơ này xử lý thế nào?",
        actions=actions,
        reasons=_reasons(code for action in actions for code in action.reasons),
        fields=FIELDS,
        dose_fields=DOSE_FIELDS,
        several=True,
    )


def feedback_form(
    receivers: Mapping[str, str], rules: Mapping[str, tuple[str, str]] | None = None
) -> Form:
    """Return the form of ``phan_anh.csv`` (CV 9458).

    Parameters
    ----------
    receivers : mapping
        Where a letter may be transferred to: code -> name.
    rules : mapping, optional
        As in `decision_form`.

    Returns
    -------
    Form
    """
    refusals = tuple(row["code"] for row in table("reason_codes") if row["used_for"] == REFUSALS)
    labels = _labels()
    actions = (
        Action("ACCEPT_FEEDBACK", labels["ACCEPT_FEEDBACK"]),
        Action("DEFER_FEEDBACK", labels["DEFER_FEEDBACK"]),
        Action("REJECT_FEEDBACK", labels["REJECT_FEEDBACK"], needs=("reason",), reasons=refusals),
        _with_receivers(Action("TRANSFER", labels["TRANSFER"]), receivers),
    )
    columns = {
        "ma_phan_anh": "ma_ho_so",
        "hanh_dong": "hanh_dong",
        "ly_do": "ly_do",
        "noi_chuyen": "ma_lien_quan",
    }
    return Form(
        "phan_anh.csv",
        columns,
        "Trả lời phản ánh này thế nào?",
        with_rules(actions, rules or {}),
        unit="phản ánh",
        reasons=_reasons(refusals),
    )


def verdict_form(
    verdicts: Mapping[str, str], reasons: Mapping[str, str], unit: str = "mục"
) -> Form:
    """Return the form of ``ket_luan.csv``.

    Parameters
    ----------
    verdicts : mapping
        Code -> label, at most nine.
    reasons : mapping
        Code -> label; empty where a verdict speaks for itself.
    unit : str
        What one thing to judge is called.

    Returns
    -------
    Form
    """
    needs = ("reason",) if reasons else ()
    actions = tuple(
        Action(code, label, needs=needs, reasons=tuple(reasons)) for code, label in verdicts.items()
    )
    columns = {"doi_tuong_kiem_tra": "ma_ho_so", "ket_luan": "hanh_dong", "ly_do": "ly_do"}
    listed = tuple(Choice(code, label) for code, label in reasons.items())
    return Form("ket_luan.csv", columns, "Kết luận thế nào?", actions, unit=unit, reasons=listed)


def figure_form() -> Form:
    """Return the form of ``so_lieu.csv``: every figure is typed."""
    action = Action("GHI", "Ghi số liệu", needs=("value",), asks="Số liệu")
    columns = {"chi_tieu": "ma_ho_so", "gia_tri": "gia_tri_moi"}
    return Form("so_lieu.csv", columns, "Số liệu là bao nhiêu?", (action,), unit="chỉ tiêu")


def with_rules(
    actions: Iterable[Action], rules: Mapping[str, tuple[str, str]]
) -> tuple[Action, ...]:
    """Return actions that say when they are right.

    Parameters
    ----------
    actions : iterable of Action
    rules : mapping
        Code -> (when it is right, id of the document that says so).

    Returns
    -------
    tuple of Action
    """
    told = ((action, *rules.get(action.code, ("", ""))) for action in actions)
    return tuple(replace(action, rule=rule, document=name) for action, rule, name in told)


def _action(code: str) -> Action:
    code, _, reason = code.partition("/")
    if reason:
        label = next(r["meaning_vi"] for r in table("reason_codes") if r["code"] == reason)
        return Action(code, label, needs=("reason",), reasons=(reason,))
    kinds = REASONS.get(code, ())
    rows = table("reason_codes")
    reasons = tuple(r["code"] for r in rows if r["used_for"] in kinds or r["code"] in kinds)
    needs = ASKS.get(code, ("reason",))
    return Action(code, _labels()[code], needs=needs, reasons=reasons, asks=RELATED.get(code, ""))


def _with_receivers(action: Action, receivers: Mapping[str, str]) -> Action:
    choices = tuple(Choice(code, label) for code, label in receivers.items())
    needs = ("related", *action.needs)
    return replace(action, needs=needs, related=choices, asks="Chuyển đến đâu?")


def _labels() -> dict[str, str]:
    return {row["code"]: row["meaning_vi"] for row in table("action_codes")}


def _reasons(codes: Iterable[str]) -> tuple[Choice, ...]:
    wanted = set(codes)
    rows = (row for row in table("reason_codes") if row["code"] in wanted)
    return tuple(Choice(row["code"], row["meaning_vi"]) for row in rows)
