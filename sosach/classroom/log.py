"""The log for developers: one JSON line per event; what people read stands in the ledger."""

from __future__ import annotations

import json
from datetime import UTC, datetime

from sosach.classroom.folder import ClassFolder

__all__ = ["write_log"]


def write_log(room: ClassFolder, event: str, **facts: object) -> None:
    """Add a line to ``so_cham/nhat_ky.log``.

    Parameters
    ----------
    room : ClassFolder
        The class.
    event : str
        What happened, in one English word or two.
    **facts
        Whatever JSON can hold.
    """
    now = datetime.now(UTC).isoformat(timespec="seconds")
    line = json.dumps({"time": now, "event": event, **facts}, ensure_ascii=False)
    room.ledgers.mkdir(exist_ok=True)
    with (room.ledgers / "nhat_ky.log").open("a", encoding="utf-8") as file:
        file.write(f"{line}\n")
