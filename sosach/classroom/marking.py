"""One trainee's whole way: taken in, marked, told; whatever happens ends in the ledger."""

from __future__ import annotations

import socket
import traceback
from dataclasses import replace
from pathlib import Path

from generator.problems import Problem
from sosach.classroom.collecting import take_in
from sosach.classroom.folder import ClassFolder
from sosach.classroom.handouts import regenerate
from sosach.classroom.jobs import Job
from sosach.classroom.ledger import (
    GRADED,
    RECEIVED,
    REFUSED,
    REPAIRED,
    Entry,
    read_entry,
    write_entry,
)
from sosach.classroom.log import write_log
from sosach.grading.refusals import Refusal
from sosach.grading.stopwatch import measured, part
from sosach.publish.report_words import decimal

__all__ = ["collect_one", "mark_one"]


def collect_one(class_folder: Path, job: Job) -> None:
    """Take in what one trainee handed in for one exercise.

    Parameters
    ----------
    class_folder : Path
        The class.
    job : Job
        Whose hand-in for what.
    """
    _attend(ClassFolder.load(class_folder), job, marking=False)


def mark_one(class_folder: Path, host: str, job: Job) -> None:
    """Take in and mark one trainee's hand-in; runs in whatever process does the work.

    Parameters
    ----------
    class_folder : Path
        The class, as this computer sees it.
    host : str
        Name of the computer that runs the class.
    job : Job
        Whose hand-in for what.

    Raises
    ------
    Problem
        If this is another computer and the gradebook is a file: several computers would spoil it.
    """
    room = ClassFolder.load(class_folder)
    if not room.record.gradebook and socket.gethostname() != host:
        message = (
            "Nhiều máy cùng chấm cần sổ điểm trên máy chủ PostgreSQL (sosach class open "
            "--gradebook). Sổ điểm dạng tệp chỉ dùng được trên một máy."
        )
        raise Problem(message)
    _attend(room, job, marking=True)


def _attend(room: ClassFolder, job: Job, *, marking: bool) -> None:
    """Go the whole way, and write down how it ended."""
    file = room.entry_file(job.exercise, job.trainee)
    try:
        with measured() as seconds:
            entry, basis = take_in(room, job)
            if entry != read_entry(file):
                write_entry(file, entry)
            if marking and entry.status == RECEIVED:
                entry = replace(_mark(room, job, entry), judged=basis)
            elif marking and entry.graded and job.marked and entry.points != job.points:
                # a trainer has changed marks by hand: the page has to say so
                entry = _tell(room, job, replace(entry, points=job.points))
            else:
                return
        rounded = {name: round(value, 4) for name, value in seconds.items()}
        write_entry(file, replace(entry, seconds=rounded))
    except (Problem, Refusal) as reason:
        write_entry(file, _stopped(read_entry(file), str(reason)))
    except Exception as error:
        _log_error(room, job)
        why = (
            f"Chương trình gặp lỗi ({type(error).__name__}) khi xử lý bài này; bài nộp được giữ "
            "nguyên. Hãy gửi tệp so_cham/nhat_ky.log cho người phụ trách."
        )
        write_entry(file, _stopped(read_entry(file), why))


def _mark(room: ClassFolder, job: Job, entry: Entry) -> Entry:
    """Mark what lies in nbgrader's folder, and write the feedback page."""
    from sosach.classroom.nbgrader_class import autograde
    from sosach.classroom.nbgrader_gradebook import lent, read_marks

    # proved first: nbgrader throws the earlier page away before it asks
    regenerate(room.root, job.exercise, job.trainee)
    with lent(room.root), part("nbgrader"):
        autograde(room.root, job.exercise, job.trainee)
        mark = read_marks(room.root, job.exercise, job.trainee)[job.trainee]
    marked = replace(
        entry,
        status=REPAIRED if entry.repairs else GRADED,
        graded=True,
        points=mark.points,
        max_points=mark.max_points,
    )
    return _tell(room, job, marked)


def _tell(room: ClassFolder, job: Job, entry: Entry) -> Entry:
    """Write the feedback page; that it cannot be written does not undo the mark."""
    from sosach.classroom.nbgrader_class import generate_feedback

    try:
        with part("feedback"):
            generate_feedback(room.root, job.exercise, job.trainee)
    except Exception:
        _log_error(room, job)
        told = "Đã chấm nhưng chưa viết được phiếu nhận xét. Hãy chấm lại."
        return replace(entry, failed=True, sentences=(*entry.sentences, told))
    return entry


def _stopped(before: Entry, why: str) -> Entry:
    """Return the entry of a hand-in that cannot be marked; the mark of an earlier one stays."""
    if not before.graded:
        return replace(before, status=REFUSED, failed=True, sentences=(why,))
    kept = f"{why} Giữ {decimal(before.points)} điểm đã chấm trước đó."
    return replace(before, status=REPAIRED, failed=True, sentences=(kept,))


def _log_error(room: ClassFolder, job: Job) -> None:
    """Keep a traceback for developers."""
    write_log(
        room, "error", exercise=job.exercise, trainee=job.trainee, traceback=traceback.format_exc()
    )
