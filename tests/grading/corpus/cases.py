"""What trainees hand in, case by case: a builder changes a right hand-in, and says what must come of it."""

from __future__ import annotations

import json
import shutil
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

__all__ = ["CASES", "FULL", "NOTHING", "REFUSED", "ZERO", "Case", "Work", "case"]

#: all points; no points, with a reason; the whole hand-in refused, with a reason; not handed in
FULL, ZERO, REFUSED, NOTHING = "full", "zero", "refused", "nothing"


@dataclass
class Work:
    """A right hand-in, ready to be changed.

    Attributes
    ----------
    root : Path
        The class folder; its key and the classmate's hand-in must stay unread and untouched.
    folder : Path
        Notebook, ``goi_bai.json`` and ``bai_nop/danh_sach.csv``.
    package : Path
        Where a zip lies that was handed in instead of the folder.
    rows, others : list of (str, str)
        The right list of this trainee, and that of the classmate.
    ids : list of str
        All records of the pack.
    """

    root: Path
    exercise: str
    folder: Path
    package: Path
    rows: list[tuple[str, str]]
    others: list[tuple[str, str]]
    ids: list[str]
    classmate: Path

    @property
    def artefact(self) -> Path:
        return self.folder / "bai_nop" / "danh_sach.csv"

    @property
    def notebook(self) -> Path:
        return self.folder / f"{self.exercise}.ipynb"

    @property
    def handed_in(self) -> Path:
        return self.package if self.package.exists() else self.folder

    def text(self, rows=None, separator=","):
        """Return a list as text."""
        lines = [("ma_ho_so", "nhom"), *(self.rows if rows is None else rows)]
        return "".join(f"{separator.join(line)}\n" for line in lines)

    def write(self, data, name="danh_sach.csv"):
        """Write an artefact, in place of the right one where it bears another name."""
        if name != self.artefact.name:
            self.artefact.unlink(missing_ok=True)
        path = self.artefact.with_name(name)
        path.write_bytes(data.encode() if isinstance(data, str) else data)

    def members(self, below=""):
        """Return the hand-in as names and contents of a zip."""
        paths = sorted(p for p in self.folder.rglob("*") if p.is_file())
        return {f"{below}{p.relative_to(self.folder).as_posix()}": p.read_bytes() for p in paths}

    def pack(self, members, method=zipfile.ZIP_DEFLATED):
        """Hand in a zip of these members instead of the folder."""
        with zipfile.ZipFile(self.package, "w", method) as archive:
            for name, data in members.items() if isinstance(members, dict) else members:
                archive.writestr(name, data)
        shutil.rmtree(self.folder)

    def hand_in_bytes(self, data):
        """Hand in these bytes as a zip."""
        self.package.write_bytes(data)
        shutil.rmtree(self.folder)

    def edit(self, change):
        """Change the notebook's JSON."""
        notebook = json.loads(self.notebook.read_text(encoding="utf-8"))
        change(notebook)
        self.notebook.write_text(json.dumps(notebook), encoding="utf-8")


@dataclass(frozen=True)
class Case:
    """One builder and what must come of it.

    Attributes
    ----------
    outcome : str
        `FULL`, `ZERO`, `REFUSED` or `NOTHING`.
    said : str
        Part of what the trainee is told; "" where nothing has to be said.
    flagged : bool
        Whether the trainer is told something.
    """

    build: Callable[[Work], None]
    outcome: str
    said: str = ""
    flagged: bool = False


#: name of a class and of a case in it -> the case
CASES: dict[str, Case] = {}


def case(outcome, said="", *, flagged=False, name=""):
    """Register a builder; its module is its class."""

    def register(build):
        where = build.__module__.rpartition(".")[2]
        key = f"{where}: {name or build.__name__}"
        assert key not in CASES, f"two cases are named {key}"
        CASES[key] = Case(build, outcome, said, flagged)
        return build

    return register
