"""Handed in again: does the new one take the place of the earlier one? The spec's rule decides."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sosach.classroom.folder import ClassFolder
from sosach.classroom.jobs import Job
from sosach.classroom.ledger import Entry
from sosach.classroom.proving import key_for
from sosach.grading.amendments import accepted
from sosach.grading.intake import read_artefacts
from sosach.grading.scoring import TaskResult, score
from sosach.publish.report_words import decimal

__all__ = ["is_better"]


def is_better(
    room: ClassFolder, job: Job, earlier: Entry, artefacts: Mapping[str, bytes], received: str
) -> tuple[bool, str]:
    """Decide whether a new hand-in takes the place of the one that is marked.

    By the rule ``last`` it always does, an empty one too; by ``best`` unless it is worth less,
    late penalties counted.

    Parameters
    ----------
    room : ClassFolder
        The class.
    job : Job
        Whose hand-in for what.
    earlier : Entry
        The one that is marked.
    artefacts : mapping
        The new one: file name -> content.
    received : str
        When it came.

    Returns
    -------
    tuple of bool and str
        Whether it counts, and what trainee and trainer have to know about it.

    Raises
    ------
    Problem
        If the key cannot be made again.
    """
    spec, key = key_for(room.root, job.exercise, job.trainee, artefacts)
    amendments = accepted(room.root, job.exercise)
    results = score(spec, key, artefacts, amendments)
    empty = not any(result.findings for result in results)
    if spec.resubmission == "best":
        submitted = room.submitted(job.exercise, job.trainee)
        given = read_artefacts(submitted)
        _, key = key_for(room.root, job.exercise, job.trainee, given)
        before = score(spec, key, given, amendments)
        old = _worth(room, job, before, earlier.received)
        new = _worth(room, job, results, received)
        if new < old:
            return False, (
                f"Bài nộp lại được {decimal(new)} điểm, thấp hơn bài trước ({decimal(old)} điểm): giữ bài trước, "
                "theo quy định lấy bài có điểm cao hơn."
            )
    nothing = " không có gì chấm được nhưng vẫn" if empty else ""
    return True, (
        f"Bài nộp lại{nothing} thay cho bài trước; {decimal(earlier.points)} điểm của bài trước không "
        "còn tính."
    )


def _worth(room: ClassFolder, job: Job, results: list[TaskResult], received: str) -> float:
    """Return the points of a hand-in less what lateness costs."""
    from sosach.classroom.nbgrader_class import late_penalty

    points = sum(result.points for result in results)
    late = _moment(received) > _moment(job.deadline) if job.deadline else False
    if not late:
        return points
    seconds = (_moment(received) - _moment(job.deadline)).total_seconds()
    return points - late_penalty(room.root, job.trainee, points, seconds)


def _moment(stamp: str) -> datetime:
    return datetime.fromisoformat(stamp.removesuffix(" UTC"))
