"""COSE_Sign1: an example of the standard, both algorithms, and everything that is not one."""

from dataclasses import replace

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding

from sosach.signing.document_signers import key_id, make_document_signer
from sosach.signing.faults.passport_office import message_of
from sosach.signing.passport import cose
from sosach.signing.passport.cbor import Tagged, encode

from .conftest import DAY, ISSUED

#: RFC 8152, appendix C.2.1 (single ECDSA signature) and the public key "11" of appendix C.7.1
EXAMPLE = bytes.fromhex(
    "d28443a10126a10442313154546869732069732074686520636f6e74656e742e58408eb33e4ca31d1c465ab05aac34"
    "cc6b23d58fef5c083106c4d25a91aef0b0117e2af9a291aa32e14ab834dc56ed2a223444547e01f11d3b0916e5a4c3"
    "45cacb36"
)
KEY_11 = ec.EllipticCurvePublicNumbers(
    0xBAC5B11CAD8F99F9C72B05CF4B9E26D244DC189F745228255A219A86D6A09EFF,
    0x20138BF82DC1B6D562BE0FA54AB7804A3A64B6D72CCFED6B6FB6ED28BBFC117E,
    ec.SECP256R1(),
).public_key()
PAYLOAD = b"anything"


def certificate_of(public, signer=None):
    """Return some certificate for a public key."""
    name = x509.Name([])
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(public)
        .serial_number(1)
        .not_valid_before(ISSUED)
        .not_valid_after(ISSUED + DAY)
        .sign(signer or ec.generate_private_key(ec.SECP256R1()), hashes.SHA256())
    )


@pytest.fixture
def message(office):
    """A signed message with the office's key."""
    header = cose.header_of(office.issuer.key, key_id(office.issuer.certificate))
    return cose.read(cose.sign(office.issuer.key, header, [PAYLOAD])[0])


def test_check_signature_example_of_the_rfc():
    """The signature of RFC 8152, appendix C.2.1, holds; its key id is unsigned and is found."""
    message = cose.read(EXAMPLE)
    certificate = certificate_of(KEY_11)

    assert message.payload == b"This is the content."
    assert cose.candidates(message, {b"11": (certificate,)}) == (certificate,)
    assert cose.check_signature(message, [certificate]) is certificate


def test_sign_is_deterministic_with_es256_alone(offices):
    """ES256 gives the same bytes again; PS256 draws a salt, so its bytes differ."""
    twice = {
        kind: set(cose.sign(one.issuer.key, {1: 0}, [PAYLOAD] * 2)) for kind, one in offices.items()
    }

    assert {kind: len(signatures) for kind, signatures in twice.items()} == {"rsa": 2, "ec": 1}


def test_read_what_was_signed(office, message):
    """Header, payload and signature come back; the signature has the key's length."""
    assert message.header == {
        1: cose.algorithm_of(office.issuer.key),
        4: key_id(office.issuer.certificate),
    }
    assert message.payload == PAYLOAD
    assert len(message.signature) == {"rsa": 256, "ec": 64}[office.kind]


@pytest.mark.parametrize(
    "wrap", [lambda m: m, lambda m: Tagged(18, m), lambda m: Tagged(61, Tagged(18, m))]
)
def test_read_tags(message, wrap):
    """Tag 18, tags 61 and 18, or none: all are read (HCERT test list, CO28)."""
    parts = [message.protected, {}, message.payload, message.signature]

    assert cose.read(encode(wrap(parts))) == message


@pytest.mark.parametrize(
    ("item", "code"),
    [
        (Tagged(18, Tagged(18, [b"", {}, b"", b""])), "COSE_TAG"),
        (Tagged(17, [b"", {}, b"", b""]), "COSE_TAG"),
        (Tagged(98, [b"", {}, b"", []]), "COSE_TAG"),
        ([b"", {}, b""], "COSE_STRUCT"),
        ([b"", {}, None, b""], "COSE_STRUCT"),
        (["", {}, b"", b""], "COSE_STRUCT"),
        ([b"", [], b"", b""], "COSE_STRUCT"),
        ("a" * 4, "COSE_STRUCT"),
        (7, "COSE_STRUCT"),
        ([b"\x80", {}, b"", b""], "COSE_PROTECTED"),
        ([b"\xff", {}, b"", b""], "COSE_PROTECTED"),
        ([b"\xa0\x00", {}, b"", b""], "COSE_PROTECTED"),
    ],
)
def test_read_refused(refused, item, code):
    """Other messages, missing parts and headers that are no map are told apart."""
    assert refused(cose.read, encode(item)).code == code


def test_read_no_cbor(refused):
    """Bytes after the message are no message."""
    assert refused(cose.read, EXAMPLE + b"\x00").code == "CBOR"


@pytest.mark.parametrize(
    ("signed", "unsigned", "found"),
    [(b"A", None, b"A"), (None, b"B", b"B"), (b"A", b"A", b"A"), (b"A", b"B", b"A")],
)
def test_key_id_of_signed_before_unsigned(message, signed, unsigned, found):
    """Both headers may hold the key id; the signed one counts (HCERT 1.0.8, 3.3.3)."""
    header = {4: signed} if signed else {}
    other = {4: unsigned} if unsigned else {}

    assert cose.key_id_of(replace(message, header=header, unprotected=other)) == found


@pytest.mark.parametrize("kid", [None, 5, "text", Tagged(18, b"A")])
def test_key_id_of_missing(refused, message, kid):
    """A key id that is missing or no bytes is one that is missing."""
    header = {} if kid is None else {4: kid}

    assert refused(cose.key_id_of, replace(message, header=header)).code == "KID_MISSING"


def test_candidates_unknown(refused, message):
    """A key id that nobody on the list has is named."""
    finding = refused(cose.candidates, message, {})

    assert finding.code == "KID_UNKNOWN"
    assert finding.found == message.header[4].hex()


def test_check_signature_tries_every_certificate(office, message):
    """Two certificates may share a key id: the second one is tried too."""
    key, (other, _) = make_document_signer(office.pki, office.kind, ISSUED, ISSUED + DAY)
    own = office.issuer.certificate

    assert key.public_key() != office.issuer.key.public_key()
    assert cose.check_signature(message, [other, own]) == own


def test_check_algorithm_of_another_kind(refused, offices, message):
    """The header's algorithm never chooses the key: the other kind of key does not fit."""
    both = [one.issuer.certificate for one in offices.values()]
    swapped = replace(message, header={**message.header, 1: -7 - 37 - message.header[1]})
    own = cose.check_algorithm(message, both)

    assert len(own) == 1
    assert refused(cose.check_algorithm, swapped, own).code == "ALG_KEY_MISMATCH"


@pytest.mark.parametrize("algorithm", [None, -35, -257, "ES256", [-7], True])
def test_check_algorithm_unsupported(refused, office, message, algorithm):
    """Anything but ES256 and PS256 is refused by name."""
    other = replace(message, header={1: algorithm})

    assert (
        refused(cose.check_algorithm, other, [office.issuer.certificate]).code == "ALG_UNSUPPORTED"
    )


@pytest.mark.parametrize(
    "key",
    [ec.generate_private_key(ec.SECP384R1()), rsa.generate_private_key(65537, 1024)],  # noqa: S505 - refused
    ids=["P-384", "RSA-1024"],
)
def test_check_algorithm_of_weak_or_other_keys(refused, message, key):
    """P-384 is no key of ES256 here, and 1024 bits of RSA are too few."""
    weak = certificate_of(key.public_key())

    assert refused(cose.check_algorithm, message, [weak]).code == "ALG_KEY_MISMATCH"


@pytest.mark.parametrize("change", [lambda s: s[:-1], lambda s: s + b"\0", lambda s: b""])
def test_check_signature_length(refused, office, message, change):
    """A signature has exactly the length that its key gives."""
    cut = replace(message, signature=change(message.signature))

    assert refused(cose.check_signature, cut, [office.issuer.certificate]).code == "SIG_LEN"


@pytest.mark.parametrize("part", ["protected", "payload", "signature"])
def test_check_signature_altered(refused, office, message, part):
    """One bit in header, payload or signature, and the signature does not hold."""
    old = getattr(message, part)
    altered = replace(message, **{part: bytes([old[0] ^ 1]) + old[1:]})

    assert refused(cose.check_signature, altered, [office.issuer.certificate]).code == "SIG_INVALID"


@pytest.mark.parametrize("half", [b"\0" * 32, b"\xff" * 32])
def test_check_signature_impossible_numbers(refused, offices, half):
    """Zero and numbers beyond the curve's order are no signature, and no crash."""
    office = offices["ec"]
    message = message_of(office.passport.text)
    forged = replace(message, signature=half * 2)

    assert refused(cose.check_signature, forged, [office.issuer.certificate]).code == "SIG_INVALID"


def test_check_signature_other_salt(refused, offices):
    """PS256 has a salt of 32 bytes (RFC 8230): one without salt is refused."""
    office = offices["rsa"]
    message = message_of(office.passport.text)
    signed = encode(["Signature1", message.protected, b"", message.payload])
    scheme = padding.PSS(padding.MGF1(hashes.SHA256()), 0)
    forged = replace(message, signature=office.issuer.key.sign(signed, scheme, hashes.SHA256()))

    assert refused(cose.check_signature, forged, [office.issuer.certificate]).code == "SIG_INVALID"


def test_openssl_agrees(offices, openssl, tmp_path):
    """Openssl verifies the raw PS256 signature over the bytes that COSE says are signed."""
    office = offices["rsa"]
    message = message_of(office.passport.text)
    (tmp_path / "sig").write_bytes(message.signature)
    (tmp_path / "data").write_bytes(encode(["Signature1", message.protected, b"", message.payload]))
    (tmp_path / "cert.pem").write_bytes(office.issuer.certificate.public_bytes(Encoding.PEM))
    (tmp_path / "key.pem").write_text(
        openssl("x509", "-in", "cert.pem", "-noout", "-pubkey").stdout
    )
    options = ["rsa_padding_mode:pss", "rsa_pss_saltlen:32", "rsa_mgf1_md:sha256"]
    words = [word for option in options for word in ("-sigopt", option)]

    done = openssl("dgst", "-sha256", *words, "-verify", "key.pem", "-signature", "sig", "data")

    assert done.stdout.strip() == "Verified OK"
