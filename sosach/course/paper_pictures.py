"""Pictures on papers: read from the data folder, or made for a page that has none."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import Any

__all__ = ["as_address", "made", "read"]

Papers = Mapping[str, Sequence[Mapping[str, Any]]]


def as_address(png: bytes) -> str:
    """Return a picture as an address that holds it, for pages that may fetch nothing."""
    return f"data:image/png;base64,{base64.b64encode(png).decode()}"


def read(papers: Papers, folder: Path) -> dict[str, bytes]:
    """Return the pictures that papers name.

    Parameters
    ----------
    papers : mapping
        Item -> papers, as `sosach.review.casefile.Paper` has them.
    folder : Path
        ``du_lieu/``.

    Returns
    -------
    dict
        Name below ``du_lieu/`` -> the file.

    Raises
    ------
    OSError
        If one is missing.
    """
    return {name: (folder / name).read_bytes() for name in _named(papers)}


def made(papers: Papers, prints: Mapping[str, Callable[[Path], None]]) -> dict[str, bytes]:
    """Return the pictures that papers name, made where there is no folder.

    Parameters
    ----------
    papers : mapping
        As of `read`.
    prints : mapping
        File or folder of ``du_lieu/`` -> what writes it; only what is named is written.
    """
    names = _named(papers)
    with TemporaryDirectory() as folder:
        for part in {PurePosixPath(name).parts[0] for name in names}:
            prints[part](Path(folder) / part)
        return read(papers, Path(folder))


def _named(papers: Papers) -> list[str]:
    told: Iterable[Mapping[str, Any]] = (paper for some in papers.values() for paper in some)
    return sorted({paper["picture"] for paper in told if paper.get("picture")})
