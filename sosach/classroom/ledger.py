"""What became of every trainee in one exercise: nobody on the roster is ever missing."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

from generator.files import write_whole
from generator.problems import Problem
from generator.strict import read

__all__ = ["NOT_HANDED_IN", "STATUSES", "Entry", "Ledger"]

RECEIVED, GRADED, REPAIRED, REFUSED, NOT_HANDED_IN = (
    "received",
    "graded",
    "repaired",
    "refused",
    "not_handed_in",
)

#: status -> how a person reads it
STATUSES = {
    RECEIVED: "đã nhận, chưa chấm",
    GRADED: "đã chấm",
    REPAIRED: "đã chấm, có chỗ được sửa giúp",
    REFUSED: "không chấm được",
    NOT_HANDED_IN: "chưa nộp",
}


@dataclass(frozen=True)
class Entry:
    """One trainee's line.

    Attributes
    ----------
    status : str
        A key of `STATUSES`.
    sentences : tuple of str
        What was repaired, or why it was refused.
    graded : bool
        Whether what was handed in last is in the gradebook.
    points, max_points : float
        As the gradebook has them; 0 while not graded.
    sha256 : str
        Of what was handed in, "" if nothing.
    received : str
        Our side's time of receipt, UTC, as ``2022-05-20 08:15:00 UTC``; "" if nothing.
    remarks : tuple of str
        What the trainer alone should know.
    """

    status: str
    sentences: tuple[str, ...] = ()
    graded: bool = False
    points: float = 0.0
    max_points: float = 0.0
    sha256: str = ""
    received: str = ""
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Ledger:
    """One exercise's account: an entry per trainee of the roster, and who else handed in."""

    exercise: str
    entries: Mapping[str, Entry] = field(default_factory=dict)
    unknown: tuple[str, ...] = ()

    def counts(self) -> dict[str, int]:
        """Return how many trainees ended in which status; the sum is the roster."""
        found = Counter(entry.status for entry in self.entries.values())
        return {status: found[status] for status in STATUSES}

    def save(self, path: Path) -> None:
        """Write the account, whole or not at all."""
        write_whole(path, json.dumps(asdict(self), ensure_ascii=False, indent=1))

    @classmethod
    def load(cls, path: Path, exercise: str) -> Ledger:
        """Return the account kept in `path`, an empty one where there is none.

        Parameters
        ----------
        path : Path
            ``so_cham/<exercise>.json``.
        exercise : str
            Whose account.

        Returns
        -------
        Ledger

        Raises
        ------
        Problem
            If the file was spoiled.
        """
        if not path.is_file():
            return cls(exercise)
        try:
            raw = json.loads(path.read_text(encoding="utf-8"))
        except ValueError as error:
            message = (
                f"Sổ chấm {path.name} không đọc được. Hãy chép lại từ bản sao lưu, "
                "hoặc xóa tệp này rồi chấm lại."
            )
            raise Problem(message) from error
        return read(cls, raw, path.name)
