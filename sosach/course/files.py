"""Files of a learner: nothing earlier is ever lost, and the same work packs to the same bytes."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from io import BytesIO
from itertools import count
from pathlib import Path

from generator.files import write_whole

__all__ = ["keep_previous", "make_zip"]

#: one fixed date inside every zip, so that the same work gives the same bytes
ZIP_DATE = (2022, 5, 4, 0, 0, 0)


def keep_previous(path: Path, folder: Path, data: bytes) -> Path | None:
    """Put the file that is about to be replaced into a folder of earlier versions.

    Parameters
    ----------
    path : Path
        The file that will be written next.
    folder : Path
        Where earlier versions go, numbered from 001; made if need be.
    data : bytes
        What will be written.

    Returns
    -------
    Path or None
        The kept copy; None where there is nothing to lose.
    """
    if not path.is_file() or path.read_bytes() == data:
        return None
    names = (folder / f"{path.stem}_{number:03d}{path.suffix}" for number in count(1))
    copy = next(name for name in names if not name.exists())
    write_whole(copy, path.read_bytes())
    return copy


def make_zip(members: Mapping[str, bytes]) -> bytes:
    """Pack files into a zip whose bytes depend on nothing but the files.

    Parameters
    ----------
    members : mapping of str to bytes
        Name inside the zip to content.

    Returns
    -------
    bytes
        The zip.
    """
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in sorted(members.items()):
            archive.writestr(zipfile.ZipInfo(name, ZIP_DATE), data, zipfile.ZIP_DEFLATED)
    return packed.getvalue()
