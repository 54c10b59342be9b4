"""Confirmations for those who finished: one signed PDF per class, by unit, and a table for mail merge."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.resources import as_file, files
from pathlib import Path

import typst

from generator.files import unfinished
from generator.problems import Problem
from generator.strict import check_names
from generator.vietnamese import strip_diacritics
from sosach.classroom.class_signer import class_signer, write_trust
from sosach.classroom.folder import ClassFolder
from sosach.classroom.results import Result, read_results
from sosach.classroom.roster import Trainee
from sosach.grading.specs import find_spec, load_spec
from sosach.publish.workbook import Cell, write_workbook
from sosach.signing.confirmations import Confirmation, sign_confirmation
from sosach.signing.lists import sign_list
from sosach.signing.passport.qr import svg

__all__ = ["Completion", "completions", "write_confirmations"]

#: an exercise that was sat again bears the number of the sitting
SITTING = re.compile(r"_lan\d+$")
PDF, TABLE = "giay_xac_nhan.pdf", "giay_xac_nhan.xlsx"
#: columns of the table before the exercises
COLUMNS = ("stt", "ma_hoc_vien", "ho_ten", "don_vi", "email", "lop", "ket_qua_phan_tram")


@dataclass(frozen=True)
class Completion:
    """What one trainee reached in all exercises that count.

    Attributes
    ----------
    trainee : Trainee
    shares : mapping
        Exercise -> best share of its points in any sitting, 0 to 1; 0 where there is no mark.
    """

    trainee: Trainee
    shares: Mapping[str, float]

    @property
    def percent(self) -> float:
        """Mean of the shares, 0 to 100: every exercise counts alike."""
        return 100 * sum(self.shares.values()) / len(self.shares)


def completions(folder: Path, exercises: Collection[str] = ()) -> list[Completion]:
    """Return what everybody reached, by unit and then by given name.

    Parameters
    ----------
    folder : Path
        The class.
    exercises : collection of str, optional
        Those that count; all that were handed out.

    Returns
    -------
    list of Completion
        Everybody on the roster. What was not handed in counts as 0, of several sittings the best.

    Raises
    ------
    Problem
        If the folder is no class, nothing was handed out, or an exercise was not.
    """
    _, results = read_results(folder)
    best = _best(results)
    known = list(dict.fromkeys(_base(result.exercise) for result in results))
    check_names(exercises, known, f"Lớp {folder.name}", "bài tập đã phát")
    chosen = [name for name in known if not exercises or name in exercises]
    people = ClassFolder.load(folder).trainees()
    found = [
        Completion(person, {name: best[person.ma_hoc_vien, name] for name in chosen})
        for person in people
    ]
    return sorted(found, key=lambda one: _place(one.trainee))


def write_confirmations(
    folder: Path, pass_mark: float, exercises: Collection[str] = ()
) -> tuple[list[Path], list[Completion]]:
    """Write the confirmations of those who reached the pass mark into ``ket_qua/``.

    Parameters
    ----------
    folder : Path
        The class.
    pass_mark : float
        0 to 100, of the mean over the exercises that count.
    exercises : collection of str, optional
        Those that count; all that were handed out.

    Returns
    -------
    tuple of list of Path and list of Completion
        ``giay_xac_nhan.pdf``, a page each, signed by the class (PAdES), every page with a signed
        QR code; ``giay_xac_nhan.xlsx``, a row each; and those who did not reach the mark. What
        ``sosach sign check`` needs stands beside them in ``tin_cay/``.

    Raises
    ------
    Problem
        As `completions`, or if nobody has reached the mark.
    """
    room, everybody = ClassFolder.load(folder), completions(folder, exercises)
    passed = [one for one in everybody if one.percent >= pass_mark]
    if not passed:
        message = (
            f"Chưa ai đạt {pass_mark:g} % nên chưa có giấy xác nhận nào. "
            "Hãy chấm bài (sosach grade), hoặc chọn mức đạt khác (--pass-mark)."
        )
        raise Problem(message)
    room.results.mkdir(exist_ok=True)
    _write_signed(room, passed, pass_mark)
    _write_table(room.results / TABLE, room.record.name, passed)
    written = [room.results / PDF, room.results / TABLE]
    return written, [one for one in everybody if one.percent < pass_mark]


def _base(exercise: str) -> str:
    """Return the exercise of a sitting."""
    return SITTING.sub("", exercise)


def _best(results: Sequence[Result]) -> Mapping[tuple[str, str], float]:
    """Return the best share per trainee and exercise, 0 where there is none."""
    found: dict[tuple[str, str], float] = defaultdict(float)
    for result in results:
        name = result.trainee.ma_hoc_vien, _base(result.exercise)
        found[name] = max(found[name], result.share or 0.0)
    return found


def _place(trainee: Trainee) -> tuple[list[str | int], list[str]]:
    """Return what sorts by unit, Phường 2 before Phường 10, and then as Vietnamese lists do."""
    unit = re.split(r"(\d+)", _plain(trainee.don_vi))
    parts = [int(part) if part.isdecimal() else part for part in unit]
    return parts, _plain(trainee.ho_ten).split()[::-1]


def _plain(text: str) -> str:
    return strip_diacritics(text).casefold()


def _percent(share: float) -> str:
    return f"{100 * share:.1f}".replace(".", ",").removesuffix(",0") + " %"


def _write_signed(room: ClassFolder, passed: Sequence[Completion], mark: float) -> None:
    """Write and sign the papers, and what somebody else checks them with."""
    token, now = class_signer(room), datetime.now(UTC).replace(microsecond=0)
    codes = [sign_confirmation(_said(one, room.record.name, now), token) for one in passed]
    pages = _pages(passed, codes, room.record.name, mark, now)
    signed = sign_list(pages, token, now, room.record.class_id)
    with unfinished(room.results / PDF) as part:
        part.write_bytes(signed)
    write_trust(room, token, now)


def _said(one: Completion, class_name: str, now: datetime) -> Confirmation:
    person, count = one.trainee, len(one.shares)
    return Confirmation(person.ho_ten, person.don_vi, class_name, count, one.percent, now)


def _pages(
    passed: Sequence[Completion], codes: Sequence[str], name: str, mark: float, now: datetime
) -> bytes:
    """Return the unsigned PDF, a page each."""
    titles = {exercise: load_spec(find_spec(exercise)).title for exercise in passed[0].shares}
    data = {
        "class": name,
        "mark": _percent(mark / 100),
        "people": [
            {
                "name": one.trainee.ho_ten,
                "unit": one.trainee.don_vi,
                "result": _percent(one.percent / 100),
                "exercises": [[titles[e], _percent(share)] for e, share in one.shares.items()],
                "qr": svg(code),
            }
            for one, code in zip(passed, codes, strict=True)
        ],
    }
    with as_file(files(__package__) / "templates" / "giay_xac_nhan.typ") as template:
        made: bytes = typst.compile(
            template,
            ignore_system_fonts=True,  # the font is the library's own on every machine
            sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
            timestamp=now,
        )
    return made


def _write_table(path: Path, name: str, passed: Sequence[Completion]) -> None:
    """Write a row per confirmation, for the mail merge of a word processor."""
    header = [*COLUMNS, *passed[0].shares]
    rows: list[list[Cell]] = [
        [
            *(i, one.trainee.ma_hoc_vien, one.trainee.ho_ten, one.trainee.don_vi),
            *(one.trainee.email, name, round(one.percent, 1)),
            *(round(100 * share, 1) for share in one.shares.values()),
        ]
        for i, one in enumerate(passed, start=1)
    ]
    write_workbook(path, {"Giấy xác nhận": (header, rows)})
