"""What an authority says of certificates that it took back: revocation lists and OCSP answers.

Both are made in the process, from a class's PKI, for a time of the simulated calendar.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp

from sosach.signing.pki import Pki, Revocation
from sosach.signing.storage import parsed
from sosach.signing.verdicts import Finding

__all__ = ["LIFE", "load_crl", "load_ocsp", "ocsp_answer", "revocation_list"]

#: how long a revocation list or an answer holds; VGCA and public authorities issue weekly or
#: more often (*assumption*)
LIFE = timedelta(days=7)
#: bytes of the largest revocation list that is read: about 250,000 entries
LARGEST = 10 * 2**20


def revocation_list(pki: Pki, authority: str, at: datetime) -> x509.CertificateRevocationList:
    """Make the revocation list of one authority.

    Parameters
    ----------
    pki : Pki
    authority : {"root", "cong_vu", "cong_cong", "passport_ca"}
    at : datetime
        When it is made, with a zone; what is revoked later is not in it.

    Returns
    -------
    x509.CertificateRevocationList
        Valid for `LIFE`; its number grows with the time.
    """
    own = pki.identities[authority]
    identifier = own.certificate.extensions.get_extension_for_class(x509.SubjectKeyIdentifier)
    key = x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(identifier.value)
    builder = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(own.certificate.subject)
        .last_update(at)
        .next_update(at + LIFE)
        .add_extension(x509.CRLNumber(int(at.timestamp())), critical=False)
        .add_extension(key, critical=False)
    )
    for revocation in pki.revocations:
        if revocation.authority == authority and revocation.at <= at:
            builder = builder.add_revoked_certificate(_entry(revocation))
    return builder.sign(own.key, hashes.SHA256())


def _entry(revocation: Revocation) -> x509.RevokedCertificate:
    reason = x509.CRLReason(x509.ReasonFlags(revocation.reason))
    return (
        x509.RevokedCertificateBuilder()
        .serial_number(revocation.serial)
        .revocation_date(revocation.at)
        .add_extension(reason, critical=False)
        .build()
    )


def ocsp_answer(pki: Pki, certificate: x509.Certificate, at: datetime) -> bytes:
    """Answer whether one certificate is revoked, signed by its authority itself (RFC 6960, 2.2).

    Parameters
    ----------
    pki : Pki
    certificate : x509.Certificate
        One that an authority of this class has issued.
    at : datetime
        Time of the answer, with a zone.

    Returns
    -------
    bytes
        The answer in DER.

    Raises
    ------
    SigningError
        If no authority of the class has issued the certificate.
    """
    authority = pki.authority_of(certificate)
    own = pki.identities[authority]
    known = [
        each
        for each in pki.revocations
        if (each.authority, each.serial) == (authority, certificate.serial_number) and each.at <= at
    ]
    builder = ocsp.OCSPResponseBuilder().add_response(
        cert=certificate,
        issuer=own.certificate,
        algorithm=hashes.SHA1(),  # noqa: S303 - names the certificate, as RFC 6960 and openssl do
        cert_status=ocsp.OCSPCertStatus.REVOKED if known else ocsp.OCSPCertStatus.GOOD,
        this_update=at,
        next_update=at + LIFE,
        revocation_time=known[0].at if known else None,
        revocation_reason=x509.ReasonFlags(known[0].reason) if known else None,
    )
    signed = builder.responder_id(ocsp.OCSPResponderEncoding.NAME, own.certificate).sign(
        own.key, hashes.SHA256()
    )
    return signed.public_bytes(Encoding.DER)


def load_crl(data: bytes, name: str = "") -> x509.CertificateRevocationList:
    """Read a revocation list, PEM or DER, all of whose entries can be read.

    Parameters
    ----------
    data : bytes
        At most 10 MiB.
    name : str
        What to call it where it cannot be read.

    Returns
    -------
    x509.CertificateRevocationList

    Raises
    ------
    SigningError
        If it is none.
    """
    finding = Finding("CRL_BROKEN", "revocation", "crl", name)
    return parsed(data, LARGEST, finding, _parse_crl)


def _parse_crl(data: bytes) -> x509.CertificateRevocationList:
    is_pem = data.lstrip().startswith(b"-----")
    found = (x509.load_pem_x509_crl if is_pem else x509.load_der_x509_crl)(data)
    _ = found.issuer, found.last_update_utc, found.extensions
    _ = [(entry.serial_number, entry.extensions) for entry in found]
    return found


def load_ocsp(data: bytes, name: str = "") -> ocsp.OCSPResponse:
    """Read an OCSP answer in DER that says something about one certificate.

    Parameters
    ----------
    data : bytes
        At most 64 KiB.
    name : str
        What to call it where it cannot be read.

    Returns
    -------
    ocsp.OCSPResponse

    Raises
    ------
    SigningError
        If it is none, or the responder refused to answer.
    """
    finding = Finding("OCSP_BROKEN", "revocation", "file", name)
    return parsed(data, 64 * 2**10, finding, _parse_ocsp)


def _parse_ocsp(data: bytes) -> ocsp.OCSPResponse:
    found = ocsp.load_der_ocsp_response(data)
    _ = found.certificate_status, found.serial_number, found.this_update_utc, found.extensions
    return found
