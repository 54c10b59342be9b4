"""Notebooks in every state: the artefacts count all the same, and no notebook stops or deceives."""

from __future__ import annotations

import json
import shutil

from tests.grading.corpus.cases import FULL, case
from tests.grading.payloads import PAYLOADS

BROKEN = "bị hỏng"


@case(FULL, "Không có tệp")
def missing(work):
    work.notebook.unlink()


@case(FULL)
def a_folder_of_its_name(work):
    work.notebook.unlink()
    work.notebook.mkdir()


#: name -> bytes in the place of the notebook
BYTES = {
    "empty": b"",
    "cut": b'{"cells": [{"cell_type": "code", "sou',
    "noise": bytes(range(256)),
    "list": b"[]",
    "number": b"7",
    "without cells": b'{"metadata": {}}',
    "cells of no list": b'{"cells": {"a": 1}}',
    "bottomless": b"[" * 200_000,
    "bottomless in an object": b'{"cells": ' + b'{"a":' * 100_000,
    "intricate": b'{"cells": [' + b"[]," * 1_500_000 + b"1]}",
    "huge number": b'{"cells": ' + b"9" * 100_000 + b"}",
    "web page": b"<!doctype html><title>404</title>",
}
for _name, _data in BYTES.items():
    case(FULL, BROKEN, name=_name)(lambda work, data=_data: work.notebook.write_bytes(data))

#: name -> the notebook's text as bytes
ENCODINGS = {
    "BOM": lambda t: t.encode("utf-8-sig"),
    "UTF-16": lambda t: t.encode("utf-16"),
    "UTF-16 without mark": lambda t: t.encode("utf-16-le"),
    "CRLF": lambda t: t.replace("\n", "\r\n").encode(),
}
for _name, _encode in ENCODINGS.items():
    case(FULL, name=_name)(
        lambda work, encode=_encode: work.notebook.write_bytes(encode(work.notebook.read_text()))
    )


def old_format(notebook):
    """Write the cells as nbformat 3 keeps them."""
    cells = notebook.pop("cells")
    for cell in cells:
        if cell["cell_type"] == "code":
            cell["input"] = cell.pop("source")
    notebook.update(nbformat=3, nbformat_minor=0, worksheets=[{"cells": cells, "metadata": {}}])


def each(change):
    """Return a change of the notebook that changes every cell."""

    def change_all(notebook):
        for cell in notebook["cells"]:
            change(cell)

    return change_all


#: name -> change of the notebook's JSON
CHANGES = {
    "format 3": old_format,
    "format 4.0": lambda n: (n.update(nbformat_minor=0), [c.pop("id", 0) for c in n["cells"]]),
    "format 99": lambda n: n.update(nbformat=99),
    "cells doubled": lambda n: n["cells"].extend(json.loads(json.dumps(n["cells"]))),
    "cells turned around": lambda n: n["cells"].reverse(),
    "cells of another type": each(lambda c: c.update(cell_type="raw")),
    "cells of no type": each(lambda c: c.pop("cell_type")),
    "cells without metadata": each(lambda c: c.pop("metadata")),
    "cells without ids": each(lambda c: c.pop("id", 0)),
    "all ids alike": each(lambda c: c.update(id="x")),
    "metadata of nothing": each(lambda c: c.update(metadata={})),
    "metadata of no kind": each(lambda c: c.update(metadata=[1])),
    "schema of the future": each(lambda c: c["metadata"].update(nbgrader={"schema_version": 99})),
    "schema of the past": each(lambda c: c["metadata"].update(nbgrader={"schema_version": 0})),
    "nbgrader of nothing": each(lambda c: c["metadata"].update(nbgrader={})),
    "cells of numbers": lambda n: n.update(cells=[1, None, "x", []]),
    "thousands of cells": lambda n: n["cells"].extend([{"cell_type": "code"}] * 5000),
    "halves of pairs": each(lambda c: c.update(source="\ud800\x00\x1b[2J")),
    "source of numbers": each(lambda c: c.update(source=[1, 2])),
    "megabytes of outputs": lambda n: n["cells"][0].update(
        outputs=[{"output_type": "stream", "name": "stdout", "text": ["dòng\n"] * 1_000_000}]
    ),
    "widgets": lambda n: n["metadata"].update(
        widgets={"application/vnd.jupyter.widget-state+json": {"state": {"a": "<script>"}}}
    ),
    "attachments": lambda n: n["cells"][0].update(attachments={"x": {"text/html": "<script>"}}),
}
for _name, _change in CHANGES.items():
    case(FULL, name=_name)(lambda work, change=_change: work.edit(change))


@case(FULL, "Đã đọc tệp")
def a_copy(work):
    work.notebook.rename(work.folder / f"{work.exercise} (1).ipynb")


@case(FULL, "Đã đọc tệp")
def saved_by_a_browser(work):
    work.notebook.rename(work.folder / f"{work.exercise}.ipynb.txt")


@case(FULL, "Đã đọc tệp")
def another_name(work):
    work.notebook.rename(work.folder / "Bài làm.ipynb")


@case(FULL, "Có nhiều sổ tay")
def two_of_other_names(work):
    shutil.copy(work.notebook, work.folder / "a.ipynb")
    work.notebook.rename(work.folder / "b.ipynb")


@case(FULL)
def one_more(work):
    (work.folder / "nhap.ipynb").write_text("{}")


@case(FULL)
def payloads_in_every_cell(work):
    text = "\n\n".join(PAYLOADS.values())
    work.edit(each(lambda c: c.update(source=text)))
