"""Reading Excel workbooks that people hand in: cells become text, as they look on the screen.

A workbook is a zip full of XML, and reading it can take any amount of memory and time. It is read
in a second process with little of both, which is kept for the next one. If a workbook brings it
down, that workbook alone is refused.
"""

from __future__ import annotations

import atexit
import json
import os
import struct
import subprocess
import sys
import threading
from contextlib import suppress
from typing import Any

from sosach.grading import limits
from sosach.grading.refusals import Refusal

__all__ = ["OUT_OF_MEMORY", "read_sheets"]

#: how the second process ends when its memory is used up
OUT_OF_MEMORY = 3


def read_sheets(name: str, data: bytes) -> list[list[list[str]]]:
    """Return every sheet of a workbook as a grid of text.

    Parameters
    ----------
    name : str
        File name, for messages.
    data : bytes
        The xlsx file.

    Returns
    -------
    list of list of list of str
        As `sosach.grading.workbook_reader.grids`.

    Raises
    ------
    Refusal
        If it is no workbook, too large when unpacked, or takes too much memory or time.
    """
    with _LOCK:
        answer = _READER.ask(name, data)
    if answer is None:
        message = (
            f"Tệp {name} cần quá nhiều bộ nhớ hoặc thời gian để mở nên không đọc. "
            "Hãy chép bảng sang một tệp Excel mới, chỉ giữ các cột cần nộp."
        )
        raise Refusal(message)
    if "refusal" in answer:
        raise Refusal(answer["refusal"])
    sheets: list[list[list[str]]] = answer["sheets"]
    return sheets


class _Reader:
    """The second process; started when first needed, and again after it was brought down."""

    def __init__(self) -> None:
        self.process: subprocess.Popen[bytes] | None = None
        self.owner = 0

    def ask(self, name: str, data: bytes) -> dict[str, Any] | None:
        """Return the answer, None where there is none.

        What earlier workbooks left in memory must not cost this one: it is asked for once more,
        of a new process.
        """
        fresh = not self._runs()
        if fresh:
            self._start()
        answer, code = self._try(name, data)
        if code == OUT_OF_MEMORY and not fresh:
            self._start()
            answer, _ = self._try(name, data)
        return answer

    def _runs(self) -> bool:
        """Tell whether there is a process, and one of ours: a fork inherits that of its parent."""
        process = self.process
        return process is not None and self.owner == os.getpid() and process.poll() is None

    def _try(self, name: str, data: bytes) -> tuple[dict[str, Any] | None, int]:
        """Return the answer, or None and how the process ended."""
        process = self.process
        if process is None or process.stdin is None or process.stdout is None:
            return None, 0
        alarm = threading.Timer(limits.MAX_WAIT, process.kill)
        alarm.start()
        try:
            told = name.encode()
            process.stdin.write(struct.pack(">II", len(told), len(data)) + told + data)
            process.stdin.flush()
            (size,) = struct.unpack(">Q", process.stdout.read(8))
            answer: dict[str, Any] = json.loads(process.stdout.read(size))
            return answer, 0
        except (OSError, struct.error, ValueError):
            return None, self.stop()
        finally:
            alarm.cancel()

    def _start(self) -> None:
        """Start a process that finds our packages where this one does."""
        self.stop()
        environment = {
            **os.environ,
            "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
            "OPENBLAS_NUM_THREADS": "1",
        }
        self.owner = os.getpid()
        self.process = subprocess.Popen(
            [sys.executable, "-P", "-m", "sosach.grading.workbook_reader"],
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )

    def stop(self) -> int:
        """End the process and return how it ended; one of another process is left alone."""
        process, self.process = self.process, None
        if process is None or self.owner != os.getpid():
            return 0
        with suppress(OSError), process:
            process.kill()
        return process.returncode


_READER, _LOCK = _Reader(), threading.Lock()
atexit.register(_READER.stop)
