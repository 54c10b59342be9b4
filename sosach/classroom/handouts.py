"""What every trainee of a class was given, and how to make it again when marking.

The key is never stored: it follows from the class secret. Marking stops with a sentence when
what comes out now is not what was handed out then.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from functools import lru_cache
from pathlib import Path

from generator import ENGINE
from generator.problems import Problem
from generator.strict import read
from sosach.cases import Case, make_case
from sosach.cases.keys import key_sha256
from sosach.grading.rubrics import Key
from sosach.grading.seeds import trainee_seed
from sosach.grading.specs import ExerciseSpec, load_spec
from sosach.grading.stopwatch import part

__all__ = [
    "CLASS_KEY",
    "Fingerprint",
    "HandOut",
    "fingerprint",
    "frozen_spec",
    "load_frozen_spec",
    "load_hand_out",
    "make_trainee_case",
    "read_secret",
    "record_path",
    "regenerate",
    "regenerate_case",
    "spec_path",
]

#: 32 random bytes in hexadecimal, readable by the trainer alone
CLASS_KEY = "bi_mat.key"


@dataclass(frozen=True)
class Fingerprint:
    """sha256 of what one trainee was given and of its key."""

    pack: str
    key: str


@dataclass(frozen=True)
class HandOut:
    """How the packs of one exercise were made, and what came out for every trainee.

    Attributes
    ----------
    exercise : str
        Id in this class: of nbgrader's assignment, of folders and zip files.
    base : str
        The exercise that it is made of; the same id, except for a resit.
    purpose : str
        What the data are for, as `trainee_seed` knows it: ``own`` or ``resit-n``.
    notebook, spec : str
        sha256 of what was released and frozen then.
    """

    exercise: str
    base: str
    purpose: str
    level: str
    class_id: str
    engine: str
    n_records: int
    notebook: str
    spec: str
    trainees: Mapping[str, Fingerprint]

    def to_json(self) -> str:
        """Return the record as it is kept in ``phat_bai/<exercise>.json``."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=1, sort_keys=True)


def record_path(class_folder: Path, exercise: str) -> Path:
    """Return where the record of a hand-out is kept."""
    return class_folder / "phat_bai" / f"{exercise}.json"


def spec_path(class_folder: Path, exercise: str) -> Path:
    """Return the spec as it was when the exercise was handed out."""
    return class_folder / "phat_bai" / f"{exercise}.toml"


def read_secret(class_folder: Path) -> bytes:
    """Return the class secret.

    Parameters
    ----------
    class_folder : Path
        The class.

    Returns
    -------
    bytes
        32 random bytes.

    Raises
    ------
    Problem
        If the file is missing or spoiled.
    """
    path = class_folder / CLASS_KEY
    try:
        secret = bytes.fromhex(path.read_text(encoding="ascii"))
    except (OSError, ValueError):
        secret = b""
    if len(secret) != 32:
        message = (
            f"Không đọc được khóa bí mật {path}. Thiếu khóa này thì không tạo lại được đáp án: "
            "hãy chép lại từ bản sao lưu của lớp."
        )
        raise Problem(message)
    return secret


def make_trainee_case(
    spec: ExerciseSpec,
    secret: bytes,
    class_id: str,
    level: str,
    trainee: str,
    purpose: str = "own",
) -> Case:
    """Make the case that belongs to one trainee, the same every time.

    Parameters
    ----------
    spec : ExerciseSpec
        The exercise; for a resit the one that it repeats.
    secret : bytes
        The class secret.
    class_id, level, trainee : str
        Whose data at which level.
    purpose : str
        ``own`` or ``resit-n``.

    Returns
    -------
    Case
        What the trainee gets, and the key.
    """
    seed = trainee_seed(secret, class_id, spec.id, level, trainee, purpose)
    return make_case(spec, level, seed)


def fingerprint(case: Case) -> Fingerprint:
    """Return what identifies a case and its key."""
    return Fingerprint(pack=case.sha256, key=key_sha256(case.key))


def load_hand_out(class_folder: Path, exercise: str) -> HandOut:
    """Read the record of one exercise's hand-out.

    Parameters
    ----------
    class_folder : Path
        The class.
    exercise : str
        An exercise id.

    Returns
    -------
    HandOut

    Raises
    ------
    Problem
        If the exercise was not handed out in this class, or the record is spoiled.
    """
    path = record_path(class_folder, exercise)
    try:
        return _record(path.name, path.read_bytes())
    except FileNotFoundError as error:
        message = f"Lớp chưa phát bài '{exercise}'. Hãy phát bài trước (sosach class release)."
        raise Problem(message) from error


def load_frozen_spec(class_folder: Path, exercise: str) -> ExerciseSpec:
    """Read the spec as it was when an exercise was handed out.

    Parameters
    ----------
    class_folder : Path
        The class.
    exercise : str
        An exercise id of the class.

    Returns
    -------
    ExerciseSpec
        Its id is that of the exercise a resit repeats.

    Raises
    ------
    Problem
        If the exercise was not handed out, or a file is spoiled.
    """
    return frozen_spec(class_folder, exercise, load_hand_out(class_folder, exercise).base)


def frozen_spec(class_folder: Path, exercise: str, base: str) -> ExerciseSpec:
    """Do as `load_frozen_spec` while the record of the hand-out is not written yet.

    Parameters
    ----------
    class_folder : Path
        The class.
    exercise : str
        An exercise id of the class.
    base : str
        The exercise that it is made of.

    Returns
    -------
    ExerciseSpec

    Raises
    ------
    Problem
        If the spec was not frozen, or is spoiled.
    """
    path = spec_path(class_folder, exercise)
    try:
        return replace(_spec(path, path.read_bytes()), id=base)
    except FileNotFoundError as error:
        message = f"Thiếu tệp {path.name} của lần phát bài. Hãy chép lại từ bản sao lưu của lớp."
        raise Problem(message) from error


def regenerate(class_folder: Path, exercise: str, trainee: str) -> tuple[ExerciseSpec, Key]:
    """Make a trainee's key again; see `regenerate_case`."""
    spec, case = regenerate_case(class_folder, exercise, trainee)
    return spec, case.key


def regenerate_case(class_folder: Path, exercise: str, trainee: str) -> tuple[ExerciseSpec, Case]:
    """Make a trainee's case again and prove that it is the one of the hand-out.

    Parameters
    ----------
    class_folder : Path
        The class.
    exercise, trainee : str
        Whose case for what.

    Returns
    -------
    tuple of ExerciseSpec and Case
        The spec as it was at hand-out.

    Raises
    ------
    Problem
        If the trainee was given nothing, the engine has changed, or another pack comes out.
    """
    hand_out = load_hand_out(class_folder, exercise)
    if trainee not in hand_out.trainees:
        message = f"Học viên {trainee} chưa được phát bài {exercise}. Hãy phát bài lại cho cả lớp."
        raise Problem(message)
    if hand_out.engine != ENGINE:
        message = (
            f"Bài {exercise} được phát bằng bộ tạo dữ liệu phiên bản {hand_out.engine}, máy này có "
            f"phiên bản {ENGINE}. Hãy chấm bằng phiên bản đã phát bài, hoặc phát bài thi lại "
            "(sosach class release --resit)."
        )
        raise Problem(message)
    spec = load_frozen_spec(class_folder, exercise)
    path = spec_path(class_folder, exercise)
    found, case = _made(
        path, path.read_bytes(), read_secret(class_folder), _about(hand_out), trainee
    )
    if found != hand_out.trainees[trainee]:
        message = (
            f"Gói bài của {trainee} tạo lại không giống gói đã phát ({exercise}). Không chấm để "
            "tránh chấm theo đáp án khác: hãy kiểm tra bi_mat.key và thư mục phat_bai của lớp."
        )
        raise Problem(message)
    return spec, case


#: base, class, level, purpose
_About = tuple[str, str, str, str]


def _about(hand_out: HandOut) -> _About:
    return hand_out.base, hand_out.class_id, hand_out.level, hand_out.purpose


# a case is asked for twice in a row, before and while nbgrader marks
@lru_cache(maxsize=2)
def _made(
    path: Path, content: bytes, secret: bytes, about: _About, trainee: str
) -> tuple[Fingerprint, Case]:
    """Make one trainee's case, with its fingerprint."""
    base, class_id, level, purpose = about
    spec = replace(_spec(path, content), id=base)
    with part("key"):
        case = make_trainee_case(spec, secret, class_id, level, trainee, purpose)
        return fingerprint(case), case


# what follows is read for every trainee, and reads the same each time: its bytes are the key
@lru_cache(maxsize=16)
def _record(name: str, content: bytes) -> HandOut:
    try:
        raw = json.loads(content)
    except ValueError as error:
        message = f"Tệp {name} không đọc được. Hãy chép lại từ bản sao lưu của lớp."
        raise Problem(message) from error
    return read(HandOut, raw, name)


@lru_cache(maxsize=16)
def _spec(path: Path, _content: bytes) -> ExerciseSpec:
    return load_spec(path)
