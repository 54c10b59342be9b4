"""Whether names, dates, holder and register agree with a passport."""

from datetime import date, timedelta

import pytest

from generator.vietnamese import nfd
from sosach.signing.passport.content import (
    Known,
    check_content,
    check_holder,
    fingerprint,
    machine_name,
)

TODAY = date(2022, 5, 14)
DAY = timedelta(days=1)
CONTENT = {
    "nam": {"fn": "Đặng", "fnt": "DANG", "gn": "Thị Mỹ Hường", "gnt": "THI<MY<HUONG"},
    "dob": "1987-03-14",
    "v": [{"mp": "A", "ma": "B", "dn": 2, "sd": 2, "dt": "2021-11-05", "ci": "URN:UVCI:01:VN:1"}],
}


def named(**names):
    """Return what is found in names that differ from the right ones."""
    content = {**CONTENT, "nam": {**CONTENT["nam"], **names}}
    return [(f.code, f.field) for f in check_content(content, TODAY)]


@pytest.mark.parametrize(
    ("name", "machine"),
    [
        ("Đặng", "DANG"),
        ("Nguyễn Hữu", "NGUYEN<HUU"),
        ("Ánh-Tuyết", "ANH<TUYET"),
        ("O'Neill", "ONEILL"),
        ("Müller", "MUELLER"),
    ],
)
def test_machine_name(name, machine):
    """Names are written as in the machine-readable zone of a passport."""
    assert machine_name(name) == machine


@pytest.mark.parametrize(
    "names",
    [
        {},
        {"fnt": "DANG<"},
        {"fn": "Đặng Lê", "fnt": "DANG<<LE"},
        {"fn": "Müller", "fnt": "MULLER"},
        {"fn": "Müller", "fnt": "MUELLER"},
        {"fn": "王", "fnt": "WANG"},
        {"fn": None},
        {"fnt": None},
    ],
)
def test_check_content_names_right(names):
    """What ICAO leaves open passes, and so does what our rules cannot read."""
    assert named(**names) == []


@pytest.mark.parametrize(
    ("names", "found"),
    [
        ({"fnt": "ANG"}, [("NAME_TRANSLITERATION", "nam.fnt")]),
        ({"fnt": "ĐANG"}, [("NAME_TRANSLITERATION", "nam.fnt")]),
        ({"gnt": "HUONG<THI<MY"}, [("NAME_TRANSLITERATION", "nam.gnt")]),
        ({"gnt": "THIMYHUONG"}, [("NAME_TRANSLITERATION", "nam.gnt")]),
        ({"fn": nfd("Đặng")}, [("NOT_NFC", "nam.fn")]),
    ],
)
def test_check_content_names_wrong(names, found):
    """A lost Đ, words out of order and decomposed letters are named."""
    assert named(**names) == found


@pytest.mark.parametrize(
    ("group", "event", "fields"),
    [
        ("v", {"dt": "2022-05-14"}, []),
        ("v", {"dt": "2022-05-15"}, []),  # where it was signed it was the next day already
        ("v", {"dt": "2022-05-16"}, ["v.dt"]),
        ("v", {"dt": "1987-03-13"}, ["v.dt"]),
        ("t", {"sc": "2022-05-20T08:00:00Z"}, ["t.sc"]),
        ("r", {"fr": "2022-01-01", "df": "2022-01-12", "du": "2022-06-30"}, []),
        ("r", {"fr": "2022-01-01", "df": "2021-12-01", "du": "2021-11-01"}, ["r.df", "r.du"]),
        ("v", {"dt": "2022-99-99"}, []),  # the form says so
        ("v", {"dt": 5}, []),
    ],
)
def test_check_content_order_of_dates(group, event, fields):
    """Nobody is vaccinated before birth or after the issue; a recovery has its order."""
    content = {"nam": {}, "dob": "1987-03-14", group: [event]}
    found = check_content(content, TODAY)

    assert [f.field for f in found] == fields
    assert {f.code for f in found} <= {"DATE_ORDER"}


@pytest.mark.parametrize("dob", ["1987", "", None, 5])
def test_check_content_partial_birth_date(dob):
    """A birth date that is partial or odd is not compared."""
    assert check_content({**CONTENT, "dob": dob}, TODAY) == []


@pytest.mark.parametrize("odd", [{}, {"nam": 5}, {"nam": []}, {"v": 5}, {"v": [None]}])
def test_check_content_odd(odd):
    """A content without form makes no noise here: the form has said so."""
    assert check_content(odd, TODAY) == []


def holder(**cells):
    """Return what the register should say, changed in some cells of the dose or the person."""
    dose = {**CONTENT["v"][0], **{k: v for k, v in cells.items() if k != "dob"}}
    return Known({**CONTENT, "dob": cells.get("dob", CONTENT["dob"]), "v": [dose]})


@pytest.mark.parametrize(
    ("known", "found"),
    [
        (holder(), []),
        (holder(ci="other"), []),
        (holder(dob="1987-03-15"), [("HOLDER_MISMATCH", "dob")]),
        (holder(dob="1987-03-15", dn=3), [("HOLDER_MISMATCH", "dob")]),
        (holder(dn=3, dt="2022-01-01"), [("RECORD_MISMATCH", "v.dn"), ("RECORD_MISMATCH", "v.dt")]),
        (Known({"nam": {"fnt": "DANG"}, "dob": "1987-03-14"}), []),
        (Known({"nam": {"fnt": "DANG", "gnt": "A"}}), [("HOLDER_MISMATCH", "nam.gnt")]),
        (Known(), []),
    ],
)
def test_check_holder(known, found):
    """Another person ends the comparison; of the right person the dose is compared too."""
    assert [(f.code, f.field) for f in check_holder(CONTENT, b"", known)] == found


@pytest.mark.parametrize(
    ("issued", "codes"),
    [
        ({}, []),
        ({"URN:UVCI:01:VN:1": fingerprint(b"payload")}, []),
        ({"URN:UVCI:01:VN:1": fingerprint(b"other")}, ["DUPLICATE_CI"]),
        ({"URN:UVCI:01:VN:2": fingerprint(b"other")}, []),
    ],
)
def test_check_holder_number_twice(issued, codes):
    """One number for two contents is found; the same passport may be shown again."""
    found = check_holder(CONTENT, b"payload", Known(issued=issued))

    assert [f.code for f in found] == codes
