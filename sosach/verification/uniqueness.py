"""No id and no identity number occurs twice in the whole city."""

from __future__ import annotations

from pathlib import Path

import duckdb

from sosach.verification.manifest import Manifest
from sosach.verification.result import Check, found
from sosach.verification.tables import parquet_file

__all__ = ["uniqueness_checks"]

_IDS = (
    ("ho_gia_dinh", "household_id"),
    ("dan_cu", "person_id"),
    ("mui_that", "dose_id"),
    ("doi_tuong", "ma_ho_so"),
    ("mui_tiem", "ma_mui"),
    ("ledger", "err_id"),
)
_NUMBER = ("dan_cu", "so_giay_to")

# equal values have equal hashes: each slice holds all occurrences of its values
_TWICE = """
select coalesce(id::varchar, '(trống)') from ids
where hash(id) % ? = ? group by id having count(*) > 1
"""

#: values that are compared at one time: some 400 MB
_AT_ONCE = 5_000_000


def uniqueness_checks(
    connection: duckdb.DuckDBPyConnection, folder: Path, manifest: Manifest
) -> tuple[Check, ...]:
    """Look for ids and identity numbers that occur twice, in whichever wards.

    Parameters
    ----------
    connection : duckdb.DuckDBPyConnection
        Reads the tables.
    folder : Path
        The folder of the data set.
    manifest : Manifest
        Names the wards.

    Returns
    -------
    tuple of Check
        Ids, then identity numbers.
    """

    def twice(table: str, column: str) -> list[str]:
        files = [parquet_file(folder, table, ward) for ward in manifest.wards]
        return _twice(connection, files, column)

    ids = [key for table, column in _IDS for key in twice(table, column)]
    return (
        found("ids_distinct", "Không mã hộ, người, mũi, hồ sơ hay dòng đáp án nào lặp lại.", ids),
        found("numbers_distinct", "Không hai người nào chung số giấy tờ thật.", twice(*_NUMBER)),
    )


def _twice(connection: duckdb.DuckDBPyConnection, files: list[str], column: str) -> list[str]:
    values = connection.read_parquet(files).select(duckdb.ColumnExpression(column).alias("id"))
    values.create_view("ids", replace=True)
    slices = 1 + values.count("*").fetchall()[0][0] // _AT_ONCE
    keys: list[str] = []
    for part in range(slices):
        keys += [key for (key,) in connection.execute(_TWICE, [slices, part]).fetchall()]
    return keys
