"""Private files that are old or new but never half, also after a power cut; bytes of strangers.

Every key, counter and signature goes through `write_private`; everything that somebody else may
have touched comes in through `read_limited` and is taken apart inside `reading`.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import TypeVar

from sosach.signing.verdicts import Finding, SigningError

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

__all__ = ["LIMIT", "locked", "parsed", "read_limited", "reading", "write_private"]

T = TypeVar("T")

#: bytes of the largest file that is read whole: a batch of 10,000 doses has about 5 MB
LIMIT = 64 * 2**20


def write_private(path: Path, data: bytes) -> None:
    """Write a file that only its owner may read, and return when it is on the disk.

    Parameters
    ----------
    path : Path
        The file; a missing folder is made with mode 0700.
    data : bytes
        The whole content.

    Raises
    ------
    SigningError
        If the disk is full or refuses; the old file is then still there.
    """
    part = path.with_name(f".{path.name}.dang_ghi")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _write(part, data)
        part.replace(path)
        _sync_folder(path.parent)
    except OSError as error:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        found = error.strerror or str(error)
        raise SigningError(
            Finding("DISK_REFUSES", "files", "file", str(path), found=found)
        ) from error


def _write(path: Path, data: bytes) -> None:
    with open(path, "wb", opener=partial(os.open, mode=0o600)) as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    """Make a new name durable; Windows has no such call and does it by itself."""
    if sys.platform != "win32":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Keep other processes out; the lock ends with the process, also with a killed one.

    Parameters
    ----------
    path : Path
        A file for the lock alone; it stays.

    Raises
    ------
    BlockingIOError
        If another process is inside.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with path.open("ab") as file:
        try:
            _lock(file.fileno())
        except OSError as error:
            raise BlockingIOError(error.errno, error.strerror, str(path)) from error
        yield


if sys.platform == "win32":

    def _lock(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
else:

    def _lock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


def read_limited(path: Path, finding: Finding, limit: int = LIMIT) -> bytes:
    """Read a file that may be anything, but never more than `limit` bytes.

    Parameters
    ----------
    path : Path
        The file.
    finding : Finding
        What is said of a file that is too long.
    limit : int
        In bytes.

    Returns
    -------
    bytes

    Raises
    ------
    SigningError
        If the file is longer.
    OSError
        If it is missing or may not be read.
    """
    with path.open("rb") as file:
        data = file.read(limit + 1)
    if len(data) > limit:
        raise SigningError(finding)
    return data


@contextmanager
def reading(finding: Finding) -> Iterator[None]:
    """Turn whatever a parser makes of a stranger's bytes into one error of ours.

    Parameters
    ----------
    finding : Finding
        What is said of bytes that cannot be read.

    Raises
    ------
    SigningError
        If the block raises anything of its own; ours and the disk's pass.
    """
    try:
        yield
    except (SigningError, OSError):
        raise
    except Exception as error:  # parsers of ASN.1, JSON and PDF raise nearly everything
        raise SigningError(finding) from error


def parsed(data: bytes, limit: int, finding: Finding, parse: Callable[[bytes], T]) -> T:
    """Take a stranger's bytes apart.

    Parameters
    ----------
    data : bytes
    limit : int
        Bytes beyond which they are not even tried.
    finding : Finding
        What is said of bytes that are too many or cannot be read.
    parse : callable
        Returns what they hold, or raises anything.

    Returns
    -------
    object
        What `parse` returns.

    Raises
    ------
    SigningError
        With the finding.
    """
    with reading(finding):
        if len(data) > limit:
            raise SigningError(finding)
        return parse(data)
