"""A class: its roster, its packs, what comes back, marks and feedback.

A class folder is an nbgrader course folder with a secret.
"""

from __future__ import annotations

import sys

from sosach.classroom.appeals import appeal, decide, every_appeal
from sosach.classroom.backup import back_up, restore
from sosach.classroom.completion import write_confirmations
from sosach.classroom.deadlines import extend
from sosach.classroom.exporting import export
from sosach.classroom.grading import collect, grade
from sosach.classroom.offline import write_pages
from sosach.classroom.opening import open_class
from sosach.classroom.overview import status
from sosach.classroom.releasing import release
from sosach.classroom.report import write_class_report
from sosach.classroom.resits import resit, to_be_repeated
from sosach.classroom.rewriting import write_missing_feedback

__all__ = [
    "appeal",
    "back_up",
    "collect",
    "decide",
    "every_appeal",
    "export",
    "extend",
    "grade",
    "open_class",
    "release",
    "resit",
    "restore",
    "status",
    "to_be_repeated",
    "write_class_report",
    "write_confirmations",
    "write_missing_feedback",
    "write_pages",
]

# jsonschema imports it where it can, and it compiles a grammar of web addresses for two seconds in
# every process that loads nbgrader; no notebook is checked for such
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
