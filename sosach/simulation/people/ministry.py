"""What the ministry's platform sends and finds: the file of wrong subjects, the check at night.

The four identity cells are compared with the population database (CV 9438, 2262) by the rule
by which the register was made: an untouched record keeps its status.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from typing import Protocol

from generator.identity import is_sendable
from generator.vietnamese import same_spelling

__all__ = ["LIST_COLUMNS", "Population", "error_class", "recheck", "wrong_subjects"]

#: layout F of platform_columns.csv, its ma_doi_tuong being ma_ho_so: the list that goes to the
#: police, their columns empty
LIST_COLUMNS = (
    "stt",
    "ma_ho_so",
    "ho_ten",
    "ngay_sinh",
    "gioi_tinh",
    "so_giay_to",
    "so_dien_thoai",
    "dia_chi",
    "loai_sai",
    "ho_ten_dung",
    "ngay_sinh_dung",
    "gioi_tinh_dung",
    "so_dinh_danh_dung",
    "ket_qua",
    "ca_ky",
)
CITIZEN = "Việt Nam"
#: states of a subject that need verification
WRONG = ("SAI", "SAI_DINH_DANG", "KHONG_XAC_MINH_DUOC")


class Population(Protocol):
    """What is asked of the truth: who is behind a record, and which faults were planted."""

    def person(self, ma_ho_so: str, /) -> Mapping[str, str] | None:
        """Return the row of ``dan_cu``."""

    def causes(self, ma_ho_so: str, /) -> Set[str]:
        """Return the codes of the errors of a record."""


def error_class(subject: Mapping[str, str]) -> str:
    """Return the class of CV 2262 to which a wrong subject belongs.

    Parameters
    ----------
    subject : mapping
        With ``trang_thai`` (English state) and ``so_giay_to``.

    Returns
    -------
    str
        KHONG_CO_SO (a), SAI_DINH_DANG (b), SAI_THONG_TIN (c); "" where nothing is to be verified.
    """
    state = subject["trang_thai"]
    if state not in WRONG:
        return ""
    if state != "SAI_DINH_DANG":
        return "SAI_THONG_TIN"
    return "SAI_DINH_DANG" if subject["so_giay_to"].strip() else "KHONG_CO_SO"


def wrong_subjects(subjects: Iterable[Mapping[str, str]]) -> list[dict[str, str]]:
    """Return the ministry's file of wrong subjects.

    Parameters
    ----------
    subjects : iterable of mapping
        Records as the platform has them, with ``trang_thai``; merged ones (``gop_vao``) are left
        out.

    Returns
    -------
    list of dict
        Rows of `LIST_COLUMNS`, numbered from 1 in the given order; the police's cells are empty.
    """
    listed = [
        (row, kind) for row in subjects if not row.get("gop_vao") and (kind := error_class(row))
    ]
    return [_listed(row, kind, i) for i, (row, kind) in enumerate(listed, 1)]


def _listed(row: Mapping[str, str], kind: str, number: int) -> dict[str, str]:
    known = dict.fromkeys(LIST_COLUMNS, "")
    known |= {name: row[name] for name in LIST_COLUMNS if name in row}
    address = ", ".join(filter(None, (row["dia_chi"], row["khu_pho"])))
    named = {"stt": str(number), "dia_chi": address}
    return known | named | {"loai_sai": kind}


def recheck(
    subject: Mapping[str, str],
    truth: Population,
    *,
    completed: bool = False,
    reported: bool = False,
) -> str:
    """Compare a record with the population database, as the platform does at night.

    Parameters
    ----------
    subject : mapping
        The record with its identity cells and ``quoc_tich`` as they are now.
    truth : Population
    completed : bool
        Whether the police have completed the population database for this person, which lacked
        the number (E09).
    reported : bool
        Whether the operator was told that the status does not follow the data (E90).

    Returns
    -------
    str
        NGUOI_NUOC_NGOAI, SAI_DINH_DANG, KHONG_XAC_MINH_DUOC, SAI or DUNG. Foreigners are not
        compared (CV 1908); a foreigner entered as a citizen is found nowhere right.
    """
    if subject["quoc_tich"] != CITIZEN:
        return "NGUOI_NUOC_NGOAI"
    if not is_sendable(subject["so_giay_to"]):
        return "SAI_DINH_DANG"
    key = subject["ma_ho_so"]
    person, causes = truth.person(key), truth.causes(key)
    if person is None or ("E09" in causes and not completed):
        return "KHONG_XAC_MINH_DUOC"
    if not _agrees(subject, person) or ("E90" in causes and not reported):
        return "SAI"
    return "DUNG"


def _agrees(subject: Mapping[str, str], person: Mapping[str, str]) -> bool:
    """Compare number, birth date and sex as they stand; names but for blanks, case, tone places."""
    exact = ("so_giay_to", "ngay_sinh", "gioi_tinh")
    if person["quoc_tich"] != CITIZEN or any(subject[name] != person[name] for name in exact):
        return False
    return same_spelling(subject["ho_ten"], person["ho_ten"])
