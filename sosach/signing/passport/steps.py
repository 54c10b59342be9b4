"""The steps of an examination: what has run, and what it found."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TypeVar

from sosach.signing.verdicts import Finding, SigningError

__all__ = ["Steps"]

T = TypeVar("T")


@dataclass
class Steps:
    """The stages that have run, and what they found.

    Attributes
    ----------
    found : dict
        Stage -> findings, as `sosach.signing.verdicts.judge` takes them.
    """

    found: dict[str, list[Finding]] = field(default_factory=dict)

    def step(self, stage: str, work: Callable[[], T]) -> T:
        """Do a step that ends everything where it fails."""
        self.found[stage] = []
        try:
            return work()
        except SigningError as error:
            self.found[stage].append(error.finding)
            raise

    def check(self, stage: str, findings: Iterable[Finding]) -> None:
        """Keep the findings of a check after which the next one runs all the same."""
        self.found[stage] = list(findings)
