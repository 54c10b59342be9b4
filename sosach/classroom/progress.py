"""Progress of long work: the caller draws it, a room only says what it goes through."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol, TypeVar

__all__ = ["Progress", "silent"]

T = TypeVar("T")


class Progress(Protocol):
    """Passes items on one by one and may show how far it has come."""

    def __call__(self, items: Iterable[T], title: str, length: int | None = None, /) -> Iterable[T]:
        """Return the items, in order; `title` says in Vietnamese what is being done."""


def silent(items: Iterable[T], title: str, length: int | None = None) -> Iterable[T]:
    """Return the items without showing anything."""
    return items
