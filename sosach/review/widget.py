"""The workbench inside a notebook: the browser shows and decides, the kernel writes the files.

Every decision comes as one event and is answered when it stands in the file; what was not
answered the browser keeps and sends again, also to the next kernel. The whole trail travels once,
when the screen opens.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from typing import Any

import anywidget
import traitlets

from generator.problems import Problem, nearest
from sosach.review.bundle import script, style
from sosach.review.casefile import CaseFile, as_json
from sosach.review.journal import Event, Journal, check_event, decision_rows, live
from sosach.review.trouble import Trouble

__all__ = ["ManHinh"]

#: does something with files and answers with a sentence and further lines
Command = Callable[[], tuple[str, list[str]]]
#: keeps one event (writes the artefact and the trail), or raises a `Problem`
Keep = Callable[[Event], object]


class ManHinh(anywidget.AnyWidget):
    """The screen of one case file.

    Parameters
    ----------
    case : CaseFile
    journal : Journal, optional
        Decisions made before and from now on; without it nothing is kept anywhere.
    keep : callable, optional
        Keeps an event; without it `journal` alone takes it.
    file : str
        The artefact's path as the learner knows it, "" where nothing is saved.
    key : str
        Under which name the browser keeps its copy; "" to keep none.
    note : str
        What the learner should read first.
    commands : mapping, optional
        Entries of the menu that the kernel does: ``phieu_excel``, ``nhap_excel``.
    """

    _esm = script("notebook")
    _css = style()
    ho_so = traitlets.Dict().tag(sync=True)
    nhat_ky: traitlets.List[Event] = traitlets.List().tag(sync=True)
    khoa = traitlets.Unicode().tag(sync=True)
    so_hieu = traitlets.Unicode().tag(sync=True)
    tep = traitlets.Unicode().tag(sync=True)
    lenh: traitlets.List[str] = traitlets.List().tag(sync=True)
    loi_nhan = traitlets.Unicode().tag(sync=True)
    dang_xem = traitlets.Unicode().tag(sync=True)

    def __init__(
        self,
        case: CaseFile,
        journal: Journal | None = None,
        keep: Keep | None = None,
        file: str = "",
        key: str = "",
        note: str = "",
        commands: Mapping[str, Command] | None = None,
    ) -> None:
        self._case = case
        self._journal = journal or Journal()
        self._keep = keep or self._journal.take
        self._commands = commands or {}
        decided = {event["ma_ho_so"] for event in live(self._journal.events)}
        open_ones = [record.id for record in case.records if record.id not in decided]
        super().__init__(
            ho_so=as_json(case),
            nhat_ky=list(self._journal.events),
            khoa=key,
            so_hieu=uuid.uuid4().hex,
            tep=file,
            loi_nhan=note,
            lenh=list(self._commands),
            dang_xem=[*open_ones, case.records[0].id][0],
        )
        self._journal.listen(self._tell)
        self.on_msg(self._hear)

    @property
    def hien(self) -> list[str]:
        """Ids of all records, in order."""
        return [record.id for record in self._case.records]

    @property
    def danh_sach(self) -> list[dict[str, str]]:
        """The rows of the artefact as they stand."""
        known = set(self.hien)
        events = [event for event in self._journal.events if event["ma_ho_so"] in known]
        return decision_rows(events, self._case.form)

    def lua_chon(self, ma_ho_so: str) -> str:
        """Return the actions chosen for a record, "" where it is open."""
        chosen = [e for e in live(self._journal.events) if e["ma_ho_so"] == ma_ho_so]
        return ", ".join(event["hanh_dong"] for event in chosen)

    def chon(self, ma_ho_so: str, hanh_dong: str, **phan: str) -> None:
        """Decide on a record as a press of a button does, and go on to the next.

        Parameters
        ----------
        ma_ho_so, hanh_dong : str
            The record and the action's code.
        **phan : str
            ``ma_mui, truong, gia_tri_moi, ma_lien_quan, ly_do``; ``them="1"`` for one more.

        Raises
        ------
        Trouble
            If there is no such record or action; nothing is stored.
        """
        codes = self.hien
        self._check("hồ sơ", ma_ho_so, codes)
        self._check("cách xử lý", hanh_dong, [action.code for action in self._case.form.actions])
        if self.lua_chon(ma_ho_so) != hanh_dong or phan:
            parts = {"ma_ho_so": ma_ho_so, "hanh_dong": hanh_dong, **phan}
            self._keep(self._journal.make("chon", "may", 0, **parts))
        self.dang_xem = [*codes, ma_ho_so][min(codes.index(ma_ho_so) + 1, len(codes) - 1)]

    def hoan_tac(self) -> None:
        """Take back the latest decision and go to its record."""
        last = self._journal.last()
        if last is None:
            return
        self._keep(self._journal.make("hoan_tac", ma_ho_so=last["ma_ho_so"], su_kien=last["id"]))
        self.mo(last["ma_ho_so"])

    def mo(self, ma_ho_so: str) -> None:
        """Go to a record."""
        self._check("hồ sơ", ma_ho_so, self.hien)
        self.dang_xem = ma_ho_so

    # --- inside ---------------------------------------------------------------------------

    def _check(self, what: str, word: str, words: list[str]) -> None:
        if word not in words:
            message = f"Bài này không có {what} '{word}'.{nearest(word, words)}"
            raise Trouble(message)

    def _tell(self, event: Event) -> None:
        """Let the browser have an event that is kept."""
        self.nhat_ky.append(event)  # not assigned: that would send the whole trail again
        self.send({"viec": "them", "su_kien": [event]})

    def _hear(self, _: object, content: Any, __: object) -> None:  # noqa: ANN401 - from a browser
        """Keep one event from the browser and say so, or say why not; or do a command."""
        try:
            if content["viec"] == "lenh":
                sentence, lines = self._commands[content["ten"]]()
                self.send({"viec": "tra_loi", "cau": sentence, "dong": lines})
            else:
                self._take(check_event(content["su_kien"]))
        except Problem as problem:
            self.send({"viec": "chua_ghi", "cau": str(problem)})
        except (ValueError, TypeError, KeyError):
            self.send({"viec": "chua_ghi", "cau": "Màn hình gửi một việc không đọc được."})

    def _take(self, event: Event) -> None:
        if self._journal.knows(event):
            self.send({"viec": "them", "su_kien": [event]})  # sent again: the answer was lost
        else:
            self._keep(event)
