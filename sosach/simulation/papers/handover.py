"""The list that goes to the police and comes back: as Excel, as a printed sheet, and checked."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time
from importlib.resources import as_file, files
from pathlib import Path

import typst

from generator.files import unfinished
from sosach.publish.workbook import BANNER, write_workbook
from sosach.simulation.papers.reading import Reading, read_rows
from sosach.simulation.people.likeness import speaks_of_another
from sosach.simulation.people.police import LAYOUT, RESULTS, PoliceList

__all__ = [
    "CLASSES",
    "IMPORT_TITLES",
    "TITLES",
    "check_list",
    "read_import",
    "read_list",
    "read_records",
    "write_list",
    "write_sheet",
]

#: column -> its title in layout F, then other names under which people write it
TITLES = {
    "stt": ("STT", "Số thứ tự", "TT"),
    "ma_ho_so": ("Mã đối tượng", "Mã hồ sơ", "ma_doi_tuong"),
    "ho_ten": ("Họ và tên (trên nền tảng)", "Họ và tên", "Họ tên"),
    "ngay_sinh": ("Ngày sinh (trên nền tảng)", "Ngày sinh", "Ngày tháng năm sinh"),
    "gioi_tinh": ("Giới tính", "Giới tính (trên nền tảng)"),
    "so_giay_to": ("Số CCCD/CMND (trên nền tảng)", "Số CCCD/CMND", "Số giấy tờ", "CCCD/CMND"),
    "so_dien_thoai": ("Số điện thoại", "Điện thoại", "SĐT"),
    "dia_chi": ("Địa chỉ thường trú, tổ/khu phố/ấp", "Địa chỉ thường trú", "Địa chỉ"),
    "loai_sai": ("Loại sai",),
    "ho_ten_dung": ("Họ tên đúng (CA)", "Họ tên đúng", "Họ và tên đúng"),
    "ngay_sinh_dung": ("Ngày sinh đúng (CA)", "Ngày sinh đúng"),
    "gioi_tinh_dung": ("Giới tính đúng (CA)", "Giới tính đúng"),
    "so_dinh_danh_dung": (
        *("Số CCCD/định danh đúng (CA)", "Số CCCD/định danh đúng", "Số định danh đúng"),
        "Số CCCD đúng",
    ),
    "ket_qua": ("Kết quả (CA)", "Kết quả"),
    "ca_ky": ("Cán bộ CA ký, ngày", "Công an ký"),
    "ghi_chu": ("Ghi chú (CA)", "Ghi chú"),
    "trang": ("Trang",),
}
#: layout G: the import of numbers, also from the police's list, whose right number then counts
IMPORT_TITLES = {
    **{name: TITLES[name] for name in ("stt", "ma_ho_so", "ho_ten", "ngay_sinh", "gioi_tinh")},
    "so_giay_to": (
        *("Số CCCD/CMND/định danh", "Số CCCD/CMND", "Số giấy tờ", "CCCD/CMND", "Số CCCD"),
        *("CCCD", "Số định danh", "so_dinh_danh", *TITLES["so_dinh_danh_dung"]),
        "so_dinh_danh_dung",
    ),
    "so_dien_thoai": TITLES["so_dien_thoai"],
}
#: without these a list says nothing
NEEDED = ("ma_ho_so", "ket_qua")
#: what the platform shows of a record, right or wrong
SHOWN = ("so_giay_to", "so_dien_thoai")
SHEET = "Danh sách"
#: the three classes of CV 2262 as a person reads them
CLASSES = {
    "KHONG_CO_SO": "Không có số",
    "SAI_DINH_DANG": "Sai định dạng",
    "SAI_THONG_TIN": "Sai thông tin",
}
#: the sheet says by itself what these two say
NOT_PRINTED = ("ca_ky", "trang")
#: a file says the day on which it was signed, or that of CV 2262; never that of writing
UNDATED = date(2022, 5, 4)


def write_list(rows: Sequence[Mapping[str, str]], path: Path, day: date | None = None) -> None:
    """Write a list of layout F as a workbook in which every cell is text.

    Parameters
    ----------
    rows : sequence of dict
        Columns of `LAYOUT`, of which any may be missing.
    path : Path
        Where the .xlsx goes; it appears when it is complete. Equal rows give equal bytes.
    day : date, optional
        What the file says of its own age.
    """
    header = [TITLES[column][0] for column in LAYOUT]
    lines = [[row.get(column) or "" for column in LAYOUT] for row in rows]
    write_workbook(path, {SHEET: (header, lines)}, made=day or UNDATED)


def read_list(path: Path | bytes) -> Reading:
    """Read a list of layout F, whatever people did to it in Excel.

    Parameters
    ----------
    path : Path or bytes
        An xlsx or CSV file.

    Returns
    -------
    Reading
        Rows with all columns of `LAYOUT`; the refused lines; notes.

    Raises
    ------
    Problem
        If it is no such list.
    """
    return read_rows(path, TITLES, NEEDED, SHOWN)


def read_records(path: Path | bytes) -> Reading:
    """Read a list on its way to the police: of layout F, of which the ids of the records will do.

    Parameters
    ----------
    path : Path or bytes
        An xlsx or CSV file.

    Returns
    -------
    Reading
        As of `read_list`.

    Raises
    ------
    Problem
        If it is no table of records.
    """
    return read_rows(path, TITLES, ("ma_ho_so",), SHOWN)


def read_import(path: Path | bytes) -> Reading:
    """Read a file for the import of identity numbers (layout G).

    Parameters
    ----------
    path : Path or bytes
        An xlsx or CSV file; the police's list of layout F will do.

    Returns
    -------
    Reading
        Rows with the columns of `IMPORT_TITLES` and ``dong``, their line in the file; the
        refused lines; notes.

    Raises
    ------
    Problem
        If it is no such table.
    """
    found = read_rows(path, IMPORT_TITLES, ("ma_ho_so", "so_giay_to"))
    lines = zip(found.rows, found.numbers, strict=True)
    return replace(found, rows=[{**row, "dong": str(number)} for row, number in lines])


def write_sheet(answered: PoliceList, path: Path) -> None:
    """Write the printed hand-over sheet: a letterhead, a table and a signature block on every page.

    Parameters
    ----------
    answered : PoliceList
        ``trang`` of each row says on which page it stands; pages without ``ca_ky`` are unsigned.
    path : Path
        Where the .pdf goes; it appears when it is complete. Equal lists give equal bytes.
    """
    day = answered.day or UNDATED
    with as_file(files(__package__) / "templates" / "handover.typ") as template:
        data = typst.compile(
            template,
            ignore_system_fonts=True,  # the font is the library's own on every machine
            sys_inputs={"data": json.dumps(_sheet(answered), ensure_ascii=False)},
            pdf_tags=False,  # the sheet is for paper, the workbook for reading; a tenth of the size
            timestamp=datetime.combine(day, time(), UTC),
        )
    with unfinished(path) as part:
        part.write_bytes(data)


def _sheet(answered: PoliceList) -> dict[str, object]:
    """Return what the template prints."""
    columns = [column for column in LAYOUT if column not in NOT_PRINTED]
    pages: dict[str, list[Mapping[str, str]]] = {}
    for row in answered.rows:
        pages.setdefault(row["trang"], []).append(row)
    return {
        "banner": BANNER,
        "ward": answered.ward,
        "list_id": answered.list_id,
        "day": f"{answered.day:%d/%m/%Y}" if answered.day else "",
        "columns": [{"key": column, "title": TITLES[column][0]} for column in columns],
        "pages": [
            {
                "signed": all(row.get("ca_ky") for row in rows),
                "rows": [[_printed(row.get(column) or "") for column in columns] for row in rows],
            }
            for rows in pages.values()
        ],
    }


def _printed(text: str) -> str:
    return CLASSES.get(text, text)


def check_list(asked: Sequence[Mapping[str, str]], got: Sequence[Mapping[str, str]]) -> list[str]:
    """Compare what came back with what was asked, as a station does before it archives the paper.

    Parameters
    ----------
    asked : sequence of dict
        The records that were sent, with ``ma_ho_so`` and what was known of them.
    got : sequence of dict
        The rows that came back, with columns of `LAYOUT`.

    Returns
    -------
    list of str
        One sentence for each missing row, row that nobody asked for, row told of twice, unsigned
        page, result that is no result, and row that speaks of somebody else; none if all is well.
    """
    known = {row["ma_ho_so"]: row for row in asked}
    counts = Counter(row["ma_ho_so"] for row in got)
    missing = [
        f"Thiếu hồ sơ {record}: hỏi lại công an." for record in known if record not in counts
    ]
    unasked = [
        f"Hồ sơ {record} không có trong danh sách gửi đi: không dùng dòng này."
        for record in counts
        if record not in known
    ]
    twice = [
        f"Hồ sơ {record} có {count} dòng: hỏi lại công an dòng nào đúng."
        for record, count in counts.items()
        if count > 1
    ]
    answers = [
        sentence
        for row in got
        if row["ma_ho_so"] in known
        for sentence in _doubts(known[row["ma_ho_so"]], row)
    ]
    return [*missing, *unasked, *twice, *_unsigned_pages(got), *answers]


def _doubts(asked: Mapping[str, str], row: Mapping[str, str]) -> list[str]:
    record, result = row["ma_ho_so"], row.get("ket_qua") or ""
    doubts = []
    if result not in RESULTS:
        doubts.append(f"Hồ sơ {record}: không rõ kết quả '{result[:40]}'. Hỏi lại công an.")
    if speaks_of_another(asked, row):
        doubts.append(
            f"Hồ sơ {record}: gửi đi {_who(asked, 'ho_ten', 'ngay_sinh')}, trả lời "
            f"{_who(row, 'ho_ten_dung', 'ngay_sinh_dung')}. Có thể là của người khác: "
            "hỏi lại công an."
        )
    return doubts


def _who(row: Mapping[str, str], name: str, born: str) -> str:
    return f"{row[name]} ({row[born]})"


def _unsigned_pages(got: Sequence[Mapping[str, str]]) -> list[str]:
    """Name the pages without signature; a table without that column is no paper."""
    pages: dict[str, int] = {}
    for row in got:
        if not row.get("ca_ky", "-"):
            page = row.get("trang") or "?"
            pages[page] = pages.get(page, 0) + 1
    return [
        f"Trang {page} chưa có chữ ký của công an: {count} hồ sơ trên trang này chưa dùng được."
        for page, count in pages.items()
    ]
