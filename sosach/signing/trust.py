"""Whom a verifier trusts: the public half of a class's certificates, and what it knows of revocations.

A verifier needs no key.  The folder holds roots and authorities (``*.pem``), revocation lists
(``*.crl``) and OCSP answers (``*.ocsp``).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp

from sosach.signing.certificates import has_issued, is_training, load_certificate, pem
from sosach.signing.pki import STYLES, Pki
from sosach.signing.revocation import load_crl, load_ocsp, revocation_list
from sosach.signing.storage import read_limited, write_private
from sosach.signing.verdicts import Finding, SigningError

__all__ = ["Trust", "load_trust", "save_trust", "trust_of"]

T = TypeVar("T")

AUTHORITIES = ("root", *STYLES)


@dataclass(frozen=True)
class Trust:
    """What a verifier holds.

    Attributes
    ----------
    authorities : tuple of x509.Certificate
        Roots, which have issued themselves, and what stands below them.
    crls : tuple of x509.CertificateRevocationList
    answers : tuple of ocsp.OCSPResponse
    """

    authorities: tuple[x509.Certificate, ...]
    crls: tuple[x509.CertificateRevocationList, ...] = ()
    answers: tuple[ocsp.OCSPResponse, ...] = ()

    def chain_of(self, certificate: x509.Certificate) -> list[x509.Certificate]:
        """Return the certificate, who issued it, and so on to the root.

        Parameters
        ----------
        certificate : x509.Certificate

        Returns
        -------
        list of x509.Certificate
            Empty where no trusted authority has issued it.
        """
        chain = [certificate]
        for _ in range(len(self.authorities) + 1):
            if chain[-1] in self.authorities and chain[-1].issuer == chain[-1].subject:
                return chain
            above = [each for each in self.authorities if has_issued(each, chain[-1])]
            if not above:
                return []
            chain.append(above[0])
        return []


def trust_of(pki: Pki, at: datetime) -> Trust:
    """Return what a verifier of a class holds at a time.

    Parameters
    ----------
    pki : Pki
    at : datetime
        When its revocation lists were fetched, with a zone.

    Returns
    -------
    Trust
        Without the passports' side, which has a trust list of its own.
    """
    return Trust(
        tuple(pki.identities[name].certificate for name in AUTHORITIES),
        tuple(revocation_list(pki, name, at) for name in AUTHORITIES),
    )


def save_trust(trust: Trust, folder: Path) -> None:
    """Write what a verifier needs; openssl reads the files too.

    Parameters
    ----------
    trust : Trust
    folder : Path
    """
    for number, certificate in enumerate(trust.authorities):
        write_private(folder / f"ca_{number}.pem", pem([certificate]))
    for number, crl in enumerate(trust.crls):
        write_private(folder / f"ca_{number}.crl", crl.public_bytes(Encoding.PEM))
    for number, answer in enumerate(trust.answers):
        write_private(folder / f"{number}.ocsp", answer.public_bytes(Encoding.DER))


def load_trust(folder: Path) -> Trust:
    """Read what `save_trust` has written, or what a person has put together.

    Parameters
    ----------
    folder : Path

    Returns
    -------
    Trust

    Raises
    ------
    SigningError
        If a file is damaged, an authority is not one for training, or there is none.
    """
    authorities = _read_all(folder, "*.pem", load_certificate)
    for authority in authorities:
        if not is_training(authority):
            raise SigningError(Finding("NOT_TRAINING", "files", "certificate", str(folder)))
    if not authorities:
        raise SigningError(Finding("TRUST_EMPTY", "files", "file", str(folder)))
    return Trust(
        authorities,
        _read_all(folder, "*.crl", load_crl),
        _read_all(folder, "*.ocsp", load_ocsp),
    )


def _read_all(folder: Path, pattern: str, load: Callable[[bytes, str], T]) -> tuple[T, ...]:
    """Read all files of one kind, in the order of their names."""
    return tuple(
        load(read_limited(path, Finding("FILE_TOO_LONG", "files", "file", str(path))), str(path))
        for path in sorted(folder.glob(pattern))
    )
