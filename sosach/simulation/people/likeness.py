"""Whether an answer speaks of the person who was asked about, or of somebody else."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import SequenceMatcher

from generator.vietnamese import strip_diacritics

__all__ = ["ANSWERED_BY", "speaks_of_another"]

#: identity cell -> the police's column of layout F
ANSWERED_BY = {
    "ho_ten": "ho_ten_dung",
    "ngay_sinh": "ngay_sinh_dung",
    "gioi_tinh": "gioi_tinh_dung",
    "so_giay_to": "so_dinh_danh_dung",
}
#: names less alike than this are not one name with a mistake in it [ours]
ALIKE = 0.65


def speaks_of_another(asked: Mapping[str, str], answered: Mapping[str, str]) -> bool:
    """Tell whether name, birth date and number of an answer are all another's.

    One cell that differs is what the list is for; a name typed wrong stays alike.

    Parameters
    ----------
    asked : mapping
        The record: ``ho_ten``, ``ngay_sinh``, ``so_giay_to``.
    answered : mapping
        The row of the police, with the columns of `ANSWERED_BY`.

    Returns
    -------
    bool
        False where the record or the answer has no name or no birth date to compare.
    """
    names = [strip_diacritics(asked.get("ho_ten") or "").casefold().split()]
    names.append(strip_diacritics(answered.get("ho_ten_dung") or "").casefold().split())
    born, right = asked.get("ngay_sinh") or "", answered.get("ngay_sinh_dung") or ""
    if not all([*names, born, right]):
        return False
    number = asked.get("so_giay_to") or ""
    same_number = bool(number) and number == answered.get("so_dinh_danh_dung")
    return not same_number and not _same_day(born, right) and not _alike(*names)


def _same_day(a: str, b: str) -> bool:
    """Compare birth dates; day and month may be swapped, a bare year fits its year."""
    return sorted(a.split("/")) == sorted(b.split("/")) or (
        min(len(a), len(b)) == 4 and a[-4:] == b[-4:]
    )


def _alike(a: list[str], b: list[str]) -> bool:
    """Compare names without marks, in any order of their words."""
    ratios = [
        SequenceMatcher(None, " ".join(x), " ".join(y)).ratio()
        for x, y in ((a, b), (sorted(a), sorted(b)))
    ]
    return max(ratios) >= ALIKE
