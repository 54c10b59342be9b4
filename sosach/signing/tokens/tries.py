"""The counter of wrong PINs: on the disk before each try, so that no crash gives a free one.

SoftHSM never locks, whatever is typed; the same counter therefore stands before the virtual token
and before its PKCS#11 module.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from sosach.signing.storage import locked, read_limited, reading, write_private
from sosach.signing.tokens.interface import LOCKED, WRONG, Word, refuse
from sosach.signing.verdicts import Finding, SigningError

__all__ = ["StateFile", "WrongWordError"]

T = TypeVar("T")

COUNTERS = {"limit": (int,), "pin": (int,), "puk": (int,)}
#: bytes of the longest state of a token
LARGEST = 64 * 2**10


class WrongWordError(Exception):
    """The PIN or PUK that was tried is not the right one."""


class StateFile:
    """What a token remembers, with its counters ``pin`` and ``puk`` and their ``limit``.

    Parameters
    ----------
    path : Path
        A JSON file; only `create` makes it.
    label : str
        Name of the token, for what it says.
    fields : mapping
        What stands in it besides the counters: name -> types.
    """

    def __init__(
        self, path: Path, label: str, fields: Mapping[str, tuple[type, ...]] | None = None
    ) -> None:
        self.path, self.label = path, label
        self._fields = {**COUNTERS, **(fields or {})}

    def create(self, limit: int, **more: object) -> None:
        """Write a new state with full counters; an old one of this name is an error."""
        if self.path.exists():
            refuse("TOKEN_EXISTS", self.label)
        self._write({"limit": limit, "pin": limit, "puk": limit, **more})

    def read(self) -> dict[str, Any]:
        """Return the state.

        Raises
        ------
        SigningError
            If there is none, or it is damaged; a damaged counter is never taken for a full one.
        """
        if not self.path.exists():
            refuse("TOKEN_UNKNOWN", self.label)
        finding = Finding("TOKEN_BROKEN", "token", "token", self.label)
        with reading(finding):
            state: dict[str, Any] = json.loads(read_limited(self.path, finding, LARGEST))
            well_typed = all(type(state[name]) in types for name, types in self._fields.items())
            if not well_typed or not all(0 <= state[k] <= state["limit"] for k in ("pin", "puk")):
                raise SigningError(finding)
            return state

    @contextmanager
    def changing(self) -> Iterator[dict[str, Any]]:
        """Offer the state for changes; they are on the disk when the block ends.

        Raises
        ------
        SigningError
            As of `read`, and if another program uses the token.
        """
        with self._alone():
            state = self.read()
            yield state
            self._write(state)

    def attempt(self, word: Word, prove: Callable[[dict[str, Any]], T]) -> T:
        """Try a secret word: count first, then prove, then set the counter back.

        Parameters
        ----------
        word : {"pin", "puk"}
        prove : callable
            Given the state, which it may change; raises `WrongWordError` for a wrong word.

        Returns
        -------
        object
            What `prove` returns.

        Raises
        ------
        SigningError
            For a wrong word, with the tries that are left; for a locked one, and where the
            counter cannot be written, as on a full disk: then nothing is tried.
        """
        with self._alone():
            state = self.read()
            left = state[word] - 1
            if left < 0:
                refuse(LOCKED[word], self.label, 0)
            self._write({**state, word: left})
            try:
                proved = prove(state)
            except WrongWordError:
                refuse(WRONG[word] if left else LOCKED[word], self.label, left)
            self._write({**state, word: state["limit"]})
            return proved

    @contextmanager
    def _alone(self) -> Iterator[None]:
        try:
            with locked(self.path.with_suffix(".khoa")):
                yield
        except BlockingIOError:
            refuse("TOKEN_BUSY", self.label)

    def _write(self, state: dict[str, Any]) -> None:
        write_private(self.path, json.dumps(state, indent=1).encode())
