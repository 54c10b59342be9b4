"""What a file is by its first bytes, and how to save it so that it can be read."""

from __future__ import annotations

import io
import zipfile

__all__ = ["is_package", "no_table", "no_text"]

_SAVE = "Trong Excel, hãy chọn Lưu thành, loại 'CSV UTF-8', hoặc nộp tệp .xlsx."
_FROM_TABLE = "Hãy mở tệp, chọn Lưu thành (Save As), loại 'Excel Workbook (.xlsx)' rồi nộp lại."
_FROM_PAGE = "Hãy chép bảng sang Excel, lưu thành tệp .xlsx rồi nộp lại."
_UNPACK = "Hãy giải nén rồi nộp các tệp bên trong."

#: first bytes -> what people call such a file, and what to do with it
_KINDS = {
    b"\xd0\xcf\x11\xe0": ("tệp Office cũ (.xls, .doc) hoặc tệp Excel có mật khẩu", _FROM_TABLE),
    b"%PDF": ("tệp PDF", _FROM_PAGE),
    b"{\\rtf": ("tệp văn bản RTF", _FROM_PAGE),
    b"<": ("trang web hoặc XML", _FROM_TABLE),
    b"\x89PNG": ("ảnh chụp", _FROM_PAGE),
    b"\xff\xd8\xff": ("ảnh chụp", _FROM_PAGE),
    b"GIF8": ("ảnh chụp", _FROM_PAGE),
    b"Rar!": ("gói nén RAR", _UNPACK),
    b"7z\xbc\xaf": ("gói nén 7-Zip", _UNPACK),
    b"\x1f\x8b": ("gói nén GZIP", _UNPACK),
}
#: a member of a package -> the same
_MEMBERS = {
    "word/document.xml": ("tệp Word (.docx)", _FROM_PAGE),
    "ppt/presentation.xml": ("tệp PowerPoint (.pptx)", _FROM_PAGE),
    "xl/workbook.bin": ("tệp Excel nhị phân (.xlsb)", _FROM_TABLE),
    "Index/Document.iwa": ("tệp Numbers", "Hãy chọn Export To > Excel rồi nộp tệp .xlsx."),
    "content.xml": ("tệp OpenDocument (.ods, .odt)", _FROM_TABLE),
}


def is_package(data: bytes) -> bool:
    """Tell whether a file is a package of files, as a workbook is."""
    return data.startswith(b"PK\x03\x04")


def no_table(data: bytes) -> str:
    """Return what a file is where it is known to be no table, and what to do.

    Parameters
    ----------
    data : bytes
        Content of a file that should be CSV, JSON or a workbook.

    Returns
    -------
    str
        The end of a sentence that begins with the file's name, and a second sentence; "" where
        it may be a table.

    Examples
    --------
    >>> no_table(b"%PDF-1.7")
    'là tệp PDF, không đọc được như bảng. Hãy chép bảng sang Excel, lưu thành tệp .xlsx rồi nộp lại.'
    >>> no_table(b"ma_ho_so,nhom")
    ''
    """
    known = _of_package(data) if is_package(data) else _of_start(data)
    return f"là {known[0]}, không đọc được như bảng. {known[1]}" if known else ""


def no_text(data: bytes) -> str:
    """Return why a file is no text that can be read, and what to do, as `no_table` does."""
    if b"\0" in data:
        return f"không phải là văn bản UTF-8. {_SAVE}"
    return f"không phải là văn bản UTF-8: chữ ở bảng mã cũ (Windows-1258, TCVN3 hoặc VNI). {_SAVE}"


def _of_start(data: bytes) -> tuple[str, str] | None:
    start = data.removeprefix(b"\xef\xbb\xbf").lstrip()
    return next((told for magic, told in _KINDS.items() if start.startswith(magic)), None)


def _of_package(data: bytes) -> tuple[str, str] | None:
    """Tell packages apart by what is in them."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            names = set(package.namelist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return None
    if "xl/workbook.xml" in names:
        return None
    return next((told for member, told in _MEMBERS.items() if member in names), None)
