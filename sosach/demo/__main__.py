"""Run the demonstration class: ``python -m sosach.demo [FOLDER]``."""

from __future__ import annotations

import sys
from pathlib import Path

from sosach.demo.run import run, table

if __name__ == "__main__":
    report = run(Path(sys.argv[1] if len(sys.argv) > 1 else "var/demo"), sys.stdout.write)
    sys.stdout.write(table(report))
    sys.exit(1 if report["mismatches"] else 0)
