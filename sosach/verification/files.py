"""Whether the files of a data set are those of its manifest, byte for byte."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

import duckdb

from sosach.verification.manifest import Manifest
from sosach.verification.result import Check, found
from sosach.verification.tables import TABLES, parquet_file

__all__ = ["file_checks"]

#: what lies beside the data: the generator keeps papers to go on after a break; report and
#: workbooks are made of the tables afterwards
_OWN_PAPERS = {"manifest.json", "request.json", "bao_cao.html"}
_OWN_FOLDERS = {"receipts", "xlsx"}
#: what a desktop leaves behind when somebody looks into a folder
_DESKTOP_LEFTOVERS = {".DS_Store", "Thumbs.db", "desktop.ini"}


def file_checks(
    folder: Path, manifest: Manifest, connection: duckdb.DuckDBPyConnection
) -> tuple[Check, ...]:
    """Compare the files of a folder with its manifest.

    Parameters
    ----------
    folder : Path
        The folder of the data set.
    manifest : Manifest
        Its manifest.
    connection : duckdb.DuckDBPyConnection
        Reads the tables.

    Returns
    -------
    tuple of Check
        Files listed, intact, readable as tables, and of the right length.
    """
    strange = sorted(_not_as_listed(folder, manifest))
    altered = [name for name in manifest.files if _altered(folder, manifest, name)]
    # each file is named once: what was altered need not be read
    tables = [entry for entry in _tables_there(folder, manifest) if entry[0] not in altered]
    unreadable, miscounted = _table_faults(folder, manifest, connection, tables)
    return (
        found("files_listed", "Tệp có trong thư mục đúng là các tệp manifest.json kể ra.", strange),
        found("files_intact", "Cỡ và mã sha256 của từng tệp đúng như manifest.json.", altered),
        found("tables_readable", "Mỗi bảng đọc được và đủ cột đúng kiểu.", unreadable),
        found("rows_listed", "Số dòng của từng bảng đúng như manifest.json.", miscounted),
    )


def _not_as_listed(folder: Path, manifest: Manifest) -> set[str]:
    needed = {f"{table}/{ward}.parquet" for table in TABLES for ward in manifest.wards}
    listed = set(manifest.files)
    there = {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file()
        and path.name not in _DESKTOP_LEFTOVERS
        and path.relative_to(folder).parts[0] not in _OWN_FOLDERS
    } - _OWN_PAPERS
    return (listed ^ there) | (needed - listed)


def _altered(folder: Path, manifest: Manifest, name: str) -> bool:
    path, entry = folder / name, manifest.files[name]
    if not path.is_file():
        return False
    if path.stat().st_size != entry.size:
        return True
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest() != entry.sha256


def _tables_there(folder: Path, manifest: Manifest) -> Iterator[tuple[str, str, str]]:
    for table in TABLES:
        for ward in manifest.wards:
            name = f"{table}/{ward}.parquet"
            if name in manifest.files and (folder / name).is_file():
                yield name, table, ward


def _table_faults(
    folder: Path,
    manifest: Manifest,
    connection: duckdb.DuckDBPyConnection,
    tables: Iterable[tuple[str, str, str]],
) -> tuple[list[str], list[str]]:
    unreadable, miscounted = [], []
    for name, table, ward in tables:
        try:
            relation = connection.read_parquet(parquet_file(folder, table, ward))
            rows = relation.count("*").fetchall()[0][0]
        except duckdb.Error:
            unreadable.append(name)
            continue
        if not _as_expected(relation, TABLES[table]):
            unreadable.append(name)
        elif rows != manifest.files[name].rows:
            miscounted.append(name)
    return unreadable, miscounted


def _as_expected(relation: duckdb.DuckDBPyRelation, columns: dict[str, str]) -> bool:
    types = {
        name: "INTEGER" if str(kind).endswith(("INT", "INTEGER")) else str(kind)
        for name, kind in zip(relation.columns, relation.types, strict=True)
    }
    return columns.items() <= types.items()
