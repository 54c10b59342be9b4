from __future__ import annotations

import json

import pytest

from sosach.grading.notebooks import read_notebook, rebuild


def cell(kind, source, grade_id="", **flags):
    """Return a notebook cell."""
    metadata = {"nbgrader": {"grade_id": grade_id, **flags}} if grade_id else {}
    return {"cell_type": kind, "source": source, "metadata": metadata}


MASTER = {
    "cells": [
        cell("markdown", "# Bài"),
        cell("code", "...", "tra_loi", solution=True),
        cell("markdown", "viết ở đây", "giai_thich", solution=True),
        cell("code", "# chấm", "danh_sach", grade=True, solution=False),
    ],
    "metadata": {},
}


def sources(notebook):
    """Return the text of every cell."""
    return [c["source"] for c in notebook["cells"]]


def test_rebuild_takes_answer_text_only():
    """Answers are taken over; changed tests, added cells, outputs and metadata are not."""
    handed_in = {
        "metadata": {"kernelspec": {"name": "evil"}},
        "cells": [
            cell("code", "assert True", "danh_sach", grade=True, points=100),
            cell("code", ["x = 1\n", "y = 2"], "tra_loi", solution=False),
            cell("code", "import os"),
        ],
    }

    rebuilt = rebuild(MASTER, handed_in)

    assert sources(rebuilt) == ["# Bài", "x = 1\ny = 2", "viết ở đây", "# chấm"]
    assert rebuilt["metadata"] == {}
    assert sources(MASTER)[1] == "..."


def test_rebuild_last_cell_of_a_name_wins():
    """Of two cells with one name the last counts, and nothing stops."""
    handed_in = {"cells": [cell("code", "1", "tra_loi"), cell("code", "2", "tra_loi")]}

    assert sources(rebuild(MASTER, handed_in))[1] == "2"


@pytest.mark.parametrize(
    "cells",
    [
        [],
        [None, 3, "x", []],
        [{}, {"metadata": None}, {"metadata": {"nbgrader": "x"}}],
        [{"metadata": {"nbgrader": {"grade_id": ["tra_loi"]}}}],
    ],
)
def test_rebuild_strange_cells(cells):
    """Cells of any shape leave the master as it is."""
    assert rebuild(MASTER, {"cells": cells}) == MASTER


@pytest.mark.parametrize(
    ("text", "gone"),
    [
        ("<script>alert(1)</script>", "<script"),
        ("[x](javascript:alert(1))", "javascript:"),
        ("[x](JavaScript&#58;alert(1))", "JavaScript&"),
        ("![x](data:text/html;base64,xx)", "data:"),
    ],
)
def test_rebuild_markdown_is_harmless(text, gone):
    """Markdown loses what a page of nbgrader would run; doing it twice changes nothing."""
    once = rebuild(MASTER, {"cells": [cell("markdown", text, "giai_thich")]})

    assert gone not in sources(once)[2]
    assert rebuild(MASTER, once) == once


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_read_notebook_encodings(encoding):
    """A byte order mark and UTF-16 do no harm."""
    assert read_notebook(json.dumps(MASTER, ensure_ascii=False).encode(encoding)) == MASTER


@pytest.mark.parametrize(
    "data", [b"", b'{"cells": [', b"[]", b'{"cells": 3}', b"\xff", b"[" * 10**5]
)
def test_read_notebook_broken(data):
    """What is no notebook is None, never an error."""
    assert read_notebook(data) is None
