"""The parts that the screen is put together from: buttons, filters, one record."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

import ipywidgets as widgets

from sosach.review.card import card_html, details_html, style_html

__all__ = ["button", "dropdown", "the_ho_so"]


def button(text: str, act: Callable[[], object], look: str = "") -> widgets.Button:
    """Return a button at least 44 px high that calls `act`.

    Parameters
    ----------
    text : str
        What it says.
    act : callable
        Called without arguments.
    look : str
        A class of ``screen.css``.
    """
    made = widgets.Button(description=text, layout=widgets.Layout(width="auto"))
    made.add_class("ss-nut")
    if look:
        made.add_class(look)
    made.on_click(lambda _: act())
    return made


def dropdown(label: str, options: list[tuple[str, str]]) -> widgets.Dropdown:
    """Return a list to choose one of; the first option has the value ""."""
    return widgets.Dropdown(
        description=label,
        options=options,
        value="",
        style={"description_width": "initial"},
        layout=widgets.Layout(width="auto"),
    )


def the_ho_so(record: Mapping[str, str], doses: Iterable[Mapping[str, str]] = ()) -> widgets.HTML:
    """Show one record as the screen shows it, without buttons.

    Parameters
    ----------
    record : mapping
        Columns of ``doi_tuong``.
    doses : iterable of mapping
        Its rows of ``mui_tiem``.

    Returns
    -------
    ipywidgets.HTML
        The card.
    """
    card = widgets.HTML(f"{style_html()}{card_html(record)}{details_html(record, doses)}")
    card.add_class("ss-man-hinh")
    return card
