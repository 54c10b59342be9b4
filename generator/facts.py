"""The reference tables: facts about Vietnam, read as text, each with its source.

Every column is text: identity numbers, ward codes and prefixes lose their zeros as numbers.
What each table rests on stands in ``reference/SOURCES.md``.
"""

from __future__ import annotations

import csv
import io
from functools import cache
from importlib.resources import files

__all__ = ["column", "table"]


@cache
def table(name: str) -> list[dict[str, str]]:
    """Return the rows of one reference table.

    Parameters
    ----------
    name : str
        File name below ``generator/reference`` without ``.csv``, as ``"error_taxonomy"``.

    Returns
    -------
    list of dict
        One dict per row, all values text. Shared between callers: read, never change.

    Raises
    ------
    FileNotFoundError
        If there is no such table.
    """
    path = files("generator") / "reference" / f"{name}.csv"
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"), newline="")))


def column(name: str, key: str) -> list[str]:
    """Return one column of a reference table, in row order."""
    return [row[key] for row in table(name)]
