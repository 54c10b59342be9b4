"""Was a certificate revoked when it signed: what lists and answers in hand can tell.

What cannot be known is never silently good; a revocation after the signature counts as harmless
only where a time stamp proves that the signature is older.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.x509 import ocsp

from sosach.signing.certificates import name_of
from sosach.signing.trust import Trust
from sosach.signing.verdicts import Finding, moment

__all__ = ["SKEW", "revocation_findings"]

#: how far two clocks may differ; *our choice*
SKEW = timedelta(minutes=5)


@dataclass(frozen=True)
class _Source:
    """One list or answer: how fresh it is, and since when the certificate is revoked."""

    made: datetime
    until: datetime | None
    revoked: datetime | None

    def fresh(self, now: datetime) -> bool:
        return self.made <= now + SKEW and (self.until is None or now <= self.until)


def revocation_findings(
    chain: list[x509.Certificate], trust: Trust, at: datetime, proven: bool, now: datetime
) -> Iterator[Finding]:
    """Look up every certificate of a chain but the root.

    Parameters
    ----------
    chain : list of x509.Certificate
        From the signer to the root.
    trust : Trust
        Its revocation lists and answers.
    at : datetime
        When it was signed.
    proven : bool
        Whether a time stamp proves `at`.
    now : datetime
        When it is checked; lists and answers must hold at this time.

    Yields
    ------
    Finding
        Of the stage ``revocation``.
    """
    for certificate, issuer in pairwise(chain):
        sources = [
            *_from_answers(certificate, issuer, trust),
            *_from_crls(certificate, issuer, trust),
        ]
        fresh = [source for source in sources if source.fresh(now)]
        revoked = [source.revoked for source in fresh if source.revoked]
        if revoked:
            yield _revoked(certificate, min(revoked), at, proven)
        elif not fresh:
            yield _unknown(certificate, sources, now)


def _revoked(certificate: x509.Certificate, since: datetime, at: datetime, proven: bool) -> Finding:
    code = "CERT_REVOKED"
    if at < since:
        code = "REVOKED_LATER" if proven else "REVOKED_TIME_UNPROVEN"
    return Finding(
        code,
        "revocation",
        "certificate",
        name_of(certificate),
        "revocationDate",
        f"> {moment(at)}",
        moment(since),
        at.isoformat(),
    )


def _unknown(certificate: x509.Certificate, sources: list[_Source], now: datetime) -> Finding:
    if not sources:
        return Finding("REVOCATION_UNKNOWN", "revocation", "certificate", name_of(certificate))
    latest = max(sources, key=lambda source: source.made)
    field, end = (
        ("nextUpdate", latest.until) if latest.made <= now + SKEW else ("thisUpdate", latest.made)
    )
    return Finding(
        "CRL_STALE",
        "revocation",
        "crl",
        name_of(certificate),
        field,
        moment(now),
        moment(end) if end else "",
        now.isoformat(),
    )


def _from_crls(
    certificate: x509.Certificate, issuer: x509.Certificate, trust: Trust
) -> Iterator[_Source]:
    """Yield what lists say that this issuer has signed."""
    key = issuer.public_key()
    for crl in trust.crls:
        if (
            crl.issuer == issuer.subject
            and isinstance(key, rsa.RSAPublicKey)
            and crl.is_signature_valid(key)
        ):
            entry = crl.get_revoked_certificate_by_serial_number(certificate.serial_number)
            since = entry.revocation_date_utc if entry is not None else None
            yield _Source(crl.last_update_utc, crl.next_update_utc, since)


def _from_answers(
    certificate: x509.Certificate, issuer: x509.Certificate, trust: Trust
) -> Iterator[_Source]:
    """Yield what answers say about this certificate that its issuer has signed."""
    for answer in trust.answers:
        if _speaks_of(answer, certificate, issuer) and _signed_by(answer, issuer):
            revoked = answer.certificate_status == ocsp.OCSPCertStatus.REVOKED
            if revoked or answer.certificate_status == ocsp.OCSPCertStatus.GOOD:
                since = answer.revocation_time_utc if revoked else None
                yield _Source(answer.this_update_utc, answer.next_update_utc, since)


def _speaks_of(
    answer: ocsp.OCSPResponse, certificate: x509.Certificate, issuer: x509.Certificate
) -> bool:
    builder = ocsp.OCSPRequestBuilder()
    asked = builder.add_certificate(certificate, issuer, answer.hash_algorithm).build()
    return (asked.serial_number, asked.issuer_key_hash, asked.issuer_name_hash) == (
        answer.serial_number,
        answer.issuer_key_hash,
        answer.issuer_name_hash,
    )


def _signed_by(answer: ocsp.OCSPResponse, issuer: x509.Certificate) -> bool:
    """Tell whether the authority itself has signed (RFC 6960, 2.2); we know no other responder."""
    key, digest = issuer.public_key(), answer.signature_hash_algorithm
    if not isinstance(key, rsa.RSAPublicKey) or digest is None:
        return False
    try:
        key.verify(answer.signature, answer.tbs_response_bytes, padding.PKCS1v15(), digest)
    except InvalidSignature:
        return False
    return True
