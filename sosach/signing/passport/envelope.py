"""From what is shown to a message whose signature holds: the way of every paper with a QR code."""

from __future__ import annotations

from pathlib import Path

from cryptography import x509

from sosach.signing.document_signers import TrustList
from sosach.signing.passport import base45, cose, hc1
from sosach.signing.passport.qr import read_file
from sosach.signing.passport.steps import Steps

__all__ = ["STAGES", "open_envelope"]

STAGES = ("image", "prefix", "base45", "zlib", "cose", "kid", "algorithm", "signature")


def open_envelope(
    run: Steps, shown: str | Path, signers: TrustList, prefix: str
) -> tuple[cose.Sign1, x509.Certificate]:
    """Go through `STAGES`, the first failure ends it.

    Parameters
    ----------
    run : Steps
        Keeps what every stage found.
    shown : str or Path
        The text of the code, or a file with the text or a picture; anything may be handed in.
    signers : mapping
        Whom the verifier trusts.
    prefix : str
        With which this kind of paper begins.

    Returns
    -------
    tuple of Sign1 and x509.Certificate
        The message, and the certificate under which its signature holds.

    Raises
    ------
    SigningError
        What the stage that failed says.
    OSError
        If the file is missing.
    """
    text = shown if isinstance(shown, str) else run.step("image", lambda: read_file(shown))
    packed = run.step("prefix", lambda: hc1.strip_prefix(text, prefix))
    data = run.step("base45", lambda: base45.decode(packed))
    raw = run.step("zlib", lambda: hc1.inflate(data))
    message = run.step("cose", lambda: cose.read(raw))
    named = run.step("kid", lambda: cose.candidates(message, signers))
    fitting = run.step("algorithm", lambda: cose.check_algorithm(message, named))
    return message, run.step("signature", lambda: cose.check_signature(message, fitting))
