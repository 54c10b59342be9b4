"""One record as a learner reads it: large, plain, nothing that hints at the answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from html import escape
from importlib.resources import files

from generator.facts import table
from sosach.review.strings import COLUMNS, STATUS_NOTE, UI

__all__ = ["card_html", "details_html", "style_html"]

_LARGE = ("ho_ten", "ngay_sinh", "gioi_tinh", "so_giay_to", "tt_xac_minh")
_SMALL = ("so_dien_thoai", "don_vi")
#: the course plays in one province
_PROVINCE = {"79": "Thành phố Hồ Chí Minh"}


def card_html(record: Mapping[str, str]) -> str:
    """Return the identity of one record, and its status, as HTML.

    Parameters
    ----------
    record : mapping
        Columns of ``doi_tuong``; missing ones are left away.

    Returns
    -------
    str
        A card of constant height, so that what stands below does not move; all escaped.
    """
    rows = "".join(_row(COLUMNS[key], record[key], key) for key in _LARGE if key in record)
    return f'<div class="ss-ho-so ss-chinh"><table><tbody>{rows}</tbody></table></div>'


def details_html(record: Mapping[str, str], doses: Iterable[Mapping[str, str]]) -> str:
    """Return what is not compared with the population data: telephone, address, work, doses.

    Parameters
    ----------
    record : mapping
        Columns of ``doi_tuong``; empty ones are left away.
    doses : iterable of mapping
        Rows of ``mui_tiem`` of this record.

    Returns
    -------
    str
        HTML, all escaped.
    """
    small = "".join(_row(COLUMNS[key], record[key], key) for key in _SMALL if record.get(key))
    place = _place(record)
    if place:
        small += _row(COLUMNS["dia_chi"], place, "dia_chi")
    rows = small + _doses(doses)
    return f'<div class="ss-ho-so ss-phu"><table><tbody>{rows}</tbody></table></div>'


@cache
def style_html() -> str:
    """Return the style sheet of the screen as an HTML element."""
    sheet = (files("sosach.review") / "screen.css").read_text(encoding="utf-8")
    return f"<style>{sheet}</style>"


def _place(record: Mapping[str, str]) -> str:
    """Return the address with the names of ward, district and province instead of their codes."""
    parts = [record.get("dia_chi"), record.get("khu_pho"), *_wards().get(record.get("xa", ""), ())]
    parts.append(_PROVINCE.get(record.get("tinh", "")))
    return ", ".join(part for part in parts if part)


@cache
def _wards() -> dict[str, tuple[str, str]]:
    rows = table("hcmc_units_2022")
    return {row["ward_code"]: (row["ward_name"], row["district_name"]) for row in rows}


def _row(label: str, value: str, key: str) -> str:
    shown = escape(value) if value else f'<span class="ss-trong">{UI["empty"]}</span>'
    if key == "tt_xac_minh":
        shown = f'<span class="ss-nhan">{shown}</span> <small>{STATUS_NOTE}</small>'
    return f'<tr><th scope="row">{escape(label)}</th><td class="ss-{key}">{shown}</td></tr>'


def _doses(doses: Iterable[Mapping[str, str]]) -> str:
    keys = ("mui", "ten_vac_xin", "ngay_tiem", "tt_ky")
    lines = [" · ".join(escape(dose[key]) for key in keys if dose.get(key)) for dose in doses]
    if not lines:
        return ""
    return f'<tr><th scope="row">{UI["doses"]}</th><td>{"<br>".join(lines)}</td></tr>'
