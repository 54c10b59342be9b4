"""Register, key and link broken by hand in one place: the rule of that place is named, no other."""
# ruff: noqa: S608 - the queries are written here, out of parts that stand here

import pytest

#: the first record with exactly this fault
ONLY = """(select min(ma_ho_so) from ledger where cause = '{}' and ma_ho_so in
  (select ma_ho_so from ledger group by ma_ho_so having count(*) = 1))"""
#: records that are right in every cell, no decoy, unsigned, and in no incident
CLEAN = """(select ma_ho_so from link where ma_mui is null and dose_id is null and decoy is null
  and role = 'original' and ma_ho_so not in (select ma_ho_so from ledger)
  and ma_ho_so not in (select keep_ma_ho_so from link where keep_ma_ho_so is not null)
  and ma_ho_so not in (select ma_ho_so from mui_tiem where tt_ky = 'Đã ký'))"""
#: somebody who was never vaccinated, so that only the city knows
UNKNOWN = (
    "(select min(person_id) from dan_cu where person_id not in (select person_id from mui_that))"
)
#: a line of such a record
ENTRY = f"(select min(ma_mui) from link where ma_mui is not null and ma_ho_so in {CLEAN})"


def change(table, column, value, where):
    """Return a table and the query that puts a value into one of its columns."""
    cell = f'case when {where} then {value} else "{column}" end as "{column}"'
    return table, f"select * replace ({cell}) from {table}"


def record(cause):
    """Return the condition for the one record with only this fault."""
    return f"ma_ho_so = {ONLY.format(cause)}"


def decoy_renamed(old, new, to="true"):
    """Call a decoy of one kind one of another kind."""
    first = f"""(select min(ma_ho_so) from link join dan_cu using (person_id)
      where decoy = '{old}' and {to})"""
    return [change("link", "decoy", f"'{new}'", f"decoy is not null and ma_ho_so = {first}")]


def decoy_moved(to):
    """Take the mark D01 off one record and put it on another."""
    first = "(select min(ma_ho_so) from link where decoy = 'D01')"
    cell = f"""case when decoy is null and not (ma_mui is null and dose_id is null) then decoy
      when ma_ho_so = {first} then null when ma_ho_so = {to} then 'D01' else decoy end"""
    return (("link", f"select * replace ({cell} as decoy) from link"),)


def unmarked(decoy):
    """Take the mark off one of those who are marked together."""
    first = f"(select min(ma_ho_so) from link where decoy = '{decoy}')"
    return [change("link", "decoy", "null", f"ma_ho_so = {first}")]


#: a native of another province with one fault
FOREIGN = """(select min(ma_ho_so) from link join dan_cu using (person_id)
  where ma_mui is null and length(so_giay_to) = 12 and left(so_giay_to, 3) <> '079'
  and ma_ho_so in (select ma_ho_so from ledger where cause = 'E10'))"""

CASES = {
    "register cell changed": (
        [
            change(
                "doi_tuong",
                "dia_chi",
                "'Không ghi'",
                f"ma_ho_so = (select min(x) from {CLEAN} s(x))",
            )
        ],
        {"differences_recorded"},
    ),
    "register dose changed": (
        [change("mui_tiem", "so_lo", "'ABC123'", f"ma_mui = {ENTRY}")],
        {"differences_recorded"},
    ),
    "status is not the rule's": (
        [change("doi_tuong", "tt_xac_minh", "'Không có/sai định dạng'", record("E10"))],
        {"status_shown"},
    ),
    "unknown signature state": (
        [change("mui_tiem", "tt_ky", "'Ký rồi'", f"ma_mui = {ENTRY}")],
        {"register_words"},
    ),
    "truth of the ledger wrong": (
        [change("ledger", "truth", "'Lê Văn Khác'", record("E10"))],
        {"ledger_truth", "answers_accepted"},
    ),
    "observed value of the ledger wrong": (
        [change("ledger", "observed", "observed || 'x'", record("E10"))],
        {"ledger_observed"},
    ),
    "ledger changes nothing": (
        [change("ledger", "truth", "observed", record("E01"))],
        {"ledger_changes", "ledger_truth", "answers_accepted"},
    ),
    "ledger id twice": (
        [change("ledger", "err_id", "(select min(err_id) from ledger)", record("E10"))],
        {"ids_distinct"},
    ),
    "recoverability not that of the police list": (
        [change("ledger", "recoverability", "'from_cell'", record("E02"))],
        {"ledger_words"},
    ),
    "no accepted answer follows from the evidence": (
        [change("ledger", "accepted", "['Lê Văn Khác']", record("E10"))],
        {"answers_rederived", "answers_accepted"},
    ),
    "evidence of another person": (
        [
            change(
                *("ledger", "evidence"),
                "struct_pack(kind := evidence.kind, key := 'CD0', \"column\" := evidence.column)",
                record("E02"),
            )
        ],
        {"answers_rederived"},
    ),
    "cause is another than the ledger says": (
        [
            change("doi_tuong", "so_giay_to", "'079199999999'", record("E02")),
            change("doi_tuong", "tt_xac_minh", "'Sai'", record("E02")),
            change("ledger", "observed", "'079199999999'", record("E02")),
        ],
        {"causes_defined"},
    ),
    "record without a link": (
        [
            (
                "link",
                f"from link where ma_mui is not null or ma_ho_so <> (select min(x) from {CLEAN} s(x))",
            )
        ],
        {"link_records", "link_truth", "rates_recounted"},
    ),
    "dose without a link": (
        [change("link", "ma_mui", "'MU0'", f"ma_mui = {ENTRY}")],
        {"link_doses"},
    ),
    "dose linked to another person": (
        [change("link", "person_id", UNKNOWN, f"ma_mui = {ENTRY}")],
        {"link_truth", "rates_recounted"},
    ),
    "unknown role": (
        [change("link", "role", "'intruder'", f"ma_mui = {ENTRY}")],
        {"link_words", "incidents_recorded", "rates_recounted"},
    ),
    "decoy on a spoiled record": (
        decoy_moved(FOREIGN),
        {"decoys_untouched", "rates_recounted"},
    ),
    "decoy D01 with a CMND": (decoy_renamed("D14", "D01"), {"decoys_true", "rates_recounted"}),
    "decoy D10 with a usual name": (
        decoy_renamed("D01", "D10"),
        {"decoys_true", "rates_recounted"},
    ),
    "decoy D11 grown up": (decoy_renamed("D14", "D11"), {"decoys_true", "rates_recounted"}),
    "decoy D13 with a CMND": (decoy_renamed("D14", "D13"), {"decoys_true", "rates_recounted"}),
    "decoy D14 with a CCCD": (decoy_renamed("D01", "D14"), {"decoys_true", "rates_recounted"}),
    "decoy that has a second record": (
        decoy_moved("(select min(keep_ma_ho_so) from link where role = 'duplicate')"),
        {"decoys_untouched", "decoys_true", "rates_recounted"},
    ),
    "status lost beside another error": (
        [
            change("doi_tuong", "tt_xac_minh", "'Không xác minh được'", record("E31")),
            (
                "ledger",
                f"""from ledger union all select k.* replace (1 as err_id, d.ma_ho_so as ma_ho_so,
                  struct_pack(kind := 'police_list', key := l.person_id, "column" := 'tt_xac_minh')
                  as evidence) from ledger k, doi_tuong d join link l using (ma_ho_so)
                where k.err_id = (select min(err_id) from ledger where cause = 'E09')
                  and l.ma_mui is null and d.{record("E31")}""",
            ),
        ],
        {"causes_in_place", "counts_recounted", "rates_recounted"},
    ),
    "decoys D06 parted": (
        unmarked("D06"),
        {"decoys_together", "counts_recounted", "rates_recounted"},
    ),
    "decoys D07 parted": (
        unmarked("D07"),
        {"decoys_together", "counts_recounted", "rates_recounted"},
    ),
    "decoy of a dose": (
        [change("link", "decoy", "'D01'", f"ma_mui = {ENTRY}")],
        {"link_words", "counts_recounted"},
    ),
    "decoy that is none": (
        [change("link", "decoy", "'E01'", "decoy = 'D14'")],
        {"link_words", "decoys_true", "rates_recounted"},
    ),
    **{
        f"decoy {kind} of somebody else": (
            decoy_renamed("D14", kind, looks),
            {"decoys_true", "rates_recounted"},
        )
        for kind, looks in {
            "D02": "person_id not in (select person_id from mui_that where mui = 'CB2')",
            "D03": "person_id not in (select person_id from mui_that where mui = 'CB2')",
            "D04": "true",
            "D05": "true",
            "D08": "not regexp_matches(ho_ten, '[aey]( |$)')",
            "D09": "dan_toc = 'Kinh'",
            "D12": "true",
        }.items()
    },
}


@pytest.mark.parametrize(("changes", "expected"), CASES.values(), ids=CASES.keys())
def test_verify_broken_table(copy, changes, expected):
    """The rule that was broken is named; rules that must follow it are named too, no other."""
    for table, query in changes:
        copy.rewrite(table, query)

    # whether the counts that follow are also implausible depends on how large they are
    assert copy.broken_rules() - {"rates_as_expected"} == expected


def test_verify_cell_twice(copy):
    """A cell with two ledger rows is named, even when all counts have been made to fit."""
    row = "(select min(err_id) from ledger where cause = 'E01')"
    again = f"select * replace (0 as err_id) from ledger where err_id = {row}"
    copy.rewrite("ledger", f"from ledger union all {again}")

    def fit(raw):
        raw["counts"]["ledger_cells"] += 1
        for entry in raw["errors"]:
            if entry["cause"] == "E01":
                entry["achieved"] += 1 / entry["eligible"]

    copy.note(fit)

    assert copy.broken_rules() == {"ledger_once"}


def test_verify_foreigner_with_an_error(copy):
    """Foreigners' records have one error only: their nationality."""
    row = copy.only("E31")
    copy.put("doi_tuong", "quoc_tich", "'Lào'", f"ma_ho_so = '{row.ma_ho_so}'")
    copy.put("dan_cu", "quoc_tich", "'Lào'", f"person_id = '{row.person_id}'")

    assert "causes_in_place" in copy.broken_rules()
