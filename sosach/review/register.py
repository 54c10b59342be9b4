"""Case files of register records: pure functions from the tables of a pack to what is shown.

What a queue is made of can be seen by anybody who looks at the records; nothing here knows what
was injected.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache

from generator.facts import table
from generator.vietnamese import strip_diacritics
from sosach.review.casefile import Column, Dose, DoseRule, Paper, Queue, Record

__all__ = [
    "DOSE_COLUMNS",
    "RECORD_COLUMNS",
    "district_names",
    "dose_rules",
    "register_records",
    "seen_queues",
]

Row = Mapping[str, str]

#: the four facts that the population data know (CV 2262) come first, marked where they differ;
#: ``noi_o`` is the address in one line, as far as the ward
RECORD_COLUMNS = (
    Column("ho_ten", "Họ và tên", compared=True),
    Column("ngay_sinh", "Ngày sinh", "date", compared=True),
    Column("gioi_tinh", "Giới tính", compared=True),
    Column("so_giay_to", "Số giấy tờ", "number", compared=True),
    Column("tt_xac_minh", "Trạng thái xác minh", "status"),
    Column("so_dien_thoai", "Số điện thoại", "number"),
    Column("noi_o", "Địa chỉ"),
    Column("huyen", "Quận, huyện", "code"),
    Column("don_vi", "Nơi làm việc"),
    Column("quoc_tich", "Quốc tịch"),
)
DOSE_COLUMNS = (
    Column("mui", "Mũi", compared=True),
    Column("ten_vac_xin", "Vắc xin", compared=True),
    Column("ngay_tiem", "Ngày tiêm", "date", compared=True),
    Column("so_lo", "Số lô", "number", compared=True),
    Column("co_so_tiem", "Cơ sở tiêm", "code", compared=True),
    Column("don_vi_nhap", "Đơn vị nhập", "code", compared=True),
    Column("tt_ky", "Trạng thái ký", "status"),
)
#: numbers of the confirmation form by the words of dose_rules.csv (QĐ 43/QĐ-BYT)
SLOTS = {"M2": "CB2", "M3": "CB3", "BS": "BS", "N1": "NL1", "N2": "NL2"}
_NUMBER = re.compile(r"\d{9}|\d{12}")


def register_records(
    subjects: Iterable[Row],
    doses: Iterable[Row] = (),
    papers: Mapping[str, Sequence[Paper]] | None = None,
    columns: Sequence[Column] = RECORD_COLUMNS,
    dose_columns: Sequence[Column] = DOSE_COLUMNS,
) -> tuple[Record, ...]:
    """Return the records of a pack as the workbench shows them.

    Parameters
    ----------
    subjects, doses : iterable of mapping
        Rows of ``doi_tuong`` and ``mui_tiem``; an absent column is empty.
    papers : mapping, optional
        ma_ho_so -> what lies beside the record.
    columns, dose_columns : sequence of Column
        Which cells are shown, in order.

    Returns
    -------
    tuple of Record
        In the order of `subjects`. Records are related where they share a number, or name and
        birth date without regard to marks and capitals.
    """
    rows = [{**row, "noi_o": _address(row)} for row in subjects]
    lines: dict[str, list[Dose]] = defaultdict(list)
    for dose in doses:
        lines[dose["ma_ho_so"]].append(Dose(dose["ma_mui"], _cells(dose, dose_columns)))
    related = _related(rows)
    return tuple(
        Record(
            id=row["ma_ho_so"],
            cells=_cells(row, columns),
            doses=tuple(lines[row["ma_ho_so"]]),
            papers=tuple((papers or {}).get(row["ma_ho_so"], ())),
            related=tuple(related[row["ma_ho_so"]]),
        )
        for row in rows
    )


def seen_queues(subjects: Iterable[Row]) -> tuple[Queue, ...]:
    """Return the queues of what can be seen: the platform's status, the form of the number, pairs.

    Parameters
    ----------
    subjects : iterable of mapping
        Rows of ``doi_tuong``.

    Returns
    -------
    tuple of Queue
        Only those with a record in them.
    """
    rows = list(subjects)
    related = _related(rows)
    statuses = sorted({row["tt_xac_minh"] for row in rows})
    seen: list[tuple[str, Callable[[Row], bool]]] = [
        *(
            (f"Trạng thái: {text}", lambda row, s=text: row["tt_xac_minh"] == s)
            for text in statuses
        ),
        ("Ô số giấy tờ trống", lambda row: not row["so_giay_to"]),
        (
            "Số giấy tờ không phải 9 hay 12 chữ số",
            lambda row: bool(row["so_giay_to"]) and not _NUMBER.fullmatch(row["so_giay_to"]),
        ),
        ("Có hồ sơ nghi trùng", lambda row: bool(related[row["ma_ho_so"]])),
    ]
    queues = (
        Queue(title, tuple(row["ma_ho_so"] for row in rows if fits(row))) for title, fits in seen
    )
    return tuple(queue for queue in queues if queue.ids)


@cache
def district_names() -> dict[str, str]:
    """Return code -> name of every district of the city, those from before 2021 too.

    Returns
    -------
    dict
        ``{"763": "Quận 9 (mã 763)", ...}``: a cell holds the code, so people have to see it.

    References
    ----------
    .. [1] ``hcmc_wards_2019_to_2022.csv``; of two names of one code, that of 2022.
    """
    rows = table("hcmc_wards_2019_to_2022")
    old = {row["district_code_2019"]: row["district_2019"] for row in rows}
    now = {row["district_code_2022"]: row["district_2022"] for row in rows}
    return {code: f"{name} (mã {code})" for code, name in {**old, **now}.items()}


def dose_rules() -> tuple[DoseRule, ...]:
    """Return the least distances between doses, per slot and product.

    Returns
    -------
    tuple of DoseRule
        As they stood in April 2022.

    References
    ----------
    .. [1] ``dose_rules.csv`` and ``vaccines.csv``, which name the documents.
    """
    rules = []
    for product in table("vaccines"):
        days, name = int(product["min_interval_days_exercise"]), product["name_on_platform_vi"]
        slots = ("CB2", "CB3") if product["primary_doses"] == "3" else ("CB2",)
        if days:
            rules += [DoseRule(slot, name, days) for slot in slots]
        for row in table("dose_rules"):
            if row["rule_id"] in ("R13", "R15", "R17"):
                rules.append(DoseRule(SLOTS[row["dose_slot"]], name, int(row["min_gap_days"])))
    return tuple(rules)


def _cells(row: Row, columns: Sequence[Column]) -> tuple[str, ...]:
    return tuple(row.get(column.name) or "" for column in columns)


def _address(row: Row) -> str:
    """Return the address with the name of the ward; the district is a cell of its own."""
    parts = [row.get("dia_chi"), row.get("khu_pho"), _wards().get(row.get("xa", ""))]
    return ", ".join(part for part in parts if part)


@cache
def _wards() -> dict[str, str]:
    return {row["ward_code"]: row["ward_name"] for row in table("hcmc_units_2022")}


def _related(rows: Sequence[Row]) -> dict[str, list[str]]:
    """Return per record the others that share its number, or its name and birth date."""
    alike: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for row in rows:
        name = " ".join(strip_diacritics(row["ho_ten"]).casefold().split())
        alike["person", name, row["ngay_sinh"]].append(row["ma_ho_so"])
        if row["so_giay_to"]:
            alike["number", row["so_giay_to"]].append(row["ma_ho_so"])
    found: dict[str, list[str]] = defaultdict(list)
    for codes in alike.values():
        for code in codes:
            found[code] += [other for other in codes if other != code and other not in found[code]]
    return found
