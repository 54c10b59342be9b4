"""The material of the signature faults: two units, their certificates, a dose, a list, a day.

A scene is made once and serves any number of exhibits; what one of them revokes, no other one sees.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any, cast

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa

from sosach.signing.batches import Batch, Entry
from sosach.signing.canonical import canonical
from sosach.signing.certificate_checks import check_certificate
from sosach.signing.certificates import pem, subject
from sosach.signing.dose_checks import DoseChecker, View
from sosach.signing.dose_signing import make_batch
from sosach.signing.doses import Dose, digest, dose_bytes
from sosach.signing.lists import Expected, check_list, sign_list
from sosach.signing.pki import STYLES, Pki, Revocation, make_key
from sosach.signing.signer_checks import Case
from sosach.signing.time_stamps import TimeStamper, time_stamper
from sosach.signing.tokens import VirtualToken, init_token
from sosach.signing.tokens.virtual import PSS
from sosach.signing.trust import Trust, trust_of
from sosach.signing.verdicts import SigningError, Verdict, judge

__all__ = ["DAY", "PIN", "PUK", "DoseExhibit", "ListExhibit", "Scene", "SoftToken", "TokenExhibit"]

#: secret words of the tokens that are made for a fault
PIN, PUK = "DaoTao2022", "puk-dao-tao"
DAY = timedelta(days=1)


@dataclass(frozen=True)
class SoftToken:
    """A key without a PIN, as only who plants faults has one."""

    key: rsa.RSAPrivateKey
    chain: tuple[x509.Certificate, ...]

    def certificates(self) -> list[x509.Certificate]:
        """Return the own certificate, then its authorities."""
        return list(self.chain)

    def sign(self, data: bytes) -> bytes:
        """Return one RSASSA-PSS signature."""
        return self.key.sign(data, PSS, hashes.SHA256())


@dataclass(frozen=True)
class DoseExhibit:
    """A row of the register and the batches that are said to sign it.

    Attributes
    ----------
    dose : mapping
    batches : tuple of Batch
    view : View
    missing : bool
        Whether the row was left out of the list in hand.
    """

    dose: Dose
    batches: tuple[Batch, ...]
    view: View
    missing: bool = False

    def files(self) -> dict[str, bytes]:
        """Return the row and the files of the batches."""
        rows = {} if self.missing else {"mui_tiem.json": canonical(self.dose)}
        ends = {"json": "manifest", "p7s": "signature", "jsonl": "copies"}
        return rows | {
            f"{batch.name}.{end}": getattr(batch, part)
            for batch in self.batches
            for end, part in ends.items()
        }

    def verdict(self) -> Verdict:
        """Judge the row."""
        checker = DoseChecker(self.batches, self.view)
        return next(checker.unexpected(())) if self.missing else checker.verdict(self.dose)


@dataclass(frozen=True)
class CertificateExhibit:
    """A certificate that somebody wants to sign with."""

    data: bytes
    case: Case

    def files(self) -> dict[str, bytes]:
        """Return the certificate."""
        return {"chung_thu.pem": self.data}

    def verdict(self) -> Verdict:
        """Judge it."""
        return check_certificate(self.data, self.case)


@dataclass(frozen=True)
class ListExhibit:
    """A PDF and what it should be."""

    pdf: bytes
    expected: Expected

    def files(self) -> dict[str, bytes]:
        """Return the PDF."""
        return {"danh_sach.pdf": self.pdf}

    def verdict(self) -> Verdict:
        """Judge the PDF."""
        return check_list(self.pdf, self.expected, "danh_sach.pdf")


@dataclass(frozen=True)
class TokenExhibit:
    """What a person does with a token; it shows in what the token answers at the end."""

    act: Callable[[], None]

    def files(self) -> dict[str, bytes]:
        """Return nothing: a token is no file."""
        return {}

    def verdict(self) -> Verdict:
        """Do it and judge the answer."""
        try:
            self.act()
        except SigningError as error:
            finding = error.finding
            return judge(finding.object, finding.name, [finding.stage], {finding.stage: [finding]})
        return judge("token", "", ["token"], {"token": []})


@dataclass
class Scene:
    """What the faults are made of.

    Attributes
    ----------
    pki : Pki
        Of the class.
    at : datetime
        When is signed, on the simulated calendar; checked is a day later.
    dose : mapping
        A row of the register that may be signed; ``don_vi_nhap`` is the unit that signs.
    other : str
        Code of another unit.
    pdf : bytes
        A list, not signed yet.
    folder : Path
        Where tokens are made.
    """

    pki: Pki
    at: datetime
    dose: Dose
    other: str
    pdf: bytes
    folder: Path

    @property
    def unit(self) -> str:
        """Return the code of the unit that signs."""
        return self.dose["don_vi_nhap"]

    @property
    def now(self) -> datetime:
        """Return when it is checked."""
        return self.at + DAY

    @cached_property
    def key(self) -> rsa.RSAPrivateKey:
        """Return one key for all certificates of the scene."""
        return cast(rsa.RSAPrivateKey, make_key("rsa"))

    def signer(
        self,
        kind: str = "facility",
        unit: str = "",
        begins: datetime | None = None,
        ends: datetime | None = None,
        pki: Pki | None = None,
    ) -> SoftToken:
        """Return who signs: by default the unit, with a certificate that is good."""
        name = subject(f"Trạm Y tế {unit or self.unit}", unit or self.unit)
        issued = (pki or self.pki).issue(
            *(kind, self.key.public_key(), name, "cong_vu"), begins or self.at - 30 * DAY, ends
        )
        return SoftToken(self.key, tuple(issued))

    def stamper(self, pki: Pki | None = None) -> TimeStamper:
        """Return a time stamp authority at the time of signing."""
        return time_stamper(pki or self.pki, self.at)

    def trust(self, *revocations: Revocation, fetched: datetime | None = None) -> Trust:
        """Return what the verifier holds, with certificates revoked for this exhibit alone."""
        known = [*self.pki.revocations, *revocations]
        return trust_of(Pki(self.pki.identities, known), fetched or self.now)

    def batch(
        self,
        signer: SoftToken | None = None,
        stamper: TimeStamper | None = None,
        at: datetime | None = None,
        dose: Dose | None = None,
        revision: int = 1,
        unit: str = "",
    ) -> Batch:
        """Return a batch with one dose; its number is that of the revision."""
        row = dose or self.dose
        line = dose_bytes(row, revision)
        entry = Entry(row["ma_mui"], revision, digest(line))
        name, own = f"lo_{revision:06d}", signer or self.signer()
        return make_batch(*(name, unit or self.unit, [(entry, line)], own), at or self.at, stamper)

    def exhibit(self, *batches: Batch, dose: Dose | None = None, **view: Any) -> DoseExhibit:  # noqa: ANN401
        """Return a dose with its batches, seen by a verifier with fresh lists."""
        seen = View(**{"trust": self.trust(), "now": self.now, **view})
        return DoseExhibit(dose or self.dose, batches, seen)

    def certificate(
        self, signer: SoftToken, *revocations: Revocation, data: bytes = b""
    ) -> CertificateExhibit:
        """Return a certificate seen by somebody who wants to sign with it when it is checked."""
        case = Case("certificate", "chung_thu.pem", self.trust(*revocations), self.now)
        return CertificateExhibit(data or pem(signer.chain[:1]), case)

    def signed_list(
        self, signer: SoftToken | None = None, list_id: str = "DS-01", pdf: bytes = b""
    ) -> bytes:
        """Return the list, signed."""
        return sign_list(pdf or self.pdf, signer or self.signer(), self.at, list_id)

    def list_exhibit(self, pdf: bytes, **expected: Any) -> ListExhibit:  # noqa: ANN401
        """Return a list seen by a verifier who expects this unit and this list."""
        wanted = {"trust": self.trust(), "now": self.now, "unit": self.unit, "list_id": "DS-01"}
        return ListExhibit(pdf, Expected(**{**wanted, **expected}))

    def revoked(self, signer: SoftToken, at: datetime) -> Revocation:
        """Return the revocation of a signer's certificate from a time on."""
        return Revocation("cong_vu", signer.chain[0].serial_number, at)

    def token(self, name: str, pin: str = PIN) -> VirtualToken:
        """Return a new token of this name with the unit's certificate, logged in."""
        folder = self.folder / name
        shutil.rmtree(folder, ignore_errors=True)
        made = init_token(folder, PUK, STYLES["cong_vu"].tries, pin)
        whole = subject(f"Trạm Y tế {self.unit}", self.unit)
        made.store_certificates(
            self.pki.issue("facility", made.public_key(), whole, "cong_vu", self.at - 30 * DAY)
        )
        return made
