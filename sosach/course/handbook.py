"""The trainee's handbook: seven pages to print, made from the tables that make the marks.

One sheet of A4 each: the steps, the actions, the identifiers, the doses, the letters, signing,
signatures and passports.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from generator.facts import table as facts
from sosach.course.explained import documents
from sosach.course.pictures import so_do
from sosach.course.screens import DECISION_RULES
from sosach.grading.rubrics.words import cause_in_words, in_words
from sosach.publish.pages import printed_sheet, section, sentence
from sosach.publish.report_words import day, table, tag, words

__all__ = ["handbook"]

Rows = list[list[str]]

#: sheets in order: file stem -> title
TITLES = {
    "1_cac_buoc": "Các bước làm sạch một hồ sơ",
    "2_viec_lam": "Hai mươi hai việc làm",
    "3_so_giay_to": "Đọc số giấy tờ",
    "4_mui_tiem": "Mũi tiêm, vắc xin, khoảng cách",
    "5_phan_anh": "Trả lời phản ánh của người dân",
    "6_ky_so": "Token, chứng thư và mũi được ký",
    "7_chu_ky_va_ho_chieu": "Chữ ký và hộ chiếu vắc xin",
}
OURS = "quy ước"
OURS_TOLD = "Quy ước: quy ước của khóa học, không phải quy định chính thức."
#: what the reference tables call memory is told as what the course knows, not as a rule
DOUBT = " (*)"
DOUBTED = "Dấu (*): theo hiểu biết của khóa học, chưa đối chiếu lại văn bản."
MADE = "Sổ sạch: tờ này được dựng từ chính các bảng dùng để chấm bài."
GROUPS = {"a": "Không có số CCCD/CMND", "b": "Số sai định dạng", "c": "Sai thông tin cơ bản"}
#: rules about doses that a reader of records needs, by what they are about
DOSE_RULES = {
    "Khoảng cách": ("R03", "R13", "R15", "R17"),
    "Trộn vắc xin": ("R09", "R10", "R11", "R16"),
    "Tuổi, thứ tự": ("R18", "R19", "R24"),
}
#: errors of doses and traps beside them
DOSE_ERRORS = ("E41", "E42", "E43", "E50", *(f"E{n}" for n in range(51, 61)))
DOSE_TRAPS = ("D02", "D03", "D04", "D05")
#: dose of a rule -> as people say it
SLOTS = {
    "M2": "mũi 2",
    "M1,M2": "mũi 1 và 2",
    "BS": "bổ sung",
    "N1": "nhắc lại 1",
    "N2": "nhắc lại 2",
    "any": "mọi mũi",
}
SHOWN = 2  # examples named beside an action
SPELLINGS = 4  # other ways to write a product that are shown
#: the fourth digit: who was born when (domain.md 9; Thông tư 07/2016/TT-BCA)
FOURTH = {"1900–1999": ("0", "1"), "2000–2099": ("2", "3")}


def handbook() -> dict[str, str]:
    """Return the sheets of the handbook.

    Returns
    -------
    dict
        File name, as ``1_cac_buoc.html`` -> HTML in the form of `sosach.publish.pages`.
    """
    bodies: Mapping[str, Callable[[], list[str]]] = {
        "1_cac_buoc": _steps,
        "2_viec_lam": _actions,
        "3_so_giay_to": _numbers,
        "4_mui_tiem": _doses,
        "5_phan_anh": _letters,
        "6_ky_so": _signing,
        "7_chu_ky_va_ho_chieu": _signatures,
    }
    return {
        f"{name}.html": printed_sheet(
            title, [_head(name), *bodies[name]()], "so_tay.css", note=f"{MADE} {DOUBTED}"
        )
        for name, title in TITLES.items()
    }


def _head(name: str) -> str:
    number, _, _ = name.partition("_")
    return tag(
        "header",
        sentence(f"Sổ tay học viên, tờ {number}", "kind"),
        tag("h1", words(TITLES[name])),
        sentence(_texts()["leads"][name], "lead"),
    )


@cache
def _texts() -> dict[str, Any]:
    text = (files("sosach.course") / "handbook.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def _rows(cells: Sequence[Sequence[str]]) -> dict[str, Rows]:
    return {"": [[words(text) for text in row] for row in cells]}


@cache
def _errors() -> dict[str, Mapping[str, str]]:
    return {row["error_id"]: row for row in facts("error_taxonomy")}


def _name(error: str) -> str:
    return cause_in_words("decisions", error)


# --- 1 ------------------------------------------------------------------------------------


def _steps() -> list[str]:
    steps = [
        [str(i), step["who"], step["does"], step["gives"], step["basis"]]
        for i, step in enumerate(_texts()["steps"])
    ]
    groups = [
        [group, title, "; ".join(_name(e) for e, row in _errors().items() if _in(group, row))]
        for group, title in GROUPS.items()
    ]
    states = [[state["name"], state["means"], state["next"]] for state in _texts()["states"]]
    return [
        section(
            "buoc",
            "Ai làm gì, theo thứ tự",
            table("", ["", "Ai", "Làm gì", "Được gì", "Căn cứ"], _rows(steps)),
        ),
        section(
            "nhom",
            "Ba nhóm của CV 2262/BYT-CNTT ngày 4/5/2022",
            table("", ["Nhóm", "Là gì", "Những lỗi hay gặp"], _rows(groups)),
        ),
        section(
            "trang_thai",
            "Trạng thái xác minh (tên gọi là quy ước của khóa học)",
            table("", ["Trạng thái", "Nghĩa là", "Làm gì tiếp"], _rows(states)),
        ),
    ]


def _in(group: str, row: Mapping[str, str]) -> bool:
    return group in row["official_group"].split("|")


# --- 2 ------------------------------------------------------------------------------------


def _actions() -> list[str]:
    rows = [_action(row["code"], row["meaning_vi"]) for row in facts("action_codes")]
    header = ["Việc", "Khi nào", "Ví dụ", "Căn cứ"]
    return [
        section("viec", "Việc nào, khi nào", table("", header, _rows(rows))),
        sentence(OURS_TOLD),
    ]


def _action(code: str, label: str) -> list[str]:
    rule, basis = DECISION_RULES[code]
    return [label, rule, "; ".join(_examples(code)), basis or OURS]


def _examples(code: str) -> list[str]:
    """Return errors and traps that ask for an action, or allow it; the shortest names first."""
    asked = _asking(code, "must", "after_answer", "must_if_other_unit") or _asking(code, "may")
    return sorted(dict.fromkeys(asked), key=len)[:SHOWN]


def _asking(code: str, *columns: str) -> list[str]:
    return [
        _name(error)
        for error, row in _errors().items()
        if code in "|".join(row[column] for column in columns).replace("+", "|").split("|")
    ]


# --- 3 ------------------------------------------------------------------------------------


def _numbers() -> list[str]:
    kinds = [[n["name"], n["form"], n["read"], n["basis"]] for n in _texts()["numbers"]]
    fourth = [[years, *digits] for years, digits in FOURTH.items()]
    provinces = [
        f"{row['cccd_code']} {row['province_name_63']}" for row in facts("id_province_codes")
    ]
    phones = [
        f"{row['old_prefix']} → {row['new_prefix']}"
        for row in facts("phone_prefixes")
        if row["old_prefix"]
    ]
    return [
        section(
            "cccd",
            "Một số CCCD",
            so_do(*((digits, about) for digits, about in _texts()["parts"].items()))._repr_html_(),
        ),
        section("so", "Năm loại số", table("", ["Số", "Dạng", "Đọc", "Căn cứ"], _rows(kinds))),
        section(
            "thu_tu",
            "Chữ số thứ tư của số CCCD",
            table("", ["Năm sinh", "Nam", "Nữ"], _rows(fourth)),
            sentence("Số và giới tính, năm sinh không hợp nhau thì nhờ công an, không tự sửa."),
        ),
        section("tinh", "Ba số đầu: mã nơi đăng ký khai sinh, 63 tỉnh thành", _grid(provinces)),
        section("dau_so", "Đầu số điện thoại đổi năm 2018", _grid(phones)),
    ]


def _grid(texts: Sequence[str]) -> str:
    return tag("ul", *(tag("li", words(text)) for text in texts), class_="grid")


# --- 4 ------------------------------------------------------------------------------------


def _doses() -> list[str]:
    vaccines = [
        [
            row["name_on_platform_vi"],
            row["primary_doses"],
            row["min_interval_days_exercise"] if int(row["primary_doses"]) > 1 else "",
            ", ".join(_spellings(row)),
        ]
        for row in facts("vaccines")
    ]
    rules = {
        about: [
            [_since(row), SLOTS[row["dose_slot"]], words(_rule(row))] for row in _dose_rules(ids)
        ]
        for about, ids in DOSE_RULES.items()
    }
    answers: dict[tuple[str, str], list[str]] = {}
    for row in (_errors()[error] for error in DOSE_ERRORS):
        told = _in_words(row["must"]), _in_words(row["must_if_other_unit"])
        answers.setdefault(told, []).append(_name(row["error_id"]))
    errors = [["; ".join(names), *told] for told, names in answers.items()]
    header = ["Vắc xin", "Mũi cơ bản", "Cách nhau ít nhất (ngày, khóa học dùng)", "Cũng viết là"]
    traps = "; ".join(_name(trap) for trap in DOSE_TRAPS)
    return [
        sentence(
            "Các dòng của giấy xác nhận (QĐ 43/QĐ-BYT ngày 7/1/2022): CB1, CB2, CB3 cơ bản; "
            "BS bổ sung; NL1, NL2, NL3 nhắc lại."
        ),
        section("vac_xin", "Tám vắc xin", table("", header, _rows(vaccines))),
        section("quy_tac", "Quy tắc", table("", ["Từ ngày", "Mũi", "Quy tắc"], rules)),
        section(
            "loi",
            "Thấy gì, làm gì",
            table("", ["Thấy", "Mũi do trạm nhập", "Mũi do đơn vị khác nhập"], _rows(errors)),
            sentence(f"Không phải là lỗi: {traps}."),
        ),
    ]


def _spellings(product: Mapping[str, str]) -> list[str]:
    """Return other ways to write a product, without those that differ in capitals alone."""
    name = product["name_on_platform_vi"]
    typed = [text.rstrip("*") for text in product["variants_typed"].split("|")]
    others = [text for text in typed if text.casefold() != name.casefold()]
    return list({text.casefold(): text for text in others}.values())[:SPELLINGS]


def _dose_rules(ids: Sequence[str]) -> list[Mapping[str, str]]:
    return [row for row in facts("dose_rules") if row["rule_id"] in ids]


def _rule(row: Mapping[str, str]) -> str:
    text = row["rule_vi"].replace("<->", "và").replace("->", "→").replace(">=", "ít nhất ")
    return text + (DOUBT if "memory" in row["provenance"] else "")


def _since(row: Mapping[str, str]) -> str:
    """Return the first day of a rule as people write it, "" where it always held."""
    return day(date.fromisoformat(row["valid_from"])) if row["valid_from"] else ""


def _in_words(demand: str) -> str:
    return ", và ".join(in_words(part.split("|"), " hoặc ") for part in demand.split("+") if part)


# --- 5 ------------------------------------------------------------------------------------


def _letters() -> list[str]:
    texts = _texts()
    reasons = {row["code"]: row["meaning_vi"] for row in facts("reason_codes")}
    refusals = {
        place: [[words(str(int(code[2:]))), words(reasons[code])] for code in codes]
        for place, codes in texts["places"].items()
    }
    results = [
        [in_words([code]), *DECISION_RULES[code]]
        for code in ("ACCEPT_FEEDBACK", "DEFER_FEEDBACK", "REJECT_FEEDBACK", "TRANSFER")
    ]
    return [
        section(
            "ket_qua",
            "Bốn cách trả lời",
            table(
                "", ["Chọn", "Khi nào", "Căn cứ"], _rows([[*r[:2], r[2] or OURS] for r in results])
            ),
        ),
        section(
            "ly_do",
            "Mười ba lý do từ chối, theo chỗ phải nhìn (CV 9458/BYT-CNTT ngày 8/11/2021)",
            table("", ["Số", "Lý do (cách viết và số thứ tự là của khóa học)"], refusals),
        ),
        section(
            "noi_nhan",
            "Thư này của ai?",
            table("", ["Thư cho biết", "Ai xử lý"], _rows([*texts["routing"].items()])),
        ),
        section(
            "tra_loi", "Trả lời người dân", table("", ["", ""], _rows([*texts["answer"].items()]))
        ),
    ]


# --- 6 ------------------------------------------------------------------------------------


def _signing() -> list[str]:
    texts = _texts()
    gate = [[row["asks"], row["yes"], row["no"], row["basis"]] for row in texts["gate"]]
    return [
        section(
            "chung_thu",
            "Đọc một chứng thư: bốn câu",
            table("", ["Hỏi", "Được khi"], _rows([*texts["certificate"].items()])),
        ),
        _answers("token", "Token: bước tiếp theo", "k2_12"),
        section(
            "duoc_ky",
            "Mũi này hôm nay ký được chưa?",
            table("", ["Hỏi", "Ký được khi", "Chưa được thì", "Căn cứ"], _rows(gate)),
        ),
        _answers("su_co", "Phiên ký bị ngắt: từng mũi làm gì", "k2_16"),
        sentence(OURS_TOLD),
    ]


# --- 7 ------------------------------------------------------------------------------------


def _signatures() -> list[str]:
    return [
        _answers("chu_ky", "Kết luận về một chữ ký", "k2_14"),
        _answers("ho_chieu", "Đủ mũi sao chưa có hộ chiếu?", "k2_15", lambda c: c[:3] != "QR_"),
        _answers("ma_qr", "Mã QR ở quầy kiểm tra", "k2_15", lambda c: c[:3] == "QR_"),
        sentence(
            "Hết hạn sau khi ký: chữ ký vẫn tốt. Bị thu hồi sau khi ký: có dấu thời gian thì vẫn tốt."
        ),
        sentence(OURS_TOLD),
    ]


def _answers(
    name: str, title: str, exercise: str, wanted: Callable[[str], bool] = lambda _: True
) -> str:
    """Return the answers of one exercise on signing, with when each is right."""
    titles = {document.id: document.title for document in documents()}
    rows = [
        [row["meaning_vi"], row["rule_vi"], titles.get(row["document"], OURS)]
        for row in facts("verdict_codes")
        if row["exercise"].startswith(exercise) and wanted(row["code"])
    ]
    return section(name, title, table("", ["Chọn", "Khi", "Căn cứ"], _rows(rows)))
