"""What may be signed today and what not, and signing it batch by batch with a real token.

Every press of the page signs one batch; what is signed is read from the folder each time. So a
pulled-out token, a closed page or a restarted kernel loses nothing, and nothing is signed twice.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sosach.course.signing.plain import with_words
from sosach.course.signing.station import NOW, Station, here
from sosach.course.signing.token import TokenScreen, login, plug_in, pull_out, token_state
from sosach.review import Trouble
from sosach.signing.batches import batch_names, read_batch
from sosach.signing.dose_checks import DoseChecker, View
from sosach.signing.dose_signing import Desk, sign_doses
from sosach.signing.doses import Dose, with_subjects

__all__ = ["ManHinhKy", "man_hinh_ky"]

TEN = "tram"
#: doses of a batch: few, so that a lesson has several; and how long a device takes for one
SIZE, DELAY_MS = 4, 500
SHOWN = ("ma_mui", "ma_ho_so", "ho_ten", "mui", "ten_vac_xin", "ngay_tiem")


class ManHinhKy(TokenScreen):
    """The screen of signing.

    Parameters
    ----------
    station : Station
    rut_sau : int or None
        After so many batches the token is pulled out, once.
    """

    def __init__(self, station: Station, rut_sau: int | None = None) -> None:
        self._station, self._rut_sau = station, rut_sau
        super().__init__(
            "ky",
            self._state,
            {
                "cam": lambda: plug_in(station, TEN),
                "rut": lambda: pull_out(station, TEN),
                "nhap_pin": self._login,
                "ky": self._sign,
                "lam_lai": self._anew,
            },
        )

    def ky(self) -> str:
        """Sign one batch."""
        return self.lam("ky")

    def ky_het(self) -> str:
        """Sign batch after batch until all is signed or the token refuses."""
        while True:
            before = self.trang_thai["da_ky"]
            sentence = self.ky()
            if self.trang_thai["da_ky"] in (before, self.trang_thai["tong"]):
                return sentence

    # --- inside ---------------------------------------------------------------------------

    def _state(self) -> dict[str, Any]:
        signed = _signed(self._station)
        reasons = self._station.reasons(TEN)
        ready = [row for row in _rows(self._station) if not reasons[row["ma_mui"]]]
        waiting = [row for row in _rows(self._station) if reasons[row["ma_mui"]]]
        return {
            "token": token_state(self._station, TEN),
            "duoc": [{**_shown(row), "lo": signed.get(row["ma_mui"], "")} for row in ready],
            "chua": [{**_shown(row), "vi_sao": _said(reasons[row["ma_mui"]])} for row in waiting],
            "tong": len(ready),
            "da_ky": sum(row["ma_mui"] in signed for row in ready),
            "co": SIZE,
        }

    @with_words
    def _login(self, pin: str) -> str:
        token = self._station.token(TEN)
        sentence = login(self._station, TEN, pin)
        token.slow_down(DELAY_MS)
        if self._rut_sau is not None and not _signed(self._station):
            token.pull_out(after=self._rut_sau)
        return sentence

    @with_words
    def _sign(self) -> str:
        """Sign the next batch and leave; the next press looks at the folder anew."""
        station = self._station
        reasons = station.reasons(TEN)
        ready = (row for row in _rows(station) if not reasons[row["ma_mui"]])
        desk = Desk(station.token(TEN), station.batches, station.trust, NOW, size=SIZE)
        run = sign_doses(ready, desk)
        try:
            progress = next(run)
        finally:
            run.close()  # type: ignore[attr-defined] # a generator
        if not progress.batches:
            message = "Mọi mũi được ký hôm nay đều đã ký. Không ký lần nữa."
            raise Trouble(message)
        before = f" {progress.skipped} mũi đã ký trước đó được bỏ qua." if progress.skipped else ""
        return f"Đã ký lô {progress.batches[-1]}: {progress.signed} mũi.{before}"

    def _anew(self) -> str:
        shutil.rmtree(self._station.batches, ignore_errors=True)
        self._station.renew(TEN)
        return "Đã bắt đầu lại: chưa mũi nào được ký, token như lúc mới giao."


def _rows(station: Station) -> Iterator[Dose]:
    """Yield every dose with the cells of its person, as a signature wants it."""
    return with_subjects(station.doses(), station.subjects())


def _signed(station: Station) -> dict[str, str]:
    """Return the doses whose signature holds, with the batch of each."""
    folder = station.batches
    if not folder.is_dir():
        return {}
    checker = DoseChecker(folder, View(station.trust, NOW))
    where = {
        entry.dose: name
        for name in batch_names(folder)
        for entry in read_batch(folder, name).parsed().entries
    }
    rows = (row for row in _rows(station) if row["ma_mui"] in where)
    return {row["ma_mui"]: where[row["ma_mui"]] for row in rows if checker.verdict(row).ok}


def _shown(row: Dose) -> dict[str, str]:
    return {name: row[name] for name in SHOWN}


def _said(reasons: list[dict[str, str]]) -> list[dict[str, str]]:
    """Return what the screen shows of the gate's reasons."""
    return [{"cau": each["cau"], "can_cu": each["can_cu"]} for each in reasons]


def man_hinh_ky(rut_sau: int | None = None) -> ManHinhKy:
    """Open the screen of signing at the station of the lessons.

    Parameters
    ----------
    rut_sau : int, optional
        After so many batches the token is pulled out, once, as it happens in real life.

    Returns
    -------
    ManHinhKy
        A widget. What is signed lies in ``tap_ky_so/lo_ky`` beside the notebook.
    """
    return ManHinhKy(here(Path.cwd()), rut_sau)
