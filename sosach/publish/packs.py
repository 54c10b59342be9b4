"""The data folder a trainee gets: the two register tables as CSV and as one workbook."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
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

__all__ = ["write_pack"]

#: Excel takes a CSV for UTF-8 only with these three bytes in front
BOM = b"\xef\xbb\xbf"

#: file stem -> sheet name
TABLES = {"doi_tuong": "Đối tượng", "mui_tiem": "Mũi tiêm"}


def write_pack(pack: Pack, folder: Path, damage: Mapping[str, str] | None = None) -> dict[str, str]:
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

    Returns
    -------
    dict
        Relative path of each CSV file -> sha256 of its bytes. The workbook is not hashed:
        its bytes hold the time of writing.

    Raises
    ------
    Problem
        If `damage` names another table or an unknown kind.
    """
    damage = damage or {}
    check_names(damage, TABLES, "Gói dữ liệu", "bảng")
    check_names(damage.values(), FILE_DAMAGES, "Gói dữ liệu", "kiểu hỏng")
    target = folder / "du_lieu"
    hashes = {}
    for stem in TABLES:
        data = _file(getattr(pack, stem), f"{stem}.csv", damage.get(stem))
        write_whole(target / f"{stem}.csv", data)
        hashes[f"du_lieu/{stem}.csv"] = hashlib.sha256(data).hexdigest()
    if not damage:
        sheets = {
            title: (getattr(pack, stem).column_names, _rows(getattr(pack, stem)))
            for stem, title in TABLES.items()
        }
        write_workbook(target / "du_lieu.xlsx", sheets)
    return hashes


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
