from __future__ import annotations

import copy
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sosach.grading import limits
from sosach.grading.notebook_text import without_outputs
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

    rebuilt, _ = rebuild(MASTER, handed_in)

    assert sources(rebuilt) == ["# Bài", "x = 1\ny = 2", "viết ở đây", "# chấm"]
    assert rebuilt["metadata"] == {}
    assert sources(MASTER)[1] == "..."


def test_rebuild_last_cell_of_a_name_wins():
    """Of two cells with one name the last counts, and nothing stops."""
    handed_in = {"cells": [cell("code", "1", "tra_loi"), cell("code", "2", "tra_loi")]}

    assert sources(rebuild(MASTER, handed_in)[0])[1] == "2"


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
    assert rebuild(MASTER, {"cells": cells})[0] == MASTER


@pytest.mark.parametrize(
    ("text", "gone"),
    [
        ("<script>alert(1)</script>", "<script"),
        ("[x](javascript:alert(1))", "javascript:"),
        ("[x](JavaScript&#58;alert(1))", "&#58;"),
        ("![x](data:text/html;base64,xx)", "data:"),
    ],
)
def test_rebuild_markdown_is_harmless(text, gone):
    """Markdown loses what a page of nbgrader would run; doing it twice changes nothing."""
    once, _ = rebuild(MASTER, {"cells": [cell("markdown", text, "giai_thich")]})

    assert gone not in sources(once)[2]
    assert rebuild(MASTER, once) == (once, [])


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


ANSWERED = {
    "cells": [
        cell("markdown", "# Bài"),
        cell("code", "x = 1", "tra_loi", solution=True),
        cell("markdown", "vì vậy", "giai_thich", solution=True),
        cell("code", "# chấm", "danh_sach", grade=True, solution=False),
    ]
}


def stripped(notebook):
    """Return a notebook whose cells have lost their metadata."""
    return {"cells": [{**c, "metadata": {}} for c in notebook["cells"]]}


def answers(handed_in, master=MASTER):
    """Return the two answers of a rebuilt notebook, and what was said."""
    rebuilt, notes = rebuild(master, handed_in)
    return sources(rebuilt)[1:3], " ".join(notes)


RIGHT = ["x = 1", "vì vậy"]


def test_rebuild_whole():
    """A whole notebook is rebuilt without a word."""
    assert answers(ANSWERED) == (RIGHT, "")


def test_rebuild_moved_and_retyped():
    """Cells in another order and of another type are found by their names."""
    cells = [{**c, "cell_type": "raw"} for c in reversed(ANSWERED["cells"])]

    assert answers({"cells": cells}) == (RIGHT, "")


def test_rebuild_deleted_cell():
    """A deleted answer is the released text again, and that is said."""
    found, said = answers({"cells": ANSWERED["cells"][:2]})

    assert found == ["x = 1", "viết ở đây"]
    assert "không còn ô 'giai_thich'" in said


@pytest.mark.parametrize("copy_", ["", "...", "   "])
def test_rebuild_duplicate_that_nobody_wrote_in(copy_):
    """Of two cells of a name the one that was written in counts, and that is said."""
    cells = [*ANSWERED["cells"], cell("code", copy_, "tra_loi")]
    found, said = answers({"cells": cells})

    assert found == RIGHT
    assert "2 ô 'tra_loi'" in said


def test_rebuild_stripped_metadata_by_id():
    """Without metadata, cells are found by their ids."""
    master, handed_in = copy.deepcopy(MASTER), stripped(ANSWERED)
    for notebook in (master, handed_in):
        for i, c in enumerate(notebook["cells"]):
            c["id"] = f"cell-{i}"
    found, said = answers({"cells": handed_in["cells"][::-1]}, master)

    assert found == RIGHT
    assert "mất tên" in said


def test_rebuild_stripped_metadata_by_likeness():
    """Without metadata and ids, an answer is found by the words that were given."""
    master, handed_in = copy.deepcopy(MASTER), stripped(ANSWERED)
    master["cells"][2]["source"] = "Vì sao hồ sơ này thuộc nhóm b? Trả lời:"
    handed_in["cells"][2]["source"] = "Vì sao hồ sơ này thuộc nhóm b? Trả lời: vì sai số"
    found, _ = answers({"cells": [handed_in["cells"][2], *handed_in["cells"][:2]]}, master)

    assert found == ["x = 1", "Vì sao hồ sơ này thuộc nhóm b? Trả lời: vì sai số"]


def test_rebuild_stripped_metadata_by_place():
    """Without anything else, an answer is what follows the text that it followed."""
    assert answers(stripped(ANSWERED))[0][0] == "x = 1"


def test_rebuild_old_formats():
    """Notebooks of formats 3 and 4.0 are read like the others."""
    old = {
        "nbformat": 3,
        "worksheets": [
            {"cells": [{**c, "input": c["source"], "source": None} for c in ANSWERED["cells"][:2]]},
            {"cells": ANSWERED["cells"][2:]},
        ],
    }
    for c in old["worksheets"][0]["cells"]:
        del c["source"]

    assert answers(read_notebook(json.dumps(old).encode())) == (RIGHT, "")
    assert (
        answers(read_notebook(json.dumps({**ANSWERED, "nbformat_minor": 0}).encode()))[0] == RIGHT
    )


def test_rebuild_text_that_cannot_be_written():
    """Halves of pairs and controls are gone, so that the notebook can be saved."""
    cells = [cell("code", "x = '\ud800\x00\x1b'", "tra_loi")]
    rebuilt, _ = rebuild(MASTER, {"cells": cells})

    assert sources(rebuilt)[1] == "x = ''"


def test_rebuild_long_answer(monkeypatch):
    """An answer beyond the limit is cut."""
    monkeypatch.setattr(limits, "MAX_ANSWER", 10)

    assert answers({"cells": [cell("code", "x" * 50, "tra_loi")]})[0][0] == "x" * 10


@pytest.mark.parametrize(
    "graded",
    [
        [],
        [cell("code", "assert True", "danh_sach")],
        [cell("code", "# chấm", "danh_sach"), cell("code", "# chấm", "danh_sach")],
    ],
    ids=["deleted", "changed", "doubled"],
)
def test_rebuild_graded_cell_spoilt(graded):
    """A cell for marks that was deleted, changed or doubled is the released one, and that is said."""
    rebuilt, (said,) = rebuild(MASTER, {"cells": [*ANSWERED["cells"][:3], *graded]})

    assert "(danh_sach)" in said
    assert rebuilt["cells"][3] == MASTER["cells"][3]


HEAVY = [
    pytest.param({"output_type": "stream", "text": ["dòng\n"] * 500_000}, id="lines"),
    pytest.param({"data": {"image/png": "A" * 8_000_000}}, id="picture"),
    pytest.param({"data": {"text/html": '<td>"[{\\' * 400_000}}, id="marks in text"),
]


@pytest.mark.parametrize("output", HEAVY)
def test_read_notebook_heavy_outputs(output):
    """Megabytes of outputs are left out before anything is parsed; the answers are there."""
    notebook = copy.deepcopy(ANSWERED)
    notebook["cells"][1]["outputs"] = [output]
    notebook["metadata"] = {"widgets": {"state": [output]}}
    notebook["cells"][2]["attachments"] = {"x.png": output}
    data = json.dumps(notebook, ensure_ascii=False).encode()
    read = read_notebook(data)

    assert len(data) > 10_000_000
    assert answers(read) == (RIGHT, "")
    assert read["cells"][1]["outputs"] == []


@pytest.mark.parametrize(
    "data",
    [
        b'{"cells": [], "x": [' + b"[]," * 1_400_000 + b"[]]}",
        b'{"cells": [{"outputs": [' + b"[]," * 1_000_000 + b"[]]}]}",
        b'{"cells": [' + b'{"outputs": []},' * 5_000 + b"{}]}",
        b'{"cells": [{"outputs": [' + b"[" * 100_000,
        b'{"cells": [{"outputs": "',
    ],
    ids=["much beside", "intricate", "many outputs", "deep", "no end"],
)
def test_read_notebook_hostile(data):
    """What would take much more memory than its size is no notebook."""
    assert read_notebook(data) is None


def test_read_notebook_utf16_without_mark():
    """UTF-16 without a mark is known by its first letters."""
    assert read_notebook(json.dumps(MASTER).encode("utf-16-le")) == MASTER


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda v: (
        st.lists(v, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                (
                    "cells",
                    "metadata",
                    "nbgrader",
                    "grade_id",
                    "source",
                    "outputs",
                    "id",
                    "worksheets",
                )
            )
            | st.text(max_size=3),
            v,
            max_size=4,
        )
    ),
    max_leaves=20,
)


@given(JSON)
def test_rebuild_any_json(value):
    """Any JSON is a notebook or none; what comes out can be saved and has the master's cells."""
    read = read_notebook(json.dumps(value).encode())
    if read is not None:
        rebuilt, notes = rebuild(MASTER, read)

        json.dumps(rebuilt, ensure_ascii=False).encode()
        assert [c["metadata"] for c in rebuilt["cells"]] == [c["metadata"] for c in MASTER["cells"]]
        assert all(note.isprintable() for note in notes)


@given(st.lists(JSON, max_size=4))
def test_rebuild_any_cells(cells):
    """Cells of any shape are rebuilt, and the second time nothing changes."""
    once, _ = rebuild(MASTER, {"cells": cells})

    assert rebuild(MASTER, once)[0] == once


@given(st.binary() | st.text().map(lambda t: t.encode("utf-8", "replace")))
def test_read_notebook_any_bytes(data):
    """Bytes are a notebook or none, never an error."""
    assert read_notebook(data) is None or isinstance(read_notebook(data)["cells"], list)


@given(JSON)
def test_without_outputs_keeps_json(value):
    """Leaving out outputs leaves JSON, with nothing else changed."""
    light = json.loads(without_outputs(json.dumps(value)))

    assert light == _without(value)


def _without(value):
    """Leave out heavy values of a parsed notebook, as an independent way."""
    heavy = ("outputs", "attachments", "widgets")
    if isinstance(value, list):
        return [_without(v) for v in value]
    if isinstance(value, dict):
        return {
            k: type(v)() if k in heavy and isinstance(v, (list, dict)) else _without(v)
            for k, v in value.items()
        }
    return value
