"""Make JupyterLab calm: Vietnamese, no news, none of nbgrader's tools for trainers.

``start.py`` runs this file in the environment that it has just made. The settings go into the
environment, what is switched off only into the folder of this start, so that a trainer's own
JupyterLab keeps formgrader. The language pack translates a quarter of the words; ``vi.json`` adds
those that a trainee meets. Messages of the workbench go to the kernel's main thread: with the
default, a subshell per widget, JupyterLab 4.6 loses them all after a kernel was restarted.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from pathlib import Path

__all__ = ["lay_out"]

HERE = Path(__file__).parent


def lay_out(environment: Path, config: Path) -> None:
    """Lay out the settings.

    Parameters
    ----------
    environment : Path
        Where Python packages and JupyterLab are installed (``sys.prefix``).
    config : Path
        The Jupyter configuration folder that the trainee's JupyterLab will use.
    """
    settings = environment / "share" / "jupyter" / "lab" / "settings"
    shutil.copytree(HERE / "settings", settings, dirs_exist_ok=True)
    shutil.copytree(HERE / "labconfig", config / "labconfig", dirs_exist_ok=True)
    more = json.loads((HERE / "vi.json").read_text(encoding="utf-8"))
    for pack in environment.glob("**/vi_VN/LC_MESSAGES/jupyterlab.json"):
        words = json.loads(pack.read_text(encoding="utf-8")) | more
        pack.write_text(json.dumps(words, ensure_ascii=False), encoding="utf-8")


if __name__ == "__main__":
    lay_out(Path(sys.prefix), Path(os.environ["JUPYTER_CONFIG_DIR"]))
