"""A class: its roster, its packs, what comes back, marks and feedback.

A class folder is an nbgrader course folder with a secret.
"""

from __future__ import annotations

from sosach.classroom.collecting import collect
from sosach.classroom.completion import write_confirmations
from sosach.classroom.exporting import export
from sosach.classroom.grading import grade
from sosach.classroom.opening import open_class
from sosach.classroom.overview import status
from sosach.classroom.releasing import release
from sosach.classroom.report import write_class_report
from sosach.classroom.rewriting import write_missing_feedback

__all__ = [
    "collect",
    "export",
    "grade",
    "open_class",
    "release",
    "status",
    "write_class_report",
    "write_confirmations",
    "write_missing_feedback",
]
