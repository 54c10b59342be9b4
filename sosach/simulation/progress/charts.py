"""Drawings of the progress: SVG that carries its own style, title and description.

No drawing shows two of the three numbers on one scale unless one is a part of the other; what was
signed always stands alone.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date

from sosach.publish.report_charts import Drawing, histogram, label, picture, rule, steps
from sosach.publish.report_words import day as written
from sosach.publish.report_words import number, percent, short, tag
from sosach.publish.workbook import BANNER
from sosach.simulation.progress.counts import Ratio, sent_share
from sosach.simulation.progress.table import Progress

__all__ = [
    "WIDTHS",
    "chart_districts",
    "chart_sent_by_day",
    "chart_shares",
    "chart_signed_by_day",
    "chart_states",
    "chart_stations",
]

#: for a desk, for a telephone
WIDTHS = (860, 346)
WIDE_FROM = 600
KIND = "tien-do"
#: around the drawing
EDGE, TOP, FOOT = 16.0, 58.0, 26.0
#: characters of a title that fit into one unit of width
LETTERS = 1 / 8.6
SHORT_NAME = 20
#: colours of the pages (mau.css), on paper of its own so that a dark page changes nothing
STYLE = (
    f".{KIND} text{{fill:#55646c;font:12px 'Segoe UI','Noto Sans',Roboto,Arial,sans-serif;"
    "font-variant-numeric:tabular-nums}"
    f".{KIND} text.title{{fill:#1d2a31;font-weight:650;font-size:15px}}"
    f".{KIND} text.strong{{fill:#1d2a31;font-weight:600;font-size:13px}}"
    f".{KIND} .paper{{fill:#faf9f6}}.{KIND} .grid{{stroke:#d9deda}}.{KIND} .axis{{stroke:#55646c}}"
    f".{KIND} .made{{fill:#7fb0bf}}.{KIND} .rest{{fill:#e4e7e4}}"
    f".{KIND} .census{{fill:none;stroke:#12303d;stroke-width:1.5}}"
    f".{KIND} .v1{{fill:#2f7690}}.{KIND} .v2{{fill:#dfae55}}"
    f".{KIND} .v3{{fill:#faf9f6;stroke:#8f999d;stroke-width:1.3}}"
)
LOTS_NOTE = "Phường, xã nào nhanh hay chậm là do máy rút thăm, không nói gì về đơn vị có thật."


def _svg(name: str, title: str, text: str, width: int, draw: Drawing) -> str:
    """Put a drawing on paper, below its title and above the banner."""
    inner = width - 2 * EDGE
    height, parts = draw(int(inner))
    lines = _lines(title, int(inner * LETTERS))
    top = TOP + 18 * (len(lines) - 1)
    whole = top + height + FOOT
    body = [
        tag("style", STYLE),
        tag("rect", x=0, y=0, width=width, height=whole, rx=8, class_="paper"),
        *(label(EDGE, 28 + 18 * k, line, kind="title") for k, line in enumerate(lines)),
        tag("g", *parts, transform=f"translate({EDGE:g} {top:g})"),
        label(width - EDGE, whole - 9, BANNER, "end"),
    ]
    described = f"{BANNER}. {text}"
    drawing = picture(name, KIND, width, title, described, whole, body)
    return drawing.replace("<svg ", f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" ', 1)


def _lines(text: str, room: int) -> list[str]:
    """Break a title into lines, not inside a name."""
    lines = [""]
    for word in text.split(" "):
        if lines[-1] and len(lines[-1]) + 1 + len(word) > room:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def _name(progress: Progress) -> str:
    """Return a name for a title; a short one is not broken."""
    short_name = len(progress.name) <= SHORT_NAME
    return progress.name.replace(" ", "\u00a0") if short_name else progress.name


def _bar(x: float, y: float, width: float, height: float, kind: str) -> str:
    return tag("rect", x=x, y=y, width=max(width, 0), height=max(height, 0), class_=kind)


def chart_sent_by_day(days: Sequence[Progress], width: int = WIDTHS[0]) -> str:
    """Draw how the records sent to the police grew, below the line of those that need it.

    Parameters
    ----------
    days : sequence of Progress
        Of the same wards, in the order of their days.
    width : int
        In pixels; of `WIDTHS`.

    Returns
    -------
    str
        SVG.
    """
    last = days[-1]
    share = sent_share(last.sent, last.needing)
    title = f"Hồ sơ đã gửi công an đến hết từng ngày, {_name(last)}"
    text = (
        f"Đến hết ngày {written(last.day)}: {share.part} trong {share.whole} hồ sơ cần xác minh đã"
        f" được gửi công an ({share}). Đã gửi chưa phải là đã sửa hay đã xác minh."
    )
    draw = _days([p.day for p in days], [int(p.sent) for p in days], int(last.needing))
    return _svg("gui-theo-ngay", title, text, width, draw)


def chart_signed_by_day(days: Sequence[Progress], width: int = WIDTHS[0]) -> str:
    """Draw how the signed lines grew, with no other number beside them.

    Parameters
    ----------
    days : sequence of Progress
        As for `chart_sent_by_day`.
    width : int

    Returns
    -------
    str
        SVG.
    """
    last = days[-1]
    title = f"Mũi tiêm đã ký của những hồ sơ đã đúng từ trước, {_name(last)}"
    text = (
        f"Đến hết ngày {written(last.day)} đã ký {last.signed} mũi tiêm. Số này không phải tiến độ"
        " của hồ sơ cần xác minh."
    )
    draw = _days([p.day for p in days], [int(p.signed) for p in days], None)
    return _svg("ky-theo-ngay", title, text, width, draw)


def _days(days: Sequence[date], values: Sequence[int], line: int | None) -> Drawing:
    """Draw one column per day, and a line that they may reach."""

    def draw(width: int) -> tuple[float, list[str]]:
        wide = width > WIDE_FROM
        left, foot, top = (74, 260, 16) if wide else (64, 200, 16)
        ticks = steps(max(*values, line or 0, 1), 5)
        scale, step = (foot - top) / ticks[-1], (width - left) / len(days)
        parts = []
        for tick in ticks:
            y = foot - tick * scale
            parts += [rule(left, y, width, y), label(left - 8, y + 4, short(tick), "end")]
        every = math.ceil(44 / step)
        for k, (day, value) in enumerate(zip(days, values, strict=True)):
            x, high = left + k * step, value * scale
            parts.append(_bar(x + 1, foot - high, step - 2, high, "made"))
            if (len(days) - 1 - k) % every == 0:
                parts.append(label(x + step / 2, foot + 17, f"{day.day}/{day.month}", "middle"))
        if line is None:
            at = foot - values[-1] * scale - 6
            parts.append(label(width - 4, at, number(values[-1]), "end", "strong"))
        else:
            y = foot - line * scale
            parts += [
                rule(left, y, width, y, "census"),
                label(left + 4, y - 5, f"Cần xác minh: {number(line)}", kind="strong"),
                label(left + 4, y + 17, f"Đã gửi: {number(values[-1])}", kind="strong"),
            ]
        return foot + 22.0, parts

    return draw


def chart_shares(progress: Progress, width: int = WIDTHS[0]) -> str:
    """Draw how many wards have sent which part of their records.

    Parameters
    ----------
    progress : Progress
    width : int

    Returns
    -------
    str
        SVG.
    """
    shares = [ward.sent / ward.needing for ward in progress.wards if ward.needing]
    edges = [k / 20 for k in range(21)]
    counts = [0] * 20
    for share in shares:
        counts[min(int(share * 20 + 1e-9), 19)] += 1
    mean = sent_share(progress.sent, progress.needing)
    title = f"Số phường, xã theo phần hồ sơ cần xác minh đã gửi công an, {_name(progress)}"
    text = (
        f"{len(shares)} phường, xã đến hết ngày {written(progress.day)}; vạch đậm là tỷ lệ chung,"
        f" {mean}. {counts[-1]} phường, xã đã gửi từ {percent(edges[-2], 0)} trở lên. {LOTS_NOTE}"
    )
    draw = histogram(counts, edges, (mean.share, mean.share))
    return _svg("ty-le-gui", title, text, width, draw)


def chart_districts(progress: Progress, width: int = WIDTHS[0]) -> str:
    """Draw which part of its records each district has sent, the largest first.

    Parameters
    ----------
    progress : Progress
    width : int

    Returns
    -------
    str
        SVG.
    """
    parts = [(p.name, sent_share(p.sent, p.needing)) for p in progress.districts()]
    parts.sort(key=lambda part: part[1], reverse=True)
    title = "Phần hồ sơ cần xác minh đã gửi công an, theo quận, huyện"
    text = f"Đến hết ngày {written(progress.day)}. " + "; ".join(
        f"{name} {share}" for name, share in parts
    )
    return _svg("quan-huyen", title, f"{text}. {LOTS_NOTE}", width, _share_rows(parts))


def _share_rows(rows: Sequence[tuple[str, Ratio]]) -> Drawing:
    """Draw one bar per row on a ground that stands for the whole."""

    def draw(width: int) -> tuple[float, list[str]]:
        wide = width > WIDE_FROM
        left, right = (150.0, 210.0) if wide else (128.0, 56.0)
        room, step, parts = width - left - right, 22.0, []
        for k, (name, share) in enumerate(rows):
            y = k * step
            parts += [
                label(left - 8, y + 14, name, "end"),
                _bar(left, y + 3, room, 14, "rest"),
                _bar(left, y + 3, room * share.share, 14, "made"),
                label(left + room + 52, y + 14, str(share), "end", "strong"),
            ]
            if wide:
                parts.append(label(width, y + 14, f"{share.part} / {share.whole}", "end"))
        return step * len(rows) + 6, parts

    return draw


def chart_stations(progress: Progress, width: int = WIDTHS[0]) -> str:
    """Draw one dot per station by district: signed, only a token, no token.

    Parameters
    ----------
    progress : Progress
    width : int

    Returns
    -------
    str
        SVG.
    """
    title = f"Trạm y tế có token và đã ký, {_name(progress)}"
    text = (
        f"Đến hết ngày {written(progress.day)}: {progress.with_token} trong {progress.all_wards}"
        f" trạm có token; {progress.signing} trong {progress.with_token} trạm có token đã ký."
        f" Mỗi chấm là một trạm. {LOTS_NOTE}"
    )
    return _svg("tram", title, text, width, _dots(progress))


def _dots(progress: Progress) -> Drawing:
    token, signing = int(progress.with_token), int(progress.signing)
    key = {
        "v1": f"có token, đã ký: {number(signing)}",
        "v2": f"có token, chưa ký: {number(token - signing)}",
        "v3": f"chưa có token: {number(len(progress.wards) - token)}",
    }

    def draw(width: int) -> tuple[float, list[str]]:
        wide = width > WIDE_FROM
        left, gap, parts, y = 150.0 if wide else 128.0, 14.0, [], 8.0
        for k, (kind, text) in enumerate(key.items()):
            x = left * k * 1.45 if wide else 0.0
            parts += [_dot(x + 6, y, kind), label(x + 18, y + 4, text)]
            y += 0 if wide else 20
        y += 30 if wide else 12
        across = int((width - left) // gap)
        for part in progress.districts():
            kinds = sorted(_kind(ward.signing, ward.token) for ward in part.wards)
            parts.append(label(left - 8, y + 4, part.name, "end"))
            for k, kind in enumerate(kinds):
                at = left + gap * (k % across) + 5, y + gap * (k // across)
                parts.append(_dot(*at, kind))
            y += gap * ((len(kinds) - 1) // across) + 20
        return y - 6, parts

    return draw


def _dot(x: float, y: float, kind: str) -> str:
    return tag("circle", cx=x, cy=y, r=4.6, class_=kind)


def _kind(signing: bool, token: bool) -> str:
    return "v1" if signing else "v2" if token else "v3"


def chart_states(progress: Progress, width: int = WIDTHS[0]) -> str:
    """Draw the records by the state that the platform shows.

    Parameters
    ----------
    progress : Progress
        Of a ward, a district or the city.
    width : int

    Returns
    -------
    str
        SVG.
    """
    states = progress.states
    title = f"Hồ sơ theo trạng thái xác minh, {_name(progress)}"
    found = "; ".join(f"{state} {number(count)}" for state, count in states.items())
    text = f"Đến hết ngày {written(progress.day)}: {found}."
    top = max(states.values(), default=0) or 1

    def draw(inner: int) -> tuple[float, list[str]]:
        left, step = 150.0, 26.0
        room, parts = inner - left - 80, []
        for k, (state, count) in enumerate(states.items()):
            y = k * step
            parts += [
                label(left - 8, y + 15, state, "end"),
                _bar(left, y + 3, room * count / top, 16, "made"),
                label(left + room * count / top + 6, y + 15, number(count), kind="strong"),
            ]
        return step * len(states) + 4, parts

    return _svg("trang-thai", title, text, width, draw)
