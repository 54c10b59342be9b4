"""A ledger row on a dose's cell that is not what its cause says, or whose answer does not follow."""

import pytest

NOT_DEFINED = {"causes_defined"}
NOR_DERIVED = {"causes_defined", "answers_rederived"}
BY_CELL, BY_SLIP = "evidence.kind = 'cell'", "evidence.kind = 'slip'"
NEXT_DAY = "strftime(strptime({truth}, '%d/%m/%Y') + interval 1 day, '%d/%m/%Y')"

#: cause and row -> another wrong value, and the rules that it breaks
SPOILT = {
    "E23 of no form": ("E23", BY_CELL, "'ngày ' || {truth}", NOR_DERIVED),
    "E23 of another day": ("E23", BY_CELL, "'01.01.00'", NOR_DERIVED),
    "E23 that is clear, called unclear": (
        "E23",
        BY_SLIP,
        "'1/31/22'",
        {"causes_defined", "ledger_words"},
    ),
    "E24 of another vaccine": (
        "E24",
        "true",
        "if({truth} = 'Pfizer', 'Modena', 'Pizer')",
        NOR_DERIVED,
    ),
    "E24 of no vaccine": ("E24", "true", "'Vắc xin'", NOR_DERIVED),
    "E51 of a third day": ("E51", "true", "'01/03/2022'", NOT_DEFINED),
    "E52 called third": ("E52", "true", "'CB3'", NOT_DEFINED),
    "E53 a day late": ("E53", "true", NEXT_DAY, NOT_DEFINED),
    "E53 of no day": ("E53", "true", "'31/02/2021'", NOT_DEFINED),
    "E54 after the whole gap": ("E54", "true", NEXT_DAY, NOT_DEFINED),
    "E55 of a rare vaccine": ("E55", "truth <> 'Sputnik V'", "'Sputnik V'", NOT_DEFINED),
    "E56 of no vaccine": ("E56", "true", "'lô?'", NOT_DEFINED),
    "E57 called second booster": ("E57", "true", "'NL2'", NOT_DEFINED),
    "E58 a day late": ("E58", "true", NEXT_DAY, NOT_DEFINED),
    "E59 of an unknown place": ("E59", "true", "'Chợ Lạ'", NOR_DERIVED),
    "E60 of the district": ("E60", "true", "'TT769'", NOT_DEFINED),
    "E92 without a signature": (
        "E92",
        "true",
        "'Chưa ký'",
        {"causes_defined", "ledger_changes", "ledger_observed", "signatures", "rates_recounted"},
    ),
}


@pytest.mark.parametrize(("cause", "where", "value", "expected"), SPOILT.values(), ids=SPOILT)
def test_verify_other_spoilt_line(copy, cause, where, value, expected):
    """A cell that is wrong in another way than its cause says is named."""
    copy.spoil(copy.only(cause, where), value)

    assert copy.broken_rules() == expected


def evidence(kind="evidence.kind", key="evidence.key", column='evidence."column"'):
    """Return the evidence of a ledger row with one part replaced."""
    return f'struct_pack(kind := {kind}, "key" := {key}, "column" := {column})'


#: cause and row -> column of the ledger, another value, and the rules that it breaks
LEDGER = {
    "slip of another dose": (
        "E53",
        "true",
        "evidence",
        evidence(key="'MT0'"),
        {"answers_rederived"},
    ),
    "another column of the slip": (
        "E55",
        "true",
        "evidence",
        evidence(column="'mui'"),
        {"answers_rederived"},
    ),
    "slip needed for a clear day": (
        "E23",
        BY_CELL,
        "evidence",
        evidence(kind="'slip'", key="(select dose_id from link where ma_mui = ledger.ma_mui)"),
        {"ledger_words"},
    ),
    "clear day of another line": (
        "E23",
        BY_CELL,
        "evidence",
        evidence(key="'MU0'"),
        {"answers_rederived"},
    ),
    "unclear day read from its cell": (
        "E23",
        BY_SLIP,
        "evidence",
        evidence(kind="'cell'", key="ma_mui"),
        {"ledger_words", "answers_rederived"},
    ),
    "unclear day called recoverable": (
        "E23",
        BY_SLIP,
        "recoverability",
        "'from_cell'",
        {"ledger_words"},
    ),
    "spelling looked up among places": (
        "E24",
        "true",
        "evidence",
        evidence(key="'co_so'"),
        {"answers_rederived"},
    ),
    "spelling known to the slip only": (
        "E24",
        "true",
        "recoverability",
        "'needs_source_document'",
        {"ledger_words"},
    ),
    "place looked up among vaccines": (
        "E59",
        "true",
        "evidence",
        evidence(key="'vaccines'"),
        {"answers_rederived"},
    ),
    "lot of another dose": (
        "E56",
        "true",
        "evidence",
        evidence(key="'MT0'"),
        {"answers_rederived"},
    ),
    "lot known to the slip": (
        "E56",
        "true",
        "evidence",
        evidence(kind="'slip'"),
        {"ledger_words", "answers_rederived"},
    ),
    "unit told by another line": (
        "E60",
        "true",
        "evidence",
        evidence(key="'MU0'"),
        {"answers_rederived"},
    ),
    "unit told by itself": (
        "E60",
        "true",
        "evidence",
        evidence(column="'don_vi_nhap'"),
        {"answers_rederived"},
    ),
    "unit from a reference list": (
        "E60",
        "true",
        "recoverability",
        "'from_reference_list'",
        {"ledger_words"},
    ),
    "signature of another dose": (
        "E93",
        "true",
        "evidence",
        evidence(key="'MT0'"),
        {"answers_rederived"},
    ),
    "vaccine called lot": (
        "E55",
        "true",
        "cause",
        "'E56'",
        {"causes_defined", "ledger_words", "rates_recounted"},
    ),
}


@pytest.mark.parametrize(
    ("cause", "where", "column", "value", "expected"), LEDGER.values(), ids=LEDGER
)
def test_verify_other_line_row(copy, cause, where, column, value, expected):
    """A ledger row that claims what its cell, slip or table does not bear out is named."""
    copy.put("ledger", column, value, f"err_id = {copy.only(cause, where).err_id}")

    assert copy.broken_rules() == expected


def test_verify_half_a_swap(copy):
    """Days that were swapped are two rows of one group, named by the first."""
    second = copy.only("E51", "err_id <> group_id")
    copy.put("ledger", "group_id", "err_id", f"err_id = {second.err_id}")

    # each half now counts for itself
    assert copy.broken_rules() == {"ledger_groups", "rates_recounted"}


def test_verify_line_changed_unrecorded(copy):
    """A dose that differs from the slip needs a ledger row."""
    clean = """ma_mui = (select min(ma_mui) from link where role = 'original' and ma_ho_so not in
      (select ma_ho_so from ledger) and keep_ma_ho_so is null and ma_ho_so not in
      (select ma_ho_so from mui_tiem where tt_ky = 'Đã ký'))"""
    copy.put("mui_tiem", "so_lo", "'ABC123'", clean)

    assert copy.broken_rules() == {"differences_recorded"}


#: record -> which of its lines gets another signature
SIGNATURES = {
    "one line of an unsigned record": ("tt_xac_minh = 'Đúng'", "'Đã ký'", "min"),
    "unsigned line of a signed record": ("tt_ky = 'Đã ký'", "'Chưa ký'", "min"),
    "record that is not verified": ("tt_xac_minh = 'Sai'", "'Đã ký'", "all"),
    "record with a wrong dose": (
        "tt_xac_minh = 'Đúng' and ma_ho_so in (select ma_ho_so from ledger where cause = 'E53')",
        "'Đã ký'",
        "all",
    ),
    "record with a dose too many": (
        "tt_xac_minh = 'Đúng' and ma_ho_so in (select ma_ho_so from ledger where cause = 'E41')",
        "'Đã ký'",
        "all",
    ),
}


@pytest.mark.parametrize(("records", "state", "lines"), SIGNATURES.values(), ids=SIGNATURES)
def test_verify_other_signature(copy, records, state, lines):
    """Only records that are right throughout are signed, and then in every line."""
    before = "'Chưa ký'" if state == "'Đã ký'" else "'Đã ký'"
    chosen = copy.ask(
        f"""select min(ma_ho_so) as id from mui_tiem join doi_tuong using (ma_ho_so)
        where {records} and tt_ky = {before} and ma_ho_so in
          (select ma_ho_so from mui_tiem group by ma_ho_so having count(*) > 1)"""  # noqa: S608
    ).id
    where = f"ma_ho_so = '{chosen}'"
    if lines == "min":
        where = f"ma_mui = (select min(ma_mui) from mui_tiem where {where})"  # noqa: S608
    copy.put("mui_tiem", "tt_ky", state, where)

    assert "signatures" in copy.broken_rules()
