"""nbgrader started on raw folders: whatever lies in ``submitted/`` is taken in before it is marked.

`nbgrader autograde` and formgrader's button look at the folder first, and at their hooks only
afterwards: a folder without notebook would be passed over, a pipe for ``timestamp.txt`` would be
waited for, a link would be followed. So three methods of nbgrader's classes are wrapped, for class
folders of ours alone: the one that looks for submissions, and the two that read a time stamp.
"""

# mypy: disable-error-code="misc,no-untyped-call"
# nbgrader ships no types

from __future__ import annotations

import fnmatch
import json
import os
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, wraps
from logging import Logger
from pathlib import Path
from typing import Any

from nbgrader.converters import Autograde
from nbgrader.converters.base import NbGraderException
from nbgrader.coursedir import CourseDirectory
from nbgrader.utils import parse_utc

from generator.problems import Problem, nearest
from sosach.classroom.folder import RECORD, ClassFolder
from sosach.classroom.handouts import read_secret, record_path
from sosach.grading import limits
from sosach.grading.intake import prepare, read_hand_in
from sosach.grading.names import STAMP_FILE, shown
from sosach.grading.notebooks import Notebook
from sosach.grading.reading import read_file
from sosach.grading.refusals import NotYet, Refusal
from sosach.grading.submissions import finish, is_sealed, lay_down, now

__all__ = ["guard", "take_in"]

#: raw folders that were taken in, and those that could not be
KEPT, REFUSED = "goc", "tu_choi"


def guard() -> None:
    """Let nbgrader take in raw folders before it marks them; doing it again changes nothing."""
    _wrap(Autograde, "init_notebooks", _after_intake)
    _wrap(CourseDirectory, "get_existing_timestamp", _stamp_of_a_file)
    # imported by formgrader and nbgrader's commands; two seconds that nobody else has to wait
    if api := sys.modules.get("nbgrader.apps.api"):
        _wrap(api.NbGraderAPI, "get_submitted_timestamp", _stamp_of_a_submission)


def _wrap(owner: type, name: str, wrapper: Callable[[Any], Any]) -> None:
    method = getattr(owner, name)
    if not hasattr(method, "__wrapped__"):
        setattr(owner, name, wrapper(method))


def take_in(room: ClassFolder, exercise: str, student: str, log: Logger) -> dict[str, str]:
    """Make clean submissions of the raw folders of one exercise.

    Parameters
    ----------
    room : ClassFolder
        The class.
    exercise : str
        An exercise that was handed out.
    student : str
        A trainee, or ``*`` for everybody who lies in ``submitted``.
    log : Logger
        Told of every folder that was taken in or refused.

    Returns
    -------
    dict
        Folder in ``submitted`` -> "" where a clean submission lies there now, else why not.
    """
    intake = _Intake(room, exercise, log)
    outcomes = [intake.take_in(folder) for folder in _folders(room, student)]
    return {outcome.name: outcome.why for outcome in outcomes if outcome}


@dataclass(frozen=True)
class Outcome:
    """What became of one trainee's folder."""

    name: str
    why: str = ""


@dataclass(frozen=True)
class _Intake:
    """One exercise of a class, with what every hand-in is compared with."""

    room: ClassFolder
    exercise: str
    log: Logger

    @cached_property
    def secret(self) -> bytes:
        return read_secret(self.room.root)

    @cached_property
    def roster(self) -> dict[str, str]:
        return {t.ma_hoc_vien.casefold(): t.ma_hoc_vien for t in self.room.trainees()}

    @cached_property
    def master(self) -> Notebook:
        text = self.room.released_notebook(self.exercise).read_text(encoding="utf-8")
        master: Notebook = json.loads(text)
        return master

    def take_in(self, folder: Path) -> Outcome | None:
        """Take in what lies in one trainee's folder, None where there is nothing."""
        if folder.is_symlink():
            return self._refuse(
                folder, folder.name, "Thư mục này là một liên kết, không phải bài nộp."
            )
        trainee = self.roster.get(folder.name.casefold(), "")
        folder = self._rightly_spelt(folder, trainee)
        raw = folder / self.exercise
        if folder.is_dir():
            finish(raw, folder.name, self.secret)
        if not os.path.lexists(raw):
            return None
        if is_sealed(raw, folder.name, self.secret):
            return Outcome(folder.name)
        if not trainee:
            hint = nearest(folder.name, self.roster.values())
            return self._refuse(raw, folder.name, f"Lớp không có học viên mang mã này.{hint}")
        if trainee != folder.name and os.path.lexists(self.room.submitted(self.exercise, trainee)):
            return self._refuse(raw, folder.name, f"Đã có bài nộp của {trainee}.")
        return self._clean(raw, trainee)

    def _rightly_spelt(self, folder: Path, trainee: str) -> Path:
        """Rename ``HV01`` to ``hv01``, unless somebody lies there already."""
        right = folder.with_name(trainee or folder.name)
        if right.name != folder.name and (not right.exists() or right.samefile(folder)):
            folder.rename(right)
            return right
        return folder

    def _clean(self, raw: Path, trainee: str) -> Outcome:
        """Lay down a clean submission and keep the raw one."""
        received = now()
        try:
            files = read_hand_in(raw)
            if not files:
                return self._leave(trainee, "Thư mục không có tệp nào để chấm.")
            submission = prepare(self.exercise, trainee, files, self.master, self.room.root)
        except NotYet as trouble:
            return self._leave(trainee, str(trouble))
        except Refusal as refusal:
            return self._refuse(raw, trainee, str(refusal))
        target = self.room.submitted(self.exercise, trainee)
        target.parent.mkdir(exist_ok=True)
        lay_down(
            target, trainee, submission, received, self.secret, (raw, self._place(KEPT, trainee))
        )
        for sentence in (*submission.repairs, *submission.for_trainer):
            self.log.warning("%s, %s: %s", self.exercise, trainee, sentence)
        return Outcome(trainee)

    def _refuse(self, path: Path, name: str, why: str) -> Outcome:
        """Move away what cannot be marked, so that it neither counts nor stops the others."""
        self.log.error("%s, %s: %s Đã chuyển sang %s.", self.exercise, shown(name), why, REFUSED)
        place = self._place(REFUSED, name)
        path.rename(place)
        place.with_name(f"{place.name}.txt").write_text(f"{shown(name)}: {why}\n", encoding="utf-8")
        return Outcome(name, f"{shown(name)}: {why}")

    def _leave(self, name: str, why: str) -> Outcome:
        """Leave where it is what may become a hand-in yet."""
        self.log.error("%s, %s: %s Chưa chấm.", self.exercise, name, why)
        return Outcome(name, f"{name}: {why}")

    def _place(self, kind: str, name: str) -> Path:
        """Return a new name below ``goc`` or ``tu_choi``; its folder is made."""
        plain = re.sub(r"[^A-Za-z0-9._-]+", "_", name)[: limits.MAX_NAME]
        stamp = re.sub(r"\D+", "", now())
        place = self.room.root / kind / self.exercise / f"{plain}-{stamp}"
        place.parent.mkdir(parents=True, exist_ok=True)
        return place


def _folders(room: ClassFolder, student: str) -> Iterator[Path]:
    """Yield the folders in ``submitted`` that nbgrader would look into."""
    submitted = room.root / "submitted"
    if not set("*?[") & set(student):
        yield submitted / student
        return
    for path in sorted(submitted.iterdir()) if submitted.is_dir() else ():
        if fnmatch.fnmatchcase(path.name, student) and not path.name.startswith("."):
            yield path


def _is_ours(root: Path, exercise: str) -> bool:
    """Tell whether nbgrader works on an exercise that one of our classes handed out."""
    return (root / RECORD).is_file() and record_path(root, exercise).is_file()


def _after_intake(method: Callable[[Any], None]) -> Callable[[Any], None]:
    """Wrap `Autograde.init_notebooks`: what it finds is what was taken in."""

    @wraps(method)
    def init_notebooks(self: Any) -> None:  # noqa: ANN401 - a converter of nbgrader
        course = self.coursedir
        if not _is_ours(Path(course.root), course.assignment_id):
            method(self)
            return
        try:
            room = ClassFolder.load(Path(course.root))
            found = take_in(room, course.assignment_id, course.student_id, self.log)
        except Problem as problem:
            raise NbGraderException(str(problem)) from problem
        if found and all(found.values()):
            raise NbGraderException(" ".join(found.values()))
        method(self)
        self.assignments = {
            path: notebooks
            for path, notebooks in self.assignments.items()
            if found.get(Path(path).parent.name) == ""
        }

    return init_notebooks


def _stamp_of_a_file(
    method: Callable[[Any, str], datetime | None],
) -> Callable[[Any, str], datetime | None]:
    """Wrap `CourseDirectory.get_existing_timestamp`: only a regular file has a time in it."""

    @wraps(method)
    def get_existing_timestamp(self: Any, dest_path: str) -> datetime | None:  # noqa: ANN401
        if not (Path(self.root) / RECORD).is_file():
            return method(self, dest_path)
        try:
            text = read_file(Path(dest_path) / STAMP_FILE, limits.MAX_CELL).decode()
            stamp: datetime = parse_utc(text.strip())
        except (Refusal, ValueError, OverflowError, TypeError):
            return None
        return stamp

    return get_existing_timestamp


def _stamp_of_a_submission(
    method: Callable[[Any, str, str], datetime | None],
) -> Callable[[Any, str, str], datetime | None]:
    """Wrap `NbGraderAPI.get_submitted_timestamp`: formgrader's list reads it for everybody."""

    @wraps(method)
    def get_submitted_timestamp(
        self: Any,  # noqa: ANN401 - nbgrader's API
        assignment_id: str,
        student_id: str,
    ) -> datetime | None:
        course = self.coursedir
        folder = course.format_path(course.submitted_directory, student_id, assignment_id)
        stamp: datetime | None = course.get_existing_timestamp(folder)
        return stamp

    return get_submitted_timestamp
