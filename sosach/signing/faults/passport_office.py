"""Where passports with planted faults are made: an invented holder, a good passport, and tools.

Nothing here is random but what the caller passes in and the keys of new document signers.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from contextlib import suppress
from copy import deepcopy
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from cryptography import x509
from cryptography.x509.oid import ObjectIdentifier

from sosach.signing.certificates import VACCINATION, PrivateKey
from sosach.signing.document_signers import document_signer, make_document_signer, trust_list
from sosach.signing.passport import base45, cbor, claims, cose, hc1
from sosach.signing.passport.content import Known
from sosach.signing.passport.entry import Row
from sosach.signing.passport.issuing import LIFE, Issuer, Passport
from sosach.signing.passport.qr import png
from sosach.signing.passport.requests import Codes, Request
from sosach.signing.passport.rules import Rule
from sosach.signing.passport.trust import PassportTrust, trust_of
from sosach.signing.passport.verifying import verify
from sosach.signing.pki import KeyKind, Pki
from sosach.signing.verdicts import Verdict

__all__ = ["DAY", "Holder", "Office", "PassportExhibit", "holder_of", "message_of", "text_of"]

DAY = timedelta(days=1)
#: how long after the issue a passport is shown
LATER = timedelta(days=30)
SURNAMES = ("Nguyễn", "Trần", "Lê", "Phạm", "Đặng", "Bùi")
MIDDLES = ("Thị Diệu", "Văn Đức", "Ngọc", "Hoàng Đăng", "Thị Mỹ")
GIVENS = ("Ánh", "Đạt", "Hường", "Quý", "Tưởng", "Yến")


@dataclass(frozen=True)
class Holder:
    """An invented person in a verified record, with doses whose signatures are good.

    Attributes
    ----------
    record : mapping
        Row of ``doi_tuong``.
    doses : tuple of mapping
        Rows of ``mui_tiem``.
    """

    record: Row
    doses: tuple[Row, ...]


@dataclass(frozen=True)
class PassportExhibit:
    """A passport as somebody shows it, and what the verifier has at hand.

    Attributes
    ----------
    text : str
        What the QR code holds.
    trust : PassportTrust
    clock : datetime
        Now, with a zone.
    known : Known or None
    rules : tuple of Rule
    """

    text: str
    trust: PassportTrust
    clock: datetime
    known: Known | None = None
    rules: tuple[Rule, ...] = ()

    def files(self) -> dict[str, bytes]:
        """Return the text, and the QR code where one can hold it."""
        files = {"ho_chieu.txt": self.text.encode()}
        with suppress(ValueError):
            files["ho_chieu.png"] = png(self.text)
        return files

    def verdict(self) -> Verdict:
        """Judge it."""
        return verify(self.text, self.trust, self.clock, known=self.known, rules=self.rules).verdict


def holder_of(rng: random.Random, day: datetime) -> Holder:
    """Invent a person who has had two doses of AstraZeneca.

    Parameters
    ----------
    rng : random.Random
    day : datetime
        The doses lie before it.

    Returns
    -------
    Holder
    """
    name = " ".join(rng.choice(words) for words in (SURNAMES, MIDDLES, GIVENS))
    number = f"{rng.randrange(10**10):010d}"
    born = f"{rng.randint(1, 28):02d}/{rng.randint(1, 12):02d}/{rng.randint(1945, 2002)}"
    record = {
        "ma_ho_so": f"HS{number}",
        "ho_ten": name,
        "ngay_sinh": born,
        "gioi_tinh": "Nữ",
        "so_giay_to": f"079{number[1:]}",
        "quoc_tich": "Việt Nam",
        "tt_xac_minh": "Đúng",
    }
    second = day - timedelta(days=rng.randint(60, 200))
    days = {"CB1": second - timedelta(days=rng.randint(56, 84)), "CB2": second}
    doses = tuple(
        {
            "ma_mui": f"MU{number}{slot[-1]}",
            "ma_ho_so": record["ma_ho_so"],
            "mui": slot,
            "ten_vac_xin": "AstraZeneca",
            "so_lo": "ABV5300",
            "ngay_tiem": f"{when:%d/%m/%Y}",
            "co_so_tiem": "TYT",
            "don_vi_nhap": "TYT",
        }
        for slot, when in days.items()
    )
    return Holder(record, doses)


def text_of(message: cose.Sign1) -> str:
    """Write a message, right or wrong, as text of a QR code."""
    parts = [message.protected, message.unprotected, message.payload, message.signature]
    return hc1.wrap(cbor.encode(cbor.Tagged(cose.SIGN1, parts)))


def message_of(text: str) -> cose.Sign1:
    """Take a good text apart."""
    return cose.read(hc1.inflate(base45.decode(hc1.strip_prefix(text))))


@dataclass(frozen=True)
class Office:
    """Who plants faults: the class's keys, an invented holder, a moment of issue.

    Attributes
    ----------
    pki : Pki
    holder : Holder
    at : datetime
        Moment of issue, with a zone, while the class's document signers are valid.
    kind : {"rsa", "ec"}
        Which of them signs.
    """

    pki: Pki
    holder: Holder
    at: datetime
    kind: KeyKind = "rsa"

    @cached_property
    def issuer(self) -> Issuer:
        """The class's issuer."""
        key, (certificate, _) = document_signer(self.pki, self.kind)
        return Issuer(key, certificate)

    @cached_property
    def passport(self) -> Passport:
        """The holder's good passport."""
        signed = {dose["ma_mui"]: Codes([]) for dose in self.holder.doses}
        return self.issuer.issue(Request(self.holder.record, self.holder.doses, signed), self.at)

    @cached_property
    def trust(self) -> PassportTrust:
        """Whom the class trusts."""
        return trust_of(self.pki)

    def case(self, text: str, **changes: Any) -> PassportExhibit:  # noqa: ANN401 - its fields
        """Return a case with what a verifier of the class has at hand.

        Parameters
        ----------
        text : str
        **changes
            Fields of `PassportExhibit` that differ.
        """
        return replace(PassportExhibit(text, self.trust, self.passport.iat + LATER), **changes)

    def content(self) -> dict[str, Any]:
        """Return a copy of the good content, to be spoiled."""
        return deepcopy(self.passport.content)

    def signed(self, content: Mapping[str, Any], issuer: Issuer | None = None) -> str:
        """Sign any content as if it were right."""
        made = self.passport
        return (issuer or self.issuer).sign(content, made.iat, made.exp)[0]

    def signed_payload(self, payload: bytes, header: Mapping[int, Any] | None = None) -> str:
        """Sign any payload, also under a header that is wrong."""
        right = message_of(self.passport.text).header
        chosen = right if header is None else header
        return hc1.wrap(cose.sign(self.issuer.key, chosen, [payload])[0])

    def spoiled(self, event: Mapping[str, Any]) -> PassportExhibit:
        """Return a case whose signed dose has other cells."""
        content = self.content()
        content["v"][0] |= event
        return self.case(self.signed(content))

    def stranger(
        self,
        begins: timedelta = -timedelta(days=30),
        ends: timedelta = LIFE * 2,
        purposes: Sequence[ObjectIdentifier] = (VACCINATION,),
    ) -> tuple[PrivateKey, x509.Certificate]:
        """Make one more document signer, its validity counted from the moment of issue."""
        key, (certificate, _) = make_document_signer(
            *(self.pki, self.kind, self.at + begins, self.at + ends), tuple(purposes)
        )
        return key, certificate

    def by_other_signer(self, **signer: Any) -> PassportExhibit:  # noqa: ANN401 - of `stranger`
        """Return a case whose good content another document signer of the class has signed."""
        key, made = self.stranger(**signer)
        text = self.signed(self.content(), Issuer(key, made))
        return self.case(text, trust=self.trusting(made))

    def trusting(self, certificate: x509.Certificate) -> PassportTrust:
        """Return the class's trust with one more document signer on the list."""
        known = [each for found in self.trust.signers.values() for each in found]
        return replace(self.trust, signers=trust_list([*known, certificate]))

    def claimed(self, iat: float, exp: float) -> str:
        """Sign the good content with any begin and end, in seconds."""
        content = {claims.EU_DCC: self.passport.content}
        fields = {claims.ISS: "XD", claims.EXP: exp, claims.IAT: iat, claims.HCERT: content}
        return self.signed_payload(cbor.encode(fields))
