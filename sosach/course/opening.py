"""Opening an exercise in the current folder: what a class handed out, or a practice set."""

from __future__ import annotations

from pathlib import Path

from generator.problems import Problem
from sosach.course.exercise import BaiTap
from sosach.course.workplace import HANDOUT, open_handout, open_practice
from sosach.grading.specs import find_spec, load_spec
from sosach.review import Trouble

__all__ = ["mo_bai"]


def mo_bai(exercise: str, bo: int | None = None, muc: str | None = None) -> BaiTap:
    """Open an exercise in the current folder.

    Parameters
    ----------
    exercise : str
        Exercise id.
    bo : int, optional
        Number of the practice set; the one worked on last, or 1.
    muc : str, optional
        Level for practice, as ``"lam_quen"``.

    Returns
    -------
    BaiTap

    Raises
    ------
    Trouble
        Said in one or two Vietnamese sentences; a notebook shows them without a traceback.
    """
    folder = Path.cwd()
    try:
        spec = load_spec(find_spec(exercise))
        if (folder / HANDOUT).is_file():
            return BaiTap(folder, spec, open_handout(folder, spec))
        return BaiTap(folder, spec, open_practice(folder, spec, bo, muc))
    except Trouble:
        raise
    except Problem as problem:
        raise Trouble(str(problem)) from problem
    except OSError as error:
        message = f"Chưa mở được bài: {error.strerror} ({error.filename})."
        raise Trouble(message) from error
