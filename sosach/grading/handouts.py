"""What every trainee of a class was given, and how to make it again when marking.

The key is never stored: it follows from the class secret. Marking stops with a sentence when
what comes out now is not what was handed out then.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from generator import ENGINE
from generator.packs import Pack, Recipe, make_pack
from generator.problems import Problem
from generator.scenario import load_scenario
from generator.strict import read
from sosach.cases.keys import answer_key, key_sha256, pack_sha256
from sosach.grading.rubrics import Key
from sosach.grading.seeds import trainee_seed
from sosach.grading.specs import ExerciseSpec, load_spec

__all__ = [
    "CLASS_KEY",
    "Fingerprint",
    "HandOut",
    "fingerprint",
    "load_hand_out",
    "make_trainee_pack",
    "read_secret",
    "record_path",
    "regenerate",
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
    """How the packs of one exercise were made, and what came out for every trainee."""

    exercise: str
    level: str
    class_id: str
    engine: str
    n_records: int
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


def make_trainee_pack(
    spec: ExerciseSpec, secret: bytes, class_id: str, level: str, trainee: str
) -> Pack:
    """Make the data set that belongs to one trainee, the same every time.

    Parameters
    ----------
    spec : ExerciseSpec
        The exercise.
    secret : bytes
        The class secret.
    class_id, level, trainee : str
        Whose data at which level.

    Returns
    -------
    Pack
        Register tables and key tables.
    """
    recipe = Recipe(
        scenario=load_scenario(spec.scenario),
        wards=spec.recipe.wards,
        errors=spec.recipe.errors,
        decoys=spec.recipe.decoys,
    )
    seed = trainee_seed(secret, class_id, spec.id, level, trainee)
    return make_pack(recipe, spec.n_records(level), seed)


def fingerprint(pack: Pack, key: Key) -> Fingerprint:
    """Return what identifies a pack and its key."""
    return Fingerprint(pack=pack_sha256(pack), key=key_sha256(key))


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
        raw = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        message = f"Lớp chưa phát bài '{exercise}'. Hãy phát bài trước (sosach class release)."
        raise Problem(message) from error
    except ValueError as error:
        message = f"Tệp {path.name} không đọc được. Hãy chép lại từ bản sao lưu của lớp."
        raise Problem(message) from error
    return read(HandOut, raw, path.name)


def regenerate(class_folder: Path, exercise: str, trainee: str) -> tuple[ExerciseSpec, Key]:
    """Make a trainee's key again and prove that it is the one of the hand-out.

    Parameters
    ----------
    class_folder : Path
        The class.
    exercise, trainee : str
        Whose key for what.

    Returns
    -------
    tuple of ExerciseSpec and Key
        The spec as it was at hand-out.

    Raises
    ------
    Problem
        If the trainee was given nothing, the engine has changed, or another pack comes out.
    """
    hand_out = load_hand_out(class_folder, exercise)
    given = hand_out.trainees.get(trainee)
    if given is None:
        message = f"Học viên {trainee} chưa được phát bài {exercise}. Hãy phát bài lại cho cả lớp."
        raise Problem(message)
    if hand_out.engine != ENGINE:
        message = (
            f"Bài {exercise} được phát bằng bộ tạo dữ liệu phiên bản {hand_out.engine}, máy này có "
            f"phiên bản {ENGINE}. Hãy chấm bằng phiên bản đã phát bài."
        )
        raise Problem(message)
    spec = load_spec(spec_path(class_folder, exercise))
    secret = read_secret(class_folder)
    pack = make_trainee_pack(spec, secret, hand_out.class_id, hand_out.level, trainee)
    key = answer_key(pack, spec.tasks)
    if fingerprint(pack, key) != given:
        message = (
            f"Gói bài của {trainee} tạo lại không giống gói đã phát ({exercise}). Không chấm để "
            "tránh chấm theo đáp án khác: hãy kiểm tra bi_mat.key và thư mục phat_bai của lớp."
        )
        raise Problem(message)
    return spec, key
