"""Issuing a passport: number, content, signature, text.

The same key, record and moment give the same number, content and payload; with ES256 the same
text too.  PS256 draws a salt for every signature, so two texts differ although both hold.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from hashlib import sha256
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import serialization

from sosach.signing.certificates import PrivateKey, is_training
from sosach.signing.document_signers import document_signer, key_id
from sosach.signing.passport import claims, cose, hc1
from sosach.signing.passport.codes import Style
from sosach.signing.passport.content import fingerprint
from sosach.signing.passport.entry import Entitlement, content_of, entitlement
from sosach.signing.passport.refusal import refuse
from sosach.signing.passport.requests import Request
from sosach.signing.pki import KeyKind, Pki
from sosach.signing.verdicts import Finding, SigningError, moment

__all__ = ["DIGITS", "ISS", "LIFE", "Issuer", "Passport", "issuer_of"]

#: issuer of the claims: a code that ISO 3166-1 leaves to its users, so never a country
ISS = "XD"
#: how long a code is valid (QĐ 5772/QĐ-BYT: 12 months)
LIFE = timedelta(days=365)
#: the number begins so; its first eight digits tell a training passport by eye
NUMBER = "URN:UVCI:01:VN:"
TRAINING = "DA07A000"
#: hexadecimal digits of a number (the public Vietnamese passport)
DIGITS = 32


@dataclass(frozen=True)
class Passport:
    """A passport that was issued.

    Attributes
    ----------
    text : str
        For the QR code.
    content : dict
        As signed.
    nationality : str
        From the record, the one field of QĐ 5772 that is not signed.
    iat, exp : datetime
    payload : bytes
        As signed.
    left_out : tuple of str
        Later doses that do not count, as of `Entitlement`.
    """

    text: str
    content: dict[str, Any]
    nationality: str
    iat: datetime
    exp: datetime
    payload: bytes
    left_out: tuple[str, ...] = ()

    @property
    def number(self) -> str:
        """Return the certificate number."""
        return str(self.content["v"][0]["ci"])

    @property
    def fingerprint(self) -> str:
        """Return what identifies the signed payload."""
        return fingerprint(self.payload)


@dataclass(frozen=True)
class Issuer:
    """Who signs passports.

    Attributes
    ----------
    key : PrivateKey
        Of a document signer: RSA-2048 signs with PS256, P-256 with ES256.
    certificate : x509.Certificate
        A training certificate.
    life : timedelta
        How long a passport is valid.
    style : {"valueset", "vn2022"}
        Code of the kind of vaccine, as of `sosach.signing.passport.codes.kind_code`.

    Raises
    ------
    SigningError
        ``NOT_TRAINING``, if the certificate is none of the training PKI.
    """

    key: PrivateKey
    certificate: x509.Certificate
    life: timedelta = LIFE
    style: Style = "valueset"

    def __post_init__(self) -> None:
        if not is_training(self.certificate):
            name = self.certificate.subject.rfc4514_string()
            raise SigningError(Finding("NOT_TRAINING", "entitlement", "certificate", name))

    @cached_property
    def _window(self) -> tuple[datetime, datetime]:
        return self.certificate.not_valid_before_utc, self.certificate.not_valid_after_utc

    @cached_property
    def _header(self) -> dict[int, Any]:
        return cose.header_of(self.key, key_id(self.certificate))

    @cached_property
    def _secret(self) -> bytes:
        """A secret of this key alone, so that nobody else can guess numbers."""
        der = self.key.private_bytes(
            serialization.Encoding.DER,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        return sha256(b"so chung nhan" + der).digest()

    def number(self, entitled: Entitlement, iat: datetime) -> str:
        """Return the certificate number of a dose on a moment of issue.

        Parameters
        ----------
        entitled : Entitlement
        iat : datetime

        Returns
        -------
        str
            ``URN:UVCI:01:VN:`` and 32 digits, of which 24 nobody can guess.
        """
        what = f"{entitled.record['ma_ho_so']}|{entitled.dose['ma_mui']}|{claims.iso(iat)}"
        digits = hmac.digest(self._secret, what.encode(), "sha256").hex().upper()
        return NUMBER + TRAINING + digits[: DIGITS - len(TRAINING)]

    def sign(self, content: Mapping[str, Any], iat: datetime, exp: datetime) -> tuple[str, bytes]:
        """Sign any content, right or wrong.

        Parameters
        ----------
        content : mapping
        iat, exp : datetime
            With a zone.

        Returns
        -------
        tuple of (str, bytes)
            Text for the QR code, and payload.
        """
        payload = claims.write_claims(ISS, iat, exp, content)
        return hc1.wrap(cose.sign(self.key, self._header, [payload])[0]), payload

    def issue(self, request: Request, iat: datetime) -> Passport:
        """Issue a passport.

        Parameters
        ----------
        request : Request
        iat : datetime
            Moment of issue, with a zone; whole seconds count.

        Returns
        -------
        Passport

        Raises
        ------
        SigningError
            As of `entitlement` and `content_of`; ``ISSUER_UNFIT`` where the certificate does not
            cover the whole life.
        """
        (made,) = self.issue_all([request], iat)
        if isinstance(made, Finding):
            raise SigningError(made)
        return made

    def issue_all(self, requests: Iterable[Request], iat: datetime) -> list[Passport | Finding]:
        """Issue passports for many.

        Parameters
        ----------
        requests : iterable of Request
        iat : datetime
            As of `issue`.

        Returns
        -------
        list of Passport or Finding
            For each request its passport, or why there is none.

        Raises
        ------
        SigningError
            ``ISSUER_UNFIT``.
        """
        iat = iat.astimezone(UTC).replace(microsecond=0)
        exp = iat + self.life
        self._demand_fit(iat, exp)
        drafts = [self._draft(request, iat) for request in requests]
        contents = [draft[1] for draft in drafts if not isinstance(draft, Finding)]
        payloads = [claims.write_claims(ISS, iat, exp, content) for content in contents]
        texts = iter(hc1.wrap_all(cose.sign(self.key, self._header, payloads)))
        signed = iter(payloads)

        def made(entitled: Entitlement, content: dict[str, Any]) -> Passport:
            nationality = entitled.record["quoc_tich"]
            parts = (next(texts), content, nationality, iat, exp, next(signed))
            return Passport(*parts, entitled.left_out)

        return [draft if isinstance(draft, Finding) else made(*draft) for draft in drafts]

    def _draft(
        self, request: Request, iat: datetime
    ) -> tuple[Entitlement, dict[str, Any]] | Finding:
        """Decide who gets what, or say why not."""
        try:
            entitled = entitlement(request.record, request.doses, request.signed)
            number = self.number(entitled, iat)
            return entitled, content_of(entitled, number, iat.date(), self.style)
        except SigningError as error:
            return error.finding

    def _demand_fit(self, iat: datetime, exp: datetime) -> None:
        begins, ends = self._window
        if iat < begins or exp > ends:
            window, life = (f"{moment(a)} .. {moment(b)}" for a, b in (self._window, (iat, exp)))
            refuse("ISSUER_UNFIT", "entitlement", "iat, exp", window, life)


def issuer_of(pki: Pki, kind: KeyKind = "rsa") -> Issuer:
    """Return the class's issuer: with PS256 (``rsa``, as Viet Nam) or ES256 (``ec``)."""
    key, (certificate, _) = document_signer(pki, kind)
    return Issuer(key, certificate)
