"""The signing gate: not a yes or no, but every reason why a dose may not be signed today.

A dose may be signed when its subject is verified or a foreigner with a passport, nothing is
double, its cells are complete and possible, the own unit entered it and the certificate is valid
(CV 1908). Telephone, address and lot are no reason (domain.md 5).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sosach.simulation.platform import states
from sosach.simulation.platform.gate_doses import wrong_doses
from sosach.simulation.platform.rules import Reason, reason, refuse
from sosach.simulation.truth import Row

__all__ = ["Certificate", "Gate", "read_certificate", "reasons"]

PASSPORT = re.compile(r"[A-Z]{1,2}\d{7,8}", re.ASCII)
OUTSIDE_CITY = "ngoài thành phố"


@dataclass(frozen=True)
class Certificate:
    """What is known of the certificate with which it would be signed.

    Attributes
    ----------
    unit : str
        For which unit it was issued, "" where there is no certificate.
    begins, ends : date
        First and last day of validity.
    revoked : date or None
    """

    unit: str
    begins: date = date.min
    ends: date = date.max
    revoked: date | None = None


@dataclass(frozen=True)
class Gate:
    """What the gate knows beside record and doses.

    Attributes
    ----------
    unit : str
        The own unit.
    today : date
    sites : mapping
        Official list of sites: code -> row of ``co_so``.
    certificate : Certificate or None
        None: the certificate is not looked at.
    """

    unit: str
    today: date
    sites: Mapping[str, Row]
    certificate: Certificate | None = None

    def record(
        self, subject: Row, doses: Sequence[Row], doubles: Sequence[str]
    ) -> dict[str, list[Reason]]:
        """Return the reasons of all doses of one record by ``ma_mui``, an empty list for ready."""
        about = [*_of_subject(subject, doubles), *_of_certificate(self)]
        wrong = wrong_doses(doses, subject["ngay_sinh"], self.today)
        return {
            d["ma_mui"]: [*about, *wrong.get(d["ma_mui"], []), *_of_dose(self, d)] for d in doses
        }

    def named(self, unit: str) -> str:
        """Return the name of a unit with its code, the code alone where the list has none."""
        site = self.sites.get(unit)
        return f"{site['ten_co_so']} ({unit})" if site else unit


def reasons(
    gate: Gate, subject: Row, doses: Sequence[Row], doubles: Sequence[str], line: str
) -> list[Reason]:
    """Return every reason why one dose may not be signed today.

    Parameters
    ----------
    gate : Gate
    subject : dict
        The record, a row of the store.
    doses : sequence of dict
        All doses of the record, rows of the store.
    doubles : sequence of str
        Other records that seem to be of the same person.
    line : str
        ``ma_mui`` of the dose.

    Returns
    -------
    list of dict
        As `sosach.simulation.platform.rules.reason` makes them; empty: it may be signed.
    """
    return gate.record(subject, doses, doubles)[line]


def _of_subject(subject: Row, doubles: Sequence[str]) -> Iterator[Reason]:
    state = subject["trang_thai"]
    if state == "NGUOI_NUOC_NGOAI":
        if not PASSPORT.fullmatch(subject["so_giay_to"].strip()):
            yield reason("THIEU_HO_CHIEU")
    elif state != "DUNG":
        yield reason("CHUA_XAC_MINH_DUNG", trang_thai=states.SUBJECT_STATES[state].label)
    if doubles:
        yield reason("HO_SO_NGHI_TRUNG", ma_ho_so=", ".join(doubles))
    if subject["treo"]:
        yield reason("HO_SO_TREO", ly_do=subject["treo"])


def _of_dose(gate: Gate, dose: Row) -> Iterator[Reason]:
    site = gate.sites.get(dose["co_so_tiem"])
    if dose["don_vi_nhap"] != gate.unit:
        yield reason("MUI_DON_VI_KHAC_KY", don_vi=gate.named(dose["don_vi_nhap"]))
    if site is None:
        yield reason("CO_SO_LA", co_so=dose["co_so_tiem"] or "trống")
    elif site["loai"] == OUTSIDE_CITY and dose["don_vi_nhap"] == gate.unit:
        yield reason("TIEM_NOI_KHAC")
    state = dose["trang_thai"]
    if state in ("DA_KY_CO_SO", "DA_CAP_HO_CHIEU"):
        yield reason("DA_KY")
    elif state == "TREO":
        yield reason("MUI_TREO", ly_do=dose["treo"])
    if "PHAI_KY_LAI" in (state, dose["truoc_treo"]) and not dose["giai_trinh"]:
        yield reason("PHAI_GIAI_TRINH")


def _of_certificate(gate: Gate) -> Iterator[Reason]:
    certificate, today = gate.certificate, gate.today
    if certificate is None:
        return
    if not certificate.unit:
        yield reason("CHUNG_THU_THIEU")
        return
    if certificate.unit != gate.unit:
        yield reason("CHUNG_THU_DON_VI_KHAC", don_vi=certificate.unit)
    if today < certificate.begins:
        yield reason("CHUNG_THU_CHUA_HIEU_LUC", ngay=f"{certificate.begins:%d/%m/%Y}")
    if today > certificate.ends:
        yield reason("CHUNG_THU_HET_HAN", ngay=f"{certificate.ends:%d/%m/%Y}")
    if certificate.revoked and today >= certificate.revoked:
        yield reason("CHUNG_THU_THU_HOI", ngay=f"{certificate.revoked:%d/%m/%Y}")


def read_certificate(raw: Mapping[str, str] | None) -> Certificate | None:
    """Read a certificate from a call's argument.

    Parameters
    ----------
    raw : mapping or None
        ``don_vi, tu, den, thu_hoi`` with days yyyy-mm-dd; an empty one: there is no certificate;
        None: it is not looked at.

    Returns
    -------
    Certificate or None

    Raises
    ------
    RefusedError
        If a key is unknown or a day is not written so.
    """
    if raw is None:
        return None
    if set(raw) - {"don_vi", "tu", "den", "thu_hoi"}:
        told = f"chứng thư có khóa lạ: {', '.join(sorted(raw))}"
        refuse("SAI_THAM_SO", chi_tiet=told, gan_giong="")
    try:
        days = {
            key: date.fromisoformat(raw[key]) for key in ("tu", "den", "thu_hoi") if raw.get(key)
        }
    except (TypeError, ValueError):
        told = "ngày của chứng thư phải viết như 2022-05-09"
        refuse("SAI_THAM_SO", chi_tiet=told, gan_giong="")
    return Certificate(
        raw.get("don_vi", ""),
        days.get("tu", date.min),
        days.get("den", date.max),
        days.get("thu_hoi"),
    )
