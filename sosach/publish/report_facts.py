"""How near a city comes to what is known: distances, published doses, errors asked and achieved."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from generator import facts
from sosach.publish.report_data import AGE_GROUPS, City

__all__ = [
    "PUBLISHED",
    "RESIDENTS",
    "Comparison",
    "Fit",
    "Outcome",
    "census_ages",
    "chance_distance",
    "compare_doses",
    "distance",
    "district_ages",
    "fits",
    "outcome",
    "surname_weights",
]

#: residents of the city in 2021, to whom the published doses belong; vietnam-data.md 1
RESIDENTS = 9_166_800

#: cumulative doses of the city by slot, "" = all; domain.md 8, HCMC doses
PUBLISHED: dict[date, tuple[str, dict[str, int]]] = {
    date(2021, 9, 20): (
        "tinbong247",
        {"": 8_876_463, "CB1": 6_775_637, "CB2": 2_100_826},
    ),
    date(2022, 8, 6): (
        "thanhnien.hcdc.vn",
        {
            "": 22_826_184,
            "CB1": 8_574_502,
            "CB2": 7_644_661,
            "BS": 687_536,
            "NL1": 4_661_672,
            "NL2": 1_257_813,
        },
    ),
}

#: standard deviations beyond which a rate is called off: one false alarm in a million
TOLERANCE = 4.9
#: these are chosen in pairs, so that their number varies as that of half as many
IN_PAIRS = frozenset({"D06", "D07"})
#: from this relative difference on the page says that expected is not asked (ours)
NOTABLE = 0.1


@dataclass(frozen=True)
class Fit:
    """One distribution against the table it should resemble.

    Attributes
    ----------
    name : str
        What is compared.
    distance : float or None
        Total variation distance, 0 to 1; None where there is only one group.
    chance : float or None
        What pure chance would leave at this number; None where chance has no part in it.
    groups, n : int
        Number of groups; how many were counted.
    unit : str
        What was counted.
    file, origin, limits : str
        Reference file; where it comes from; what a small distance does not prove.
    """

    name: str
    distance: float | None
    chance: float | None
    groups: int
    n: int
    unit: str
    file: str
    origin: str
    limits: str


def distance(found: Mapping[Any, float], expected: Mapping[Any, float]) -> float:
    """Return the total variation distance of two distributions.

    Parameters
    ----------
    found, expected : mapping
        Group -> count or weight; each is divided by its own sum, which is positive.

    Returns
    -------
    float
        The share that would have to change its group: 0 = equal, 1 = nothing in common.

    Examples
    --------
    >>> distance({"a": 1, "b": 1}, {"a": 3, "b": 1})
    0.25
    """
    whole, wanted = sum(found.values()), sum(expected.values())
    groups = {**found, **expected}
    apart = (abs(found.get(g, 0) / whole - expected.get(g, 0) / wanted) for g in groups)
    return sum(apart) / 2


def chance_distance(expected: Mapping[Any, float], n: int) -> float:
    """Return the distance that `n` independent draws from a distribution have on average.

    Parameters
    ----------
    expected : mapping
        Group -> weight.
    n : int
        At least 1.

    Returns
    -------
    float
        By the normal approximation.
    """
    whole = sum(expected.values())
    shares = [weight / whole for weight in expected.values()]
    return sum(math.sqrt(p * (1 - p) / n) for p in shares) / math.sqrt(2 * math.pi)


def census_ages() -> dict[int, float]:
    """Return the people of the census by five-year group, men first."""
    rows = facts.table("age_sex_hcmc")
    columns = ("male_modelled", "female_modelled")
    both = [float(row[column]) for column in columns for row in rows]
    return dict(enumerate(both))


def district_ages() -> dict[str, list[float]]:
    """Return per district the people of the census by five-year group."""
    return {
        row["district_code"]: [float(v) for key, v in row.items() if key.startswith("age_")]
        for row in facts.table("age_district_hcmc")
    }


def surname_weights() -> dict[str, float]:
    """Return the weights of the Kinh surnames."""
    rows = facts.table("surnames")
    return {r["surname"]: float(r["weight_pct"]) for r in rows if r["ethnic_group"] == "Kinh"}


def fits(city: City) -> dict[str, Fit]:
    """Compare everything that a reference table describes.

    Parameters
    ----------
    city : City

    Returns
    -------
    dict
        Short name -> comparison, in the order of the page.
    """
    wards = {ward.code: ward.people for ward in city.wards}
    return {
        "ages": _fit("ages", dict(enumerate(city.ages)), census_ages(), "người"),
        "districts": _fit("districts", _without_sex(city), _mixed_districts(city), "người"),
        "surnames": _fit("surnames", city.surnames, surname_weights(), "người Kinh"),
        "households": _fit("households", city.households, census_households(city), "hộ"),
        "wards": _fit("wards", wards, census_wards(city), "người"),
    }


def _fit(key: str, found: Mapping[Any, float], expected: Mapping[Any, float], unit: str) -> Fit:
    n = int(sum(found.values()))
    known = n > 0 and len(expected) > 1
    random = known and key != "wards"  # how many households a ward has is no matter of chance
    return Fit(
        distance=distance(found, expected) if known else None,
        chance=chance_distance(expected, n) if random else None,
        groups=len(expected),
        n=n,
        unit=unit,
        **SOURCES[key],
    )


def _without_sex(city: City) -> dict[int, float]:
    return {g: city.ages[g] + city.ages[g + AGE_GROUPS] for g in range(AGE_GROUPS)}


def _mixed_districts(city: City) -> dict[int, float]:
    """Mix the ages of the districts by the people that were made in each."""
    mixed = [0.0] * AGE_GROUPS
    census = district_ages()
    for ward in city.wards:
        own = census[ward.district]
        for group, count in enumerate(own):
            mixed[group] += ward.people * count / sum(own)
    return dict(enumerate(mixed))


def census_households(city: City) -> dict[int, float]:
    """Return the households of the census by size, in the wards that were made."""
    made = {ward.code for ward in city.wards}
    rows = [row for row in facts.table("household_size_ward") if row["ward_code"] in made]
    columns = {size: f"hh_{size}" for size in range(1, 7)} | {7: "hh_7_plus"}
    return {size: sum(float(row[name]) for row in rows) for size, name in columns.items()}


def census_wards(city: City) -> dict[str, float]:
    """Return the people of the census by ward, in the wards that were made."""
    made = {ward.code for ward in city.wards}
    rows = facts.table("hcmc_units_2022")
    return {r["ward_code"]: float(r["population_2019"]) for r in rows if r["ward_code"] in made}


@dataclass(frozen=True)
class Comparison:
    """Doses of one slot up to one published day.

    Attributes
    ----------
    day : date
    source, slot : str
        Slot "" = all.
    published : int
    scaled : float
        Published, times the share of the residents that was made.
    made : int
    """

    day: date
    source: str
    slot: str
    published: int
    scaled: float
    made: int

    @property
    def difference(self) -> float:
        """Relative difference, made against scaled."""
        return self.made / self.scaled - 1


def compare_doses(city: City) -> list[Comparison]:
    """Compare doses with what was published, for days that the data set has reached.

    Parameters
    ----------
    city : City

    Returns
    -------
    list of Comparison
        Empty before 20 September 2021.
    """
    share = city.people / RESIDENTS
    rows = []
    for day, (source, published) in PUBLISHED.items():
        if day <= city.as_of:
            made = city.doses_until(day)
            for slot, count in published.items():
                rows.append(Comparison(day, source, slot, count, count * share, made[slot]))
    return rows


@dataclass(frozen=True)
class Outcome:
    """What became of one cause or decoy.

    Attributes
    ----------
    code : str
    eligible, found : int
    asked, achieved : float
        Shares of the eligible.
    expected : float or None
        Share that the carelessness of units, clerks and days makes likely.
    verdict : str
        Vietnamese, in words.
    fits : bool
        False where chance does not explain the difference.
    """

    code: str
    eligible: int
    found: int
    asked: float
    expected: float | None
    achieved: float
    verdict: str
    fits: bool


def outcome(entry: Mapping[str, Any]) -> Outcome:
    """Judge one entry of the manifest's errors.

    Parameters
    ----------
    entry : mapping

    Returns
    -------
    Outcome
    """
    eligible, asked = int(entry["eligible"]), float(entry["asked"])
    found = round(float(entry["achieved"]) * eligible)
    expected = entry.get("expected")
    share = float(expected) / eligible if expected is not None and eligible else None
    likely = asked if share is None else share
    spread = math.sqrt(
        max(eligible * likely * (1 - likely), 0) * (1 + (entry["cause"] in IN_PAIRS))
    )
    off = found - eligible * likely
    fitting = abs(off) <= TOLERANCE * spread + 1
    missed = int(entry.get("not_applicable", 0))
    verdict = _verdict(eligible, asked, share, off / max(eligible * likely, 1), fitting)
    return Outcome(
        code=entry["cause"],
        eligible=eligible,
        found=found,
        asked=asked,
        expected=share,
        achieved=float(entry["achieved"]),
        verdict=verdict + (f"; {missed} lần không áp dụng được" if missed else ""),
        fits=fitting,
    )


def _verdict(eligible: int, asked: float, expected: float | None, off: float, fitting: bool) -> str:
    if not eligible:
        return "không có gì đủ điều kiện"
    if not fitting:
        word = "▲ Cao" if off > 0 else "▼ Thấp"
        return f"{word} hơn dự kiến {100 * abs(off):.0f}%"
    if not asked:
        return "không yêu cầu"
    if expected is not None and abs(expected / asked - 1) > NOTABLE:
        return f"Khớp kỳ vọng (khác yêu cầu {100 * abs(expected / asked - 1):.0f}%)"
    return "Khớp"


#: what each comparison rests on (SOURCES.md), and what a small distance does not prove
SOURCES: dict[str, dict[str, str]] = {
    "ages": {
        "name": "Tuổi và giới, toàn thành phố",
        "file": "age_sex_hcmc.csv",
        "origin": "Tổng điều tra 1/4/2019 (Tổng cục Thống kê). Tổng theo nhóm tuổi là số liệu;"
        " phần tách nam, nữ (cột *_modelled) là giả định, khớp với 48,7% nam.",
        "limits": "Không chứng minh cơ cấu tuổi năm 2022 như vậy: bảng là của năm 2019. Không chứng"
        " minh tỷ lệ nam nữ ở từng tuổi. Nếu chỉ tạo vài phường, khoảng cách lớn hơn là tự nhiên.",
    },
    "districts": {
        "name": "Tuổi theo quận, huyện đã tạo",
        "file": "age_district_hcmc.csv",
        "origin": "Tổng điều tra 1/4/2019, 18 nhóm tuổi của 22 quận, huyện; ở đây cộng theo số người"
        " đã tạo ở mỗi nơi.",
        "limits": "Mọi phường của một quận dùng chung một cơ cấu tuổi: không nói gì về từng phường.",
    },
    "surnames": {
        "name": "Họ của người Kinh",
        "file": "surnames.csv",
        "origin": "61 họ, suy ra từ 8.654 tên trên một diễn đàn sinh viên (duyet/vietnamese-namedb);"
        " cặp Huỳnh/Hoàng và Võ/Vũ tách lại theo số của TP.HCM (hoten.org).",
        "limits": "Mẫu gốc là sinh viên, nghiêng về miền Trung. Họ của người Hoa, Khmer, Chăm là giả"
        " định nên không so ở đây.",
    },
    "households": {
        "name": "Số người trong hộ",
        "file": "household_size_ward.csv",
        "origin": "Tổng điều tra 1/4/2019, số hộ 1 đến 6 người và từ 7 người của từng phường, xã;"
        " cộng các phường, xã đã tạo.",
        "limits": "Ai sống với ai (vợ chồng, con, ông bà, ở trọ) là giả định, bảng này không nói.",
    },
    "wards": {
        "name": "Dân số giữa các phường, xã",
        "file": "hcmc_units_2022.csv",
        "origin": "Tổng điều tra 1/4/2019 theo phường, xã, ghép theo địa giới năm 2022.",
        "limits": "Không chứng minh dân số năm 2022: mọi nơi được tăng cùng một tỷ lệ, trong khi"
        " thực tế các huyện ngoại thành tăng nhanh hơn.",
    },
}
