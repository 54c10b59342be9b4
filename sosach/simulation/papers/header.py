"""Finding the header of a table: below a title, under other names, moved, in two lines, twice."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache
from itertools import zip_longest
from typing import NamedTuple

from generator.problems import Problem, nearest
from generator.vietnamese import strip_diacritics
from sosach.simulation.papers.files import Kind, Line, Sheet, address, clean

__all__ = [
    "Header",
    "Titles",
    "again",
    "find_header",
    "missing_sentence",
    "plain_title",
    "refuse_twins",
]

#: filled lines in which the header may stand, below titles and letterheads
HEADER_WITHIN = 30


class Header(NamedTuple):
    """Where the columns stand.

    Attributes
    ----------
    places : dict
        Key -> column from 0.
    titles : dict
        Column -> what the header says, also of columns that nobody wants.
    last : int
        Number of the header's last line; 0 where no header was found.
    """

    places: dict[str, int]
    titles: dict[int, str]
    last: int


class Titles:
    """The columns that are looked for, and by which names people call them.

    Parameters
    ----------
    wanted : mapping
        Key -> titles; the key itself is one.

    Raises
    ------
    ValueError
        If two keys have the same title.
    """

    def __init__(self, wanted: Mapping[str, Sequence[str]]) -> None:
        self.wanted = wanted
        self.keys: dict[str, str] = {}
        for key, titles in wanted.items():
            for title in (key, *titles):
                if self.keys.setdefault(plain_title(title), key) != key:
                    message = f"two columns have the title {title}"
                    raise ValueError(message)

    def shown(self, key: str) -> str:
        """Return what a person reads for a key: its first title."""
        return next(iter(self.wanted[key]), key)

    def columns(self, titles: Mapping[int, str]) -> dict[str, list[int]]:
        """Return which columns bear a title of a key."""
        found: dict[str, list[int]] = {}
        for column, title in titles.items():
            key = self.keys.get(plain_title(title))
            if key:
                found.setdefault(key, []).append(column)
        return found


@lru_cache(maxsize=10_000)
def plain_title(text: str) -> str:
    """Return a title without marks, case, blanks and signs.

    Examples
    --------
    >>> plain_title(" Số CCCD/CMND (*): ")
    'so cccd cmnd'
    """
    plain = strip_diacritics(clean(text)).casefold()
    return " ".join(re.findall(r"[a-z0-9]+", plain))


def find_header(sheet: Sheet, titles: Titles, name: str) -> Header:
    """Find the line, or the two lines, that name most of the columns.

    Parameters
    ----------
    sheet : Sheet
    titles : Titles
    name : str
        The file, for the message.

    Returns
    -------
    Header

    Raises
    ------
    Problem
        If two columns bear the same title.
    """
    best = Header({}, {}, 0)
    lines = sheet.lines[:HEADER_WITHIN]
    for line, under in zip_longest(lines, lines[1:]):
        for found in _candidates(line, under):
            columns = titles.columns(found.titles)
            if len(columns) > len(best.places):
                places = {key: taken[0] for key, taken in columns.items()}
                best = found._replace(places=places)
    refuse_twins(best, titles, name)
    return best


def _candidates(line: Line, under: Line | None) -> list[Header]:
    """Return the line as a header, and with the line under it where groups have sub-titles."""
    alone = {column: cell.text for column, cell in line.cells.items() if _is_title(cell.kind)}
    found = [Header({}, alone, line.number)]
    if under and under.number == line.number + 1:
        lower = {column: cell.text for column, cell in under.cells.items() if _is_title(cell.kind)}
        found.append(Header({}, {**alone, **lower}, under.number))
    return found


def _is_title(kind: Kind) -> bool:
    return kind is Kind.TEXT


def refuse_twins(header: Header, titles: Titles, name: str) -> None:
    """Refuse a file in which two columns bear the same title."""
    for key, columns in titles.columns(header.titles).items():
        if len(columns) > 1:
            cells = " và ".join(address(header.last, column) for column in columns)
            message = (
                f"{name} có hai cột {titles.shown(key)} (ô {cells}). "
                "Hãy bỏ bớt hoặc đổi tên một cột rồi gửi lại."
            )
            raise Problem(message)


def again(line: Line, titles: Titles, header: Header) -> Header | None:
    """Return the header that a line below the first one repeats, None where it is no header."""
    texts = {column: cell.text for column, cell in line.cells.items() if _is_title(cell.kind)}
    needed = max(2, (len(header.places) + 1) // 2) if len(header.places) > 1 else 1
    if sum(not text[0].isdigit() for text in texts.values()) < needed:
        return None  # looking closer at each line would take half of the time
    places = {key: taken[0] for key, taken in titles.columns(texts).items()}
    return Header(places, texts, line.number) if len(places) >= needed else None


def missing_sentence(name: str, header: Header, titles: Titles, needed: Collection[str]) -> str:
    """Return which columns are missing, and which title may have been meant."""
    missing = [titles.shown(key) for key in needed if key not in header.places]
    unused = [title for c, title in header.titles.items() if c not in header.places.values()]
    guesses = [f" {title}:{nearest(title, unused)}" for title in missing if nearest(title, unused)]
    sentence = f"{name} thiếu cột {', '.join(missing)}."
    if not header.places:
        sentence += " Không tìm thấy dòng tiêu đề nào."
    return f"{sentence}{''.join(guesses)} Hãy sửa dòng tiêu đề rồi gửi lại."
