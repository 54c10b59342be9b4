"""The text of a notebook file without what it shows: outputs, pictures, widgets.

Fifty megabytes of outputs cost half a second this way and never become objects in memory, where a
hostile notebook would take twenty times its size.
"""

from __future__ import annotations

import re

from sosach.grading import limits

__all__ = ["without_outputs"]

#: a heavy value begins; inside a string the quotes of its name have backslashes
_HEAVY = re.compile(r'(?<!\\)"(?:outputs|attachments|widgets)"\s*:\s*(?=[\[{])')
# Possessive, so that no text makes it go back and try again; without alternatives inside, which
# Python before 3.11.5 gets wrong there (gh-106052).
_STRING = r'"[^"\\]*+(?:\\.[^"\\]*+)*+"'
_OTHER = r'[^"\[\]{}]*+'
_TO_BRACKET = re.compile(rf"{_OTHER}(?:{_STRING}{_OTHER})*+([\[\]{{}}])", re.DOTALL)
_EMPTY = {"[": "[]", "{": "{}"}
#: heavy values of a notebook: an output and an attachment for every cell, and the widgets
_MOST = 2 * limits.MAX_NOTEBOOK_CELLS + 1


def without_outputs(text: str) -> str | None:
    r"""Return the JSON text of a notebook with its heavy values empty.

    Parameters
    ----------
    text : str
        JSON, perhaps broken.

    Returns
    -------
    str or None
        At most 4,000,000 characters; None where what is left is more than a notebook holds, or
        a heavy value has no end.

    Examples
    --------
    >>> without_outputs('{"outputs": [{"text": "]"}], "source": "\\"outputs\\": ["}')
    '{"outputs": [], "source": "\\"outputs\\": ["}'
    """
    parts: list[str] = []
    at = 0
    while found := _HEAVY.search(text, at):
        end = _end_of_value(text, found.end())
        if end is None or len(parts) > 2 * _MOST:
            return None
        parts += (text[at : found.end()], _EMPTY[text[found.end()]])
        at = end
    parts.append(text[at:])
    return "".join(parts) if sum(map(len, parts)) <= limits.MAX_SOURCE else None


def _end_of_value(text: str, start: int) -> int | None:
    """Return where a list or object ends; None where it does not, or is too intricate."""
    depth, at = 0, start
    for _ in range(limits.MAX_BRACKETS):
        found = _TO_BRACKET.match(text, at)
        if found is None:
            return None
        at = found.end()
        depth += 1 if found[1] in _EMPTY else -1
        if depth == 0:
            return at
    return None
