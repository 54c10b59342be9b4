"""The feedback page as one of nbgrader's preprocessors: facts in, page data out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from nbformat.notebooknode import NotebookNode

from sosach.classroom.feedback import Marks, Person, feedback_page
from sosach.classroom.folder import ClassFolder
from sosach.classroom.nbgrader_scoring import ClassPreprocessor
from sosach.publish.pages import style

__all__ = ["TellFeedback"]


class TellFeedback(ClassPreprocessor):
    """Leave in the notebook what the template shows: after `GetGrades`, before the page."""

    def preprocess(
        self, nb: NotebookNode, resources: dict[str, Any]
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """Return `nb` with the data of its page under ``phieu``."""
        names = resources["nbgrader"]
        marks = Marks(names["score"], names["max_score"], names["late_penalty"])
        person = _person(Path(self.class_folder), names["assignment"], names["student"])
        nb.metadata["phieu"] = feedback_page(nb.metadata["sosach"], nb.cells, marks, person)
        nb.metadata["phieu"]["style"] = style("phieu_nhan_xet.css")
        return nb, resources


def _person(folder: Path, exercise: str, trainee: str) -> Person:
    """Return whose page it is; somebody who left the roster has no name there."""
    room = ClassFolder.load(folder)
    known = {person.ma_hoc_vien: person for person in room.trainees()}.get(trainee)
    stamp = room.submitted(exercise, trainee) / "timestamp.txt"
    return Person(
        trainee,
        name=known.ho_ten if known else "",
        unit=known.don_vi if known else "",
        class_name=room.record.name,
        received=stamp.read_text(encoding="utf-8").strip() if stamp.is_file() else "",
    )
