"""The gradebook of a class: nbgrader's own, in a file of the class folder or on a server."""

# mypy: disable-error-code="no-untyped-call"
# nbgrader ships no types

from __future__ import annotations

import os
import sys
import threading
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from nbformat.warnings import DuplicateCellId, MissingIDFieldWarning
from nbgrader.api import Assignment, Gradebook, Student, SubmittedAssignment
from sqlalchemy import Engine, and_, create_engine, select
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, SAWarning, SQLAlchemyError
from sqlalchemy.orm import scoped_session, sessionmaker

from generator.problems import Problem
from sosach.classroom.folder import ClassFolder
from sosach.classroom.roster import Trainee

__all__ = [
    "NOBODY",
    "TAKEN",
    "Mark",
    "address",
    "close",
    "create",
    "enrol",
    "extend",
    "lent",
    "opened",
    "read_marks",
    "set_deadline",
    "take_back",
]

#: seconds that a writer waits for another one
PATIENCE = 60
#: database -> how SQLAlchemy calls it with its driver
DRIVERS = {"postgresql": "postgresql+pg8000"}
#: why a database is not taken for a class
TAKEN = "Sổ điểm ở địa chỉ này đã có điểm của một lớp khác. Hãy tạo một cơ sở dữ liệu trống."
STAMP = "%Y-%m-%d %H:%M:%S UTC"


class Mark(NamedTuple):
    """How one trainee stands in one exercise.

    Attributes
    ----------
    points, max_points : float
        Less the late penalty; as a trainer may have changed them by hand.
    marked : bool
        Whether a submission was marked.
    deadline : str
        UTC, extension included; "" for never.
    """

    points: float
    max_points: float
    marked: bool
    deadline: str


#: how somebody stands who is not in the gradebook
NOBODY = Mark(0.0, 0.0, False, "")


def address(class_folder: Path) -> str:
    """Return the address of a class's gradebook, as SQLAlchemy writes it.

    Parameters
    ----------
    class_folder : Path
        The class.

    Returns
    -------
    str

    Raises
    ------
    Problem
        If the class names a database of a kind that we do not know.
    """
    wanted = ClassFolder.load(class_folder).record.gradebook
    if not wanted:
        return f"sqlite:///{class_folder / 'gradebook.db'}?timeout={PATIENCE}"
    try:
        found = make_url(wanted)
        if not (found.username and found.database):
            raise ArgumentError
        return found.set(drivername=DRIVERS[found.drivername]).render_as_string(hide_password=False)
    except (ArgumentError, KeyError) as error:
        message = "Địa chỉ sổ điểm chưa đúng. Hãy viết như postgresql://ten:mat_khau@may_chu/lop1."
        raise Problem(message) from error


@contextmanager
def opened(class_folder: Path, *, new: bool = False) -> Iterator[Gradebook]:
    """Open the gradebook of a class; nbgrader makes what is missing of its tables.

    Parameters
    ----------
    class_folder : Path
        The class.
    new : bool, optional
        Whether it may have to be made.

    Yields
    ------
    Gradebook

    Raises
    ------
    Problem
        If the database is missing or cannot be opened.
    """
    _environment_on_path()
    url, file = address(class_folder), class_folder / "gradebook.db"
    if url.startswith("sqlite") and not (new or file.is_file()):
        message = f"Thiếu sổ điểm {file}. Hãy chép lại bản mới nhất từ thư mục sao_luu của lớp."
        raise Problem(message)
    try:
        with quiet(), Gradebook(url) as gradebook:
            yield gradebook
    except ModuleNotFoundError as error:
        message = f"Thiếu thư viện {error.name} cho PostgreSQL. Hãy cài: pip install 'sosach[postgresql]'."
        raise Problem(message) from error
    except SQLAlchemyError as error:
        shown = make_url(url).render_as_string(hide_password=True)
        message = (
            f"Sổ điểm {shown} không dùng được ({_said(error)}). Hãy kiểm tra địa chỉ, máy chủ và "
            "các bản sao trong sao_luu."
        )
        raise Problem(message) from error


def _said(error: SQLAlchemyError) -> str:
    """Return what the database itself says."""
    origin = getattr(error, "orig", error)
    said = origin.args[0] if origin.args else ""
    return str(said["M"] if isinstance(said, dict) and "M" in said else origin)


def create(class_folder: Path, trainees: Iterable[Trainee]) -> None:
    """Make the gradebook of a class with everybody in it.

    Parameters
    ----------
    class_folder : Path
        The class, with its record and configuration.
    trainees : iterable of Trainee
        The roster.

    Raises
    ------
    Problem
        If the database cannot be opened, or belongs to another class.
    """
    with opened(class_folder, new=True) as gradebook:
        if gradebook.students:
            raise Problem(TAKEN)
        if gradebook.engine.dialect.name == "sqlite":
            with gradebook.engine.connect() as connection:
                # readers and one writer do not wait for each other; stays with the file
                connection.exec_driver_sql("PRAGMA journal_mode = WAL")
    enrol(class_folder, trainees)


def enrol(class_folder: Path, trainees: Iterable[Trainee]) -> None:
    """Write names and units of the roster into the gradebook, also of those who came later.

    Parameters
    ----------
    class_folder : Path
        The class.
    trainees : iterable of Trainee
        The roster.
    """
    with opened(class_folder) as gradebook:
        known = {s.id: (s.first_name, s.last_name, s.email) for s in gradebook.students}
        for trainee in trainees:
            about = (trainee.ho_ten, trainee.don_vi, trainee.email or None)
            if known.get(trainee.ma_hoc_vien) != about:
                names = dict(zip(("first_name", "last_name", "email"), about, strict=True))
                gradebook.update_or_create_student(trainee.ma_hoc_vien, **names)


def read_marks(class_folder: Path, exercise: str, trainee: str = "") -> dict[str, Mark]:
    """Return how everybody in the gradebook stands in one exercise, in one query.

    Parameters
    ----------
    class_folder : Path
        The class.
    exercise : str
        An exercise id.
    trainee : str, optional
        Only this one.

    Returns
    -------
    dict
        Trainee -> mark.
    """
    handed_in = SubmittedAssignment
    query = (
        select(
            Student.id,
            handed_in.score - handed_in.late_submission_penalty,
            Assignment.max_score,
            handed_in.timestamp,
            Assignment.duedate,
            handed_in.extension,
        )
        .select_from(Student)
        .join(Assignment, Assignment.name == exercise)
        .outerjoin(
            handed_in,
            and_(handed_in.student_id == Student.id, handed_in.assignment_id == Assignment.id),
        )
    )
    if trainee:
        query = query.where(Student.id == trainee)
    with opened(class_folder) as gradebook:
        return {name: _mark(*row) for name, *row in gradebook.db.execute(query)}


def _mark(points: float | None, most: float, stamp: Any, due: Any, extension: Any) -> Mark:  # noqa: ANN401 - columns
    when = due + extension if due and extension else due
    return Mark(points or 0.0, most, stamp is not None, when.strftime(STAMP) if when else "")


def set_deadline(class_folder: Path, exercise: str, when: datetime) -> None:
    """Set when an exercise is due; nbgrader's late penalties follow.

    Parameters
    ----------
    class_folder : Path
        The class.
    exercise : str
        An exercise id.
    when : datetime
        With its time zone.
    """
    due = when.astimezone(UTC).replace(tzinfo=None)
    with opened(class_folder) as gradebook:
        gradebook.update_or_create_assignment(exercise, duedate=due)


def extend(class_folder: Path, exercise: str, trainee: str, hours: float) -> datetime:
    """Give one trainee more time, in place of an earlier extension.

    Parameters
    ----------
    class_folder : Path
        The class.
    exercise, trainee : str
        Who for what.
    hours : float
        Beyond the exercise's own deadline; 0 takes the extension back.

    Returns
    -------
    datetime
        The trainee's deadline, UTC.

    Raises
    ------
    Problem
        If the exercise has no deadline.
    """
    with opened(class_folder) as gradebook:
        if gradebook.find_assignment(exercise).duedate is None:
            message = (
                f"Bài {exercise} chưa có hạn nộp. Hãy đặt hạn trước (sosach class release --due)."
            )
            raise Problem(message)
        gradebook.update_or_create_submission(exercise, trainee)
        gradebook.grant_extension(exercise, trainee, hours=hours)
        due: datetime = gradebook.find_submission(exercise, trainee).duedate
        return due.replace(tzinfo=UTC)


def take_back(class_folder: Path, exercise: str, trainee: str) -> list[str]:
    """Take back marks and comments given by hand: they belong to an earlier submission.

    Parameters
    ----------
    class_folder : Path
        The class.
    exercise, trainee : str
        Whose for what.

    Returns
    -------
    list of str
        Cell and mark of each that was taken back.
    """
    given = []
    with opened(class_folder) as gradebook:
        for notebook in gradebook.find_submission(exercise, trainee).notebooks:
            for grade in notebook.grades:
                if grade.manual_score is not None or grade.extra_credit:
                    given.append(
                        f"{grade.name}: {(grade.manual_score or 0) + (grade.extra_credit or 0):g}"
                    )
                    grade.manual_score = grade.extra_credit = None
            for comment in notebook.comments:
                comment.manual_comment = None
        gradebook.db.commit()
    return given


#: the engine of the class at hand, kept while a process goes through its trainees, and the courses
#: that nbgrader has seen to
_kept: dict[tuple[str, int], tuple[Engine, set[str]]] = {}
#: nbgrader changes the working directory of the whole process: one at a time
_alone = threading.RLock()


@contextmanager
def lent(class_folder: Path) -> Iterator[None]:
    """Let every part of nbgrader use one engine; by itself it opens ten for a submission.

    Parameters
    ----------
    class_folder : Path
        The class.
    """
    with _alone:
        engine, courses = _engine(class_folder)

        def begin(
            self: Gradebook,
            db_url: str,
            course_id: str = "default_course",
            authenticator: object = None,
        ) -> None:
            self.engine = engine
            self.db = scoped_session(sessionmaker(bind=engine))
            if course_id not in courses:
                self.check_course(course_id)
                courses.add(course_id)
            self.course_id, self.authenticator = course_id, authenticator

        own = Gradebook.__init__, Gradebook.close
        Gradebook.__init__, Gradebook.close = begin, lambda self: self.db.remove()
        try:
            yield
        finally:
            Gradebook.__init__, Gradebook.close = own


def _engine(class_folder: Path) -> tuple[Engine, set[str]]:
    """Return the engine kept for this very gradebook, after nbgrader has seen to its tables."""
    url, file = address(class_folder), class_folder / "gradebook.db"
    key = url, file.stat().st_ino if file.is_file() else 0
    if key not in _kept:
        close()
        with opened(class_folder):
            pass
        _kept[key] = create_engine(url), set()
    return _kept[key]


def close() -> None:
    """Let go of the gradebook that `lent` keeps open."""
    while _kept:
        _kept.popitem()[1][0].dispose()


@contextmanager
def quiet() -> Iterator[None]:
    """Leave out what nbgrader's libraries warn of and its preprocessors put right."""
    with warnings.catch_warnings():
        for harmless in (SAWarning, DuplicateCellId, MissingIDFieldWarning):
            warnings.simplefilter("ignore", harmless)
        yield


def _environment_on_path() -> None:
    """Put this environment's programs on PATH: nbgrader calls ``alembic`` by name."""
    programs = str(Path(sys.executable).parent)
    paths = os.environ.get("PATH", "").split(os.pathsep)
    if programs not in paths:
        os.environ["PATH"] = os.pathsep.join([programs, *paths])
