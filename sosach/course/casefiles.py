"""Case files of exercises: what the workbench is given, for practice or for a class."""

from __future__ import annotations

from dataclasses import fields

from sosach.course.explained import answers_of, documents
from sosach.course.screens import screen_of
from sosach.course.workplace import Workplace
from sosach.grading.specs import ExerciseSpec
from sosach.review.casefile import CaseFile

__all__ = ["case_of"]


def case_of(spec: ExerciseSpec, place: Workplace) -> CaseFile:
    """Return the case file of an opened exercise.

    Parameters
    ----------
    spec : ExerciseSpec
    place : Workplace
        With its key it is practice, without it a class.

    Returns
    -------
    CaseFile

    Raises
    ------
    Problem
        If there is no screen for what the exercise asks for.
    """
    screen = screen_of(spec, place)
    return CaseFile(
        exercise=place.exercise,
        title=spec.title,
        mode="class" if place.key is None else "practice",
        pack=place.pack,
        class_id=place.class_id,
        trainee="" if place.key else place.trainee,
        documents=documents(),
        key=None if place.key is None else answers_of(spec, place.key),
        **{field.name: getattr(screen, field.name) for field in fields(screen)},
    )
