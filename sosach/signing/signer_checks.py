"""Who has signed, and was it good when it was signed: the stages that every signature goes through.

Three times are kept apart: what the signer's clock said, what a time stamp proves, and now.
Expired when it was signed is bad, expired since is not; revoked later than a proven time is not
bad either, later than a time that nobody proves is doubtful.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from asn1crypto import cms
from cryptography import x509
from cryptography.x509.oid import ExtendedKeyUsageOID

from sosach.signing.certificates import PROFILES, is_training, kind_of, name_of
from sosach.signing.cms import DIGESTS, SignedMessage, integrity, take_apart
from sosach.signing.revocation_checks import SKEW, revocation_findings
from sosach.signing.storage import reading
from sosach.signing.trust import Trust
from sosach.signing.verdicts import Finding, SigningError, moment

__all__ = [
    "SIGNER_STAGES",
    "Case",
    "Inspection",
    "chain_findings",
    "inspect",
    "purpose_findings",
    "validity_findings",
]

E = TypeVar("E", bound=x509.ExtensionType)

SIGNER_STAGES = (
    *("structure", "digest", "signature", "time_stamp"),
    *("chain", "validity", "revocation", "purpose"),
)
#: kinds of certificates that may sign papers and doses
PAPERS = PROFILES["facility"]


@dataclass(frozen=True)
class Case:
    """What is checked, and by whom it is checked.

    Attributes
    ----------
    object, name : str
        As of `Finding`.
    trust : Trust
    now : datetime
        Clock of the verifier, with a zone.
    kinds : tuple of str
        Kinds of certificates that may have signed, rows of `PROFILES`.
    """

    object: str
    name: str
    trust: Trust
    now: datetime
    kinds: tuple[str, ...] = ("facility",)

    def finding(self, code: str, stage: str, **facts: str) -> Finding:
        """Return a finding about what is checked."""
        return Finding(code, stage, self.object, self.name, at=self.now.isoformat(), **facts)


@dataclass(frozen=True)
class Inspection:
    """What the stages found.

    Attributes
    ----------
    found : dict
        Stage -> findings, for the stages that were run.
    signer : x509.Certificate or None
        None where not even that could be read.
    at : datetime or None
        When it was signed: the proven time, else what the signer's clock said.
    """

    found: dict[str, list[Finding]]
    signer: x509.Certificate | None = None
    at: datetime | None = None

    @property
    def broken(self) -> bool:
        """Tell whether nothing further can be said: unreadable, altered or by an unknown signer."""
        stages = ("structure", "digest", "signature", "chain")
        return any(f.fails for stage in stages for f in self.found.get(stage, [])) or (
            "chain" not in self.found
        )


def inspect(
    message: SignedMessage,
    digest: Callable[[str], bytes],
    case: Case,
    claimed: datetime | None = None,
) -> Inspection:
    """Run all stages of a signature that could be read.

    Parameters
    ----------
    message : SignedMessage
    digest : callable
        Name of a digest -> digest of the content in hand.
    case : Case
    claimed : datetime, optional
        When the signer says it was signed, where the signature has no such attribute (PAdES).

    Returns
    -------
    Inspection
        A failure of ``structure`` or ``signature`` ends it, as does an unknown signer: of a signer
        who did not sign nothing can be said.
    """
    found: dict[str, list[Finding]] = {"structure": []}
    try:
        with reading(case.finding("CMS_BROKEN", "structure")):
            intact, valid = integrity(message, digest)
    except SigningError as error:
        return Inspection({"structure": [error.finding]}, message.signer)
    found["digest"] = [] if intact else [case.finding("CONTENT_ALTERED", "digest")]
    found["signature"] = [] if valid else [case.finding("SIG_INVALID", "signature")]
    if not valid:
        return Inspection(found, message.signer)
    proven = None
    if message.stamp is not None:
        proven, found["time_stamp"] = _time_stamp(message, message.stamp, case)
    at = proven or claimed or message.claimed or case.now
    chain = case.trust.chain_of(message.signer)
    found["chain"] = list(chain_findings(message.signer, chain))
    if not any(finding.fails for finding in found["chain"]):
        found["validity"] = list(validity_findings(chain, at, case.now))
        found["revocation"] = list(
            revocation_findings(chain, case.trust, at, proven is not None, case.now)
        )
        found["purpose"] = list(purpose_findings(message.signer, case.kinds))
    return Inspection(found, message.signer, at)


def chain_findings(signer: x509.Certificate, chain: list[x509.Certificate]) -> Iterator[Finding]:
    """Yield why a signer is not known.

    Parameters
    ----------
    signer : x509.Certificate
    chain : list of x509.Certificate
        As `Trust.chain_of` returns it.

    Yields
    ------
    Finding
        Of the stage ``chain``.
    """
    if not chain:
        yield Finding("SIGNER_UNKNOWN", "chain", "certificate", name_of(signer))
    for certificate in chain:
        if not is_training(certificate):
            yield Finding("NOT_TRAINING", "chain", "certificate", name_of(certificate))


def validity_findings(
    chain: list[x509.Certificate], at: datetime, now: datetime
) -> Iterator[Finding]:
    """Compare the time of signing with every certificate of the chain, and with the own clock.

    Parameters
    ----------
    chain : list of x509.Certificate
    at, now : datetime
        When it was signed, and when it is checked.

    Yields
    ------
    Finding
        Of the stage ``validity``; ``EXPIRED_SINCE`` is a note.
    """
    if at > now + SKEW:
        yield Finding(
            *("TIME_IN_FUTURE", "validity", "clock"),
            field="signingTime",
            expected=f"<= {moment(now)}",
            found=moment(at),
            at=now.isoformat(),
        )
    for certificate in chain:
        begins, ends = certificate.not_valid_before_utc, certificate.not_valid_after_utc
        outside = {"NOT_YET_VALID": at < begins, "CERT_EXPIRED": at > ends}
        outside["EXPIRED_SINCE"] = at <= ends < now
        for code in (code for code, is_so in outside.items() if is_so):
            yield Finding(
                *(code, "validity", "certificate", name_of(certificate)),
                field="notBefore" if code == "NOT_YET_VALID" else "notAfter",
                expected=f"{moment(begins)} - {moment(ends)}",
                found=moment(at),
                at=now.isoformat(),
            )


def purpose_findings(signer: x509.Certificate, kinds: tuple[str, ...]) -> Iterator[Finding]:
    """Yield why a certificate is not one of the kinds that may sign.

    Parameters
    ----------
    signer : x509.Certificate
    kinds : tuple of str
        Rows of `PROFILES`.

    Yields
    ------
    Finding
        Of the stage ``purpose``.
    """
    kind = kind_of(signer)
    if not _may_sign_papers(signer):
        yield Finding("CERT_PURPOSE", "purpose", "certificate", name_of(signer), "extendedKeyUsage")
    elif kind not in kinds:
        yield Finding(
            *("WRONG_CERT_KIND", "purpose", "certificate", name_of(signer)),
            field="certificatePolicies",
            expected=", ".join(kinds),
            found=kind,
        )


def _may_sign_papers(signer: x509.Certificate) -> bool:
    usages = _extension(signer, x509.KeyUsage)
    purposes = _extension(signer, x509.ExtendedKeyUsage)
    fit = usages is None or usages.digital_signature or usages.content_commitment
    return fit and (purposes is None or not set(PAPERS.purposes).isdisjoint(purposes))


def _extension(certificate: x509.Certificate, kind: type[E]) -> E | None:
    try:
        return certificate.extensions.get_extension_for_class(kind).value
    except x509.ExtensionNotFound:
        return None


def _time_stamp(
    message: SignedMessage, stamp: cms.SignedData, case: Case
) -> tuple[datetime | None, list[Finding]]:
    """Return the time that a time stamp proves; None and why not where it proves nothing."""
    finding = case.finding("TIME_STAMP_INVALID", "time_stamp")
    try:
        with reading(finding):
            own = take_apart(stamp, finding)
            content = stamp["encap_content_info"]["content"]
            told = content.parsed
            imprint = told["message_imprint"]
            name = imprint["hash_algorithm"]["algorithm"].native
            hashed = hashlib.new(name, message.info["signature"].native).digest()
            fits = name in DIGESTS and hashed == imprint["hashed_message"].native
            good = integrity(own, lambda md: hashlib.new(md, bytes(content)).digest(), "tst_info")
            at: datetime = told["gen_time"].native
            fits = fits and all(good) and _is_stamper(own.signer, at, case)
    except SigningError as error:
        return None, [error.finding]
    return (at, []) if fits else (None, [finding])


def _is_stamper(signer: x509.Certificate, at: datetime, case: Case) -> bool:
    """Tell whether a certificate was a valid time stamp authority at a time."""
    chain = case.trust.chain_of(signer)
    purposes = _extension(signer, x509.ExtendedKeyUsage)
    return (
        bool(chain)
        and purposes is not None
        and list(purposes) == [ExtendedKeyUsageOID.TIME_STAMPING]
        and not any(f.fails for f in validity_findings(chain, at, case.now))
        and not any(
            finding.code == "CERT_REVOKED"
            for finding in revocation_findings(chain, case.trust, at, True, case.now)
        )
    )
