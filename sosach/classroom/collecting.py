"""Collecting: from the inbox to clean submissions, with everybody accounted for."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from generator.problems import nearest
from sosach.classroom.folder import ClassFolder
from sosach.classroom.ledger import NOT_HANDED_IN, RECEIVED, REFUSED, REPAIRED, Entry, Ledger
from sosach.classroom.progress import Progress, silent
from sosach.grading.handouts import read_secret
from sosach.grading.intake import files_sha256, prepare, read_hand_in
from sosach.grading.notebooks import Notebook
from sosach.grading.refusals import Refusal
from sosach.grading.submissions import lay_down

__all__ = ["collect"]


@dataclass(frozen=True)
class Inbox:
    """What lies in the inbox for one exercise: hand-ins by trainee, and strangers."""

    by_trainee: dict[str, list[Path]]
    unknown: tuple[str, ...]


def collect(
    folder: Path, exercises: Iterable[str] = (), progress: Progress = silent
) -> list[Ledger]:
    """Take in what trainees handed in; what is in the inbox is only read.

    Parameters
    ----------
    folder : Path
        The class.
    exercises : iterable of str, optional
        Exercise ids; all that were handed out when empty.
    progress : Progress, optional
        Goes through the trainees.

    Returns
    -------
    list of Ledger
        One per exercise, with an entry for every trainee of the roster.

    Raises
    ------
    Problem
        If the folder is no class, or an exercise was not handed out.
    """
    room = ClassFolder.load(folder)
    return [_collect_one(room, e, progress) for e in room.chosen(exercises)]


def _collect_one(room: ClassFolder, exercise: str, progress: Progress) -> Ledger:
    """Take in one exercise."""
    names = [trainee.ma_hoc_vien for trainee in room.trainees()]
    inbox = _look(room.inbox, exercise, names)
    before = Ledger.load(room.ledger_file(exercise), exercise)
    master = json.loads(room.released_notebook(exercise).read_text(encoding="utf-8"))
    entries = {
        name: _take_in(
            room, exercise, name, inbox.by_trainee.get(name, []), master, before.entries.get(name)
        )
        for name in progress(names, f"Thu bài {exercise}")
    }
    ledger = Ledger(exercise, entries, inbox.unknown)
    ledger.save(room.ledger_file(exercise))
    return ledger


def _look(inbox: Path, exercise: str, names: list[str]) -> Inbox:
    """Find whose hand-ins lie in the inbox, as folders or zip files."""
    known = {name.casefold(): name for name in names}
    by_trainee: dict[str, list[Path]] = {}
    unknown = []
    for path in sorted(inbox.iterdir()):
        claimed, hand_in = _claim(path, exercise)
        if not claimed or path.name.startswith("."):
            continue
        name = known.get(claimed.casefold())
        if name is None:
            unknown.append(
                f"Trong thu_bai có '{claimed}', không phải mã học viên nào của lớp."
                f"{nearest(claimed, names)} Bài được giữ nguyên, chưa chấm."
            )
        elif hand_in.exists():
            by_trainee.setdefault(name, []).append(hand_in)
    return Inbox(by_trainee, tuple(unknown))


def _claim(path: Path, exercise: str) -> tuple[str, Path]:
    """Return whose hand-in a thing in the inbox says to be ("" = of another exercise), and where.

    A file of another kind claims to be from its own name, so that it is listed as unknown.
    """
    name = unicodedata.normalize("NFC", path.name.encode("utf-8", "replace").decode())
    if path.is_dir():
        return name, path / exercise
    match = re.fullmatch(r"(.+?)__(.+?)(\s*\(\d+\))?\.zip", name, re.IGNORECASE)
    if match is None:
        return name, path
    return (match[2] if match[1].casefold() == exercise.casefold() else ""), path


def _take_in(
    room: ClassFolder,
    exercise: str,
    name: str,
    hand_ins: list[Path],
    master: Notebook,
    before: Entry | None,
) -> Entry:
    """Return one trainee's entry; a clean submission is made when something new came."""
    if not hand_ins:
        return before if before and before.sha256 else _absent(room.inbox / name, exercise)
    newest = max(hand_ins, key=_changed)
    several = [f"Có {len(hand_ins)} bản nộp, lấy bản mới nhất: {newest.name}."]
    try:
        files = read_hand_in(newest)
        if not files:
            return before or Entry(NOT_HANDED_IN, ("Bài nộp không có tệp nào.",))
        sha256 = files_sha256(files)
        if before and before.sha256 == sha256 and before.status != REFUSED:
            return before
        submission = prepare(exercise, name, files, master, room.root)
    except Refusal as refusal:
        return _refused(str(refusal), before)
    except OSError as error:
        return _refused(f"Máy không đọc được {newest.name} ({error.strerror}).", before)
    repairs = [*(several if len(hand_ins) > 1 else []), *submission.repairs]
    received = datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%S UTC")
    submission = replace(submission, repairs=repairs)
    secret = read_secret(room.root)
    lay_down(room.submitted(exercise, name), name, submission, received, secret)
    status = REPAIRED if repairs else RECEIVED
    return Entry(status, tuple(repairs), sha256=sha256, received=received)


def _absent(folder: Path, exercise: str) -> Entry:
    """Return the entry of somebody without a hand-in; files in the wrong place are told."""
    loose = folder.is_dir() and any(p.is_file() or p.name == "bai_nop" for p in folder.iterdir())
    told = f"Thư mục thu_bai/{folder.name} có tệp nhưng thiếu thư mục con {exercise}."
    return Entry(NOT_HANDED_IN, (told,) if loose else ())


def _changed(hand_in: Path) -> float:
    """Return when a hand-in, or anything in it, was last written (seconds)."""
    return max(path.lstat().st_mtime for path in [hand_in, *hand_in.rglob("*")])


def _refused(why: str, before: Entry | None) -> Entry:
    """Refuse a hand-in; marks of an earlier one stay."""
    if before and before.graded:
        kept = f"Bài nộp lại không đọc được: {why} Giữ điểm của bài nộp trước."
        return replace(before, sentences=(*(s for s in before.sentences if s != kept), kept))
    return Entry(REFUSED, (why,))
