"""Reading zip packages: members are looked at before they are unpacked, and none is written.

Whose package it is, is never taken from the names inside.
"""

from __future__ import annotations

import io
import stat
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import PurePosixPath

from sosach.grading import limits
from sosach.grading.names import decoded, is_notebook, relative_name, shown
from sosach.grading.refusals import Refusal

__all__ = ["check_total", "read_package"]

#: the first bytes of one entry in a package's table of contents
_ENTRY = b"PK\x01\x02"
_ENCRYPTED, _UTF8 = 0x1, 0x800
#: other methods need memory that the package itself may ask for
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_BROKEN = (
    *(zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, struct.error),
    *(EOFError, NotImplementedError, RuntimeError, ValueError, OSError, OverflowError),
)
#: first bytes of other packages, and what people call them
_OTHERS = {b"Rar!": "RAR", b"7z\xbc\xaf": "7-Zip", b"\x1f\x8b": "GZIP", b"BZh": "BZIP2"}

Size = Callable[[PurePosixPath], int]


def read_package(
    name: str, data: bytes, wanted: Callable[[PurePosixPath], bool], most: Size
) -> Iterator[tuple[PurePosixPath, bytes]]:
    """Read the members of a zip package.

    Parameters
    ----------
    name : str
        File name, for messages.
    data : bytes
        The package.
    wanted : callable
        Tells of a relative path whether it is to be read.
    most : callable
        Bytes that are read of a member; one more is, to show that there are more.

    Yields
    ------
    tuple of PurePosixPath and bytes
        Relative path (NFC, in the letters of its owner) and content, a name perhaps twice.

    Raises
    ------
    Refusal
        If it is no zip package, broken, encrypted, too full, packed beyond reason, or a member
        is a link or has a name that leads out.
    """
    _check_kind(name, data)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            members = [(_path(info), info) for info in package.infolist() if not info.is_dir()]
            for path, info in members:
                _check_place(path, info)
            chosen = [(path, info) for path, info in members if wanted(path)]
            check_total(info.file_size for path, info in chosen if not is_notebook(path))
            for path, info in chosen:
                _check_packing(name, path, info)
            for path, info in chosen:
                with package.open(info) as file:
                    yield path, file.read(most(path) + 1)
    except Refusal:
        raise
    except _BROKEN as error:
        message = (
            f"Tệp {shown(name)} bị hỏng hoặc chép chưa xong, không giải nén được. "
            "Hãy nén lại bằng nop_bai() rồi nộp lại."
        )
        raise Refusal(message) from error


def check_total(sizes: Iterable[int]) -> None:
    """Refuse a hand-in that is too much in all; notebooks have a limit of their own."""
    if sum(sizes) > limits.MAX_TOTAL:
        message = f"Bài nộp lớn hơn {limits.MAX_TOTAL // 1_000_000} MB. Hãy chỉ nộp bằng nop_bai()."
        raise Refusal(message)


def _check_kind(name: str, data: bytes) -> None:
    """Refuse other packages by their name, and a table of contents that is too long to be read."""
    kind = next((kind for start, kind in _OTHERS.items() if data.startswith(start)), "")
    if kind:
        message = f"Tệp {shown(name)} là gói {kind}, không phải zip. Hãy nén lại thành .zip."
        raise Refusal(message)
    if len(data) > limits.MAX_PACKAGE:
        message = (
            f"Tệp {shown(name)} lớn hơn {limits.MAX_PACKAGE // 1_000_000} MB. "
            "Hãy chỉ nộp bằng nop_bai()."
        )
        raise Refusal(message)
    if data.count(_ENTRY) > limits.MAX_MEMBERS:
        message = f"Tệp {shown(name)} có hơn {limits.MAX_MEMBERS} mục. Hãy chỉ nộp bằng nop_bai()."
        raise Refusal(message)


def _path(info: zipfile.ZipInfo) -> PurePosixPath:
    """Return a member's name; without the mark of UTF-8 it is in its writer's code page."""
    name = info.filename
    if not info.flag_bits & _UTF8:
        name = decoded(name.encode("cp437", "surrogateescape"))
    return relative_name(name.replace("\\", "/"))


def _check_place(path: PurePosixPath, info: zipfile.ZipInfo) -> None:
    """Refuse links and devices, and names that lead out of the folder."""
    kind = stat.S_IFMT(info.external_attr >> 16)
    leads_out = path.is_absolute() or ".." in path.parts or ":" in (path.parts or (":",))[0]
    if leads_out or kind not in (0, stat.S_IFREG, stat.S_IFDIR):
        message = (
            f"Tệp zip có tên hoặc liên kết không hợp lệ: '{shown(path)}'. "
            "Hãy nén lại bằng nop_bai() rồi nộp lại."
        )
        raise Refusal(message)


def _check_packing(name: str, path: PurePosixPath, info: zipfile.ZipInfo) -> None:
    """Refuse passwords, rare methods, and what is packed smaller than work ever is."""
    if info.flag_bits & _ENCRYPTED:
        message = f"Tệp {shown(name)} có mật khẩu. Hãy nén lại không đặt mật khẩu."
        raise Refusal(message)
    if info.compress_type not in _METHODS:
        message = (
            f"Tệp {shown(name)} nén theo cách ít gặp. "
            "Hãy nén lại bằng nop_bai() hoặc mục 'Nén thành tệp ZIP' của máy."
        )
        raise Refusal(message)
    # the same line printed many times packs well: a notebook has its own limit instead
    much = info.file_size > limits.RATIO_MATTERS and not is_notebook(path)
    if much and info.file_size > limits.MAX_RATIO * info.compress_size:
        message = (
            f"Tệp '{shown(path)}' trong {shown(name)} phình to hơn {limits.MAX_RATIO} lần khi giải "
            "nén nên không mở. Hãy nộp tệp bình thường bằng nop_bai()."
        )
        raise Refusal(message)
