"""A ledger row on a person's cell that is not what its cause says, or whose answer does not follow."""

import pytest

NOT_DEFINED = {"causes_defined"}
#: what stands in the cell is the only evidence: where it is wrong nothing follows from it
NOR_DERIVED = {"causes_defined", "answers_rederived"}
BY_TABLE = "evidence.kind = 'reference'"
BY_CITIZEN = "evidence.kind = 'citizen'"

#: cause and row -> another wrong value that shows the same status, and the rules that it breaks
SPOILT = {
    "E01 with something in it": ("E01", "true", "'0'", NOT_DEFINED),
    "E02 blank": ("E02", "true", "''", NOT_DEFINED),
    "E02 of no slip": ("E02", "true", "reverse({truth}) || 'x'", NOT_DEFINED),
    "E02 without leading zeros": ("E02", "truth[1] = '0'", "ltrim({truth}, '0')", NOT_DEFINED),
    "E03 of another number": ("E03", "true", "'1.2345E+10'", NOT_DEFINED),
    "E04 of a real province": (
        "E04",
        "true",
        "if(left({truth}, 3) = '001', '002', '001') || right({truth}, 9)",
        NOT_DEFINED,
    ),
    "E05 in another digit": (
        "E05",
        "true",
        "left({truth}, 11) || (right({truth}, 1)::int + 1) % 10",
        NOT_DEFINED,
    ),
    "E06 of another card": ("E06", "true", "'020000000'", NOT_DEFINED),
    "E07 of a stranger": ("E07", "true", "'079099999999'", NOT_DEFINED),
    "E08 of another telephone": ("E08", "true", "'0900000000'", NOT_DEFINED),
    "E71 of a stranger": ("E71", "observed <> ''", "'079099999999'", NOT_DEFINED),
    "E72 with a digit too few": ("E72", "true", "'C123456'", NOT_DEFINED),
    "E73 with a number": ("E73", "k.column = 'so_giay_to'", "'1'", NOT_DEFINED),
    "E73 of another given name": ("E73", "k.column = 'ho_ten'", "'Không'", NOT_DEFINED),
    "E73 of another year": ("E73", "k.column = 'ngay_sinh'", "'01/01/1900'", NOT_DEFINED),
    "E10 with a word more": ("E10", "true", "{truth} || ' Thêm'", NOT_DEFINED),
    "E11 of no pattern": ("E11", "true", "'17/11/1899'", NOT_DEFINED),
    "E12 of no sex": ("E12", "true", "'Khác'", NOT_DEFINED),
    "E13 on another day": (
        "E13",
        "true",
        "'02/01/' || {truth}",
        {"causes_defined", "answers_accepted"},
    ),
    "E14 of another name": ("E14", "true", "'NGUYEN VAN KHAC'", NOT_DEFINED),
    "E15 of no saint": ("E15", "true", "'Khác ' || {truth}", NOT_DEFINED),
    "E16 with a foreign word": ("E16", "true", "'Khác ' || {truth}", NOT_DEFINED),
    "E17 of no rustic name": (
        "E17",
        "true",
        "regexp_replace({truth}, ' [^ ]+$', ' Khácthường')",
        NOT_DEFINED,
    ),
    "E20 in capitals": ("E20", "true", "upper({truth})", NOR_DERIVED),
    "E21 in capitals": ("E21", "true", "upper({truth})", NOR_DERIVED),
    "E21 with blanks": ("E21", "true", "' ' || {truth}", NOT_DEFINED),
    "E22 in Vietnamese letters": ("E22", "true", "{truth} || 'ưỡ'", NOT_DEFINED),
    "E30 of a stranger": ("E30", "true", "'0900000000'", NOT_DEFINED),
    "E31 of another number": (
        "E31",
        BY_TABLE,
        "'0120' || reverse(right({truth}, 7))",
        NOR_DERIVED,
    ),
    "E31 of an unknown prefix": ("E31", BY_TABLE, "'0100' || right({truth}, 7)", NOR_DERIVED),
    "E31 too short": ("E31", BY_CITIZEN, "left({truth}, 8)", NOT_DEFINED),
    "E32 in the same district": ("E32", "true", "'26797'", NOT_DEFINED),
    "E33 of another district": ("E33", "true", "'763'", NOR_DERIVED),
    "E70 of another nation": (
        "E70",
        "true",
        "'Không rõ'",
        NOT_DEFINED | {"status_shown", "counts_recounted"},
    ),
    "E09 shown as not sent": ("E09", "true", "'Chưa gửi'", NOT_DEFINED | {"status_shown"}),
    "E90 shown as not sent": ("E90", "true", "'Chưa gửi'", NOT_DEFINED | {"status_shown"}),
}


@pytest.mark.parametrize(("cause", "where", "value", "expected"), SPOILT.values(), ids=SPOILT)
def test_verify_other_spoilt_cell(copy, cause, where, value, expected):
    """A cell that is wrong in another way than its cause says is named."""
    copy.spoil(copy.only(cause, where), value)

    assert copy.broken_rules() == expected


def evidence(kind="evidence.kind", key="evidence.key", column='evidence."column"'):
    """Return the evidence of a ledger row with one part replaced."""
    return f'struct_pack(kind := {kind}, "key" := {key}, "column" := {column})'


#: cause and row -> column of the ledger, another value, and the rules that it breaks
LEDGER = {
    "citizen asked for a status": (
        "E90",
        "true",
        "evidence",
        evidence(kind="'citizen'"),
        {"ledger_words", "answers_rederived"},
    ),
    "another citizen": (
        "E31",
        BY_CITIZEN,
        "evidence",
        evidence(key="'CD0'"),
        {"answers_rederived"},
    ),
    "police asked for a telephone": (
        "E31",
        BY_CITIZEN,
        "evidence",
        evidence(kind="'police_list'"),
        {"ledger_words", "answers_rederived"},
    ),
    "police asked for a nation": (
        "E70",
        "true",
        "evidence",
        evidence(kind="'police_list'"),
        {"ledger_words", "answers_rederived"},
    ),
    "police asked for another column": (
        "E32",
        "true",
        "evidence",
        evidence(column="'ho_ten'"),
        {"answers_rederived"},
    ),
    "cell of another record": (
        "E20",
        "true",
        "evidence",
        evidence(key="'HS0'"),
        {"answers_rederived"},
    ),
    "cell of another column": (
        "E21",
        "true",
        "evidence",
        evidence(column="'ngay_sinh'"),
        {"answers_rederived"},
    ),
    "cell asked for a name mistyped": (
        "E10",
        "true",
        "evidence",
        evidence(kind="'cell'"),
        {"ledger_words", "answers_rederived"},
    ),
    "table that says nothing on it": (
        "E33",
        "true",
        "evidence",
        evidence(key="'phone_prefixes'"),
        {"answers_rederived"},
    ),
    "unknown table": (
        "E31",
        BY_TABLE,
        "evidence",
        evidence(key="'khong_co'"),
        {"answers_rederived"},
    ),
    "cell answer not accepted": (
        "E20",
        "true",
        "accepted",
        "['Lê Văn Khác']",
        {"answers_rederived", "answers_accepted"},
    ),
    "a wrong answer accepted too": (
        "E20",
        "true",
        "accepted",
        "[truth, 'Lê Văn Khác']",
        {"answers_accepted"},
    ),
    "year alone accepted": ("E13", "true", "accepted", "[truth]", {"answers_accepted"}),
    "table's answer not accepted": (
        "E33",
        "true",
        "accepted",
        "['760']",
        {"answers_rederived", "answers_accepted"},
    ),
    "police needed for blanks": (
        "E20",
        "true",
        "recoverability",
        "'needs_source_document'",
        {"ledger_words"},
    ),
    "old prefix found in the cell": (
        "E31",
        BY_TABLE,
        "recoverability",
        "'from_cell'",
        {"ledger_words"},
    ),
    "lost digit found in a table": (
        "E31",
        BY_CITIZEN,
        "recoverability",
        "'from_reference_list'",
        {"ledger_words"},
    ),
    "no basis": ("E33", "true", "document_basis", "''", {"ledger_words"}),
    "cause of another column": (
        "E12",
        "true",
        "cause",
        "'E11'",
        {"causes_defined", "rates_recounted"},
    ),
    "unknown cause": (
        "E12",
        "true",
        "cause",
        "'E19'",
        {"causes_defined", "ledger_words", "rates_recounted"},
    ),
    "stale status called unknown": (
        "E90",
        "true",
        "cause",
        "'E09'",
        {"causes_defined", "status_shown", "rates_recounted"},
    ),
    "group of one cell": ("E10", "true", "group_id", "err_id", {"ledger_groups"}),
}


@pytest.mark.parametrize(
    ("cause", "where", "column", "value", "expected"), LEDGER.values(), ids=LEDGER
)
def test_verify_other_ledger_row(copy, cause, where, column, value, expected):
    """A ledger row that claims what its cell, person or table does not bear out is named."""
    copy.put("ledger", column, value, f"err_id = {copy.only(cause, where).err_id}")

    assert copy.broken_rules() == expected


def test_verify_scientific_notation(copy):
    """A number as a spreadsheet shows it, rounded to five digits, is E03 as well."""
    copy.spoil(copy.only("E03"), "printf('%.4E', {truth}::double)")

    assert copy.broken_rules() == set()


def test_verify_name_that_differs_in_form(copy):
    """Letter case, blanks and the form of Unicode make no record wrong in the platform's eye."""
    copy.spoil(copy.only("E20"), "'  ' || replace({truth}, ' ', '  ')")

    assert copy.broken_rules() == set()


def test_verify_name_in_capitals_unrecorded(copy):
    """Capitals leave the status right, but what differs needs a ledger row."""
    clean = """ma_ho_so = (select min(ma_ho_so) from link where ma_mui is null and decoy is null
      and ma_ho_so not in (select ma_ho_so from ledger) and role = 'original'
      and ma_ho_so not in (select keep_ma_ho_so from link where keep_ma_ho_so is not null))"""
    copy.put("doi_tuong", "ho_ten", "upper(ho_ten)", clean)

    assert copy.broken_rules() == {"differences_recorded"}


def test_verify_group_without_its_id(copy):
    """The cells of one incident are tied to each other by the id of the first."""
    copy.put("ledger", "group_id", "null", f"group_id = {copy.only('E73').group_id}")

    # each cell now counts for itself
    assert copy.broken_rules() == {"ledger_groups", "rates_recounted"}


def test_verify_group_without_a_cell(copy):
    """Of an unknown person the birthday is spoiled too, unless it is 1 January."""
    row = copy.only("E73", "k.column = 'ngay_sinh'")
    copy.put("doi_tuong", "ngay_sinh", f"'{row.truth}'", f"ma_ho_so = '{row.ma_ho_so}'")
    copy.rewrite("ledger", f"from ledger where err_id <> {row.err_id}")
    copy.note(lambda raw: raw["counts"].update(ledger_cells=raw["counts"]["ledger_cells"] - 1))

    assert copy.broken_rules() == {"ledger_groups", "rates_recounted"}
