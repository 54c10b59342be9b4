from __future__ import annotations

import io
import zipfile

import pytest

from generator.vietnamese import save_as_ansi, to_cp1258, to_tcvn3
from sosach.grading.artefacts import read_table
from sosach.grading.refusals import Refusal


def package(*names):
    """Return a zip with these members."""
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return sink.getvalue()


@pytest.mark.parametrize(
    ("data", "kind", "advice"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 100, "Office cũ", "Excel Workbook"),
        (b"%PDF-1.7\n%\xe2\xe3", "PDF", "chép bảng sang Excel"),
        (b"{\\rtf1\\ansi", "RTF", "chép bảng sang Excel"),
        (b"<html><table><tr><td>ma_ho_so</td></tr></table>", "trang web", "Excel Workbook"),
        (b"\xef\xbb\xbf  <?xml version='1.0'?>", "XML", "Excel Workbook"),
        (b"\xff\xd8\xff\xe0", "ảnh chụp", "chép bảng"),
        (b"Rar!\x1a\x07\x00", "RAR", "giải nén"),
        (package("mimetype", "content.xml"), "OpenDocument", "Excel Workbook"),
        (package("word/document.xml"), "Word", "chép bảng"),
        (package("xl/workbook.bin"), "nhị phân", "Excel Workbook"),
    ],
)
def test_read_table_other_formats(data, kind, advice):
    """A file of another program is called by its name, with how to save it."""
    with pytest.raises(Refusal, match=r"danh_sach\.csv") as refusal:
        read_table("danh_sach.csv", data, ("ma_ho_so",), ())

    assert kind in str(refusal.value)
    assert advice in str(refusal.value)


@pytest.mark.parametrize(
    "data",
    [
        to_cp1258("Mã hồ sơ,Nhóm\nHS1,Nguyễnn\n"),
        to_tcvn3("Mã hồ sơ,Nhóm\nHS1,a\n").encode("latin-1"),
        save_as_ansi("Mã hồ sơ,Nhóm\n").encode("cp1252"),
    ],
    ids=["Windows-1258", "TCVN3", "ANSI"],
)
def test_read_table_old_code_pages(data):
    """Text of an old code page that spells no Vietnamese is refused; ANSI has lost its letters."""
    with pytest.raises(Refusal, match=r"CSV UTF-8|thiếu cột"):
        read_table("danh_sach.csv", data, ("ma_ho_so", "nhom"), ())
