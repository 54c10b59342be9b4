"""Signatures in the form CMS (RFC 5652) with the attributes of CAdES: made by a token, taken apart.

The same form stands beside a batch of doses and inside a signed PDF.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from asn1crypto import algos, cms
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.sign.attributes import (
    CMSAttributeProvider,
    SignedAttributeProviderSpec,
    SigningCertificateV2Provider,
    SigningTimeProvider,
)
from pyhanko.sign.general import (
    NonexistentAttributeError,
    extract_certificate_info,
    extract_signer_info,
    find_unique_cms_attribute,
    simple_cms_attribute,
)
from pyhanko.sign.signers.pdf_cms import Signer
from pyhanko.sign.timestamps import TimeStamper
from pyhanko.sign.validation.generic_cms import validate_sig_integrity
from pyhanko_certvalidator.registry import SimpleCertificateStore

from sosach.signing.certificates import load_certificate
from sosach.signing.storage import reading
from sosach.signing.tokens.interface import Signatory
from sosach.signing.verdicts import Finding, SigningError

__all__ = [
    "DIGESTS",
    "SignedMessage",
    "TokenSigner",
    "as_asn1",
    "integrity",
    "read_cms",
    "run",
    "sign_data",
    "take_apart",
]

T = TypeVar("T")

#: bytes of the largest signature that is read; ours have 5 to 10 kB with a time stamp
LARGEST = 2**20
#: digests that a signature may rest on
DIGESTS = ("sha256", "sha384", "sha512")
BYTES_OF_SALT = 32
_SHA256 = {"algorithm": "sha256"}

# it writes a traceback for whatever it rejects; what is rejected is said in a verdict
logging.getLogger("pyhanko").setLevel(logging.CRITICAL)
logging.getLogger("pyhanko_certvalidator").setLevel(logging.CRITICAL)


def as_asn1(certificate: x509.Certificate) -> asn1.Certificate:
    """Return a certificate in pyHanko's form."""
    return asn1.Certificate.load(certificate.public_bytes(Encoding.DER))


def _settled(built: T) -> T:
    """Return what was built from values as if it had been read.

    asn1crypto encodes what it has built anew whenever it is looked at, at every depth; what it has
    read, it keeps.
    """
    return type(built).load(built.dump())  # type: ignore[attr-defined, no-any-return]


#: RSASSA-PSS with SHA-256, what every token of ours makes
PSS = _settled(
    algos.SignedDigestAlgorithm(
        {
            "algorithm": "rsassa_pss",
            "parameters": {
                "hash_algorithm": _SHA256,
                "mask_gen_algorithm": {"algorithm": "mgf1", "parameters": _SHA256},
                "salt_length": BYTES_OF_SALT,
            },
        }
    )
)


def run(work: Coroutine[Any, Any, T]) -> T:
    """Wait for pyHanko's work in a thread of its own: a notebook has a running loop already."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()


class _Settled(CMSAttributeProvider):
    """What another provider says, encoded once."""

    def __init__(self, provider: CMSAttributeProvider) -> None:
        self.attribute_type, self._provider = provider.attribute_type, provider

    async def get_attribute(self, dry_run: bool = False) -> cms.CMSAttribute:
        """Return the attribute."""
        value = _settled(await self._provider.build_attr_value(dry_run))
        return _settled(simple_cms_attribute(self.attribute_type, value))


class _Attributes(SignedAttributeProviderSpec):
    """What CAdES wants to be signed: the certificate and, outside of a PDF, the time."""

    def __init__(self, certificate: asn1.Certificate, at: datetime | None) -> None:
        self._certificate, self._at = certificate, at

    def signed_attr_providers(
        self, data_digest: bytes, digest_algorithm: str
    ) -> Iterator[CMSAttributeProvider]:
        """Yield what adds these attributes to the content's digest."""
        yield _Settled(SigningCertificateV2Provider(self._certificate))
        if self._at:
            yield _Settled(SigningTimeProvider(self._at))


class TokenSigner(Signer):
    """A signer for pyHanko around a token.

    Parameters
    ----------
    signatory : Signatory
        It makes PSS signatures.
    at : datetime, optional
        What the clock of the signer's computer says, with a zone; a PDF tells it elsewhere.
    """

    def __init__(self, signatory: Signatory, at: datetime | None = None) -> None:
        chain = signatory.certificates()
        own, *above = (as_asn1(each) for each in chain)
        super().__init__(
            signing_cert=own,
            cert_registry=SimpleCertificateStore.from_certs(above),
            signature_mechanism=PSS,
        )
        self.signed_attr_prov_spec = _Attributes(own, at)
        key = chain[0].public_key()
        self._size = key.key_size // 8 if isinstance(key, rsa.RSAPublicKey) else 0
        self._sign = signatory.sign

    async def async_sign_raw(
        self, data: bytes, digest_algorithm: str, dry_run: bool = False
    ) -> bytes:
        """Sign the attributes; a dry run only asks how long a signature is."""
        return bytes(self._size) if dry_run else self._sign(data)

    async def signed_attrs(self, *told: Any, **settings: Any) -> cms.CMSAttributes:  # noqa: ANN401 - pyHanko's
        """Return the attributes to be signed, encoded once."""
        return _settled(await super().signed_attrs(*told, **settings))


def sign_data(
    content: bytes, signatory: Signatory, at: datetime, stamper: TimeStamper | None = None
) -> bytes:
    """Sign bytes, which stay outside of the signature.

    Parameters
    ----------
    content : bytes
    signatory : Signatory
        A token must be logged in.
    at : datetime
        What the clock of the signer's computer says, with a zone; it goes into the signature.
    stamper : TimeStamper, optional
        Of `sosach.signing.time_stamps.time_stamper`; a time stamp proves the time.

    Returns
    -------
    bytes
        A detached CMS signature, CAdES level B, with a time stamp level T.

    Raises
    ------
    SigningError
        What the token says.
    """
    work = TokenSigner(signatory, at).async_sign_general_data(
        content, "sha256", detached=True, timestamper=stamper
    )
    return bytes(run(work).dump())


@dataclass(frozen=True)
class SignedMessage:
    """A signature taken apart; nothing of it is proved yet.

    Attributes
    ----------
    info : cms.SignerInfo
    signer : x509.Certificate
        The certificate that the signature names.
    claimed : datetime or None
        When the signer's computer says that it was signed.
    stamp : cms.SignedData or None
        The time stamp.
    """

    info: cms.SignerInfo
    signer: x509.Certificate
    claimed: datetime | None
    stamp: cms.SignedData | None


def read_cms(data: bytes, finding: Finding) -> SignedMessage:
    """Read a detached signature.

    Parameters
    ----------
    data : bytes
        DER, at most 1 MiB.
    finding : Finding
        What is said of bytes that are none.

    Returns
    -------
    SignedMessage

    Raises
    ------
    SigningError
        If it is none, or does not contain exactly one signer with certificate.
    """
    with reading(finding):
        if len(data) > LARGEST:
            raise SigningError(finding)
        found = cms.ContentInfo.load(data, strict=True)
        if found["content_type"].native != "signed_data":
            raise SigningError(finding)
        return take_apart(found["content"], finding)


def take_apart(signed: cms.SignedData, finding: Finding) -> SignedMessage:
    """Name signer, times and time stamp of a signature; errors as of `read_cms`."""
    with reading(finding):
        info = extract_signer_info(signed)
        der = extract_certificate_info(signed).signer_cert.dump()
        if not info["signed_attrs"].native:
            raise SigningError(finding)
        claimed = _attribute(info["signed_attrs"], "signing_time")
        stamp = _attribute(info["unsigned_attrs"], "signature_time_stamp_token")
        return SignedMessage(
            info,
            load_certificate(der),
            claimed.native if claimed is not None else None,
            stamp["content"] if stamp is not None else None,
        )


def _attribute(attributes: cms.CMSAttributes, name: str) -> Any:  # noqa: ANN401 - asn1crypto
    try:
        return find_unique_cms_attribute(attributes, name)
    except NonexistentAttributeError:
        return None


def integrity(
    message: SignedMessage, digest: Callable[[str], bytes], content_type: str = "data"
) -> tuple[bool, bool]:
    """Compute whether the content is what was signed, and whether this key has signed.

    Parameters
    ----------
    message : SignedMessage
    digest : callable
        Name of a digest -> the digest of the content in hand.
    content_type : str
        What kind of content the signature must speak of.

    Returns
    -------
    tuple of bool
        Content unchanged; signature made by the key of the certificate.

    Raises
    ------
    Exception
        Anything, where attributes contradict each other; see `reading`.
    """
    name = message.info["digest_algorithm"]["algorithm"].native
    if name not in DIGESTS:
        return True, False
    intact, valid = validate_sig_integrity(
        message.info, as_asn1(message.signer), content_type, digest(name)
    )
    return bool(intact), bool(valid)
