"""Whose work is this? Remarks where what was handed in belongs to another pack.

Such work earns nothing by itself, because everybody's records differ. The trainee is told that
the records are not theirs; whose they are is for the trainer alone.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from stat import S_ISREG

from sosach.grading.names import shown
from sosach.grading.refusals import Refusal

__all__ = ["Remark", "about_pack", "about_records", "foreign_owner", "is_own"]

#: the ids of records, letters and slips, also between the zero bytes of UTF-16
_ITEM = re.compile(rb"(?:HS|PA|PH)\d{10}")


@dataclass(frozen=True)
class Remark:
    """What is said to the trainee, and what to the trainer; "" where there is nothing to say."""

    for_trainee: str = ""
    for_trainer: str = ""


def about_pack(exercise: str, trainee: str, packs: Collection[bytes]) -> Remark:
    """Say if the work was done in the folder of another pack.

    Parameters
    ----------
    exercise, trainee : str
        Whose work for what it should be.
    packs : collection of bytes
        Every ``goi_bai.json`` that was handed in.

    Returns
    -------
    Remark
        Empty where one of them names this pack, or there is none.
    """
    named = [_named(data) for data in packs]
    if not named or (exercise, trainee) in named:
        return Remark()
    if None in named:
        return Remark("Tệp goi_bai.json không đọc được; bài vẫn được chấm theo gói đã phát.")
    other = ", ".join(shown(part, 60) for part in named[0] or ())
    return Remark(
        f"Tệp goi_bai.json ghi gói khác ({other}). Bài được chấm theo gói của {trainee}.",
        f"Bài của {trainee} làm trong thư mục của gói khác: {other}.",
    )


def about_records(
    class_folder: Path, exercise: str, trainee: str, artefacts: Mapping[str, bytes]
) -> Remark:
    """Say if most records in an artefact are not of the trainee's pack.

    Parameters
    ----------
    class_folder : Path
        The class.
    exercise, trainee : str
        Whose work for what it should be.
    artefacts : mapping
        File name -> content.

    Returns
    -------
    Remark
        Empty where in every file half of the records or more are the trainee's own. Where none are named, as
        in a report, the trainer is told of a classmate who handed in the same.
    """
    named = [set(_ids(file, data)) for file, data in artefacts.items()]
    if not any(named):
        return _about_copy(class_folder, exercise, trainee, artefacts)
    own = _own(class_folder, exercise, trainee)
    # one's own trail may lie beside a list of somebody else's
    ids = next((found for found in named if 2 * len(found & own) < len(found)), set())
    if not (own and ids):
        return Remark()
    owner = foreign_owner(class_folder, exercise, trainee, ids)
    whose = f"phần lớn là của học viên {owner}" if owner else "không thuộc gói bài nào của lớp"
    return Remark(
        f"Phần lớn mã hồ sơ trong bài nộp không thuộc gói bài của {trainee} nên không được điểm.",
        f"Bài của {trainee}: {len(ids - own)} trên {len(ids)} mã hồ sơ là mã lạ, {whose}.",
    )


def _about_copy(
    class_folder: Path, exercise: str, trainee: str, artefacts: Mapping[str, bytes]
) -> Remark:
    """Say who handed in the very same figures: everybody's are others."""
    told = {data for data in artefacts.values() if re.search(rb"\d", data)}
    for folder in sorted((class_folder / "submitted").glob(f"*/{exercise}/bai_nop")):
        owner = folder.parents[1].name
        if owner != trainee and _holds(folder, told):
            return Remark("", f"Bài của {trainee} giống hệt bài của học viên {owner}.")
    return Remark()


def _holds(folder: Path, told: Collection[bytes]) -> bool:
    """Tell whether one of these contents lies in a folder, which nobody may have looked at yet."""
    sizes = {len(data) for data in told}
    try:
        return any(
            S_ISREG(file.lstat().st_mode)
            and file.lstat().st_size in sizes
            and file.read_bytes() in told
            for file in folder.iterdir()
        )
    except OSError:  # its own intake will say what is wrong
        return False


def is_own(class_folder: Path, exercise: str, trainee: str, name: str, data: bytes) -> bool:
    """Tell whether most records named in a file are of the trainee's own pack.

    Parameters
    ----------
    class_folder : Path
        The class.
    exercise, trainee : str
        Whose work for what it should be.
    name : str
        File name.
    data : bytes
        Its content.

    Returns
    -------
    bool
        False where no record is named.
    """
    ids = set(_ids(name, data))
    return 2 * len(ids & _own(class_folder, exercise, trainee)) > len(ids)


def foreign_owner(class_folder: Path, exercise: str, trainee: str, ids: Collection[str]) -> str:
    """Return in whose pack of the class most of some records are.

    Parameters
    ----------
    class_folder : Path
        The class.
    exercise : str
        An exercise that was handed out.
    trainee : str
        Who is not looked at.
    ids : collection of str
        ``ma_ho_so`` of the records.

    Returns
    -------
    str
        Id of a trainee, "" where nobody has half of them.
    """
    wanted = set(ids)
    folders = (class_folder / "phat_bai").glob(f"*/{exercise}")
    shared = Counter(
        {f.parent.name: len(wanted & _pack_ids(f)) for f in folders if f.parent.name != trainee}
    )
    return next((name for name, n in shared.most_common(1) if n and 2 * n >= len(wanted)), "")


def _own(class_folder: Path, exercise: str, trainee: str) -> set[str]:
    """Return the items that a trainee was given for an exercise."""
    return _pack_ids(class_folder / "phat_bai" / trainee / exercise)


def _pack_ids(folder: Path) -> set[str]:
    files = (folder / "du_lieu").glob("*.csv")
    return {name for file in files for name in _ids(file.name, file.read_bytes())}


def _ids(name: str, data: bytes) -> Iterable[str]:
    """Return the items named in a file; a workbook that cannot be read names none."""
    if data.startswith(b"PK\x03\x04"):
        from sosach.grading.workbooks import read_sheets

        try:
            data = "\n".join(c for s in read_sheets(name, data) for r in s for c in r).encode()
        except Refusal:
            return ()
    return (found.decode() for found in _ITEM.findall(data.replace(b"\0", b"")))


def _named(data: bytes) -> tuple[str, str] | None:
    """Return exercise and trainee that a pack's file names, None where it cannot be read."""
    try:
        pack = json.loads(data.decode("utf-8-sig"))
        return str(pack["exercise"]), str(pack["trainee"])
    except (ValueError, RecursionError, KeyError, TypeError):
        return None
