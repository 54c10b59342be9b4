"""What came of a verb: a sentence, tables and drawings, as a notebook shows them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from sosach.publish.report_words import number, tag, words
from sosach.simulation.tables import title

__all__ = ["KetQua"]

#: rows of a table that a notebook shows; `KetQua.bang` has all
SHOWN = 20
#: colours of the pages (mau.css), on paper of its own so that a dark notebook changes nothing
STYLE = (
    ".ket-qua{background:#faf9f6;color:#1d2a31;border-left:4px solid #2f7690;padding:8px 14px;"
    "font:14px/1.5 'Segoe UI','Noto Sans',Roboto,Arial,sans-serif;overflow-x:auto}"
    ".ket-qua.chua{border-left-color:#9c3d12}"
    ".ket-qua p{margin:2px 0}.ket-qua p.them{color:#55646c;font-size:13px}"
    ".ket-qua.ket-qua table{border-collapse:collapse;margin:2px 0 8px;font-size:13px}"
    ".ket-qua caption{text-align:left;font-weight:650;padding:6px 0 3px;color:#1d2a31}"
    ".ket-qua.ket-qua th,.ket-qua.ket-qua td{text-align:left;vertical-align:top;padding:3px 12px 3px 0;"
    "white-space:pre-line;max-width:34em;border:0;border-bottom:1px solid #d9deda;color:#1d2a31}"
    ".ket-qua.ket-qua th{color:#55646c;font-weight:600}"
    ".ket-qua.ket-qua table tr{background:none}"
)


@dataclass(frozen=True, repr=False)
class KetQua:
    """What came of a verb.

    Attributes
    ----------
    duoc : bool
        Whether it was done.
    cau : str
        What the platform says: what was done, or the sentences of a refusal with their documents.
    cac_bang : mapping
        Title -> table, in the order in which people read them; all text, the codes with their
        zeros.
    tra_loi : mapping
        The whole answer.
    hinh : str
        A drawing (SVG), "" for none.
    """

    duoc: bool
    cau: str
    cac_bang: Mapping[str, pd.DataFrame] = field(default_factory=dict)
    tra_loi: Mapping[str, Any] = field(default_factory=dict)
    hinh: str = ""

    @property
    def bang(self) -> pd.DataFrame:
        """The first table; an empty one where there is none."""
        return next(iter(self.cac_bang.values()), pd.DataFrame(dtype=object))

    def __repr__(self) -> str:
        return self.cau

    def _repr_html_(self) -> str:
        tables = [_table(name, rows) for name, rows in self.cac_bang.items() if len(rows)]
        kind = "ket-qua" if self.duoc else "ket-qua chua"
        sentence = tag("p", words(self.cau))
        return tag("style", STYLE) + tag("div", sentence, *tables, self.hinh, class_=kind)


def _table(name: str, rows: pd.DataFrame) -> str:
    """Draw a table without the columns in which nothing stands."""
    filled = rows.loc[:, (rows != "").any()]
    head = tag("tr", *(tag("th", words(title(str(column)))) for column in filled.columns))
    lines = [tag("tr", *map(_cell, row)) for row in filled.head(SHOWN).to_numpy()]
    drawn = tag("table", tag("caption", words(name)), tag("thead", head), tag("tbody", *lines))
    if len(rows) <= SHOWN:
        return drawn
    more = f"Đang xem {SHOWN} trong {number(len(rows))} dòng; .bang có đủ."
    return drawn + tag("p", more, class_="them")


def _cell(value: object) -> str:
    return tag("td", words(number(value) if isinstance(value, int) else str(value)))
