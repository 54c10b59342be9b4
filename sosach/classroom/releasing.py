"""Handing out an exercise: nbgrader's release, and for every trainee a pack of their own."""

from __future__ import annotations

import hashlib
import json
import shutil
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import lru_cache, partial
from pathlib import Path
from typing import Any, NamedTuple

from generator import ENGINE
from generator.files import write_whole
from generator.problems import Problem
from sosach.cases import Case
from sosach.classroom.folder import ClassFolder
from sosach.classroom.handouts import (
    Fingerprint,
    HandOut,
    fingerprint,
    frozen_spec,
    load_hand_out,
    make_trainee_case,
    read_secret,
    record_path,
    spec_path,
)
from sosach.classroom.progress import Progress, silent
from sosach.grading.specs import ROOT, find_spec, load_spec
from sosach.publish.packs import write_pack

__all__ = ["Run", "hand_out", "release"]

#: the level of a first hand-out
LEVEL = "van_dung"
#: an executor, as `sosach.executors` has them
Run = Callable[[Callable[[Any], Any], Sequence[Any]], Iterable[Any]]


class Recipient(NamedTuple):
    """Who gets a pack of what."""

    exercise: str
    trainee: str


def release(
    folder: Path,
    exercises: Iterable[str],
    level: str | None = None,
    progress: Progress = silent,
    due: datetime | None = None,
    run: Run = map,
) -> list[HandOut]:
    """Hand out exercises to everybody on the roster.

    Doing it again keeps what is there and adds what is missing, as for a trainee added later, or
    after the power failed in the middle.

    Parameters
    ----------
    folder : Path
        The class.
    exercises : iterable of str
        Exercise ids; resits that were handed out before among them.
    level : str, optional
        A level of these exercises, as ``"lam_quen"``; that of the first hand-out, or `LEVEL`.
    progress : Progress, optional
        Goes through the packs.
    due : datetime, optional
        Deadline, with its time zone; stays as it is by default.
    run : callable, optional
        Who does the work: an executor of `sosach.executors`.

    Returns
    -------
    list of HandOut
        One record per exercise.

    Raises
    ------
    Problem
        If there is no such exercise or level, or it was handed out at another level or by
        another engine.
    """
    room = ClassFolder.load(folder)
    plans = [_plan(room, exercise, level) for exercise in dict.fromkeys(exercises)]
    members = {plan.exercise: _members(room, plan) for plan in plans}
    return hand_out(room, plans, members, progress, due, run)


def hand_out(
    room: ClassFolder,
    plans: Iterable[HandOut],
    members: Mapping[str, Sequence[str]],
    progress: Progress = silent,
    due: datetime | None = None,
    run: Run = map,
) -> list[HandOut]:
    """Hand out exercises; the record of each is written when its last pack is there.

    Parameters
    ----------
    room : ClassFolder
        The class.
    plans : iterable of HandOut
        What is to be handed out; with the trainees of an earlier time.
    members : mapping
        Exercise -> ids of those who get a pack.
    progress : Progress, optional
        Goes through the packs.
    due : datetime, optional
        Deadline, with its time zone.
    run : callable, optional
        Who does the work: an executor of `sosach.executors`.

    Returns
    -------
    list of HandOut
        With everybody's fingerprint.

    Raises
    ------
    Problem
        If a pack that was handed out before comes out differently now.
    """
    ready = _prepared(room, plans, due)
    todo = [Recipient(exercise, name) for exercise in ready for name in members[exercise]]
    bare = {exercise: replace(plan, trainees={}) for exercise, plan in ready.items()}
    given: dict[str, dict[str, Fingerprint]] = {exercise: {} for exercise in ready}
    give = partial(_give, room.root, time.time(), bare)
    for to, found in progress(run(give, todo), "Phát bài", len(todo)):
        given[to.exercise][to.trainee] = found
        if len(given[to.exercise]) == len(members[to.exercise]):
            ready[to.exercise] = _recorded(room, ready[to.exercise], given[to.exercise])
    return list(ready.values())


def _prepared(
    room: ClassFolder, plans: Iterable[HandOut], due: datetime | None
) -> dict[str, HandOut]:
    """Do once, before the packs, what no two processes may do at a time."""
    from sosach.classroom.nbgrader_gradebook import enrol, set_deadline

    frozen = (
        p if record_path(room.root, p.exercise).is_file() else _freeze(room, p) for p in plans
    )
    ready = {plan.exercise: plan for plan in frozen}
    enrol(room.root, room.trainees())
    if due:
        for exercise in ready:
            set_deadline(room.root, exercise, due)
    return ready


def _give(
    root: Path, began: float, plans: Mapping[str, HandOut], to: Recipient
) -> tuple[Recipient, Fingerprint]:
    """Make one trainee's pack; runs in whatever process does the work."""
    room, plan = _room(root, began), plans[to.exercise]
    spec = frozen_spec(room.root, plan.exercise, plan.base)
    secret = read_secret(room.root)
    case = make_trainee_case(spec, secret, plan.class_id, plan.level, to.trainee, plan.purpose)
    found = fingerprint(case)
    _hand_over(room, plan, to.trainee, case, found.pack)
    return to, found


# what a class signs with is read once by each process of a run, not for every pack
@lru_cache(maxsize=1)
def _room(root: Path, _began: float) -> ClassFolder:
    return ClassFolder.load(root)


def _recorded(room: ClassFolder, plan: HandOut, given: dict[str, Fingerprint]) -> HandOut:
    done = replace(plan, trainees=_agreed(plan, given))
    write_whole(record_path(room.root, plan.exercise), done.to_json())
    return done


def _plan(room: ClassFolder, exercise: str, level: str | None) -> HandOut:
    """Return what is to be handed out: as it was the first time, if there was one."""
    if record_path(room.root, exercise).is_file():
        before = load_hand_out(room.root, exercise)
        _check_same(before, level or before.level)
        return before
    spec = load_spec(find_spec(exercise))
    return HandOut(
        exercise=exercise,
        base=exercise,
        purpose="own",
        level=level or LEVEL,
        class_id=room.record.class_id,
        engine=ENGINE,
        n_records=spec.n_records(level or LEVEL),
        notebook="",
        spec="",
        trainees={},
    )


def _members(room: ClassFolder, plan: HandOut) -> list[str]:
    """Return who gets a pack: the roster, or those a resit was given to."""
    everybody = [trainee.ma_hoc_vien for trainee in room.trainees()]
    if plan.base == plan.exercise:
        return everybody
    return [name for name in everybody if name in plan.trainees]


def _check_same(before: HandOut, level: str) -> None:
    """Refuse to mix levels or engines in one hand-out."""
    if (before.level, before.engine) != (level, ENGINE):
        message = (
            f"Bài {before.exercise} đã được phát ở mức '{before.level}' bằng bộ tạo dữ liệu phiên "
            f"bản {before.engine}. Không phát lại ở mức '{level}', phiên bản {ENGINE}: "
            "hãy mở một lớp khác."
        )
        raise Problem(message)


def _agreed(plan: HandOut, given: dict[str, Fingerprint]) -> dict[str, Fingerprint]:
    """Return all fingerprints; those of an earlier hand-out must have come out again."""
    before = plan.trainees
    changed = [name for name in given if before.get(name, given[name]) != given[name]]
    if changed:
        message = (
            f"Gói bài {plan.exercise} tạo lại khác gói đã phát ({', '.join(changed[:5])}). "
            "Hãy kiểm tra bi_mat.key và thư mục phat_bai của lớp."
        )
        raise Problem(message)
    return {**before, **given}


def _freeze(room: ClassFolder, plan: HandOut) -> HandOut:
    """Put the exercise into nbgrader's folders and gradebook, and freeze its spec."""
    from sosach.classroom.nbgrader_class import generate_release

    notebook, spec = _sources(room, plan)
    if not notebook.is_file():
        message = f"Chưa dựng bài tập {plan.base}. Hãy chạy: sosach course build"
        raise Problem(message)
    source = room.root / "source" / plan.exercise / f"{plan.exercise}.ipynb"
    write_whole(source, notebook.read_bytes())
    generate_release(room.root, plan.exercise)
    write_whole(spec_path(room.root, plan.exercise), spec.read_bytes())
    frozen = (room.released_notebook(plan.exercise), spec_path(room.root, plan.exercise))
    hashes = [hashlib.sha256(path.read_bytes()).hexdigest() for path in frozen]
    return replace(plan, notebook=hashes[0], spec=hashes[1])


def _sources(room: ClassFolder, plan: HandOut) -> tuple[Path, Path]:
    """Return notebook and spec to hand out: the project's, or those that a resit repeats."""
    name = f"{plan.base}.ipynb"
    if plan.base == plan.exercise:
        return ROOT / "exercises" / plan.base / name, find_spec(plan.base)
    return room.root / "source" / plan.base / name, spec_path(room.root, plan.base)


def _hand_over(room: ClassFolder, plan: HandOut, trainee: str, case: Case, pack: str) -> None:
    """Write one trainee's exercise folder; one that is there is the trainee's and stays."""
    target = room.handed_out / trainee / plan.exercise
    if target.exists():
        return
    part = target.with_name(f".{plan.exercise}.dang_ghi")
    shutil.rmtree(part, ignore_errors=True)
    try:
        (part / "bai_nop").mkdir(parents=True)
        notebook = room.released_notebook(plan.exercise)
        shutil.copyfile(notebook, part / notebook.name)
        about = {
            "exercise": plan.exercise,
            "base": plan.base,
            "level": plan.level,
            "class": plan.class_id,
            "trainee": trainee,
            "ward": case.pack.ward.name,
            "n_records": case.pack.doi_tuong.num_rows,
            "engine": ENGINE,
            "pack": pack,
            "sha256": write_pack(
                case.pack,
                part,
                tables=case.files,
                papers=case.told_papers(),
                prints=case.printed(lambda: room.pki),
            ),
        }
        write_whole(part / "goi_bai.json", json.dumps(about, ensure_ascii=False, indent=1))
        part.replace(target)
    finally:
        shutil.rmtree(part, ignore_errors=True)
