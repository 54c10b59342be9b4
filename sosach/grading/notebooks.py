"""A trainee's notebook made anew: the released notebook with the trainee's answer text.

Everything else a notebook can hold (outputs, metadata, added or changed cells) is left behind,
so that no notebook can stop or deceive what comes after.
"""

from __future__ import annotations

import copy
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sosach.grading import limits
from sosach.grading.markdown import harmless
from sosach.grading.notebook_text import without_outputs
from sosach.grading.texts import decode, printable

__all__ = ["Notebook", "read_notebook", "rebuild"]

#: share of words in common from which a nameless cell is the one that stood there [ours]
ALIKE = 0.5

Notebook = dict[str, Any]


@dataclass(frozen=True)
class Cell:
    """A cell as it was handed in: what it says it is, and its text."""

    grade_id: str
    id: str
    text: str


def read_notebook(data: bytes) -> Notebook | None:
    """Return a notebook's JSON without outputs, pictures and widgets; None if it is none.

    Parameters
    ----------
    data : bytes
        Content of an .ipynb file; a byte order mark and UTF-16 do no harm.

    Returns
    -------
    dict or None
        With a list ``cells``, also where an old notebook keeps it in a worksheet.
    """
    decoded = decode(data)
    text = without_outputs(decoded[0]) if decoded else None
    try:
        notebook = json.loads(text) if text else None
    except (ValueError, RecursionError):
        return None
    if not isinstance(notebook, dict):
        return None
    cells = notebook.get("cells", _from_worksheets(notebook))
    return {**notebook, "cells": cells} if isinstance(cells, list) else None


def rebuild(master: Notebook, handed_in: Mapping[str, Any]) -> tuple[Notebook, list[str]]:
    """Put the trainee's answers into a copy of the released notebook.

    Parameters
    ----------
    master : dict
        The released notebook.
    handed_in : mapping
        The trainee's notebook, of whatever shape.

    Returns
    -------
    tuple of dict and list of str
        New; answer cells hold the trainee's text (of several cells of a name the last one that
        was written in), Markdown made harmless. The sentences say what was put right.
    """
    cells = list(_cells(handed_in))
    notebook = copy.deepcopy(master)
    given = [_text(cell.get("source")) for cell in master["cells"]]
    notes = []
    taken: set[int] = set()
    for i, cell in enumerate(notebook["cells"]):
        nbgrader = cell["metadata"].get("nbgrader", {})
        if nbgrader.get("solution"):
            name = nbgrader["grade_id"]
            own = _named(cells, name)
            found = own or _by_id(cells, cell) or _by_likeness(cells, given, i, taken)
            notes += _told(name, own, found)
            if found:
                chosen = _written(cells, found, given[i])
                taken.add(chosen)
                answer = cells[chosen].text[: limits.MAX_ANSWER]
                cell["source"] = answer if cell["cell_type"] == "code" else harmless(answer)
    return notebook, [*notes, *_about_graded(cells, master["cells"], given)]


def _about_graded(
    cells: list[Cell], released: list[Mapping[str, Any]], given: list[str]
) -> Iterator[str]:
    """Say which cells for marks are not there once, as they were given."""
    spoilt = []
    for cell, text in zip(released, given, strict=True):
        nbgrader = cell["metadata"].get("nbgrader", {})
        if nbgrader.get("grade") and not nbgrader.get("solution"):
            found = _named(cells, nbgrader["grade_id"]) or _by_id(cells, cell)
            if [cells[n].text.strip() for n in found] != [text.strip()]:
                spoilt.append(nbgrader["grade_id"])
    if spoilt:
        yield f"Ô chấm điểm bị xóa hoặc sửa ({', '.join(spoilt)}), dùng ô gốc của bài tập."


def _named(cells: list[Cell], name: str) -> list[int]:
    return [n for n, cell in enumerate(cells) if cell.grade_id == name]


def _told(name: str, own: list[int], found: list[int]) -> list[str]:
    """Say what was wrong with an answer cell."""
    if not found:
        return [f"Sổ tay không còn ô '{name}', dùng ô gốc của bài tập."]
    if len(own) > 1:
        return [f"Sổ tay có {len(own)} ô '{name}', lấy ô cuối cùng đã viết."]
    return [] if own else [f"Ô '{name}' mất tên trong sổ tay, đã tìm lại theo nội dung."]


def _written(cells: list[Cell], found: list[int], given: str) -> int:
    """Return the last of some cells that was written in, else the last."""
    changed = [n for n in found if cells[n].text.strip() not in (given.strip(), "")]
    return (changed or found)[-1]


def _by_id(cells: list[Cell], cell: Mapping[str, Any]) -> list[int]:
    wanted = cell.get("id")
    return [n for n, c in enumerate(cells) if c.id and c.id == wanted and not c.grade_id]


def _by_likeness(cells: list[Cell], given: list[str], i: int, taken: set[int]) -> list[int]:
    """Find an answer without name: the likest text, else what follows the same text as before."""
    known = {text.strip() for n, text in enumerate(given) if n != i}
    free = [
        n
        for n, c in enumerate(cells)
        if not c.grade_id and n not in taken and c.text.strip() not in known
    ]
    likeness = {n: _likeness(cells[n].text, given[i]) for n in free}
    best = max(free, key=lambda n: likeness[n], default=None)
    if best is not None and likeness[best] >= ALIKE:
        return [best]
    before = given[i - 1].strip() if i else ""
    return [n for n in free if n and before and cells[n - 1].text.strip() == before][:1]


def _likeness(one: str, other: str) -> float:
    """Return the share of words that two texts have in common (Dice)."""
    words, others = Counter(one.split()), Counter(other.split())
    return 2 * (words & others).total() / max(1, words.total() + others.total())


def _cells(notebook: Mapping[str, Any]) -> Iterator[Cell]:
    """Yield the cells of a notebook of any shape, as far as the limit goes."""
    cells = notebook.get("cells")
    for cell in cells[: limits.MAX_NOTEBOOK_CELLS] if isinstance(cells, list) else ():
        if isinstance(cell, Mapping):
            metadata = _mapping(cell.get("metadata"))
            yield Cell(
                grade_id=_name(_mapping(metadata.get("nbgrader")).get("grade_id")),
                id=_name(cell.get("id")),
                text=printable(_text(cell.get("source", cell.get("input")))),
            )


def _from_worksheets(notebook: Mapping[str, Any]) -> object:
    """Return the cells of a notebook of nbformat 3, None if it is none."""
    sheets = notebook.get("worksheets")
    found = [s["cells"] for s in _list(sheets) if isinstance(_mapping(s).get("cells"), list)]
    return [cell for cells in found for cell in cells] if found else None


def _text(source: object) -> str:
    """Return a cell's text, also where it is kept line by line."""
    if isinstance(source, list):
        return "".join(line for line in source if isinstance(line, str))
    return source if isinstance(source, str) else ""


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _list(value: object) -> Iterable[Any]:
    return value if isinstance(value, list) else ()


def _name(value: object) -> str:
    return value if isinstance(value, str) else ""
