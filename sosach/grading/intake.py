"""Taking in what honest people hand in, and making a clean submission of it.

A folder or a zip goes in, a notebook and the artefacts come out, with a sentence for everything
that was put right. What was handed in is only read, never changed.
"""

from __future__ import annotations

import hashlib
import json
import os
import stat
import unicodedata
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from sosach.grading.notebooks import Notebook, read_notebook, rebuild
from sosach.grading.refusals import Refusal

__all__ = ["INTAKE_FILE", "Submission", "files_sha256", "prepare", "read_artefacts", "read_hand_in"]

#: one limits table for what one trainee hands in [grading.md A6]
MAX_FILES = 200
MAX_FILE = 4_000_000
MAX_TOTAL = 16_000_000

ARTEFACTS = "bai_nop"
#: sentences about what was put right, laid beside a clean submission
INTAKE_FILE = "tiep_nhan.json"
#: what the trainee was given; handed in again it counts for nothing
GIVEN = ("du_lieu", "__MACOSX")
TABLES = {".csv", ".xlsx", ".txt", ".json", ".jsonl"}

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
        out; an oversize file is there with its first 4,000,001 bytes.

    Raises
    ------
    Refusal
        If there is something else than regular files, too many or too much, or a broken zip.
    """
    files = _read_zip(path) if path.is_file() else _read_folder(path)
    if sum(map(len, files.values())) > MAX_TOTAL:
        message = f"Bài nộp lớn hơn {MAX_TOTAL // 1_000_000} MB. Hãy chỉ nộp bằng nop_bai()."
        raise Refusal(message)
    return files


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
    exercise: str, trainee: str, files: Mapping[PurePosixPath, bytes], master: Notebook
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

    Returns
    -------
    Submission

    Raises
    ------
    Refusal
        If two different files bear the same name in ``bai_nop``.
    """
    large = [path for path, data in files.items() if len(data) > MAX_FILE]
    kept = {path: data for path, data in files.items() if path not in large}
    oversize = [f"Tệp {p.name} lớn hơn {MAX_FILE // 1_000_000} MB nên không đọc." for p in large]
    notebook, about_notebook = _notebook(exercise, kept, master)
    artefacts, about_artefacts = _artefacts(kept)
    about_pack = _other_pack(exercise, trainee, kept)
    repairs = [*oversize, *about_notebook, *about_artefacts, *about_pack]
    return Submission(notebook, artefacts, repairs)


def read_artefacts(folder: Path) -> dict[str, bytes]:
    """Return the artefacts of a submission that lies in nbgrader's folder.

    Parameters
    ----------
    folder : Path
        ``submitted/<trainee>/<exercise>`` or the autograded one.

    Returns
    -------
    dict
        File name -> content.

    Raises
    ------
    Refusal
        As `read_hand_in`.
    """
    return _artefacts(read_hand_in(folder))[0]


def _notebook(
    exercise: str, files: Mapping[PurePosixPath, bytes], master: Notebook
) -> tuple[Notebook, list[str]]:
    """Return the notebook to be marked and what has to be said about it."""
    instead = "Dùng bản gốc của bài tập, các tệp trong bai_nop vẫn được chấm."
    found = {path.name: data for path, data in files.items() if path.suffix == ".ipynb"}
    if not found:
        return master, [f"Không có tệp {exercise}.ipynb. {instead}"]
    name = f"{exercise}.ipynb"
    if name not in found and len(found) == 1:
        name = next(iter(found))
    if name not in found:
        return master, [f"Có nhiều sổ tay nhưng không có tệp {exercise}.ipynb. {instead}"]
    notebook = read_notebook(found[name])
    if notebook is None:
        return master, [f"Tệp {name} bị hỏng, không mở được. {instead}"]
    renamed = f"Đã đọc tệp {name} thay cho {exercise}.ipynb."
    return rebuild(master, notebook), [] if name == f"{exercise}.ipynb" else [renamed]


def _artefacts(files: Mapping[PurePosixPath, bytes]) -> tuple[dict[str, bytes], list[str]]:
    """Return the artefacts by name and what has to be said about them."""
    inside = [path for path in files if path.parent.name.casefold() == ARTEFACTS]
    loose = [p for p in files if p.suffix.casefold() in TABLES and p.name != "goi_bai.json"]
    chosen = inside or loose
    artefacts: dict[str, bytes] = {}
    for path in chosen:
        if artefacts.setdefault(path.name, files[path]) != files[path]:
            message = f"Có hai tệp {path.name} khác nhau trong bài nộp. Hãy chỉ để lại một tệp."
            raise Refusal(message)
    if not chosen:
        return {}, [f"Không có tệp nào trong {ARTEFACTS}."]
    return artefacts, [] if inside else [f"Không có thư mục {ARTEFACTS}, đã lấy tệp ở bên ngoài."]


def _other_pack(exercise: str, trainee: str, files: Mapping[PurePosixPath, bytes]) -> list[str]:
    """Say if the work was done on somebody else's pack."""
    data = next((d for path, d in files.items() if path.name == "goi_bai.json"), b"{}")
    try:
        pack = json.loads(data.decode("utf-8-sig"))
        whose = (pack.get("exercise", exercise), pack.get("trainee", trainee))
    except (ValueError, RecursionError, AttributeError):
        return ["Tệp goi_bai.json không đọc được; bài vẫn được chấm theo gói đã phát."]
    if whose == (exercise, trainee):
        return []
    other = f"{str(whose[0])[:60]}, {str(whose[1])[:60]}"
    return [f"Tệp goi_bai.json ghi gói khác ({other}). Bài được chấm theo gói của {trainee}."]


def _is_wanted(path: PurePosixPath) -> bool:
    """Tell whether a file may matter: not hidden, not one of the files handed out."""
    hidden = (part.startswith(".") and part != ".." for part in path.parts)
    return not (any(hidden) or any(part in GIVEN for part in path.parts))


def _plain(name: str) -> PurePosixPath:
    """Return a relative name in NFC; one that could not be shown or written is refused."""
    plain = unicodedata.normalize("NFC", name).replace("\u00a0", " ")
    if not plain.isprintable():
        message = f"Có tệp mang tên không đọc được: {ascii(plain)[:80]}. Hãy đổi tên rồi nộp lại."
        raise Refusal(message)
    return PurePosixPath(plain)


def _read_folder(folder: Path) -> Files:
    """Read the regular files below a folder; anything else is refused."""
    files: Files = {}
    for parent, folders, names in os.walk(folder):
        for name in [*folders, *names]:
            path = Path(parent, name)
            relative = _plain(path.relative_to(folder).as_posix())
            if not _is_wanted(relative):
                continue
            mode = path.lstat().st_mode
            if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
                message = f"'{relative}' không phải là tệp thường (liên kết hoặc thiết bị)."
                raise Refusal(message)
            if stat.S_ISREG(mode):
                files[relative] = _head(path)
                _check_count(len(files))
    return files


def _head(path: Path) -> bytes:
    """Read a file, one byte beyond the limit at most."""
    with path.open("rb") as file:
        return file.read(MAX_FILE + 1)


def _read_zip(path: Path) -> Files:
    """Read the members of a zip file without writing any of them."""
    files: Files = {}
    try:
        with zipfile.ZipFile(path) as archive:
            for info in archive.infolist():
                member = _plain(info.filename.replace("\\", "/"))
                if info.is_dir() or not _is_wanted(member):
                    continue
                _check_member(member, info)
                with archive.open(info) as file:
                    files[member] = file.read(MAX_FILE + 1)
                _check_count(len(files))
                if sum(map(len, files.values())) > MAX_TOTAL:
                    break
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        message = f"Tệp {path.name} bị hỏng hoặc có mật khẩu, không giải nén được."
        raise Refusal(message) from error
    return files


def _check_member(member: PurePosixPath, info: zipfile.ZipInfo) -> None:
    """Refuse links and names that lead out of the folder."""
    link = stat.S_ISLNK(info.external_attr >> 16)
    if link or member.is_absolute() or ".." in member.parts or ":" in member.parts[0]:
        message = f"Tệp zip có tên hoặc liên kết không hợp lệ: '{str(member)[:80]}'."
        raise Refusal(message)


def _check_count(count: int) -> None:
    """Refuse a submission of too many files."""
    if count > MAX_FILES:
        message = f"Bài nộp có hơn {MAX_FILES} tệp. Hãy chỉ nộp bằng nop_bai()."
        raise Refusal(message)
