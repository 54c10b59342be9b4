"""The data folder a trainee gets: the register and what lies beside it, as CSV and as one workbook."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow.csv as pacsv
from pyarrow import BufferOutputStream

from generator.file_damage import FILE_DAMAGES, damage_file
from generator.files import write_whole
from generator.strict import check_names
from sosach.publish.workbook import write_workbook

if TYPE_CHECKING:
    from generator.packs import Pack

__all__ = ["PAPERS", "write_pack"]

#: Excel takes a CSV for UTF-8 only with these three bytes in front
BOM = b"\xef\xbb\xbf"

#: file stem -> sheet name
TABLES = {"doi_tuong": "Đối tượng", "mui_tiem": "Mũi tiêm"}
#: the same for tables that only some exercises have
SHEETS = {
    "co_so": "Cơ sở tiêm chủng",
    "danh_sach_da_gui": "Danh sách đã gửi",
    "danh_sach_cong_an": "Công an trả",
    "giay_to_tuy_than": "Giấy tờ tùy thân",
    "phieu_luu": "Phiếu lưu",
    "chong_phieu": "Chồng phiếu",
    "phan_anh": "Phản ánh",
    "tien_do_quan": "Tiến độ quận",
    "chi_tieu": "Chỉ tiêu",
    "can_kiem_tra": "Cần kiểm tra",
    "noi_cap": "Nơi cấp",
    "mui_nguoi_hoi": "Mũi của người hỏi",
    "so_cap": "Sổ cấp hộ chiếu",
    "ma_vac_xin": "Mã vắc xin",
    "token": "Token",
    "uy_quyen": "Ủy quyền",
    "ho_so_giong": "Hồ sơ giống nhau",
    "danh_sach_ky": "Danh sách ký",
    "lo_ky": "Lô ký",
    "nhat_ky_ky": "Nhật ký ký số",
    "ban_da_ky": "Bản đã ký",
    "nhat_ky_sua": "Nhật ký sửa",
}
#: what lies beside the records, for the screen
PAPERS = "giay_to.json"


def write_pack(
    pack: Pack,
    folder: Path,
    damage: Mapping[str, str] | None = None,
    tables: Mapping[str, Sequence[Mapping[str, str]]] | None = None,
    papers: object = None,
    prints: Mapping[str, Callable[[Path], None]] | None = None,
) -> dict[str, str]:
    """Write what the trainee works on into ``du_lieu/`` below `folder`; never the key.

    Parameters
    ----------
    pack : Pack
        A pack of `generator.packs`; only its two register tables are read.
    folder : Path
        The exercise folder; made if missing.
    damage : mapping, optional
        Table, ``doi_tuong`` or ``mui_tiem`` -> a member of `generator.file_damage.FILE_DAMAGES`:
        its file is hurt in this way. There is no workbook then, which would show the right
        values. What the hurt cells were stands in the ledger that
        `generator.file_damage.damage_file` gives for the same table and kind; like the rest of
        the key it is not written here.
    tables : mapping, optional
        Further tables: file stem -> rows, all with the same columns.
    papers : optional
        What lies beside the records, as JSON can hold it.
    prints : mapping, optional
        Further files and folders, made for reading: name -> what writes it to a path. They are
        not hashed: nothing that is graded is read back from them.

    Returns
    -------
    dict
        Relative path of each CSV and JSON file -> sha256 of its bytes. The workbook is not
        hashed: its bytes hold the time of writing.

    Raises
    ------
    Problem
        If `damage` names another table or an unknown kind.
    """
    damage = damage or {}
    check_names(damage, TABLES, "Gói dữ liệu", "bảng")
    check_names(damage.values(), FILE_DAMAGES, "Gói dữ liệu", "kiểu hỏng")
    target = folder / "du_lieu"
    more = {name: rows for name, rows in (tables or {}).items() if rows}
    files = {
        f"{stem}.csv": _file(getattr(pack, stem), f"{stem}.csv", damage.get(stem))
        for stem in TABLES
    }
    files |= {f"{name}.csv": _csv_of_rows(rows) for name, rows in more.items()}
    if papers:
        files[PAPERS] = json.dumps(papers, ensure_ascii=False, sort_keys=True).encode()
    for name, data in files.items():
        write_whole(target / name, data)
    for name, write in (prints or {}).items():
        write(target / name)
    if not damage:
        sheets = {
            title: (getattr(pack, stem).column_names, _rows(getattr(pack, stem)))
            for stem, title in TABLES.items()
        }
        sheets |= {SHEETS.get(n, n): (list(r[0]), _cells(r)) for n, r in more.items()}
        write_workbook(target / "du_lieu.xlsx", sheets)
    return {f"du_lieu/{name}": hashlib.sha256(data).hexdigest() for name, data in files.items()}


def _csv_of_rows(rows: Sequence[Mapping[str, str]]) -> bytes:
    """Return rows as CSV text, UTF-8 with BOM."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return BOM + text.getvalue().encode()


def _cells(rows: Sequence[Mapping[str, str]]) -> list[tuple[str, ...]]:
    return [tuple(row.values()) for row in rows]


def _file(table: Any, name: str, damage: str | None) -> bytes:  # noqa: ANN401 - pyarrow ships no types
    """Return the bytes of a table's file, hurt or as it should be."""
    return damage_file(table, damage, name).data if damage else _csv(table)


def _csv(table: Any) -> bytes:  # noqa: ANN401 - pyarrow ships no types
    """Return a table as CSV text, UTF-8 with BOM."""
    sink = BufferOutputStream()
    pacsv.write_csv(table, sink, pacsv.WriteOptions(quoting_style="needed"))
    return BOM + bytes(sink.getvalue())


def _rows(table: Any) -> list[tuple[str, ...]]:  # noqa: ANN401 - pyarrow ships no types
    """Return a table row by row, an absent value as ""."""
    columns = [[value or "" for value in column.to_pylist()] for column in table.columns]
    return list(zip(*columns, strict=True))
