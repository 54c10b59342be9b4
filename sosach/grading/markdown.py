r"""A trainee's Markdown made harmless for pages that do not escape it, nbgrader's own above all.

The text stays readable, with its lists, tables and stress. What a page could run, load or open is
taken apart: tags, links, pictures, formulas. Nothing is looked for by a list of bad words, which
always has a gap; the few characters that give Markdown its power over a page are changed.

=================  ===========  =========================================================
``<``              ``&lt;``     no tags, comments, automatic links
``&`` of a name    ``&amp;``    no character that is spelt so that a filter overlooks it
``\``              its like     no formulas: their macros open links and set styles
``](`` ``][``      ``] (``      no links and pictures; the address stays to be read
``]:``             ``] :``      no definitions of links
``name:x``         ``name :x``  no addresses but those of the web
three backticks    alone        no language, which would start a highlighter or Mermaid
``#`` ahead        wide         no headings, whose names could stand in for a mark's field
``---`` alone      ``- - -``    the same
=================  ===========  =========================================================
"""

from __future__ import annotations

import re
from collections.abc import Callable

from sosach.grading.texts import printable

__all__ = ["harmless"]

#: what may stand before a heading or a fence: quotes, list marks
_LEAD = r"[ \t>*+.)\d-]*"
_CHANGES: tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = (
    (re.compile("<"), "&lt;"),
    (re.compile(r"&(?!lt;|amp;)"), "&amp;"),
    (re.compile(r"\\"), "⧵"),  # noqa: RUF001 - looks like one, is none
    (re.compile(r"\](?=[(\[])"), "] "),
    (re.compile(r"\](?=:)"), "] "),
    (re.compile(r"\b(?!https?:|mailto:)([A-Za-z][\w+.-]*):(?=\S)"), r"\1 :"),
    (re.compile(rf"(?m)^({_LEAD}(?:`{{3,}}(?=[^\n`]*$)|~{{3,}}))[ \t]*(?=[^\s~])"), "\\1\n"),
    (re.compile(rf"(?m)^({_LEAD})(#+)"), lambda match: match[1] + "＃" * len(match[2])),  # noqa: RUF001
    (re.compile(r"(?m)^( {0,3})([=-])\2*[ \t]*$"), r"\1\2 \2 \2"),
)


def harmless(text: str) -> str:
    r"""Return Markdown without power over the page that shows it.

    Parameters
    ----------
    text : str
        What a trainee wrote.

    Returns
    -------
    str
        Doing it again changes nothing.

    Examples
    --------
    >>> harmless("a < b, [xem](javascript:alert(1))")
    'a &lt; b, [xem] (javascript :alert(1))'
    """
    text = printable(text)
    for pattern, instead in _CHANGES:
        text = pattern.sub(instead, text)
    return text
