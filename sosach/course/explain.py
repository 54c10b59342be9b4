"""What practice says about the work: every wrong record, with hints that open step by step."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files

from sosach.course.notices import Steps, ThongBao
from sosach.grading.rubrics import Expected, Key, Reason
from sosach.grading.scoring import TaskResult
from sosach.grading.specs import ExerciseSpec

__all__ = ["explain", "hints_of"]

STEP_NAMES = {
    "noi_nhin": "Gợi ý 1: nhìn vào đâu",
    "quy_tac": "Gợi ý 2: quy tắc nào",
    "vi_du": "Gợi ý 3: một hồ sơ tương tự đã giải",
}
VERDICT = "Lời giải thích"
SHOWN = 50  # records explained in one notice; the rest when these are put right


def explain(
    results: Sequence[TaskResult],
    spec: ExerciseSpec,
    key: Key,
    names: Mapping[str, str],
    notes: Sequence[str],
) -> ThongBao:
    """Turn marks into a notice for practice.

    Parameters
    ----------
    results : sequence of TaskResult
        What the grader says, one per task of `spec`.
    spec : ExerciseSpec
        The exercise.
    key : Key
        The right answers, for the choice of hints.
    names : mapping
        ma_ho_so -> name of the person.
    notes : sequence of str
        What the learner should know beside the marks.

    Returns
    -------
    ThongBao
        How many are right and the points; per wrong record three hints, then the reason.
    """
    reasons = [
        (reason, task.rubric)
        for task, result in zip(spec.tasks, results, strict=True)
        for reason in result.reasons
    ]
    wrong = [(reason, rubric) for reason, rubric in reasons if not reason.right]
    title = (
        f"Đúng {len(reasons) - len(wrong)}/{len(reasons)} hồ sơ, "
        f"được {_number(sum(r.points for r in results))}"
        f"/{_number(sum(r.max_points for r in results))} điểm luyện tập."
    )
    # the grader notes what reading the file noted already
    lines = list(dict.fromkeys([*notes, *(note for r in results for note in r.notes)]))
    if not wrong:
        return ThongBao(title, [*lines, "Anh/chị đã làm đúng mọi hồ sơ."], kind="duoc")
    lines.append("Bấm vào từng hồ sơ dưới đây, mở từng gợi ý một, rồi sửa bài.")
    if len(wrong) > SHOWN:
        lines.append(f"Hiện {SHOWN} hồ sơ đầu; sửa xong, chạy lại ô này để xem tiếp.")
    hints = [_steps(reason, rubric, key, names) for reason, rubric in wrong[:SHOWN]]
    return ThongBao(title, lines, hints=hints)


def hints_of(expected: Expected, rubric: str) -> list[str]:
    """Return the three hints of a record: where to look, which rule, one like it solved.

    Parameters
    ----------
    expected : Expected
        What is right for the record.
    rubric : str
        By which it is judged.

    Returns
    -------
    list of str
        Three sentences or more each.
    """
    texts = _hints()[rubric][_kind(expected, rubric)]
    return [texts[step] for step in STEP_NAMES]


def _steps(reason: Reason, rubric: str, key: Key, names: Mapping[str, str]) -> Steps:
    code = reason.ma_ho_so
    texts = hints_of(key.records[code], rubric)
    steps = list(zip(STEP_NAMES.values(), texts, strict=True))
    return Steps(f"{names[code]} ({code})", [*steps, (VERDICT, reason.text)])


def _kind(expected: Expected, rubric: str) -> str:
    """Return under which heading of ``hints.toml`` a record's hints stand."""
    if expected.optional:
        return "tuy_chon"
    if expected.groups:
        return min(expected.groups)
    return expected.decoy if expected.decoy in _hints()[rubric] else "sach"


@cache
def _hints() -> dict[str, dict[str, dict[str, str]]]:
    text = (files("sosach.course") / "hints.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def _number(value: float) -> str:
    """Return a number as Vietnamese writes it: a comma, no needless zeros."""
    return f"{value:.2f}".rstrip("0").rstrip(".").replace(".", ",")
