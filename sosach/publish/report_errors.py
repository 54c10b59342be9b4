"""The parts of the report on errors: asked and achieved, by unit, by district."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from generator import facts
from sosach.publish.pages import legend, section, sentence
from sosach.publish.report_charts import age_bars, figure, histogram
from sosach.publish.report_data import AGE_GROUPS, City, WardCounts
from sosach.publish.report_facts import Outcome, district_ages, outcome
from sosach.publish.report_words import bars_cell, number, percent, table, tag, words

__all__ = ["Spread", "districts", "errors", "spread", "units"]

#: fewer units have no distribution worth drawing
FEWEST_UNITS = 8
#: with fewer records, or doses, the share of a unit is mostly chance
FEWEST_ROWS = 50
BINS = 24
MOST = 0.95
HALVINGS = 60
DECOYS = "D"
#: a bar reaches to so many times what was asked
ROOM = 1.5


def errors(city: City) -> str:
    """Write the part on causes and decoys."""
    taxonomy = {row["error_id"]: row for row in facts.table("error_taxonomy")}
    order = {code: k for k, code in enumerate(taxonomy)}
    found = [outcome(entry) for entry in city.manifest["errors"]]
    found.sort(key=lambda o: (order.get(o.code, len(order)), o.code))
    causes = [o for o in found if not o.code.startswith(DECOYS)]
    decoys = [o for o in found if o.code.startswith(DECOYS)]
    off = sum(not o.fits for o in found)
    summary = (
        f"{len(causes)} loại lỗi và {len(decoys)} loại bẫy (hồ sơ đúng nhưng trông như sai)."
        + (
            f" {off} loại lệch dự kiến nhiều hơn ngẫu nhiên cho phép, ghi rõ ở cột Nhận xét."
            if off
            else " Không loại nào lệch dự kiến nhiều hơn ngẫu nhiên cho phép."
        )
    )
    meaning = (
        "Đủ điều kiện: số hồ sơ, mũi hoặc cặp có thể mắc. Yêu cầu: tỷ lệ của kịch bản. Kỳ vọng: tỷ"
        " lệ sau khi tính có nơi, có người, có ngày nhập kém cẩn thận hơn. Đạt: tỷ lệ thật trong dữ"
        " liệu. “Khớp”: chênh với kỳ vọng không quá mức một phần triệu trường hợp mới vượt do ngẫu"
        " nhiên."
    )
    return section(
        "loi",
        "Lỗi và bẫy",
        sentence(summary),
        _warnings(city.manifest.get("warnings", [])),
        sentence(meaning, "soft"),
        _outcomes(
            "Lỗi",
            "Lỗi đã đưa vào; hình: đạt được bao nhiêu so với yêu cầu (vạch đứng)",
            causes,
            taxonomy,
        ),
        _outcomes(
            "Bẫy",
            "Bẫy đã đánh dấu; hình: đạt được bao nhiêu so với yêu cầu (vạch đứng)",
            decoys,
            taxonomy,
        ),
        sentence(
            "Tỷ lệ yêu cầu phần lớn là giả định của dự án (error_taxonomy.csv, cột sim_rate_pct);"
            " chỉ một số ít dựa vào số đã công bố. Bảng này không cho biết lỗi thật ở đâu nhiều"
            " hay ít.",
            "soft",
        ),
    )


def _warnings(texts: Sequence[str]) -> str:
    if not texts:
        return ""
    items = [tag("li", words(text)) for text in texts]
    return tag("div", tag("h3", "Cảnh báo khi tạo dữ liệu"), tag("ul", *items), class_="warn")


def _outcomes(
    kind: str, caption: str, found: Sequence[Outcome], taxonomy: Mapping[str, Mapping[str, str]]
) -> str:
    if not found:
        return ""
    header = [kind, "Đủ điều kiện", "Yêu cầu", "Kỳ vọng", "Đạt", "Số lần", "Hình", "Nhận xét"]

    def group(o: Outcome) -> str:
        return taxonomy[o.code]["error_group"] if o.code in taxonomy else "Khác"

    groups = {
        name.partition(" ")[2] or name: [_outcome(o, taxonomy) for o in members]
        for name, members in groupby(found, group)
    }
    if len(groups) == 1:  # the caption says it already
        groups = {"": next(iter(groups.values()))}
    return table(words(caption), header, groups, "outcomes")


def _outcome(o: Outcome, taxonomy: Mapping[str, Mapping[str, str]]) -> list[str]:
    name = taxonomy[o.code]["name_vi"] if o.code in taxonomy else ""
    verdict = words(o.verdict)
    return [
        tag("b", words(o.code)) + " " + words(name),
        number(o.eligible),
        percent(o.asked, 2),
        "–" if o.expected is None else percent(o.expected, 2),
        percent(o.achieved, 2),
        number(o.found),
        bars_cell(o.achieved, o.asked, ROOM * o.asked),
        verdict if o.fits else tag("strong", verdict, class_="off"),
    ]


@dataclass(frozen=True)
class Spread:
    """How the shares of spoiled rows lie among the units.

    Attributes
    ----------
    shares : list of float
        One per unit, smallest first.
    few : int
        Units left out because they entered too little.
    mean : float
        Spoiled rows of all these units together, as a share.
    deviation, by_chance : float
        Standard deviation of the shares, and the one that they would have if all were alike.
    counts : list of int
        Units per bin.
    edges : list of float
        Of the bins, one more than there are bins.
    alike : tuple of float
        Between which shares `MOST` units would lie if all were alike.
    """

    shares: list[float]
    few: int
    mean: float
    deviation: float
    by_chance: float
    counts: list[int]
    edges: list[float]
    alike: tuple[float, float]


def spread(city: City, what: str) -> Spread | None:
    """Return how errors are spread over the units that entered them.

    Parameters
    ----------
    city : City
    what : str
        ``"records"`` or ``"doses"``.

    Returns
    -------
    Spread or None
        None where there are too few units.
    """
    sizes = {unit: n for (unit, label), n in city.units.items() if label == what}
    large = {unit: n for unit, n in sizes.items() if n >= FEWEST_ROWS}
    hits = {unit: city.units[unit, f"spoiled {what}"] for unit in large}
    if len(large) < FEWEST_UNITS:
        return None
    shares = sorted(hits[unit] / n for unit, n in large.items())
    mean = sum(hits.values()) / sum(large.values())
    chances = [mean * (1 - mean) / n for n in large.values()]
    reach = _reach(chances)
    low = max(0.0, min(shares[0], mean - reach))
    top = max(shares[-1], mean + reach)
    width = _round_up((top - low) / BINS) if top > low else 1 / BINS
    first = math.floor(low / width + 1e-9)
    counts = [0] * max(1, math.ceil(top / width - first - 1e-9))
    for share in shares:
        counts[min(int(share / width + 1e-9) - first, len(counts) - 1)] += 1
    return Spread(
        shares=shares,
        few=len(sizes) - len(large),
        mean=mean,
        deviation=math.sqrt(sum((share - mean) ** 2 for share in shares) / len(shares)),
        by_chance=math.sqrt(sum(chances) / len(chances)),
        counts=counts,
        edges=[(first + k) * width for k in range(len(counts) + 1)],
        alike=(mean - reach, mean + reach),
    )


def _round_up(width: float) -> float:
    """Return the next of 0.1, 0.2, 0.5, 1, 2, 5 ... per cent."""
    size: float = 10.0 ** math.floor(math.log10(width))
    return next(size * k for k in (1, 2, 5, 10) if size * k >= width * (1 - 1e-9))


def _reach(variances: Sequence[float]) -> float:
    """Return how far from the mean `MOST` of units would lie that are all alike."""
    low, high = 0.0, 10 * math.sqrt(max(variances)) + 1e-12
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        inside = sum(math.erf(middle / math.sqrt(2 * v)) if v else 1.0 for v in variances)
        low, high = (middle, high) if inside < MOST * len(variances) else (low, middle)
    return high


def units(city: City) -> str:
    """Write the part on how errors cluster."""
    return section(
        "don-vi",
        "Lỗi tụ ở đâu",
        sentence(
            "Mỗi đơn vị nhập liệu có một tỷ lệ hồ sơ (hoặc mũi) mắc lỗi. Nếu đơn vị nào cũng cẩn"
            " thận như nhau, các tỷ lệ chỉ khác nhau do ngẫu nhiên và 95% số đơn vị nằm giữa hai"
            " vạch. Nhiều cột ở ngoài hai vạch nghĩa là lỗi tụ ở một số nơi. Không nêu tên đơn vị:"
            " lỗi do máy đưa vào, không nói gì về trạm có thật."
        ),
        legend({"made": "Số đơn vị trong dữ liệu", "census": "Hai vạch: nếu mọi đơn vị như nhau"}),
        _spread("records", "hồ sơ", city),
        _spread("doses", "mũi", city),
        sentence(
            "Hồ sơ tính cho đơn vị nhập dòng đầu tiên của hồ sơ. Không tính lỗi không do người nhập"
            " (trạng thái xác minh, trạng thái ký, người đã mất hoặc chuyển đi) và cơ sở ngoài"
            f" thành phố. Bỏ qua đơn vị có dưới {FEWEST_ROWS} hồ sơ hoặc mũi.",
            "soft",
        ),
    )


def _spread(what: str, noun: str, city: City) -> str:
    title = f"Tỷ lệ {noun} có lỗi theo đơn vị nhập"
    heading = tag("h3", words(title))
    found = spread(city, what)
    if found is None:
        return heading + sentence(
            f"Chưa đủ {FEWEST_UNITS} đơn vị có từ {FEWEST_ROWS} {noun} trở lên nên không vẽ phân bố."
        )
    if not found.shares[-1]:
        return heading + sentence(f"Không có {noun} nào mắc lỗi do người nhập.")
    text = _spread_text(found, noun)
    caption = words(text) + (words(f" Bỏ qua {found.few} đơn vị quá nhỏ.") if found.few else "")
    drawn = histogram(found.counts, found.edges, found.alike)
    return heading + figure(f"don-vi-{what}", title, text, caption, drawn)


def _spread_text(found: Spread, noun: str) -> str:
    n = len(found.shares)
    low, middle, high = (found.shares[int(q * (n - 1))] for q in (0.1, 0.5, 0.9))
    text = (
        f"{number(n)} đơn vị, chung {percent(found.mean)} {noun} có lỗi. Đơn vị ở giữa"
        f" {percent(middle)}; 80% số đơn vị từ {percent(low)} đến {percent(high)}; thấp nhất"
        f" {percent(found.shares[0])}, cao nhất {percent(found.shares[-1])}."
    )
    if found.by_chance:
        low, high = (min(max(share, 0), 1) for share in found.alike)
        text += f" Nếu như nhau, 95% số đơn vị sẽ từ {percent(low)} đến {percent(high)}."
        ratio = f"{found.deviation / found.by_chance:.1f}".replace(".", ",")
        text += f" Độ phân tán bằng {ratio} lần mức chỉ do ngẫu nhiên."
    return text


def districts(city: City) -> str:
    """Write the part that shows the districts side by side."""
    census = district_ages()
    names = {r["district_code"]: r["district_name"] for r in facts.table("hcmc_districts_2022")}
    made = {
        code: [ward for ward in city.wards if ward.district == code and ward.people]
        for code in names
    }
    made = {code: wards for code, wards in made.items() if wards}
    shares = {code: _age_shares(wards) for code, wards in made.items()}
    then = {code: [n / sum(census[code]) for n in census[code]] for code in made}
    top = max(max(*shares[code], *then[code]) for code in made)
    cards = [
        _district(code, names[code], wards, shares[code], then[code], top)
        for code, wards in made.items()
    ]
    missing = len(names) - len(made)
    return section(
        "quan-huyen",
        "Quận, huyện",
        sentence(
            "Theo thứ tự mã, không xếp hạng. Mười tám cột: nhóm tuổi 5 năm, từ 0–4 bên trái đến 85"
            " trở lên bên phải; mọi hình cùng một thang. Cần xác minh: phần hồ sơ của công dân chưa"
            " “Đúng”." + (f" Chưa tạo {missing} quận, huyện." if missing else "")
        ),
        legend({"made": "Tạo ra", "census": "Tổng điều tra 1/4/2019"}),
        tag("ul", *cards, class_="districts"),
        sentence(
            "Tên là của nơi có thật, người và lỗi là giả lập: các số về xác minh không nói gì về"
            " chất lượng dữ liệu thật của quận, huyện nào.",
            "soft",
        ),
    )


def _age_shares(wards: Sequence[WardCounts]) -> list[float]:
    people = sum(ward.people for ward in wards)
    return [
        sum(ward.ages[g] + ward.ages[g + AGE_GROUPS] for ward in wards) / people
        for g in range(AGE_GROUPS)
    ]


def _district(
    code: str,
    name: str,
    wards: Sequence[WardCounts],
    shares: Sequence[float],
    census: Sequence[float],
    top: float,
) -> str:
    people, records = sum(w.people for w in wards), sum(w.records for w in wards)
    backlog, doses = sum(w.backlog for w in wards), sum(w.doses for w in wards)
    ages = (
        f"0–14:\u00a0{percent(sum(shares[:3]), 0)} · 15–59:\u00a0{percent(sum(shares[3:12]), 0)}"
        f" · 60+:\u00a0{percent(sum(shares[12:]), 0)}"
    )
    rows = {
        "Người": number(people),
        "Cần xác minh": percent(backlog / records) if records else "–",
        "Mũi / 100 người": number(100 * doses / people),
    }
    items = [tag("div", tag("dt", words(k)), tag("dd", v)) for k, v in rows.items()]
    return tag(
        "li",
        tag("h3", words(name)),
        tag("dl", *items),
        age_bars(f"q{code}", f"Tuổi của người ở {name}", ages, shares, census, top),
        tag("p", words(ages), class_="soft"),
    )
