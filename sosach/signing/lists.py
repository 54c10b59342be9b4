"""The hand-over list as a signed PDF (PAdES): signing it, and what a station checks before filing it.

Programs differ about bytes that were added after signing: pyHanko calls some acceptable, pdfsig says
"not total document".  Here they are a failure of their own: what was signed is intact, the file is
not what was signed.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from pyhanko.pdf_utils.decode_limits import DecodeLimits, DocumentDecodeBudget
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import BasePdfFileWriter
from pyhanko.sign.diff_analysis import ModificationLevel, SuspiciousModification
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner
from pyhanko.sign.signers.pdf_signer import PdfSigningSession
from pyhanko.sign.timestamps import TimeStamper
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import SignatureCoverageLevel

from sosach.signing.certificates import unit_of
from sosach.signing.cms import TokenSigner, run, take_apart
from sosach.signing.signer_checks import SIGNER_STAGES, Case, inspect
from sosach.signing.storage import reading
from sosach.signing.tokens.interface import Signatory
from sosach.signing.trust import Trust
from sosach.signing.verdicts import Finding, SigningError, Verdict, judge

__all__ = ["LIST_STAGES", "Expected", "check_list", "sign_list"]

LIST_STAGES = (*SIGNER_STAGES, "authority", "completeness", "replay")
#: bytes of the largest PDF that is read; a list of 1,000 rows has about 0.5 MB
LARGEST = 8 * 2**20
#: what streams of a file may inflate to: 64 MiB, or ten times the file
LIMITS = DecodeLimits(document_budget=DocumentDecodeBudget(64 * 2**20, 10))
FIELD = "ChuKy"


class _SignerAtTime(PdfSigner):
    """pyHanko's signer with a clock of ours instead of the computer's."""

    at: datetime

    def init_signing_session(
        self, pdf_out: BasePdfFileWriter, existing_fields_only: bool = False
    ) -> PdfSigningSession:
        """Begin to sign; the time of signing is ours."""
        session = super().init_signing_session(pdf_out, existing_fields_only)
        session.system_time = self.at
        return session


def sign_list(
    data: bytes,
    token: Signatory,
    at: datetime,
    list_id: str = "",
    stamper: TimeStamper | None = None,
) -> bytes:
    """Sign a PDF; signatures that it has stay valid.

    Parameters
    ----------
    data : bytes
        A PDF, as `sosach.simulation.papers.handover.write_sheet` makes it.
    token : Signatory
        A token must be logged in.
    at : datetime
        The clock of the computer, with a zone.
    list_id : str
        Id of the list; it is signed too.
    stamper : TimeStamper, optional

    Returns
    -------
    bytes
        The signed PDF (PAdES level B, with a time stamp level T).

    Raises
    ------
    SigningError
        If it is no PDF, or what the token says.
    """
    finding = Finding("PDF_BROKEN", "structure", "list", list_id)
    chain = token.certificates()
    if not chain:
        raise SigningError(Finding("TOKEN_EMPTY", "token", "token"))
    with reading(finding):
        writer = IncrementalPdfFileWriter(_stream(data, finding), decode_limits=LIMITS)
        signed_before = len(writer.prev.embedded_signatures)
        meta = PdfSignatureMetadata(
            field_name=f"{FIELD}{signed_before + 1}",
            md_algorithm="sha256",
            subfilter=SigSeedSubFilter.PADES,
            reason=list_id or None,
            location=unit_of(chain[0]) or None,
        )
        signer = _SignerAtTime(meta, TokenSigner(token), timestamper=stamper)
        signer.at = at
        signed: io.BytesIO = run(signer.async_sign_pdf(writer))
        return signed.getvalue()


@dataclass(frozen=True)
class Expected:
    """What a signed list must be.

    Attributes
    ----------
    trust : Trust
    now : datetime
        Clock of the verifier, with a zone.
    unit : str
        Code of the unit that must have signed; "" leaves it open.
    list_id : str
        Id that the signature must name; "" leaves it open.
    kinds : tuple of str
        Kinds of certificates that may sign.
    """

    trust: Trust
    now: datetime
    unit: str = ""
    list_id: str = ""
    kinds: tuple[str, ...] = ("facility", "person")


def check_list(data: bytes, expected: Expected, name: str = "") -> Verdict:
    """Check a signed PDF: altered, extended, by whom, of which list.

    Parameters
    ----------
    data : bytes
        Any bytes.
    expected : Expected
    name : str
        What to call it, as its file name.

    Returns
    -------
    Verdict
        Where there are several signatures every one is checked; the last must cover the file.
    """
    broken = Finding("PDF_BROKEN", "structure", "list", name)
    try:
        with reading(broken):
            reader = PdfFileReader(_stream(data, broken), decode_limits=LIMITS)
            signatures = list(reader.embedded_regular_signatures)
        if not signatures:
            raise SigningError(Finding("PDF_UNSIGNED", "structure", "list", name))
        found: dict[str, list[Finding]] = {}
        for signature in signatures:
            for stage, findings in _one(signature, signatures[-1], expected, name).items():
                found.setdefault(stage, []).extend(findings)
    except SigningError as error:
        found = {"structure": [error.finding]}
    return judge("list", name, LIST_STAGES, found)


def _stream(data: bytes, finding: Finding) -> io.BytesIO:
    if len(data) > LARGEST:
        raise SigningError(finding)
    return io.BytesIO(data)


def _one(
    signature: EmbeddedPdfSignature,
    last: EmbeddedPdfSignature,
    expected: Expected,
    name: str,
) -> dict[str, list[Finding]]:
    """Run all stages of one signature."""
    case = Case("list", name, expected.trust, expected.now, expected.kinds)
    broken = case.finding("CMS_BROKEN", "structure")
    message = take_apart(signature.signed_data, broken)
    with reading(broken):
        claimed = signature.self_reported_timestamp
        reason = str(signature.sig_object.get("/Reason", ""))
        covered = _covers(signature, is_last=signature is last)
    inspection = inspect(message, signature.compute_digest, case, claimed)
    found = inspection.found
    if not inspection.broken:
        found["authority"] = list(_authority(unit_of(message.signer), expected, case))
        found["completeness"] = [] if covered else [case.finding("PDF_EXTENDED", "completeness")]
        found["replay"] = []
        if expected.list_id and reason != expected.list_id:
            wrong = {"field": "/Reason", "expected": expected.list_id, "found": reason}
            found["replay"] = [case.finding("LIST_WRONG", "replay", **wrong)]
    return found


def _authority(unit: str, expected: Expected, case: Case) -> Iterator[Finding]:
    if expected.unit and unit != expected.unit:
        yield case.finding("WRONG_FACILITY", "authority", expected=expected.unit, found=unit)


def _covers(signature: EmbeddedPdfSignature, is_last: bool) -> bool:
    """Tell whether the file is what was signed, but for later signatures."""
    signature.compute_integrity_info(skip_diff=is_last)
    if is_last:
        return signature.coverage == SignatureCoverageLevel.ENTIRE_FILE
    changed = signature.diff_result
    return (
        changed is not None
        and not isinstance(changed, SuspiciousModification)
        and changed.modification_level <= ModificationLevel.FORM_FILLING
    )
