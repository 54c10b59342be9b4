"""From the text of a QR code to a verdict: every stage, what is wrong, whose fault, what next.

Stages up to the signer's chain stop at the first failure, and until then nothing of the content is
believed; the stages after it all run and report everything they find.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509

from sosach.signing.passport import base45, claims, cose, hc1
from sosach.signing.passport.codes import check_codes
from sosach.signing.passport.content import Known, check_content, check_holder
from sosach.signing.passport.envelope import STAGES as ENVELOPE
from sosach.signing.passport.envelope import open_envelope
from sosach.signing.passport.qr import read_file
from sosach.signing.passport.rules import Rule, check_rules
from sosach.signing.passport.schema import check_schema
from sosach.signing.passport.steps import Steps
from sosach.signing.passport.trust import PassportTrust, check_chain, check_purpose
from sosach.signing.verdicts import SigningError, Verdict, judge

__all__ = ["BANNER", "STAGES", "Inspection", "peek", "verify"]

#: stands above content whose signature has not held
BANNER = "CHƯA XÁC MINH"
STAGES = (
    *ENVELOPE,
    *("claims", "chain", "window", "key_usage", "schema", "value_set", "content", "rules"),
)


@dataclass
class Inspection:
    """A verdict, and what could be read on the way to it.

    Attributes
    ----------
    verdict : Verdict
        Also decides whether the inspection is true in a condition.
    message : Sign1 or None
        The signed message; None as long as no signature held, as the signer.
    signer : x509.Certificate or None
        Under which the signature holds.
    claims : Claims or None
        What is signed; None as long as no signature held.
    """

    verdict: Verdict
    message: cose.Sign1 | None = None
    signer: x509.Certificate | None = None
    claims: claims.Claims | None = None

    def __bool__(self) -> bool:
        return self.verdict.ok


def peek(shown: str | Path) -> claims.Claims:
    """Read what a passport says without asking whether it is true.

    Parameters
    ----------
    shown : str or Path
        As of `verify`.

    Returns
    -------
    Claims
        To be shown under `BANNER` alone.

    Raises
    ------
    SigningError
        If it cannot be read.
    OSError
        If the file is missing.
    """
    text = shown if isinstance(shown, str) else read_file(shown)
    message = cose.read(hc1.inflate(base45.decode(hc1.strip_prefix(text))))
    return claims.read_claims(message.payload)


def verify(
    shown: str | Path,
    trust: PassportTrust,
    clock: datetime,
    *,
    known: Known | None = None,
    rules: Sequence[Rule] = (),
    skew: timedelta = claims.SKEW,
) -> Inspection:
    """Verify a passport.

    Parameters
    ----------
    shown : str or Path
        The text of the QR code, or a file with the text or a picture of the code; anything may be
        handed in.
    trust : PassportTrust
        Without authorities the chain is left unchecked, as for foreign test data.
    clock : datetime
        Now, with a zone; on the simulated calendar in a class.
    known : Known, optional
        The holder's record and the passports issued before; None leaves them unchecked.
    rules : sequence of Rule
        Entry rules; none leaves the stage unchecked.
    skew : timedelta
        How far the clocks of issuer and verifier may differ.

    Returns
    -------
    Inspection
        Never raises for what is shown.

    Raises
    ------
    OSError
        If the file is missing.
    """
    run, result = Steps(), Inspection(judge("passport", "", STAGES, {}))
    try:
        _believe(run, result, shown, trust, clock)
    except SigningError:
        pass
    else:
        _examine(run, result, clock, skew, known, rules)
    result.verdict = judge("passport", _number(result), STAGES, run.found)
    return result


def _believe(
    run: Steps, result: Inspection, shown: str | Path, trust: PassportTrust, clock: datetime
) -> None:
    """Go from what is shown to signed claims of a known signer."""
    message, signer = open_envelope(run, shown, trust.signers, hc1.PREFIX)
    result.message, result.signer = message, signer
    read = result.claims = run.step("claims", lambda: claims.read_claims(message.payload))
    if trust.authorities is not None:
        run.step("chain", lambda: check_chain(signer, trust, read.iat, clock))


def _examine(
    run: Steps,
    result: Inspection,
    clock: datetime,
    skew: timedelta,
    known: Known | None,
    rules: Sequence[Rule],
) -> None:
    """Check all that is said, once it is known who said it."""
    read, signer, message = result.claims, result.signer, result.message
    if read is None or signer is None or message is None:
        return
    content, issued = read.content, (read.iat or clock).date()
    events = claims.events_of(content)
    run.check("window", claims.check_window(read, signer, clock, skew))
    run.check("key_usage", check_purpose([group for group, _ in events], signer))
    run.check("schema", check_schema(content))
    codes = [check_codes(group, event, issued) for group, event in events]
    run.check("value_set", [each for findings in codes for each in findings])
    own = check_holder(content, message.payload, known) if known else []
    run.check("content", [*check_content(content, issued), *own])
    if rules:
        times = {name: time.isoformat() for name in ("iat", "exp") if (time := getattr(read, name))}
        run.check("rules", check_rules(rules, content, clock, times))


def _number(result: Inspection) -> str:
    """Return the certificate number once a signature held, else nothing that could mislead."""
    events = claims.events_of(result.claims.content) if result.claims else []
    number = events[0][1].get("ci") if events else None
    return number if isinstance(number, str) else ""
