"""A city counted in its files, and the campaign of 7 May 2022 in it."""

import itertools
import json
from dataclasses import replace
from datetime import date, timedelta

import duckdb
import pytest

from generator import city as engine
from generator import facts
from generator.places import select_wards
from generator.problems import Problem
from generator.scenario import load_scenario
from sosach.simulation.progress.city import CityCounts, WardCounts, city_figures, count_wards
from sosach.simulation.progress.counts import NoRatioError
from sosach.simulation.progress.plan import PUBLISHED
from sosach.simulation.progress.shown import tien_do
from sosach.simulation.progress.table import district_table, ward_table
from sosach.simulation.progress.ward import RIGHT
from sosach.simulation.workdays import is_working_day

CODES = ("26734", "26737", "27136")
SEEDS = (1, 7, 20220507)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Three wards of two districts, a twentieth of their households."""
    folder = tmp_path_factory.mktemp("city")
    request = engine.Request(5, 0.05, load_scenario("tp-hcm-2022"))
    engine.generate(select_wards(",".join(CODES)), request, folder)
    return folder


@pytest.fixture(scope="module")
def small(folder):
    """The three wards, counted."""
    return count_wards(folder)


@pytest.fixture(scope="module")
def whole():
    """A city of 312 wards in which the backlog is the published one, by people."""
    rows = facts.table("hcmc_units_2022")
    people = sum(int(row["population_2019"]) for row in rows)
    wards = []
    for row in sorted(rows, key=lambda row: row["ward_code"]):
        needing = round(PUBLISHED.needing * int(row["population_2019"]) / people)
        states = ((RIGHT, needing), ("Sai", needing))
        wards.append(WardCounts(row["ward_code"], row["district_code"], states, needing))
    return CityCounts(PUBLISHED.day, 1.0, tuple(wards))


def _counted(folder, code):
    """Count one ward with DuckDB: records, needing, right records, own lines in right records."""
    subjects, lines = (folder / name / f"{code}.parquet" for name in ("doi_tuong", "mui_tiem"))
    query = f"""
        WITH s AS (SELECT * FROM '{subjects}'), m AS (SELECT * FROM '{lines}')
        SELECT (SELECT count(*) FROM s),
               (SELECT count(*) FROM s WHERE quoc_tich = 'Việt Nam' AND tt_xac_minh <> 'Đúng'),
               (SELECT count(*) FROM s WHERE tt_xac_minh = 'Đúng'),
               (SELECT count(*) FROM m JOIN s USING (ma_ho_so)
                WHERE tt_xac_minh = 'Đúng' AND don_vi_nhap LIKE 'CS{code}-%')
    """  # noqa: S608 - paths and a code of the test itself
    with duckdb.connect() as connection:
        return connection.execute(query).fetchone()


@pytest.mark.parametrize("k", range(len(CODES)))
def test_count_wards_duckdb(folder, small, k):
    """An independent count of the same files finds the same figures in every ward."""
    ward = small.wards[k]
    found = (ward.records, ward.needing, dict(ward.states)[RIGHT], ward.right_doses)

    assert ward.code == CODES[k]
    assert found == _counted(folder, ward.code)
    assert min(found) > 0


def test_count_wards_manifest(folder, small):
    """The backlog is the one that the manifest of the folder states."""
    counts = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["counts"]

    assert sum(ward.needing for ward in small.wards) == counts["backlog"]
    assert sum(ward.records for ward in small.wards) == counts["records"]


def test_count_wards_told(folder):
    """Whoever waits is told of each ward."""
    told = []

    def note(codes, total):
        for code in codes:
            told.append((code, total))
            yield code

    count_wards(folder, note)

    assert told == [(code, 3) for code in CODES]


def test_count_wards_no_data(tmp_path):
    """A folder without data, an empty list and a broken file are each said in a sentence."""
    with pytest.raises(Problem, match="Không đọc được bộ dữ liệu"):
        count_wards(tmp_path)
    manifest = {"as_of": "2022-05-07", "scale": 1, "files": {}}
    (tmp_path / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    with pytest.raises(Problem, match="không có phường, xã nào"):
        count_wards(tmp_path)
    manifest["files"] = {"doi_tuong/27136.parquet": {}}
    (tmp_path / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    with pytest.raises(Problem, match="sosach verify"):
        count_wards(tmp_path)


@pytest.mark.parametrize("seed", SEEDS)
def test_at_published(whole, seed):
    """On 7 May the whole city shows the published figures: 92.0 % sent by 310 wards, 374,137 signed."""
    found = whole.at(PUBLISHED.day, seed)

    assert int(found.sent) == pytest.approx(PUBLISHED.sent, rel=1e-4)
    assert int(found.signed) == PUBLISHED.signed
    units = (found.all_wards, found.reporting, found.with_token, found.signing)
    assert [int(count) for count in units] == [312, 310, 273, 133]
    assert [int(found.centres_with_token), int(found.all_centres)] == [22, 22]


@pytest.mark.parametrize("seed", SEEDS)
def test_at_every_ward(whole, seed):
    """No ward sends or signs more than it has, signs without a token, or signs nothing after all."""
    for ward in whole.at(PUBLISHED.day, seed).wards:
        assert 0 <= ward.sent <= ward.needing
        assert 0 <= ward.signed <= ward.right_doses
        assert ward.signing == (ward.signed > 0)
        assert ward.token or not ward.signing


def test_at_grows(whole):
    """From day to day nothing becomes less; on days off nothing is sent or signed."""
    first = PUBLISHED.sending_from
    days = [first + timedelta(k) for k in range((PUBLISHED.day - first).days + 1)]
    found = [whole.at(day, 1) for day in days]
    for before, after in itertools.pairwise(found):
        pairs = list(zip(before.wards, after.wards, strict=True))

        assert all(b.sent <= a.sent and b.signed <= a.signed for b, a in pairs)
        assert all(b.token <= a.token for b, a in pairs)
        if not is_working_day(after.day):
            assert [(b.sent, b.signed) for b, _ in pairs] == [(a.sent, a.signed) for _, a in pairs]


def test_at_signing_from(whole):
    """No signature counts before 23 April."""
    assert int(whole.at(date(2022, 4, 22), 1).signed) == 0
    assert int(whole.at(date(2022, 4, 25), 1).signed) > 0


@pytest.mark.parametrize("day", [date(2022, 4, 12), date(2022, 5, 8)])
def test_at_unknown_day(whole, day):
    """Of days before the campaign and after the published figures nothing is made up."""
    with pytest.raises(Problem, match="từ 13/4/2022 đến 7/5/2022"):
        whole.at(day, 1)


def test_at_other_register(whole):
    """The figures of May are not laid over the register of August."""
    with pytest.raises(Problem, match="6/8/2022"):
        replace(whole, as_of=date(2022, 8, 6)).at(PUBLISHED.day, 1)


def test_at_seed(whole):
    """The same seed gives the same city, another one another."""
    first = whole.at(PUBLISHED.day, 1)

    assert first == whole.at(PUBLISHED.day, 1)
    assert first != whole.at(PUBLISHED.day, 2)


def test_at_some_wards(whole):
    """A ward has the same figures alone and in the whole city."""
    day = date(2022, 4, 28)
    some = replace(whole, wards=whole.wards[7::40])
    rows = {ward.code: ward for ward in whole.at(day, 1).wards}

    assert [rows[ward.code] for ward in some.at(day, 1).wards] == list(some.at(day, 1).wards)


def test_city_figures_small(folder, small):
    """A folder of a few wards at a small scale has its own share of the work."""
    found = city_figures(folder, 1)

    assert found == small.at(PUBLISHED.day, 1)
    assert found.name == "các phường, xã của bộ dữ liệu này"
    assert 0 < int(found.sent) <= int(found.needing) < 3_000


def test_districts_add_up(whole):
    """Districts are sums of their wards, the city is the sum of its districts."""
    found = whole.at(PUBLISHED.day, 1)
    parts = found.districts()

    assert len(parts) == 22
    for name in ("needing", "sent", "signed", "reporting", "with_token", "signing", "all_centres"):
        total = sum(getattr(part, name) for part in parts)
        assert int(total) == int(getattr(found, name))
        assert sorted(total.rows) == sorted(getattr(found, name).rows)


def test_district_unknown(whole):
    """A district that nobody counted is named, with the codes that there are."""
    with pytest.raises(Problem, match=r"'079'.* Quận 1 \(mã 760\), .* 787\)\."):
        whole.at(PUBLISHED.day, 1).district("079")


def test_tables_city(whole):
    """The tables hold every ward and district, wards by their codes alone."""
    found = whole.at(PUBLISHED.day, 1)
    wards, districts = ward_table(found), district_table(found)

    assert (len(wards), len(districts)) == (312, 22)
    for table in (wards, districts):
        assert table["Hồ sơ đã gửi công an"].map(int).sum() == int(found.sent)
        assert table["Hồ sơ cần xác minh"].sum() == found.needing
    assert not wards.map(str).apply(lambda cells: cells.str.startswith("Phường ")).any(axis=None)


def test_tien_do_city_and_district(folder):
    """A notebook sees the three numbers, districts, wards and drawings; of a district no districts."""
    city, district = tien_do(folder, 1), tien_do(folder, 1, "770")

    assert list(city.cac_bang)[1:] == ["Theo quận, huyện", "Theo phường, xã"]
    assert list(district.cac_bang)[1:] == ["Theo phường, xã"]
    assert (city.hinh.count("<svg"), district.hinh.count("<svg")) == (6, 5)
    assert set(district.cac_bang["Theo phường, xã"]["Quận, huyện"]) == {"Quận 3"}
    with pytest.raises(NoRatioError):
        city.bang["Giá trị"][2] / city.bang["Giá trị"][0]


def test_tien_do_no_data(tmp_path):
    """A folder without data is a sentence, no traceback."""
    told = tien_do(tmp_path, 1)

    assert not told.duoc
    assert "sosach generate" in told.cau
