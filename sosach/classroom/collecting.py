"""Taking in: from the inbox to a clean submission in nbgrader's folder, trainee by trainee."""

from __future__ import annotations

import json
import logging
import os
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from sosach.classroom.basis import basis, reasons
from sosach.classroom.folder import ClassFolder
from sosach.classroom.handouts import read_secret
from sosach.classroom.jobs import Job
from sosach.classroom.ledger import (
    GRADED,
    NOT_HANDED_IN,
    RECEIVED,
    REFUSED,
    REPAIRED,
    Entry,
    read_entry,
    write_entry,
)
from sosach.classroom.offline import read_offer
from sosach.classroom.resubmission import is_better
from sosach.grading.intake import (
    Files,
    Submission,
    files_sha256,
    prepare,
    read_artefacts,
)
from sosach.grading.refusals import Refusal
from sosach.grading.stopwatch import part
from sosach.grading.submissions import Receipt, is_sealed, lay_down, read_receipt, tell

__all__ = ["take_in"]


@dataclass(frozen=True)
class Offer:
    """One hand-in: its files, or why it cannot be read, or that it lies with nbgrader already.

    Attributes
    ----------
    notes : list of str
        For the trainee, what of it could not be read.
    name : str
        sha256 of the files; of one that cannot be read, what it looks like from outside; of one
        that nbgrader's own tools took in, its seal.
    """

    path: Path
    name: str
    files: Files = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    refusal: str = ""
    taken: Receipt | None = None


def take_in(room: ClassFolder, job: Job) -> tuple[Entry, dict[str, str]]:
    """Bring one trainee's newest hand-in into nbgrader's folder, unless its mark stands.

    Parameters
    ----------
    room : ClassFolder
        The class.
    job : Job
        Whose hand-in for what.

    Returns
    -------
    tuple of Entry and dict
        The entry, ``received`` where there is something to mark, and what its mark rests on.

    Raises
    ------
    Problem, Refusal
        Why it cannot be taken in.
    """
    with part("intake"):
        before = read_entry(room.entry_file(job.exercise, job.trainee))
        offers = [_read(room, job, path) for path in job.hand_ins] or _taken_by_nbgrader(
            room, job, before
        )
        before = _stamp(room, job, before, offers)
        order = list(before.hand_ins)
        newest = max(offers, key=lambda o: order.index(o.name), default=None)
        name = newest.name if newest else before.judged.get("hand_in", before.sha256)
        now = basis(room, job.exercise, name, job.deadline)
        if _stands(room, job, before, now):
            return before, now
        entry = _accept(room, job, before, newest, offers) if newest else _kept(room, job, before)
        if entry.status != RECEIVED:
            return entry, now
        why = reasons(room, job.exercise, before.judged, now)
        sentences = (*entry.repairs, *entry.notes, *why)
        return replace(entry, failed=False, sentences=sentences), now


def _read(room: ClassFolder, job: Job, path: Path) -> Offer:
    """Read one hand-in."""
    try:
        files, notes = read_offer(room, job.exercise, job.trainee, path)
        return Offer(path, files_sha256(files), files, notes)
    except (Refusal, OSError) as error:
        seen = path.lstat()
        outside = f"{path.name}, {seen.st_size}, {seen.st_mtime_ns}"
        told = f"Máy không đọc được {path.name} ({getattr(error, 'strerror', '')})."
        return Offer(path, outside, refusal=str(error) if isinstance(error, Refusal) else told)


def _taken_by_nbgrader(room: ClassFolder, job: Job, before: Entry) -> list[Offer]:
    """Return what lies in nbgrader's folder, where somebody else than we put it there."""
    from sosach.classroom.nbgrader_intake import take_in as take_in_raw

    target, secret = room.submitted(job.exercise, job.trainee), read_secret(room.root)
    if os.path.lexists(target) and not is_sealed(target, job.trainee, secret):
        silent = logging.Logger("sosach", logging.CRITICAL)
        why = take_in_raw(room, job.exercise, job.trainee, silent).get(job.trainee, "")
        if why:
            raise Refusal(why)
    receipt = read_receipt(target)
    if receipt.seal in ("", before.laid):
        return []
    return [Offer(target, receipt.seal, taken=receipt)]


def _stamp(room: ClassFolder, job: Job, before: Entry, offers: list[Offer]) -> Entry:
    """Write down when hand-ins were first seen, before anything can go wrong with them."""
    new = [offer for offer in offers if offer.name not in before.hand_ins]
    if not new:
        return before
    if len(new) > 1:
        new.sort(key=lambda offer: _changed(offer.path))
    now = datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%S UTC")
    stamps = {offer.name: offer.taken.received if offer.taken else now for offer in new}
    stamped = replace(before, status=RECEIVED, hand_ins={**before.hand_ins, **stamps})
    write_entry(room.entry_file(job.exercise, job.trainee), stamped)
    return stamped


def _changed(hand_in: Path) -> float:
    """Return when a hand-in, or anything in it, was last written (seconds)."""
    return max(path.lstat().st_mtime for path in [hand_in, *hand_in.rglob("*")])


def _stands(room: ClassFolder, job: Job, entry: Entry, now: dict[str, str]) -> bool:
    """Tell whether the mark that is in the gradebook would come out again."""
    done = entry.status in (GRADED, REPAIRED) and not entry.failed and job.marked
    pages = (room.autograded_notebook, room.feedback_page)
    there = all(page(job.exercise, job.trainee).is_file() for page in pages)
    return done and there and entry.judged == now


def _kept(room: ClassFolder, job: Job, before: Entry) -> Entry:
    """Return the entry of somebody of whom nothing lies in the inbox (any more)."""
    if room.submitted(job.exercise, job.trainee).is_dir():
        return replace(before, status=RECEIVED)
    # what was refused in nbgrader's folder was moved out of it, and stays refused
    moved = before.status == REFUSED and not before.hand_ins
    if before.graded or moved:
        return before
    return _absent(room.inbox / job.trainee, job.exercise)


def _absent(folder: Path, exercise: str) -> Entry:
    """Return the entry of somebody without a hand-in; files in the wrong place are told."""
    loose = folder.is_dir() and any(p.is_file() or p.name == "bai_nop" for p in folder.iterdir())
    told = f"Thư mục thu_bai/{folder.name} có tệp nhưng thiếu thư mục con {exercise}."
    return Entry(NOT_HANDED_IN, (told,) if loose else ())


def _accept(room: ClassFolder, job: Job, before: Entry, offer: Offer, offers: list[Offer]) -> Entry:
    """Lay a hand-in into nbgrader's folder, in place of an earlier one, if it counts."""
    if offer.refusal:
        raise Refusal(offer.refusal)
    if not (offer.files or offer.taken or before.graded):
        told = "Bài nộp không có tệp nào."
        return replace(before, status=NOT_HANDED_IN, failed=False, sentences=(told,))
    submission = _submission(room, job, offer)
    if len(offers) > 1:
        several = f"Có {len(offers)} bản nộp, lấy bản mới nhất: {offer.path.name}."
        submission.repairs.insert(0, several)
    entry = replace(before, sha256=offer.name)
    if before.graded and offer.name != before.sha256:
        received = before.hand_ins[offer.name]
        counts, note = is_better(room, job, before, submission.artefacts, received)
        if not counts:
            return _told(room, job, replace(before, notes=(note,)))
        entry = replace(entry, notes=(note,))
        submission.for_trainer.extend(_marks_by_hand(room, job))
    return _lay_down(room, job, entry, submission, offer)


def _submission(room: ClassFolder, job: Job, offer: Offer) -> Submission:
    """Return what a hand-in consists of."""
    if offer.taken:
        receipt, artefacts = offer.taken, read_artefacts(offer.path)
        return Submission({}, artefacts, [*receipt.repairs], [*receipt.for_trainer])
    master = json.loads(room.released_notebook(job.exercise).read_bytes())
    submission = prepare(job.exercise, job.trainee, offer.files, master, room.root)
    submission.repairs.extend(offer.notes)
    return submission


def _marks_by_hand(room: ClassFolder, job: Job) -> list[str]:
    """Take back the marks that were given by hand to an earlier hand-in, and say so."""
    from sosach.classroom.nbgrader_gradebook import take_back

    given = take_back(room.root, job.exercise, job.trainee) if job.marked else []
    lost = f"Điểm chấm tay của bài trước không còn tính: {', '.join(given)}."
    return [lost] if given else []


def _lay_down(
    room: ClassFolder, job: Job, entry: Entry, submission: Submission, offer: Offer
) -> Entry:
    """Bring a submission into nbgrader's folder, unless it is there; return the entry that says so."""
    received, target = entry.hand_ins[offer.name], room.submitted(job.exercise, job.trainee)
    if not offer.taken:
        target.parent.mkdir(parents=True, exist_ok=True)
        lay_down(target, job.trainee, submission, received, read_secret(room.root))
    repairs, remarks = tuple(submission.repairs), tuple(submission.for_trainer)
    return _told(room, job, replace(entry, received=received, repairs=repairs, remarks=remarks))


def _told(room: ClassFolder, job: Job, entry: Entry) -> Entry:
    """Let the feedback say what the entry says of repairs and of earlier hand-ins."""
    target = room.submitted(job.exercise, job.trainee)
    told = (*entry.repairs, *entry.notes)
    if read_receipt(target).repairs != told:
        tell(target, job.trainee, told, read_secret(room.root))
    return replace(entry, status=RECEIVED, laid=read_receipt(target).seal)
