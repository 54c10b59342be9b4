"""Taking in what honest people hand in, and making a clean submission of it.

A folder or a zip goes in, a notebook and the artefacts come out, with a sentence for everything
that was put right. What was handed in is only read, never changed.
"""

from __future__ import annotations

import hashlib
import stat
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from sosach.grading import limits
from sosach.grading.foreign import Remark, about_pack, about_records, is_own
from sosach.grading.names import (
    PACK_FILE,
    RECORDS,
    TABLES,
    is_notebook,
    is_portable,
    is_wanted,
    plain_stem,
    same_folder,
    shown,
)
from sosach.grading.notebooks import Notebook, read_notebook, rebuild
from sosach.grading.packages import check_total, read_package
from sosach.grading.reading import SecondName, read_file, read_tree
from sosach.grading.refusals import Refusal

__all__ = ["Submission", "files_sha256", "prepare", "read_artefacts", "read_hand_in"]

ARTEFACTS = "bai_nop"
PACKAGE = ".zip"
#: what people pack with other programs; opened as a zip it is refused by its kind
PACKAGES = (PACKAGE, ".rar", ".7z", ".gz", ".tgz", ".tar")
INSTEAD = f"Dùng bản gốc của bài tập, các tệp trong {ARTEFACTS} vẫn được chấm."

Files = dict[PurePosixPath, bytes]


@dataclass(frozen=True)
class Submission:
    """What is marked: a notebook, the artefacts by name, and what was put right.

    Attributes
    ----------
    repairs : list of str
        For the trainee.
    for_trainer : list of str
        For the trainer alone: whose work this seems to be.
    """

    notebook: Notebook
    artefacts: dict[str, bytes]
    repairs: list[str]
    for_trainer: list[str] = field(default_factory=list)


def read_hand_in(path: Path) -> Files:
    """Read a folder or a zip file that a trainee handed in.

    Parameters
    ----------
    path : Path
        The folder or zip file.

    Returns
    -------
    dict
        Relative path (NFC) -> content. Hidden files and what the trainee was given are left
        out; an oversize file is there with one byte more than its limit. Where there is nothing
        but a zip package, what is in it.

    Raises
    ------
    Refusal
        If there is something else than regular files, too many or too much, or a broken zip.
    """
    files = _read(path, lambda p: is_wanted(p) and p.suffix.casefold() != PACKAGE)
    return files if any(map(_is_work, files)) else {**files, **_from_inner_package(path)}


def files_sha256(files: Mapping[PurePosixPath, bytes]) -> str:
    """Return one fingerprint of everything handed in, whatever the order.

    Parameters
    ----------
    files : mapping
        What `read_hand_in` returned.

    Returns
    -------
    str
        64 hexadecimal digits.
    """
    whole = hashlib.sha256()
    for path in sorted(files):
        whole.update(f"{path}\0{hashlib.sha256(files[path]).hexdigest()}\n".encode())
    return whole.hexdigest()


def prepare(
    exercise: str,
    trainee: str,
    files: Mapping[PurePosixPath, bytes],
    master: Notebook,
    class_folder: Path | None = None,
) -> Submission:
    """Make a clean submission out of what was handed in.

    Parameters
    ----------
    exercise, trainee : str
        Whose submission for what.
    files : mapping
        What `read_hand_in` returned.
    master : dict
        The released notebook; it stands in where the trainee's is missing or broken.
    class_folder : Path, optional
        The class in which the work is compared with the trainee's own pack. A file that bears a
        second name elsewhere counts only where it is the trainee's own by its records.

    Returns
    -------
    Submission

    Raises
    ------
    Refusal
        If two different files bear the same name in ``bai_nop``.
    """
    mine = _of_exercise(exercise, files)
    large = [path for path, data in mine.items() if len(data) > _most(path)]
    linked = [
        path
        for path, data in mine.items()
        if isinstance(data, SecondName)
        and not (class_folder and is_own(class_folder, exercise, trainee, path.name, data))
    ]
    kept = {path: data for path, data in mine.items() if path not in (*large, *linked)}
    oversize = [
        f"Tệp {shown(p.name)} lớn hơn {_most(p) // 1_000_000} MB nên không đọc." for p in large
    ]
    notebook, about_notebook = _notebook(exercise, kept, master)
    artefacts, about_artefacts = _artefacts(kept)
    packs = [data for path, data in kept.items() if path.name == PACK_FILE]
    remarks = [*map(_about_link, linked), about_pack(exercise, trainee, packs)]
    if class_folder:
        remarks.append(about_records(class_folder, exercise, trainee, artefacts))
    told = [remark.for_trainee for remark in remarks if remark.for_trainee]
    asides = [remark.for_trainer for remark in remarks if remark.for_trainer]
    repairs = [*_about_package(files), *oversize, *about_notebook, *about_artefacts, *told]
    return Submission(notebook, artefacts, repairs, asides)


def read_artefacts(folder: Path) -> dict[str, bytes]:
    """Return the artefacts of a submission that lies in nbgrader's folder.

    Parameters
    ----------
    folder : Path
        ``submitted/<trainee>/<exercise>``, as a clean submission is laid down.

    Returns
    -------
    dict
        File name -> content.

    Raises
    ------
    Refusal
        As `read_hand_in`.
    """
    files = _read(folder, is_wanted)
    return {path.name: data for path, data in files.items() if path.parts[:-1] == (ARTEFACTS,)}


def _read(path: Path, wanted: Callable[[PurePosixPath], bool]) -> Files:
    """Read the wanted files of a folder or zip, as far as the limits go."""
    if _is_folder(path):
        return _gathered(read_tree(path, wanted, _most))
    data = read_file(path, limits.MAX_PACKAGE)
    return _gathered(_unpacked(path.name, data, wanted))


def _unpacked(
    name: str, data: bytes, wanted: Callable[[PurePosixPath], bool]
) -> Iterator[tuple[PurePosixPath, bytes]]:
    """Yield the members of a package; they are as sure or open as the package itself."""
    for path, content in read_package(name, data, wanted, _most):
        yield path, SecondName(content) if isinstance(data, SecondName) else content


def _is_folder(path: Path) -> bool:
    try:
        return stat.S_ISDIR(path.lstat().st_mode)
    except OSError as error:
        message = f"Máy không tìm thấy '{shown(path.name)}'. Hãy kiểm tra rồi thu lại."
        raise Refusal(message) from error


def _most(path: PurePosixPath) -> int:
    """Return how many bytes of a file are read."""
    if is_notebook(path):
        return limits.MAX_NOTEBOOK
    return limits.MAX_PACKAGE if path.suffix.casefold() == PACKAGE else limits.MAX_FILE


def _gathered(found: Iterable[tuple[PurePosixPath, bytes]]) -> Files:
    """Keep what was read, and stop as soon as it is too much."""
    files: Files = {}
    for path, data in found:
        if files.setdefault(path, data) != data:
            message = (
                f"Bài nộp có hai tệp khác nhau cùng tên '{shown(path)}'. Hãy chỉ để lại một tệp."
            )
            raise Refusal(message)
        if len(files) > limits.MAX_FILES:
            message = f"Bài nộp có hơn {limits.MAX_FILES} tệp. Hãy chỉ nộp bằng nop_bai()."
            raise Refusal(message)
        check_total(len(d) for p, d in files.items() if _most(p) == limits.MAX_FILE)
        _check_large(sum(len(d) for p, d in files.items() if _most(p) != limits.MAX_FILE))
    return files


def _check_large(size: int) -> None:
    """Refuse more notebooks and packages than fit in memory."""
    if size > limits.MAX_PACKAGE:
        message = (
            f"Các sổ tay trong bài nộp lớn hơn {limits.MAX_PACKAGE // 1_000_000} MB. "
            "Hãy chỉ để lại sổ tay của bài này, chọn 'Clear All Outputs' rồi lưu."
        )
        raise Refusal(message)


def _is_work(path: PurePosixPath) -> bool:
    """Tell whether a file may be a notebook or an artefact."""
    return is_notebook(path) or _in_work(path) or _is_table(path)


def _in_work(path: PurePosixPath) -> bool:
    return any(same_folder(part, ARTEFACTS) for part in path.parts[:-1])


def _is_table(path: PurePosixPath) -> bool:
    return path.suffix.casefold() in TABLES and path.name not in RECORDS and not is_notebook(path)


def _from_inner_package(path: Path) -> Files:
    """Open the only package in a hand-in that holds nothing else; those inside it stay shut."""
    files = _read(path, is_wanted)
    inner = [(p, data) for p, data in files.items() if p.suffix.casefold() in PACKAGES]
    if not inner:
        return {}
    if len(inner) > 1:
        message = f"Bài nộp có {len(inner)} gói nén. Hãy chỉ để lại gói của bài này."
        raise Refusal(message)
    [(outer, data)] = inner
    found = _unpacked(outer.name, data, is_wanted)
    return _gathered((outer / path, content) for path, content in found)


def _about_package(files: Iterable[PurePosixPath]) -> list[str]:
    """Say that a zip was opened inside the hand-in."""
    outer = {
        part for path in files for part in path.parts[:-1] if part.casefold().endswith(PACKAGE)
    }
    return [f"Đã mở gói {shown(name)} nằm trong bài nộp." for name in sorted(outer)]


def _about_link(path: PurePosixPath) -> Remark:
    """Say that a file is a second name of one that lies elsewhere."""
    return Remark(
        f"Tệp {shown(path.name)} là một tên khác của tệp ở nơi khác (liên kết cứng) nên không đọc. "
        "Hãy chép thành một tệp mới rồi nộp lại.",
        f"Tệp {shown(path)} trong bài nộp là liên kết cứng tới một tệp khác, không đọc.",
    )


def _of_exercise(exercise: str, files: Mapping[PurePosixPath, bytes]) -> Files:
    """Keep the exercise's own folder where somebody packed several exercises together."""
    own = {
        path: data
        for path, data in files.items()
        if any(same_folder(part, exercise) for part in path.parts[:-1])
    }
    return own if any(map(_in_work, own)) else dict(files)


def _notebook(
    exercise: str, files: Mapping[PurePosixPath, bytes], master: Notebook
) -> tuple[Notebook, list[str]]:
    """Return the notebook to be marked and what has to be said about it."""
    found = sorted(filter(is_notebook, files), key=lambda path: (len(path.parts), path))
    path, trouble = _choose_notebook(exercise, found)
    if path is None:
        return master, [f"{trouble} {INSTEAD}"]
    notebook = read_notebook(files[path])
    if notebook is None:
        return master, [f"Tệp {shown(path.name)} bị hỏng, không mở được. {INSTEAD}"]
    renamed = f"Đã đọc tệp {shown(path.name)} thay cho {exercise}.ipynb."
    rebuilt, repairs = rebuild(master, notebook)
    return rebuilt, [*([] if path.name == f"{exercise}.ipynb" else [renamed]), *repairs]


def _choose_notebook(exercise: str, found: list[PurePosixPath]) -> tuple[PurePosixPath | None, str]:
    """Return the notebook that was meant, or why there is none."""
    if not found:
        return None, f"Không có tệp {exercise}.ipynb."
    exact = [path for path in found if path.name == f"{exercise}.ipynb"]
    alike = [p for p in found if plain_stem(p.name.casefold().partition(".ipynb")[0]) == exercise]
    for candidates in (exact[:1], alike, found):
        if len(candidates) == 1:
            return candidates[0], ""
    return None, f"Có nhiều sổ tay nhưng không có tệp {exercise}.ipynb."


def _artefacts(files: Mapping[PurePosixPath, bytes]) -> tuple[dict[str, bytes], list[str]]:
    """Return the artefacts by name and what has to be said about them."""
    inside = [path for path in files if _in_work(path)]
    chosen = inside or [path for path in files if _is_table(path)]
    if not chosen:
        return {}, [f"Không có tệp nào trong {ARTEFACTS}."]
    notes = [] if inside else [f"Không có thư mục {ARTEFACTS}, đã lấy tệp ở bên ngoài."]
    artefacts: dict[str, bytes] = {}
    spelt: dict[str, str] = {}
    for path in chosen:
        if not is_portable(path.name):
            notes.append(
                f"Không đọc tệp '{shown(path.name)}': tên này không dùng được trên mọi máy."
            )
            continue
        name = spelt.setdefault(path.name.casefold(), path.name)
        if artefacts.setdefault(name, files[path]) != files[path]:
            message = f"Có hai tệp {shown(name)} khác nhau trong bài nộp. Hãy chỉ để lại một tệp."
            raise Refusal(message)
    return artefacts, notes
