"""What lies in the inbox: whose it is; it is only read, never changed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from generator.problems import nearest

__all__ = ["Inbox", "look"]

#: what browsers and Windows add to the name of a second copy
COPY = re.compile(r"(\s*\(\d+\)|\s*-\s*(copy|bản sao))+(?=$|\.zip$)", re.IGNORECASE)


@dataclass(frozen=True)
class Inbox:
    """What lies in the inbox for one exercise: hand-ins by trainee, and strangers."""

    by_trainee: dict[str, tuple[Path, ...]]
    unknown: tuple[str, ...]


def look(inbox: Path, exercise: str, members: Collection[str], roster: Collection[str]) -> Inbox:
    """Find whose hand-ins lie in the inbox, as folders or zip files.

    Parameters
    ----------
    inbox : Path
        ``thu_bai``.
    exercise : str
        For which exercise.
    members, roster : collection of str
        Ids of those who have to hand it in, and of everybody; letter case does not matter.

    Returns
    -------
    Inbox
    """
    known = {name.casefold(): name for name in roster}
    by_trainee: dict[str, tuple[Path, ...]] = {}
    unknown = {}
    for path in sorted(inbox.iterdir()) if inbox.is_dir() else []:
        claimed, hand_ins = _claim(path, exercise)
        name = known.get(claimed.casefold(), "")
        if name in members:
            by_trainee[name] = (*by_trainee.get(name, ()), *hand_ins)
        elif name and hand_ins:
            unknown[name] = (
                f"Trong thu_bai có bài {exercise} của '{name}', người không được phát bài này."
                " Bài được giữ nguyên, chưa chấm."
            )
        elif claimed and not name:
            unknown[claimed] = (
                f"Trong thu_bai có '{claimed}', không phải mã học viên nào của lớp."
                f"{nearest(claimed, roster)} Bài được giữ nguyên, chưa chấm."
            )
    return Inbox(
        {name: found for name, found in by_trainee.items() if found}, tuple(unknown.values())
    )


def _claim(path: Path, exercise: str) -> tuple[str, list[Path]]:
    """Return whose hand-ins a thing in the inbox says to hold ("" = of no interest), and where.

    A file of another kind claims to be from its own name, so that it is listed as unknown.
    """
    name = _plain(path)
    if name.startswith("."):
        return "", []
    if path.is_dir() and not path.is_symlink():
        return name, list(_inside(path, exercise))
    match = re.fullmatch(r"(.+?)__(.+)\.zip", COPY.sub("", name), re.IGNORECASE)
    if match is None:
        return name, [path] if path.is_symlink() else []
    ours = match[1].casefold() == exercise.casefold()
    return (match[2], [path]) if ours else ("", [])


def _inside(folder: Path, exercise: str) -> Iterator[Path]:
    """Yield what a trainee's folder holds for an exercise: folders, or zip files put there."""
    wanted = (exercise.casefold(), f"{exercise}__{_plain(folder)}.zip".casefold())
    try:
        yield from (
            p for p in sorted(folder.iterdir()) if COPY.sub("", _plain(p)).casefold() in wanted
        )
    except OSError:
        yield folder  # reading it will say what is wrong


def _plain(path: Path) -> str:
    return unicodedata.normalize("NFC", path.name.encode("utf-8", "replace").decode())
