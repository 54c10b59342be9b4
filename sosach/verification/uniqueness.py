"""No id, no identity number and no insurance card occurs twice in the whole city."""

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
#: a CMND that was replaced is nobody else's either; those who have none are no matter
_NUMBERS = """
select so_giay_to as id from ({source}) union all
select so_cmnd_cu from ({source}) where so_cmnd_cu <> ''
"""
_CARDS = "select so_the_bhyt as id from ({source}) where so_the_bhyt <> ''"

# equal values have equal hashes: each slice holds all occurrences of its values
_TWICE = """
select coalesce(id::varchar, '(trống)') from ({values})
where hash(id) % ? = ? group by id having count(*) > 1
"""

#: values that are compared at one time: some 400 MB
_AT_ONCE = 5_000_000


def uniqueness_checks(
    connection: duckdb.DuckDBPyConnection, folder: Path, manifest: Manifest
) -> tuple[Check, ...]:
    """Look for ids, identity numbers and cards that occur twice, in whichever wards.

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
        Ids, then identity numbers, then insurance cards.
    """

    def twice(table: str, values: str) -> list[str]:
        files = [parquet_file(folder, table, ward) for ward in manifest.wards]
        connection.read_parquet(files).create_view("everywhere", replace=True)
        return _twice(connection, values.format(source="from everywhere"))

    ids = [key for table, column in _IDS for key in twice(table, _values(column))]
    numbers, cards = twice("dan_cu", _NUMBERS), twice("dan_cu", _CARDS)
    return (
        found("ids_distinct", "Không mã hộ, người, mũi, hồ sơ hay dòng đáp án nào lặp lại.", ids),
        found("numbers_distinct", "Không hai người nào chung số giấy tờ thật hay cũ.", numbers),
        found("cards_distinct", "Không hai người nào chung số thẻ BHYT.", cards),
    )


def _values(column: str) -> str:
    return f"select {column} as id from ({{source}})"  # noqa: S608 - a name of ours


def _twice(connection: duckdb.DuckDBPyConnection, values: str) -> list[str]:
    count = f"select count(*) from ({values})"  # noqa: S608 - queries of ours
    slices = 1 + connection.execute(count).fetchall()[0][0] // _AT_ONCE
    query = _TWICE.format(values=values)
    keys: list[str] = []
    for part in range(slices):
        keys += [key for (key,) in connection.execute(query, [slices, part]).fetchall()]
    return keys
