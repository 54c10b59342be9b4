"""The figures of the report, drawn as SVG in real pixels: once for a desk, once for a telephone."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date

from sosach.publish.report_words import percent, short, tag, words

__all__ = ["WIDTHS", "age_bars", "figure", "histogram", "pyramid", "scatter", "stacked_weeks"]

#: class of the drawing -> its width; the style sheet shows one of them
WIDTHS = {"wide": 860, "narrow": 346}
WIDE_FROM = 600
DAYS_OF_WEEK, WEEKS_OF_MONTH = 7, 4

#: (width) -> (height, markup)
Drawing = Callable[[int], tuple[float, list[str]]]


def figure(name: str, title: str, text: str, caption: str, draw: Drawing) -> str:
    """Write one figure with its text equivalent.

    Parameters
    ----------
    name : str
        Unique in the page.
    title, text : str
        Read aloud in place of the drawing: what it is, what it shows.
    caption : str
        Markup, seen by everybody.
    draw : callable

    Returns
    -------
    str
    """
    drawings = [
        picture(name, kind, width, title, text, *draw(width)) for kind, width in WIDTHS.items()
    ]
    return tag("figure", *drawings, tag("figcaption", caption), id=name)


def picture(
    name: str, kind: str, width: float, title: str, text: str, height: float, parts: list[str]
) -> str:
    """Write one drawing of a given size with title and description."""
    ids = f"{name}-{kind}-t", f"{name}-{kind}-d"
    return tag(
        "svg",
        tag("title", words(title), id=ids[0]),
        tag("desc", words(text), id=ids[1]),
        *parts,
        class_=kind,
        viewBox=f"0 0 {width:g} {height:g}",
        role="img",
        aria_labelledby=" ".join(ids),
    )


def label(x: float, y: float, text: str, anchor: str = "start", kind: str | None = None) -> str:
    """Write a text into a drawing."""
    return tag("text", words(text), x=x, y=y, text_anchor=anchor, class_=kind)


def rule(x1: float, y1: float, x2: float, y2: float, kind: str = "grid") -> str:
    """Draw a straight line."""
    return tag("line", x1=x1, y1=y1, x2=x2, y2=y2, class_=kind)


def steps(top: float, at_most: int) -> list[float]:
    """Return round numbers from 0 to at least `top`, not many more than `at_most`."""
    if top <= 0:
        return [0.0, 1.0]
    raw = top / at_most
    size = 10.0 ** math.floor(math.log10(raw))
    step = next(size * k for k in (1, 2, 2.5, 5, 10) if size * k >= raw * (1 - 1e-9))
    return [step * k for k in range(math.ceil(top / step - 1e-9) + 1)]


def pyramid(found: Sequence[float], census: Sequence[float], names: Sequence[str]) -> Drawing:
    """Draw an age pyramid: bars made, outlines of the census.

    Parameters
    ----------
    found, census : sequence of float
        Shares of all people by age group, men first.
    names : sequence of str
        Of the age groups, youngest first.

    Returns
    -------
    callable
    """

    def draw(width: int) -> tuple[float, list[str]]:
        row, top, gap = (19, 26, 60) if width > WIDE_FROM else (16, 24, 50)
        groups = len(names)
        half = (width - gap) / 2
        ticks = steps(max(*found, *census), 3)
        scale = (half - 12) / ticks[-1]
        foot = top + row * groups
        parts = [
            label(half, 14, "Nam", "end", "strong"),
            label(half + gap, 14, "Nữ", "start", "strong"),
        ]
        for side, edge in ((-1, half), (1, half + gap)):
            for tick in ticks:
                x = edge + side * tick * scale
                parts += [rule(x, top, x, foot), label(x, foot + 16, percent(tick, 0), "middle")]
            first = 0 if side < 0 else groups
            for group in range(groups):
                y = foot - row * (group + 1)
                parts.append(_bar(edge, side, y + 2, row - 4, found[first + group] * scale, "made"))
            parts.append(
                _outline(edge, side, foot, row, [c * scale for c in census[first:][:groups]])
            )
        for group, name in enumerate(names):
            parts.append(label(half + gap / 2, foot - row * group - row / 2 + 4, name, "middle"))
        return foot + 24, parts

    return draw


def _bar(edge: float, side: int, y: float, height: float, length: float, kind: str) -> str:
    x = edge if side > 0 else edge - length
    return tag("rect", x=x, y=y, width=length, height=height, class_=kind)


def _outline(edge: float, side: int, foot: float, row: float, lengths: Iterable[float]) -> str:
    points = []
    for group, length in enumerate(lengths):
        x, y = edge + side * length, foot - row * group
        points += [f"{x:.1f},{y:.1f}", f"{x:.1f},{y - row:.1f}"]
    return tag("path", d=f"M{edge:.1f},{foot:.1f}L" + "L".join(points), class_="census")


def stacked_weeks(weeks: Mapping[date, Sequence[float]], classes: Sequence[str]) -> Drawing:
    """Draw stacked bars, one per week.

    Parameters
    ----------
    weeks : mapping
        Monday -> doses by product; every week between the first and the last.
    classes : sequence of str
        One per product, for the style sheet.

    Returns
    -------
    callable
    """

    def draw(width: int) -> tuple[float, list[str]]:
        wide = width > WIDE_FROM
        left, foot, top = (74, 300, 14) if wide else (68, 230, 14)
        ticks = steps(max(sum(week) for week in weeks.values()), 5 if wide else 4)
        scale, step = (foot - top) / ticks[-1], (width - left - 4) / len(weeks)
        parts = []
        for tick in ticks:
            y = foot - tick * scale
            parts += [rule(left, y, width, y), label(left - 8, y + 4, short(tick), "end")]
        parts += _month_labels(list(weeks), left, step, foot, 60 if wide else 52)
        for k, week in enumerate(weeks.values()):
            y = float(foot)
            for doses, kind in zip(week, classes, strict=True):
                height = doses * scale
                y -= height
                if height > 0:
                    thick = max(step - 1.5, 1)
                    parts.append(
                        tag("rect", x=left + k * step, y=y, width=thick, height=height, class_=kind)
                    )
        return foot + 26, parts

    return draw


def _month_labels(
    mondays: Sequence[date], left: float, step: float, foot: float, room: float
) -> list[str]:
    """Name the first week of every month, or of every second, third ... where they are many."""
    every = max(1, math.ceil(room / (step * WEEKS_OF_MONTH)))
    end = left + len(mondays) * step
    parts: list[str] = []
    for k, monday in enumerate(mondays):
        begins = monday.day <= DAYS_OF_WEEK and (monday.month - 1) % every == 0
        x = left + k * step
        if begins and x <= end - room * 0.8:
            parts += [
                rule(x, foot, x, foot + 5, "axis"),
                label(x, foot + 19, f"{monday.month}/{monday.year}"),
            ]
    return parts


def scatter(points: Sequence[tuple[float, float]], share: float) -> Drawing:
    """Draw points of (census, made) on logarithmic axes, with the line of equal growth.

    Parameters
    ----------
    points : sequence of tuple
        Both positive.
    share : float
        Made / census of all points together.

    Returns
    -------
    callable
    """

    def draw(width: int) -> tuple[float, list[str]]:
        left, foot, top = (74, 330, 10) if width > WIDE_FROM else (70, 260, 10)
        lowest = min(x for x, _ in points) / 1.3
        highest = max(x for x, _ in points) * 1.3
        across = math.log(highest / lowest)

        def x_of(value: float) -> float:
            return left + (width - left - 10) * math.log(value / lowest) / across

        def y_of(value: float) -> float:
            return foot - (foot - top) * math.log(value / lowest / share) / across

        parts = []
        wide = width > WIDE_FROM
        for tick in _decades(lowest, highest, 9 if wide else 4):
            parts += [
                rule(x_of(tick), top, x_of(tick), foot),
                label(x_of(tick), foot + 17, short(tick), "middle"),
            ]
        for tick in _decades(lowest * share, highest * share, 9):
            parts += [
                rule(left, y_of(tick), width - 10, y_of(tick)),
                label(left - 8, y_of(tick) + 4, short(tick), "end"),
            ]
        parts.append(rule(left, foot, width - 10, top, "census"))
        for x, y in points:
            at = min(max(y_of(y), top), foot)
            parts.append(tag("circle", cx=x_of(x), cy=at, r=3, class_="dot"))
        parts.append(label(width - 10, foot + 36, "Dân số 2019", "end", "strong"))
        parts.append(label(left + 8, top + 12, "Tạo ra", "start", "strong"))
        return foot + 44, parts

    return draw


def _decades(lowest: float, highest: float, at_most: int) -> list[float]:
    """Return 1, 2, 5, 10, 20 ... between two numbers; thinned out where there are many."""
    low, high = math.floor(math.log10(lowest)), math.ceil(math.log10(highest))
    fine = [(k, k * 10.0**e) for e in range(low, high + 1) for k in (1, 2, 5)]
    inside = [(k, value) for k, value in fine if lowest <= value <= highest]
    rough = [value for k, value in inside if k == 1]
    return rough if len(inside) > at_most and rough else [value for _, value in inside]


def histogram(counts: Sequence[int], edges: Sequence[float], marks: Sequence[float]) -> Drawing:
    """Draw how many units have which share.

    Parameters
    ----------
    counts : sequence of int
        Units per bin.
    edges : sequence of float
        Shares between the bins, one more than there are bins.
    marks : sequence of float
        Shares at which an upright line stands.

    Returns
    -------
    callable
    """
    across = edges[-1] - edges[0]

    def draw(width: int) -> tuple[float, list[str]]:
        wide = width > WIDE_FROM
        left, foot, top = (48, 190, 12) if wide else (34, 160, 12)
        ticks = steps(max(counts), 4)
        scale, step = (foot - top) / ticks[-1], (width - left - 24) / len(counts)
        parts = []
        for tick in ticks:
            y = foot - tick * scale
            parts += [rule(left, y, width, y), label(left - 8, y + 4, short(tick), "end")]
        every = math.ceil(len(edges) / (12 if wide else 5))
        digits = 0 if all(abs(100 * e - round(100 * e)) < 1e-6 for e in edges[::every]) else 1
        for k, edge in enumerate(edges):
            x = left + k * step
            if k < len(counts) and counts[k]:
                height = counts[k] * scale
                y = foot - height
                parts.append(
                    tag("rect", x=x + 1, y=y, width=step - 2, height=height, class_="made")
                )
            if k % every == 0:
                parts.append(label(x, foot + 17, percent(edge, digits), "middle"))
        for share in marks:
            x = left + min(max((share - edges[0]) / across, 0), 1) * step * len(counts)
            parts.append(rule(x, top, x, foot, "census"))
        return foot + 24, parts

    return draw


def age_bars(
    name: str, title: str, text: str, found: Sequence[float], census: Sequence[float], top: float
) -> str:
    """Draw a small column chart of one district's ages with the outline of the census.

    Parameters
    ----------
    name, title, text : str
        As for `figure`.
    found, census : sequence of float
        Shares by age group.
    top : float
        The highest share of all districts: they have one scale.

    Returns
    -------
    str
    """
    width, height = 180.0, 56.0
    step = width / len(found)
    parts = [
        tag(
            "rect",
            x=k * step + 0.75,
            y=height - share / top * height,
            width=step - 1.5,
            height=share / top * height,
            class_="made",
        )
        for k, share in enumerate(found)
    ]
    corners = [
        f"{x:.1f},{height - share / top * height:.1f}"
        for k, share in enumerate(census)
        for x in (k * step, (k + 1) * step)
    ]
    parts.append(tag("path", d="M" + "L".join(corners), class_="census"))
    parts.append(rule(0, height, width, height, "axis"))
    return picture(name, "small", width, title, text, height + 1, parts)
