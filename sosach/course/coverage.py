"""Which error and trap is taught by which lesson and graded by which exercise."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

from generator.facts import table
from sosach.course.coverage_signing import signing_table, signing_taught
from sosach.course.trial import lessons
from sosach.grading.rubrics.words import cause_in_words
from sosach.grading.specs import ExerciseSpec, load_spec

__all__ = ["APART", "coverage", "graded", "missing", "taught"]

#: errors of the taxonomy that the course leaves out, and why
APART = {
    "E21": "hai cách viết nhìn giống hệt nhau, không có gì để thấy nên không chấm",
}
#: what lies on the desk beside the register -> errors that it brings, beside those of the recipe
BROUGHT = {
    "phan_anh": ("E80", "E81", "E82", "E83", "E84"),
    "chong_phieu": ("E50", "E80"),
    "trang_thai": ("E91",),
    "token_va_chung_thu": ("E93", "E94"),
    "token_cua_tram": ("E91", "E93"),
    "can_kiem_tra_chu_ky": ("E92", "E93"),
    "ho_chieu": ("E91", "E95"),
    "lo_ky_do_dang": ("E40", "E91", "E92", "E93"),
}
#: rubrics that judge no record of the register: what its recipe spoils is only counted or asked about
OTHER_THINGS = {"figures", "feedback_queue", "verdicts"}

HEAD = """# Bảng bao phủ

Mỗi lỗi và mỗi bẫy được dạy ở bài nào, chấm ở bài tập nào.
Bảng này do `sosach course build` dựng từ hồ sơ mẫu và màn hình của các bài học (`sosach/course/samples/`, `notebooks/text/`), và từ công thức của các bài tập (`solutions/*.toml`).
Mã lỗi giải thích ở [từ điển dữ liệu](tu_dien_du_lieu.md).

| Mã | Lỗi hoặc bẫy | Hồ sơ mẫu trong bài học | Bài tập chấm |
|---|---|---|---|
"""
FOOT = """
Không nằm trong bảng:

"""


def coverage(root: Path) -> str:
    """Return the table as Markdown.

    Parameters
    ----------
    root : Path
        Folder that holds ``solutions/``.

    Returns
    -------
    str
    """
    in_lessons, in_exercises = taught(root), graded(root)
    rows = [
        f"| {error} | {_name(error)} | {'; '.join(in_lessons.get(error, []))} "
        f"| {', '.join(in_exercises.get(error, []))} |"
        for error in _covered()
    ]
    apart = [f"* {error}, {_name(error)}: {why}." for error, why in APART.items()]
    return HEAD + "\n".join(rows) + "\n" + FOOT + "\n".join(apart) + "\n" + signing_table(root)


def missing(root: Path) -> dict[str, list[str]]:
    """Return the errors and traps that no lesson teaches or no exercise grades.

    Parameters
    ----------
    root : Path
        Folder that holds ``solutions/``.

    Returns
    -------
    dict
        ``"taught"`` and ``"graded"`` -> errors that are in none.
    """
    found = {"taught": taught(root), "graded": graded(root)}
    return {name: [e for e in _covered() if e not in some] for name, some in found.items()}


def taught(root: Path) -> dict[str, list[str]]:
    """Return for every error the lessons with their records that show it: ``bài 2: TH01, TH02``.

    Parameters
    ----------
    root : Path
        Folder that holds ``notebooks/``: lessons on signing show no records but screens.

    Returns
    -------
    dict
    """
    found = defaultdict(list)
    for number, lesson in lessons().items():
        shown = defaultdict(list)
        for sample in lesson.records:
            for error in sample.about:
                shown[error].append(sample.id)
        for error, names in shown.items():
            found[error].append(f"bài {int(number)}: {', '.join(names)}")
    for error, names in signing_taught(root).items():
        found[error] += names
    return dict(found)


def graded(root: Path) -> dict[str, list[str]]:
    """Return for every error the exercises that judge a decision about it.

    Parameters
    ----------
    root : Path
        Folder that holds ``solutions/``.

    Returns
    -------
    dict
        Error -> ids of exercises, in order.
    """
    found = defaultdict(list)
    for path in sorted(root.glob("solutions/*.toml")):
        spec = load_spec(path)
        for error in _judged(spec):
            found[error].append(spec.id)
    return dict(found)


def _judged(spec: ExerciseSpec) -> Iterable[str]:
    """Return the errors and traps that an exercise judges, each once."""
    brought = [error for name in spec.material for error in BROUGHT.get(name, ())]
    rubrics = {task.rubric for task in spec.tasks}
    if rubrics <= OTHER_THINGS:
        return brought
    return dict.fromkeys([*_codes(spec.recipe.errors), *_codes(spec.recipe.decoys), *brought])


def _codes(recipe: Mapping[str, object]) -> Iterable[str]:
    return (code for together in recipe for code in together.split("|"))


def _covered() -> list[str]:
    return [row["error_id"] for row in table("error_taxonomy") if row["error_id"] not in APART]


def _name(error: str) -> str:
    return cause_in_words("decisions", error)
