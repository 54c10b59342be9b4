from __future__ import annotations

import pytest

from sosach.grading.damage import named_damage


@pytest.mark.parametrize(
    ("column", "cell", "said"),
    [
        ("so_giay_to", "79085000001", "mất số 0"),
        ("so_giay_to", "24123456", "mất số 0"),
        ("so_dien_thoai", "989992879", "mất số 0"),
        ("so_giay_to", "7.9085E+10", "rút gọn"),
        ("gia_tri_moi", "7,9085E+10", "rút gọn"),
        ("gia_tri_moi", "#NAME?", "công thức"),
        ("gia_tri_moi", "#N/A", "công thức"),
        ("gia_tri_moi", "########", "quá hẹp"),
        ("so_lo", "02-Jan", "ngày tháng"),
        ("so_lo", "2-Thg1", "ngày tháng"),
    ],
)
def test_named_damage(column, cell, said):
    """What Excel did to a value is named with its place and what to do."""
    (note,) = named_damage("x.csv", [(7, {column: cell})])

    assert said in note
    assert f"dòng 7 cột {column}" in note
    assert "Hãy định dạng cột" in note


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        ("so_giay_to", "079085000001"),
        ("so_giay_to", "B12345678"),
        ("so_lo", "203141E180"),
        ("ma_ho_so", "HS0310784994"),
        ("ngay_tiem", "20/08/2021"),
        ("gia_tri", "-12"),
        ("gia_tri", "# ghi chú"),
    ],
)
def test_named_damage_right_values(column, cell):
    """Values of the register are not taken for damage."""
    assert named_damage("x.csv", [(2, {column: cell})]) == []


def test_named_damage_counts_alike():
    """Many cells with one damage are one note."""
    (note,) = named_damage("x.csv", [(i, {"a": "#REF!"}) for i in range(2, 12)])

    assert "và 7 ô khác" in note
