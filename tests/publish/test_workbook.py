from __future__ import annotations

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
