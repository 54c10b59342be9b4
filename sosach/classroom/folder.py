"""A class folder: where everything of one class lies."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path

from generator.problems import Problem
from generator.strict import check_names, read, read_toml
from sosach.cases.class_pki import CLASS_PKI, ClassPki
from sosach.classroom.handouts import load_hand_out
from sosach.classroom.roster import Trainee, read_roster

__all__ = ["ClassFolder", "ClassRecord"]

RECORD = "lop.toml"


@dataclass(frozen=True)
class ClassRecord:
    """What stands in ``lop.toml``.

    Attributes
    ----------
    gradebook : str
        Address of the gradebook's database; "" for ``gradebook.db`` in the class folder.
    """

    name: str
    class_id: str
    created: str
    engine: str
    gradebook: str = ""

    def to_toml(self) -> str:
        """Return the record as TOML, banner included."""
        lines = [f"{k} = {json.dumps(v, ensure_ascii=False)}" for k, v in asdict(self).items()]
        return "\n".join(["# DỮ LIỆU GIẢ LẬP: một lớp thực hành", *lines, ""])


@dataclass(frozen=True)
class ClassFolder:
    """Paths of one class; `load` checks that it is one."""

    root: Path
    record: ClassRecord

    @classmethod
    def load(cls, folder: Path) -> ClassFolder:
        """Open an existing class folder.

        Parameters
        ----------
        folder : Path
            The class.

        Returns
        -------
        ClassFolder

        Raises
        ------
        Problem
            If there is no class in it.
        """
        if not (folder / RECORD).is_file():
            message = (
                f"Thư mục {folder} không phải là một lớp (không có {RECORD}). "
                "Hãy kiểm tra đường dẫn hoặc mở lớp mới (sosach class open)."
            )
            raise Problem(message)
        raw, _ = read_toml(folder / RECORD)
        return cls(folder.resolve(), read(ClassRecord, raw, RECORD))

    @property
    def roster_file(self) -> Path:
        """The class list as it was checked at opening."""
        return self.root / "danh_sach_lop.csv"

    @property
    def handed_out(self) -> Path:
        """Packs by trainee, and the record of every hand-out."""
        return self.root / "phat_bai"

    @property
    def inbox(self) -> Path:
        """What trainees handed in; only read, never changed."""
        return self.root / "thu_bai"

    @property
    def results(self) -> Path:
        """Mark sheets."""
        return self.root / "ket_qua"

    @cached_property
    def pki(self) -> ClassPki:
        """The certificates of the class, made when something is signed for the first time."""
        return ClassPki(self.root / CLASS_PKI)

    def released_notebook(self, exercise: str) -> Path:
        """Return the notebook that trainees were given."""
        return self.root / "release" / exercise / f"{exercise}.ipynb"

    def submitted(self, exercise: str, trainee: str) -> Path:
        """Return nbgrader's folder of one clean submission."""
        return self.root / "submitted" / trainee / exercise

    def autograded_notebook(self, exercise: str, trainee: str) -> Path:
        """Return the marked notebook of one trainee."""
        return self.root / "autograded" / trainee / exercise / f"{exercise}.ipynb"

    def feedback_page(self, exercise: str, trainee: str) -> Path:
        """Return the feedback page of one trainee."""
        return self.root / "feedback" / trainee / exercise / f"{exercise}.html"

    @property
    def ledgers(self) -> Path:
        """What became of every trainee, and the log of the runs."""
        return self.root / "so_cham"

    @property
    def backups(self) -> Path:
        """Copies of the gradebook from before each run, and whole backups."""
        return self.root / "sao_luu"

    def entry_file(self, exercise: str, trainee: str) -> Path:
        """Return where it stands what became of one trainee."""
        return self.ledgers / exercise / f"{trainee}.json"

    def trainees(self) -> list[Trainee]:
        """Return the roster.

        Raises
        ------
        Problem
            If the list was changed since and cannot be read any more.
        """
        return read_roster(self.roster_file)

    def members(self, exercise: str) -> list[Trainee]:
        """Return who has to hand in an exercise: the roster, or those a resit was given to.

        Raises
        ------
        Problem
            If the roster or the record of the hand-out cannot be read.
        """
        hand_out = load_hand_out(self.root, exercise)
        everybody = self.trainees()
        if hand_out.base == exercise:
            return everybody
        return [trainee for trainee in everybody if trainee.ma_hoc_vien in hand_out.trainees]

    def released(self) -> list[str]:
        """Return the ids of all exercises that were handed out, resits included."""
        stems = (path.stem for path in self.handed_out.glob("*.json"))
        return sorted(stem for stem in stems if "." not in stem)

    def chosen(self, exercises: Iterable[str]) -> list[str]:
        """Return the exercises meant: those named, or all that were handed out.

        Parameters
        ----------
        exercises : iterable of str
            Exercise ids; empty for all.

        Returns
        -------
        list of str

        Raises
        ------
        Problem
            If one of them was not handed out in this class, or nothing was.
        """
        released = self.released()
        if not released:
            message = f"Lớp '{self.record.name}' chưa phát bài nào (sosach class release)."
            raise Problem(message)
        chosen = list(exercises)
        check_names(chosen, released, f"Lớp '{self.record.name}'", "bài đã phát")
        return chosen or released
