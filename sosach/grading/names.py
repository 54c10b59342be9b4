"""Names of files as people's systems leave them: read in any of their encodings, told apart.

A copy of a file is recognised (``danh_sach (1).csv``, ``Bản sao của danh_sach.csv``), what only a
system wrote is passed over, and a name that misleads the eye is refused.
"""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePosixPath

from generator.vietnamese import from_cp1258, strip_diacritics
from sosach.grading import limits
from sosach.grading.refusals import Refusal

__all__ = [
    "INTAKE_FILE",
    "PACK_FILE",
    "READABLE",
    "RECORDS",
    "STAMP_FILE",
    "TABLES",
    "decoded",
    "is_notebook",
    "is_portable",
    "is_wanted",
    "plain_stem",
    "relative_name",
    "same_folder",
    "shown",
]

#: endings of files that can be read as a table, and of those that people send instead
READABLE = (".csv", ".xlsx", ".xlsm", ".tsv", ".txt", ".json", ".jsonl")
TABLES = (*READABLE, ".xls", ".xlsb", ".ods", ".numbers", ".doc", ".docx", ".pdf", ".html", ".htm")

#: whose pack lies in a folder; what we know of a submission; nbgrader's time of receipt
PACK_FILE, INTAKE_FILE, STAMP_FILE = "goi_bai.json", "tiep_nhan.json", "timestamp.txt"
#: files about a hand-in, which are no work
RECORDS = (PACK_FILE, INTAKE_FILE, STAMP_FILE)
#: what was handed out, and earlier versions that the course keeps; handed in they count for nothing
GIVEN = frozenset(("du_lieu", "bai_cu"))
#: what systems and programs leave in a folder
LEFTOVERS = frozenset(("__macosx", "thumbs.db", "desktop.ini", "ehthumbs.db", "__pycache__"))

#: how systems mark a copy, marks of letters taken off: Windows, macOS, Google Drive and Sheets
_COPY = re.compile(
    r"""^(ban\ sao\ cua|copy\ of)\s+
    |\s*\(\d+\)$
    |\s*[-_–]?\s*(ban\ sao|sao\ chep|copy)(\s*\(?\d+\)?)?$
    |\s+-\s+(sheet|trang\ tinh)\s*\d+$""",
    re.VERBOSE,
)
_ENDING = re.compile(rf"({'|'.join(map(re.escape, TABLES))})$")
#: names that Windows gives to devices, and letters that it cannot write
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d|conin\$|conout\$)(\..*)?", re.IGNORECASE)
_FORBIDDEN = re.compile(r'[<>:"/\\|?*]|[. ]$|^ ')


def decoded(raw: bytes) -> str:
    r"""Return a file name as its owner reads it, whatever code page it was written in.

    Parameters
    ----------
    raw : bytes
        As the system or the zip package holds it.

    Returns
    -------
    str
        UTF-8, else Windows-1258 as Vietnamese Windows writes; NFC. Bytes of neither appear as
        ``\x..``.

    Examples
    --------
    >>> decoded("Bản sao".encode()), decoded(b"Ba\xd2n sao"), decoded(b"x\x81.csv")
    ('Bản sao', 'Bản sao', 'x\\x81.csv')
    """
    try:
        return unicodedata.normalize("NFC", raw.decode("utf-8"))
    except UnicodeDecodeError:
        text = from_cp1258(raw)
        return text if text.isprintable() else raw.decode("utf-8", "backslashreplace")


def relative_name(name: str) -> PurePosixPath:
    """Return a name below a hand-in, in NFC.

    Parameters
    ----------
    name : str
        With ``/`` between folders.

    Returns
    -------
    PurePosixPath

    Raises
    ------
    Refusal
        If it holds control characters or ones that turn the direction of reading.
    """
    plain = unicodedata.normalize("NFC", name).replace("\u00a0", " ")
    if not plain.isprintable():
        message = f"Có tệp mang tên không đọc được: {shown(name)}. Hãy đổi tên rồi nộp lại."
        raise Refusal(message)
    return PurePosixPath(plain)


def shown(name: object, most: int = 80) -> str:
    r"""Return a name as it can be shown in one line of a log, a terminal or a page.

    Examples
    --------
    >>> shown("a\u202efdp.csv")
    'a\\u202efdp.csv'
    """
    text = "".join(c if c.isprintable() else ascii(c)[1:-1] for c in str(name))
    return text if len(text) <= most else f"{text[: most - 1]}…"


def is_wanted(path: PurePosixPath) -> bool:
    """Tell whether a file may matter: not hidden, not left by a system, not handed out."""
    return not any(
        (part.startswith((".", "~$")) and part != "..")
        or part.casefold() in LEFTOVERS
        or part.casefold() in GIVEN
        for part in path.parts
    )


def is_notebook(path: PurePosixPath) -> bool:
    """Tell whether a file is a notebook by its name; browsers add an ending to it."""
    return path.name.casefold().endswith((".ipynb", ".ipynb.txt", ".ipynb.json"))


def is_portable(name: str) -> bool:
    """Tell whether a file of this name can be written on every system."""
    fits = len(name) <= limits.MAX_NAME
    return fits and not (_FORBIDDEN.search(name) or _RESERVED.fullmatch(name))


def plain_stem(file: str) -> str:
    """Return a file's name without ending, copy marks, letter case and marks of letters.

    Examples
    --------
    >>> {plain_stem(f) for f in ("danh_sach.csv", "Bản sao của Danh sách (2).csv.txt")}
    {'danh_sach'}
    """
    name = strip_diacritics(unicodedata.normalize("NFC", file)).casefold().strip()
    for pattern in (_ENDING, _COPY):
        while (shorter := pattern.sub("", name).strip()) != name and shorter:
            name = shorter
    return re.sub(r"[\s_-]+", "_", name)


def same_folder(name: str, wanted: str) -> bool:
    """Tell whether a folder's name is the wanted one, as ``Bài nộp (1)`` is ``bai_nop``."""
    return plain_stem(name) == wanted
