"""Traps: right records that look wrong."""

from collections import Counter, defaultdict

import pytest

from generator.catalogue import DECOYS
from generator.city import Request, make_ward
from generator.vietnamese import place_tone


@pytest.fixture(scope="module")
def tables(ward, scenario):
    """A ward of Khmer, twins, namesakes and foreigners, as lists of rows."""
    made = make_ward(ward, Request(9, 1.0, scenario))[0]
    return {name: table.to_pylist() for name, table in made.items()}


@pytest.fixture(scope="module")
def trapped(tables):
    """Decoy -> people behind the records that are marked with it."""
    persons = {row["person_id"]: row for row in tables["dan_cu"]}
    found = defaultdict(list)
    for row in tables["link"]:
        if row["decoy"]:
            found[row["decoy"]].append(persons[row["person_id"]])
    return found


@pytest.fixture(scope="module")
def courses(tables):
    """Person -> slot -> vaccine and day, as days since year 1."""
    found = defaultdict(dict)
    for row in tables["mui_that"]:
        d, m, y = map(int, row["ngay_tiem"].split("/"))
        found[row["person_id"]][row["mui"]] = row["ten_vac_xin"], (y * 12 + m) * 30.44 + d
    return found


def test_all_traps_are_set(trapped):
    """Every decoy of the catalogue occurs in a ward of 23,000 people, but that of the rare Abdala."""
    assert set(trapped) >= {decoy.code for decoy in DECOYS} - {"D04"}


def test_traps_have_no_error(tables):
    """No ledger row tells of a record that is a trap."""
    marked = {row["ma_ho_so"] for row in tables["link"] if row["decoy"]}

    assert not marked & {row["ma_ho_so"] for row in tables["ledger"]}


@pytest.mark.parametrize(
    ("code", "is_so"),
    [
        ("D01", lambda p: len(p["so_giay_to"]) == 12 and not p["so_giay_to"].startswith("079")),
        (
            "D08",
            lambda p: place_tone(p["ho_ten"], "old") != place_tone(p["ho_ten"], "new"),
        ),
        (
            "D09",
            lambda p: (
                p["dan_toc"] == "Ê Đê"
                or (p["dan_toc"] in ("Khmer", "Chăm") and len(p["ho_ten"].split()) == 2)
            ),
        ),
        (
            "D10",
            lambda p: (p["ho_ten"].split()[1], p["gioi_tinh"]) in {("Văn", "Nữ"), ("Thị", "Nam")},
        ),
        ("D12", lambda p: p["quoc_tich"] != "Việt Nam"),
        ("D13", lambda p: len(p["so_giay_to"]) == 12 and int(p["ngay_sinh"][-4:]) >= 2000),
        ("D14", lambda p: len(p["so_giay_to"]) == 9),
    ],
)
def test_traps_of_a_person_are_what_they_are_called(trapped, code, is_so):
    """The truth shows what the trap is made of."""
    assert all(is_so(person) for person in trapped[code])


def test_children_share_the_phone_of_the_head(tables, trapped):
    """D11 is a child born since 2009 with the number of the head of household."""
    heads = {row["household_id"]: row for row in tables["dan_cu"] if row["chu_ho"]}
    for child in trapped["D11"]:
        assert int(child["ngay_sinh"][-4:]) >= 2009
        assert child["so_dien_thoai"] == heads[child["household_id"]]["so_dien_thoai"]


def test_twins_are_marked_together(trapped):
    """D06: both are marked, born on one day into one household."""
    marked = {person["person_id"]: person for person in trapped["D06"]}
    for twin in marked.values():
        other = marked[twin["sinh_doi_voi"]]
        assert (twin["household_id"], twin["ngay_sinh"]) == (
            other["household_id"],
            other["ngay_sinh"],
        )


def test_namesakes_are_marked_together(trapped):
    """D07: nobody is marked whose namesake is not."""
    same = Counter((p["ho_ten"], p["ngay_sinh"], p["gioi_tinh"]) for p in trapped["D07"])

    assert min(same.values()) >= 2


@pytest.mark.parametrize(
    ("code", "is_so"),
    [
        ("D02", lambda c: (c["CB1"][0], c["CB2"][0]) == ("AstraZeneca", "Pfizer")),
        ("D03", lambda c: c["CB2"][0] == c["CB1"][0] and c["CB2"][1] - c["CB1"][1] > 48),
        ("D04", lambda c: c["CB3"][0] == "Abdala"),
        ("D05", lambda c: c["CB1"][0] in ("Pfizer", "Moderna") and c["NL1"][0] == "AstraZeneca"),
    ],
)
def test_traps_of_a_course_are_what_they_are_called(trapped, courses, code, is_so):
    """The true doses show what the trap is made of."""
    assert all(is_so(courses[person["person_id"]]) for person in trapped[code])
