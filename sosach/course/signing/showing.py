"""A certificate, a passport, a verdict to look at; all are made here and judged by the real verifiers."""

from __future__ import annotations

import base64
from contextlib import suppress
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

from generator.problems import nearest
from sosach.course.signing.plain import certificate_in_words, verdict_in_words
from sosach.course.signing.station import NOW, Station, here, told
from sosach.review import Trouble
from sosach.review.panel import Bang
from sosach.signing.doses import with_subjects
from sosach.signing.faults.passport_office import Holder, Office, PassportExhibit
from sosach.signing.faults.passports import PASSPORT_FAULTS
from sosach.signing.faults.record import Fault
from sosach.signing.faults.scene import DoseExhibit, Scene
from sosach.signing.faults.signatures import SIGNATURE_FAULTS
from sosach.signing.passport.fields import NOT_SIGNED, fields_of
from sosach.signing.passport.qr import png
from sosach.signing.passport.verifying import Inspection, peek, verify
from sosach.signing.verdicts import VIETNAM, SigningError, Verdict

__all__ = ["xem_chung_thu", "xem_ho_chieu", "xem_ket_luan"]

#: when the passports of the lessons were issued: after every dose was signed
ISSUED = NOW - timedelta(days=8)
#: whose passport it is, and the dose that signatures are shown on: a record of ``station.toml``
HOLDER = "HSMAU1301"
CELLS = {
    "ma_mui": "Mã mũi",
    "ho_ten": "Họ và tên",
    "mui": "Mũi",
    "ten_vac_xin": "Vắc xin",
    "ngay_tiem": "Ngày tiêm",
    "so_lo": "Số lô",
    "don_vi_nhap": "Đơn vị nhập",
}


def xem_chung_thu(ten: str = "tram") -> Bang:
    """Show a certificate of the lessons in plain words.

    Parameters
    ----------
    ten : str
        A name of ``station.toml``: ``tram``, ``ca_nhan``, ``phuong_ben``, ``het_han``,
        ``sap_het_han``, ``chua_hieu_luc``, ``thu_hoi``, ``la`` ...

    Returns
    -------
    Bang
        A widget.
    """
    station = here(Path.cwd())
    chain = station.chain(ten)
    shown = certificate_in_words(chain, station.trust_about(ten, chain))
    return Bang("chung_thu", lambda: shown)


def xem_ho_chieu(ten: str = "tot") -> Bang:
    """Show a passport as a traveller shows it: QR code, eleven fields, what a verifier says.

    Parameters
    ----------
    ten : str
        ``tot``, or what was spoiled: the id of a fault of
        `sosach.signing.faults.passports` without ``hc_``.

    Returns
    -------
    Bang
        A widget.
    """
    exhibit = _fault(f"hc_{ten}", "hc_").plant(_office(here(Path.cwd())))
    assert isinstance(exhibit, PassportExhibit)  # noqa: S101 - the catalogue of passports
    looked = verify(
        exhibit.text, exhibit.trust, exhibit.clock, known=exhibit.known, rules=exhibit.rules
    )
    shown = {
        "hinh": _picture(exhibit.text),
        "ngay": f"{exhibit.clock.astimezone(VIETNAM):%d/%m/%Y}",
        "tin_duoc": looked.claims is not None,
        "truong": _fields(exhibit.text, looked),
        **verdict_in_words(looked.verdict),
    }
    return Bang("ho_chieu", lambda: shown)


def xem_ket_luan(ten: str | Verdict = "mui_tot") -> Bang:
    """Show a verdict: answers to five plain questions, every check folded behind them.

    Parameters
    ----------
    ten : str or Verdict
        Any verdict of `sosach.signing`, or the id of a fault of `sosach.signing.faults`, as
        ``mui_tot``, ``sua_mui``, ``chung_thu_het_han``, ``hc_qua_han``.

    Returns
    -------
    Bang
        A widget.
    """
    if isinstance(ten, Verdict):
        shown = {"tieu_de": "", "o": [], **verdict_in_words(ten)}
        return Bang("ket_luan", lambda: shown)
    fault: Fault[Any] = _fault(ten)
    station = here(Path.cwd())
    exhibit = fault.plant(_office(station) if fault in PASSPORT_FAULTS else _scene(station))
    cells = _cells(exhibit) if isinstance(exhibit, DoseExhibit) else []
    shown = {"tieu_de": fault.title, "o": cells, **verdict_in_words(exhibit.verdict())}
    return Bang("ket_luan", lambda: shown)


def _fault(id: str, prefix: str = "") -> Fault[Any]:
    """Return a fault by its id; lists need a PDF and are not shown."""
    faults: list[Fault[Any]] = [*SIGNATURE_FAULTS, *PASSPORT_FAULTS]
    known = {fault.id: fault for fault in faults}
    if id not in known:
        names = [name.removeprefix(prefix) for name in known if name.startswith(prefix)]
        wrong = id.removeprefix(prefix)
        message = f"Không có mẫu '{wrong}'.{nearest(wrong, names)} Có: {', '.join(names)}."
        raise Trouble(message)
    return known[id]


@cache
def _scene(station: Station) -> Scene:
    dose = next(with_subjects(station.doses(), station.subjects()))
    folder = station.folder / "mau"
    return Scene(station.pki, NOW - timedelta(days=1), dose, told().neighbour, b"", folder)


@cache
def _office(station: Station) -> Office:
    record = next(row for row in station.subjects() if row["ma_ho_so"] == HOLDER)
    doses = tuple(row for row in station.doses() if row["ma_ho_so"] == HOLDER)
    return Office(station.pki, Holder(record, doses), ISSUED)


def _cells(exhibit: DoseExhibit) -> list[list[str]]:
    names = {code: site.name for code, site in told().sites.items()}
    row = exhibit.dose
    return [[label, names.get(row[name], row[name])] for name, label in CELLS.items()]


def _picture(text: str) -> str:
    """Return the code as the address of a picture, "" where the text fits into none."""
    with suppress(ValueError):
        return f"data:image/png;base64,{base64.b64encode(png(text)).decode()}"
    return ""


def _fields(text: str, looked: Inspection) -> list[dict[str, str]]:
    """Return the eleven fields, also of a code that nobody can trust; none where it cannot be read."""
    nationality = next(row for row in told().people if row.record == HOLDER).nation
    try:
        claims = looked.claims or peek(text)
    except SigningError:
        return []
    return [
        {
            "ten": field.name,
            "gia_tri": field.value,
            "ma": field.code,
            "ghi_chu": "" if field.signed else NOT_SIGNED,
        }
        for field in fields_of(claims.content, nationality)
    ]
