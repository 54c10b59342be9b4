"""A question with buttons: the learner tries, and at once reads why."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from html import escape

import ipywidgets as widgets

from sosach.review.card import style_html
from sosach.review.parts import button
from sosach.review.strings import UI

__all__ = ["CauHoi", "cau_hoi"]


class CauHoi(widgets.VBox):  # type: ignore[misc] # ipywidgets ships no types
    """A question of a lesson with its buttons and the answer to the one that was pressed."""

    def __init__(self, question: str, options: Sequence[tuple[str, bool, str]]) -> None:
        self._options = list(options)
        self._reply = widgets.HTML('<div aria-live="polite"></div>')
        self._buttons = [
            button(text, partial(self.tra_loi, i)) for i, (text, _, _) in enumerate(self._options)
        ]
        row = widgets.HBox(self._buttons, layout=widgets.Layout(flex_flow="row wrap"))
        head = widgets.HTML(f"{style_html()}<b>{escape(question)}</b>")
        super().__init__([head, row, self._reply])
        self.add_class("ss-man-hinh")

    @property
    def reply(self) -> str:
        """HTML of the answer that stands below the buttons."""
        return str(self._reply.value)

    def tra_loi(self, place: int) -> bool:
        """Press a button.

        Parameters
        ----------
        place : int
            Which option, counted from 0.

        Returns
        -------
        bool
            Whether it was right.
        """
        _, right, why = self._options[place]
        word, look = (UI["right"], "ss-dung") if right else (UI["wrong"], "ss-sai")
        self._reply.value = (
            f'<div class="ss-loi-nhan {look}" aria-live="polite"><b>{word}</b> {escape(why)}</div>'
        )
        for i, made in enumerate(self._buttons):
            mark = UI["chosen"] if i == place else ""
            made.description = mark + self._options[i][0]
        return right


def cau_hoi(question: str, *options: tuple[str, bool, str]) -> CauHoi:
    """Make a question of a lesson.

    Parameters
    ----------
    question : str
        What is asked, in Vietnamese.
    *options : (str, bool, str)
        Text of the button, whether it is right, and the sentence that explains it.

    Returns
    -------
    CauHoi
        A widget; ``tra_loi(0)`` does what a click on the first button does.
    """
    return CauHoi(question, options)
