"""A page that looks at a whole city: how near it comes to what is known, and what went wrong in it.

One HTML file with style and drawings inside: it opens without a network and needs no script.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from generator.files import write_whole
from sosach.publish import report_errors, report_sections
from sosach.publish.pages import section, whole_page
from sosach.publish.report_data import City, Progress, count_city
from sosach.publish.report_facts import Fit, fits
from sosach.publish.report_words import day, number, percent, table, tag, words

__all__ = ["FILE_NAME", "write_report"]

FILE_NAME = "bao_cao.html"
WARDS_OF_THE_CITY = 312
#: characters from which a fact takes a line of its own
LONG = 40

ID_SCHEMES = {
    "realistic": "chữ số như số thật, phần còn lại ngẫu nhiên; không phát ra ngoài lớp học",
    "unreal": "chữ số thứ tư từ 6 đến 9, không ai đang sống mang số như vậy",
}
SECTIONS = {
    "dan-so": "Tuổi và giới",
    "ho": "Họ",
    "ho-gia-dinh": "Hộ, phường và xã",
    "mui-tiem": "Mũi tiêm",
    "loi": "Lỗi và bẫy",
    "don-vi": "Lỗi tụ ở đâu",
    "quan-huyen": "Quận, huyện",
}


def _silent(wards: Iterable[str], total: int) -> Iterable[str]:
    return wards


def write_report(folder: Path, progress: Progress = _silent) -> Path:
    """Write ``bao_cao.html`` into the folder of a city.

    Parameters
    ----------
    folder : Path
        As ``sosach generate`` leaves it; any wards, any scale.
    progress : callable
        Told of each ward that is counted, and of their number.

    Returns
    -------
    Path
        The page.

    Raises
    ------
    Problem
        If the folder is no data set, or a file of it is missing or broken.
    """
    city = count_city(folder, progress)
    path = folder / FILE_NAME
    write_whole(path, page(city))
    return path


def page(city: City) -> str:
    """Return the whole page of a city."""
    found = fits(city)
    body = [
        _head(city),
        _contents(),
        _summary(found),
        report_sections.people(city, found),
        report_sections.surnames(city, found),
        report_sections.households(city, found),
        report_sections.doses(city),
        report_errors.errors(city),
        report_errors.units(city),
        report_errors.districts(city),
    ]
    title = f"Báo cáo thành phố, kịch bản {city.manifest['scenario']}"
    return whole_page(title, body, "bao_cao.css")


def _head(city: City) -> str:
    manifest = city.manifest
    scheme = str(manifest.get("id_scheme", ""))
    facts = {
        "Kịch bản": str(manifest["scenario"]),
        "Ngày xem dữ liệu": day(city.as_of),
        "Số khởi đầu (seed)": str(manifest["seed"]),
        "Quy mô (scale)": _scale(float(manifest["scale"])),
        "Phường, xã": f"{len(city.wards)} trong {WARDS_OF_THE_CITY}",
        "Số giấy tờ (id_scheme)": f"{scheme}: {ID_SCHEMES.get(scheme, 'không rõ')}",
    }
    items = [
        tag(
            "div",
            tag("dt", words(name)),
            tag("dd", words(text)),
            class_="whole" if len(text) > LONG else None,
        )
        for name, text in facts.items()
    ]
    return tag(
        "header",
        tag("h1", "Báo cáo về thành phố giả lập"),
        tag(
            "p",
            "Trang này cho thấy dữ liệu tạo ra gần với số liệu đã công bố đến đâu và lỗi đã đưa vào"
            " ra sao. Mọi người, số giấy tờ và mũi tiêm đều do máy tạo ra để thực hành; không nói"
            " gì về người hay đơn vị có thật.",
            class_="lead",
        ),
        tag("dl", *items, class_="facts"),
        _counts(city),
    )


def _scale(scale: float) -> str:
    if scale == 1:
        return "1: mọi hộ"
    return f"{scale:g}: {100 * scale:g}% số hộ của mỗi phường, xã".replace(".", ",")


def _counts(city: City) -> str:
    counts = city.manifest["counts"]
    records = sum(ward.records for ward in city.wards)
    backlog = sum(ward.backlog for ward in city.wards)
    rows = {
        "người": number(city.people),
        "hộ": number(sum(city.households.values())),
        "mũi đã tiêm": number(sum(ward.doses for ward in city.wards)),
        "hồ sơ": number(records),
        "dòng mũi tiêm đã nhập": number(counts["dose_records"]),
        "hồ sơ cần xác minh": f"{number(backlog)} ({percent(backlog / max(records, 1))})",
        "dòng trong sổ lỗi": number(counts["ledger_cells"]),
        "bẫy": number(counts["decoys"]),
    }
    items = [tag("div", tag("dd", value), tag("dt", name)) for name, value in rows.items()]
    return tag("dl", *items, class_="counts")


def _contents() -> str:
    items = [tag("li", tag("a", words(name), href=f"#{key}")) for key, name in SECTIONS.items()]
    return tag("nav", tag("ul", *items), aria_label="Mục lục")


def _summary(found: dict[str, Fit]) -> str:
    rows = [
        [
            words(fit.name),
            "–" if fit.distance is None else tag("strong", percent(fit.distance, 2)),
            "–" if fit.chance is None else percent(fit.chance, 2),
            str(fit.groups),
            f"{number(fit.n)} {words(fit.unit)}",
        ]
        for fit in found.values()
    ]
    header = ["So sánh", "Khoảng cách (TVD)", "Nếu chỉ do ngẫu nhiên", "Số nhóm", "Đã đếm"]
    return section(
        "tom-tat",
        "Gần với số liệu đến đâu",
        tag(
            "p",
            "Khoảng cách (TVD) là phần phải chuyển sang nhóm khác để hai phân bố trùng nhau: 0% là"
            " trùng hẳn, 100% là không có gì chung. Các bảng so sánh cũng là đầu vào của chương"
            " trình tạo dữ liệu: khoảng cách nhỏ cho thấy chương trình làm đúng theo bảng, không"
            " chứng minh dữ liệu giống hệt đời thực. Nguồn và giới hạn ghi ở từng mục.",
        ),
        table("Khoảng cách giữa dữ liệu tạo ra và bảng nguồn", header, {"": rows}),
    )
