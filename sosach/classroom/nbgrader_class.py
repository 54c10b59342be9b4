"""The class as nbgrader sees it: configuration, gradebook, release, marking, feedback.

All of it runs through nbgrader's own converters, with two preprocessor lists of ours.
"""

from __future__ import annotations

import logging
import os
import sys
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from nbformat.warnings import DuplicateCellId, MissingIDFieldWarning
from nbgrader.api import Gradebook
from nbgrader.converters import Autograde, GenerateAssignment, GenerateFeedback
from nbgrader.converters.base import BaseConverter, NbGraderException
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import (
    CheckCellMetadata,
    ClearOutput,
    ComputeChecksums,
    GetGrades,
    LockCells,
    SaveCells,
)
from sqlalchemy.exc import SAWarning
from traitlets.config import Config
from traitlets.config.loader import PyFileConfigLoader

from generator.problems import Problem
from sosach.classroom.nbgrader_feedback import TellFeedback
from sosach.classroom.roster import Trainee
from sosach.grading.nbgrader_scoring import AUTOGRADE, SANITIZE

__all__ = [
    "autograde",
    "configure",
    "create_gradebook",
    "generate_feedback",
    "generate_release",
    "read_marks",
]

#: the feedback page; a folder of nbconvert templates
TEMPLATES = Path(__file__).parent / "templates"

#: exercises come without solutions and hidden tests, so nothing is cut out at release
RELEASE = [LockCells, ClearOutput, CheckCellMetadata, ComputeChecksums, SaveCells]

#: seconds that a writer waits for another one
DATABASE_TIMEOUT = 60


def configure(config: Config, class_folder: Path) -> None:
    """Set nbgrader up for a class; called by the class folder's ``nbgrader_config.py``.

    Parameters
    ----------
    config : Config
        What ``get_config()`` returned; changed.
    class_folder : Path
        Where the configuration file lies.
    """
    _environment_on_path()
    config.CourseDirectory.root = str(class_folder)
    config.CourseDirectory.db_url = _db_url(class_folder)
    config.ClassPreprocessor.class_folder = str(class_folder)
    config.GenerateAssignment.preprocessors = RELEASE
    config.Autograde.sanitize_preprocessors = SANITIZE
    config.Autograde.autograde_preprocessors = AUTOGRADE
    config.GenerateFeedback.preprocessors = [GetGrades, TellFeedback]
    # below GenerateFeedback only: formgrader's own pages use the same exporter
    config.GenerateFeedback.HTMLExporter.template_name = "phieu_nhan_xet"
    config.GenerateFeedback.HTMLExporter.extra_template_basedirs = [str(TEMPLATES)]


def create_gradebook(class_folder: Path, trainees: Iterable[Trainee]) -> None:
    """Make the gradebook of a class with everybody in it.

    Parameters
    ----------
    class_folder : Path
        The class, with its configuration file.
    trainees : iterable of Trainee
        The roster.
    """
    _environment_on_path()
    with _quiet(), Gradebook(_db_url(class_folder)) as gradebook:
        for trainee in trainees:
            gradebook.update_or_create_student(
                trainee.ma_hoc_vien,
                first_name=trainee.ho_ten,
                last_name=trainee.don_vi,
                email=trainee.email or None,
            )


def generate_release(class_folder: Path, exercise: str) -> None:
    """Make nbgrader's release of an exercise from its source folder.

    Parameters
    ----------
    class_folder : Path
        The class.
    exercise : str
        An exercise id.

    Raises
    ------
    Problem
        If nbgrader does not accept the notebook.
    """
    trouble = _convert(GenerateAssignment, class_folder, exercise)
    if trouble:
        message = f"nbgrader không phát được bài {exercise}: {trouble}"
        raise Problem(message)


def autograde(class_folder: Path, exercise: str, trainee: str) -> str:
    """Mark one submission into the gradebook, in place of an earlier mark.

    Parameters
    ----------
    class_folder : Path
        The class.
    exercise, trainee : str
        Whose submission for what.

    Returns
    -------
    str
        Why it could not be marked, "" if it was.
    """
    return _convert(Autograde, class_folder, exercise, trainee)


def generate_feedback(class_folder: Path, exercise: str, trainee: str) -> str:
    """Write one trainee's feedback page.

    Parameters
    ----------
    class_folder : Path
        The class.
    exercise, trainee : str
        Whose page for what.

    Returns
    -------
    str
        Why it could not be written, "" if it was.
    """
    return _convert(GenerateFeedback, class_folder, exercise, trainee)


def read_marks(class_folder: Path, exercise: str) -> dict[str, tuple[float, float]]:
    """Return the marks of an exercise as the gradebook has them, in one query.

    Parameters
    ----------
    class_folder : Path
        The class.
    exercise : str
        An exercise id.

    Returns
    -------
    dict
        Trainee -> (points less late penalty, highest possible points).
    """
    _environment_on_path()
    with _quiet(), Gradebook(_db_url(class_folder)) as gradebook:
        return {
            row.student_id: (row.score - (row.late_submission_penalty or 0), row.max_score)
            for row in gradebook.assignment_submissions(exercise)
        }


def _convert(
    converter: type[BaseConverter], class_folder: Path, exercise: str, trainee: str = "."
) -> str:
    """Run one of nbgrader's converters for one trainee; return what went wrong, if anything."""
    log, said = _listener()
    with _quiet():
        config = _load_config(class_folder)
        config.CourseDirectory.assignment_id = exercise
        config.CourseDirectory.student_id = trainee
        course = CourseDirectory(config=config, log=log)
        try:
            converter(coursedir=course, config=config, log=log, force=True).start()
        except NbGraderException as error:
            return _last_sentence(said) or str(error)
        except Exception as error:
            return str(error)
    return ""


def _load_config(class_folder: Path) -> Config:
    """Read the class's configuration as nbgrader's own command does."""
    config: Config = PyFileConfigLoader("nbgrader_config.py", path=str(class_folder)).load_config()
    return config


def _db_url(class_folder: Path) -> str:
    """Return the address of the gradebook."""
    return f"sqlite:///{class_folder / 'gradebook.db'}?timeout={DATABASE_TIMEOUT}"


def _listener() -> tuple[logging.Logger, list[str]]:
    """Return a logger that shows nothing and the list in which its errors are kept."""
    said: list[str] = []

    class Keep(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            said.append(record.getMessage())

    log = logging.Logger("sosach", logging.ERROR)
    log.addHandler(Keep())
    return log, said


def _last_sentence(said: list[str]) -> str:
    """Return what the last traceback ends with, without the name of the exception."""
    traces = [text for text in said if text.startswith("Traceback")]
    return traces[-1].strip().splitlines()[-1].partition(": ")[2] if traces else ""


@contextmanager
def _quiet() -> Iterator[None]:
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
