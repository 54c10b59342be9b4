"""Tables that cannot be judged: no points, and a sentence that says where and what to do."""

from __future__ import annotations

import io
import json
import random
import zipfile

from generator.vietnamese import to_tcvn3
from sosach.grading import limits
from tests.grading.corpus.cases import ZERO, case
from tests.grading.corpus.forms import book
from tests.grading.corpus.zips import zipped

OLD_TITLES = "Mã hồ sơ,Nhóm\n"

#: name -> what becomes of a right table, and what is said
SPOILT = {
    "empty": (lambda t: "", "thiếu cột ma_ho_so, nhom"),
    "blank lines": (lambda t: "\n\n\n", "thiếu cột"),
    "no header": (lambda t: t.partition("\n")[2], "thiếu cột"),
    "header alone": (lambda t: "ma_ho_so,nhom\n", "chưa có dòng nào"),
    "one column": (lambda t: t.replace(",", "_"), "thiếu cột"),
    "column missing": (lambda t: t.replace("nhom", "loai"), "thiếu cột nhom"),
    "column twice": (
        lambda t: t.replace("nhom", "nhom,Nhóm").replace("\nHS", "\nx,HS"),
        "hai cột cùng tên nhom",
    ),
    "unknown code": (lambda t: t + "HS9,d\n", "không có mã 'd'"),
    "code with a comma": (lambda t: t + 'HS9,"a,b"\n', "không có mã 'a,b'"),
    "unknown code of a kilometre": (lambda t: t + f"HS9,{'d' * 9000}\n", "không có mã"),
    "too many cells": (lambda t: t + "HS9,a,b\n", "có 3 ô"),
    "cell too long": (lambda t: t + f"{'H' * 10_001},a\n", "có ô dài hơn"),
    "quote without end": (lambda t: t.replace("nhom\n", 'nhom\n"', 1), "Tệp danh_sach.csv"),
    "zero bytes": (lambda t: t.encode() + b"\0", "không phải là văn bản"),
    "only zero bytes": (lambda t: b"\0" * 5000, "không phải là văn bản"),
    "noise": (lambda t: random.Random(1).randbytes(5000), "Tệp danh_sach.csv"),  # noqa: S311
    "TCVN3": (lambda t: to_tcvn3(OLD_TITLES + t).encode("latin-1"), "bảng mã cũ"),
    "half a UTF-16": (lambda t: t.encode("utf-16")[:-1], "không phải là văn bản"),
    "UTF-32": (lambda t: t.encode("utf-32"), "không phải là văn bản"),
    "picture": (lambda t: b"\x89PNG\r\n\x1a\n\0\0", "ảnh chụp"),
    "PDF": (lambda t: b"%PDF-1.4\n" + t.encode(), "PDF"),
    "old Excel": (lambda t: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 999, "Excel Workbook"),
    "RTF": (lambda t: "{\\rtf1 " + t, "RTF"),
    "web page": (lambda t: f"<html><body><table>{t}</table></body></html>", "trang web"),
    "XML with entities": (lambda t: '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]>', "XML"),
    "Word": (lambda t: zipped({"word/document.xml": t}), "Word"),
    "OpenDocument": (lambda t: zipped({"mimetype": b"", "content.xml": t}), "OpenDocument"),
    "RAR": (lambda t: b"Rar!\x1a\x07\0", "RAR"),
    "zip": (lambda t: zipped({"danh_sach.csv": t}), "không mở được"),
    "too many bytes": (lambda t: t + "\n" * 2_000_001, "lớn hơn 2 MB"),
    "too many rows": (lambda t: t + "HS,a\n" * (limits.MAX_ROWS + 20), "hơn 60000 dòng"),
    "ids that Excel spoilt": (lambda t: "ma_ho_so,nhom\n7.9E+10,a\n7.9E+10,b\n", "rút gọn"),
    "formulas that failed": (lambda t: "ma_ho_so,nhom\n#NAME?,a\n#REF!,b\n", "công thức"),
    "JSON key twice": (lambda t: '[{"ma_ho_so":"HS1","nhom":"a","nhom":"b"}]', "hai lần"),
    "JSON NaN": (lambda t: '[{"ma_ho_so":"HS1","nhom":NaN}]', "NaN"),
    "JSON deep": (lambda t: "[" * 90_000, "lồng nhau"),
    "JSON deep inside": (lambda t: '[{"ma_ho_so":' + "[" * 50 + "]" * 50 + "}]", "lồng nhau"),
    "JSON huge number": (lambda t: f'[{{"ma_ho_so":{"9" * 5000}}}]', "số dài hơn"),
    "JSON broken": (lambda t: '[{"ma_ho_so":"HS1",', "JSON đúng cách"),
    "JSON number": (lambda t: "[1,2,3]", "ngoặc nhọn"),
    "JSON of other columns": (lambda t: json.dumps([{"a": 1}]), "thiếu cột"),
}
for _name, (_spoil, _said) in SPOILT.items():
    case(ZERO, _said, name=_name)(lambda work, spoil=_spoil: work.write(spoil(work.text())))


@case(ZERO, "cùng ghi")
def one_key_with_two_groups(work):
    """All answers at once."""
    work.write(work.text([(i, group) for i in work.ids for group in "abc"]))


def workbook(**changed):
    """Return a workbook in which some members are replaced; ``__`` stands for ``/``."""
    sink = io.BytesIO()
    members = {n.replace("__", "/") + ".xml": data for n, data in changed.items()}
    with zipfile.ZipFile(io.BytesIO(book([("ma_ho_so", "nhom")]))) as old:
        for name in old.namelist():
            members.setdefault(name, old.read(name))
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as new:
        for name, data in members.items():
            new.writestr(name, data)
    return sink.getvalue()


LAUGHS = "".join(f'<!ENTITY a{i} "{f"&a{i - 1};" * 10 if i else "ha"}">' for i in range(12))
BOOKS = {
    "broken workbook": (lambda: book([("a",)])[:-50], "không mở được"),
    "workbook without sheets": (lambda: workbook(xl__workbook="<workbook/>"), "danh_sach.csv"),
    "workbook of no XML": (lambda: workbook(xl__worksheets__sheet1="ab"), "danh_sach.csv"),
    "workbook that expands": (
        lambda: workbook(
            xl__worksheets__sheet1=f"<!DOCTYPE x [{LAUGHS}]><worksheet>&a11;</worksheet>"
        ),
        "danh_sach.csv",
    ),
    "workbook that reads a file": (
        lambda: workbook(
            xl__worksheets__sheet1='<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><worksheet>'
            "<sheetData><row><c t='inlineStr'><is><t>&a;</t></is></c></row></sheetData></worksheet>"
        ),
        "danh_sach.csv",
    ),
    "workbook too large": (lambda: workbook(xl__media=b"0" * 61_000_000), "quá lớn"),
}
for _name, (_make, _said) in BOOKS.items():
    case(ZERO, _said, name=_name)(lambda work, make=_make: work.write(make()))
