"""A screen whose state the kernel holds: the page paints it and tells what was pressed.

What is typed into it (a PIN, a PUK) travels as a message and is never part of the state, so it
is not saved with the notebook either.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import anywidget
import traitlets

from generator.problems import Problem
from sosach.review.bundle import script, style
from sosach.review.trouble import Trouble

__all__ = ["Bang"]

#: does what was pressed, with what was typed, and says in a sentence what has become of it
Act = Callable[..., str]
#: whatever JSON can hold
State = dict[str, Any]
UNREADABLE = "Màn hình gửi một việc không đọc được. Hãy chạy lại ô này."


class Bang(anywidget.AnyWidget):
    """A panel with its state, and what can be done with it.

    Parameters
    ----------
    kind : str
        Which view of ``page/panel.js`` paints it.
    look : callable
        Returns what is to be seen now.
    acts : mapping, optional
        Name of an act -> what does it; a `Problem` that it raises is said and nothing more.
    """

    _esm = script("panel")
    _css = style() + style("panel")
    loai = traitlets.Unicode().tag(sync=True)
    trang_thai = traitlets.Dict().tag(sync=True)
    vua_noi = traitlets.Dict().tag(sync=True)

    def __init__(
        self, kind: str, look: Callable[[], State], acts: Mapping[str, Act] | None = None
    ) -> None:
        self._look, self._acts, self._said = look, acts or {}, 0
        super().__init__(loai=kind, trang_thai=look(), vua_noi={"so": 0, "cau": "", "duoc": True})
        self.on_msg(self._hear)

    def lam(self, viec: str, **phan: str) -> str:
        """Do what a press does.

        Parameters
        ----------
        viec : str
            Name of the act.
        **phan : str
            What was typed.

        Returns
        -------
        str
            What the screen says; a refusal is a sentence too.

        Raises
        ------
        Trouble
            If there is no such act.
        """
        if viec not in self._acts:
            message = f"Màn hình này không có việc '{viec}'."
            raise Trouble(message)
        try:
            sentence, good = self._acts[viec](**phan), True
        except Problem as problem:
            sentence, good = str(problem), False
        return self._say(sentence, good)

    def xem_lai(self) -> None:
        """Look again: something else has changed what is shown."""
        self.trang_thai = self._look()

    def _say(self, sentence: str, good: bool) -> str:
        self.xem_lai()
        self._said += 1
        self.vua_noi = {"so": self._said, "cau": sentence, "duoc": good}
        return sentence

    def _hear(self, _: object, content: Any, __: object) -> None:  # noqa: ANN401 - from a browser
        try:
            self.lam(str(content["viec"]), **{k: str(v) for k, v in content["phan"].items()})
        except (Trouble, TypeError, KeyError, AttributeError):
            self._say(UNREADABLE, good=False)
