"""Excel as an equal way: a work file with drop-downs, and what comes back from it.

Every row stands for itself: a row that cannot be read is named with its number and what to do,
the others count. An empty row changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from generator.facts import table
from generator.problems import nearest
from generator.vietnamese import nfc
from sosach.grading.artefacts import read_sheet
from sosach.publish.workfile import Asked, write_workfile
from sosach.review.actions import DECISION, Action, Form
from sosach.review.casefile import CaseFile, Record

__all__ = ["WORKFILE", "Filled", "read_filled", "write_empty"]

#: in the exercise folder, not in ``bai_nop/``: what is handed in is made from it
WORKFILE = "phieu_lam_bai.xlsx"
#: column of an artefact -> its title; `sosach.grading.artefacts.header_name` leads back
TITLES = {
    "ma_ho_so": "Mã hồ sơ",
    "nhom": "Nhóm",
    "ma_mui": "Mã mũi",
    "truong": "Trường",
    "hanh_dong": "Hành động",
    "gia_tri_moi": "Giá trị mới",
    "ma_lien_quan": "Mã liên quan",
    "ly_do": "Lý do",
    "ma_phan_anh": "Mã phản ánh",
    "noi_chuyen": "Nơi chuyển",
    "doi_tuong_kiem_tra": "Đối tượng kiểm tra",
    "ket_luan": "Kết luận",
    "chi_tieu": "Chỉ tiêu",
    "gia_tri": "Giá trị",
    "token": "Token",
}
#: rows below for records that need more than one action
SPARE = 40
NEED = {
    "dose": ("ma_mui", "Hãy ghi mã mũi."),
    "field": ("truong", "Hãy chọn ô cần sửa."),
    "value": ("gia_tri_moi", "Hãy ghi giá trị mới."),
    "related": ("ma_lien_quan", "Hãy ghi mã liên quan."),
    "reason": ("ly_do", "Hãy chọn lý do."),
}

Decision = dict[str, str]


@dataclass(frozen=True)
class Filled:
    """What a work file says.

    Attributes
    ----------
    decisions : list of dict
        Keys of `DECISION`, from the rows that can be read.
    errors : list of str
        One sentence per row that cannot, with its number.
    """

    decisions: list[Decision]
    errors: list[str]


def write_empty(case: CaseFile, decisions: Iterable[Mapping[str, str]], path: Path) -> None:
    """Write the work file of an exercise, with what is decided already.

    Parameters
    ----------
    case : CaseFile
    decisions : iterable of mapping
        What is decided, with the keys of `DECISION`.
    path : Path
        Where it goes.
    """
    form, key = case.form, _key_column(case.form)
    by_record: dict[str, list[Mapping[str, str]]] = {record.id: [] for record in case.records}
    for decision in decisions:
        by_record.setdefault(decision["ma_ho_so"], []).append(decision)
    rows = [_row(case, record, by_record[record.id]) for record in case.records]
    more = [_row(case, r, [d]) for r in case.records for d in by_record[r.id][1:]]
    write_workfile(
        path,
        _guide(case),
        [
            TITLES[key],
            *(column.label for column in case.columns),
            *(["Các mũi tiêm"] * _dosed(case)),
        ],
        [Asked(TITLES[c], *_words(case, part)) for c, part in _asked(form)],
        [*rows, *more],
        {**_dose_sheet(case), **_paper_sheet(case)},
        SPARE if form.several else 0,
    )


def read_filled(case: CaseFile, name: str, data: bytes) -> Filled:
    """Read a work file, whatever program saved it.

    Parameters
    ----------
    case : CaseFile
        Whose records and actions it is about.
    name : str
        File name, for messages.
    data : bytes
        Its content.

    Returns
    -------
    Filled

    Raises
    ------
    Refusal
        If the file is no table, or a column of the artefact is missing.
    """
    columns = tuple(case.form.columns)
    sheet = read_sheet(name, data, columns)
    if sheet.missing:
        titles = ", ".join(TITLES[column] for column in sheet.missing)
        return Filled([], [f"Tệp {name} thiếu cột {titles}. Hãy dùng đúng phiếu đã tạo."])
    found, errors = [], []
    for number, cells in sheet.rows:
        raw = {case.form.columns[column]: cells[column] for column in columns}
        if any(text for part, text in raw.items() if part != "ma_ho_so"):
            decision, trouble = _read_row(case, raw)
            errors += [f"dòng {number}: {sentence}" for sentence in trouble]
            found += [] if trouble else [(number, decision)]
    decisions, repeated = _without_repeats(case.form, found)
    return Filled(decisions, [*errors, *repeated])


# --- writing ------------------------------------------------------------------------------


def _key_column(form: Form) -> str:
    return next(column for column, part in form.columns.items() if part == "ma_ho_so")


def _asked(form: Form) -> list[tuple[str, str]]:
    return [(column, part) for column, part in form.columns.items() if part != "ma_ho_so"]


def _dosed(case: CaseFile) -> bool:
    return any(record.doses for record in case.records)


def _words(case: CaseFile, part: str) -> tuple[tuple[str, ...], bool]:
    """Return the words of a drop-down, and whether anything else may be typed as well."""
    actions = case.form.actions if part == "ma_lien_quan" else ()
    free = any("related" in action.needs and not action.related for action in actions)
    return tuple(label for _, label in _choices(case, part)), free


def _choices(case: CaseFile, part: str, action: str = "") -> list[tuple[str, str]]:
    """Return the closed list of a part of a decision, code and words; of one action, or of all."""
    form, columns = case.form, (*case.columns, *case.dose_columns)
    actions = [a for a in form.actions if action in ("", a.code)]
    fields = {*form.fields, *form.dose_fields}
    lists: dict[str, Iterable[tuple[str, str]]] = {
        "hanh_dong": ((action.code, _label(action)) for action in form.actions),
        "ly_do": ((reason.code, reason.label) for reason in form.reasons),
        "ma_lien_quan": ((c.code, c.label) for a in actions for c in a.related),
        "truong": ((column.name, column.label) for column in columns if column.name in fields),
    }
    return list(lists.get(part, ()))


def _label(action: Action) -> str:
    return f"{action.label}: {action.note}" if action.note else action.label


def _row(case: CaseFile, record: Record, decided: Sequence[Mapping[str, str]]) -> list[str]:
    names = case.names or {}
    cells = [names.get(text, text) for text in record.cells]
    doses = ["; ".join(" ".join(dose.cells[:3]) for dose in record.doses)] * _dosed(case)
    decision = decided[0] if decided else {}
    answers = [_shown(case, part, decision.get(part, "")) for _, part in _asked(case.form)]
    return [record.id, *cells, *doses, *answers]


def _shown(case: CaseFile, part: str, code: str) -> str:
    return dict(_choices(case, part)).get(code, code)


def _dose_sheet(case: CaseFile) -> dict[str, tuple[list[str], list[list[str]]]]:
    """Return the sheet of all doses, none where there are none."""
    header = ["Mã hồ sơ", "Mã mũi", *(column.label for column in case.dose_columns)]
    lines = [[r.id, dose.id, *dose.cells] for r in case.records for dose in r.doses]
    return {"Mũi tiêm": (header, lines)} if lines else {}


def _paper_sheet(case: CaseFile) -> dict[str, tuple[list[str], list[list[str]]]]:
    """Return the sheet of what lies beside the records, a line per cell of a paper."""
    columns = {column.name: column.label for column in (*case.columns, *case.dose_columns)}
    names = case.names or {}
    lines = []
    for record in case.records:
        for paper in record.papers:
            told = {columns.get(name, name): text for name, text in (paper.cells or {}).items()}
            said = {**told, **({"Ghi trên giấy": paper.text} if paper.text else {})}
            lines += [
                [record.id, paper.title, paper.source, name, names.get(text, text)]
                for name, text in said.items()
            ]
    return {"Giấy tờ": (["Mã", "Giấy tờ", "Nguồn", "Ô", "Nội dung"], lines)} if lines else {}


def _guide(case: CaseFile) -> list[str]:
    form = case.form
    lines = [
        f"{case.title}: phiếu làm bài bằng Excel",
        "DỮ LIỆU GIẢ LẬP: mọi người trong bài đều do máy tạo ra.",
        "1. Mở trang Bài làm. Các cột bên trái để đọc, các ô tô màu bên phải để điền.",
        "2. Bấm vào ô tô màu, chọn trong danh sách thả xuống. Chưa quyết định thì để trống.",
        "3. Lưu tệp, giữ nguyên tên. Trong JupyterLab: bấm Thêm, rồi Nhập phiếu Excel. Nếu giảng "
        "viên gửi riêng tệp này: gửi lại tệp cho giảng viên.",
        "4. Dòng nào chưa đúng sẽ được báo theo số dòng; các dòng khác vẫn được nhận.",
    ]
    if form.several:
        lines.append(
            "Hồ sơ cần thêm một việc nữa: ghi mã hồ sơ và việc đó vào một dòng trống ở cuối trang."
        )
    rules = [f"{_label(action)}: {action.rule}" for action in form.actions if action.rule]
    return [*lines, *(["Khi nào chọn gì:"] if rules else []), *rules]


# --- reading ------------------------------------------------------------------------------


def _read_row(case: CaseFile, raw: Mapping[str, str]) -> tuple[Decision, list[str]]:
    """Return the decision of one row, and what is wrong with it."""
    decision: Decision = dict.fromkeys(DECISION, "") | {"hanh_dong": case.form.only} | dict(raw)
    trouble = _unknown_record(case, decision["ma_ho_so"])
    for column, part in case.form.columns.items():
        chosen = decision["hanh_dong"] if part == "ma_lien_quan" else ""
        choices = _choices(case, part, chosen)
        if decision[part] and choices:
            code, sentence = _code(column, part, decision[part], choices)
            decision[part] = code
            trouble += sentence
    if not trouble:
        trouble = list(_lacks(case, decision))
    return decision, trouble


def _unknown_record(case: CaseFile, code: str) -> list[str]:
    ids = [record.id for record in case.records]
    if code in ids:
        return []
    return [
        f"không có mã '{code[:40]}' trong bài này.{nearest(code, ids)}" if code else "thiếu mã."
    ]


def _code(
    column: str, part: str, text: str, choices: Sequence[tuple[str, str]]
) -> tuple[str, list[str]]:
    """Return the code behind words, a code or a Vietnamese alias."""
    spelt = {_plain(word): code for word, code in _spellings(part, choices)}
    if _plain(text) in spelt:
        return spelt[_plain(text)], []
    known = [label for _, label in choices]
    title = TITLES[column].lower()
    return "", [f"{title} '{text[:40]}' không có trong danh sách.{nearest(text, known)}"]


def _spellings(part: str, choices: Sequence[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    aliases = {row["code"]: row["code_vi"] for row in table("action_codes")}
    for code, label in choices:
        yield from ((label, code), (code, code), (label.split(":")[0], code))
        if part == "hanh_dong" and code in aliases:
            yield aliases[code], code


def _plain(text: str) -> str:
    return " ".join(nfc(text).casefold().split())


def _lacks(case: CaseFile, decision: Decision) -> Iterator[str]:
    """Say what a decision still needs; a reason that is the only one is filled in."""
    if not decision["hanh_dong"]:
        yield "chưa chọn hành động."
        return
    actions = [a for a in case.form.actions if a.code == decision["hanh_dong"]]
    reasons = [code for action in actions for code in action.reasons]
    if not decision["ly_do"] and len(reasons) == 1:
        decision["ly_do"] = reasons[0]
    for need in actions[0].needs:
        part, sentence = NEED[need]
        if (
            part in case.form.columns.values()
            and not decision[part]
            and (need != "reason" or reasons)
        ):
            yield sentence
    if decision["ly_do"] and reasons and decision["ly_do"] not in reasons:
        yield f"lý do này không dùng cho việc '{actions[0].label}'."
    yield from _unknown_dose(case, decision)


def _unknown_dose(case: CaseFile, decision: Decision) -> Iterator[str]:
    record = next(r for r in case.records if r.id == decision["ma_ho_so"])
    doses = [dose.id for dose in record.doses]
    if decision["ma_mui"] and decision["ma_mui"] not in doses:
        yield f"hồ sơ này không có mũi '{decision['ma_mui'][:40]}'."


def _without_repeats(
    form: Form, found: Sequence[tuple[int, Decision]]
) -> tuple[list[Decision], list[str]]:
    """Drop rows that say the same again; name those that contradict an earlier one."""
    parts = ("ma_ho_so", "ma_mui", "truong", "hanh_dong") if form.several else ("ma_ho_so",)
    first: dict[tuple[str, ...], tuple[int, Decision]] = {}
    errors = []
    for number, decision in found:
        key = tuple(decision[part] for part in parts)
        before, known = first.setdefault(key, (number, decision))
        if known != decision:
            errors.append(
                f"dòng {number}: đã có dòng {before} cho '{key[0]}' với nội dung khác. "
                "Hãy giữ một dòng."
            )
    return [decision for _, decision in first.values()], errors
