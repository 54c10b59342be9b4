"""Row incidents: a record or a dose too many, too few, or in the wrong place."""

from collections import Counter, defaultdict
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from generator.choosing import _pairs
from generator.city import Request, make_ward
from generator.scenario import load_scenario
from generator.strict import Share

DOSE_FACTS = ("mui", "ten_vac_xin", "so_lo", "ngay_tiem", "co_so_tiem", "don_vi_nhap")
IDENTITY = ("ho_ten", "ngay_sinh", "gioi_tinh", "so_giay_to")


def day(text):
    """Read dd/mm/yyyy."""
    return date(*map(int, reversed(text.split("/"))))


class Book:
    """The tables of one ward, ready to be looked up."""

    def __init__(self, tables):
        rows = {name: table.to_pylist() for name, table in tables.items()}
        self.people = {row["person_id"]: row for row in rows["dan_cu"]}
        self.given = {row["dose_id"]: row for row in rows["mui_that"]}
        self.records = {row["ma_ho_so"]: row for row in rows["doi_tuong"]}
        self.lines = {row["ma_mui"]: row for row in rows["mui_tiem"]}
        self.lines_of = defaultdict(list)
        for row in rows["mui_tiem"]:
            self.lines_of[row["ma_ho_so"]].append(row["ma_mui"])
        self.given_to = defaultdict(set)
        for row in rows["mui_that"]:
            self.given_to[row["person_id"]].add(row["dose_id"])
        self.subjects = [row for row in rows["link"] if not row["ma_mui"] and not row["dose_id"]]
        self.doses = [row for row in rows["link"] if row["ma_mui"] or row["dose_id"]]
        self.link_of_line = {row["ma_mui"]: row for row in self.doses if row["ma_mui"]}
        self.ledger = rows["ledger"]

    def incidents(self, cause):
        """Return the ledger rows of one cause."""
        return [row for row in self.ledger if row["cause"] == cause]


@pytest.fixture(scope="module")
def book(ward):
    """A ward in which namesakes and row incidents are frequent."""
    scenario = load_scenario("tp-hcm-2022")
    people = replace(scenario.people, namesakes=Share(0.02))
    rates = dict.fromkeys(("E40", "E41", "E42", "E43", "E50"), Share(0.05))
    errors = {**scenario.errors, **rates, "E44": Share(0.5)}
    scenario = replace(scenario, people=people, errors=errors)
    return Book(make_ward(ward, Request(5, 0.5, scenario))[0])


def test_every_dose_has_one_place(book):
    """Each true dose stands once in the register or is missing; the rest are second entries."""
    placed = Counter(
        row["dose_id"] for row in book.doses if row["role"] in {"original", "split", "missing"}
    )

    assert placed == Counter(dict.fromkeys(book.given, 1))
    assert {row["ma_mui"] for row in book.doses} - {None} == set(book.lines)
    assert {row["ma_ho_so"] for row in book.subjects} == set(book.records)


def test_nobody_has_two_incidents(book):
    """A record has one row incident at most."""
    codes = ("E40", "E41", "E42", "E43", "E44", "E50")
    struck = [row["ma_ho_so"] for code in codes for row in book.incidents(code)]

    assert len(struck) == len(set(struck)) > 500


def test_who_died_or_moved_is_known_to_the_police_alone(book):
    """Everybody who is gone and has a record is told, unless they are a trap."""
    told = {row["ma_ho_so"]: row for row in book.incidents("E18")}
    own = {r["ma_ho_so"]: r for r in book.subjects if r["role"] == "original"}

    assert len(told) > 50
    for record, row in told.items():
        fate = book.people[own[record]["person_id"]]["tinh_trang"]
        assert fate in ("đã mất", "chuyển đi")
        assert (row["truth"], row["accepted"], row["evidence"]["column"]) == (
            fate,
            [fate],
            "tinh_trang",
        )
    gone = {
        r
        for r, row in own.items()
        if book.people[row["person_id"]]["tinh_trang"] != "sống"
        and book.people[row["person_id"]]["quoc_tich"] == "Việt Nam"
        and not row["decoy"]
    }
    assert gone == set(told)


def test_two_people_in_one_record_are_namesakes(book):
    """A merged record tells of two people of one name, birth date and sex, with all their doses."""
    for row in book.incidents("E44"):
        linked = [r for r in book.subjects if r["ma_ho_so"] == row["ma_ho_so"]]
        assert Counter(r["role"] for r in linked) == {"original": 1, "split": 1}
        one, two = (book.people[r["person_id"]] for r in linked)
        assert all(one[column] == two[column] for column in IDENTITY[:3])
        assert one["so_giay_to"] != two["so_giay_to"]
        there = {book.link_of_line[line]["dose_id"] for line in book.lines_of[row["ma_ho_so"]]}
        assert there == book.given_to[one["person_id"]] | book.given_to[two["person_id"]]
        assert row["evidence"]["key"] == linked[1]["person_id"]
    assert len(book.incidents("E44")) > 10


def test_a_second_record_holds_the_first_doses(book):
    """One person has two records: the earlier doses in the one, the later ones in the other."""
    kinds = Counter()
    for row in book.incidents("E40"):
        [second] = [r for r in book.subjects if r["ma_ho_so"] == row["ma_ho_so"]]
        own, person = second["keep_ma_ho_so"], book.people[second["person_id"]]
        assert second["role"] == "duplicate"
        early, late = (
            [book.lines[line] for line in book.lines_of[r]] for r in (row["ma_ho_so"], own)
        )
        assert early
        assert late
        assert max(day(r["ngay_tiem"]) for r in early) < min(day(r["ngay_tiem"]) for r in late)
        twice, kept = book.records[row["ma_ho_so"]], book.records[own]
        assert all(twice[column] == kept[column] for column in IDENTITY[:3])
        number = twice["so_giay_to"]
        kind = row["evidence"]["kind"], row["evidence"]["column"]
        expected = {
            ("police_list", "so_cmnd_cu"): person["so_cmnd_cu"],
            ("police_list", "so_giay_to"): "",
            ("record", "so_giay_to"): person["so_giay_to"],
        }
        assert number == expected[kind]
        kinds[kind] += 1
    assert len(kinds) == 3
    assert min(kinds.values()) > 20


def test_a_missing_dose_leaves_others(book):
    """A dose that nobody entered was given; the person's other doses are there."""
    missing = {row["dose_id"]: row for row in book.doses if row["role"] == "missing"}
    told = book.incidents("E50")

    assert {row["evidence"]["key"] for row in told} == set(missing)
    assert len(told) > 100
    for row in told:
        link = missing[row["evidence"]["key"]]
        others = {book.link_of_line[line]["dose_id"] for line in book.lines_of[row["ma_ho_so"]]}
        assert others
        assert others == book.given_to[link["person_id"]] - {link["dose_id"]}


def test_somebody_elses_dose_comes_after_the_own_ones(book):
    """An intruder stands in the next slot and was given to nobody of the ward."""
    following = {"CB1": "CB2", "CB2": "NL1"}
    for row in book.incidents("E43"):
        link, line = book.link_of_line[row["ma_mui"]], book.lines[row["ma_mui"]]
        assert (link["role"], link["dose_id"], link["person_id"]) == ("intruder", None, None)
        others = [book.lines[m] for m in book.lines_of[row["ma_ho_so"]] if m != row["ma_mui"]]
        last = max(others, key=lambda r: day(r["ngay_tiem"]))
        assert line["mui"] == following[last["mui"]]
        assert 60 <= (day(line["ngay_tiem"]) - day(last["ngay_tiem"])).days < 100
        assert day(line["ngay_tiem"]) <= date(2022, 5, 7)
    assert len(book.incidents("E43")) > 50


def pairs(book, cause):
    """Return the first and the second entry of doses that were entered twice."""
    first = {
        r["dose_id"]: r["ma_mui"] for r in book.doses if r["role"] == "original" and r["ma_mui"]
    }
    for row in book.incidents(cause):
        link = book.link_of_line[row["ma_mui"]]
        assert link["role"] == "duplicate"
        yield book.lines[first[link["dose_id"]]], book.lines[row["ma_mui"]], row


def test_a_dose_entered_twice_is_the_same_dose(book):
    """Slot, vaccine and day agree; half come from another unit and lack the lot."""
    kinds = Counter()
    for first, second, row in pairs(book, "E41"):
        assert all(
            first[column] == second[column]
            for column in ("ma_ho_so", "mui", "ten_vac_xin", "ngay_tiem")
        )
        assert row["evidence"]["key"] == first["ma_mui"]
        same = all(first[column] == second[column] for column in DOSE_FACTS)
        assert same or (
            second["so_lo"] == ""
            and second["co_so_tiem"] == second["don_vi_nhap"] != first["don_vi_nhap"]
        )
        kinds[same] += 1
    assert min(kinds[True], kinds[False]) > 50


def test_two_versions_of_a_dose_differ_in_the_day(book):
    """The second version lies one to six days away, half of the time with another vaccine and lot."""
    other = 0
    for first, second, _row in pairs(book, "E42"):
        assert first["mui"] == second["mui"]
        apart = abs((day(first["ngay_tiem"]) - day(second["ngay_tiem"])).days)
        assert 1 <= apart <= 6
        other += first["ten_vac_xin"] != second["ten_vac_xin"]
    assert other > 20


def test_second_entries_stand_on_either_side(book):
    """Which of two lines is the second one cannot be told from their order."""
    before = Counter()
    for cause in ("E41", "E42"):
        for first, second, _row in pairs(book, cause):
            lines = book.lines_of[first["ma_ho_so"]]
            before[lines.index(first["ma_mui"]) < lines.index(second["ma_mui"])] += 1

    assert min(before.values()) > 0.3 * sum(before.values())


def test_second_records_lie_anywhere(book):
    """A second record is neither beside the first one nor at the end."""
    place = {record: i for i, record in enumerate(book.records)}
    seconds = [place[row["ma_ho_so"]] for row in book.incidents("E40")]

    assert min(seconds) < 0.1 * len(place)
    assert max(seconds) > 0.9 * len(place)
    assert sum(s > len(place) / 2 for s in seconds) == pytest.approx(len(seconds) / 2, rel=0.3)


def test_pairs_are_exactly_two_who_are_no_traps():
    """Of three who are alike two can be merged if the third is a trap; three cannot."""
    group = np.array([-1, 1, 1, 1, 4, 4, 4, -1, 8, 8])
    free = np.array([1, 1, 0, 1, 1, 1, 1, 1, 0, 1], bool)

    first, partner = _pairs(group, free)

    assert np.flatnonzero(first).tolist() == [1]
    assert partner[1] == 3
