"""The paragraph of 7 May 2022: every number in it is a sum of rows."""

import re
import unicodedata
from datetime import date

import pytest

from generator import facts
from sosach.simulation.progress.city import CityCounts, WardCounts
from sosach.simulation.progress.counts import Ratio
from sosach.simulation.progress.paragraph import article, newspaper
from sosach.simulation.progress.plan import PUBLISHED
from sosach.simulation.progress.ward import RIGHT

#: days, per cents with a comma, numbers with points between the thousands
NUMBER = re.compile(r"\d+/\d+/\d+|\d{1,3}(?:\.\d{3})+|\d+(?:,\d+)?%?")


@pytest.fixture(scope="module")
def counts():
    """A city in which every ward has as many records as people, half of them wrong."""
    wards = []
    for row in sorted(facts.table("hcmc_units_2022"), key=lambda row: row["ward_code"]):
        half = int(row["population_2019"]) // 2
        states = ((RIGHT, half), ("Sai", half))
        wards.append(WardCounts(row["ward_code"], row["district_code"], states, half))
    return CityCounts(PUBLISHED.day, 1.0, tuple(wards))


@pytest.fixture(scope="module")
def story(counts):
    """The paragraph of the day."""
    return article(counts.at(PUBLISHED.day, 1))


def test_article_numbers(story):
    """The text contains the figures and the two days, in their order, and no other number."""
    assert NUMBER.findall(story.text) == story.numbers()
    assert len(story.numbers()) == 14


def test_article_traced(story):
    """Every figure is the sum of its rows: wards for most, centres for two."""
    for name, figure in story.figures.items():
        rows = story.trace(name)

        assert len(rows) == (22 if "centres" in name else 312)
        if isinstance(figure, Ratio):
            found = [rows[count.NAME].sum() for count in (figure.part, figure.whole)]
            assert found[0] / found[1] == figure.share
        else:
            assert rows[figure.NAME].sum() == int(figure)
            assert rows[figure.UNIT].is_unique


def test_article_figures(story, counts):
    """What the rows add up to is what lies in the city, counted once more."""
    assert int(story.figures["needing"]) == sum(ward.needing for ward in counts.wards)
    assert str(story.figures["wards"]) == "312"


def test_newspaper_words(story, counts):
    """The paragraph keeps the three numbers apart, bears the banner and is written in NFC."""
    text = newspaper(counts.at(PUBLISHED.day, 1))

    assert text == story.text == unicodedata.normalize("NFC", story.text)
    assert text.startswith("DỮ LIỆU GIẢ LẬP. Đến hết ngày 7/5/2022, thành phố có ")
    assert text.count("%") == 1
    assert "310 trong 312 phường, xã" in text
    assert "22 trong 22 trung tâm y tế và 273 trong 312 trạm y tế" in text
    assert "133 trong 273 trạm có token đã ký" in text
    assert "Riêng với những hồ sơ đã đúng từ trước" in text


def test_newspaper_meaningless_share(story):
    """The share that means nothing stands nowhere, however it is rounded."""
    share = 100 * int(story.figures["signed"]) / int(story.figures["needing"])

    assert not any(f"{share:.{k}f}".replace(".", ",") + "%" in story.text for k in range(4))


def test_newspaper_other_day(counts):
    """The paragraph of an earlier day has the figures of that day."""
    early = article(counts.at(date(2022, 4, 20), 1))

    assert NUMBER.findall(early.text) == early.numbers()
    assert "20/4/2022" in early.text
    assert int(early.figures["signed"]) == 0


def test_newspaper_some_wards(counts):
    """Of a few wards the paragraph does not speak of the city."""
    some = CityCounts(counts.as_of, counts.scale, counts.wards[:3])
    story = article(some.at(PUBLISHED.day, 1))

    assert NUMBER.findall(story.text) == story.numbers()
    assert "thành phố" not in story.text
