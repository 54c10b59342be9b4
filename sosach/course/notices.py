"""What a notebook tells a learner: a short notice, with hints that open step by step."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import wraps
from html import escape
from typing import Concatenate, ParamSpec, TypeVar

from generator.problems import Problem
from sosach.grading.artefacts import Refusal

__all__ = ["Steps", "ThongBao", "answers_in_words"]

P = ParamSpec("P")
S = TypeVar("S")

_LOOK = {"tin": ("#1f5fa8", ""), "duoc": ("#1b6e2d", "✓ "), "loi": ("#a3260f", "✗ ")}


@dataclass(frozen=True)
class Steps:
    """Something to work out: its name, and what opens one step after another."""

    name: str
    steps: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class ThongBao:
    """A notice; as the last value of a cell Jupyter shows it as a box.

    Parameters
    ----------
    title : str
        One sentence.
    lines : sequence of str
        Further sentences.
    kind : str
        ``tin`` (plain), ``duoc`` (done) or ``loi`` (something to put right).
    hints : sequence of Steps
        Shown below, closed.
    """

    title: str
    lines: Sequence[str] = ()
    kind: str = "tin"
    hints: Sequence[Steps] = ()

    def __str__(self) -> str:
        said = [_LOOK[self.kind][1] + self.title, *self.lines]
        for hint in self.hints:
            said += [hint.name, *(f"  {label}: {text}" for label, text in hint.steps)]
        return "\n".join(said)

    def __repr__(self) -> str:
        return str(self)

    def _repr_html_(self) -> str:
        color, mark = _LOOK[self.kind]
        lines = "".join(f"<div>{escape(line)}</div>" for line in self.lines)
        hints = "".join(map(_details, self.hints))
        return (
            f'<div style="border-left:5px solid {color};padding:6px 12px;font-size:15px;'
            f'line-height:1.5;font-family:var(--jp-content-font-family,sans-serif)"><b>{mark}{escape(self.title)}</b>'
            f"{lines}{hints}</div>"
        )


def answers_in_words(
    method: Callable[Concatenate[S, P], ThongBao],
) -> Callable[Concatenate[S, P], ThongBao]:
    """Let a method answer every trouble of the learner's making by a notice, not by a traceback.

    Parameters
    ----------
    method : callable
        A method that returns a notice.

    Returns
    -------
    callable
        The same, with problems, refused files and a full or read-only disk said in words.
    """

    @wraps(method)
    def answer(self: S, /, *args: P.args, **kwargs: P.kwargs) -> ThongBao:
        try:
            return method(self, *args, **kwargs)
        except (Problem, Refusal) as problem:
            return ThongBao(str(problem), kind="loi")
        except OSError as error:
            return ThongBao(
                f"Chưa ghi hoặc đọc được tệp: {error.strerror} ({error.filename}).",
                [
                    "Hãy xem ổ đĩa còn chỗ không, tệp có đang mở trong Excel không, rồi làm lại.",
                    "Bài đã lưu trước đó vẫn còn nguyên.",
                ],
                kind="loi",
            )

    return answer


def _details(hint: Steps) -> str:
    steps = "".join(
        f'<details style="margin-left:18px"><summary style="min-height:30px;cursor:pointer">'
        f"{escape(label)}</summary><div style='margin:0 0 6px 18px'>{escape(text)}</div></details>"
        for label, text in hint.steps
    )
    return (
        '<details style="margin-top:6px"><summary style="min-height:36px;cursor:pointer">'
        f"<b>{escape(hint.name)}</b></summary>{steps}</details>"
    )
