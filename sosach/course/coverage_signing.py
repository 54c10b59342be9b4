"""Which planted fault of signing is shown by which lesson and graded by which exercise."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sosach.grading.specs import load_spec
from sosach.signing.faults import Fault
from sosach.signing.faults.certificates import CERTIFICATE_FAULTS
from sosach.signing.faults.doses import DOSE_FAULTS
from sosach.signing.faults.lists import LIST_FAULTS
from sosach.signing.faults.passports import PASSPORT_FAULTS
from sosach.signing.faults.tokens import TOKEN_FAULTS
from sosach.signing.verdicts import table

__all__ = ["SHOWN_ONLY", "Group", "groups", "signing_table", "signing_taught", "ungraded"]


@dataclass(frozen=True)
class Catalogue:
    """Faults of one kind of thing.

    Attributes
    ----------
    title : str
    faults : sequence of Fault
    material : str
        What lies on the desk of the exercises that grade them.
    words : frozenset of str
        The right verdicts that those exercises ask for; none: all.
    said : mapping
        Verdict -> what is to be learnt, where no signature comes about that it could be said of.
    """

    title: str
    faults: Sequence[Fault[Any]]
    material: str
    words: frozenset[str] = frozenset()
    said: Mapping[str, str] = field(default_factory=dict)


#: by the names under which lessons go through a whole catalogue
CATALOGUES = {
    "TOKEN_FAULTS": Catalogue(
        "Token, trong lúc ký",
        TOKEN_FAULTS,
        "token_va_chung_thu",
        said={
            "tot": "Ký được",
            "chua_ket_luan": "Chưa ký được: xử lý token hoặc PIN trước",
            "nguoi_ky_het_hieu_luc": "Chưa ký: chỉnh đồng hồ của máy trước",
        },
    ),
    "CERTIFICATE_FAULTS": Catalogue(
        "Chứng thư, trước khi ký", CERTIFICATE_FAULTS, "can_kiem_tra_chu_ky"
    ),
    "DOSE_FAULTS": Catalogue("Chữ ký của mũi tiêm", DOSE_FAULTS, "can_kiem_tra_chu_ky"),
    "LIST_FAULTS": Catalogue("Chữ ký của danh sách", LIST_FAULTS, "can_kiem_tra_chu_ky"),
    "PASSPORT_FAULTS": Catalogue(
        "Mã QR của hộ chiếu vắc xin",
        PASSPORT_FAULTS,
        "ho_chieu",
        frozenset(("tot", "bi_sua", "khong_ro_nguoi_ky", "qua_han", "sai_noi_dung")),
    ),
}
#: verdicts on passports that a verifier's machine gives; nobody at a counter can see them
SHOWN_ONLY = frozenset(
    ("PASSPORT_FAULTS", word) for word in ("chua_ket_luan", "nguoi_ky_het_hieu_luc", "sai_don_vi")
)
#: what a lesson calls -> the fault that it shows
CALLS = {
    r'man_hinh_token\("moi"': "pin_giao_kem",
    r"man_hinh_token\(.*telex=True": "pin_go_telex",
    r'man_hinh_token\("khoa"': "pin_khoa",
    r"man_hinh_ky\(rut_sau": "rut_token",
    r'xem_chung_thu\("tram"': "chung_thu_tot",
    r'xem_chung_thu\("ca_nhan"': "chung_thu_cua_ca_nhan",
    r'xem_chung_thu\("chua_hieu_luc"': "chung_thu_chua_hieu_luc",
    r'xem_chung_thu\("het_han"': "chung_thu_het_han",
}
#: error of the taxonomy -> findings that are an instance of it
INSTANCES = {
    "E92": {"CONTENT_ALTERED", "SUPERSEDED"},
    "E93": {"CERT_EXPIRED", "CERT_REVOKED", "WRONG_FACILITY", "WRONG_CERT_KIND", "NOT_YET_VALID"},
    "E94": {"PIN_LOCKED"},
    "E95": {"MP_MA_MISMATCH"},
}
#: error -> what a lesson calls to show records that have it
SCREENS = {"E91": r"man_hinh_ky\("}

HEAD = """
## Lỗi cài sẵn của phần ký số

Mỗi dòng gồm các lỗi của một loại mà người học phải rút ra cùng một kết luận. Bài học cho xem ít nhất một lỗi của dòng ấy, trên màn hình hoặc trong phần lập trình.

| Ở đâu | Kết luận phải rút ra | Lỗi cài sẵn | Bài học | Bài tập chấm |
|---|---|---|---|---|
"""
FOOT = "\nDòng không có bài tập: máy kiểm tra kết luận, người đứng quầy không nhìn ra được.\n"


@dataclass(frozen=True)
class Group:
    """Faults of one kind of thing with one right verdict.

    Attributes
    ----------
    catalogue, word : str
    faults : tuple of Fault
    lessons, exercises : tuple of str
        Numbers of the lessons that show one of them, ids of the exercises that grade the verdict.
    """

    catalogue: str
    word: str
    faults: tuple[Fault[Any], ...]
    lessons: tuple[str, ...]
    exercises: tuple[str, ...]


def groups(root: Path) -> list[Group]:
    """Return all planted faults, those of one kind and one right verdict together.

    Parameters
    ----------
    root : Path
        Folder that holds ``notebooks/`` and ``solutions/``.

    Returns
    -------
    list of Group
    """
    lessons = {path.stem[:2]: path.read_text(encoding="utf-8") for path in _lessons(root)}
    specs = [load_spec(path) for path in sorted(root.glob("solutions/*.toml"))]
    found = []
    for name, catalogue in CATALOGUES.items():
        for word in dict.fromkeys(fault.word for fault in catalogue.faults):
            faults = tuple(fault for fault in catalogue.faults if fault.word == word)
            ids = {fault.id for fault in faults}
            shown = (n for n, text in lessons.items() if name in text or ids & set(_shown(text)))
            asked = not catalogue.words or word in catalogue.words
            graded = (s.id for s in specs if asked and catalogue.material in s.material)
            found.append(Group(name, word, faults, tuple(shown), tuple(graded)))
    return found


def ungraded(root: Path) -> list[tuple[str, str]]:
    """Return catalogue and verdict of the groups without a lesson, or wrongly without an exercise.

    Parameters
    ----------
    root : Path
        As of `groups`.

    Returns
    -------
    list of (str, str)
    """
    return [
        (group.catalogue, group.word)
        for group in groups(root)
        if not group.lessons
        or (not group.exercises and (group.catalogue, group.word) not in SHOWN_ONLY)
    ]


def signing_taught(root: Path) -> dict[str, list[str]]:
    """Return for every error of signing the lessons whose screens show it, as ``bài 14``.

    Parameters
    ----------
    root : Path
        As of `groups`.

    Returns
    -------
    dict
    """
    codes = {fault.id: fault.code for c in CATALOGUES.values() for fault in c.faults}
    found: dict[str, list[str]] = {error: [] for error in (*SCREENS, *INSTANCES)}
    for path in _lessons(root):
        text, said = path.read_text(encoding="utf-8"), f"bài {int(path.stem[:2])}"
        shown = {codes[id] for id in _shown(text)}
        for error, instances in INSTANCES.items():
            found[error] += [said] if shown & instances else []
        for error, call in SCREENS.items():
            found[error] += [said] if re.search(call, text) else []
    return found


def signing_table(root: Path) -> str:
    """Return the table of planted faults as Markdown.

    Parameters
    ----------
    root : Path
        As of `groups`.

    Returns
    -------
    str
    """
    rows = [
        f"| {CATALOGUES[group.catalogue].title} | {_said(group)} "
        f"| {'; '.join(fault.title for fault in group.faults)} "
        f"| {', '.join(str(int(n)) for n in group.lessons)} | {', '.join(group.exercises)} |"
        for group in groups(root)
    ]
    return HEAD + "\n".join(rows) + "\n" + FOOT


def _said(group: Group) -> str:
    """Return the right verdict of a group as people read it."""
    verdict = str(table("words")[group.word]["vi"])
    return CATALOGUES[group.catalogue].said.get(group.word, verdict)


def _lessons(root: Path) -> list[Path]:
    return sorted((root / "notebooks" / "text").glob("*.py"))


def _shown(text: str) -> Iterator[str]:
    """Yield the faults that a lesson's screens show."""
    yield from re.findall(r'xem_ket_luan\("(\w+)"', text)
    yield from (f"hc_{name}" for name in re.findall(r'xem_ho_chieu\("(\w+)"', text))
    yield from (fault for call, fault in CALLS.items() if re.search(call, text))
