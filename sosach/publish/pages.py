"""Pages for people: one file each, with its style inside; no network and no script needed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from importlib.resources import files
from string import Template

from sosach.publish.report_words import tag, words
from sosach.publish.workbook import BANNER

__all__ = ["legend", "printed_sheet", "section", "sentence", "style", "whole_page"]

TEMPLATES = files("sosach.publish") / "templates"


def style(*names: str) -> str:
    """Return the style of a page, below the colours and letters that all pages share.

    Parameters
    ----------
    *names : str
        File names of the page's own sheets, as ``bao_cao.css``.

    Returns
    -------
    str
    """
    sheets = (TEMPLATES / name for name in ("mau.css", *names))
    return "\n".join(sheet.read_text(encoding="utf-8") for sheet in sheets)


def whole_page(title: str, body: Iterable[str], *sheets: str) -> str:
    """Return a page under the banner.

    Parameters
    ----------
    title : str
        Plain text.
    body : iterable of str
        Markup, in order.
    *sheets : str
        Its style sheets.

    Returns
    -------
    str
        HTML that is XML as well.
    """
    return _filled("trang.html", title, body, sheets, banner=BANNER)


def printed_sheet(title: str, body: Iterable[str], *sheets: str, note: str) -> str:
    """Return a page to print that shows no invented data and so bears no banner.

    Parameters
    ----------
    title : str
        Plain text.
    body : iterable of str
        Markup, in order.
    *sheets : str
        Its style sheets.
    note : str
        Plain text at the foot.

    Returns
    -------
    str
        HTML that is XML as well.
    """
    return _filled("to_in.html", title, body, sheets, note=words(note))


def _filled(
    template: str, title: str, body: Iterable[str], sheets: Iterable[str], **more: str
) -> str:
    text = Template((TEMPLATES / template).read_text(encoding="utf-8"))
    return text.substitute(title=words(title), style=style(*sheets), body="\n".join(body), **more)


def section(name: str, title: str, *parts: str) -> str:
    """Write one part of the page under a heading."""
    return tag("section", tag("h2", words(title), id=name), *parts, aria_labelledby=name)


def sentence(text: str, kind: str | None = None) -> str:
    """Write a paragraph of plain text."""
    return tag("p", words(text), class_=kind)


def legend(entries: Mapping[str, str]) -> str:
    """Say which class of drawing stands for what."""
    items = [
        tag("li", tag("span", class_=f"key {kind}", aria_hidden="true"), words(text))
        for kind, text in entries.items()
    ]
    return tag("ul", *items, class_="legend")
