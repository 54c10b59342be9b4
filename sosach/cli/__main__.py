"""``python -m sosach.cli``: the command line where the ``sosach`` script is not on the path."""

from __future__ import annotations

from sosach.cli import main

main(prog_name="sosach")
