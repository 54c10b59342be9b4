from __future__ import annotations

import pytest

from generator.facts import table
from sosach.grading.artefacts import read_table
from sosach.grading.refusals import Refusal
from sosach.grading.spellings import spellings, titles

ACTIONS = tuple(row["code"] for row in table("action_codes"))
REASONS = tuple(row["code"] for row in table("reason_codes"))
COLUMNS = ("ma_ho_so", "hanh_dong", "ly_do")


def read(action, reason=""):
    """Read one decision."""
    data = f'ma_ho_so,hanh_dong,ly_do\nHS1,"{action}","{reason}"\n'.encode()
    codes = {"hanh_dong": ACTIONS, "ly_do": REASONS}
    return read_table("quyet_dinh.csv", data, COLUMNS, ("ma_ho_so",), codes).rows


@pytest.mark.parametrize("row", table("action_codes"), ids=lambda row: row["code"])
def test_read_table_actions(row):
    """An action may be written as code, as alias and as label, in any case and without marks."""
    for way in (row["code"], row["code_vi"], row["meaning_vi"], row["meaning_vi"].upper()):
        assert read(way) == [{"ma_ho_so": "HS1", "hanh_dong": row["code"], "ly_do": ""}]


@pytest.mark.parametrize("row", table("reason_codes"), ids=lambda row: row["code"])
def test_read_table_reasons(row):
    """A reason may be written as code and as label."""
    for way in (row["code"], row["meaning_vi"], row["code"].upper()):
        assert read("KEEP", way)[0]["ly_do"] == row["code"]


def test_read_table_unknown_action():
    """An action that nobody knows is refused; a near one is suggested."""
    with pytest.raises(Refusal, match=r"không có mã 'KEPT'.* 'KEEP'"):
        read("KEPT")


def test_read_table_reason_without_action():
    """A blank cell beside a choice stays blank: the rubric judges it."""
    assert read("", "loi_go") == [{"ma_ho_so": "HS1", "hanh_dong": "", "ly_do": "loi_go"}]


@pytest.mark.parametrize("cell", ["b", "B", "Nhóm b", "nhom B", "(b)", "b."])
def test_read_table_groups(cell):
    """A group may be written with the name of its column."""
    data = f"ma_ho_so,nhom\nHS1,{cell}\n".encode()

    assert read_table("x.csv", data, ("ma_ho_so", "nhom"), (), {"nhom": ("a", "b")}).rows == [
        {"ma_ho_so": "HS1", "nhom": "b"}
    ]


@pytest.mark.parametrize("cell", ["không", "Không đưa vào", "KHONG"])
def test_read_table_left_out(cell):
    """A record that somebody writes to be left out is as one without a choice."""
    data = f"ma_ho_so,nhom\nHS1,a\nHS2,{cell}\n".encode()
    found = read_table("x.csv", data, ("ma_ho_so", "nhom"), (), {"nhom": ("a", "b")})

    assert [row["ma_ho_so"] for row in found.rows] == ["HS1"]
    assert "1 dòng để trống" in " ".join(found.notes)


def test_spellings_shared():
    """A spelling that could be two codes is none."""
    assert spellings("x", ["A+", "A-", "B"]) == {"b": "B", "x_b": "B"}


def test_titles_are_the_registers():
    """The Vietnamese titles of the register's columns stand for their columns."""
    assert titles()["ho_va_ten"] == "ho_ten"
    data = "Mã hồ sơ,Họ và tên\nHS1,An\n".encode()

    assert read_table("x.csv", data, ("ma_ho_so", "ho_ten"), ()).rows == [
        {"ma_ho_so": "HS1", "ho_ten": "An"}
    ]
