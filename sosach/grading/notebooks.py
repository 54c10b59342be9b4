"""A trainee's notebook made anew: the released notebook with the trainee's answer text.

Everything else a notebook can hold (outputs, metadata, added or changed cells) is left behind,
so that no notebook can stop or deceive what comes after.
"""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

__all__ = ["read_notebook", "rebuild"]

#: characters of one answer that are kept [grading.md A2]
MAX_ANSWER = 200_000

Notebook = dict[str, Any]


def read_notebook(data: bytes) -> Notebook | None:
    """Return a notebook's JSON, None if it is none.

    Parameters
    ----------
    data : bytes
        Content of an .ipynb file; a byte order mark and UTF-16 do no harm.

    Returns
    -------
    dict or None
    """
    utf16 = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    try:
        notebook = json.loads(data.decode("utf-16" if utf16 else "utf-8-sig"))
    except (ValueError, RecursionError):
        return None
    whole = isinstance(notebook, dict) and isinstance(notebook.get("cells"), list)
    return notebook if whole else None


def rebuild(master: Notebook, handed_in: Mapping[str, Any]) -> Notebook:
    """Put the trainee's answers into a copy of the released notebook.

    Parameters
    ----------
    master : dict
        The released notebook.
    handed_in : mapping
        The trainee's notebook, of whatever shape.

    Returns
    -------
    dict
        New; answer cells hold the trainee's text (the last cell of a name wins), in Markdown
        with ``<`` and script addresses made harmless.
    """
    answers = dict(_answers(handed_in))
    notebook = copy.deepcopy(master)
    for cell in notebook["cells"]:
        nbgrader = cell["metadata"].get("nbgrader", {})
        answer = answers.get(nbgrader.get("grade_id"))
        if nbgrader.get("solution") and answer is not None:
            cell["source"] = answer if cell["cell_type"] == "code" else _harmless(answer)
    return notebook


def _answers(notebook: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield (grade_id, text) of every cell that names itself."""
    for cell in notebook.get("cells", []):
        metadata = cell.get("metadata") if isinstance(cell, Mapping) else None
        nbgrader = metadata.get("nbgrader") if isinstance(metadata, Mapping) else None
        name = nbgrader.get("grade_id") if isinstance(nbgrader, Mapping) else None
        if isinstance(name, str):
            source = cell.get("source", "")
            text = "".join(map(str, source)) if isinstance(source, list) else str(source)
            yield name, text[:MAX_ANSWER]


def _harmless(text: str) -> str:
    """Take from Markdown what a page would run (nbgrader's own pages do not escape it)."""
    return re.sub(
        r"(?i)(javascript|vbscript|data)(?=[\s\x00-\x20]*(:|&))",
        "blocked",
        text.replace("<", "&lt;"),
    )
