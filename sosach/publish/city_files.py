"""The register of whole wards as workbooks: what a station would hold, never the key.

They lie in a folder of their own beside the tables of a city and are made from them, so that they
can be added to a city that is there already. Equal tables give equal bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq

from sosach.publish.workbook import write_workbook

if TYPE_CHECKING:
    from generator.city import Request
    from generator.places import Ward

__all__ = ["SHEETS", "without_workbook", "workbook_folder", "write_ward_workbook"]

#: tables of the city that a station has; each is a sheet
SHEETS = ("doi_tuong", "mui_tiem")
#: rows that are Python texts at a time
BATCH = 10_000


def workbook_folder(folder: Path) -> Path:
    """Return where the workbooks of a city lie."""
    return folder / "xlsx"


def without_workbook(folder: Path, wards: Iterable[Ward]) -> list[Ward]:
    """Return the wards that have no workbook yet, or one that is older than their tables.

    Parameters
    ----------
    folder : Path
        Of a city.
    wards : iterable of Ward

    Returns
    -------
    list of Ward
        In the given order.
    """
    return [ward for ward in wards if not _is_current(folder, ward.code)]


def write_ward_workbook(folder: Path, request: Request, ward: Ward) -> None:
    """Write one ward's register as a workbook with a sheet per table, every cell text.

    Parameters
    ----------
    folder : Path
        Of a city that has the ward.
    request : Request
        What the city was made from; the banner sheet names scenario, seed and kind of numbers.
    ward : Ward
    """
    path = _workbook(folder, ward.code)
    path.parent.mkdir(exist_ok=True)
    remarks = (
        f"Phường/xã: {ward.name}, {ward.district} ({ward.code})",
        f"Kịch bản (scenario): {request.scenario.name}",
        f"Số khởi đầu (seed): {request.seed}",
        f"Cách đặt số định danh (id_scheme): {request.scenario.id_scheme}",
    )
    sheets = {name: _sheet(_table(folder, name, ward.code)) for name in SHEETS}
    try:
        write_workbook(path, sheets, remarks, made=request.scenario.as_of)
    except OSError as error:
        # libraries and other processes do not always say which file the disk refused
        error.filename = error.filename or str(path)
        raise


def _is_current(folder: Path, code: str) -> bool:
    try:
        made = _workbook(folder, code).stat().st_mtime_ns
    except FileNotFoundError:
        return False
    return all(made > _table(folder, name, code).stat().st_mtime_ns for name in SHEETS)


def _workbook(folder: Path, code: str) -> Path:
    return workbook_folder(folder) / f"{code}.xlsx"


def _table(folder: Path, name: str, code: str) -> Path:
    return folder / name / f"{code}.parquet"


def _sheet(path: Path) -> tuple[list[str], Iterator[tuple[str, ...]]]:
    """Return header and rows of a table; an absent value is ""."""
    with path.open("rb") as file:  # Python's own error names a missing file, pyarrow's does not
        table = pq.read_table(file)
    return table.column_names, _rows(table)


def _rows(table: pa.Table) -> Iterator[tuple[str, ...]]:
    for batch in table.to_batches(BATCH):
        columns = ([value or "" for value in column.to_pylist()] for column in batch.columns)
        yield from zip(*columns, strict=True)
