"""The eight tables of a data set: where they lie and what columns they have."""

from __future__ import annotations

import glob
from pathlib import Path

__all__ = ["TABLES", "parquet_file"]

_PLACE = ("dia_chi", "khu_pho", "xa", "huyen", "tinh")
_PERSON = ("ho_ten", "ngay_sinh", "gioi_tinh", "so_giay_to", "so_dien_thoai")
_STATUS = ("vai_tro", "dan_toc", "cu_tru", "tinh_trang", "so_the_bhyt")
_DOSE = ("mui", "ten_vac_xin", "so_lo", "ngay_tiem", "co_so_tiem", "don_vi_nhap")
_LEDGER = ("ma_ho_so", "ma_mui", "column", "cause", "truth", "observed")


def _text(*columns: str) -> dict[str, str]:
    return dict.fromkeys(columns, "VARCHAR")


#: table -> column -> DuckDB type; INTEGER stands for a whole number of any width
TABLES: dict[str, dict[str, str]] = {
    "dan_cu": _text("person_id", "household_id", *_PERSON, "quoc_tich", *_PLACE, *_STATUS)
    | _text("so_cmnd_cu", "sinh_doi_voi")
    | {"chu_ho": "BOOLEAN", "ngay_sinh_chi_nam": "BOOLEAN"},
    "ho_gia_dinh": _text("household_id", *_PLACE) | {"so_nguoi": "INTEGER"},
    "co_so": _text("co_so_tiem", "ten_co_so", "loai", "don_vi_nhap")
    | {"trong_danh_muc": "BOOLEAN"},
    "mui_that": _text("dose_id", "person_id", *_DOSE, "noi_tiem", "nguoi_nhap"),
    "doi_tuong": _text("ma_ho_so", *_PERSON, "quoc_tich", *_PLACE, "don_vi", "tt_xac_minh"),
    "mui_tiem": _text("ma_mui", "ma_ho_so", *_DOSE, "tt_ky", "tt_hcvx"),
    "ledger": _text(*_LEDGER, "recoverability", "document_basis")
    | {
        "err_id": "INTEGER",
        "group_id": "INTEGER",
        "accepted": "VARCHAR[]",
        "evidence": 'STRUCT(kind VARCHAR, "key" VARCHAR, "column" VARCHAR)',
    },
    "link": _text(
        *("ma_ho_so", "ma_mui", "person_id", "dose_id", "role", "keep_ma_ho_so", "decoy")
    ),
}


def parquet_file(folder: Path, table: str, ward: str) -> str:
    """Return the path of a ward's table as DuckDB reads it: special letters stand for themselves."""
    return glob.escape(str(folder / table / f"{ward}.parquet"))
