from __future__ import annotations

import datetime
import subprocess
import sys

import openpyxl
import pytest

from sosach.publish.workbook import BANNER, write_workbook

VALUES = ["079085000001", "=1+1", "https://example.org", "", "Đặng Thị Hòa", "1e5"]


def test_write_workbook_text_cells(tmp_path):
    """Every value comes back as the text it was, formulas and numbers too."""
    path = tmp_path / "a.xlsx"
    write_workbook(path, {"Một": (("cot",), [(value,) for value in VALUES])})
    sheet = openpyxl.load_workbook(path)["Một"]

    assert [row[0].value or "" for row in sheet.iter_rows(min_row=2)] == VALUES
    assert {row[0].data_type for row in sheet.iter_rows(min_row=2) if row[0].value} == {"s"}
    assert sheet.freeze_panes == "A2"


def test_write_workbook_banner(tmp_path):
    """The last sheet says that the data are invented."""
    path = tmp_path / "a.xlsx"
    write_workbook(path, {"Một": (("cot",), [])})
    book = openpyxl.load_workbook(path)

    assert book.worksheets[-1]["A1"].value == BANNER


def test_write_workbook_interrupted(tmp_path):
    """A run that fails half-way leaves the old file and no half of the new one."""
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"old")

    def rows():
        yield ("1",)
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        write_workbook(path, {"Một": (("cot",), rows())})

    assert [p.name for p in tmp_path.iterdir()] == ["a.xlsx"]
    assert path.read_bytes() == b"old"


def test_write_workbook_remarks(tmp_path):
    """Further lines stand below the banner."""
    path = tmp_path / "a.xlsx"
    write_workbook(path, {"Một": (("cot",), [])}, ["Số khởi đầu: 1"])
    column = openpyxl.load_workbook(path).worksheets[-1]["A"]

    assert [cell.value for cell in column][-1] == "Số khởi đầu: 1"
    assert column[0].value == BANNER


def test_write_workbook_made(tmp_path):
    """A workbook of a given day says that day, and equal tables give equal bytes."""
    made = datetime.date(2022, 5, 7)
    for name in ("a.xlsx", "b.xlsx"):
        write_workbook(tmp_path / name, {"Một": (("cot",), [("079",)])}, made=made)
    properties = openpyxl.load_workbook(tmp_path / "a.xlsx").properties

    assert properties.created.date() == properties.modified.date() == made
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


#: files cannot grow beyond a thousand bytes; prints what is left in the temporary folder
FULL = """
import os, resource, signal, sys, tempfile
from pathlib import Path
from sosach.publish.workbook import write_workbook
tempfile.tempdir = sys.argv[1]
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (1_000, 1_000))
try:
    write_workbook(Path(sys.argv[1], "a.xlsx"), {"Mot": (("cot",), [("x",)])})
except OSError as error:
    print(type(error).__name__, error.strerror, os.listdir(sys.argv[1]))
"""


def test_write_workbook_full_disk(tmp_path):
    """A full disk is an error of the disk, not of the library that writes; nothing is left."""
    command = [sys.executable, "-c", FULL, tmp_path]
    done = subprocess.run(command, capture_output=True, text=True, check=False)

    assert done.stdout == "OSError File too large []\n", done.stderr


def test_write_workbook_numbers(tmp_path):
    """A float is a number to compute with, a text of digits stays text."""
    write_workbook(tmp_path / "x.xlsx", {"A": (["x", "y"], [(7.5, "007")])})
    number, text = openpyxl.load_workbook(tmp_path / "x.xlsx")["A"][2]

    assert (number.value, number.data_type) == (7.5, "n")
    assert (text.value, text.data_type) == ("007", "s")


@pytest.mark.parametrize("letter", ["x", "🐘"])
def test_write_workbook_too_long(tmp_path, letter):
    """A text longer than a cell may be is cut with a mark, not dropped; no character is split."""
    write_workbook(tmp_path / "x.xlsx", {"A": (["x"], [(letter * 40_000,)])})
    value = openpyxl.load_workbook(tmp_path / "x.xlsx")["A"]["A2"].value

    assert value.endswith("(bị cắt)")
    assert 32_000 < len(value.encode("utf-16-le")) / 2 <= 32_767
    assert set(value.removesuffix(" … (bị cắt)")) == {letter}
