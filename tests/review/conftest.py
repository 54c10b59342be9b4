"""Six records by hand, one of each kind a learner meets."""

import pytest

from sosach.review import Journal, ManHinh

STATUS = "Không có/sai định dạng"


@pytest.fixture
def records():
    """Rows of ``doi_tuong`` with the columns that the screen reads."""
    rows = [
        ("HS1", "Lê Thị Thu", "Nữ", "", STATUS),
        ("HS2", "Phạm Văn Tâm", "Nam", "79085999901", STATUS),
        ("HS3", "Võ Thị Kim Anh", "Nữ", "079186999904", "Đúng"),
        ("HS4", "Trần Thị Ngọc Hân", "Nữ", "079185999902", "Sai"),
        ("HS5", "Đỗ Văn Đức", "Nam", "038085999905", "Đúng"),
        ("HS6", "<b>Nguyễn</b> & Hoa", "Nữ", "026999901", "Sai"),
    ]
    names = ("ma_ho_so", "ho_ten", "gioi_tinh", "so_giay_to", "tt_xac_minh")
    common = {"ngay_sinh": "01/02/1985", "xa": "27139", "tinh": "79", "dia_chi": "1 Bàn Cờ"}
    return [dict(zip(names, row, strict=True)) | common for row in rows]


@pytest.fixture
def saved():
    """What was saved, in order."""
    return []


@pytest.fixture
def screen(records, saved):
    """A screen that saves into a list."""
    journal = Journal()

    def save():
        saved.append(journal.rows())
        return "Đã lưu."

    return ManHinh(records, journal, save=save)
