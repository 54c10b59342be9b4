import os
from dataclasses import replace
from pathlib import Path

import openpyxl
import pyarrow.parquet as pq
import pytest

from generator import city
from generator.places import select_wards
from generator.scenario import load_scenario
from sosach.publish.city_files import (
    SHEETS,
    without_workbook,
    workbook_folder,
    write_ward_workbook,
)
from sosach.publish.workbook import BANNER

WARDS = select_wards("26734,27136")
REQUEST = city.Request(5, 0.02, load_scenario("tp-hcm-2022"))


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A small city of two wards without workbooks."""
    folder = tmp_path_factory.mktemp("city")
    city.generate(WARDS, REQUEST, folder)
    return folder


@pytest.fixture
def written(folder):
    """The first ward's workbook."""
    write_ward_workbook(folder, REQUEST, WARDS[0])
    return workbook_folder(folder) / "26734.xlsx"


def test_write_ward_workbook_cells(folder, written):
    """Each sheet is its table, cell for cell, all of them text under a frozen header."""
    book = openpyxl.load_workbook(written)
    for name in SHEETS:
        table = pq.read_table(folder / name / "26734.parquet")
        rows = [[cell.value or "" for cell in row] for row in book[name].iter_rows()]

        assert rows[0] == table.column_names
        assert rows[1:] == [list(row.values()) for row in table.to_pylist()]
        assert {c.data_type for row in book[name].iter_rows() for c in row if c.value} == {"s"}
        assert book[name].freeze_panes == "A2"


def test_write_ward_workbook_zeros(written):
    """Identity and telephone numbers keep their zeros in front."""
    sheet = openpyxl.load_workbook(written)["doi_tuong"]
    header, *rows = sheet.iter_rows(values_only=True)
    for column in ("so_giay_to", "so_dien_thoai"):
        assert any((row[header.index(column)] or "").startswith("0") for row in rows)


def test_write_ward_workbook_banner(written):
    """The last sheet says that the data are invented, and what they were made from."""
    sheet = openpyxl.load_workbook(written).worksheets[-1]
    text = "\n".join(row[0] for row in sheet.iter_rows(values_only=True))

    assert text.startswith(BANNER)
    for fact in ("tp-hcm-2022", "(seed): 5", "realistic", "Phường Tân Định, Quận 1 (26734)"):
        assert fact in text


def test_write_ward_workbook_no_key(written):
    """A station has neither truth nor key: two tables, the banner, no other sheet."""
    assert openpyxl.load_workbook(written).sheetnames[:-1] == ["doi_tuong", "mui_tiem"]


def test_write_ward_workbook_again(written, folder):
    """The same tables give the same bytes, of the scenario's day."""
    data = written.read_bytes()
    written.unlink()
    write_ward_workbook(folder, REQUEST, WARDS[0])

    assert written.read_bytes() == data
    assert openpyxl.load_workbook(written).properties.created.date() == REQUEST.scenario.as_of


def test_without_workbook(folder, written):
    """Only what has no workbook is open, or one that is older than a table."""
    assert without_workbook(folder, WARDS) == [WARDS[1]]
    stamp = (folder / "mui_tiem" / "26734.parquet").stat().st_mtime_ns
    os.utime(written, ns=(stamp, stamp))

    assert without_workbook(folder, WARDS) == list(WARDS)


def test_write_ward_workbook_without_tables(folder):
    """A table that is not there is named; no workbook appears."""
    with pytest.raises(FileNotFoundError) as caught:
        write_ward_workbook(folder, REQUEST, replace(WARDS[0], code="27112"))

    assert Path(caught.value.filename).name == "27112.parquet"
    assert not (workbook_folder(folder) / "27112.xlsx").exists()
