"""Our tables through Faker's interface: right forms, nothing that contradicts, equal seeds equal."""

import hashlib
import re
from collections import Counter
from datetime import date, timedelta
from unicodedata import is_normalized, normalize

import faker
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import facts, names, register, supply
from generator.campaign import vaccine_names
from generator.faker_provider import AS_OF, VACCINE_WEIGHTS, VietnameseProvider, workplaces
from generator.identity import Reading, read_cccd
from generator.lives import CARDS
from generator.lots import LOTS_PER_VACCINE, lot_texts
from generator.places import streets, wards
from generator.population import phone_prefixes
from generator.problems import Problem

METHODS = (
    *("vietnamese_name", "vietnamese_surname", "workplace", "cccd", "cmnd", "bhyt"),
    *("vietnamese_phone", "hcmc_ward", "hcmc_address", "covid_vaccine", "vaccine_lot"),
    *("vaccination_record", "dose_record"),
)
SEXES = st.sampled_from(["Nam", "Nữ"])
YEARS = st.integers(1900, 2099)
SEEDS = st.integers(0, 2**32)
PROVINCES = facts.table("provinces_63")


def new_source(seed):
    """Return a seeded Faker with our provider."""
    source = faker.Faker("vi_VN")
    source.add_provider(VietnameseProvider)
    source.seed_instance(seed)
    return source


@pytest.fixture
def source():
    """Faker with our provider, always in the same state."""
    return new_source(2022)


def parsed(day):
    """Read a day as clerks write it."""
    return date(*map(int, reversed(day.split("/"))))


@pytest.mark.parametrize("method", METHODS)
def test_provider_equal_seeds(method):
    """Equal seeds give equal values, and other seeds others."""
    first, second, other = new_source(5), new_source(5), new_source(6)
    values = [getattr(first, method)() for _ in range(20)]

    assert [getattr(second, method)() for _ in range(20)] == values
    assert [getattr(other, method)() for _ in range(20)] != values


@pytest.mark.parametrize("method", METHODS)
def test_provider_composed(source, method):
    """Every text is NFC."""
    values = [getattr(source, method)() for _ in range(100)]
    texts = [
        text
        for value in values
        for text in (
            [value] if isinstance(value, str) else getattr(value, "values", value.__iter__)()
        )
    ]

    assert len(texts) >= 100
    assert [text for text in texts if not is_normalized("NFC", text)] == []


def test_provider_methods():
    """Every method of the provider is among those that are tested for seeds and NFC."""
    own = {name for name in vars(VietnameseProvider) if not name.startswith("_")}

    assert own == {*METHODS, "vietnamese_given_name"}


def test_workplaces_frozen():
    """The workplaces of a city stay what they were: registers are made of them."""
    told = "\n".join(workplaces()).encode()

    assert hashlib.sha256(told).hexdigest() == (
        "0bb21b3017802185d542aaffb2a8b823cbbc4d6077d89d10ba5df92757c363d3"
    )


@given(SEEDS, SEXES, YEARS)
def test_vietnamese_name_words(seed, sex, year):
    """A name begins with a surname of the Kinh and ends with a given name of sex and generation."""
    name = new_source(seed).vietnamese_name(sex, year)
    cohort = int(names.cohort_of(year))
    first = name.split()[0]

    assert first in {r["surname"] for r in facts.table("surnames") if r["ethnic_group"] == "Kinh"}
    assert any(name.endswith(f" {given}") for given in given_of(sex, cohort))
    assert 2 <= len(name.split()) <= 5


def given_of(sex, cohort):
    """Return the given names that the tables have for a sex and a cohort, and for all cohorts."""
    rows = (*names.GIVEN_ROWS[("Nam", "Nữ").index(sex)][cohort], names.TAIL_ROWS)
    return {
        r["given"]
        for r in facts.table("given_names")
        if r["sex"] == sex.lower() and r["birth_cohort"] in rows
    }


def test_vietnamese_name_marks(source, within):
    """Women born before 1976 have Thị as often as the tables say, and never Văn."""
    drawn = [source.vietnamese_name("Nữ", 1950).split() for _ in range(1500)]
    middle = [words[1] for words in drawn if len(words) > 2]
    unmarked = names.lengths()[1, 0, 0]

    assert "Văn" not in middle
    assert within(middle.count("Thị") / 1500, 1500, 0.85 * (1 - unmarked))


@given(SEEDS, st.sampled_from(PROVINCES), SEXES, YEARS)
def test_cccd_reads_back(seed, province, sex, year):
    """A number says the province, sex and year that it was asked for, by code or by name."""
    for told in (province["cccd_code"], province["name"], province["name_full"]):
        number = new_source(seed).cccd(told, sex, year)

        assert read_cccd(number) == Reading(province["cccd_code"], sex == "Nữ", year)


def test_cccd_drawn(source, within):
    """Where nothing is asked for, provinces exist and the city's has its share."""
    read = [read_cccd(source.cccd()) for _ in range(2000)]
    here = sum(reading.province == "079" for reading in read) / 2000

    assert {reading.province for reading in read} <= {p["cccd_code"] for p in PROVINCES}
    assert within(here, 2000, 0.62)
    assert {reading.female for reading in read} == {False, True}
    assert all(AS_OF.year - 90 <= reading.year <= AS_OF.year - 5 for reading in read)


def test_cccd_decomposed(source):
    """A name typed with combining marks is the same name."""
    assert source.cccd(normalize("NFD", "Đồng Nai"), "Nữ", 1990)[:4] == "0751"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ({"sex": "nữ"}, "Không có giới tính 'nữ'. Các giá trị đúng: Nam, Nữ."),
        ({"sex": "F"}, "Không có giới tính 'F'. Các giá trị đúng: Nam, Nữ."),
        ({"year": 1899}, "Năm sinh phải là số nguyên từ 1900 đến 2099, đang là 1899."),
        ({"year": "1990"}, "Năm sinh phải là số nguyên từ 1900 đến 2099, đang là '1990'."),
        ({"province": "Đồng Na"}, "Có phải anh/chị muốn viết 'Đồng Nai'?"),
        ({"province": "003"}, "Không có tỉnh/thành (mã CCCD 3 chữ số hoặc tên) '003'."),
    ],
)
def test_cccd_problem(source, arguments, told):
    """What no number can say is refused in Vietnamese, with what was meant."""
    with pytest.raises(Problem, match=re.escape(told)):
        source.cccd(**arguments)


@pytest.mark.parametrize("arguments", [{"sex": "nam "}, {"year": 2100}])
def test_vietnamese_name_problem(source, arguments):
    """A name is refused for a sex or year that does not exist."""
    with pytest.raises(Problem):
        source.vietnamese_name(**arguments)


@pytest.mark.parametrize(
    ("method", "form"),
    [
        ("cccd", r"0\d\d[0-3]\d{8}"),
        ("cmnd", r"02\d{7}"),
        ("bhyt", rf"({'|'.join(CARDS)})79\d{{10}}"),
        ("vietnamese_phone", rf"({'|'.join(phone_prefixes())})999\d{{4}}"),
    ],
)
def test_numbers_form(source, method, form):
    """Numbers have the form of their kind, and differ."""
    values = [getattr(source, method)() for _ in range(200)]

    assert [value for value in values if not re.fullmatch(form, value)] == []
    assert len(set(values)) > 190


def test_vietnamese_phone_prefixes(source):
    """Every prefix in use is seen."""
    assert {source.vietnamese_phone()[:3] for _ in range(2000)} == set(phone_prefixes())


def test_hcmc_ward_exists(source):
    """A ward has the name and district of its code; large wards come more often."""
    drawn = [source.hcmc_ward() for _ in range(1000)]

    assert [w for w in drawn if (wards()[w.code].name, wards()[w.code].district) != w[1:]] == []
    mean = sum(wards()[ward.code].population for ward in drawn) / 1000
    assert mean > 1.3 * sum(ward.population for ward in wards().values()) / 312


def test_hcmc_address_places(source):
    """Street, ward and district of an address belong together."""
    by_name = {(ward.name, ward.district): ward for ward in wards().values()}
    for _ in range(300):
        house, part, ward, district, city = source.hcmc_address().split(", ")
        number, street = house.split(" ", 1)

        assert street in streets()[by_name[ward, district].district_code]
        assert re.fullmatch(r"[1-9]\d{0,2}(/[1-9]\d{0,2})?", number)
        assert part.startswith("Ấp " if by_name[ward, district].rural else "Khu phố ")
        assert city == "Thành phố Hồ Chí Minh"


def test_hcmc_address_parts(source):
    """Large wards have more parts, about one for 4,000 people, counted from 1."""
    by_name = {(ward.name, ward.district): ward for ward in wards().values()}
    drawn = [source.hcmc_address().split(", ")[1:4] for _ in range(500)]
    parts = [(int(part.split()[-1]), by_name[ward, district]) for part, ward, district in drawn]

    assert all(1 <= k <= max(1, ward.population / 4000 + 0.5) for k, ward in parts)
    assert max(k for k, _ward in parts) > 10


def test_covid_vaccine_like_city(made):
    """Vaccines are weighted as the doses of a ward, to five points of a hundred."""
    doses = made[0]["mui_that"]["ten_vac_xin"].to_pylist()
    shares = {name: doses.count(name) / len(doses) for name in vaccine_names()}

    assert dict(zip(vaccine_names(), VACCINE_WEIGHTS, strict=True)) == pytest.approx(
        {name: 10_000 * share for name, share in shares.items()}, abs=500
    )


def test_covid_vaccine_weights(source, within):
    """Vaccines come as often as their weights say."""
    drawn = Counter(source.covid_vaccine() for _ in range(3000))

    assert set(drawn) <= set(vaccine_names())
    for name, weight in zip(vaccine_names(), VACCINE_WEIGHTS, strict=True):
        assert within(drawn[name] / 3000, 3000, weight / sum(VACCINE_WEIGHTS))


def lots_of(row):
    """Return the lots of a row of vaccines.csv."""
    return lot_texts()[LOTS_PER_VACCINE * row : LOTS_PER_VACCINE * (row + 1)]


@pytest.mark.parametrize("row", range(8))
def test_vaccine_lot_of_vaccine(source, row):
    """A lot is one of the vaccine's own forty, and all of them come."""
    drawn = {source.vaccine_lot(vaccine_names()[row]) for _ in range(1000)}

    assert drawn == set(lots_of(row))


def test_vaccine_lot_problem(source):
    """A vaccine that the platform does not have is refused with the nearest one."""
    with pytest.raises(Problem, match="Có phải anh/chị muốn viết 'AstraZeneca'"):
        source.vaccine_lot("Astra Zeneca")


@given(SEEDS)
def test_vaccination_record_consistent(seed):
    """A record has the register's columns, and its number, place and work contradict nothing."""
    record = new_source(seed).vaccination_record()
    born, ward = parsed(record["ngay_sinh"]), wards()[record["xa"]]
    number = read_cccd(record["so_giay_to"])

    assert tuple(record) == register.SUBJECT_COLUMNS
    assert (number.female, number.year) == (record["gioi_tinh"] == "Nữ", born.year)
    assert (record["huyen"], record["tinh"]) == (ward.district_code, "79")
    assert born + timedelta(5 * 365) < AS_OF
    assert not record["don_vi"] or 18 <= AS_OF.year - born.year < 60
    assert record["dia_chi"].split(" ", 1)[1] in streets()[record["huyen"]]


def test_vaccination_record_cells(source, made):
    """Cells have the form of the city's own cells; status and nationality are those of a citizen."""
    record = source.vaccination_record()
    theirs = made[0]["doi_tuong"].slice(0, 1).to_pylist()[0]

    assert re.sub(r"\d", "0", record["ma_ho_so"]) == re.sub(r"\d", "0", theirs["ma_ho_so"])
    assert len(record["so_dien_thoai"]) == 10
    assert (record["quoc_tich"], record["tt_xac_minh"]) == ("Việt Nam", "Đúng")


def test_vaccination_record_ages(source):
    """People of all ages from 5 on have records."""
    years = {parsed(source.vaccination_record()["ngay_sinh"]).year for _ in range(800)}

    assert min(years) < 1945
    assert 2015 <= max(years) <= 2017


@given(SEEDS)
def test_dose_record_consistent(seed):
    """A dose is a lot of its vaccine on a day of the campaign, given in the record's own ward."""
    source = new_source(seed)
    record = source.vaccination_record()
    dose = source.dose_record(record)
    row = vaccine_names().index(dose["ten_vac_xin"])

    assert tuple(dose) == register.DOSE_COLUMNS
    assert dose["ma_ho_so"] == record["ma_ho_so"]
    assert dose["so_lo"] in lots_of(row)
    assert dose["co_so_tiem"] in supply.unit_codes(wards()[record["xa"]])[:2]
    assert dose["co_so_tiem"] == dose["don_vi_nhap"]
    assert parsed("21/06/2021") <= parsed(dose["ngay_tiem"]) <= AS_OF
    assert dose["mui"] == "CB1"


@pytest.mark.parametrize(
    ("born", "first", "last", "vaccines"),
    [
        ("1945", "21/06/2021", "20/08/2021", 4),
        ("21/06/2003", "21/06/2021", "20/08/2021", 4),
        ("22/06/2003", "22/06/2021", "21/08/2021", 4),
        ("01/01/2006", "27/10/2021", "26/12/2021", 1),
        ("29/02/2004", "27/10/2021", "26/12/2021", 1),
        ("01/02/2010", "01/02/2022", "02/04/2022", 1),
        ("20/04/2010", "16/04/2022", "07/05/2022", 1),
        ("07/05/2017", "07/05/2022", "07/05/2022", 1),
    ],
)
def test_dose_record_age(source, born, first, last, vaccines):
    """First doses wait for the campaign of the age and for the birthday; the young get Pfizer."""
    record = {"ma_ho_so": "HS0000000001", "ngay_sinh": born, "xa": "26734"}
    doses = [source.dose_record(record) for _ in range(600)]
    days = [parsed(dose["ngay_tiem"]) for dose in doses]

    assert (min(days), max(days)) == (parsed(first), parsed(last))
    assert len(Counter(dose["ten_vac_xin"] for dose in doses).most_common(4)) == vaccines
    assert vaccines > 1 or doses[0]["ten_vac_xin"] == "Pfizer"


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"ngay_sinh": "08/05/2017"}, "chưa đủ 5 tuổi vào 07/05/2022"),
        ({"ngay_sinh": "31/02/1990"}, "đang là '31/02/1990'"),
        ({"ngay_sinh": "1990-02-01"}, "đang là '1990-02-01'"),
        ({"xa": "00001"}, "Không có mã phường/xã '00001'"),
        ({"xa": None}, "Không có mã phường/xã 'None'"),
    ],
)
def test_dose_record_problem(source, change, told):
    """Who cannot have been vaccinated here is refused in Vietnamese."""
    record = {"ma_ho_so": "HS0000000001", "ngay_sinh": "01/02/1990", "xa": "26734", **change}

    with pytest.raises(Problem, match=told):
        source.dose_record(record)


def test_dose_record_missing_column(source):
    """A record that lacks a cell is refused with the name of the column."""
    with pytest.raises(Problem, match="thiếu cột ngay_sinh, xa"):
        source.dose_record({"ma_ho_so": "HS0000000001"})
