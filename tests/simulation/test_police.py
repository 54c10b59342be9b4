"""What the police find of a person, and how their list is faulty."""

from collections import Counter
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sosach.simulation.papers.handover import check_list
from sosach.simulation.people.likeness import ANSWERED_BY, speaks_of_another
from sosach.simulation.people.police import (
    DAYS,
    LAYOUT,
    RESULTS,
    ROWS_PER_PAGE,
    Faultiness,
    answer,
    working_days,
)
from sosach.simulation.truth import Truth

FAULTLESS = Faultiness(0, 0, 0, 0, 0)


def person(number, name, born="03/11/1985", sex="Nữ", **more):
    """A row of dan_cu."""
    row = {"person_id": f"CD{number}", "ho_ten": name, "ngay_sinh": born, "gioi_tinh": sex}
    row |= {"so_giay_to": f"0791850000{number:02}", "so_cmnd_cu": "", "quoc_tich": "Việt Nam"}
    return row | {"tinh_trang": "sống", "ngay_sinh_chi_nam": False} | more


def record(number, name, born="03/11/1985", sex="Nữ", **more):
    """A row of doi_tuong."""
    row = {"ma_ho_so": f"HS{number}", "ho_ten": name, "ngay_sinh": born, "gioi_tinh": sex}
    return row | {"so_giay_to": f"0791850000{number:02}", "xa": "27136"} | more


def link(number, person_number, role="original"):
    """A row of link about a record."""
    row = {"ma_ho_so": f"HS{number}", "ma_mui": None, "dose_id": None, "role": role}
    return row | {"person_id": f"CD{person_number}"}


def truth_of(people, links=None, causes=()):
    """The truth about some people, each with the record of the same number."""
    links = links or [link(int(row["person_id"][2:]), int(row["person_id"][2:])) for row in people]
    ledger = [{"ma_ho_so": f"HS{n}", "ma_mui": None, "cause": cause} for n, cause in causes]
    return Truth({"dan_cu": people, "link": links, "ledger": ledger, "mui_that": [], "co_so": []})


def one(asked, truth):
    """The answer about one record, without fault."""
    [row] = answer([asked], truth, 1, "CA1", faultiness=FAULTLESS).rows
    return row


@pytest.mark.parametrize("name", ["Đặng Thị Hòa", "đặng  thị HOÀ"])
def test_answer_right(name):
    """What agrees with the population database is right, as the platform compares it."""
    row = one(record(1, name), truth_of([person(1, "Đặng Thị Hòa")]))

    assert (row["ket_qua"], row["ghi_chu"]) == ("Đúng", "")
    assert [row[column] for column in ANSWERED_BY.values()] == [
        *("Đặng Thị Hòa", "03/11/1985", "Nữ", "079185000001")
    ]


@pytest.mark.parametrize(
    "wrong",
    [
        {"so_giay_to": ""},
        {"so_giay_to": "79185000001"},
        {"ho_ten": "Đặng Thị Hoa"},
        {"ngay_sinh": "11/03/1985"},
        {"gioi_tinh": "Nam"},
    ],
)
def test_answer_completed(wrong):
    """Whatever identity cell is missing or wrong, the police write all four right values."""
    row = one({**record(1, "Đặng Thị Hòa"), **wrong}, truth_of([person(1, "Đặng Thị Hòa")]))

    assert row["ket_qua"] == "Đã bổ sung"
    assert [row[column] for column in ANSWERED_BY.values()] == [
        *("Đặng Thị Hòa", "03/11/1985", "Nữ", "079185000001")
    ]
    assert {name: row[name] for name in wrong} == wrong


@pytest.mark.parametrize(
    ("facts", "cause", "result", "remark"),
    [
        ({"tinh_trang": "đã mất"}, "E18", "Chết", "đã mất"),
        ({"tinh_trang": "chuyển đi"}, "E18", "Không cư trú", "chuyển đi"),
        ({"quoc_tich": "Hàn Quốc"}, "E70", "Không tìm thấy", "dữ liệu dân cư của công dân"),
        ({}, "E73", "Không tìm thấy", "làm thủ tục cấp số định danh"),
    ],
)
def test_answer_without_values(facts, cause, result, remark):
    """Of the dead, of those who moved, of foreigners and of the undocumented no values are given."""
    row = one(record(1, "An"), truth_of([person(1, "Lê An", **facts)], causes=[(1, cause)]))

    assert row["ket_qua"] == result
    assert remark in row["ghi_chu"]
    assert not any(row[column] for column in ANSWERED_BY.values())


def test_answer_unknown_record():
    """A record of nobody is not found."""
    assert one(record(9, "Ai"), truth_of([person(1, "An")]))["ket_qua"] == "Không tìm thấy"


def test_answer_population_completed():
    """Somebody missing in the population database is added to it, which the remark tells (E09)."""
    row = one(record(1, "Lê An"), truth_of([person(1, "Lê An")], causes=[(1, "E09")]))

    assert row["ket_qua"] == "Đã bổ sung"
    assert row["ghi_chu"] == "Công an đã bổ sung người này vào dữ liệu dân cư."


def test_answer_double():
    """The second record of a person is tied to the first: by record and by the two numbers."""
    truth = truth_of(
        [person(1, "Lê An", so_cmnd_cu="025999901")], [link(1, 1), link(2, 1, "duplicate")]
    )
    row = one(record(2, "Lê An", so_giay_to="025999901"), truth)

    assert (row["ket_qua"], row["trung_voi"]) == ("Trùng", "HS1")
    assert row["ghi_chu"] == (
        "Cùng một người với hồ sơ HS1. CMND 025999901 là số cũ của CCCD 079185000001."
    )
    assert one(record(1, "Lê An"), truth)["ket_qua"] == "Đúng"


def test_answer_old_card():
    """An old number is answered with the new one and with what ties them."""
    truth = truth_of([person(1, "Lê An", so_cmnd_cu="025999901")])
    row = one(record(1, "Lê An", so_giay_to="025999901"), truth)

    assert (row["ket_qua"], row["so_dinh_danh_dung"]) == ("Đã bổ sung", "079185000001")
    assert row["ghi_chu"] == "CMND 025999901 là số cũ của CCCD 079185000001."


def test_answer_two_people_merged():
    """Where one record holds two people, both numbers are told."""
    truth = truth_of([person(1, "Lê An"), person(2, "Lê An")], [link(1, 1), link(1, 2, "split")])

    assert one(record(1, "Lê An"), truth)["ghi_chu"] == (
        "Có hai người cùng họ tên và ngày sinh: 079185000001 và 079185000002."
    )


def test_answer_year_only():
    """Papers with a bare year give the year."""
    truth = truth_of([person(1, "Lê An", "1945", ngay_sinh_chi_nam=True)])
    row = one(record(1, "Lê An", "01/01/1945"), truth)

    assert (row["ngay_sinh_dung"], row["ghi_chu"]) == ("1945", "Giấy tờ chỉ ghi năm sinh.")


NAMES = ["Nguyễn Văn Bình", "Trần Thị Cúc", "Lê Hoàng Dũng", "Phạm Ngọc Yến", "Võ Minh Khôi"]


@pytest.fixture(scope="module")
def ward():
    """The truth about 95 people of five names and 95 birthdays, and their records."""
    people = [
        person(n, NAMES[n % 5], f"{n % 28 + 1:02}/{n % 12 + 1:02}/19{n}") for n in range(1, 96)
    ]
    records = [record(n, p["ho_ten"], p["ngay_sinh"]) for n, p in enumerate(people, 1)]
    return truth_of(people), records


def test_answer_layout(ward):
    """Rows have the columns of layout F, in the order of the question, numbered, 15 a page."""
    truth, records = ward
    rows = answer(records, truth, 1, "CA1", faultiness=FAULTLESS, day=date(2022, 5, 12)).rows

    assert list(rows[0])[: len(LAYOUT)] == list(LAYOUT)
    assert [row["ma_ho_so"] for row in rows] == [row["ma_ho_so"] for row in records]
    assert [row["stt"] for row in rows] == [str(n) for n in range(1, 96)]
    assert Counter(row["trang"] for row in rows)["1"] == ROWS_PER_PAGE
    assert {(row["ca_ky"], row["da_ky"]) for row in rows} == {("Đã ký, 12/05/2022", "1")}


def test_answer_asked_twice(ward):
    """A record that is asked for twice is answered once."""
    truth, records = ward

    assert len(answer(records[:2] * 2, truth, 1, "CA1", faultiness=FAULTLESS).rows) == 2


def test_answer_nothing(ward):
    """An empty list comes back empty."""
    assert answer([], ward[0], 1, "CA1").rows == []


def test_answer_deterministic(ward):
    """The same question has the same answer; another list has other faults."""
    truth, records = ward
    faulty = Faultiness(0.1, 0.1, 0.1, 0.1, 0.5)
    first, again, other = (
        answer(records[:60], truth, 1, name, faultiness=faulty, neighbours=records)
        for name in ("CA1", "CA1", "CA2")
    )

    assert first == again
    assert {fault.kind for fault in first.faults} == {"missing", "unasked", "mixed", "unsigned"}
    assert first.faults != other.faults


def test_answer_any_order(ward):
    """What is found of a person does not depend on who else is asked for, when or in which list."""
    truth, records = ward
    share = Faultiness(0.3, 0, 0, 0, 0)
    found = [
        {r["ma_ho_so"]: r["ket_qua"] for r in answer(asked, truth, 1, name, faultiness=share).rows}
        for asked, name in ((records, "CA1"), (records[::-1], "CA2"))
    ]

    assert found[0] == found[1]
    assert 10 < list(found[0].values()).count("Không tìm thấy") < 60


@pytest.mark.parametrize("kind", ["missing", "unasked", "mixed", "unsigned"])
def test_answer_faults_found(ward, kind):
    """Every planted fault is found by who compares the list with the question, and nothing else."""
    truth, records = ward
    rates = dict.fromkeys(("not_found", "missing", "unasked", "mixed", "unsigned"), 0.0)
    faultiness = Faultiness(**{**rates, kind: 0.3})
    asked = records[:60]
    made = answer(asked, truth, 3, "CA1", faultiness=faultiness, neighbours=records)
    told = check_list(asked, made.rows)
    marks = [fault.ma_ho_so or f"Trang {fault.trang}" for fault in made.faults]

    assert marks
    assert len(told) == len(marks)
    assert all(any(mark + end in sentence for sentence in told for end in ": ") for mark in marks)


def test_answer_all_missing(ward):
    """A list never comes back empty, however faulty the police."""
    truth, records = ward

    assert len(answer(records, truth, 1, "CA1", faultiness=Faultiness(missing=1)).rows) == 1


def test_answer_mixed_needs_another(ward):
    """Where no other row would show it, no row is mixed up."""
    truth, records = ward

    assert answer(records[:1], truth, 1, "CA1", faultiness=Faultiness(mixed=1)).faults == []


def test_answer_mixed_shows():
    """Values are mixed up with such as show it: a twin's would not be noticed."""
    people = [person(1, "Lê An"), person(2, "Lê Anh"), person(3, "Võ Bích Khuê", "20/01/2001")]
    records = [record(n, p["ho_ten"], p["ngay_sinh"]) for n, p in enumerate(people, 1)]
    made = answer(records, truth_of(people), 1, "CA1", faultiness=Faultiness(0, 0, 0, 1, 0))

    assert made.rows[0]["ho_ten_dung"] == "Võ Bích Khuê"


def test_answer_results(ward):
    """Every result is one of layout F."""
    truth, records = ward

    assert {row["ket_qua"] for row in answer(records, truth, 1, "CA1").rows} <= set(RESULTS)


@given(st.integers(0, 2**64 - 1), st.text(max_size=10))
def test_working_days(seed, list_id):
    """A list comes back after two to five working days."""
    assert DAYS[0] <= working_days(seed, list_id) <= DAYS[1]


def test_working_days_all():
    """Every number of days occurs."""
    assert {working_days(1, f"CA{n}") for n in range(100)} == {2, 3, 4, 5}


@pytest.mark.parametrize(
    ("asked", "answered", "another"),
    [
        (("Lê An", "03/11/1985", ""), ("Võ Bích", "04/02/1990", "079190000001"), True),
        (("Lê An", "03/11/1985", "1"), ("Võ Bích", "04/02/1990", "1"), False),
        (("Lê An", "03/11/1985", ""), ("Võ Bích", "11/03/1985", ""), False),
        (("Lê Thị Ann", "03/11/1985", ""), ("Lê Thị An", "04/02/1990", ""), False),
        (("Lê Thị An", "03/11/1985", ""), ("An Lê Thị", "04/02/1990", ""), False),
        (("Lê An", "1985", ""), ("Võ Bích", "04/02/1985", ""), False),
        (("Lê An", "03/11/1985", ""), ("", "", ""), False),
    ],
)
def test_speaks_of_another(asked, answered, another):
    """Another person differs in name, birth date and number; one of them alike is a correction."""
    names = ("ho_ten", "ngay_sinh", "so_giay_to")
    row = dict(zip(names, asked, strict=True))
    told = dict(zip([ANSWERED_BY[name] for name in names], answered, strict=True))

    assert speaks_of_another(row, told) == another
