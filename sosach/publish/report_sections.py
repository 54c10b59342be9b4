"""The parts of the report on people and doses: each a heading, figures, numbers and their limits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date, timedelta

from generator import facts
from sosach.publish.pages import legend, section, sentence
from sosach.publish.report_charts import figure, pyramid, scatter, stacked_weeks
from sosach.publish.report_data import AGE_GROUPS, City, written_day
from sosach.publish.report_facts import (
    PUBLISHED,
    RESIDENTS,
    Comparison,
    Fit,
    census_ages,
    census_households,
    census_wards,
    compare_doses,
    surname_weights,
)
from sosach.publish.report_words import (
    bars_cell,
    day,
    number,
    percent,
    signed,
    table,
    tag,
    words,
)

__all__ = ["doses", "households", "people", "surnames"]

TOP_SURNAMES = 20
#: slot -> its name, in the order of a course (domain.md 10)
SLOTS = {
    "": "Tất cả",
    "CB1": "Mũi 1",
    "CB2": "Mũi 2",
    "CB3": "Mũi 3 cơ bản",
    "BS": "Bổ sung",
    "NL1": "Nhắc lại 1",
    "NL2": "Nhắc lại 2",
    "NL3": "Nhắc lại 3",
}
#: products with a colour of their own; the others are few and stand together
PRODUCTS = ("AstraZeneca", "Pfizer", "Moderna", "Vero Cell")
OTHERS = "Vắc xin khác"
PRODUCT_CLASSES = ("v1", "v2", "v3", "v4", "v5")


def fit_note(fit: Fit) -> str:
    """Write a distance with its source and with what it does not prove."""
    if fit.distance is None:
        value, remark = "–", "Chỉ có một nhóm hoặc không có ai để so sánh."
    else:
        value = percent(fit.distance, 2)
        remark = f"Đã đếm {number(fit.n)} {fit.unit}, {fit.groups} nhóm."
        if fit.chance is not None:
            remark += f" Chỉ riêng ngẫu nhiên đã để lại khoảng {percent(fit.chance, 2)}."
    rows = {
        "Khoảng cách (TVD)": tag("strong", value) + " " + words(remark),
        "Nguồn": tag("code", words(fit.file)) + " – " + words(fit.origin),
        "Không chứng minh": words(fit.limits),
    }
    items = [tag("div", tag("dt", name), tag("dd", text)) for name, text in rows.items()]
    return tag("dl", *items, class_="fit")


def details(title: str, content: str) -> str:
    """Fold away the numbers of a figure."""
    return tag("details", tag("summary", words(title)), content)


def people(city: City, fits: Mapping[str, Fit]) -> str:
    """Write the part on ages and sexes."""
    names = [row["age_group"].replace("-", "–") for row in facts.table("age_sex_hcmc")]
    census = _shares(list(census_ages().values()))
    found = _shares(city.ages)
    men, men_then = sum(found[:AGE_GROUPS]), sum(census[:AGE_GROUPS])
    text = (
        f"Tháp tuổi của {number(city.people)} người vào ngày {day(city.as_of)}. Nam {percent(men)},"
        f" điều tra {percent(men_then)}; {_broad(found, census)}"
    )
    rows = [
        [
            words(name),
            *(number(city.ages[g + side]) for side in (0, AGE_GROUPS)),
            *(
                f"{percent(found[g + side], 2)} / {percent(census[g + side], 2)}"
                for side in (0, AGE_GROUPS)
            ),
        ]
        for g, name in enumerate(names)
    ]
    header = ["Tuổi", "Nam", "Nữ", "Nam: tạo ra / điều tra", "Nữ: tạo ra / điều tra"]
    return section(
        "dan-so",
        "Tuổi và giới",
        sentence(text),
        figure(
            "thap-tuoi",
            "Tháp tuổi theo giới, so với Tổng điều tra 2019",
            text,
            legend({"made": "Tạo ra", "census": "Tổng điều tra 1/4/2019"})
            + words(
                "Trục ngang: phần trăm của toàn bộ dân số. Tuổi tính đến ngày xem dữ liệu;"
                " người chỉ biết năm sinh được coi như sinh giữa năm."
            ),
            pyramid(found, census, names),
        ),
        details("Bảng số của tháp tuổi", table("Số người theo tuổi và giới", header, {"": rows})),
        tag("h3", "So với bảng của thành phố"),
        fit_note(fits["ages"]),
        tag("h3", "So với bảng của từng quận, huyện"),
        fit_note(fits["districts"]),
    )


def _shares(counts: list[int] | list[float]) -> list[float]:
    whole = sum(counts) or 1
    return [count / whole for count in counts]


def _broad(found: list[float], census: list[float]) -> str:
    """Compare three broad ages, of both sexes."""
    parts = []
    for name, first, last in (
        ("0–14 tuổi", 0, 3),
        ("15–59 tuổi", 3, 12),
        ("từ 60 tuổi", 12, AGE_GROUPS),
    ):
        made, then = (
            sum(s[first:last]) + sum(s[AGE_GROUPS + first : AGE_GROUPS + last])
            for s in (found, census)
        )
        parts.append(f"{name}: {percent(made)} (điều tra {percent(then)})")
    return "; ".join(parts) + "."


def surnames(city: City, fits: Mapping[str, Fit]) -> str:
    """Write the part on surnames."""
    weights = surname_weights()
    whole, heavy = max(city.surnames.total(), 1), sum(weights.values())
    common = city.surnames.most_common(TOP_SURNAMES)
    top = max([count / whole for _, count in common] + [0.0])
    rows = []
    for name, count in common:
        share, known = count / whole, weights.get(name, 0) / heavy
        rows.append(
            [
                words(name),
                number(count),
                percent(share, 2),
                percent(known, 2),
                bars_cell(share, known, top),
            ]
        )
    header = ["Họ", "Số người", "Tạo ra", "Bảng họ", "Hình"]
    caption = f"{len(rows)} họ đông nhất của người Kinh trong dữ liệu; vạch đứng là bảng họ"
    return section(
        "ho",
        "Họ",
        table(words(caption), header, {"": rows}, "bars"),
        fit_note(fits["surnames"]),
    )


def households(city: City, fits: Mapping[str, Fit]) -> str:
    """Write the part on households and on the sizes of wards."""
    census = census_households(city)
    whole, then = sum(city.households.values()) or 1, sum(census.values())
    shares = {size: (city.households[size] / whole, census[size] / then) for size in census}
    top = max(max(pair) for pair in shares.values())
    rows = [
        [
            f"{size} người" if size < max(shares) else f"{size} người trở lên",
            number(city.households[size]),
            percent(made, 2),
            percent(known, 2),
            bars_cell(made, known, top),
        ]
        for size, (made, known) in shares.items()
    ]
    header = ["Hộ có", "Số hộ", "Tạo ra", "Điều tra", "Hình"]
    caption = "Số người trong hộ, cộng các phường, xã đã tạo; vạch đứng là Tổng điều tra 2019"
    return section(
        "ho-gia-dinh",
        "Hộ gia đình, phường và xã",
        table(caption, header, {"": rows}, "bars"),
        fit_note(fits["households"]),
        tag("h3", "Dân số từng phường, xã"),
        _ward_sizes(city),
        fit_note(fits["wards"]),
    )


def _ward_sizes(city: City) -> str:
    census = census_wards(city)
    points = [(census[w.code], float(w.people)) for w in city.wards if w.people]
    if len(points) < 2:
        return sentence("Chỉ có một phường, xã nên không có gì để so sánh giữa các nơi.")
    share = sum(y for _, y in points) / sum(x for x, _ in points)
    apart = sorted(y / x / share - 1 for x, y in points)
    text = (
        f"{len(points)} phường, xã: người tạo ra so với dân số năm 2019. Đã tạo bằng"
        f" {percent(share)} dân số 2019 của các nơi này; từng nơi lệch từ {signed(apart[0])} đến"
        f" {signed(apart[-1])} so với tỷ lệ chung. Người được tạo theo số hộ: nơi nào dân số điều tra"
        " lớn hơn số người trong các hộ thì ở đây ít hơn."
    )
    return figure(
        "phuong",
        "Dân số từng phường, xã so với Tổng điều tra 2019",
        text,
        legend({"dot": "Một phường, xã", "census": "Tăng đúng tỷ lệ chung"}) + words(text),
        scatter(points, share),
    )


def doses(city: City) -> str:
    """Write the part on the campaign."""
    if not city.doses:
        return section("mui-tiem", "Mũi tiêm", sentence("Bộ dữ liệu này không có mũi tiêm nào."))
    weeks, products = _weeks(city), _products(city)
    peak = max(weeks, key=lambda monday: sum(weeks[monday]))
    whole = sum(products.values())
    mix = ", ".join(f"{name} {percent(count / whole)}" for name, count in products.most_common(4))
    text = (
        f"{number(whole)} mũi trong {len(weeks)} tuần. Tuần nhiều nhất bắt đầu thứ hai"
        f" {day(peak)}: {number(sum(weeks[peak]))} mũi. {mix}."
    )
    names = dict(zip(PRODUCT_CLASSES, (*PRODUCTS, OTHERS), strict=True))
    return section(
        "mui-tiem",
        "Mũi tiêm",
        sentence(text),
        figure(
            "tuan",
            "Số mũi tiêm mỗi tuần theo vắc xin",
            text,
            legend(names) + words("Mỗi cột một tuần; đếm mũi đã tiêm thật (bảng mui_that)."),
            stacked_weeks(weeks, PRODUCT_CLASSES),
        ),
        _product_table(city, products),
        tag("h3", "So với số đã công bố"),
        _published(city),
    )


def _weeks(city: City) -> dict[date, list[float]]:
    """Count doses by Monday and product, weeks without a dose included."""
    found: Counter[tuple[date, int]] = Counter()
    index = {name: k for k, name in enumerate(PRODUCTS)}
    for (text, product, _), count in city.doses.items():
        given = written_day(text)
        monday = given - timedelta(days=given.weekday())
        found[monday, index.get(product, len(PRODUCTS))] += count
    first, last = min(found)[0], max(found)[0]
    mondays = [first + timedelta(weeks=k) for k in range((last - first).days // 7 + 1)]
    return {m: [float(found[m, k]) for k in range(len(PRODUCTS) + 1)] for m in mondays}


def _products(city: City) -> Counter[str]:
    found: Counter[str] = Counter()
    for (_, product, _), count in city.doses.items():
        found[product] += count
    return found


def _product_table(city: City, products: Counter[str]) -> str:
    slots = [slot for slot in SLOTS if slot]
    cells: Counter[tuple[str, str]] = Counter()
    for (_, product, slot), count in city.doses.items():
        cells[product, slot] += count
    rows = [
        [words(product), *(number(cells[product, slot]) for slot in slots), number(count)]
        for product, count in products.most_common()
    ]
    sums = [sum(cells[p, slot] for p in products) for slot in slots]
    rows.append(["Tất cả", *(number(n) for n in sums), number(sum(sums))])
    header = ["Vắc xin", *(SLOTS[slot] for slot in slots), "Cộng"]
    return details(
        "Bảng số mũi theo vắc xin", table("Mũi đã tiêm theo vắc xin", header, {"": rows})
    )


def _published(city: City) -> str:
    found = compare_doses(city)
    header = ["Loại mũi", "Đã công bố", "Theo phần dân đã tạo", "Tạo ra", "Chênh lệch"]
    groups: dict[str, list[list[str]]] = {}
    for row in found:
        heading = f"Cộng dồn đến {day(row.day)}, theo {row.source}"
        groups.setdefault(heading, []).append(_compared(row))
    caption = (
        f"Số mũi tiêm của Thành phố {number(RESIDENTS)} dân (2021), và phần của"
        f" {number(city.people)} người đã tạo"
    )
    return "".join(
        [
            table(words(caption), header, groups) if groups else "",
            *(sentence(text) for text in _unpublished(city)),
            sentence(
                "Giới hạn: số công bố gồm cả người từ nơi khác đến tiêm, và tỷ lệ tiêm của kịch bản"
                " được chọn để gần các số này. Khớp nghĩa là đã chỉnh đúng, không phải bằng chứng"
                " độc lập. Mũi 3 cơ bản (Abdala) không được công bố riêng.",
                "soft",
            ),
        ]
    )


def _compared(row: Comparison) -> list[str]:
    return [
        words(SLOTS[row.slot]),
        number(row.published),
        number(row.scaled),
        number(row.made),
        signed(row.difference) if row.scaled else "–",
    ]


def _unpublished(city: City) -> list[str]:
    """Say which published days the data set has not reached, and why they are not compared."""
    later = [published for published in PUBLISHED if published > city.as_of]
    return [
        f"Số theo từng loại mũi của ngày {day(published)} không so sánh ở đây: dữ liệu này dừng ở"
        f" ngày {day(city.as_of)}, và số của một ngày chỉ so được với đúng ngày ấy."
        for published in later
    ]
