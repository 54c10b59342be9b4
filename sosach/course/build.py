"""Build the notebooks that learners open from the text that trainers write, and the handbook.

One way only: ``solutions/<id>.py`` -> ``exercises/<id>/<id>.ipynb``,
``notebooks/text/<name>.py`` -> ``notebooks/<name>.ipynb``, the tables of the marks ->
``docs/hoc_vien/`` and ``docs/bao_phu.md``.
Two builds give the same bytes, so what is committed can be compared with what would be built.
"""

from __future__ import annotations

from pathlib import Path

import jupytext
import nbformat
from nbformat import NotebookNode

from generator.files import write_whole
from generator.problems import Problem
from sosach.course.markers import expand
from sosach.grading.specs import ExerciseSpec, load_spec

__all__ = ["build", "check", "cut_solutions", "make_notebook"]

BEGIN, END = "### BEGIN SOLUTION", "### END SOLUTION"
#: what a learner finds in place of the solution: runs, and does nothing
STUB = "pass"
METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"file_extension": ".py", "mimetype": "text/x-python", "name": "python"},
}


def build(root: Path) -> list[Path]:
    """Write every notebook of the repository, the handbook and the table of coverage.

    Parameters
    ----------
    root : Path
        Folder that holds ``solutions/`` and ``notebooks/text/``.

    Returns
    -------
    list of Path
        The files whose content changed, relative to `root`, sorted.

    Raises
    ------
    Problem
        If a text cannot be built: unknown mark, open solution, points that are not the spec's.
    """
    wanted = _wanted(root)
    changed = [path for path, data in wanted.items() if _bytes(root / path) != data]
    for path in changed:
        write_whole(root / path, wanted[path])
    return sorted(changed)


def check(root: Path) -> list[Path]:
    """Return the files that are not what `build` would write.

    Parameters
    ----------
    root : Path
        Folder that holds ``solutions/`` and ``notebooks/text/``.

    Returns
    -------
    list of Path
        Relative to `root`, sorted: missing ones, changed ones, and those that have no source.
    """
    wanted = _wanted(root)
    found = {
        path.relative_to(root)
        for pattern in ("exercises/*/*.ipynb", "notebooks/*.ipynb", "docs/hoc_vien/*.html")
        for path in root.glob(pattern)
    }
    wrong = {path for path, data in wanted.items() if _bytes(root / path) != data}
    return sorted(wrong | (found - set(wanted)))


def make_notebook(source: Path) -> NotebookNode:
    """Read a py:percent text as a notebook without solutions, outputs and stray metadata.

    Parameters
    ----------
    source : Path
        A text of ``solutions/`` or ``notebooks/text/``.

    Returns
    -------
    NotebookNode
        nbformat 4.5; a cell's id is its grade id, or ``cell-NN`` by its place.

    Raises
    ------
    Problem
        If a mark is unknown or a solution is not closed.
    """
    notebook: NotebookNode = jupytext.reads(source.read_text(encoding="utf-8"), fmt="py:percent")
    notebook.metadata = NotebookNode(METADATA)  # type: ignore[no-untyped-call]
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    for i, cell in enumerate(notebook.cells):
        where = f"{source.name}, ô {i + 1}"
        marks = {k: v for k, v in cell.metadata.items() if k != "lines_to_next_cell"}
        cell.metadata = NotebookNode(expand(marks, where))  # type: ignore[no-untyped-call]
        cell.id = cell.metadata.get("nbgrader", {}).get("grade_id", f"cell-{i:02d}")
        cell.source = cut_solutions(cell.source, where)
    nbformat.validate(notebook)
    return notebook


def cut_solutions(text: str, where: str) -> str:
    r"""Replace every marked solution in a cell by a stub.

    Parameters
    ----------
    text : str
        Source of the cell.
    where : str
        File and cell, for messages.

    Returns
    -------
    str
        The text as a learner may see it; unchanged where nothing is marked.

    Raises
    ------
    Problem
        If a begin has no end or an end no begin.

    Examples
    --------
    >>> cut_solutions("a = 1\n### BEGIN SOLUTION\nb = 2\n### END SOLUTION", "bai.py")
    'a = 1\npass'
    """
    kept: list[str] = []
    inside = False
    for line in text.split("\n"):
        mark = line.strip()
        if mark in (BEGIN, END):
            if (mark == BEGIN) == inside:
                message = f"{where}: '{BEGIN}' và '{END}' phải đi thành từng cặp."
                raise Problem(message)
            inside = mark == BEGIN
            if inside:
                kept.append(line.replace(BEGIN, STUB))
        elif not inside:
            kept.append(line)
    if inside:
        message = f"{where}: có '{BEGIN}' nhưng thiếu '{END}'."
        raise Problem(message)
    return "\n".join(kept)


def _wanted(root: Path) -> dict[Path, bytes]:
    """Return the bytes of every built file that should stand below `root`."""
    wanted = {}
    for source in sorted(root.glob("solutions/*.py")):
        notebook = make_notebook(source)
        _agree_on_points(notebook, load_spec(source.with_suffix(".toml")))
        wanted[Path("exercises", source.stem, f"{source.stem}.ipynb")] = _dump(notebook)
    for source in sorted(root.glob("notebooks/text/*.py")):
        wanted[Path("notebooks", f"{source.stem}.ipynb")] = _dump(make_notebook(source))
    return wanted | _pages(root)


def _pages(root: Path) -> dict[Path, bytes]:
    """Return what is read and printed: the handbook, and which error is taught and graded where."""
    # late: a class cuts notebooks only, and need not load the screens for it
    from sosach.course.coverage import coverage
    from sosach.course.handbook import handbook

    sheets = {Path("docs", "hoc_vien", name): text for name, text in handbook().items()}
    texts = {**sheets, Path("docs", "bao_phu.md"): coverage(root)}
    return {path: text.encode() for path, text in texts.items()}


def _agree_on_points(notebook: NotebookNode, spec: ExerciseSpec) -> None:
    cells = [cell.metadata.get("nbgrader", {}) for cell in notebook.cells]
    in_text = {cell["grade_id"]: float(cell["points"]) for cell in cells if "points" in cell}
    in_spec = {task.grade_id: float(task.points) for task in spec.tasks}
    if in_text != in_spec:
        message = (
            f"solutions/{spec.id}.py và {spec.id}.toml chưa khớp về điểm: "
            f"trong bài là {in_text}, trong đặc tả là {in_spec}. Hãy sửa cho giống nhau."
        )
        raise Problem(message)


def _dump(notebook: NotebookNode) -> bytes:
    text: str = nbformat.writes(notebook)  # type: ignore[no-untyped-call]
    return f"{text.rstrip()}\n".encode()


def _bytes(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None
