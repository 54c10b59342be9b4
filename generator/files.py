"""Files that appear under their name only when they are complete."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

__all__ = ["unfinished", "write_whole"]


@contextmanager
def unfinished(path: Path) -> Iterator[Path]:
    """Offer a temporary name beside `path`; the real name is given when nothing went wrong.

    Parameters
    ----------
    path : Path
        The file to be written; its folder exists.

    Yields
    ------
    Path
        Where to write. It is removed again when the block fails, as on a full disk.
    """
    part = path.with_name(f".{path.name}.dang_ghi")
    try:
        yield part
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def write_whole(path: Path, data: bytes | str) -> None:
    """Write a file: the old content or the new, never a half.

    Parameters
    ----------
    path : Path
        The file; its folder is made if missing.
    data : bytes or str
        Content; text is written as UTF-8.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with unfinished(path) as part:
        part.write_bytes(data.encode() if isinstance(data, str) else data)
