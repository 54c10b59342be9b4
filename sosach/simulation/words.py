"""What people read where the platform keeps codes: columns, reasons, actions, requests, days."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from functools import cache

from generator import facts

__all__ = [
    "REQUESTS",
    "about",
    "action_name",
    "column_name",
    "few",
    "listed",
    "named_day",
    "place_name",
    "reason_name",
    "written",
]

#: kind of a request -> what it is
REQUESTS = {
    "cong_an": "công an đối chiếu",
    "co_so": "hỏi cơ sở",
    "nguoi_dan": "mời người dân",
    "bao_cao": "báo cáo tuyến trên",
    "bao_loi": "báo lỗi hệ thống",
}
#: column of a place -> table, its code and its name
PLACES = {
    "xa": ("hcmc_units_2022", "ward_code", "ward_name"),
    "huyen": ("hcmc_districts_2022", "district_code", "district_name"),
    "tinh": ("provinces_63", "gso_code", "name"),
}
WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
#: ids that a sentence names before it counts the others
MOST = 3


@cache
def _names(table: str, key: str, name: str) -> dict[str, str]:
    return {row[key]: row[name] for row in facts.table(table)}


@cache
def _columns() -> dict[str, str]:
    rows = [row for row in facts.table("columns") if row["table"] in ("doi_tuong", "mui_tiem")]
    return {row["column"]: row["name_vi"] for row in rows}


def about(record: str, line: str = "") -> str:
    """Name a record, or one of its doses.

    Examples
    --------
    >>> about("HS1"), about("HS1", "MU2")
    ('hồ sơ HS1', 'mũi MU2 của hồ sơ HS1')
    """
    return f"mũi {line} của hồ sơ {record}" if line else f"hồ sơ {record}"


def column_name(code: str) -> str:
    """Return what people call a column of the register; the code where it has none.

    Examples
    --------
    >>> column_name("so_giay_to")
    'Số giấy tờ'
    """
    return _columns().get(code, code)


def place_name(column: str, code: str) -> str:
    """Return what people call a place, with its code; the code where nobody lists it.

    Examples
    --------
    >>> place_name("xa", "27136"), place_name("ho_ten", "An")
    ('Phường 13 (27136)', 'An')
    """
    name = _names(*PLACES[column]).get(code) if column in PLACES else None
    return f"{name} ({code})" if name else code


def reason_name(code: str) -> str:
    """Return what a code of ``reason_codes.csv`` means; the code where it is none."""
    return _names("reason_codes", "code", "meaning_vi").get(code, code)


def action_name(code: str) -> str:
    """Return what a code of ``action_codes.csv`` means; the code where it is none."""
    return _names("action_codes", "code", "meaning_vi").get(code, code)


def written(day: date | str) -> str:
    """Write a day as the register does, with the hour where one is known.

    Parameters
    ----------
    day : date or str
        ISO 8601 where it is a text, "" for none.

    Examples
    --------
    >>> written("2022-05-09"), written("2022-05-09T14:30+07:00"), written("")
    ('09/05/2022', '09/05/2022 14:30', '')
    """
    if isinstance(day, str):
        if not day:
            return ""
        read = datetime.fromisoformat(day)
        return f"{read:%d/%m/%Y %H:%M}" if "T" in day else f"{read:%d/%m/%Y}"
    return f"{day:%d/%m/%Y}"


def named_day(day: date) -> str:
    """Write a day with its name.

    Examples
    --------
    >>> named_day(date(2022, 5, 10))
    'thứ Ba, 10/05/2022'
    """
    return f"{WEEKDAYS[day.weekday()]}, {written(day)}"


def listed(codes: Iterable[str], name: Callable[[str], str]) -> str:
    """Name codes one after the other, each with its meaning.

    Examples
    --------
    >>> listed(["ho_ten", "mui"], column_name)
    'ho_ten (Họ và tên), mui (Loại mũi)'
    """
    return ", ".join(f"{code} ({name(code)})" for code in codes)


def few(ids: Sequence[str]) -> str:
    """Name some ids, and count the others where there are many.

    Examples
    --------
    >>> few(["A", "B"]), few(["A", "B", "C", "D", "E"])
    ('A, B', 'A, B, C và 2 mã nữa')
    """
    rest = len(ids) - MOST
    return ", ".join(ids[:MOST]) + (f" và {rest} mã nữa" if rest > 0 else "")
