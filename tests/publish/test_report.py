from __future__ import annotations

import json
import re
from datetime import date
from xml.etree import ElementTree

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from generator import city as engine
from generator.places import select_wards
from generator.problems import Problem
from generator.scenario import load_scenario
from sosach.publish.report import write_report
from sosach.publish.report_data import count_city
from sosach.publish.report_errors import FEWEST_UNITS, spread
from sosach.publish.workbook import BANNER

WARD = "27136"  # Phường 13, Quận 3
PEOPLE = {
    "ho_ten": ["Nguyễn Văn An", "Trần Thị Bình", "Nguyễn Thị Cúc", "Lý Phát"],
    "ngay_sinh": ["07/05/2017", "08/05/2017", "1945", "01/01/1930"],
    "gioi_tinh": ["Nam", "Nữ", "Nữ", "Nam"],
    "dan_toc": ["Kinh", "Kinh", "Kinh", "Hoa"],
}
SUBJECTS = {
    "ma_ho_so": ["HS1", "HS2", "HS3"],
    "quoc_tich": ["Việt Nam", "Việt Nam", "Hàn Quốc"],
    "tt_xac_minh": ["Đúng", "Sai", "Chưa gửi"],
}
GIVEN = {
    "ngay_tiem": ["21/06/2021", "21/06/2021", "06/05/2022"],
    "ten_vac_xin": ["AstraZeneca", "AstraZeneca", "Abdala"],
    "mui": ["CB1", "CB1", "CB2"],
}
LINES = {
    "ma_mui": ["M1", "M2", "M3", "M4"],
    "ma_ho_so": ["HS1", "HS1", "HS2", "HS3"],
    "don_vi_nhap": ["A", "B", "B", "NGOAI"],
}
#: one typed record error, one status that nobody typed, one dose error, one signature
LEDGER = {
    "ma_ho_so": ["HS1", "HS2", "HS1", "HS2"],
    "ma_mui": [None, None, "M2", "M3"],
    "column": ["ho_ten", "tt_xac_minh", "so_lo", "tt_ky"],
}
ERRORS = [
    {"cause": "E01", "eligible": 900, "asked": 0.06, "achieved": 0.06, "not_applicable": 0},
    {"cause": "E14", "eligible": 9000, "asked": 0.03, "achieved": 0.01, "not_applicable": 5},
    {"cause": "D07", "eligible": 4, "asked": 1.0, "achieved": 1.0, "not_applicable": 0},
]


def _make(folder, **manifest):
    tables = {
        "dan_cu": PEOPLE,
        "doi_tuong": SUBJECTS,
        "mui_that": GIVEN,
        "mui_tiem": LINES,
        "ledger": LEDGER,
        "ho_gia_dinh": {"so_nguoi": [1, 3, 9]},
    }
    for name, columns in tables.items():
        (folder / name).mkdir(parents=True)
        pq.write_table(pa.table(columns), folder / name / f"{WARD}.parquet")
    content = {
        "scenario": "tp-hcm-2022",
        "as_of": "2022-05-07",
        "seed": 1,
        "scale": 0.02,
        "id_scheme": "realistic",
        "counts": {"dose_records": 4, "ledger_cells": 4, "decoys": 4},
        "files": {f"{name}/{WARD}.parquet": {} for name in tables},
        "errors": ERRORS,
        "warnings": ["Mã E14 <yêu cầu> 0,03."],
    }
    (folder / "manifest.json").write_text(json.dumps(content | manifest), encoding="utf-8")
    return folder


@pytest.fixture
def folder(tmp_path):
    """A city of four people and one ward, by hand."""
    return _make(tmp_path / "thanh_pho")


@pytest.fixture(scope="module")
def generated(tmp_path_factory):
    """Three wards of two districts as the generator makes them."""
    folder = tmp_path_factory.mktemp("report") / "thanh_pho"
    request = engine.Request(seed=1, scale=0.03, scenario=load_scenario("tp-hcm-2022"))
    engine.generate(select_wards("27136,26734,26737"), request, folder)
    return folder


def _page(folder):
    """Return the page as text, and as strict XML reads it."""
    text = write_report(folder).read_text(encoding="utf-8")
    return text, ElementTree.fromstring(text.removeprefix("<!DOCTYPE html>\n"))  # noqa: S314


def _text(element):
    return " ".join("".join(element.itertext()).split())


def test_count_city_ages(folder):
    """Age is that of the day of the data: a birthday counts on the day itself, not before it."""
    ages = count_city(folder, lambda wards, _: wards).ages

    men, women = ages[:18], ages[18:]
    assert [group for group, count in enumerate(men) if count] == [1, 17]
    assert [group for group, count in enumerate(women) if count] == [0, 15]


def test_count_city_groups(folder):
    """Surnames are those of the Kinh; households of seven and more are one group."""
    city = count_city(folder, lambda wards, _: wards)

    assert city.surnames == {"Nguyễn": 2, "Trần": 1}
    assert city.households == {1: 1, 3: 1, 7: 1}
    assert city.doses["21/06/2021", "AstraZeneca", "CB1"] == 2
    assert city.doses_until(date(2022, 5, 5)) == {"": 2, "CB1": 2}


def test_count_city_backlog(folder):
    """A foreigner's record is in no backlog."""
    (ward,) = count_city(folder, lambda wards, _: wards).wards

    assert (ward.people, ward.records, ward.backlog, ward.doses) == (4, 3, 1, 3)


def test_count_city_units(folder):
    """A record counts for the unit of its first line; statuses and outside places do not count."""
    assert count_city(folder, lambda wards, _: wards).units == {
        ("A", "records"): 1,
        ("A", "spoiled records"): 1,
        ("A", "doses"): 1,
        ("B", "records"): 1,
        ("B", "doses"): 2,
        ("B", "spoiled doses"): 1,
    }


@pytest.mark.parametrize("careless", [1, 3])
def test_spread_clusters(folder, careless):
    """Careless units spread the shares wider than chance; equal ones do not."""
    city = count_city(folder, lambda wards, _: wards)
    city.units.clear()
    for k in range(40):
        city.units[f"U{k}", "records"] = 1000
        # 100 of 1000 with the deviation of chance, 9.5; every other unit `careless` times so far
        city.units[f"U{k}", "spoiled records"] = 100 + round(9.5 * careless) * (-1) ** k
    found = spread(city, "records")

    assert found.mean == pytest.approx(0.1)
    assert found.deviation / found.by_chance == pytest.approx(careless, rel=0.06)
    assert sum(found.counts) == 40
    # 1.96 deviations of chance hold 95 of 100 equal units
    assert found.alike == pytest.approx((0.1 - 0.0186, 0.1 + 0.0186), abs=1e-4)


def test_spread_few_units(folder):
    """Fewer than eight units have no distribution."""
    city = count_city(folder, lambda wards, _: wards)
    for k in range(FEWEST_UNITS - 1):
        city.units[f"U{k}", "records"] = 1000

    assert spread(city, "records") is None


def test_write_report_head(folder):
    """The page says what it is: invented, of which scenario, seed, scale, day and number scheme."""
    text, page = _page(folder)
    head = _text(page.find(".//header"))

    assert text.count(BANNER) >= 3
    for said in ("tp-hcm-2022", "7/5/2022", "0,02: 2% số hộ", "realistic", "1 trong 312"):
        assert said in head


def test_write_report_causes(folder):
    """Every cause and decoy of the manifest has its row; one that is off is marked in words."""
    _, page = _page(folder)
    rows = {
        _text(row.find("th"))[:3]: row
        for row in page.iterfind(".//tr")
        if row.find("td") is not None
    }

    assert {"E01", "E14", "D07"} <= set(rows)
    assert "Không có số CCCD/CMND" in _text(rows["E01"])
    assert "▼ Thấp hơn dự kiến 67%" in _text(rows["E14"])
    assert "5 lần không áp dụng được" in _text(rows["E14"])
    assert rows["E14"].find(".//td/strong") is not None
    assert rows["E01"].find(".//td/strong") is None
    assert "Thấp" not in _text(rows["E01"]) + _text(rows["D07"])


def test_write_report_warnings(folder):
    """A warning of the generator stands in the page, whatever its characters."""
    _, page = _page(folder)

    assert "Mã E14 <yêu cầu> 0,03." in _text(page)


def test_write_report_alone(folder):
    """Nothing is loaded from anywhere: no script, no link, no address."""
    text, page = _page(folder)
    names = {element.tag for element in page.iter()}
    targets = [e.get(key) for e in page.iter() for key in ("href", "src") if e.get(key)]

    assert not names & {"script", "link", "img", "iframe", "object"}
    assert all(target.startswith("#") for target in targets)
    assert not re.search(r"https?:|url\(|@import", text)
    assert "default-src 'none'" in text


def test_write_report_links(folder):
    """Every entry of the contents leads to a heading, and no two elements share a name."""
    _, page = _page(folder)
    names = [element.get("id") for element in page.iter() if element.get("id")]

    assert len(names) == len(set(names))
    assert {a.get("href")[1:] for a in page.iterfind(".//nav//a")} <= set(names)


def _check_text_equivalents(page):
    in_rows = {id(svg) for row in page.iterfind(".//tr") for svg in row.iter("svg")}
    names = {element.get("id"): element for element in page.iter()}
    drawings = list(page.iter("svg"))
    assert drawings
    for svg in drawings:
        if svg.get("aria-hidden") == "true":
            assert id(svg) in in_rows  # the numbers stand beside it
        else:
            said = [names[name] for name in svg.get("aria-labelledby").split()]
            assert [element.tag for element in said] == ["title", "desc"]
            assert all(_text(element) for element in said)


def test_write_report_text_equivalents(folder):
    """Every drawing has title and description, or stands in a row with its numbers."""
    _check_text_equivalents(_page(folder)[1])


def test_write_report_generated(generated):
    """A page of generated wards is as sound as one by hand, and names only their districts."""
    text, page = _page(generated)
    causes = json.loads((generated / "manifest.json").read_text(encoding="utf-8"))["errors"]
    cards = page.findall(".//ul[@class='districts']/li/h3")

    _check_text_equivalents(page)
    assert [_text(card) for card in cards] == ["Quận 1", "Quận 3"]
    assert all(f"<b>{entry['cause']}</b>" in text for entry in causes)


def test_write_report_forbidden_ratio(folder):
    """The two numbers whose quotient means nothing (domain.md 8) do not appear."""
    text, _ = _page(folder)

    assert not re.search(r"374.?137|4.?481.?992", text)


def test_write_report_published_later(folder):
    """What was published for a later day than the data's is not compared, and the page says so."""
    _, page = _page(folder)
    section = _text(page.find(".//section[@aria-labelledby='mui-tiem']"))

    assert "8.876.463" in section
    assert "22.826.184" not in section
    assert "6/8/2022 không so sánh" in section


def test_write_report_published(tmp_path):
    """On the day of the published doses they are all compared."""
    _, page = _page(_make(tmp_path / "a", as_of="2022-08-06"))
    section = _text(page.find(".//section[@aria-labelledby='mui-tiem']"))

    published = ("22.826.184", "8.574.502", "7.644.661", "687.536", "4.661.672", "1.257.813")
    assert all(count in section for count in published)


def test_write_report_again(folder):
    """The same data give the same page, and nothing else is left in the folder."""
    before = {path.name for path in folder.iterdir()}
    first = write_report(folder).read_bytes()

    assert write_report(folder).read_bytes() == first
    assert {path.name for path in folder.iterdir()} == before | {"bao_cao.html"}


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda folder: (folder / "manifest.json").unlink(), "không có manifest.json"),
        (lambda folder: (folder / "manifest.json").write_text("{", "utf-8"), "không phải JSON"),
        (lambda folder: (folder / "manifest.json").write_text("{}", "utf-8"), "thiếu as_of"),
        (lambda folder: (folder / f"ledger/{WARD}.parquet").unlink(), "sosach verify"),
        (lambda folder: (folder / f"dan_cu/{WARD}.parquet").write_bytes(b"?"), "sosach verify"),
    ],
)
def test_write_report_no_data_set(folder, spoil, said):
    """A folder that is no whole data set is a problem that one sentence explains."""
    spoil(folder)

    with pytest.raises(Problem, match=said):
        write_report(folder)
    assert not (folder / "bao_cao.html").exists()


def test_write_report_no_folder(tmp_path):
    """A folder that is not there is named."""
    with pytest.raises(Problem, match="Không thấy thư mục"):
        write_report(tmp_path / "x")
