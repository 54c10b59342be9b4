"""Certificates, refusals and verdicts as plain words: what a nurse reads first, the detail behind."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import wraps
from typing import Any, ParamSpec

from sosach.course.signing.station import NOW, told
from sosach.review import Trouble
from sosach.signing.certificate_checks import check_certificate
from sosach.signing.certificates import MARKER, POLICY, kind_of, name_of, pem, unit_of
from sosach.signing.pki import STYLES
from sosach.signing.signer_checks import Case
from sosach.signing.trust import Trust
from sosach.signing.verdicts import VIETNAM, Finding, SigningError, State, Verdict, table

__all__ = ["certificate_in_words", "said", "verdict_in_words", "with_words"]

P = ParamSpec("P")

#: question that people ask -> the word of a no, and the stages that answer it
QUESTIONS: dict[str, tuple[str, tuple[str, ...]]] = {
    "nguyen_ven": (
        "bi_sua",
        (
            *("structure", "digest", "signature"),
            *("image", "prefix", "base45", "zlib", "cose", "claims"),
        ),
    ),
    "nguoi_ky": ("khong_ro_nguoi_ky", ("chain", "kid", "algorithm")),
    "hieu_luc": ("nguoi_ky_het_hieu_luc", ("chain", "time_stamp", "validity", "revocation")),
    "don_vi": ("sai_don_vi", ("purpose", "authority", "key_usage")),
    "con_moi": ("qua_han", ("replay", "window")),
    "noi_dung": (
        "sai_noi_dung",
        ("content", "completeness", "schema", "value_set", "rules"),
    ),
}
#: stages that need not be run: a text has no picture, not every signature a time stamp
OPTIONAL = {"image", "time_stamp", "rules"}
KINDS = {"facility": "Của đơn vị", "person": "Của cá nhân", "website": "Của máy chủ web"}


def said(finding: Finding) -> str:
    """Return what a refusal says: what is the matter, and what to do."""
    row = finding.row
    what = str(row["vi"]).replace("{found}", finding.found).rstrip(".")
    following = str(row["next_vi"])
    return f"{what}. {following[:1].upper()}{following[1:]}."


def with_words(act: Callable[P, str]) -> Callable[P, str]:
    """Let an act of a screen refuse in plain words."""

    @wraps(act)
    def plain(*args: P.args, **kwargs: P.kwargs) -> str:
        try:
            return act(*args, **kwargs)
        except SigningError as error:
            raise Trouble(said(error.finding)) from error

    return plain


def certificate_in_words(chain: Sequence[Any], trust: Trust) -> dict[str, Any]:
    """Return a certificate in plain words, with whether a unit may sign with it today.

    Parameters
    ----------
    chain : sequence of x509.Certificate
        The certificate, its authority, the root.
    trust : Trust

    Returns
    -------
    dict
        Ready for JSON.
    """
    own = chain[0]
    verdict = check_certificate(pem([own]), Case("certificate", "", trust, NOW))
    begins, ends = own.not_valid_before_utc, own.not_valid_after_utc
    issuer = {style.authority: told().authorities[name] for name, style in STYLES.items()}
    unit = unit_of(own)
    revoked = "CERT_REVOKED" in verdict.codes
    return {
        "chu_the": name_of(own),
        "don_vi": unit,
        "loai": KINDS.get(kind_of(own), "Không rõ loại"),
        "ca_nhan": kind_of(own) == "person",
        "noi_cap": _issuer(verdict, issuer, name_of(chain[1])),
        "tu": _day(begins),
        "den": _day(ends),
        "hom_nay": _day(NOW),
        "con": (ends.astimezone(VIETNAM).date() - NOW.date()).days,
        "da_bat_dau": begins <= NOW,
        "da_qua": _share(begins, ends),
        "so_seri": f"{own.serial_number:X}"[:16],
        "thu_hoi": revoked,
        "dung_duoc": verdict.ok,
        "vi_sao": [said(finding) for finding in verdict.findings if finding.fails],
        "ky_thuat": _technical(own),
    }


def _issuer(verdict: Verdict, issuers: dict[str, str], name: str) -> str:
    return name if "SIGNER_UNKNOWN" in verdict.codes else issuers.get(name, name)


def _technical(own: Any) -> list[list[str]]:  # noqa: ANN401 - x509.Certificate
    return [
        ["Số seri", f"{own.serial_number:X}"],
        ["Khóa", f"RSA {own.public_key().key_size} bit"],
        ["Chủ thể", own.subject.rfc4514_string()],
        ["Người cấp", own.issuer.rfc4514_string()],
        ["Mã chính sách đào tạo", POLICY.dotted_string],
        ["Dấu đào tạo", MARKER],
    ]


def _day(at: datetime) -> str:
    return f"{at.astimezone(VIETNAM):%d/%m/%Y}"


def _share(begins: datetime, ends: datetime) -> int:
    """Return how much of the validity has passed, in percent; below 0 and above 100 outside it."""
    return round(100 * (NOW - begins) / (ends - begins))


def verdict_in_words(verdict: Verdict) -> dict[str, Any]:
    """Return a verdict as answers to five questions and one about the content, details folded.

    Parameters
    ----------
    verdict : Verdict

    Returns
    -------
    dict
        Ready for JSON: ``tu`` (the word's code), ``ket_luan`` (the word), ``hoi`` (the answers).
    """
    word = table("words")[verdict.word]["vi"]
    asked = [_answer(name, verdict) for name in QUESTIONS]
    return {
        "tu": verdict.word,
        "ket_luan": word,
        "vi_sao": list(dict.fromkeys(said(finding) for finding in verdict.findings)),
        "hoi": [answer for answer in asked if answer["buoc"]],
    }


def _answer(name: str, verdict: Verdict) -> dict[str, Any]:
    """Answer a question: no where its word was found, open where a stage of its own did not pass."""
    word, stages = QUESTIONS[name]
    own = [stage for stage in verdict.states if stage in stages]
    passed = all(verdict.states[stage] == State.OK for stage in own if stage not in OPTIONAL)
    failed = any(finding.fails and finding.word == word for finding in verdict.findings)
    answer = "sai" if failed else "dat" if passed else "chua"
    elsewhere = {f.stage for f in verdict.findings if f.fails and f.word == word} - set(own)
    own += [stage for stage in verdict.states if stage in elsewhere]
    return {"ten": name, "tra_loi": answer, "buoc": [_step(stage, verdict) for stage in own]}


def _step(stage: str, verdict: Verdict) -> dict[str, Any]:
    found = [finding for finding in verdict.findings if finding.stage == stage]
    return {
        "ten": table("stages")[stage]["vi"],
        "ket_qua": str(verdict.states[stage]),
        "thay": [finding.text() for finding in found],
    }
