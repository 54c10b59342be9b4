"""What programs and keyboards do to a right table: it costs nothing."""

from __future__ import annotations

import io
import json
import unicodedata

from openpyxl import Workbook, load_workbook

from generator.vietnamese import to_cp1258
from tests.grading.corpus.cases import FULL, case

TITLES = "Mã hồ sơ,Nhóm\n"


def retitled(text, header):
    """Return a table with another header."""
    return header + text.partition("\n")[2]


def with_column(text, value):
    """Return a table with one more column."""
    first, *lines = text.splitlines()
    return "\n".join([f"{first},ghi_chu", *(f"{line},{value}" for line in lines)]) + "\n"


#: name -> what becomes of the text of a right table
TEXTS = {
    "plain": lambda t: t,
    "BOM": lambda t: t.encode("utf-8-sig"),
    "UTF-16": lambda t: t.encode("utf-16"),
    "UTF-16 big endian": lambda t: b"\xfe\xff" + t.encode("utf-16-be"),
    "UTF-16 without mark": lambda t: t.encode("utf-16-le"),
    "CRLF": lambda t: t.replace("\n", "\r\n"),
    "CR": lambda t: t.replace("\n", "\r"),
    "semicolon": lambda t: t.replace(",", ";"),
    "tab": lambda t: t.replace(",", "\t"),
    "sep line": lambda t: "sep=;\r\n" + t.replace(",", ";"),
    "Excel in Vietnam": lambda t: t.replace(",", ";").replace("\n", "\r\n").encode("utf-8-sig"),
    "titles with marks": lambda t: retitled(t, TITLES),
    "titles in loose marks": lambda t: retitled(t, unicodedata.normalize("NFD", TITLES)),
    "titles in capitals": lambda t: retitled(t, "MA_HO_SO,NHOM\n"),
    "ids in small letters": lambda t: t.replace("HS", "hs"),
    "codes in capitals": lambda t: retitled(t.upper(), "ma_ho_so,nhom\n"),
    "codes with their column": lambda t: t.replace(",", ",Nhóm ").replace("Nhóm nhom", "nhom"),
    "blanks": lambda t: t.replace(",", "\u00a0 ,  "),
    "quoted": lambda t: "".join(f'"{a}","{b}"\n' for a, b in (x.split(",") for x in t.split())),
    "columns swapped": lambda t: "".join(
        f"{b},{a}\n" for a, b in (x.split(",") for x in t.split())
    ),
    "one more column": lambda t: with_column(t, "x"),
    "a cell of two lines": lambda t: with_column(t, '"1\n2"'),
    "a column of old letters": lambda t: with_column(t, "Nguyễn Văn Ánh"),
    "blank rows": lambda t: t.replace("\n", "\n,\n\n") + "\n\n\n",
    "Windows-1258": lambda t: to_cp1258(retitled(t, TITLES)),
    "blank ends of rows left out": lambda t: with_column(t, "").replace(",\n", "\n"),
    "a row of one cell": lambda t: t + "HS9\n",
    "cells beyond the header": lambda t: t.replace("\n", ",,\n"),
    "titles above": lambda t: "DANH SÁCH,\nTrạm y tế Phường 1,\n\n" + t,
    "rows twice": lambda t: t + t.partition("\n")[2],
    "no end of line": lambda t: t.rstrip(),
    "letters without width": lambda t: t.replace("HS", "\u200bHS\u200e"),
    "line separators": lambda t: with_column(t, "1\u2028\x0b\u00852"),
    "JSON": lambda t: json.dumps(rows_of(t)),
    "JSON lines": lambda t: "\n".join(map(json.dumps, rows_of(t))),
    "JSON in an object": lambda t: json.dumps({"phien_ban": 1, "danh_sach": rows_of(t)}, indent=1),
}


def rows_of(text):
    """Return a table as objects."""
    names, *lines = [line.split(",") for line in text.split()]
    return [dict(zip(names, line, strict=True)) for line in lines]


for _name, _change in TEXTS.items():
    case(FULL, name=_name)(lambda work, change=_change: work.write(change(work.text())))


@case(FULL)
def whole_table_with_blanks(work):
    """Somebody hands in all records and leaves the cells of the others blank."""
    work.write(work.text([(i, dict(work.rows).get(i, "")) for i in work.ids]))


@case(FULL)
def left_out_in_words(work):
    """Somebody writes "Không" beside every record that is left out."""
    work.write(work.text([(i, dict(work.rows).get(i, "Không")) for i in work.ids]))


def book(*sheets):
    """Return a workbook of these sheets."""
    workbook, sink = Workbook(), io.BytesIO()
    workbook.remove(workbook.active)
    for i, rows in enumerate(sheets):
        sheet = workbook.create_sheet(f"S{i}")
        for row in rows:
            sheet.append(list(row))
    workbook.save(sink)
    return sink.getvalue()


@case(FULL, "danh_sach.xlsx")
def workbook(work):
    work.write(book([("ma_ho_so", "nhom"), *work.rows]), "danh_sach.xlsx")


@case(FULL)
def workbook_named_csv(work):
    work.write(book([("ma_ho_so", "nhom"), *work.rows]))


@case(FULL)
def workbook_with_titles_on_the_second_sheet(work):
    rows = [("DANH SÁCH",), (), ("STT", "Mã hồ sơ", "Họ tên", "Nhóm")]
    rows += [(i, code, "An", group.upper()) for i, (code, group) in enumerate(work.rows, 1)]
    work.write(book([("Hướng dẫn",)], rows), "Danh sách.xlsx")


@case(FULL)
def workbook_with_hundreds_of_blank_rows(work):
    rows = [("ma_ho_so", "nhom"), *work.rows, *[(None, None)] * 500, (" ", "")]
    work.write(book(rows), "danh_sach.xlsx")


@case(FULL)
def workbook_with_an_empty_form_first(work):
    header = ("ma_ho_so", "nhom")
    work.write(book([header], [header, *work.rows]), "danh_sach.xlsx")


@case(FULL)
def workbook_with_a_hidden_old_version(work):
    """Only what a person sees was handed in."""
    others = [(name, "a") for name in work.ids for _ in range(2)]
    old, header = book([("ma_ho_so", "nhom"), *others]), ("ma_ho_so", "nhom")
    workbook = load_workbook(io.BytesIO(old))
    workbook.worksheets[0].sheet_state = "veryHidden"
    sheet = workbook.create_sheet("Bài làm")
    for row in [header, *work.rows]:
        sheet.append(row)
    workbook.active = sheet
    sink = io.BytesIO()
    workbook.save(sink)
    work.write(sink.getvalue(), "danh_sach.xlsx")


@case(FULL, "Sheet1")
def a_sheet_saved_by_google(work):
    work.write(work.text(), "danh_sach - Sheet1.csv")
