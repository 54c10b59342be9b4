"""What lies in the inbox: whose it is; it is only read, never changed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from generator.problems import nearest
from sosach.classroom.offline import RESULT, read_page_result
from sosach.grading.names import shown
from sosach.grading.refusals import Refusal

__all__ = ["Inbox", "look"]

#: what browsers and Windows add to the name of a second copy
COPY = re.compile(
    r"(\s*\(\d+\)|\s*-\s*(copy|bản sao))+(?=$|\.(zip|rar|7z|gz|json|xlsx)$)", re.IGNORECASE
)
#: ``<exercise>__<trainee>.zip``, or what the page lets one take along: its table for Excel bears
#: the artefact's name as well
NAMED = re.compile(r"(.+?)__(.+?)(\.(zip|rar|7z|gz|json)|(__[a-z_]+)?\.xlsx)", re.IGNORECASE)
#: in a trainee's own folder the exercise alone is name enough; reading says of which kind it is
PACKED = re.compile(r"\.(zip|rar|7z|gz)$", re.IGNORECASE)
KEPT = "Bài được giữ nguyên, chưa chấm."


@dataclass(frozen=True)
class Inbox:
    """What lies in the inbox for one exercise: hand-ins by trainee, and what is nobody's."""

    by_trainee: dict[str, tuple[Path, ...]]
    unknown: tuple[str, ...]


@dataclass(frozen=True)
class Claim:
    """Of which exercise and whose a thing says to be, or why nobody can tell; "" where it does not."""

    path: Path
    exercise: str = ""
    trainee: str = ""
    trouble: str = ""


def look(
    inbox: Path,
    exercise: str,
    members: Collection[str],
    roster: Collection[str],
    released: Collection[str],
) -> Inbox:
    """Find whose hand-ins lie in the inbox: folders, zip files, and what comes from the page.

    A name says whose it is. Where it does not, as after a mail program changed it, a result of
    the page says so itself.

    Parameters
    ----------
    inbox : Path
        ``thu_bai``.
    exercise : str
        For which exercise.
    members, roster : collection of str
        Ids of those who have to hand it in, and of everybody; letter case does not matter.
    released : collection of str
        Ids of all exercises of the class.

    Returns
    -------
    Inbox
    """
    known = {name.casefold(): name for name in roster}
    by_trainee: dict[str, tuple[Path, ...]] = {}
    unknown = {}
    for claim in _claims(inbox, known, released):
        claimed, name = claim.trainee, known.get(claim.trainee.casefold(), "")
        ours = claim.exercise.casefold() == exercise.casefold()
        if claim.trouble:
            unknown[claim.trouble] = f"{claim.trouble} {KEPT}"
        elif name in members and ours:
            by_trainee[name] = (*by_trainee.get(name, ()), claim.path)
        elif name and ours:
            unknown[name] = (
                f"Trong thu_bai có bài {exercise} của '{name}', người không được phát bài này."
                f" {KEPT}"
            )
        elif claimed and not name and (ours or not claim.exercise):
            unknown[claimed] = (
                f"Trong thu_bai có '{claimed}', không phải mã học viên nào của lớp."
                f"{nearest(claimed, roster)} {KEPT}"
            )
    return Inbox(by_trainee, tuple(unknown.values()))


def _claims(inbox: Path, known: Collection[str], released: Collection[str]) -> Iterator[Claim]:
    """Yield what everything in the inbox says to be."""
    for path in sorted(inbox.iterdir()) if inbox.is_dir() else []:
        name = _plain(path)
        if name.startswith("."):
            continue
        if path.is_dir() and not path.is_symlink():
            if name.casefold() not in known:
                yield Claim(path, trainee=name)
            yield from _inside(path, released)
        elif path.is_symlink() and name.casefold() in known:
            yield from _each(path, name, released)
        else:
            yield _checked(_claim(path, known), released)


def _claim(path: Path, known: Collection[str]) -> Claim:
    """Return what a file says to be by its name, else by its content.

    One of another kind claims to be from its own name, so that it is listed as unknown.
    """
    name = COPY.sub("", _plain(path))
    match, is_result = NAMED.fullmatch(name), name.casefold().endswith(RESULT)
    if match and (match[2].casefold() in known or not is_result):
        return Claim(path, match[1], match[2])
    return _by_content(path) if is_result else Claim(path, trainee=_plain(path))


def _by_content(path: Path) -> Claim:
    """Return what a result of the page says to be."""
    there = f"Trong thu_bai có '{shown(_plain(path))}'"
    try:
        result = read_page_result(path)
    except Refusal as refusal:
        return Claim(path, trouble=f"{there}. {refusal}")
    if result.trainee:
        return Claim(path, result.exercise, result.trainee)
    todo = "Hãy làm trên tệp HTML giảng viên đã phát rồi nộp lại."
    return Claim(path, trouble=f"{there}, kết quả của một bài luyện tập. {todo}")


def _checked(claim: Claim, released: Collection[str]) -> Claim:
    """Say if a claim is of an exercise that the class does not have."""
    names = {name.casefold() for name in released}
    if not claim.exercise or claim.exercise.casefold() in names:
        return claim
    name = shown(claim.exercise, 60)
    near = nearest(claim.exercise, released)
    told = f"Trong thu_bai có '{shown(_plain(claim.path))}' của bài '{name}', bài chưa phát.{near}"
    return Claim(claim.path, trouble=told)


def _inside(folder: Path, released: Collection[str]) -> Iterator[Claim]:
    """Yield what a trainee's folder holds: folders of exercises, and files put there."""
    owner = _plain(folder)
    try:
        for path in sorted(folder.iterdir()):
            name = COPY.sub("", _plain(path))
            if NAMED.fullmatch(name) or name.casefold().endswith(RESULT):
                yield _own(_checked(_claim(path, {owner.casefold()}), released), owner)
            else:
                yield Claim(path, PACKED.sub("", name), owner)
    except OSError:  # reading it will say what is wrong
        yield from _each(folder, owner, released)


def _each(path: Path, trainee: str, released: Collection[str]) -> Iterator[Claim]:
    """Yield a thing that cannot be looked into as a hand-in for everything."""
    yield from (Claim(path, exercise, trainee) for exercise in released)


def _own(claim: Claim, owner: str) -> Claim:
    """Say if a file in a trainee's folder is somebody else's."""
    if claim.trouble or claim.trainee.casefold() == owner.casefold():
        return claim
    told = (
        f"Trong thu_bai/{owner} có '{shown(_plain(claim.path))}' của '{shown(claim.trainee, 60)}'. "
        "Hãy chuyển tệp sang đúng thư mục."
    )
    return Claim(claim.path, trouble=told)


def _plain(path: Path) -> str:
    return unicodedata.normalize("NFC", path.name.encode("utf-8", "replace").decode())
