"""The key by which a hand-in is judged: made again, and told which signatures hold."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from sosach.cases.class_pki import CLASS_PKI, ClassPki
from sosach.cases.signing.proofs import batches_of, delegations_of, proved
from sosach.classroom.handouts import regenerate_case
from sosach.grading.rubrics import Key
from sosach.grading.specs import ExerciseSpec
from sosach.grading.stopwatch import part

__all__ = ["key_for"]


def key_for(
    class_folder: Path, exercise: str, trainee: str, files: Mapping[str, bytes]
) -> tuple[ExerciseSpec, Key]:
    """Make a trainee's key again and look at the signatures that were handed in with it.

    Parameters
    ----------
    class_folder : Path
        The class.
    exercise, trainee : str
        Whose key for what.
    files : mapping
        What was handed in.

    Returns
    -------
    tuple of ExerciseSpec and Key

    Raises
    ------
    Problem
        As `regenerate_case`, or if the class has lost its trust anchors.
    """
    spec, case = regenerate_case(class_folder, exercise, trainee)
    if not case.key.doses or not any(batches_of(files)):
        return spec, case.key
    with part("signatures"):
        trust = ClassPki(class_folder / CLASS_PKI).trust
        may = delegations_of(case.files["co_so"], case.files["uy_quyen"])
        return spec, proved(case.key, files, case.doses(), may, trust)
