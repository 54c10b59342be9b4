"""What practice says about the work: every wrong item, with hints that open step by step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sosach.course.notices import Steps, ThongBao
from sosach.grading.hints import hint
from sosach.grading.rubrics import Finding
from sosach.grading.rubrics.words import UNITS
from sosach.grading.scoring import TaskResult
from sosach.grading.specs import ExerciseSpec
from sosach.publish.report_words import decimal

__all__ = ["explain"]

STEP_NAMES = {
    "noi_nhin": "Gợi ý 1: nhìn vào đâu",
    "quy_tac": "Gợi ý 2: quy tắc nào",
    "vi_du": "Gợi ý 3: một ví dụ tương tự đã giải",
}
VERDICT = "Lời giải thích"
SHOWN = 50  # items explained in one notice; the rest when these are put right


def explain(
    results: Sequence[TaskResult],
    spec: ExerciseSpec,
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
    names : mapping
        ma_ho_so -> name of the person.
    notes : sequence of str
        What the learner should know beside the marks.

    Returns
    -------
    ThongBao
        How many are right and the points; per wrong item three hints, then the reason.
    """
    count = sum(len(result.findings) for result in results)
    wrong = [
        (finding, task.rubric)
        for task, result in zip(spec.tasks, results, strict=True)
        for finding in result.wrong
    ]
    title = (
        f"Đúng {count - len(wrong)}/{count} {UNITS[spec.tasks[0].rubric]}, "
        f"được {decimal(sum(r.points for r in results))}"
        f"/{decimal(sum(r.max_points for r in results))} điểm luyện tập."
    )
    # the grader notes what reading the file noted already
    lines = list(dict.fromkeys([*notes, *(note for r in results for note in r.notes)]))
    if not wrong:
        return ThongBao(title, [*lines, "Anh/chị đã làm đúng tất cả."], kind="duoc")
    lines.append("Bấm vào từng mục dưới đây, mở từng gợi ý một, rồi sửa bài.")
    if len(wrong) > SHOWN:
        lines.append(f"Hiện {SHOWN} mục đầu; sửa xong, chạy lại ô này để xem tiếp.")
    hints = [_steps(finding, rubric, names) for finding, rubric in wrong[:SHOWN]]
    return ThongBao(title, lines, hints=hints)


def _steps(finding: Finding, rubric: str, names: Mapping[str, str]) -> Steps:
    found = hint(rubric, finding)
    steps = [(label, getattr(found, step)) for step, label in STEP_NAMES.items()]
    text = f"{finding.text} Căn cứ: {finding.basis}." if finding.basis else finding.text
    name = names.get(finding.item)
    return Steps(f"{name} ({finding.item})" if name else finding.item, [*steps, (VERDICT, text)])
