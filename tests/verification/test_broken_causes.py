"""A ledger row that is not what its cause says, or whose answer does not follow, is named."""
# ruff: noqa: S608 - the queries are written here, out of parts that stand here

import pytest

NOT_DEFINED = {"causes_defined"}
#: what stands in the cell is the only evidence: where it is wrong nothing follows from it
NOR_DERIVED = {"causes_defined", "answers_rederived"}


def only(cause, evidence="%"):
    """Return the condition for one record with exactly this fault, known by such evidence."""
    return f"""ma_ho_so = (select min(ma_ho_so) from ledger
      where cause = '{cause}' and evidence.kind like '{evidence}' and ma_ho_so in
        (select ma_ho_so from ledger group by ma_ho_so having count(*) = 1))"""


#: record -> column, another wrong value that shows the same status, and the rules that it breaks
SPOILT = {
    "E01 with something in it": (only("E01"), "so_giay_to", "'0'", NOT_DEFINED),
    "E02 blank": (only("E02"), "so_giay_to", "''", NOT_DEFINED),
    "E02 of no slip": (only("E02"), "so_giay_to", "reverse({truth}) || 'x'", NOT_DEFINED),
    "E02 without leading zeros": (
        only("E02"),
        "so_giay_to",
        "ltrim({truth}, '0')",
        NOT_DEFINED,
    ),
    "E03 of another number": (only("E03"), "so_giay_to", "'1.2345E+10'", NOT_DEFINED),
    "E04 of a real province": (
        only("E04"),
        "so_giay_to",
        "if(left({truth}, 3) = '001', '002', '001') || right({truth}, 9)",
        NOT_DEFINED,
    ),
    "E05 in another digit": (
        only("E05"),
        "so_giay_to",
        "left({truth}, 11) || (right({truth}, 1)::int + 1) % 10",
        NOT_DEFINED,
    ),
    "E08 of another telephone": (only("E08"), "so_giay_to", "'0900000000'", NOT_DEFINED),
    "E10 with a word more": (only("E10"), "ho_ten", "{truth} || ' Thêm'", NOT_DEFINED),
    "E11 of no pattern": (only("E11"), "ngay_sinh", "'17/11/1899'", NOT_DEFINED),
    "E12 of no sex": (only("E12"), "gioi_tinh", "'Khác'", NOT_DEFINED),
    "E14 of another name": (only("E14"), "ho_ten", "'NGUYEN VAN KHAC'", NOT_DEFINED),
    "E15 of no saint": (only("E15"), "ho_ten", "'Khác ' || {truth}", NOT_DEFINED),
    "E16 with a foreign word": (only("E16"), "ho_ten", "'Khác ' || {truth}", NOT_DEFINED),
    "E20 in capitals": (only("E20"), "ho_ten", "upper({truth})", NOR_DERIVED),
    "E21 in capitals": (only("E21"), "ho_ten", "upper({truth})", NOR_DERIVED),
    "E21 with blanks": (only("E21"), "ho_ten", "' ' || {truth}", NOT_DEFINED),
    "E31 of another number": (
        only("E31", "reference"),
        "so_dien_thoai",
        "'0120' || reverse(right({truth}, 7))",
        NOR_DERIVED,
    ),
    "E31 of an unknown prefix": (
        only("E31", "reference"),
        "so_dien_thoai",
        "'0100' || right({truth}, 7)",
        NOR_DERIVED,
    ),
    "E31 too short": (
        only("E31", "citizen"),
        "so_dien_thoai",
        "left({truth}, 8)",
        NOT_DEFINED,
    ),
    "E33 of another district": (only("E33"), "huyen", "'763'", NOR_DERIVED),
    "E09 shown as not sent": (
        only("E09"),
        "tt_xac_minh",
        "'Chưa gửi'",
        NOT_DEFINED | {"status_shown"},
    ),
    "E90 shown as not sent": (
        only("E90"),
        "tt_xac_minh",
        "'Chưa gửi'",
        NOT_DEFINED | {"status_shown"},
    ),
}


@pytest.mark.parametrize(
    ("record", "column", "value", "expected"), SPOILT.values(), ids=SPOILT.keys()
)
def test_verify_other_spoilt_cell(copy, record, column, value, expected):
    """A cell that is wrong in another way than its cause says is named."""
    copy.spoil(record, column, value)

    assert copy.broken_rules() == expected


def evidence(kind="evidence.kind", key="evidence.key", column='evidence."column"'):
    """Return the evidence of a ledger row with one part replaced."""
    return f'struct_pack(kind := {kind}, "key" := {key}, "column" := {column})'


#: record -> column of its ledger row, another value, and the rules that it breaks
LEDGER = {
    "citizen asked for a status": (
        only("E90"),
        "evidence",
        evidence(kind="'citizen'"),
        {"ledger_words", "answers_rederived"},
    ),
    "another citizen": (
        only("E31", "citizen"),
        "evidence",
        evidence(key="'CD0'"),
        {"answers_rederived"},
    ),
    "police asked for a telephone": (
        only("E31", "citizen"),
        "evidence",
        evidence(kind="'police_list'"),
        {"ledger_words", "answers_rederived"},
    ),
    "cell of another record": (
        only("E20"),
        "evidence",
        evidence(key="'HS0'"),
        {"answers_rederived"},
    ),
    "cell of another column": (
        only("E21"),
        "evidence",
        evidence(column="'ngay_sinh'"),
        {"answers_rederived"},
    ),
    "cell asked for a name mistyped": (
        only("E10"),
        "evidence",
        evidence(kind="'cell'"),
        {"ledger_words", "answers_rederived"},
    ),
    "table that says nothing on it": (
        only("E33"),
        "evidence",
        evidence(key="'phone_prefixes'"),
        {"answers_rederived"},
    ),
    "unknown table": (
        only("E31", "reference"),
        "evidence",
        evidence(key="'khong_co'"),
        {"answers_rederived"},
    ),
    "cell answer not accepted": (
        only("E20"),
        "accepted",
        "['Lê Văn Khác']",
        {"answers_rederived"},
    ),
    "table's answer not accepted": (only("E33"), "accepted", "['760']", {"answers_rederived"}),
    "police needed for blanks": (
        only("E20"),
        "recoverability",
        "'needs_source_document'",
        {"ledger_words"},
    ),
    "old prefix found in the cell": (
        only("E31", "reference"),
        "recoverability",
        "'from_cell'",
        {"ledger_words"},
    ),
    "lost digit found in a table": (
        only("E31", "citizen"),
        "recoverability",
        "'from_reference_list'",
        {"ledger_words"},
    ),
    "no basis": (only("E33"), "document_basis", "''", {"ledger_words"}),
    "cause of another column": (
        only("E12"),
        "cause",
        "'E11'",
        {"causes_defined", "rates_recounted"},
    ),
    "unknown cause": (
        only("E12"),
        "cause",
        "'E13'",
        {"causes_defined", "ledger_words", "rates_recounted"},
    ),
    "stale status called unknown": (
        only("E90"),
        "cause",
        "'E09'",
        {"causes_defined", "status_shown", "rates_recounted"},
    ),
}


@pytest.mark.parametrize(
    ("record", "column", "value", "expected"), LEDGER.values(), ids=LEDGER.keys()
)
def test_verify_other_ledger_row(copy, record, column, value, expected):
    """A ledger row that claims what its cell, person or table does not bear out is named."""
    copy.put("ledger", column, value, record)

    assert copy.broken_rules() == expected


def test_verify_scientific_notation(copy):
    """A number as a spreadsheet shows it, rounded to five digits, is E03 as well."""
    copy.spoil(only("E03"), "so_giay_to", "printf('%.4E', {truth}::double)")

    assert copy.broken_rules() == set()


def test_verify_name_that_differs_in_form(copy):
    """Letter case, blanks and the form of Unicode make no record wrong in the platform's eye."""
    copy.spoil(only("E20"), "ho_ten", "'  ' || replace({truth}, ' ', '  ')")

    assert copy.broken_rules() == set()


def test_verify_name_in_capitals_unrecorded(copy):
    """Capitals leave the status right, but what differs needs a ledger row."""
    clean = """ma_ho_so = (select min(ma_ho_so) from doi_tuong
      where ma_ho_so not in (select ma_ho_so from ledger))"""
    copy.put("doi_tuong", "ho_ten", "upper(ho_ten)", clean)

    assert copy.broken_rules() == {"differences_recorded"}
