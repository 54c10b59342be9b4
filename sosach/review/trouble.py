"""Trouble inside a notebook: the learner reads one sentence, never a Python traceback."""

from __future__ import annotations

from generator.problems import Problem

__all__ = ["Trouble"]


class Trouble(Problem):
    """A problem that Jupyter shows as its sentence alone."""

    def _render_traceback_(self) -> list[str]:
        # IPython asks an exception for this before it formats a traceback of its own
        return [str(self)]
