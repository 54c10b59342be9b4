"""The QR code on a confirmation of practice: what it says, signed, for whoever doubts the paper.

The container is the passport's (COSE, zlib, Base45) with a prefix of its own, so that no reader of
passports takes one for the other.  All of this is ours; no law asks for it.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sosach.signing.document_signers import TrustList
from sosach.signing.passport import cbor, cose, hc1
from sosach.signing.passport.envelope import STAGES, open_envelope
from sosach.signing.passport.refusal import refuse
from sosach.signing.passport.steps import Steps
from sosach.signing.tokens.interface import Signatory
from sosach.signing.verdicts import SigningError, Verdict, judge

__all__ = ["PREFIX", "SIGNERS", "Confirmation", "check_confirmation", "sign_confirmation"]

PREFIX = "SOSACH1:"
#: file of a trust folder with the certificates that sign confirmations
SIGNERS = "giay_xac_nhan.json"
#: claims: issued at (RFC 8392), and a private one (below -65536) with the content
IAT, CONTENT = 6, -70_001


@dataclass(frozen=True)
class Confirmation:
    """What a confirmation says.

    Attributes
    ----------
    name, unit : str
        Of the trainee.
    class_name : str
    n_exercises : int
        How many count.
    percent : float
        Mean of their marks, 0 to 100, one decimal.
    issued : datetime
        With a zone; whole seconds.
    """

    name: str
    unit: str
    class_name: str
    n_exercises: int
    percent: float
    issued: datetime


def sign_confirmation(confirmation: Confirmation, token: Signatory) -> str:
    """Return the text of the QR code.

    Parameters
    ----------
    confirmation : Confirmation
    token : Signatory
        Of the class; a token must be logged in.

    Returns
    -------
    str
        In the letters of the alphanumeric mode.

    Raises
    ------
    SigningError
        What the token says.
    """
    said = {
        "n": confirmation.name,
        "u": confirmation.unit,
        "c": confirmation.class_name,
        "e": confirmation.n_exercises,
        "p": round(10 * confirmation.percent),
    }
    payload = cbor.encode({IAT: int(confirmation.issued.timestamp()), CONTENT: said})
    return hc1.wrap(cose.sign_with(token, payload), PREFIX)


def check_confirmation(
    shown: str | Path, signers: TrustList
) -> tuple[Verdict, Confirmation | None]:
    """Check the QR code of a confirmation.

    Parameters
    ----------
    shown : str or Path
        The text of the code, or a picture of the paper; anything may be handed in.
    signers : mapping
        The trust list of the class.

    Returns
    -------
    tuple of Verdict and Confirmation or None
        What it says, None unless the signature holds.

    Raises
    ------
    OSError
        If the file is missing.
    """
    run, said = Steps(), None
    with suppress(SigningError):  # the steps keep what it says
        message, _ = open_envelope(run, shown, signers, PREFIX)
        said = run.step("claims", lambda: _claims(message.payload))
    about = {
        stage: [replace(each, object="confirmation") for each in findings]
        for stage, findings in run.found.items()
    }
    return judge("confirmation", said.name if said else "", (*STAGES, "claims"), about), said


def _claims(payload: bytes) -> Confirmation:
    """Read what was signed; a signed text of another kind is refused as well."""
    try:
        claims: Mapping[Any, Any] = cbor.decode(payload)
        said = claims[CONTENT]
        issued = datetime.fromtimestamp(claims[IAT], UTC)
        name, unit, class_name = (str(said[key]) for key in ("n", "u", "c"))
        return Confirmation(name, unit, class_name, int(said["e"]), int(said["p"]) / 10, issued)
    except (cbor.CborError, KeyError, TypeError, ValueError, OverflowError, OSError) as error:
        refuse("CWT_STRUCT", "claims", found=type(error).__name__)
