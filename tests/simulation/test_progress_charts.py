"""Drawings that stand alone, say what they show, and keep the three numbers apart."""

import re
from datetime import timedelta
from xml.etree import ElementTree

import pytest

from generator import facts
from sosach.simulation.progress import charts as charts
from sosach.simulation.progress.city import CityCounts, WardCounts
from sosach.simulation.progress.plan import PUBLISHED
from sosach.simulation.progress.ward import RIGHT

SVG = "{http://www.w3.org/2000/svg}"
BY_DAY = (charts.chart_sent_by_day, charts.chart_signed_by_day)
OF_A_DAY = (
    *(charts.chart_shares, charts.chart_districts),
    *(charts.chart_stations, charts.chart_states),
)


@pytest.fixture(scope="module")
def days():
    """Twenty-five days of a city in which half of all records are wrong."""
    wards = []
    for row in sorted(facts.table("hcmc_units_2022"), key=lambda row: row["ward_code"]):
        half = int(row["population_2019"]) // 2
        states = ((RIGHT, half), ("Sai", half))
        wards.append(WardCounts(row["ward_code"], row["district_code"], states, half))
    counts = CityCounts(PUBLISHED.day, 1.0, tuple(wards))
    return [counts.at(PUBLISHED.sending_from + timedelta(k), 1) for k in range(25)]


def _drawn(chart, days, width):
    return chart(days if chart in BY_DAY else days[-1], width)


@pytest.mark.parametrize("width", charts.WIDTHS)
@pytest.mark.parametrize("chart", [*BY_DAY, *OF_A_DAY])
def test_charts_alone(chart, days, width):
    """A drawing is XML of its own with title, description, style and banner, and loads nothing."""
    text = _drawn(chart, days, width)
    root = ElementTree.fromstring(text)  # noqa: S314 - our own text

    assert root.tag == f"{SVG}svg"
    for name in ("title", "desc", "style"):
        assert len(root.findall(f"{SVG}{name}")) == 1
    assert [t.text for t in root.iter(f"{SVG}text")][-1] == "DỮ LIỆU GIẢ LẬP"
    assert not re.search(r"href|url\(|@import|<script", text)


@pytest.mark.parametrize("width", charts.WIDTHS)
@pytest.mark.parametrize("chart", [*BY_DAY, *OF_A_DAY])
def test_charts_inside(chart, days, width):
    """Bars and dots lie inside the drawing."""
    root = ElementTree.fromstring(_drawn(chart, days, width))  # noqa: S314 - our own text
    right, foot = (float(part) for part in root.get("viewBox").split()[2:])
    group = root.find(f"{SVG}g")
    across, down = (float(part) for part in re.findall(r"[\d.]+", group.get("transform")))
    for rect in group.iter(f"{SVG}rect"):
        x, y, wide, high = (float(rect.get(key)) for key in ("x", "y", "width", "height"))
        assert 0 <= x <= x + wide <= right - across + 0.1
        assert -0.1 <= y <= y + high <= foot - down
    for circle in group.iter(f"{SVG}circle"):
        assert 0 <= float(circle.get("cx")) <= right - across
        assert 0 <= float(circle.get("cy")) <= foot - down


def test_chart_stations_dots(days):
    """One dot per station, beside three in the key: 133 signed, 140 only a token, 39 none."""
    root = ElementTree.fromstring(charts.chart_stations(days[-1]))  # noqa: S314 - our own text
    kinds = [dot.get("class") for dot in root.iter(f"{SVG}circle")]

    assert [kinds.count(kind) - 1 for kind in ("v1", "v2", "v3")] == [133, 140, 39]


def test_chart_sent_by_day_heights(days):
    """The columns are as high as the numbers sent, the line as high as the number to be sent."""
    root = ElementTree.fromstring(charts.chart_sent_by_day(days))  # noqa: S314 - our own text
    heights = [float(r.get("height")) for r in root.iter(f"{SVG}rect") if r.get("class") == "made"]
    sent = [int(day.sent) for day in days]

    assert heights == pytest.approx([heights[-1] * n / sent[-1] for n in sent], abs=0.02)


def test_charts_three_numbers(days):
    """What was signed stands in no drawing of records, and the other way round."""
    last = days[-1]
    for chart in (charts.chart_sent_by_day, charts.chart_shares, charts.chart_districts):
        assert str(last.signed) not in _drawn(chart, days, 860)
    signed = charts.chart_signed_by_day(days)

    assert str(last.signed) in signed
    assert str(last.needing) not in signed
    assert str(last.sent) not in signed
