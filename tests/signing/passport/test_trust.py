"""Chain, training marks, revocation, purpose, and a trust that lies in a folder."""

from dataclasses import replace

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ObjectIdentifier

from sosach.signing.passport.trust import (
    PassportTrust,
    check_chain,
    check_purpose,
    load_passport_trust,
    purposes_of,
    save_passport_trust,
    trust_of,
)
from sosach.signing.pki import Revocation
from sosach.signing.verdicts import SigningError

from .conftest import DAY, ISSUED

TEST, VACCINATION, RECOVERY = (f"1.3.6.1.4.1.1847.2021.1.{last}" for last in (1, 2, 3))
#: how early certificates spelt the same
EARLY = "1.3.6.1.4.1.0.1847.2021.1.2"
#: extended key usage without a value, as real certificates have it: it breaks the strict parser
EMPTY, GARBAGE = b"\x30\x00", b"\x04\x01"
EXTENDED_KEY_USAGE, BASIC_CONSTRAINTS = "2.5.29.37", "2.5.29.19"


def signer_with(purposes=None, broken=None):
    """Return a certificate with some purposes, and raw bytes as one more extension."""
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([])
    builder = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(ISSUED)
        .not_valid_after(ISSUED + DAY)
    )
    for oid, raw in (broken or {}).items():
        extension = x509.UnrecognizedExtension(ObjectIdentifier(oid), raw)
        builder = builder.add_extension(extension, critical=False)
    if purposes:
        usage = x509.ExtendedKeyUsage([ObjectIdentifier(each) for each in purposes])
        builder = builder.add_extension(usage, critical=False)
    return builder.sign(key, hashes.SHA256())


def test_check_chain_of_the_class(office):
    """A document signer of the class passes up to its last second."""
    signer = office.issuer.certificate

    check_chain(signer, office.trust, signer.not_valid_after_utc, ISSUED)


def test_check_chain_revoked(refused, office):
    """From its revocation on a document signer is void, for older passports too."""
    serial = office.issuer.certificate.serial_number
    trust = replace(office.trust, revoked={serial: ISSUED})
    before = ISSUED - 10 * DAY

    check_chain(office.issuer.certificate, trust, before, ISSUED - DAY)
    found = refused(check_chain, office.issuer.certificate, trust, before, ISSUED)
    assert found.code == "DSC_REVOKED"


def test_trust_of_revocations(offices):
    """What the class has revoked of its document signers is known to its verifiers."""
    office = offices["ec"]
    serial = office.issuer.certificate.serial_number
    revocations = [
        Revocation("passport_ca", serial, ISSUED),
        Revocation("cong_vu", 7, ISSUED),
    ]

    assert trust_of(replace(office.pki, revocations=revocations)).revoked == {serial: ISSUED}


@pytest.mark.parametrize(
    ("purposes", "allowed"),
    [
        (None, "vtr"),
        ([], "vtr"),
        (["1.3.6.1.5.5.7.3.2"], "vtr"),  # none of the three: any (HCERT 1.0.8, A.4)
        ([VACCINATION], "v"),
        ([EARLY], "v"),
        ([TEST, RECOVERY], "tr"),
        ([TEST, "1.3.6.1.5.5.7.3.2"], "t"),
    ],
)
def test_check_purpose(purposes, allowed):
    """A purpose limits what may be signed; no purpose limits nothing."""
    signer = signer_with(purposes)

    assert "".join(group for group in "vtr" if not check_purpose([group], signer)) == allowed


@pytest.mark.parametrize("groups", [[], ["v", "t"], ["v", "t", "r"]])
def test_check_purpose_number_of_events(groups):
    """There is exactly one kind of event in a passport."""
    assert [f.code for f in check_purpose(groups, signer_with())] == ["DGC_MULTI"]


@pytest.mark.parametrize("raw", [EMPTY, GARBAGE])
def test_purposes_of_badly_written_extension(raw):
    """An empty or broken extension is read leniently, as no purpose at all."""
    signer = signer_with(broken={EXTENDED_KEY_USAGE: raw})

    with pytest.raises(ValueError, match=r".*"):
        _ = signer.extensions
    assert purposes_of(signer) == set()


def test_purposes_of_beside_a_broken_extension():
    """A purpose is found although another extension is broken."""
    assert purposes_of(signer_with([VACCINATION], {BASIC_CONSTRAINTS: b"\x04"})) == {VACCINATION}


def test_save_passport_trust_and_load(tmp_path, offices):
    """A trust comes back from its folder, in which no key lies."""
    trust = replace(offices["rsa"].trust, revoked={12345: ISSUED})
    save_passport_trust(trust, tmp_path)
    read = load_passport_trust(tmp_path)

    assert read == trust
    assert not any(b"PRIVATE" in path.read_bytes() for path in tmp_path.iterdir())


@pytest.mark.parametrize("name", ["nguoi_ky.json", "co_quan.pem", "thu_hoi.json"])
@pytest.mark.parametrize("data", [b"", b"{", b"\xff", b"[1]", b'{"1": "2022"}', b"[" * 10**5])
def test_load_passport_trust_damaged(tmp_path, offices, name, data):
    """Any bytes in a file of the trust are one clear error."""
    save_passport_trust(offices["rsa"].trust, tmp_path)
    (tmp_path / name).write_bytes(data)

    with pytest.raises(SigningError):
        load_passport_trust(tmp_path)


def test_passport_trust_without_authorities_is_for_foreign_data(offices):
    """A trust may be a list alone."""
    assert PassportTrust(offices["rsa"].trust.signers).authorities is None
