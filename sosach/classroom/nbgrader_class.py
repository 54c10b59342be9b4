"""The class as nbgrader sees it: configuration, gradebook, release, marking, feedback.

All of it runs through nbgrader's own converters, with two preprocessor lists of ours.
"""

from __future__ import annotations

import logging
import sys
from pathlib import Path

from nbgrader.converters import Autograde, GenerateAssignment, GenerateFeedback
from nbgrader.converters.base import BaseConverter, NbGraderException
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import (
    AssignLatePenalties,
    CheckCellMetadata,
    ClearOutput,
    ComputeChecksums,
    GetGrades,
    LockCells,
    SaveCells,
)
from traitlets.config import Config
from traitlets.config.loader import PyFileConfigLoader

from generator.problems import Problem
from sosach.classroom.nbgrader_feedback import TellFeedback
from sosach.classroom.nbgrader_gradebook import address, lent, quiet
from sosach.classroom.nbgrader_intake import guard
from sosach.classroom.nbgrader_pages import PageExporter
from sosach.classroom.nbgrader_scoring import AUTOGRADE, SANITIZE

__all__ = [
    "autograde",
    "configure",
    "generate_feedback",
    "generate_release",
    "late_penalty",
]

#: the feedback page; a folder of nbconvert templates
TEMPLATES = Path(__file__).parent / "templates"

#: exercises come without solutions and hidden tests, so nothing is cut out at release
RELEASE = [LockCells, ClearOutput, CheckCellMetadata, ComputeChecksums, SaveCells]


def configure(config: Config, class_folder: Path) -> None:
    """Set nbgrader up for a class; called by the class folder's ``nbgrader_config.py``.

    Parameters
    ----------
    config : Config
        What ``get_config()`` returned; changed.
    class_folder : Path
        Where the configuration file lies.
    """
    guard()
    config.CourseDirectory.root = str(class_folder)
    config.CourseDirectory.db_url = address(class_folder)
    # what nbgrader's preprocessors take for granted; a server insists that all agree on one
    config.CourseDirectory.course_id = "default_course"
    config.ClassPreprocessor.class_folder = str(class_folder)
    # a notebook is validated once it is done, not after each of its preprocessors
    config.Exporter.optimistic_validation = True
    config.GenerateAssignment.preprocessors = RELEASE
    config.Autograde.sanitize_preprocessors = SANITIZE
    config.Autograde.autograde_preprocessors = AUTOGRADE
    config.GenerateFeedback.preprocessors = [GetGrades, TellFeedback]
    config.GenerateFeedback.exporter_class = PageExporter
    # below GenerateFeedback only: formgrader's own pages use the same exporter
    config.GenerateFeedback.HTMLExporter.template_name = "phieu_nhan_xet"
    config.GenerateFeedback.HTMLExporter.extra_template_basedirs = [str(TEMPLATES)]


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
    try:
        _convert(GenerateAssignment, class_folder, exercise)
    except Exception as error:
        message = f"nbgrader không phát được bài {exercise}: {error}"
        raise Problem(message) from error


def autograde(class_folder: Path, exercise: str, trainee: str) -> None:
    """Mark one submission into the gradebook, in place of an earlier mark.

    Parameters
    ----------
    class_folder : Path
        The class.
    exercise, trainee : str
        Whose submission for what.

    Raises
    ------
    Problem, Refusal
        Why it cannot be marked.
    """
    _convert(Autograde, class_folder, exercise, trainee)


def generate_feedback(class_folder: Path, exercise: str, trainee: str) -> None:
    """Write one trainee's feedback page.

    Parameters
    ----------
    class_folder : Path
        The class.
    exercise, trainee : str
        Whose page for what.
    """
    _convert(GenerateFeedback, class_folder, exercise, trainee)


def late_penalty(class_folder: Path, trainee: str, points: float, seconds_late: float) -> float:
    """Return what nbgrader's plugin takes from a late submission.

    Parameters
    ----------
    class_folder : Path
        The class, whose configuration names the plugin.
    trainee : str
        Whose submission.
    points : float
        What it is worth in time.
    seconds_late : float
        More than 0.

    Returns
    -------
    float
        0 to `points`.
    """
    assigned = AssignLatePenalties(config=_load_config(class_folder))
    assigned.init_plugin()
    taken = assigned.plugin_inst.late_submission_penalty(trainee, points, seconds_late)
    return min(max(float(taken or 0), 0.0), points)


def _convert(
    converter: type[BaseConverter], class_folder: Path, exercise: str, trainee: str = "."
) -> None:
    """Run one of nbgrader's converters for one trainee; raise what went wrong inside it."""
    log, raised = _listener()
    config = _load_config(class_folder)
    config.CourseDirectory.assignment_id = exercise
    config.CourseDirectory.student_id = trainee
    with quiet(), lent(class_folder):
        course = CourseDirectory(config=config, log=log)
        try:
            converter(coursedir=course, config=config, log=log, force=True).start()
        except NbGraderException as error:
            raise (raised[-1] if raised else Problem(str(error))) from None


def _load_config(class_folder: Path) -> Config:
    """Read the class's configuration as nbgrader's own command does."""
    config: Config = PyFileConfigLoader("nbgrader_config.py", path=str(class_folder)).load_config()
    return config


def _listener() -> tuple[logging.Logger, list[BaseException]]:
    """Return a logger that shows nothing and the list of exceptions that were logged with it."""
    raised: list[BaseException] = []

    class Keep(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            error = sys.exception()
            if error:
                raised.append(error)

    log = logging.Logger("sosach", logging.ERROR)
    log.addHandler(Keep())
    return log, raised
