"""What a planted fault is: its name, what was done, and the verdict that is right."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from sosach.signing.verdicts import GOOD, Verdict, table

__all__ = ["Catalogue", "Exhibit", "Fault"]

S = TypeVar("S")


class Exhibit(Protocol):
    """What a learner is shown, and how the checker judges it."""

    def files(self) -> dict[str, bytes]:
        """Return the files that a learner is given, by name; none where there is nothing to see."""

    def verdict(self) -> Verdict:
        """Judge it."""


@dataclass(frozen=True)
class Fault(Generic[S]):
    """One planted fault.

    Attributes
    ----------
    id : str
        Lower case ASCII, without diacritics.
    title : str
        Vietnamese, for learners after the answer.
    planted : str
        Vietnamese, for the trainer: what was done.
    stage, code : str
        The one finding of the right verdict; both "" where the verdict is good without a note.
    plant : callable
        Makes the exhibit from a scene.
    """

    id: str
    title: str
    planted: str
    stage: str
    code: str
    plant: Callable[[S], Exhibit]

    @property
    def word(self) -> str:
        """Return the plain word that a learner should choose."""
        return str(table("findings")[self.code]["word"]) if self.code else GOOD


class Catalogue(list[Fault[S]]):
    """Faults in the order in which they are declared."""

    def plant(
        self, id: str, title: str, planted: str, stage: str = "", code: str = ""
    ) -> Callable[[Callable[[S], Exhibit]], Callable[[S], Exhibit]]:
        """Declare the decorated function as what plants a fault; parameters as of `Fault`."""

        def declare(function: Callable[[S], Exhibit]) -> Callable[[S], Exhibit]:
            self.append(Fault(id, title, planted, stage, code, function))
            return function

        return declare
