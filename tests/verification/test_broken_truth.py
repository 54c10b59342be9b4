"""A city broken by hand in one place is named by the rule of that place and no other."""
# ruff: noqa: S608 - the queries are written here, out of parts that stand here

import pytest

#: what follows from the truth is counted anew: whether it comes out otherwise depends on the person
COUNTS = {"rates_recounted", "rates_as_expected"}
#: records that are right in every cell, no decoy, unsigned, and in no incident
CLEAN = """(select ma_ho_so from link where ma_mui is null and dose_id is null and decoy is null
  and role = 'original' and ma_ho_so not in (select ma_ho_so from ledger)
  and ma_ho_so not in (select keep_ma_ho_so from link where keep_ma_ho_so is not null)
  and ma_ho_so not in (select ma_ho_so from mui_tiem where tt_ky = 'Đã ký'))"""
#: clean people known by a CMND: it says nothing of sex and birth
CMND = f"""(select min(person_id) from link l join dan_cu p using (person_id)
  where ma_ho_so in {CLEAN} and length(so_giay_to) = 9 and length(ngay_sinh) = 10
  and person_id in (select person_id from mui_that where mui = 'NL1'))"""
#: people who were never vaccinated, so that only the city knows
NEVER = "person_id not in (select person_id from mui_that) and quoc_tich = 'Việt Nam'"
UNKNOWN = f"(select min(person_id) from dan_cu where {NEVER} and not chu_ho)"
#: a dose of a clean person, as the truth has it and as the register has it
DOSE = f"""(select min(dose_id) from mui_that where mui = '{{0}}' and person_id in
  (select person_id from link where ma_ho_so in {CLEAN}) and person_id not in
  (select person_id from mui_that where mui not in ('CB1', 'CB2', 'NL1'))
  and ('{{0}}' <> 'NL1' or person_id in (select person_id from mui_that
    where mui = 'CB2' and right(ngay_tiem, 7) in ('12/2021', '01/2022'))))"""
ENTRY = f"(select ma_mui from link where dose_id = {DOSE})"
FORMER = "(select min(so_cmnd_cu) from dan_cu where so_cmnd_cu <> '')"


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


def person(column, value, whose=CMND):
    """Change a person in the register and in the city alike."""
    known = f"ma_ho_so = (select ma_ho_so from link where ma_mui is null and person_id = {whose})"
    return (
        change("doi_tuong", column, value, known),
        change("dan_cu", column, value, f"person_id = {whose}"),
    )


def unknown(column, value, who=UNKNOWN):
    """Change somebody whom only the city knows."""
    return [change("dan_cu", column, value, f"person_id = {who}")]


def born(year):
    """Return the first unvaccinated citizen with a CMND who was born since a year."""
    return f"""(select min(person_id) from dan_cu where {NEVER}
      and right(ngay_sinh, 4)::int >= {year} and length(ngay_sinh) = 10)"""


def place(column, value, which):
    """Change a row of the table of places."""
    return [change("co_so", column, value, which)]


SITES = {"truth_sites"}

CASES = {
    "no head of the household": (
        unknown("chu_ho", "not chu_ho"),
        {"truth_households", "truth_status"},
    ),
    "person in another ward": (unknown("xa", "'26797'"), {"truth_ward", "truth_households"}),
    "person in another district": (
        unknown("huyen", "'760'"),
        {"truth_ward", "truth_households"},
    ),
    "name not in NFC": (person("ho_ten", "'Le\u0302 Khác'"), {"truth_words"}),
    "vaccine that was not given": (both("ten_vac_xin", "'Vaxigrip'", "NL1"), {"truth_words"}),
    "unknown role in the household": (unknown("vai_tro", "'bạn'"), {"truth_status"}),
    "unknown ethnic group": (unknown("dan_toc", "'Pháp'"), {"truth_status"}),
    "unknown residence": (unknown("cu_tru", "'ở nhờ'"), {"truth_status"}),
    "unknown fate": (unknown("tinh_trang", "'mất tích'"), {"truth_status"}),
    "insurance card too short": (unknown("so_the_bhyt", "'TE179'"), {"truth_insurance"}),
    "insurance card of another province": (
        unknown("so_the_bhyt", "'TE1010000000000'"),
        {"truth_insurance"},
    ),
    "insurance card of somebody else": (
        unknown("so_the_bhyt", "(select max(so_the_bhyt) from dan_cu)"),
        {"cards_distinct"},
    ),
    "identity number of the other sex": (
        unknown(
            "so_giay_to",
            "concat(left(so_giay_to, 3), xor(so_giay_to[4]::int, 1), right(so_giay_to, 8))",
            f"(select min(person_id) from dan_cu where {NEVER} and length(so_giay_to) = 12)",
        ),
        {"truth_identity_number"},
    ),
    "identity number of somebody else": (
        unknown("so_giay_to", "(select min(so_giay_to) from dan_cu where length(so_giay_to) = 9)"),
        {"numbers_distinct"},
    ),
    "former number of somebody": (unknown("so_giay_to", FORMER), {"numbers_distinct"}),
    "former card beside a CMND": (
        person("so_cmnd_cu", "'020000000'")[1:],
        {"truth_identity_number"},
    ),
    "former card of twelve digits": (
        unknown("so_cmnd_cu", "'020000000000'"),
        {"truth_identity_number"},
    ),
    "day of birth that does not exist": (
        person("ngay_sinh", "'31/02/1980'"),
        {"truth_birth", "truth_age"},
    ),
    "year alone of somebody young": (
        [
            change("dan_cu", "ngay_sinh", "right(ngay_sinh, 4)", f"person_id = {born(1955)}"),
        ],
        {"truth_birth"},
    ),
    "year alone that is not told": (
        unknown("ngay_sinh_chi_nam", "not ngay_sinh_chi_nam"),
        {"truth_birth"},
    ),
    "twin who knows of none": (
        unknown("sinh_doi_voi", "(select min(person_id) from dan_cu where chu_ho)"),
        {"truth_twins"},
    ),
    "dose before the campaign": (both("ngay_tiem", "'07/03/2021'", "CB1"), {"truth_days"}),
    "dose after the last day": (both("ngay_tiem", "'08/05/2022'", "NL1"), {"truth_days"}),
    "dose in a year": (both("ngay_tiem", "'2022'", "NL1"), {"truth_days", "truth_age"}),
    "child vaccinated too early": (person("ngay_sinh", "'01/01/2015'"), {"truth_age"}),
    "dose given twice": (both("mui", "'CB2'", "NL1"), {"truth_dose_order"}),
    "third basic dose first": (both("mui", "'CB3'", "CB1"), {"truth_dose_order"}),
    "second booster without the first": (
        both("mui", "'NL2'", "NL1"),
        {"truth_dose_order", "truth_dose_start"},
    ),
    "additional dose in place of a booster": (
        [*both("ngay_tiem", after_cb2(92), "NL1"), *both("mui", "'BS'", "NL1")],
        set(),
    ),
    "booster too early": (both("ngay_tiem", after_cb2(83), "NL1"), {"truth_dose_gap"}),
    "additional dose too early": (
        [*both("ngay_tiem", after_cb2(27), "NL1"), *both("mui", "'BS'", "NL1")],
        {"truth_dose_gap"},
    ),
    "additional dose too late": (
        [*both("ngay_tiem", after_cb2(93), "NL1"), *both("mui", "'BS'", "NL1")],
        {"truth_dose_gap"},
    ),
    "place that nobody knows": (
        [change("mui_that", "noi_tiem", "'CS0'", f"dose_id = {DOSE.format('CB1')}")],
        SITES,
    ),
    "unit that enters for another place": (both("don_vi_nhap", "'CS0'", "CB1"), SITES),
    "clerk without a number": (
        [change("mui_that", "nguoi_nhap", "'An'", f"dose_id = {DOSE.format('CB1')}")],
        SITES,
    ),
    "place without a name": (
        place("ten_co_so", "''", "loai = 'ngoài thành phố'"),
        {"truth_places"},
    ),
    "two places of one name": (
        place("ten_co_so", "'Điểm tiêm'", "loai = 'lưu động'"),
        {"truth_places", "causes_defined", "answers_rederived"},
    ),
    "unknown kind of place": (place("loai", "'chợ'", "loai = 'ngoài thành phố'"), {"truth_places"}),
    "place that nobody enters": (
        place("don_vi_nhap", "''", "loai = 'trạm y tế'"),
        {"truth_places", "truth_sites", "causes_defined"},
    ),
}


@pytest.mark.parametrize(("changes", "expected"), CASES.values(), ids=CASES)
def test_verify_broken_truth(copy, changes, expected):
    """The rule that was broken is named; rules that must follow it are named too, no other."""
    for table, query in changes:
        copy.rewrite(table, query)

    assert copy.broken_rules() - COUNTS == expected


def test_verify_no_booster_before_its_time(copy):
    """AstraZeneca boosts a basic course of mRNA from 1 March 2022 on only."""
    dose = f"""(select min(b.dose_id) from mui_that a join mui_that b using (person_id)
      join link on link.person_id = a.person_id and ma_ho_so in {CLEAN} and link.dose_id = b.dose_id
      where a.mui = 'CB1' and a.ten_vac_xin in ('Pfizer', 'Moderna') and b.mui = 'NL1'
      and right(b.ngay_tiem, 7) in ('12/2021', '01/2022', '02/2022'))"""
    line = f"ma_mui = (select ma_mui from link where dose_id = {dose})"
    copy.put("mui_tiem", "ten_vac_xin", "'AstraZeneca'", line)
    copy.put("mui_that", "ten_vac_xin", "'AstraZeneca'", f"dose_id = {dose}")

    assert copy.broken_rules() - COUNTS == {"truth_dose_start"}


def test_verify_moderna_for_the_youngest(copy):
    """Moderna is for children from 6 years on."""
    dose = """(select min(dose_id) from mui_that join dan_cu using (person_id)
      join link using (dose_id) where mui_that.ten_vac_xin = 'Pfizer'
      and ma_ho_so not in (select ma_ho_so from ledger) and right(ngay_sinh, 4) = '2017')"""
    line = f"ma_mui = (select ma_mui from link where dose_id = {dose})"
    copy.put("mui_tiem", "ten_vac_xin", "'Moderna'", line)
    copy.put("mui_that", "ten_vac_xin", "'Moderna'", f"dose_id = {dose}")

    assert copy.broken_rules() - COUNTS == {"truth_age"}


def test_verify_twins_of_two_days(copy):
    """Twins are born on one day."""
    twin = "person_id = (select min(person_id) from dan_cu where sinh_doi_voi <> '')"
    copy.put(
        "dan_cu", "ngay_sinh", "concat('0', 1 + left(ngay_sinh, 2)::int % 9, '/02/2001')", twin
    )

    assert "truth_twins" in copy.broken_rules()
