"""What an operator sees of the record that it spoils."""

from __future__ import annotations

from collections.abc import Callable, Mapping

__all__ = ["Operator", "Record"]

#: the cells of the record before anything went wrong
Record = Mapping[str, str]

#: what one clerk does to one cell: (cell, u, v, record) -> what is typed, or None where it cannot
#: happen; u and v are two draws in [0, 1)
Operator = Callable[[str, float, float, Record], "str | None"]
