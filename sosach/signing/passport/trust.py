"""Whom a verifier of passports trusts: document signers on the list, and the authority above them.

The list is the mechanism; the chain and the training marker are the policy of the class, which
foreign test data are judged without.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from asn1crypto import x509 as lenient
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.serialization import Encoding

from sosach.signing.certificates import is_training, pem
from sosach.signing.document_signers import TrustList, read_trust_list, trust_list, write_trust_list
from sosach.signing.passport.claims import EVENTS
from sosach.signing.passport.refusal import finding, refuse
from sosach.signing.pki import Pki
from sosach.signing.storage import read_limited, reading, write_private
from sosach.signing.verdicts import Finding, moment

__all__ = [
    "PassportTrust",
    "check_chain",
    "check_purpose",
    "load_passport_trust",
    "purposes_of",
    "save_passport_trust",
    "trust_of",
]

#: group of events -> purpose (HCERT 1.0.8, A.4), also with the slip of early certificates
PURPOSES = {
    group: {f"1.3.6.1.4.1.1847.2021.1.{last}", f"1.3.6.1.4.1.0.1847.2021.1.{last}"}
    for group, last in (("t", 1), ("v", 2), ("r", 3))
}
EXTENDED_KEY_USAGE = "2.5.29.37"
#: files of a saved trust
SIGNERS, AUTHORITIES, REVOKED = "nguoi_ky.json", "co_quan.pem", "thu_hoi.json"


@dataclass(frozen=True)
class PassportTrust:
    """Whom a verifier trusts.

    Attributes
    ----------
    signers : mapping
        Key id -> certificates of document signers.
    authorities : tuple of x509.Certificate or None
        Passport authorities; None leaves the chain and the training marker unchecked.
    revoked : mapping
        Serial number of a document signer -> since when it is revoked.
    """

    signers: TrustList
    authorities: tuple[x509.Certificate, ...] | None = None
    revoked: Mapping[int, datetime] = field(default_factory=dict)


def trust_of(pki: Pki) -> PassportTrust:
    """Return the trust of a class: its document signers below its passport authority."""
    own = pki.identities
    return PassportTrust(
        trust_list(own[name].certificate for name in ("dsc_rsa", "dsc_ec")),
        (own["passport_ca"].certificate,),
        {each.serial: each.at for each in pki.revocations if each.authority == "passport_ca"},
    )


def save_passport_trust(trust: PassportTrust, folder: Path) -> None:
    """Write what a verifier needs: the list, the authorities, the revocations; no key.

    Parameters
    ----------
    trust : PassportTrust
    folder : Path
    """
    write_trust_list(trust.signers, folder / SIGNERS)
    write_private(folder / AUTHORITIES, pem(trust.authorities or ()))
    rows = {str(serial): since.isoformat() for serial, since in trust.revoked.items()}
    write_private(folder / REVOKED, json.dumps(rows, indent=1).encode())


def load_passport_trust(folder: Path) -> PassportTrust:
    """Read what `save_passport_trust` has written.

    Parameters
    ----------
    folder : Path

    Returns
    -------
    PassportTrust

    Raises
    ------
    SigningError
        If a file is damaged.
    OSError
        If one is missing.
    """
    paths = [folder / name for name in (AUTHORITIES, REVOKED)]
    found = [Finding("TRUST_LIST_BROKEN", "files", "file", str(path)) for path in paths]
    certificates, rows = (read_limited(path, each) for path, each in zip(paths, found, strict=True))
    with reading(found[0]):
        authorities = tuple(x509.load_pem_x509_certificates(certificates))
    with reading(found[1]):
        revoked = {int(key): datetime.fromisoformat(at) for key, at in json.loads(rows).items()}
        if any(since.tzinfo is None for since in revoked.values()):
            raise ValueError(revoked)
    return PassportTrust(read_trust_list(folder / SIGNERS), authorities, revoked)


def check_chain(
    signer: x509.Certificate, trust: PassportTrust, iat: datetime | None, at: datetime
) -> None:
    """Check that a document signer belongs to the class and was valid when the passport began.

    Parameters
    ----------
    signer : x509.Certificate
    trust : PassportTrust
        With authorities.
    iat : datetime or None
        Begin of the passport; None leaves the signer's end unchecked.
    at : datetime
        Now.

    Raises
    ------
    SigningError
        ``NOT_TRAINING``; ``DSC_CHAIN``: no authority has issued it; ``DSC_REVOKED``: then all its
        passports are void, also those from before (HCERT 1.0.8, 6.1); ``DSC_EXPIRED``.
    """
    if not is_training(signer):
        refuse("NOT_TRAINING", "chain", "O", found=signer.subject.rfc4514_string())
    if not any(_issued(authority, signer) for authority in trust.authorities or ()):
        refuse("DSC_CHAIN", "chain", "issuer", found=signer.issuer.rfc4514_string())
    since = trust.revoked.get(signer.serial_number)
    if since and since <= at:
        refuse("DSC_REVOKED", "chain", "serial", found=moment(since))
    ends = signer.not_valid_after_utc
    if iat and iat > ends:
        refuse("DSC_EXPIRED", "chain", "iat", f"<= {moment(ends)}", moment(iat))


@lru_cache(maxsize=1024)
def _issued(authority: x509.Certificate, signer: x509.Certificate) -> bool:
    try:
        signer.verify_directly_issued_by(authority)
    except (InvalidSignature, ValueError, TypeError):
        return False
    return True


def purposes_of(certificate: x509.Certificate) -> set[str]:
    """Return the extended key usages of a certificate as dotted numbers.

    Parameters
    ----------
    certificate : x509.Certificate
        Real ones have empty and badly written extensions: a second, lenient parser reads these.

    Returns
    -------
    set of str
        Empty where there is none, or none can be read.
    """
    try:
        found = certificate.extensions.get_extension_for_class(x509.ExtendedKeyUsage)
        return {purpose.dotted_string for purpose in found.value}
    except x509.ExtensionNotFound:
        return set()
    except ValueError:
        return _read_leniently(certificate.public_bytes(Encoding.DER))


def _read_leniently(der: bytes) -> set[str]:
    try:
        parts = lenient.Certificate.load(der)["tbs_certificate"]["extensions"]
        return {
            purpose.dotted
            for part in parts
            if part["extn_id"].dotted == EXTENDED_KEY_USAGE
            for purpose in part["extn_value"].parsed
        }
    except (ValueError, TypeError, KeyError):
        return set()


def check_purpose(groups: Sequence[str], signer: x509.Certificate) -> list[Finding]:
    """Check that there is one event and that the signer may sign this kind.

    Parameters
    ----------
    groups : sequence of str
        Group of each event: ``v``, ``t``, ``r``; the form says how many of one group there may be.
    signer : x509.Certificate
        One without any of the three purposes may sign all (HCERT 1.0.8, A.4).

    Returns
    -------
    list of Finding
        ``DGC_MULTI`` where there is not exactly one kind of event, else ``KEY_USAGE`` or nothing.
    """
    kinds = sorted(set(groups))
    if len(kinds) != 1:
        found = ", ".join(kinds)
        return [finding("DGC_MULTI", "key_usage", "v/t/r", 1, f"{len(kinds)} ({found})")]
    limits = purposes_of(signer) & set().union(*PURPOSES.values())
    if not limits or limits & PURPOSES[kinds[0]]:
        return []
    allowed = [group for group in EVENTS if limits & PURPOSES[group]]
    return [finding("KEY_USAGE", "key_usage", "extendedKeyUsage", kinds[0], ", ".join(allowed))]
