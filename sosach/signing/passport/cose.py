"""COSE_Sign1 (RFC 9052) with the two algorithms of HCERT: ES256 and PS256.

What is signed are the bytes as they came, never written anew.  The algorithm in the header must
fit the key; it never chooses one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import (
    decode_dss_signature,
    encode_dss_signature,
)

from sosach.signing.certificates import PrivateKey
from sosach.signing.document_signers import TrustList, key_id
from sosach.signing.passport.cbor import CborError, Tagged, decode, encode
from sosach.signing.passport.refusal import refuse
from sosach.signing.tokens.interface import Signatory

__all__ = [
    "ES256",
    "PS256",
    "Sign1",
    "algorithm_of",
    "candidates",
    "check_algorithm",
    "check_signature",
    "header_of",
    "key_id_of",
    "read",
    "sign",
    "sign_with",
]

#: algorithm numbers (RFC 9053, RFC 8230) and header labels
ES256, PS256 = -7, -37
ALG, KID = 1, 4
#: tags of COSE_Sign1 and of a CWT around it
SIGN1, CWT = 18, 61
#: bytes of r and of s on the curve P-256
HALF = 32
SMALLEST_RSA = 2048
SHA256 = hashes.SHA256()
PSS = padding.PSS(padding.MGF1(SHA256), SHA256.digest_size)
#: without chance (RFC 6979): the same message gives the same signature
ECDSA = ec.ECDSA(SHA256, deterministic_signing=True)


@dataclass(frozen=True)
class Sign1:
    """A signed message, taken apart but not yet believed.

    Attributes
    ----------
    protected : bytes
        The signed header as it came.
    header, unprotected : mapping
        Label -> value.
    payload, signature : bytes
    """

    protected: bytes
    header: Mapping[Any, Any]
    unprotected: Mapping[Any, Any]
    payload: bytes
    signature: bytes

    def labelled(self, label: int) -> object:
        """Return a header's value: the signed header counts before the unsigned one."""
        return self.header.get(label, self.unprotected.get(label))


def algorithm_of(key: PrivateKey) -> int:
    """Return the algorithm that a key signs with."""
    return ES256 if isinstance(key, ec.EllipticCurvePrivateKey) else PS256


def header_of(key: PrivateKey, kid: bytes) -> dict[int, Any]:
    """Return the header for a key: its algorithm, and the id of its certificate."""
    return {ALG: algorithm_of(key), KID: kid}


def sign(key: PrivateKey, header: Mapping[int, Any], payloads: Sequence[bytes]) -> list[bytes]:
    """Sign payloads.

    Parameters
    ----------
    key : PrivateKey
        RSA (signed with PS256) or P-256 (ES256).
    header : mapping
        As of `header_of`; a wrong one is signed too.
    payloads : sequence of bytes
        Many at once cost a fifth less than one by one: the signatures follow each other.

    Returns
    -------
    list of bytes
        COSE_Sign1 with tag 18. ES256 always gives the same bytes for the same message; PS256
        draws a salt, so no two signatures are alike.
    """
    protected = encode(header)
    messages = [_to_be_signed(protected, payload) for payload in payloads]
    signatures = [_signature(key, message) for message in messages]
    return [
        encode(Tagged(SIGN1, [protected, {}, payload, signature]))
        for payload, signature in zip(payloads, signatures, strict=True)
    ]


def _signature(key: PrivateKey, message: bytes) -> bytes:
    if isinstance(key, rsa.RSAPrivateKey):
        return key.sign(message, PSS, SHA256)
    r, s = decode_dss_signature(key.sign(message, ECDSA))
    return r.to_bytes(HALF, "big") + s.to_bytes(HALF, "big")


def sign_with(signatory: Signatory, payload: bytes) -> bytes:
    """Sign one payload with a token (PS256), naming its certificate.

    Parameters
    ----------
    signatory : Signatory
        With an RSA key; a token must be logged in.
    payload : bytes

    Returns
    -------
    bytes
        COSE_Sign1 with tag 18.

    Raises
    ------
    SigningError
        What the token says.
    """
    protected = encode({ALG: PS256, KID: key_id(signatory.certificates()[0])})
    signature = signatory.sign(_to_be_signed(protected, payload))
    return encode(Tagged(SIGN1, [protected, {}, payload, signature]))


def _to_be_signed(protected: bytes, payload: bytes) -> bytes:
    return encode(["Signature1", protected, b"", payload])


def read(data: bytes) -> Sign1:
    """Take a signed message apart.

    Parameters
    ----------
    data : bytes
        COSE_Sign1 with tag 18, with tags 61 and 18, or without.

    Returns
    -------
    Sign1

    Raises
    ------
    SigningError
        ``CBOR``, ``COSE_TAG``, ``COSE_STRUCT`` or ``COSE_PROTECTED`` (the signed header is no
        map).
    """
    try:
        item = decode(data)
    except CborError as error:
        refuse("CBOR", "cose", found=error)
    for tag in (CWT, SIGN1):
        if isinstance(item, Tagged) and item.tag == tag:
            item = item.value
    if isinstance(item, Tagged):
        refuse("COSE_TAG", "cose", expected="18, 61(18)", found=item.tag)
    if not _is_sign1(item):
        refuse("COSE_STRUCT", "cose", expected="[bstr, map, bstr, bstr]")
    protected, unprotected, payload, signature = item
    return Sign1(protected, _header(protected), unprotected, payload, signature)


def _is_sign1(item: object) -> bool:
    kinds = (bytes, Mapping, bytes, bytes)
    return (
        isinstance(item, Sequence)
        and len(item) == len(kinds)
        and all(isinstance(part, kind) for part, kind in zip(item, kinds, strict=True))
    )


def _header(protected: bytes) -> Mapping[Any, Any]:
    try:
        header = decode(protected) if protected else {}
    except CborError as error:
        refuse("COSE_PROTECTED", "cose", found=error)
    if not isinstance(header, Mapping):
        refuse("COSE_PROTECTED", "cose", expected="map", found=type(header).__name__)
    return header


def key_id_of(message: Sign1) -> bytes:
    """Return the key id, the signed one if there are two.

    Raises
    ------
    SigningError
        ``KID_MISSING``, also if it is no bytes.
    """
    kid = message.labelled(KID)
    if not isinstance(kid, bytes):
        refuse("KID_MISSING", "kid", "kid", "bstr", kid if kid is None else type(kid).__name__)
    return kid


def candidates(message: Sign1, trusted: TrustList) -> tuple[x509.Certificate, ...]:
    """Return every trusted certificate with the message's key id.

    Parameters
    ----------
    message : Sign1
    trusted : mapping
        As of `sosach.signing.document_signers.trust_list`.

    Returns
    -------
    tuple of x509.Certificate
        At least one.

    Raises
    ------
    SigningError
        ``KID_MISSING`` or ``KID_UNKNOWN``.
    """
    kid = key_id_of(message)
    found = trusted.get(kid, ())
    if not found:
        refuse("KID_UNKNOWN", "kid", "kid", found=kid.hex())
    return found


def check_algorithm(
    message: Sign1, certificates: Sequence[x509.Certificate]
) -> list[x509.Certificate]:
    """Return the certificates whose key fits the algorithm of the header.

    Raises
    ------
    SigningError
        ``ALG_UNSUPPORTED``, or ``ALG_KEY_MISMATCH`` where none fits.
    """
    algorithm = message.labelled(ALG)
    if algorithm not in (ES256, PS256):
        refuse("ALG_UNSUPPORTED", "algorithm", "alg", f"{ES256}, {PS256}", algorithm)
    fits = _is_p256 if algorithm == ES256 else _is_rsa
    fitting = [each for each in certificates if fits(each.public_key())]
    if not fitting:
        kinds = {_kind(each.public_key()) for each in certificates}
        refuse("ALG_KEY_MISMATCH", "algorithm", "alg", ", ".join(sorted(kinds)), algorithm)
    return fitting


def _is_p256(key: object) -> bool:
    return isinstance(key, ec.EllipticCurvePublicKey) and isinstance(key.curve, ec.SECP256R1)


def _is_rsa(key: object) -> bool:
    return isinstance(key, rsa.RSAPublicKey) and key.key_size >= SMALLEST_RSA


def _kind(key: object) -> str:
    if _is_p256(key):
        return f"{ES256} (P-256)"
    return f"{PS256} (RSA)" if _is_rsa(key) else type(key).__name__


def check_signature(message: Sign1, certificates: Sequence[x509.Certificate]) -> x509.Certificate:
    """Return the certificate under which the signature holds; every one is tried.

    Parameters
    ----------
    message : Sign1
    certificates : sequence of x509.Certificate
        Whose keys fit, as of `check_algorithm`.

    Returns
    -------
    x509.Certificate

    Raises
    ------
    SigningError
        ``SIG_LEN``: no such key gives so many bytes; ``SIG_INVALID``: header or content are not
        what was signed, or it was signed with another key.
    """
    signed = _to_be_signed(message.protected, message.payload)
    lengths = {_length(each.public_key()) for each in certificates}
    if len(message.signature) not in lengths:
        wanted = ", ".join(map(str, sorted(lengths)))
        refuse("SIG_LEN", "signature", "signature", wanted, len(message.signature))
    good = [c for c in certificates if _holds(c.public_key(), message.signature, signed)]
    if not good:
        refuse("SIG_INVALID", "signature", "signature")
    return good[0]


def _length(key: Any) -> int:  # noqa: ANN401 - RSA or P-256
    return (key.key_size + 7) // 8 if isinstance(key, rsa.RSAPublicKey) else 2 * HALF


def _holds(key: Any, signature: bytes, signed: bytes) -> bool:  # noqa: ANN401 - RSA or P-256
    try:
        if isinstance(key, rsa.RSAPublicKey):
            key.verify(signature, signed, PSS, SHA256)
        else:
            r, s = (int.from_bytes(half, "big") for half in (signature[:HALF], signature[HALF:]))
            key.verify(encode_dss_signature(r, s), signed, ECDSA)
    except InvalidSignature:
        return False
    return True
