"""What one trainee is told about one exercise: a page as plain data, drawn by the template."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sosach.classroom.words import local_time, mastery_in_words
from sosach.grading.rubrics.words import cause_in_words
from sosach.publish.report_words import decimal, percent

__all__ = ["FIRST", "Marks", "Person", "feedback_page"]

#: wrong items explained on the first printed page, and in the whole page at most
FIRST, SHOWN = 12, 200
#: points smaller than this are rounding
DUST = 1e-3

_DOCUMENT = re.compile(r"(?:CV|QĐ|NĐ|NQ|Luật|Thông tư) \d+(?:/\d{4})?")

Outcome = Mapping[str, Any]
Cell = Mapping[str, Any]


@dataclass(frozen=True)
class Person:
    """Who is told, of which class, and when the work was received (UTC, "" if unknown)."""

    trainee: str
    name: str = ""
    unit: str = ""
    class_name: str = ""
    received: str = ""


@dataclass(frozen=True)
class Marks:
    """Points as the gradebook has them, the late penalty already taken off."""

    points: float
    max_points: float
    penalty: float = 0.0


@dataclass(frozen=True)
class _Loss:
    """One wrong item and the task that it is of."""

    task: Outcome
    wrong: Mapping[str, Any]


def feedback_page(
    about: Mapping[str, Any], cells: Sequence[Cell], marks: Marks, person: Person
) -> dict[str, Any]:
    """Return everything that the feedback page shows, as text and numbers.

    Parameters
    ----------
    about : mapping
        ``nb.metadata.sosach``: ``title, documents, repairs`` and perhaps ``amended``, sentences
        about answers accepted after an appeal.
    cells : sequence of mapping
        ``source`` and ``metadata`` of the marked notebook's cells, in order.
    marks : Marks
        Of the whole exercise.
    person : Person
        Whose page it is.

    Returns
    -------
    dict
        What the template ``phieu_nhan_xet`` reads. Nothing in it is markup.
    """
    outcomes = [c["metadata"]["sosach"] for c in cells if c["metadata"].get("sosach")]
    losses = [_Loss(outcome, wrong) for outcome in outcomes for wrong in outcome["wrong"]]
    losses.sort(key=lambda loss: -loss.wrong["lost"])
    first = _blocks(losses[:FIRST])
    told = {block["example"] for block in first}
    rest = [_shortened(block, told) for block in _blocks(losses[FIRST:SHOWN])]
    return {
        "title": about["title"],
        "person": {**vars(person), "received": local_time(person.received)},
        "points": decimal(marks.points),
        "max_points": decimal(marks.max_points),
        "percent": percent(marks.points / marks.max_points, 0) if marks.max_points else "",
        "summary": _summary(outcomes, _blocks(losses)),
        "notes": list(dict.fromkeys(_notes(about, outcomes, marks))),
        "tasks": [_task(c) for c in cells if c["metadata"].get("sosach")],
        "first": first,
        "n_rest": len(losses) - FIRST,
        "rest": rest,
        "n_left_out": len(losses) - SHOWN,
        "mastery": _mastery(outcomes),
        "answers": [_answer(cell) for cell in cells if _is_manual(cell)],
        "documents": _documents(about["documents"], losses),
    }


def _summary(outcomes: Sequence[Outcome], blocks: Sequence[Mapping[str, Any]]) -> str:
    """Say in one or two sentences how it went."""
    judged = [outcome for outcome in outcomes if outcome["n_items"]]
    if not judged:
        return ""
    counts = [f"{o['n_items'] - len(o['wrong'])} trên {o['n_items']} {o['unit']}" for o in judged]
    if not blocks:
        return f"Đúng {', '.join(counts)}. Anh/chị đã làm đúng tất cả."
    return f"Đúng {', '.join(counts)}. Mất nhiều điểm nhất: {blocks[0]['title']}."


def _notes(about: Mapping[str, Any], outcomes: Sequence[Outcome], marks: Marks) -> Iterable[str]:
    """Yield what is to be said of the whole: penalty, repairs, appeals, the files, the sums."""
    if marks.penalty > 0:
        yield f"Đã trừ {decimal(marks.penalty)} điểm vì nộp trễ."
    yield from about["repairs"]
    yield from about.get("amended", [])
    for outcome in outcomes:
        yield from outcome["notes"]
        gone = outcome["max_points"] - outcome["points"]
        beside = gone - sum(wrong["lost"] for wrong in outcome["wrong"])
        if outcome["n_items"] and beside > DUST:
            yield f"Trừ thêm {decimal(beside)} điểm vì những mã không có trong gói bài."
        if outcome["n_items"] and beside < -DUST:
            yield (
                f"Cộng lại, các chỗ chưa đúng trừ nhiều hơn {decimal(outcome['max_points'])} điểm. "
                "Điểm thấp nhất của một phần là 0."
            )


def _task(cell: Cell) -> dict[str, Any]:
    """Return one line of the table of tasks, points as the gradebook has them."""
    outcome, mark = cell["metadata"]["sosach"], cell["metadata"].get("nbgrader", {})
    points = mark.get("score", outcome["points"])
    right = outcome["n_items"] - len(outcome["wrong"])
    return {
        "title": outcome["title"],
        "right": f"{right}/{outcome['n_items']} {outcome['unit']}" if outcome["n_items"] else "–",
        "points": f"{decimal(points)}/{decimal(outcome['max_points'])}",
        "by_hand": abs(points - outcome["points"]) > DUST,
    }


def _blocks(losses: Iterable[_Loss]) -> list[dict[str, Any]]:
    """Gather wrong items under their errors, those that cost most first."""
    blocks: dict[tuple[str, ...], list[_Loss]] = {}
    for loss in losses:
        key = (loss.task["title"], *loss.wrong["causes"], loss.wrong["example"])
        blocks.setdefault(key, []).append(loss)
    found = [_block(group) for group in blocks.values()]
    return sorted(found, key=lambda block: -block["cost"])


def _block(losses: Sequence[_Loss]) -> dict[str, Any]:
    """Return what is said of one kind of error: reasons, document, an example like it."""
    task, wrong = losses[0].task, losses[0].wrong
    reasons: dict[str, list[dict[str, str]]] = {}
    for loss in losses:
        item = {"item": loss.wrong["item"], "lost": _cost(loss.wrong["lost"])}
        reasons.setdefault(loss.wrong["text"], []).append(item)
    cost = sum(loss.wrong["lost"] for loss in losses)
    return {
        "title": "; ".join(cause_in_words(task["rubric"], c) for c in wrong["causes"] or [""]),
        "task": task["title"],
        "cost": cost,
        "lost": _cost(cost),
        "reasons": [{"text": text, "records": records} for text, records in reasons.items()],
        "basis": wrong["basis"],
        "rule": wrong["rule"],
        "example": wrong["example"],
    }


def _shortened(block: dict[str, Any], told: Collection[str]) -> dict[str, Any]:
    """Leave out rule and example where they stand further up."""
    return {**block, "rule": "", "example": ""} if block["example"] in told else block


def _cost(points: float) -> str:
    """Say what something cost."""
    if points < DUST:
        return "không trừ"
    return f"–{decimal(points)}" if points >= 0.01 else "dưới 0,01"


def _mastery(outcomes: Iterable[Outcome]) -> list[dict[str, Any]]:
    """Return how well every error type is known, the weakest first."""
    sums: dict[str, list[int]] = {}
    for outcome in outcomes:
        for cause, (right, every) in outcome["mastery"].items():
            known = sums.setdefault(cause_in_words(outcome["rubric"], cause), [0, 0])
            known[0] += right
            known[1] += every
    ranked = sorted(sums.items(), key=lambda entry: entry[1][0] / entry[1][1])
    return [
        {
            "name": name,
            "right": right,
            "every": every,
            "percent": round(100 * right / every),
            "level": mastery_in_words(right, every),
        }
        for name, (right, every) in ranked
    ]


def _is_manual(cell: Cell) -> bool:
    """Tell whether a person marks this cell, or has written about it."""
    mark = cell["metadata"].get("nbgrader", {})
    by_hand = mark.get("task") or (mark.get("solution") and mark.get("grade"))
    return bool(by_hand or (mark.get("solution") and _comment(mark)))


def _answer(cell: Cell) -> dict[str, Any]:
    """Return an answer that a person marks, with the trainer's comment."""
    mark = cell["metadata"]["nbgrader"]
    graded = "score" in mark
    return {
        "title": mark.get("grade_id", ""),
        "points": f"{decimal(mark['score'])}/{decimal(mark['points'])}" if graded else "",
        "source": cell["source"],
        "comment": _comment(mark),
    }


def _comment(mark: Mapping[str, Any]) -> str:
    """Return what the trainer wrote; nbgrader's own remark on an empty cell is English."""
    comment = mark.get("comment") or ""
    return "" if comment == "No response." else comment


def _documents(known: Iterable[str], losses: Iterable[_Loss]) -> list[dict[str, Any]]:
    """Return what to read again: documents, with the number of lost items that rest on each."""
    names = {(_DOCUMENT.match(name) or [name])[0]: name for name in known}
    counts = dict.fromkeys(names, 0)
    for loss in losses:
        for key in dict.fromkeys(_DOCUMENT.findall(loss.wrong["basis"])):
            counts[key] = counts.get(key, 0) + 1
    ranked = sorted(counts.items(), key=lambda entry: -entry[1])
    return [{"name": names.get(key, key), "n": n} for key, n in ranked]
