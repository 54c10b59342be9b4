"""The certificates of one class, made when it opens and kept in a folder of its own.

Two trees: root -> an issuing authority for each style -> units and persons; passport authority ->
document signers.  All times are of the simulated calendar and are passed in.  Keys are random, so
a class keeps one saved PKI; none is ever part of the programs.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Literal

from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from sosach.signing.certificates import (
    Identity,
    PrivateKey,
    PublicKey,
    certify,
    has_issued,
    is_training,
    load_certificate,
    name_of,
    pem,
    self_certify,
    subject,
)
from sosach.signing.storage import read_limited, reading, write_private
from sosach.signing.verdicts import Finding, SigningError

__all__ = [
    "STYLES",
    "Pki",
    "Revocation",
    "Style",
    "StyleName",
    "load_identity",
    "load_pki",
    "load_revocations",
    "make_key",
    "make_pki",
    "save_identity",
    "save_pki",
]

StyleName = Literal["cong_vu", "cong_cong"]
KeyKind = Literal["rsa", "ec"]
YEAR = timedelta(days=365)
#: the file of revocations
REVOKED = "thu_hoi.json"
#: what a PKI consists of
IDENTITIES = (
    *("root", "cong_vu", "cong_cong", "time_stamp"),
    *("passport_ca", "dsc_rsa", "dsc_ec"),
)
#: why a certificate is revoked (RFC 5280, 5.3.1)
REASONS = {reason.value: reason for reason in x509.ReasonFlags}


@dataclass(frozen=True)
class Style:
    """One kind of authority that Vietnamese units buy from or are given by.

    Attributes
    ----------
    authority : str
        Common name of the issuing authority.
    tries : int
        Wrong PINs until its tokens lock (domain.md 11: government 3, public usually 5).
    life : timedelta
        How long its certificates are valid; *assumption*.
    """

    authority: str
    tries: int
    life: timedelta


STYLES: dict[StyleName, Style] = {
    "cong_vu": Style("CA dao tao chuyen dung cong vu", 3, 5 * YEAR),
    "cong_cong": Style("CA dao tao cong cong", 5, 3 * YEAR),
}


@dataclass(frozen=True)
class Revocation:
    """A certificate that its authority has taken back.

    Attributes
    ----------
    authority : str
        Name of the authority in `Pki.identities`.
    serial : int
        Number of the certificate.
    at : datetime
        From when on, with a zone.
    reason : str
        Of RFC 5280, as ``keyCompromise``.
    """

    authority: str
    serial: int
    at: datetime
    reason: str = "keyCompromise"


@dataclass
class Pki:
    """The authorities of one class, and what they have revoked.

    Attributes
    ----------
    identities : dict
        ``root``, ``cong_vu``, ``cong_cong``, ``time_stamp``, ``passport_ca``, ``dsc_rsa``,
        ``dsc_ec``.
    revocations : list of Revocation
    """

    identities: dict[str, Identity]
    revocations: list[Revocation] = field(default_factory=list)

    def issue(
        self,
        kind: str,
        key: PublicKey,
        name: x509.Name,
        style: StyleName,
        begins: datetime,
        ends: datetime | None = None,
        serial: int = 0,
    ) -> list[x509.Certificate]:
        """Issue a certificate for a unit or a person.

        Parameters
        ----------
        kind : {"facility", "person", "website"}
            The last one is good for no signature.
        key : PublicKey
            Of the token.
        name : x509.Name
            Of `sosach.signing.certificates.subject`; the unit's code is what may be signed for.
        style : {"cong_vu", "cong_cong"}
            Who issues it.
        begins, ends : datetime
            Validity, with a zone; None: as long as the style gives.
        serial : int
            Number of the certificate; 0: a random one.

        Returns
        -------
        list of x509.Certificate
            The certificate, its authority, the root.
        """
        above = self.identities[style]
        life = (begins, ends or begins + STYLES[style].life)
        made = certify(kind, name, key, above, *life, serial=serial)
        return [made, above.certificate, self.identities["root"].certificate]

    def revoke(
        self, certificate: x509.Certificate, at: datetime, reason: str = "keyCompromise"
    ) -> None:
        """Take a certificate of this class back from `at` on."""
        name = self.authority_of(certificate)
        self.revocations.append(Revocation(name, certificate.serial_number, at, reason))

    def authority_of(self, certificate: x509.Certificate) -> str:
        """Return the name of the authority that has issued a certificate.

        Raises
        ------
        SigningError
            If it is none of this class.
        """
        for name, identity in self.identities.items():
            if has_issued(identity.certificate, certificate):
                return name
        raise SigningError(Finding("SIGNER_UNKNOWN", "chain", "certificate", name_of(certificate)))


def make_pki(opened: datetime) -> Pki:
    """Make the authorities of a class.

    Parameters
    ----------
    opened : datetime
        When the class opens on the simulated calendar, with a zone.

    Returns
    -------
    Pki
        Authorities valid from ten years before to ten years after, document signers from 30 days
        before to 1,100 days after.
    """
    far = (opened - 10 * YEAR, opened + 10 * YEAR)
    middle = (opened - 5 * YEAR, opened + 9 * YEAR)
    near = (opened - timedelta(days=30), opened + timedelta(days=1100))
    root = self_certify("root", subject("Root CA dao tao"), _rsa(3072), *far)
    passports = self_certify("passport_ca", subject("CSCA dao tao"), _ec(), *far)

    def below(
        above: Identity, kind: str, name: str, key: PrivateKey, life: tuple[datetime, datetime]
    ) -> Identity:
        made = certify(kind, subject(name), key.public_key(), above, *life)
        return Identity(key, made)

    issuing: dict[str, Identity] = {
        name: below(root, "issuing", style.authority, _rsa(), middle)
        for name, style in STYLES.items()
    }
    return Pki(
        {
            "root": root,
            **issuing,
            "time_stamp": below(
                issuing["cong_vu"], "time_stamp", "Dau thoi gian dao tao", _rsa(), middle
            ),
            "passport_ca": passports,
            "dsc_rsa": below(passports, "document_signer", "DSC dao tao RSA", _rsa(), near),
            "dsc_ec": below(passports, "document_signer", "DSC dao tao EC", _ec(), near),
        }
    )


def _rsa(bits: int = 2048) -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(65537, bits)


def _ec() -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


def make_key(kind: KeyKind) -> PrivateKey:
    """Make a key: RSA with 2048 bits (``rsa``), or on the curve P-256 (``ec``)."""
    return _rsa() if kind == "rsa" else _ec()


def save_pki(pki: Pki, folder: Path) -> None:
    """Keep a PKI: certificates, keys and revocations, for its owner alone.

    Parameters
    ----------
    pki : Pki
    folder : Path
        Made with mode 0700; every file has mode 0600.
    """
    for name, identity in pki.identities.items():
        save_identity(identity, folder, name)
    rows = [{**asdict(each), "at": each.at.isoformat()} for each in pki.revocations]
    write_private(folder / REVOKED, json.dumps(rows, indent=1).encode())


def load_pki(folder: Path) -> Pki:
    """Read a PKI that `save_pki` has written.

    Parameters
    ----------
    folder : Path

    Returns
    -------
    Pki

    Raises
    ------
    SigningError
        If a file is damaged, a key does not belong to its certificate, or a certificate is not
        marked as one for training.
    OSError
        If a file is missing.
    """
    identities = {name: load_identity(folder, name) for name in IDENTITIES}
    return Pki(identities, load_revocations(folder / REVOKED))


def load_revocations(path: Path) -> list[Revocation]:
    """Read the revocations of a PKI; errors as of `load_pki`."""
    finding = Finding("PKI_BROKEN", "files", "pki", str(path))
    with reading(finding):
        return [_revocation(row) for row in json.loads(read_limited(path, finding))]


def _revocation(row: dict[str, Any]) -> Revocation:
    """Read one row of the saved revocations; anything odd raises."""
    read = Revocation(**{**row, "at": datetime.fromisoformat(row["at"])})
    if read.at.tzinfo is None or read.authority not in IDENTITIES or read.reason not in REASONS:
        raise ValueError(row)
    return Revocation(read.authority, int(read.serial), read.at, read.reason)


def save_identity(identity: Identity, folder: Path, name: str) -> None:
    """Write ``<name>.key`` and ``<name>.pem``."""
    key = identity.key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    write_private(folder / f"{name}.key", key)
    write_private(folder / f"{name}.pem", pem([identity.certificate]))


def load_identity(folder: Path, name: str) -> Identity:
    """Read ``<name>.key`` and ``<name>.pem``; errors as of `load_pki`."""
    path = folder / f"{name}.pem"
    certificate = load_certificate(
        read_limited(path, Finding("CERT_BROKEN", "files", "certificate", str(path))), str(path)
    )
    if not is_training(certificate):
        raise SigningError(Finding("NOT_TRAINING", "files", "certificate", str(path)))
    finding = Finding("KEY_BROKEN", "files", "key", str(folder / f"{name}.key"))
    with reading(finding):
        data = read_limited(folder / f"{name}.key", finding, 64 * 2**10)
        key = serialization.load_pem_private_key(data, None)
        if key.public_key() != certificate.public_key():
            raise SigningError(finding)
        assert isinstance(key, PrivateKey)  # noqa: S101
    return Identity(key, certificate)
