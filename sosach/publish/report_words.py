"""Numbers, days and markup as a Vietnamese page writes them."""

from __future__ import annotations

from datetime import date
from html import escape

__all__ = [
    "bars_cell",
    "day",
    "decimal",
    "number",
    "percent",
    "short",
    "signed",
    "table",
    "tag",
    "words",
]

#: written without an end tag; the page is XML as well as HTML, so that a strict parser can check it
EMPTY = frozenset({"br", "circle", "line", "path", "rect"})


def number(value: float) -> str:
    """Write a whole number with points between the thousands.

    Examples
    --------
    >>> number(8993082)
    '8.993.082'
    """
    return f"{round(value):,}".replace(",", ".")


def decimal(value: float, digits: int = 2) -> str:
    """Write a number with a decimal comma and no needless zeros.

    Examples
    --------
    >>> decimal(7.5), decimal(10), decimal(0.333)
    ('7,5', '10', '0,33')
    """
    text = f"{value:.{digits}f}"
    return (text.rstrip("0").rstrip(".") if digits else text).replace(".", ",")


def percent(share: float, digits: int = 1) -> str:
    """Write a share as per cent with a decimal comma.

    Examples
    --------
    >>> percent(0.0587, 2)
    '5,87%'
    """
    return f"{100 * share:.{digits}f}%".replace(".", ",")


def signed(share: float, digits: int = 1) -> str:
    """Write a relative difference with its sign.

    Examples
    --------
    >>> signed(-0.012)
    '–1,2%'
    """
    text = percent(abs(share), digits)
    if text == percent(0, digits):
        return text
    return f"{'+' if share > 0 else '–'}{text}"


def short(value: float) -> str:
    """Write a number for an axis, in thousands or millions.

    Examples
    --------
    >>> short(1_500_000), short(20_000), short(0)
    ('1,5 triệu', '20 nghìn', '0')
    """
    for size, name in ((1_000_000, " triệu"), (1_000, " nghìn")):
        if value >= size:
            return f"{value / size:g}{name}".replace(".", ",")
    return f"{value:g}".replace(".", ",")


def day(value: date) -> str:
    """Write a day as people here do, without leading zeros."""
    return f"{value.day}/{value.month}/{value.year}"


def words(text: str) -> str:
    """Make any text safe to stand in the page."""
    return escape(text, quote=True)


def tag(name: str, *content: str, **attributes: str | float | None) -> str:
    """Write one element.

    Parameters
    ----------
    name : str
    *content : str
        Markup; plain text goes through `words` first.
    **attributes : str, float or None
        ``class_`` stands for ``class``, ``text_anchor`` for ``text-anchor``; None leaves one out.

    Returns
    -------
    str

    Examples
    --------
    >>> tag("rect", x=1, height=2.50, class_="bar")
    '<rect x="1" height="2.5" class="bar"/>'
    """
    opened = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{_value(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    inside = "".join(content)
    if not inside and name in EMPTY:
        return f"<{name}{opened}/>"
    return f"<{name}{opened}>{inside}</{name}>"


def _value(value: str | float) -> str:
    return words(value) if isinstance(value, str) else f"{round(value, 2):g}"


def table(
    caption: str, header: list[str], groups: dict[str, list[list[str]]], kind: str = ""
) -> str:
    """Write a table that becomes a list of cards on a telephone.

    Parameters
    ----------
    caption : str
        Markup.
    header : list of str
        Plain text; the first column names the rows.
    groups : dict
        Heading of a group of rows ("" = none) -> rows of cells, markup.
    kind : str
        Class of the table.

    Returns
    -------
    str
    """
    # the roles stay when a narrow screen shows rows as cards: browsers then forget the table
    heads = [tag("th", words(name), scope="col", role="columnheader") for name in header]
    parts = [
        tag("caption", caption),
        tag("thead", tag("tr", *heads, role="row"), role="rowgroup"),
    ]
    for heading, rows in groups.items():
        title = tag(
            "tr",
            tag("th", words(heading), colspan=len(header), scope="colgroup", role="cell"),
            class_="group",
            role="row",
        )
        lines = [_row(header, row) for row in rows]
        parts.append(tag("tbody", title if heading else "", *lines, role="rowgroup"))
    return tag(
        "div", tag("table", *parts, role="table", class_=kind or None), class_="table", tabindex=0
    )


def _row(header: list[str], row: list[str]) -> str:
    cells = [
        tag("td", cell, data_label=name, role="cell")
        for name, cell in zip(header[1:], row[1:], strict=True)
    ]
    return tag("tr", tag("th", row[0], scope="row", role="rowheader"), *cells, role="row")


def bars_cell(share: float, reference: float | None, top: float) -> str:
    """Draw a small bar for a table cell, with a mark at the reference; the numbers stand beside it.

    Parameters
    ----------
    share, reference : float
        Reference None draws no mark.
    top : float
        What fills the whole width.

    Returns
    -------
    str
    """
    scale = 100 / top if top > 0 else 0
    parts = [tag("rect", x=0, y=2, width=min(100, share * scale), height=6, class_="made")]
    if reference is not None:
        at = min(99, reference * scale)
        parts.append(tag("rect", x=at, y=0, width=1, height=10, class_="mark"))
    return tag(
        "svg",
        *parts,
        class_="cell",
        viewBox="0 0 100 10",
        preserveAspectRatio="none",
        aria_hidden="true",
    )
