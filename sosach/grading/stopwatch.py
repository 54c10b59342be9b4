"""Where the time of one submission goes, part by part."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

__all__ = ["measured", "part"]

_running: ContextVar[dict[str, float] | None] = ContextVar("seconds", default=None)


@contextmanager
def measured() -> Iterator[dict[str, float]]:
    """Collect what `part` measures inside the block.

    Yields
    ------
    dict
        Name of a part -> seconds; filled while the block runs.
    """
    seconds: dict[str, float] = {}
    token = _running.set(seconds)
    try:
        yield seconds
    finally:
        _running.reset(token)


@contextmanager
def part(name: str) -> Iterator[None]:
    """Add the time of the block to a part, less the time of parts inside it.

    Parameters
    ----------
    name : str
        Several blocks may share a name. Outside of `measured` nothing is kept.
    """
    seconds = _running.get()
    if seconds is None:
        yield
        return
    inside, began = sum(seconds.values()), time.perf_counter()
    try:
        yield
    finally:
        elapsed = time.perf_counter() - began - (sum(seconds.values()) - inside)
        seconds[name] = seconds.get(name, 0.0) + elapsed
