"""The review screen: one record at a time beside the list of all, every step a button.

A button does nothing but call a verb of `ManHinh` (``chon``, ``tiep``, ``luu``, ...), so a test or
a program that calls the verbs does the exercise exactly as clicks would.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from html import escape

import ipywidgets as widgets

from generator.problems import Problem
from sosach.review.card import card_html, details_html, style_html
from sosach.review.journal import Journal
from sosach.review.parts import button, dropdown
from sosach.review.queue import UNDECIDED, Queue
from sosach.review.strings import CHOICES, OPEN, SHORT, UI
from sosach.review.trouble import Trouble

__all__ = ["ManHinh"]

Record = Mapping[str, str]
#: writes the list and returns the sentence that says so
Save = Callable[[], str]
#: right or wrong and why, for a record and a choice
Explain = Callable[[str, str], tuple[bool, str]]


class ManHinh(widgets.VBox):  # type: ignore[misc] # ipywidgets ships no types
    """The screen on which a list is made.

    Parameters
    ----------
    records : sequence of mapping
        Rows of ``doi_tuong``, at least one, in the order of the screen.
    journal : Journal
        Choices made before and from now on.
    doses : iterable of mapping
        Rows of ``mui_tiem``.
    save : callable, optional
        Writes the list and returns a sentence; without it there is no button to save.
    explain : callable, optional
        Judges a choice at once (lessons only); then the screen stays on the record.
    """

    def __init__(
        self,
        records: Sequence[Record],
        journal: Journal,
        *,
        doses: Iterable[Record] = (),
        save: Save | None = None,
        explain: Explain | None = None,
    ) -> None:
        self._queue = Queue(records, journal)
        self._doses: dict[str, list[Record]] = {}
        for dose in doses:
            self._doses.setdefault(dose["ma_ho_so"], []).append(dose)
        self._journal, self._save, self._explain = journal, save, explain
        self._unsaved = self._drawing = False
        self._make_parts()
        super().__init__(self._layout())
        self.add_class("ss-man-hinh")
        self.nhac(UI["start"])
        self._draw()

    @property
    def dang_xem(self) -> str:
        """Code of the record on the screen."""
        return self._queue.at

    @property
    def hien(self) -> list[str]:
        """Codes of the records that the filters let through, in order."""
        return self._queue.shown()

    @property
    def danh_sach(self) -> list[dict[str, str]]:
        """The list as it would be saved: ``ma_ho_so, nhom``."""
        return [row for row in self._journal.rows() if row["ma_ho_so"] in self._queue.records]

    @property
    def loi_nhan(self) -> str:
        """The sentence that the screen shows."""
        return self._message

    def lua_chon(self, ma_ho_so: str) -> str:
        """Return the choice for a record, "" where it is open."""
        return self._journal.choice(ma_ho_so)

    def nhac(self, text: str, look: str = "") -> None:
        """Show a sentence; `look` is a class of ``screen.css``."""
        self._message = text
        self._note.value = (
            f'<div class="ss-loi-nhan {look}" aria-live="polite" role="status">{escape(text)}</div>'
        )

    # --- the verbs behind the buttons -----------------------------------------------------

    def chon(self, ma_ho_so: str, nhom: str) -> None:
        """Choose for a record, and go on to the next where it is the one on the screen.

        Parameters
        ----------
        ma_ho_so : str
            The record.
        nhom : str
            ``a``, ``b``, ``c`` or ``khong`` (leave it out of the list).

        Raises
        ------
        Trouble
            If there is no such record or no such choice.
        """
        self._known(ma_ho_so)
        if nhom not in CHOICES:
            raise Trouble(UI["unknown_choice"].format(choice=nhom, choices=", ".join(CHOICES)))
        self._unsaved |= nhom != self.lua_chon(ma_ho_so)
        self._journal.choose(ma_ho_so, nhom)
        if self._explain is not None:
            self._say_verdict(ma_ho_so, *self._explain(ma_ho_so, nhom))
        else:
            self.nhac(self._sentence("noted", ma_ho_so))
            if ma_ho_so == self.dang_xem:
                self._queue.go(1)
        self._say_when_done()
        self._draw()

    def tiep(self) -> None:
        """Go to the next record that the filters let through."""
        self._queue.go(1)
        self._draw()

    def lui(self) -> None:
        """Go to the previous record that the filters let through."""
        self._queue.go(-1)
        self._draw()

    def mo(self, ma_ho_so: str) -> None:
        """Go to a record; a filter that hides it is taken away."""
        self._known(ma_ho_so)
        self._queue.open(ma_ho_so)
        self._draw()

    def chua_chon(self) -> None:
        """Go to the next record that is still open, from the top again after the last."""
        found = self._queue.next_open()
        if found is None:
            self.nhac(UI["all_done_trial" if self._save is None else "all_done"])
        else:
            self._queue.open(found)
        self._draw()

    def loc(self, trang_thai: str = "", nhom: str = "") -> None:
        """Show only some records.

        Parameters
        ----------
        trang_thai : str
            Status as the platform shows it; "" for all.
        nhom : str
            A choice, ``chua`` for open records, "" for all.
        """
        self._queue.status, self._queue.choice = trang_thai, nhom
        self._queue.stay_in_sight()
        self._draw()

    def tim(self, chu: str) -> None:
        """Show only records with these letters in name, number or code, with or without marks."""
        self._queue.words = chu.strip()
        self._queue.stay_in_sight()
        self._draw()

    def hoan_tac(self) -> None:
        """Take back the latest choice and go to its record."""
        record = self._journal.undo()
        if record is None or record not in self._queue.records:
            self.nhac(UI["nothing_to_undo"])
        else:
            self._unsaved = True
            self.nhac(self._sentence("undone", record))
            self._queue.open(record)
        self._draw()

    def luu(self) -> None:
        """Write the list; the screen says where, or why not."""
        if self._save is None:
            return
        try:
            self.nhac(self._save())
            self._unsaved = False
        except Problem as problem:
            self.nhac(str(problem), "ss-sai")
        self._draw()

    # --- inside ---------------------------------------------------------------------------

    def _known(self, code: str) -> None:
        if code not in self._queue.records:
            raise Trouble(UI["unknown_record"].format(code=code))

    def _sentence(self, key: str, code: str) -> str:
        name, choice = self._queue.records[code]["ho_ten"], SHORT[self.lua_chon(code)]
        return UI[key].format(name=name, code=code, choice=choice)

    def _say_verdict(self, code: str, right: bool, why: str) -> None:
        word, look = (UI["right"], "ss-dung") if right else (UI["wrong"], "ss-sai")
        name, choice = self._queue.records[code]["ho_ten"], SHORT[self.lua_chon(code)]
        self.nhac(f"{name}, {choice}: {word} {why}", look)

    def _say_when_done(self) -> None:
        if self._explain is None and all(map(self.lua_chon, self._queue.records)):
            self.nhac(f"{self._message} {UI['all_done']}")

    def _make_parts(self) -> None:
        self._message = ""
        self._note, self._head, self._card, self._details = (widgets.HTML() for _ in range(4))
        self._progress = widgets.HTML(layout=widgets.Layout(flex="1 1 400px"))
        self._note.add_class("ss-nhac")  # as high as two lines, so that nothing below it moves
        statuses = sorted({record["tt_xac_minh"] for record in self._queue.records.values()})
        self._by_status = dropdown(
            UI["filter_status"], [(UI["any_status"], ""), *((text, text) for text in statuses)]
        )
        choices = [(UI["any_choice"], ""), (SHORT[OPEN], UNDECIDED)]
        choices += [(SHORT[key], key) for key in CHOICES]
        self._by_choice = dropdown(UI["filter_choice"], choices)
        self._search = widgets.Text(
            description=UI["search"],
            placeholder=UI["search_hint"],
            style={"description_width": "initial"},
            layout=widgets.Layout(flex="1 1 300px"),
        )
        height = min(500, 60 + 28 * len(self._queue.records))
        self._list = widgets.Select(layout=widgets.Layout(width="96%", height=f"{height}px"))
        self._list_head = widgets.HTML()
        self._buttons = {
            key: button(text, partial(self._press, key), "ss-chon") for key, text in CHOICES.items()
        }
        for part in (self._by_status, self._by_choice, self._search):
            part.observe(self._filters_changed, names="value")
        self._list.observe(self._list_clicked, names="value")

    def _layout(self) -> list[widgets.Widget]:
        row = widgets.Layout(flex_flow="row wrap", align_items="center")
        moves = [
            button(UI["back"], self.lui),
            button(UI["next"], self.tiep),
            button(UI["open_next"], self.chua_chon),
            button(UI["undo"], self.hoan_tac),
        ]
        top = [self._progress]
        if self._save is not None:
            top.append(button(UI["save"], self.luu, "ss-luu"))
        left = widgets.VBox([self._list_head, self._list], layout=widgets.Layout(flex="1 1 300px"))
        right = widgets.VBox(
            [
                self._head,
                self._card,
                widgets.HTML(f"<b>{UI['question']}</b>"),
                widgets.HBox(list(self._buttons.values()), layout=row),
                widgets.HBox(moves, layout=row),
                self._details,
            ],
            layout=widgets.Layout(flex="2 1 520px"),
        )
        return [
            widgets.HTML(f'{style_html()}<div class="ss-bang">{UI["banner"]}</div>'),
            widgets.HBox(top, layout=row),
            widgets.HBox([self._by_status, self._by_choice, self._search], layout=row),
            self._note,
            widgets.HBox([left, right], layout=widgets.Layout(flex_flow="row wrap")),
        ]

    def _press(self, key: str) -> None:
        self.chon(self.dang_xem, key)

    def _filters_changed(self, _: object) -> None:
        if not self._drawing:
            self._queue.words = self._search.value.strip()
            self.loc(self._by_status.value, self._by_choice.value)

    def _list_clicked(self, change: Mapping[str, str | None]) -> None:
        if not self._drawing and change["new"]:
            self.mo(change["new"])

    def _draw(self) -> None:
        """Bring every part up to date; what this changes by itself must not act as a click."""
        self._drawing = True
        try:
            self._draw_list()
            self._draw_record()
            self._draw_progress()
        finally:
            self._drawing = False

    def _draw_list(self) -> None:
        self._by_status.value, self._by_choice.value = self._queue.status, self._queue.choice
        if self._search.value.strip() != self._queue.words:  # else a space just typed would go
            self._search.value = self._queue.words
        shown, total = self.hien, len(self._queue.records)
        places = {code: i for i, code in enumerate(self._queue.records, start=1)}
        self._list.options = [(self._line(places[code], code), code) for code in shown]
        self._list.value = self.dang_xem if self.dang_xem in shown else None
        empty = "" if shown else f"<br>{UI['nothing_found']}"
        self._list_head.value = f"<b>{UI['list'].format(shown=len(shown), total=total)}</b>{empty}"

    def _line(self, place: int, code: str) -> str:
        record, choice = self._queue.records[code], SHORT[self.lua_chon(code)]
        return f"{place}. {record['ho_ten']} · {choice} · {record['tt_xac_minh']}"

    def _draw_record(self) -> None:
        code, codes = self.dang_xem, list(self._queue.records)
        head = UI["record"].format(place=codes.index(code) + 1, total=len(codes), code=code)
        self._head.value = f"<b>{escape(head)}</b>"
        record = self._queue.records[code]
        self._card.value = card_html(record)
        self._details.value = details_html(record, self._doses.get(code, ()))
        for key, made in self._buttons.items():
            chosen = key == self.lua_chon(code)
            made.description = (UI["chosen"] if chosen else "") + CHOICES[key]
            (made.add_class if chosen else made.remove_class)("ss-da-chon")

    def _draw_progress(self) -> None:
        choices = [self.lua_chon(code) for code in self._queue.records]
        done, total = sum(map(bool, choices)), len(choices)
        text = UI["progress"].format(done=done, total=total)
        counts = UI["counts"].format(**{key: choices.count(key) for key in CHOICES})
        state = UI["unsaved"] if self._unsaved and self._save else ""
        self._progress.value = (
            f'<div class="ss-tien-do"><b>{text}</b> · {counts} <b>{state}</b>'
            f'<progress max="{total}" value="{done}" aria-label="{text}"></progress></div>'
        )
