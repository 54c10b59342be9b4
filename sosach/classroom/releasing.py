"""Handing out an exercise: nbgrader's release, and for every trainee a pack of their own."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable
from pathlib import Path

from generator import ENGINE
from generator.files import write_whole
from generator.packs import Pack
from generator.problems import Problem
from sosach.cases.keys import answer_key
from sosach.classroom.folder import ClassFolder
from sosach.classroom.progress import Progress, silent
from sosach.classroom.roster import Trainee
from sosach.grading.handouts import (
    Fingerprint,
    HandOut,
    fingerprint,
    load_hand_out,
    make_trainee_pack,
    read_secret,
    record_path,
    spec_path,
)
from sosach.grading.specs import ROOT, ExerciseSpec, find_spec, load_spec
from sosach.publish.packs import write_pack

__all__ = ["release"]


def release(
    folder: Path, exercises: Iterable[str], level: str, progress: Progress = silent
) -> list[HandOut]:
    """Hand out exercises to everybody on the roster.

    Doing it again keeps what is there and adds what is missing, as for a trainee added later.

    Parameters
    ----------
    folder : Path
        The class.
    exercises : iterable of str
        Exercise ids.
    level : str
        A level of these exercises, as ``"lam_quen"``.
    progress : Progress, optional
        Goes through the trainees.

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
    specs = [_spec_of(room, exercise) for exercise in exercises]
    for spec in specs:
        spec.n_records(level)
    return [_release_one(room, spec, level, progress) for spec in specs]


def _spec_of(room: ClassFolder, exercise: str) -> ExerciseSpec:
    """Return the spec: the one handed out before, else the repository's."""
    path = find_spec(exercise)
    if record_path(room.root, exercise).is_file():
        path = spec_path(room.root, exercise)
    return load_spec(path)


def _release_one(room: ClassFolder, spec: ExerciseSpec, level: str, progress: Progress) -> HandOut:
    """Hand out one exercise; its record is written last."""
    if record_path(room.root, spec.id).is_file():
        _check_same(load_hand_out(room.root, spec.id), level)
    else:
        _release_notebook(room, spec.id)
    secret = read_secret(room.root)
    given = {}
    for trainee in progress(room.trainees(), f"Phát bài {spec.id}"):
        name = trainee.ma_hoc_vien
        pack = make_trainee_pack(spec, secret, room.record.class_id, level, name)
        given[name] = fingerprint(pack, answer_key(pack, spec.tasks))
        _hand_over(room, spec, level, trainee, pack)
    hand_out = HandOut(
        exercise=spec.id,
        level=level,
        class_id=room.record.class_id,
        engine=ENGINE,
        n_records=spec.n_records(level),
        trainees=_agreed(room, spec.id, given),
    )
    write_whole(record_path(room.root, spec.id), hand_out.to_json())
    return hand_out


def _check_same(before: HandOut, level: str) -> None:
    """Refuse to mix levels or engines in one hand-out."""
    if (before.level, before.engine) != (level, ENGINE):
        message = (
            f"Bài {before.exercise} đã được phát ở mức '{before.level}' bằng bộ tạo dữ liệu phiên "
            f"bản {before.engine}. Không phát lại ở mức '{level}', phiên bản {ENGINE}: "
            "hãy mở một lớp khác."
        )
        raise Problem(message)


def _agreed(
    room: ClassFolder, exercise: str, given: dict[str, Fingerprint]
) -> dict[str, Fingerprint]:
    """Return all fingerprints; those of an earlier hand-out must have come out again."""
    if not record_path(room.root, exercise).is_file():
        return given
    before = load_hand_out(room.root, exercise).trainees
    changed = [name for name in given if before.get(name, given[name]) != given[name]]
    if changed:
        message = (
            f"Gói bài {exercise} tạo lại khác gói đã phát ({', '.join(changed[:5])}). "
            "Hãy kiểm tra bi_mat.key và thư mục phat_bai của lớp."
        )
        raise Problem(message)
    return {**before, **given}


def _release_notebook(room: ClassFolder, exercise: str) -> None:
    """Put the exercise into nbgrader's folders and gradebook, and freeze its spec."""
    from sosach.classroom.nbgrader_class import generate_release

    built = ROOT / "exercises" / exercise / f"{exercise}.ipynb"
    if not built.is_file():
        message = f"Chưa dựng bài tập {exercise}. Hãy chạy: sosach course build"
        raise Problem(message)
    source = room.root / "source" / exercise / built.name
    write_whole(source, built.read_bytes())
    generate_release(room.root, exercise)
    write_whole(spec_path(room.root, exercise), find_spec(exercise).read_bytes())


def _hand_over(
    room: ClassFolder, spec: ExerciseSpec, level: str, trainee: Trainee, pack: Pack
) -> None:
    """Write one trainee's exercise folder; one that is there is the trainee's and stays."""
    target = room.handed_out / trainee.ma_hoc_vien / spec.id
    if target.exists():
        return
    part = target.with_name(f".{spec.id}.dang_ghi")
    shutil.rmtree(part, ignore_errors=True)
    try:
        (part / "bai_nop").mkdir(parents=True)
        notebook = room.released_notebook(spec.id)
        shutil.copyfile(notebook, part / notebook.name)
        about = {
            "exercise": spec.id,
            "level": level,
            "class": room.record.class_id,
            "trainee": trainee.ma_hoc_vien,
            "ward": pack.ward.name,
            "n_records": pack.doi_tuong.num_rows,
            "engine": ENGINE,
            "sha256": write_pack(pack, part),
        }
        write_whole(part / "goi_bai.json", json.dumps(about, ensure_ascii=False, indent=1))
        part.replace(target)
    finally:
        shutil.rmtree(part, ignore_errors=True)
