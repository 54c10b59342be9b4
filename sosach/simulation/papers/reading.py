"""Reading tables that people made in Excel: what is certain is read, the rest is refused by name.

No line disappears silently: it is a row, or it is refused with its place and what to do, or a
note tells why it is none.  Equal files give equal rows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from generator.problems import Problem
from sosach.simulation.papers.cells import DAY, Doubt, meant
from sosach.simulation.papers.files import Cell, Kind, Line, Merge, Sheet, address, csv_sheets
from sosach.simulation.papers.header import (
    Header,
    Titles,
    again,
    find_header,
    missing_sentence,
    refuse_twins,
)
from sosach.simulation.papers.workbook import is_workbook, xlsx_sheets

__all__ = ["Reading", "RefusedRow", "read_rows"]

#: bytes of a file [ours]: 30,000 records with 20 columns have 3 MB
MAX_BYTES = 20_000_000
#: so many line numbers are said in a note
MAX_SAID = 10


class RefusedRow(NamedTuple):
    """A line that was not read, and why.

    Attributes
    ----------
    row_number : int
        As Excel shows it.
    column : str
        Key of the column in doubt; "" where it is the line as a whole.
    sentence : str
        Which cell, what is wrong, what to do.
    """

    row_number: int
    column: str
    sentence: str


@dataclass(frozen=True)
class Reading:
    """What a file says.

    Attributes
    ----------
    rows : list of dict
        Key -> text in NFC, "" where the cell is blank; every wanted key in every row.
    refused : list of RefusedRow
        Lines that are no rows; one with two doubtful cells is told of twice.
    notes : list of str
        What was put right or passed over.
    numbers : list of int
        The line of each row, as Excel shows it.
    """

    rows: list[dict[str, str]]
    refused: list[RefusedRow]
    notes: list[str]
    numbers: list[int] = field(default_factory=list)


def read_rows(
    source: Path | bytes,
    wanted: Mapping[str, Sequence[str]],
    needed: Collection[str] | None = None,
    shown: Collection[str] = (),
) -> Reading:
    """Read a table of an xlsx or CSV file.

    Accepted: columns in any order and under other names, titles above the header, a header of
    two lines, the header repeated inside, another sheet than the first, letters in pieces, blank
    lines, dates as dates, numbers whose text is certain. Refused line by line: numbers that may
    have lost zeros or digits, formulas whatever they last showed, errors of Excel, merged cells.

    Parameters
    ----------
    source : Path or bytes
        The file or its content.
    wanted : mapping
        Key -> titles by which people call the column; the first is shown in messages, the key
        is a title too.
    needed : collection of str, optional
        Keys that must be there; all by default. The others are "" where they are missing.
    shown : collection of str, optional
        Keys of columns that repeat what the platform shows, right or wrong: their text stands.

    Returns
    -------
    Reading

    Raises
    ------
    Problem
        If the file as a whole is no use: missing, too large, locked, no table, a needed column
        missing, named twice or only on a hidden sheet, or two sheets with such tables.
    """
    data, name = _content(source)
    titles = Titles(wanted)
    needed = list(wanted if needed is None else needed)
    if is_workbook(data):
        tables = [(sheet, None) for sheet in xlsx_sheets(data, name)]
        sheet, header, notes = _choose(tables, titles, needed, name)
    else:
        by_separator = [(s, find_header(s, titles, name)) for s in csv_sheets(data, name)]
        best = max(by_separator, key=lambda pair: len(pair[1].places))
        sheet, header, notes = _choose([best], titles, needed, name)
    return _Table(sheet, header, titles, notes, shown).reading(needed, name)


def _content(source: Path | bytes) -> tuple[bytes, str]:
    """Return the bytes of a file and how messages call it."""
    name = "Tệp" if isinstance(source, bytes) else f"Tệp {source.name}"
    try:
        size = len(source) if isinstance(source, bytes) else source.stat().st_size
        if size > MAX_BYTES:
            message = f"{name} lớn hơn {MAX_BYTES // 1_000_000} MB. Hãy chép riêng bảng cần đọc."
            raise Problem(message)
        return (source if isinstance(source, bytes) else source.read_bytes()), name
    except OSError as error:
        message = f"{name} không mở được. Hãy kiểm tra lại đường dẫn, và đóng tệp trong Excel."
        raise Problem(message) from error


def _choose(
    tables: Iterable[tuple[Sheet, Header | None]],
    titles: Titles,
    needed: Collection[str],
    name: str,
) -> tuple[Sheet, Header, list[str]]:
    """Return the one sheet that has the table, its header, and what is said of the others."""
    found = [(sheet, header or find_header(sheet, titles, name)) for sheet, header in tables]
    fit = [
        (sheet, header)
        for sheet, header in found
        if header.last and header.places.keys() >= {*needed}
    ]
    visible = [pair for pair in fit if not pair[0].hidden]
    filled = [pair for pair in visible if pair[0].lines[-1].number > pair[1].last]
    if len(filled) > 1:
        names = ", ".join(sheet.name for sheet, _ in filled)
        message = f"{name} có nhiều trang cùng loại bảng: {names}. Hãy giữ lại một trang."
        raise Problem(message)
    if not visible:
        _refuse_file(found, fit, titles, needed, name)
    sheet, header = (filled or visible)[0]
    return sheet, header, _other_sheets([s for s, _ in found], sheet, {s.name for s, _ in fit})


def _refuse_file(
    found: Sequence[tuple[Sheet, Header]],
    fit: Sequence[tuple[Sheet, Header]],
    titles: Titles,
    needed: Collection[str],
    name: str,
) -> None:
    if fit:
        message = (
            f"{name}: bảng cần đọc nằm ở trang đang ẩn '{fit[0][0].name}'. Hãy bỏ ẩn trang đó."
        )
        raise Problem(message)
    headers = [header for sheet, header in found if not sheet.hidden]
    best = max(headers, key=lambda header: len(header.places), default=Header({}, {}, 0))
    raise Problem(missing_sentence(name, best, titles, needed))


def _other_sheets(sheets: Sequence[Sheet], chosen: Sheet, alike: Collection[str]) -> list[str]:
    """Say which sheets were not read, where they hold more than a remark."""
    unread = [
        f"'{sheet.name}' (đang ẩn)" if sheet.hidden else f"'{sheet.name}'"
        for sheet in sheets
        if sheet is not chosen
        and (sheet.name in alike or any(len(line.cells) > 1 for line in sheet.lines))
    ]
    notes = [f"Đọc trang '{chosen.name}'."] if chosen is not sheets[0] else []
    return [*notes, *([f"Không đọc trang {', '.join(unread)}."] if unread else [])]


class _Table:
    """Goes down the lines below a header."""

    def __init__(
        self,
        sheet: Sheet,
        header: Header,
        titles: Titles,
        notes: list[str],
        shown: Collection[str],
    ) -> None:
        self.sheet, self.header, self.titles = sheet, header, titles
        self.notes, self.shown = notes, shown
        self.width = max(header.titles, default=0) + 1
        self.result = Reading([], [], notes)
        self.repeated: list[int] = []
        self.hidden: list[int] = []
        self.days: Counter[str] = Counter()

    def reading(self, needed: Collection[str], name: str) -> Reading:
        below = [line for line in self.sheet.lines if line.number > self.header.last]
        merged = _merged_lines(below, self.sheet.merges, self.header)
        for line in below:
            repeat = again(line, self.titles, self.header)
            if repeat:
                self._repeat(repeat, needed, name)
            elif line.number in merged:
                self._refuse(line.number, "", f"Dòng {line.number} có ô gộp (merge). {UNMERGE}")
            else:
                self._read(line)
        self._say()
        return self.result

    def _repeat(self, repeat: Header, needed: Collection[str], name: str) -> None:
        """Go on below a header that stands inside, even where it has another order."""
        if not repeat.places.keys() >= {*needed}:
            where = f"{name}, tiêu đề ở dòng {repeat.last}:"
            raise Problem(missing_sentence(where, repeat, self.titles, needed))
        refuse_twins(repeat, self.titles, name)
        self.repeated.append(repeat.last)
        self.header = repeat

    def _read(self, line: Line) -> None:
        if line.width and not _fits(line, self.width):
            sentence = (
                f"Dòng {line.number} có {line.width} ô trong khi tiêu đề có {self.width} cột. "
                "Hãy kiểm tra dấu phân cách trong ô rồi gửi lại dòng này."
            )
            self._refuse(line.number, "", sentence)
            return
        cells = {k: line.cells[c] for k, c in self.header.places.items() if c in line.cells}
        if not cells:
            self._refuse(line.number, "", f"Dòng {line.number} không có gì ở các cột cần đọc.")
            return
        texts = {key: meant(cell, key, shown=key in self.shown) for key, cell in cells.items()}
        doubts = {key: text for key, text in texts.items() if isinstance(text, Doubt)}
        for key, doubt in doubts.items():
            where = address(line.number, self.header.places[key])
            sentence = f"Ô {where} ({self.titles.shown(key)}) {doubt.sentence}"
            self._refuse(line.number, key, sentence)
        if not doubts:
            self._accept(line, cells, texts)

    def _accept(
        self, line: Line, cells: Mapping[str, Cell], texts: Mapping[str, str | Doubt]
    ) -> None:
        self.result.rows.append({key: str(texts.get(key, "")) for key in self.titles.wanted})
        self.result.numbers.append(line.number)
        self.hidden += [line.number] * line.hidden
        self.days.update(
            key for key, cell in cells.items() if key.startswith(DAY) and cell.kind is Kind.DATE
        )

    def _refuse(self, number: int, column: str, sentence: str) -> None:
        self.result.refused.append(RefusedRow(number, column, sentence))

    def _say(self) -> None:
        """Note what was passed over and what a person should look at again."""
        used = self.header.places.values()
        unused = [title for column, title in self.header.titles.items() if column not in used]
        absent = [self.titles.shown(k) for k in self.titles.wanted if k not in self.header.places]
        if unused:
            self.notes.append(f"Cột không dùng: {', '.join(unused)}.")
        if absent:
            self.notes.append(f"Tệp không có cột {', '.join(absent)}: các ô này để trống.")
        if self.repeated:
            self.notes.append(f"Dòng {_said(self.repeated)} là tiêu đề lặp lại, không tính.")
        if self.hidden:
            self.notes.append(f"Dòng {_said(self.hidden)} đang ẩn nhưng vẫn được đọc.")
        if self.sheet.blank:
            self.notes.append(f"Bỏ qua {self.sheet.blank} dòng trống.")
        for key, count in self.days.items():
            self.notes.append(
                f"Cột {self.titles.shown(key)}: {count} ô là kiểu ngày của Excel, được đọc thành "
                "ngày/tháng/năm. Hãy đối chiếu, vì Excel có thể đã đảo ngày và tháng."
            )


UNMERGE = "Hãy bỏ gộp ô và ghi riêng từng dòng, từng cột."


def _said(numbers: Sequence[int]) -> str:
    more = len(numbers) - MAX_SAID
    said = ", ".join(map(str, numbers[:MAX_SAID]))
    return f"{said} và {more} dòng nữa" if more > 0 else said


def _fits(line: Line, width: int) -> bool:
    """Tell whether a line of CSV has the cells of its header, blank ones behind not counted."""
    return line.width >= width > max(line.cells)


def _merged_lines(lines: Sequence[Line], merges: Iterable[Merge], header: Header) -> set[int]:
    """Return the lines of which a merged block may hide what a wanted column says."""
    bad = sorted(merge for merge in merges if _hides(merge, header))
    found, bottom, next_one = set(), 0, 0
    for line in lines:
        while next_one < len(bad) and bad[next_one].top <= line.number:
            bottom = max(bottom, bad[next_one].bottom)
            next_one += 1
        if line.number <= bottom:
            found.add(line.number)
    return found


def _hides(merge: Merge, header: Header) -> bool:
    """Tell whether a block below the header takes a wanted cell's text away."""
    inside = [c for c in header.places.values() if merge.left <= c <= merge.right]
    if merge.bottom <= header.last or not inside:
        return False
    return merge.bottom > merge.top or inside != [merge.left]
