"""A data set broken by hand in one place is named by the rule of that place and no other."""
# ruff: noqa: S608 - the queries are written here, out of parts that stand here

import pytest

#: the first record with exactly this fault
ONLY = """(select min(ma_ho_so) from ledger where cause = '{}' and ma_ho_so in
  (select ma_ho_so from ledger group by ma_ho_so having count(*) = 1))"""
#: records that are right in every cell and no decoy
CLEAN = """(select ma_ho_so from link where ma_mui is null and decoy is null
  and ma_ho_so not in (select ma_ho_so from ledger))"""
#: clean people known by a CMND: it says nothing of sex and birth
CMND = f"""(select min(person_id) from link l join dan_cu p using (person_id)
  where ma_ho_so in {CLEAN} and length(so_giay_to) = 9)"""
#: somebody who was never vaccinated, so that only the city knows
UNKNOWN = "(select min(person_id) from dan_cu where person_id not in (select person_id from link))"
#: a dose, as the truth has it and as the register has it
DOSE = """(select min(dose_id) from mui_that where mui = '{}' and person_id not in
  (select person_id from mui_that where mui not in ('CB1', 'CB2', 'NL1')))"""
ENTRY = f"(select ma_mui from link where dose_id = {DOSE})"


def change(table, column, value, where):
    """Return a table and the query that puts a value into one of its columns."""
    cell = f'case when {where} then {value} else "{column}" end as "{column}"'
    return table, f"select * replace ({cell}) from {table}"


def both(column, value, slot):
    """Change a dose in the truth and in the register alike."""
    # the register first: its dose is found by way of the truth
    return (
        change("mui_tiem", column, value, f"ma_mui = {ENTRY.format(slot)}"),
        change("mui_that", column, value, f"dose_id = {DOSE.format(slot)}"),
    )


def after_cb2(days):
    """Return the date that many days after the second dose of the person whose NL1 is changed."""
    return f"""(select strftime(strptime(ngay_tiem, '%d/%m/%Y') + interval {days} day, '%d/%m/%Y')
      from mui_that where mui = 'CB2' and person_id =
        (select person_id from mui_that where dose_id = {DOSE.format("NL1")}))"""


def record(cause):
    """Return the condition for the one record with only this fault."""
    return f"ma_ho_so = {ONLY.format(cause)}"


def person(column, value, whose=CMND):
    """Change a person in the register and in the city alike."""
    known = f"ma_ho_so = (select ma_ho_so from link where ma_mui is null and person_id = {whose})"
    return (
        change("doi_tuong", column, value, known),
        change("dan_cu", column, value, f"person_id = {whose}"),
    )


def decoy_renamed(old, new):
    """Call a decoy of one kind one of another kind."""
    first = f"(select min(ma_ho_so) from link where decoy = '{old}')"
    return [change("link", "decoy", f"'{new}'", f"ma_mui is null and ma_ho_so = {first}")]


def decoy_moved(to):
    """Take the mark D01 off one record and put it on another."""
    first = "(select min(ma_ho_so) from link where decoy = 'D01')"
    cell = f"""case when ma_mui is not null then decoy when ma_ho_so = {first} then null
      when ma_ho_so = {to} then 'D01' else decoy end"""
    return (("link", f"select * replace ({cell} as decoy) from link"),)


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
        [change("mui_tiem", "so_lo", "'ABC123'", f"ma_mui = {ENTRY.format('CB1')}")],
        {"differences_recorded"},
    ),
    "status is not the rule's": (
        [change("doi_tuong", "tt_xac_minh", "'Không có/sai định dạng'", record("E10"))],
        {"status_shown"},
    ),
    "unknown signature state": (
        [change("mui_tiem", "tt_ky", "'Ký rồi'", f"ma_mui = {ENTRY.format('CB1')}")],
        {"register_words"},
    ),
    "truth of the ledger wrong": (
        [change("ledger", "truth", "'Lê Văn Khác'", record("E10"))],
        {"ledger_truth"},
    ),
    "observed value of the ledger wrong": (
        [change("ledger", "observed", "observed || 'x'", record("E10"))],
        {"ledger_observed"},
    ),
    "ledger changes nothing": (
        [change("ledger", "truth", "observed", record("E01"))],
        {"ledger_changes", "ledger_truth"},
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
        {"answers_rederived"},
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
        {"link_records", "rates_recounted"},
    ),
    "dose without a link": (
        [change("link", "ma_mui", "'MU0'", f"ma_mui = {ENTRY.format('CB1')}")],
        {"link_doses"},
    ),
    "dose linked to another person": (
        [change("link", "person_id", UNKNOWN, f"ma_mui = {ENTRY.format('CB1')}")],
        {"link_truth"},
    ),
    "unknown role": (
        [change("link", "role", "'intruder'", f"ma_mui = {ENTRY.format('CB1')}")],
        {"link_words"},
    ),
    "decoy on a spoiled record": (
        decoy_moved(FOREIGN),
        {"decoys_untouched", "rates_recounted"},
    ),
    "decoy D01 with a CMND": (decoy_renamed("D14", "D01"), {"decoys_true", "rates_recounted"}),
    "decoy D10 with a usual name": (
        decoy_renamed("D01", "D10"),
        # whoever looks like it was asked for
        {"decoys_true", "rates_recounted", "rates_as_asked"},
    ),
    "decoy D11 grown up": (decoy_renamed("D14", "D11"), {"decoys_true", "rates_recounted"}),
    "decoy D13 with a CMND": (decoy_renamed("D14", "D13"), {"decoys_true", "rates_recounted"}),
    "decoy D14 with a CCCD": (decoy_renamed("D01", "D14"), {"decoys_true", "rates_recounted"}),
    "no head of the household": (
        [change("dan_cu", "chu_ho", "not chu_ho", f"person_id = {UNKNOWN}")],
        {"truth_households"},
    ),
    "household in another ward": (
        [
            change("doi_tuong", "xa", "'26797'", "true"),
            change("dan_cu", "xa", "'26797'", "true"),
            change("ho_gia_dinh", "xa", "'26797'", "true"),
        ],
        {"truth_ward"},
    ),
    "name not in NFC": (person("ho_ten", "'Le\u0302 Khác'"), {"truth_words"}),
    "vaccine that was not given": (both("ten_vac_xin", "'Vaxigrip'", "NL1"), {"truth_words"}),
    "identity number of the other sex": (
        [
            change(
                *("dan_cu", "so_giay_to"),
                "concat(left(so_giay_to, 3), xor(so_giay_to[4]::int, 1), right(so_giay_to, 8))",
                f"person_id = {UNKNOWN}",
            )
        ],
        {"truth_identity_number"},
    ),
    "identity number of somebody else": (
        [
            change(
                *("dan_cu", "so_giay_to"),
                "(select min(so_giay_to) from dan_cu where length(so_giay_to) = 9)",
                f"person_id = {UNKNOWN}",
            )
        ],
        {"numbers_distinct"},
    ),
    "day that does not exist": (person("ngay_sinh", "'31/02/1980'"), {"truth_days", "truth_age"}),
    "dose before the campaign": (both("ngay_tiem", "'07/03/2021'", "CB1"), {"truth_days"}),
    "dose after the last day": (both("ngay_tiem", "'08/05/2022'", "NL1"), {"truth_days"}),
    "child vaccinated too early": (person("ngay_sinh", "'01/01/2015'"), {"truth_age"}),
    "dose given twice": (both("mui", "'CB2'", "NL1"), {"truth_dose_order"}),
    "third basic dose first": (both("mui", "'CB3'", "CB1"), {"truth_dose_order"}),
    "second booster without the first": (both("mui", "'NL2'", "NL1"), {"truth_dose_order"}),
    "additional dose in place of a booster": (both("mui", "'BS'", "NL1"), set()),
    "booster too early": (both("ngay_tiem", after_cb2(83), "NL1"), {"truth_dose_gap"}),
    "additional dose too early": (
        [*both("ngay_tiem", after_cb2(27), "NL1"), *both("mui", "'BS'", "NL1")],
        {"truth_dose_gap"},
    ),
}


@pytest.mark.parametrize(("changes", "expected"), CASES.values(), ids=CASES.keys())
def test_verify_broken_table(copy, changes, expected):
    """The rule that was broken is named; rules that must follow it are named too, no other."""
    for table, query in changes:
        copy.rewrite(table, query)

    assert copy.broken_rules() == expected


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


def test_verify_unknown_scenario(copy):
    """Of a scenario whose last day is not known, a late dose is no fault."""
    for table, query in both("ngay_tiem", "'08/05/2022'", "NL1"):
        copy.rewrite(table, query)
    copy.note(lambda raw: raw.update(scenario="tinh-khac"))

    assert copy.broken_rules() == set()
