import pytest

from generator.facts import column
from sosach.review.register import district_names, dose_rules, register_records, seen_queues

ROW = {
    "ma_ho_so": "HS1",
    "ho_ten": "Lê Thị Thu",
    "ngay_sinh": "02/03/1971",
    "gioi_tinh": "Nữ",
    "so_giay_to": "079171999901",
    "tt_xac_minh": "Đúng",
    "dia_chi": "1 Bàn Cờ",
    "khu_pho": "Khu phố 2",
    "xa": "27139",
    "tinh": "79",
}


def subjects(*changes):
    """Return one row per change, with codes of their own."""
    return [ROW | {"ma_ho_so": f"HS{i}"} | change for i, change in enumerate(changes, start=1)]


def test_records_show_the_address_in_words():
    """The code of the ward is read as its name; the district is a cell of its own."""
    (record,) = register_records(subjects({"huyen": "770"}))

    assert "1 Bàn Cờ, Khu phố 2, Phường Võ Thị Sáu" in record.cells
    assert "770" in record.cells


def test_district_names_know_the_old_ones():
    """Districts joined in 2021 keep their names; a code used again has its name of today."""
    names = district_names()

    assert names["763"] == "Quận 9 (mã 763)"
    assert names["769"] == "Thành phố Thủ Đức (mã 769)"
    assert len(names) == 24


@pytest.mark.parametrize(
    ("second", "related"),
    [
        ({"so_giay_to": "024999901"}, True),  # same name and birth date
        ({"so_giay_to": "", "ho_ten": "LE  THI THU"}, True),  # marks and capitals do not count
        ({"ho_ten": "Trần Văn Út"}, True),  # same number
        ({"ho_ten": "Trần Văn Út", "so_giay_to": "024999901"}, False),
        ({"so_giay_to": "", "ngay_sinh": "03/03/1971"}, False),
    ],
)
def test_records_related_by_what_is_seen(second, related):
    """Two records stand beside each other where number, or name and birth date, are the same."""
    first, other = register_records(subjects({}, second))

    assert first.related == (("HS2",) if related else ())
    assert other.related == (("HS1",) if related else ())


def test_empty_numbers_are_not_shared():
    """Two records without a number have nothing in common."""
    rows = subjects({"so_giay_to": ""}, {"so_giay_to": "", "ho_ten": "Trần Văn Út"})

    assert [record.related for record in register_records(rows)] == [(), ()]


def test_seen_queues():
    """Queues come from the status, the form of the number and from pairs."""
    rows = subjects(
        {"so_giay_to": "", "ho_ten": "A"},
        {"so_giay_to": "79171999901", "ho_ten": "B", "tt_xac_minh": "Sai"},
        {"so_giay_to": "024999901", "ho_ten": "C"},
        {"so_giay_to": "024999901", "ho_ten": "D"},
    )

    assert {queue.title: queue.ids for queue in seen_queues(rows)} == {
        "Trạng thái: Sai": ("HS2",),
        "Trạng thái: Đúng": ("HS1", "HS3", "HS4"),
        "Ô số giấy tờ trống": ("HS1",),
        "Số giấy tờ không phải 9 hay 12 chữ số": ("HS2",),
        "Có hồ sơ nghi trùng": ("HS3", "HS4"),
    }


def test_dose_rules_of_every_product():
    """Second doses keep the least distance of their product; Abdala has a third; Janssen none."""
    rules = {(rule.slot, rule.product): rule.least_days for rule in dose_rules()}

    assert rules["CB2", "AstraZeneca"] == 28
    assert rules["CB3", "Abdala"] == 14
    assert ("CB2", "Janssen") not in rules
    assert {product for _, product in rules} == set(column("vaccines", "name_on_platform_vi"))
    assert {rules["NL1", "Pfizer"], rules["NL2", "Pfizer"]} == {90, 120}
