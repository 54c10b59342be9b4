"""A question with buttons: the learner tries, and at once reads why."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import ipywidgets as widgets

__all__ = ["CauHoi", "cau_hoi"]

RIGHT, WRONG, CHOSEN = "Đúng.", "Chưa đúng.", "✓ "
LOOK = {RIGHT: "#1b6e2d", WRONG: "#a3260f"}
#: as large as everywhere on the workbench, and as easy to hit
STYLE = """<style>
.ss-cau-hoi { font: 16px/1.5 "Segoe UI", "Noto Sans", system-ui, sans-serif; max-width: 900px; }
.ss-cau-hoi .widget-html-content { font-size: 16px; line-height: 1.5; }
.ss-cau-hoi .widget-button { height: auto; min-height: 44px; line-height: 1.3; white-space: pre-line;
  font-size: 16px; padding: 6px 16px; margin: 3px; border: 1px solid var(--jp-border-color1, #888);
  border-radius: 9px; color: var(--jp-content-font-color0, #111);
  background: var(--jp-layout-color1, #fff); }
.ss-cau-hoi .widget-button:focus-visible { outline: 3px solid #0b57d0; outline-offset: 1px; }
.ss-loi-nhan { border-left: 5px solid; padding: 6px 12px; background: var(--jp-layout-color2, #eee); }
</style>"""


class CauHoi(widgets.VBox):  # type: ignore[misc] # ipywidgets ships no types
    """A question of a lesson with its buttons and the answer to the one that was pressed."""

    def __init__(self, question: str, options: Sequence[tuple[str, bool, str]]) -> None:
        self._options = list(options)
        self._reply = widgets.HTML('<div aria-live="polite"></div>')
        self._buttons = [self._button(i, text) for i, (text, _, _) in enumerate(self._options)]
        row = widgets.HBox(self._buttons, layout=widgets.Layout(flex_flow="row wrap"))
        super().__init__([widgets.HTML(f"{STYLE}<b>{escape(question)}</b>"), row, self._reply])
        self.add_class("ss-cau-hoi")

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
        word = RIGHT if right else WRONG
        self._reply.value = (
            f'<div class="ss-loi-nhan" style="border-color:{LOOK[word]}" aria-live="polite">'
            f"<b>{word}</b> {escape(why)}</div>"
        )
        for i, made in enumerate(self._buttons):
            made.description = (CHOSEN if i == place else "") + self._options[i][0]
        return right

    def _button(self, place: int, text: str) -> widgets.Button:
        made = widgets.Button(description=text, layout=widgets.Layout(width="auto"))
        made.on_click(lambda _: self.tra_loi(place))
        return made


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
