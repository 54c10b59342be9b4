"""What each kind of error and decoy looks like: examples that are one, and near misses."""

import unicodedata

import duckdb
import pytest

from sosach.verification import facts
from sosach.verification.definitions import DEFINITIONS

NUMBER = "079085999901"
FROM_HANOI = "001185999901"
CMND = "025999901"
NAME = "Đặng Thị Hồng Nhung"
PHONE = "0399990001"
BORN = "03/12/1985"


@pytest.fixture(scope="module")
def holds():
    """Tell whether a definition holds for a cell and its truth."""
    with duckdb.connect() as connection:
        connection.execute(DEFINITIONS)
        connection.execute("set variable digit_shift = 0")
        connection.execute("set variable provinces = ?", [facts.PROVINCE_CODES])
        names = facts.RUSTIC_NAMES
        values = [list(names), [list(some) for some in names.values()]]
        connection.execute("set variable rustic_names = map($1, $2)", values)

        def ask(definition, *values):
            marks = ", ".join("?" * len(values))
            return connection.execute(f"select {definition}({marks})", values).fetchone()[0]

        yield ask


def named(example):
    """Return a name for an example that a terminal can show."""
    return ascii(example)[1:-1]


YES = [
    ("is_e02", "07908599901", NUMBER, PHONE),  # a digit left out
    ("is_e02", "0790859999901", NUMBER, PHONE),  # a digit twice
    ("is_e02", "O79085999901", NUMBER, PHONE),
    ("is_e02", "07908599990l", NUMBER, PHONE),
    ("is_e02", "02599990", CMND, ""),
    ("is_e03", "79085999901", NUMBER),
    ("is_e03", "1185999901", FROM_HANOI),  # two zeros
    ("is_e03", "7.9086E+10", NUMBER),
    ("is_e03", "25999901", CMND),
    ("is_e03", "1.0000E+11", "099999999999"),
    ("is_e04", "003085999901", NUMBER),
    ("is_e05", "079185999901", NUMBER, BORN, "Nam"),
    ("is_e05", "079084999901", NUMBER, BORN, "Nam"),
    ("is_e01", "", BORN),
    ("is_e06", CMND, CMND),
    ("is_e07", FROM_HANOI, FROM_HANOI, BORN),
    ("is_e71", "", NUMBER, "01/01/2009"),
    ("is_e71", NUMBER, NUMBER, "05/06/2014"),
    ("is_e72", "C9999901", NUMBER),
    ("is_e73", "so_giay_to", "", NAME, BORN),
    ("is_e73", "ho_ten", "Nhung", NAME, BORN),
    ("is_e73", "ngay_sinh", "01/01/1985", NAME, BORN),
    ("is_e13", "01/01/1945", "1945"),
    ("is_e17", "Đặng Thị Hồng Bé", NAME, "Nữ"),
    ("is_e22", "Ddawnjg Thij Hoongf Nhung", NAME),
    ("is_e22", "§Æng ThÞ Hång Nhung", NAME),
    ("is_e22", "Ñaëng Thò Hoàng Nhung", NAME),
    ("is_e30", "0399990002", PHONE, "0399990002"),
    ("is_e32", "", "760", None),
    ("is_e32", "26761", "769", "760"),
    ("is_e70", "Việt Nam", "Hàn Quốc"),
    ("is_e10", "Đặng Thị Hồng Nhumg", NAME),
    ("is_e10", "Đặng Thị Hồng Nhung", "Đặng Thị Hông Nhung"),
    ("is_e11", "12/03/1985", BORN),
    ("is_e11", "03/12/1995", BORN),
    ("is_e11", "03/12/1983", BORN),
    ("is_e12", "Nữ", "Nam"),
    ("is_e14", "Dang Thi Hong Nhung", NAME),
    ("is_e14", "DANG THI HONG NHUNG", NAME),
    ("is_e14", "Đặng Hồng Nhung", NAME),
    ("is_e14", "Đặng Thị Nhung", NAME),
    ("is_e15", f"Têrêsa {NAME}", NAME),
    ("is_e15", "Út Nhung", NAME),
    ("is_e16", "Nhung Đặng Thị Hồng", NAME),
    ("is_e16", "Hoa Lê", "Lê Hoa"),
    ("is_e20", "  Đặng Thị\u00a0 Hồng Nhung ", NAME),
    ("is_e21", unicodedata.normalize("NFD", NAME), NAME),
    ("is_e31", "01699990001", PHONE, PHONE),
    ("is_e31", "039999001", PHONE, None),
    ("is_d01", FROM_HANOI),
    ("is_d10", "Lê Văn Hạnh", "Nữ"),
    ("is_d10", "Lê Thị Hạnh", "Nam"),
    ("is_d11", "01/01/2009", PHONE, PHONE, False),
    ("is_d13", "01/01/2000", NUMBER),
    ("is_d08", "Nguyễn Thị Thúy"),
    ("is_d08", "Lê Hoà Bình"),
    ("is_d08", "Huỳnh Khoẻ"),
    ("is_d09", "Y Blơm Niê", "Ê Đê"),
    ("is_d09", "Danh Sơn", "Khmer"),
    ("is_passport", "M12345678"),
]

NO = [
    ("is_e01", "", "01/01/2009"),  # E71
    ("is_e01", "0", BORN),
    ("is_e06", "", ""),
    ("is_e07", FROM_HANOI, FROM_HANOI, "01/01/2009"),  # E71
    ("is_e07", FROM_HANOI, None, BORN),  # the head's own record
    ("is_e71", "", NUMBER, BORN),
    ("is_e71", NUMBER, None, "05/06/2014"),
    ("is_e72", "C9999901", CMND),
    ("is_e72", "C99999012", NUMBER),
    ("is_e73", "so_giay_to", "", NAME, "01/01/2009"),
    ("is_e73", "so_giay_to", "", NAME, "1945"),
    ("is_e73", "ho_ten", "Hồng Nhung", NAME, BORN),
    ("is_e73", "ngay_sinh", "01/01/1985", NAME, "01/01/1985"),
    ("is_e13", "01/01/1985", BORN),
    ("is_e13", "02/01/1945", "1945"),
    ("is_e17", "Đặng Thị Hồng Hoa", NAME, "Nữ"),
    ("is_e17", "Đặng Thị Hồng Tèo", NAME, "Nữ"),
    ("is_e17", "Đặng Văn Bé", NAME, "Nữ"),
    ("is_e17", "Đặng Thị Bé", "Đặng Thị Bé", "Nữ"),
    ("is_e22", "Dang Thi Hong Nhung", NAME),  # E14
    ("is_e22", NAME.upper(), NAME),
    ("is_e22", "Đặng Thị Hồng Nhumg", NAME),  # E10
    ("is_e22", "Ddawnjg Thij Nhung", NAME),
    ("is_e30", "0399990003", PHONE, "0399990002"),
    ("is_e30", PHONE, PHONE, PHONE),
    ("is_e32", "26797", "769", "769"),
    ("is_e32", "99999", "769", None),
    ("is_e70", "Việt Nam", "Việt Nam"),
    ("is_e11", "12/03/1945", "1945"),
    ("is_d08", "Nguyễn Quý Hoàng"),
    ("is_d08", "Lê Hoa"),
    ("is_d08", "Huỳnh Khuê Toàn"),
    ("is_d09", "Danh Văn Sơn", "Khmer"),
    ("is_d09", "Lê Sơn", "Kinh"),
    ("is_passport", "O25999901"),  # a CMND with a letter for 0
    ("is_e02", "", NUMBER, PHONE),
    ("is_e02", "79085999901", NUMBER, PHONE),  # E03
    ("is_e02", NUMBER, NUMBER, PHONE),
    ("is_e02", "0399990001", "03999990001", PHONE),  # E08
    ("is_e02", "079085999", NUMBER, PHONE),  # looks like a CMND
    ("is_e02", "0790859", NUMBER, PHONE),
    ("is_e02", "A79085999901", NUMBER, PHONE),
    ("is_e03", "185999901", "185999901"),  # begins with no zero
    ("is_e03", "01185999901", FROM_HANOI),  # one zero of two
    ("is_e03", "7.9085E+10", NUMBER),
    ("is_e03", "7.91E+10", NUMBER),
    ("is_e04", "001085999901", NUMBER),  # Hà Nội
    ("is_e04", "003085999902", NUMBER),
    ("is_e04", "003085999901", CMND),
    ("is_e05", "079194999901", NUMBER, BORN, "Nam"),  # two digits
    ("is_e05", "079085999902", NUMBER, BORN, "Nam"),
    ("is_e05", "079185999901", "079085999901", BORN, "Nữ"),  # no contradiction
    ("is_e10", NAME.upper(), NAME),
    ("is_e10", unicodedata.normalize("NFD", f" {NAME}"), NAME),
    ("is_e10", "Đặng Thị Nhung", NAME),
    ("is_e11", "13/12/1985", BORN),
    ("is_e11", "03/12/2085", BORN),
    ("is_e11", "03/12/1974", BORN),  # both digits
    ("is_e11", "29/02/1985", "29/02/1984"),  # no such day
    ("is_e11", "12/20/1985", "20/12/1985"),
    ("is_e11", "05/05/1985", "05/05/1985"),
    ("is_e12", "Khác", "Nam"),
    ("is_e12", "Nam", "Nam"),
    ("is_e14", "Đang Thi Hong Nhung", NAME),
    ("is_e14", "Dang Thi Hong Nhun", NAME),
    ("is_e14", "Thị Hồng Nhung", NAME),
    ("is_e14", "AN BINH", "An Binh"),
    ("is_e15", f"Phaolô {NAME}", NAME),
    ("is_e15", "Út Hồng", NAME),
    ("is_e15", "Maria Đặng Thị Hồng", NAME),
    ("is_e16", "Hồng Nhung Đặng Thị", NAME),
    ("is_e16", "Lê Lê", "Lê Lê"),
    ("is_e20", NAME, NAME),
    ("is_e20", f"  {NAME.upper()}", NAME),
    ("is_e21", NAME, NAME),
    ("is_e21", unicodedata.normalize("NFD", f"{NAME} "), NAME),
    ("is_e31", "01699990002", PHONE, "0399990002"),
    ("is_e31", "01009990001", PHONE, None),  # no such prefix
    ("is_e31", "399990001", PHONE, None),  # a digit of the prefix
    ("is_e31", "03999900", PHONE, None),
    ("is_d01", NUMBER),
    ("is_d01", CMND),
    ("is_d10", "Lê Văn Hạnh", "Nam"),
    ("is_d10", "Lê Văn", "Nữ"),
    ("is_d11", "31/12/2008", PHONE, PHONE, False),
    ("is_d11", "01/01/2010", PHONE, "0399990002", False),
    ("is_d11", "01/01/2010", "", "", False),
    ("is_d11", "01/01/2010", PHONE, PHONE, True),
    ("is_d13", "31/12/1999", NUMBER),
    ("is_d13", "01/01/2000", CMND),
]


@pytest.mark.parametrize("example", YES, ids=named)
def test_definition_met(holds, example):
    """The example is an error or a decoy of its kind."""
    assert holds(*example) is True


@pytest.mark.parametrize("example", NO, ids=named)
def test_definition_missed(holds, example):
    """The example only looks like one of its kind."""
    assert not holds(*example)
