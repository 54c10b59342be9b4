"""The data folder a trainee gets: the two register tables as CSV and as one workbook."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow.csv as pacsv
from pyarrow import BufferOutputStream

from generator.files import write_whole
from sosach.publish.workbook import write_workbook

if TYPE_CHECKING:
    from generator.packs import Pack

__all__ = ["write_pack"]

#: Excel takes a CSV for UTF-8 only with these three bytes in front
BOM = b"\xef\xbb\xbf"

#: file stem -> sheet name
TABLES = {"doi_tuong": "Đối tượng", "mui_tiem": "Mũi tiêm"}


def write_pack(pack: Pack, folder: Path) -> dict[str, str]:
    """Write what the trainee works on into ``du_lieu/`` below `folder`; never the key.

    Parameters
    ----------
    pack : Pack
        A pack of `generator.packs`; only its two register tables are read.
    folder : Path
        The exercise folder; made if missing.

    Returns
    -------
    dict
        Relative path of each CSV file -> sha256 of its bytes. The workbook is not hashed:
        its bytes hold the time of writing.
    """
    target = folder / "du_lieu"
    hashes = {}
    for stem in TABLES:
        data = _csv(getattr(pack, stem))
        write_whole(target / f"{stem}.csv", data)
        hashes[f"du_lieu/{stem}.csv"] = hashlib.sha256(data).hexdigest()
    sheets = {
        title: (getattr(pack, stem).column_names, _rows(getattr(pack, stem)))
        for stem, title in TABLES.items()
    }
    write_workbook(target / "du_lieu.xlsx", sheets)
    return hashes


def _csv(table: Any) -> bytes:  # noqa: ANN401 - pyarrow ships no types
    """Return a table as CSV text, UTF-8 with BOM."""
    sink = BufferOutputStream()
    pacsv.write_csv(table, sink, pacsv.WriteOptions(quoting_style="needed"))
    return BOM + bytes(sink.getvalue())


def _rows(table: Any) -> list[tuple[str, ...]]:  # noqa: ANN401 - pyarrow ships no types
    """Return a table row by row, an absent value as ""."""
    columns = [[value or "" for value in column.to_pylist()] for column in table.columns]
    return list(zip(*columns, strict=True))
