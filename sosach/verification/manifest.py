"""The manifest of a data set: what the folder says of itself."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sosach.verification.result import NotADataset
from sosach.verification.tables import TABLES

__all__ = ["ID_SCHEMES", "FileEntry", "Manifest", "Promise", "read_manifest"]

#: fourth digit of a CCCD = sex and century + this (domain.md 13)
ID_SCHEMES = {"realistic": 0, "unreal": 6}


@dataclass(frozen=True)
class FileEntry:
    """What the manifest says of one file; `size` in bytes."""

    rows: int
    size: int
    sha256: str


@dataclass(frozen=True)
class Promise:
    """What the manifest says of one cause or decoy.

    `asked` and `achieved` are shares; `expected` is how often it should have struck, where it was
    as likely as the clerks were careless.
    """

    eligible: int
    asked: float
    expected: float
    achieved: float
    not_applicable: int


@dataclass(frozen=True)
class Manifest:
    """The parts of ``manifest.json`` that the check needs."""

    scenario: str
    as_of: dt.date
    id_scheme: str
    counts: dict[str, int]
    files: dict[str, FileEntry]
    errors: dict[str, Promise]

    @property
    def wards(self) -> tuple[str, ...]:
        """Codes of the wards that any table has a file of, sorted."""
        paths = [Path(name) for name in self.files]
        return tuple(
            sorted({p.stem for p in paths if p.suffix == ".parquet" and p.parent.name in TABLES})
        )


def read_manifest(folder: Path) -> Manifest:
    """Read ``manifest.json``.

    Parameters
    ----------
    folder : Path
        The folder of the data set.

    Returns
    -------
    Manifest
        With at least one ward.

    Raises
    ------
    NotADataset
        If folder or manifest are missing, broken or of another program.
    """
    path = folder / "manifest.json"
    if not folder.is_dir():
        message = f"Không thấy thư mục {folder}. Kiểm tra lại đường dẫn."
        raise NotADataset(message)
    if not path.is_file():
        message = (
            f"Thư mục {folder} không có manifest.json nên không phải bộ dữ liệu hoàn chỉnh. "
            "Chọn đúng thư mục, hoặc sinh lại dữ liệu bằng sosach generate."
        )
        raise NotADataset(message)
    try:
        manifest = _manifest(json.loads(path.read_text(encoding="utf-8")))
    except (ValueError, KeyError, TypeError, AttributeError, OSError) as error:
        message = (
            f"Không đọc được {path}: tệp hỏng hoặc không phải do sosach generate ghi "
            f"({type(error).__name__}: {error}). Sinh lại dữ liệu bằng sosach generate."
        )
        raise NotADataset(message) from error
    return manifest


def _manifest(raw: Any) -> Manifest:  # noqa: ANN401 - anything may stand in a JSON file
    manifest = Manifest(
        scenario=str(raw["scenario"]),
        as_of=dt.date.fromisoformat(raw["as_of"]),
        id_scheme=str(raw["id_scheme"]),
        counts={str(name): int(count) for name, count in raw["counts"].items()},
        files={
            str(name): FileEntry(int(e["rows"]), int(e["bytes"]), str(e["sha256"]))
            for name, e in raw["files"].items()
        },
        errors={
            str(e["cause"]): Promise(
                int(e["eligible"]),
                float(e["asked"]),
                float(e["expected"]),
                float(e["achieved"]),
                int(e["not_applicable"]),
            )
            for e in raw["errors"]
        },
    )
    if manifest.id_scheme not in ID_SCHEMES:
        message = f"id_scheme = {manifest.id_scheme!r}"
        raise ValueError(message)
    if not manifest.wards:
        message = "files = {}"
        raise ValueError(message)
    return manifest
