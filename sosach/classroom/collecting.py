"""Taking in: from the inbox to a clean submission in nbgrader's folder, trainee by trainee."""

from __future__ import annotations

import hashlib
import json
import shutil
import stat
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from sosach.classroom.basis import basis, reasons
from sosach.classroom.folder import ClassFolder
from sosach.classroom.jobs import Job
from sosach.classroom.ledger import (
    GRADED,
    NOT_HANDED_IN,
    RECEIVED,
    REPAIRED,
    Entry,
    read_entry,
    write_entry,
)
from sosach.classroom.resubmission import is_better
from sosach.grading.intake import (
    INTAKE_FILE,
    Files,
    Submission,
    files_sha256,
    prepare,
    read_hand_in,
)
from sosach.grading.refusals import Refusal
from sosach.grading.stopwatch import part

__all__ = ["take_in"]

STAMP_FILE = "timestamp.txt"


@dataclass(frozen=True)
class Offer:
    """One hand-in as it was read: its files, or why it cannot be read.

    Attributes
    ----------
    name : str
        sha256 of the files; of one that cannot be read, what it looks like from outside.
    """

    path: Path
    name: str
    files: Files = field(default_factory=dict)
    refusal: str = ""


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
        offers = [_read(path) for path in job.hand_ins or _laid_by_hand(room, job, before)]
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


def _stamp(room: ClassFolder, job: Job, before: Entry, offers: list[Offer]) -> Entry:
    """Write down when hand-ins were first seen, before anything can go wrong with them."""
    now = datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%S UTC")
    new = [offer for offer in offers if offer.name not in before.hand_ins]
    if not new:
        return before
    if len(new) > 1:
        new.sort(key=lambda offer: _changed(offer.path))
    seen = {**before.hand_ins, **{offer.name: now for offer in new}}
    stamped = replace(before, status=RECEIVED, hand_ins=seen)
    write_entry(room.entry_file(job.exercise, job.trainee), stamped)
    return stamped


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
    return before if before.graded else _absent(room.inbox / job.trainee, job.exercise)


def _absent(folder: Path, exercise: str) -> Entry:
    """Return the entry of somebody without a hand-in; files in the wrong place are told."""
    loose = folder.is_dir() and any(p.is_file() or p.name == "bai_nop" for p in folder.iterdir())
    told = f"Thư mục thu_bai/{folder.name} có tệp nhưng thiếu thư mục con {exercise}."
    return Entry(NOT_HANDED_IN, (told,) if loose else ())


def _read(path: Path) -> Offer:
    """Read one hand-in."""
    try:
        if path.is_symlink():
            message = f"'{path.name}' không phải là tệp hay thư mục thường (liên kết)."
            raise Refusal(message)
        files = read_hand_in(path)
        return Offer(path, files_sha256(files), files)
    except (Refusal, OSError) as error:
        seen = path.lstat()
        outside = f"{path.name}, {seen.st_size}, {seen.st_mtime_ns}"
        told = f"Máy không đọc được {path.name} ({getattr(error, 'strerror', '')})."
        return Offer(path, outside, refusal=str(error) if isinstance(error, Refusal) else told)


def _changed(hand_in: Path) -> float:
    """Return when a hand-in, or anything in it, was last written (seconds)."""
    return max(path.lstat().st_mtime for path in [hand_in, *hand_in.rglob("*")])


def _accept(room: ClassFolder, job: Job, before: Entry, offer: Offer, offers: list[Offer]) -> Entry:
    """Lay a hand-in into nbgrader's folder, in place of an earlier one."""
    if offer.refusal:
        raise Refusal(offer.refusal)
    if not offer.files and not before.graded:
        told = "Bài nộp không có tệp nào."
        return replace(before, status=NOT_HANDED_IN, failed=False, sentences=(told,))
    master = json.loads(room.released_notebook(job.exercise).read_bytes())
    submission = prepare(job.exercise, job.trainee, offer.files, master)
    if len(offers) > 1:
        several = f"Có {len(offers)} bản nộp, lấy bản mới nhất: {offer.path.name}."
        submission = replace(submission, repairs=[several, *submission.repairs])
    if before.graded and offer.name != before.sha256:
        return _replace(room, job, before, offer, submission)
    return _lay_down(room, job, replace(before, sha256=offer.name), submission)


def _replace(
    room: ClassFolder, job: Job, before: Entry, offer: Offer, submission: Submission
) -> Entry:
    """Lay down what was handed in again, or keep what is there: by the exercise's rule."""
    from sosach.classroom.nbgrader_gradebook import take_back

    received = before.hand_ins[offer.name]
    counts, note = is_better(room, job, before, submission.artefacts, received)
    if not counts:
        told = [*before.repairs, note]
        _write_told(room.submitted(job.exercise, job.trainee), told)
        return replace(before, status=RECEIVED, notes=(note,))
    by_hand = take_back(room.root, job.exercise, job.trainee) if job.marked else []
    if by_hand:
        lost = f"Điểm chấm tay của bài trước không còn tính: {', '.join(by_hand)}."
        submission.for_trainer.append(lost)
    entry = replace(before, sha256=offer.name, notes=(note,))
    return _lay_down(room, job, entry, submission)


def _lay_down(room: ClassFolder, job: Job, entry: Entry, submission: Submission) -> Entry:
    """Write a clean submission into nbgrader's folder; return the entry that says so."""
    target, received = room.submitted(job.exercise, job.trainee), entry.hand_ins[entry.sha256]
    part_of = target.with_name(f".{target.name}.dang_ghi")
    shutil.rmtree(part_of, ignore_errors=True)
    try:
        (part_of / "bai_nop").mkdir(parents=True)
        for name, data in submission.artefacts.items():
            (part_of / "bai_nop" / name).write_bytes(data)
        notebook = json.dumps(submission.notebook, ensure_ascii=False, indent=1)
        (part_of / f"{job.exercise}.ipynb").write_text(notebook, encoding="utf-8")
        (part_of / STAMP_FILE).write_text(received, encoding="utf-8")
        _write_told(part_of, [*submission.repairs, *entry.notes])
        laid = _tree_sha256(part_of)
        shutil.rmtree(target, ignore_errors=True)
        part_of.replace(target)
    finally:
        shutil.rmtree(part_of, ignore_errors=True)
    return replace(
        entry,
        status=RECEIVED,
        received=received,
        repairs=tuple(submission.repairs),
        remarks=tuple(submission.for_trainer),
        laid=laid,
    )


def _write_told(folder: Path, told: list[str]) -> None:
    """Write down what the feedback says about the whole submission."""
    (folder / INTAKE_FILE).write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")


def _laid_by_hand(room: ClassFolder, job: Job, before: Entry) -> list[Path]:
    """Return nbgrader's folder where somebody else than we put something into it."""
    target = room.submitted(job.exercise, job.trainee)
    return [target] if target.is_dir() and _tree_sha256(target) != before.laid else []


def _tree_sha256(folder: Path) -> str:
    """Return one fingerprint of the files below a folder, our own notes excepted."""
    whole = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if stat.S_ISREG(path.lstat().st_mode) and path.name not in (INTAKE_FILE, STAMP_FILE):
            with path.open("rb") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
            whole.update(f"{path.relative_to(folder)}\0{digest}\n".encode())
    return whole.hexdigest()
