"""Is this certificate good to sign with now: a verdict on a certificate alone, before anything is signed."""

from __future__ import annotations

from cryptography import x509

from sosach.signing.certificates import load_certificate
from sosach.signing.revocation_checks import revocation_findings
from sosach.signing.signer_checks import (
    Case,
    chain_findings,
    purpose_findings,
    validity_findings,
)
from sosach.signing.verdicts import Finding, SigningError, Verdict, judge

__all__ = ["CERTIFICATE_STAGES", "check_certificate"]

CERTIFICATE_STAGES = ("structure", "chain", "validity", "revocation", "purpose")


def check_certificate(data: bytes, case: Case) -> Verdict:
    """Check a certificate as of the verifier's clock.

    Parameters
    ----------
    data : bytes
        Any bytes; PEM or DER is read.
    case : Case
        Its ``object`` is ``certificate``, its ``name`` that of the file; ``kinds`` are those that
        may sign.

    Returns
    -------
    Verdict
        An unreadable or unknown certificate ends it.
    """
    try:
        found = _found(load_certificate(data, case.name), case)
    except SigningError as error:
        found = {"structure": [error.finding]}
    return judge("certificate", case.name, CERTIFICATE_STAGES, found)


def _found(certificate: x509.Certificate, case: Case) -> dict[str, list[Finding]]:
    """Run the stages of a certificate that could be read."""
    chain, now = case.trust.chain_of(certificate), case.now
    unknown = list(chain_findings(certificate, chain))
    if unknown:
        return {"structure": [], "chain": unknown}
    return {
        "structure": [],
        "chain": [],
        "validity": list(validity_findings(chain, now, now)),
        "revocation": list(revocation_findings(chain, case.trust, now, False, now)),
        "purpose": list(purpose_findings(certificate, case.kinds)),
    }
