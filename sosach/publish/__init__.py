"""Files for people: workbooks whose cells are all text, and the pack a trainee gets."""

from __future__ import annotations

from sosach.publish.packs import write_pack
from sosach.publish.workbook import write_workbook

__all__ = ["write_pack", "write_workbook"]
