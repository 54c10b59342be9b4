"""Tables on disk: Parquet for programs, CSV for people with Excel."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq

from generator.cells import plain

__all__ = ["FORMATS", "sha256", "write_table"]

FORMATS = ("parquet", "csv")


def write_table(table: pa.Table, path: Path) -> dict[str, Any]:
    """Write one file and describe it.

    Parameters
    ----------
    table : Table
    path : Path
        Its suffix, one of `FORMATS`, says how.

    Returns
    -------
    dict
        Rows, bytes and sha256.
    """
    path.parent.mkdir(exist_ok=True)
    if path.suffix == ".parquet":
        _write_parquet(table, path)
    else:
        _write_csv(table, path)
    return {"rows": table.num_rows, "bytes": path.stat().st_size, "sha256": sha256(path)}


def sha256(path: Path) -> str:
    """Return the fingerprint of a file, 64 hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _write_parquet(table: pa.Table, path: Path) -> None:
    """Write Parquet; words out of a list stay a list, ids that never repeat are not looked up."""
    words = [field.name for field in table.schema if pa.types.is_dictionary(field.type)]
    pq.write_table(
        table,
        path,
        compression="zstd",
        compression_level=1,
        use_dictionary=words,
        write_statistics=False,
        store_schema=False,  # readers get plain text
    )


def _write_csv(table: pa.Table, path: Path) -> None:
    """Write CSV that Excel opens with the right letters: UTF-8 with a byte order mark."""
    with path.open("wb") as file:
        file.write(b"\xef\xbb\xbf")
        pa_csv.write_csv(_flat(plain(table)), file)


def _flat(table: pa.Table) -> pa.Table:
    """Return the table without nested columns: CSV has none."""
    columns = {}
    for name in table.column_names:
        column = table[name]
        if pa.types.is_list(column.type):
            columns[name] = pa.array(["|".join(cell) for cell in column.to_pylist()], pa.string())
        elif pa.types.is_struct(column.type):
            cells = column.combine_chunks()
            for field in column.type:
                columns[f"{name}_{field.name}"] = cells.field(field.name)
        else:
            columns[name] = column
    return pa.table(columns)
