"""Who signs vaccination passports: document signers below the passport authority, and the trust list.

The list of certificates is the real mechanism of trust in passports: who is on it is trusted, who
was taken off is not.
"""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Iterable, Mapping
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ObjectIdentifier

from sosach.signing.certificates import VACCINATION, PrivateKey, certify, load_certificate, subject
from sosach.signing.pki import KeyKind, Pki, make_key
from sosach.signing.storage import read_limited, reading, write_private
from sosach.signing.verdicts import Finding

__all__ = [
    "TrustList",
    "document_signer",
    "key_id",
    "make_document_signer",
    "read_trust_list",
    "trust_list",
    "write_trust_list",
]

#: key id of 8 bytes -> every certificate that has it; an id may be shared and proves nothing
TrustList = Mapping[bytes, tuple[x509.Certificate, ...]]


def document_signer(pki: Pki, kind: KeyKind) -> tuple[PrivateKey, list[x509.Certificate]]:
    """Return the document signer that the class keeps.

    Parameters
    ----------
    pki : Pki
        A saved one gives the same signer every time.
    kind : {"rsa", "ec"}
        RSA-2048 (for PS256) or P-256 (for ES256).

    Returns
    -------
    tuple
        The private key; its certificate and the passport authority's.
    """
    own = pki.identities[f"dsc_{kind}"]
    return own.key, [own.certificate, pki.identities["passport_ca"].certificate]


def make_document_signer(
    pki: Pki,
    kind: KeyKind,
    begins: datetime,
    ends: datetime,
    purposes: tuple[ObjectIdentifier, ...] = (VACCINATION,),
    name: str = "DSC dao tao",
) -> tuple[PrivateKey, list[x509.Certificate]]:
    """Make one more document signer, as one that has expired or serves another purpose.

    Parameters
    ----------
    pki : Pki
        Its passport authority signs; it keeps nothing of the new signer.
    kind : {"rsa", "ec"}
    begins, ends : datetime
        Validity, with a zone.
    purposes : tuple of ObjectIdentifier
        None at all leaves the extension out.
    name : str

    Returns
    -------
    tuple
        As `document_signer`.
    """
    key, above = make_key(kind), pki.identities["passport_ca"]
    made = certify(
        "document_signer", subject(name), key.public_key(), above, begins, ends, purposes
    )
    return key, [made, above.certificate]


def key_id(certificate: x509.Certificate) -> bytes:
    """Return the first 8 bytes of SHA-256 over the certificate (HCERT 1.0.8, 3.3.1)."""
    return sha256(certificate.public_bytes(Encoding.DER)).digest()[:8]


def trust_list(certificates: Iterable[x509.Certificate]) -> TrustList:
    """Make the list of trusted document signers.

    Parameters
    ----------
    certificates : iterable of x509.Certificate

    Returns
    -------
    dict
        Key id -> certificates, in the order given.

    Examples
    --------
    >>> trust_list([])
    {}
    """
    found: dict[bytes, tuple[x509.Certificate, ...]] = {}
    for certificate in certificates:
        kid = key_id(certificate)
        known = found.get(kid, ())
        found[kid] = known if certificate in known else (*known, certificate)
    return found


def write_trust_list(trusted: TrustList, path: Path) -> None:
    """Write a trust list as JSON: key id -> certificates, both in base64."""
    rows = {
        b64encode(kid).decode(): [
            b64encode(each.public_bytes(Encoding.DER)).decode() for each in found
        ]
        for kid, found in trusted.items()
    }
    write_private(path, json.dumps(rows, indent=1).encode())


def read_trust_list(path: Path) -> TrustList:
    """Read what `write_trust_list` has written; key ids are computed again.

    Parameters
    ----------
    path : Path

    Returns
    -------
    dict
        As `trust_list`.

    Raises
    ------
    SigningError
        If it is no such list.
    OSError
        If it is missing.
    """
    finding = Finding("TRUST_LIST_BROKEN", "files", "file", str(path))
    with reading(finding):
        rows = json.loads(read_limited(path, finding))
        data = [b64decode(each, validate=True) for found in rows.values() for each in found]
    return trust_list(load_certificate(each, str(path)) for each in data)
