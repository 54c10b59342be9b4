"""Reading files that other people can write to: regular files only, and the one that was checked.

A link could show somebody else's file, a pipe would wait for ever, and what is checked by its name
can be another file when it is opened. So everything is opened first, without following links and
without waiting, and checked afterwards.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from sosach.grading import limits
from sosach.grading.names import decoded, relative_name, shown
from sosach.grading.refusals import NotYet, Refusal

__all__ = ["SecondName", "read_file", "read_tree"]

#: not on every system: Windows has neither links that anybody can make nor pipes in folders
_CAREFUL = (
    getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_BINARY", 0)
)
_BY_FOLDER = os.open in os.supports_dir_fd and os.scandir in os.supports_fd


class SecondName(bytes):
    """Content of a file that bears another name elsewhere (a hard link): whose it is, is open.

    It may show what its owner hides; but the owner's own file is no other one. So it is read, and
    whoever uses it decides by its content.
    """


#: a folder as it is reached: opened, or by its path where a system cannot open folders
Place = int | Path


def read_file(path: Path, most: int) -> bytes:
    """Read a regular file.

    Parameters
    ----------
    path : Path
        The file; the folder it lies in is not checked.
    most : int
        Bytes that are read; one more is, to show that there are more.

    Returns
    -------
    bytes
        A `SecondName` where the file bears more names than this one.

    Raises
    ------
    Refusal
        If it is a link, a device or a pipe; `NotYet` if it cannot be read, or changes meanwhile.
    """
    return _read(path.parent, path.name, PurePosixPath(path.name), most)


def read_tree(
    folder: Path, wanted: Callable[[PurePosixPath], bool], most: Callable[[PurePosixPath], int]
) -> Iterator[tuple[PurePosixPath, bytes]]:
    """Read the regular files below a folder, not following any link on the way.

    Parameters
    ----------
    folder : Path
        Neither it nor the folder it lies in may be a link.
    wanted : callable
        Tells of a relative path whether it is to be looked at; a folder that is not, is not
        entered.
    most : callable
        Bytes that are read of a file, as `read_file` takes them.

    Yields
    ------
    tuple of PurePosixPath and bytes
        Relative path (NFC, as its owner reads it) and content.

    Raises
    ------
    Refusal
        As `read_file`; also if the folder is too deep or too full.
    """
    seen = iter(range(limits.MAX_ENTRIES))
    above = folder.absolute().parent
    with _inside(above.parent, above.name) as parent, _inside(parent, folder.name) as top:
        yield from _below(top, PurePosixPath(), wanted, most, seen)


def _below(
    place: Place,
    at: PurePosixPath,
    wanted: Callable[[PurePosixPath], bool],
    most: Callable[[PurePosixPath], int],
    seen: Iterator[int],
) -> Iterator[tuple[PurePosixPath, bytes]]:
    """Yield the files of an opened folder and of those inside it."""
    if len(at.parts) > limits.MAX_DEPTH:
        message = (
            f"Bài nộp có hơn {limits.MAX_DEPTH} lớp thư mục lồng nhau. Hãy chỉ nộp bằng nop_bai()."
        )
        raise Refusal(message)
    for name in _names(place, seen):
        path = at / relative_name(decoded(os.fsencode(name)))
        if not wanted(path):
            continue
        if stat.S_ISDIR(_status(place, name, path).st_mode):
            with _inside(place, name) as inner:
                yield from _below(inner, path, wanted, most, seen)
        else:
            yield path, _read(place, name, path, most(path))


def _names(place: Place, seen: Iterator[int]) -> list[str]:
    """Return what a folder holds, in order; a folder without end is refused."""
    names = []
    with _refused(PurePosixPath(".")), os.scandir(place) as entries:
        for entry in entries:
            if next(seen, None) is None:
                message = (
                    f"Bài nộp có hơn {limits.MAX_ENTRIES} tệp và thư mục. "
                    "Hãy chỉ nộp bằng nop_bai()."
                )
                raise Refusal(message)
            names.append(entry.name)
    return sorted(names)


def _read(place: Place, name: str, path: PurePosixPath, most: int) -> bytes:
    """Check, open, read, and check that it was the same file and the same content all the time."""
    seen = _status(place, name, path)
    _check_regular(seen, path)
    with _refused(path), open(_open(place, name, os.O_RDONLY), "rb", buffering=0) as file:
        before = os.fstat(file.fileno())
        _check_regular(before, path)
        data = _read_up_to(file.fileno(), most + 1)
        after = os.fstat(file.fileno())
    whole = len(data) == before.st_size or len(data) > most
    changed = (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns)
    if changed or not (whole and os.path.samestat(seen, before)):
        message = f"Tệp '{shown(path)}' đang được ghi trong lúc đọc. Hãy đợi chép xong rồi thu lại."
        raise NotYet(message)
    return SecondName(data) if before.st_nlink > 1 else data


def _read_up_to(handle: int, most: int) -> bytes:
    parts, left = [], most
    while left and (part := os.read(handle, min(left, 1 << 20))):
        parts.append(part)
        left -= len(part)
    return b"".join(parts)


def _check_regular(status: os.stat_result, path: PurePosixPath) -> None:
    """Refuse what is no file of its own."""
    if not stat.S_ISREG(status.st_mode):
        message = (
            f"'{shown(path)}' không phải là tệp thường (liên kết, ống dẫn hoặc thiết bị). "
            "Hãy chép nội dung thành một tệp bình thường rồi nộp lại."
        )
        raise Refusal(message)


def _status(place: Place, name: str, path: PurePosixPath) -> os.stat_result:
    """Return what a name stands for, links not followed."""
    with _refused(path):
        if isinstance(place, Path):
            return (place / name).lstat()
        return os.stat(name, dir_fd=place, follow_symlinks=False)


def _open(place: Place, name: str, flags: int) -> int:
    if isinstance(place, Path):
        return os.open(place / name, flags | _CAREFUL)
    return os.open(name, flags | _CAREFUL, dir_fd=place)


@contextmanager
def _inside(place: Place, name: str) -> Iterator[Place]:
    """Open a folder that lies in another one."""
    path = PurePosixPath(decoded(os.fsencode(name)))
    if not stat.S_ISDIR(_status(place, name, path).st_mode):
        message = (
            f"'{shown(path)}' không phải là một thư mục thật (liên kết). Hãy nộp thư mục thật."
        )
        raise Refusal(message)
    if isinstance(place, Path) and not _BY_FOLDER:
        yield place / name
        return
    with _refused(path):
        handle = _open(place, name, os.O_RDONLY | os.O_DIRECTORY)
    try:
        yield handle
    finally:
        os.close(handle)


@contextmanager
def _refused(path: PurePosixPath) -> Iterator[None]:
    """Say in words what the system said by a number."""
    name = shown(path)
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ELOOP, errno.ENXIO, errno.ENOTDIR):
            message = (
                f"'{name}' không phải là tệp thường (liên kết hoặc thiết bị). Hãy nộp tệp thật."
            )
            raise Refusal(message) from error
        raise NotYet(_in_words(error, name)) from error


def _in_words(error: OSError, name: str) -> str:
    """Return why something cannot be read now, and what to do."""
    if error.errno == errno.ENOENT:
        return f"Tệp '{name}' vừa bị xóa hoặc đổi tên trong lúc đọc. Hãy thu lại bài này."
    if error.errno in (errno.EACCES, errno.EPERM):
        return f"Máy không được phép đọc '{name}'. Hãy cấp quyền đọc cho tệp này rồi thu lại."
    return f"Máy không đọc được '{name}' ({error.strerror}). Hãy chép lại tệp này rồi thu lại."
