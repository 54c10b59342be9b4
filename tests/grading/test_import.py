from __future__ import annotations

import subprocess
import sys

import pytest


@pytest.mark.parametrize("module", ["sosach.grading.rubrics", "sosach.grading.scoring"])
def test_import_stays_light(module):
    """Importing the judging part loads neither nbgrader nor pandas nor pyarrow."""
    code = f"import sys, {module}; print(*sys.modules)"
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=None
    )

    assert not {"nbgrader", "nbformat", "pandas", "pyarrow", "openpyxl"} & set(run.stdout.split())
