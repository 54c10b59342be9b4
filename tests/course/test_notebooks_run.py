"""Every notebook runs from top to bottom in a real kernel, as a learner's Run All Cells does."""

import os
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOKS = sorted([*ROOT.glob("exercises/*/*.ipynb"), *ROOT.glob("notebooks/*.ipynb")])

pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore"),  # zmq and the kernel warn of themselves
]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebook_runs(path, tmp_path, monkeypatch):
    """No cell fails, none writes to stderr; nothing is handed in by running all."""
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")]))
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "ipython"))
    work = tmp_path / "bai"
    work.mkdir()
    notebook = nbformat.read(path, as_version=4)
    NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(work)}}).execute()

    outputs = [o for cell in notebook.cells for o in cell.get("outputs", [])]
    assert outputs
    assert [o for o in outputs if o.get("name") == "stderr"] == []
    assert list(work.glob("*.zip")) == []
