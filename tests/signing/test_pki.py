"""The class's certificates: checked by openssl, kept privately, refused when damaged."""

import json
import stat
from datetime import timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sosach.signing.certificates import (
    MARKER,
    POLICY,
    is_training,
    kind_of,
    load_certificate,
    pem,
    subject,
    unit_of,
)
from sosach.signing.document_signers import (
    document_signer,
    key_id,
    make_document_signer,
    read_trust_list,
    trust_list,
    write_trust_list,
)
from sosach.signing.pki import IDENTITIES, load_pki, make_key, save_pki
from sosach.signing.verdicts import SigningError

from .conftest import OPENED, UNIT


@pytest.fixture
def facility(pki):
    """Key and chain of a unit's certificate."""
    key = make_key("rsa")
    name = subject("Trạm Y tế Phường 13", UNIT)
    return key, pki.issue("facility", key.public_key(), name, "cong_vu", OPENED)


@pytest.mark.parametrize("name", IDENTITIES)
def test_make_pki_marks_every_certificate(pki, name):
    """Every certificate has the ASCII marker in its name and the training policy."""
    certificate = pki.identities[name].certificate
    policies = certificate.extensions.get_extension_for_class(x509.CertificatePolicies).value

    assert is_training(certificate)
    assert POLICY in {policy.policy_identifier for policy in policies}
    assert MARKER in certificate.subject.rfc4514_string()


@pytest.mark.parametrize("style", ["cong_vu", "cong_cong"])
def test_issue_chain_verified_by_openssl(pki, openssl, tmp_path, style):
    """Openssl accepts the chain of a unit strictly, at a time within its validity."""
    key = make_key("rsa")
    chain = pki.issue("facility", key.public_key(), subject("Trạm", UNIT), style, OPENED)
    for name, certificate in zip(("unit", "issuing", "root"), chain, strict=True):
        (tmp_path / name).write_bytes(pem([certificate]))
    at = int((OPENED + timedelta(days=1)).timestamp())
    words = ("verify", "-x509_strict", "-CAfile", "root", "-untrusted", "issuing")

    assert openssl(*words, "-attime", at, "unit").stdout == "unit: OK\n"
    assert openssl(*words, "-attime", at - 2 * 86400, "unit").returncode == 2


def test_issue_names_unit_and_kind(facility):
    """A certificate tells the unit's code and that it is of an organisation."""
    _, (certificate, _, _) = facility

    assert unit_of(certificate) == UNIT
    assert kind_of(certificate) == "facility"


def test_issue_numbered(pki):
    """A certificate bears the number that was asked for; without one each has another."""
    key, name = make_key("ec").public_key(), subject("Trạm", UNIT)
    life = (OPENED, OPENED + timedelta(days=30))
    numbered, *_ = pki.issue("facility", key, name, "cong_vu", *life, serial=1234)
    some = {pki.issue("facility", key, name, "cong_vu", *life)[0].serial_number for _ in range(2)}

    assert numbered.serial_number == 1234
    assert len(some) == 2


@pytest.mark.parametrize(
    ("kind", "key_class"), [("rsa", rsa.RSAPublicKey), ("ec", ec.EllipticCurvePublicKey)]
)
def test_document_signer_verified_by_openssl(pki, openssl, tmp_path, kind, key_class):
    """Both document signers hang on the passport authority, and the saved one stays the same."""
    key, (signer, above) = document_signer(pki, kind)
    (tmp_path / "dsc").write_bytes(pem([signer]))
    (tmp_path / "csca").write_bytes(pem([above]))
    done = openssl(
        *("verify", "-x509_strict", "-attime", int(OPENED.timestamp())), "-CAfile", "csca", "dsc"
    )

    assert done.stdout == "dsc: OK\n"
    assert isinstance(key.public_key(), key_class)
    assert key.public_key() == signer.public_key()


def test_make_document_signer_without_purposes(pki):
    """A signer may be made without the extension of purposes."""
    _, (signer, _) = make_document_signer(pki, "ec", OPENED, OPENED + timedelta(days=1), ())

    with pytest.raises(x509.ExtensionNotFound):
        signer.extensions.get_extension_for_class(x509.ExtendedKeyUsage)


def test_trust_list_written_and_read(pki, tmp_path):
    """A trust list comes back as it was written; each certificate is found by its key id."""
    signers = [document_signer(pki, kind)[1][0] for kind in ("rsa", "ec")]
    write_trust_list(trust_list(signers), tmp_path / "list.json")
    read = read_trust_list(tmp_path / "list.json")

    assert read == trust_list(signers)
    assert [read[key_id(each)] for each in signers] == [(signers[0],), (signers[1],)]


def test_save_pki_private(pki_folder):
    """Only the owner can read keys and folder."""
    modes = {stat.S_IMODE(path.stat().st_mode) for path in pki_folder.iterdir()}

    assert modes == {0o600}
    assert stat.S_IMODE(pki_folder.stat().st_mode) == 0o700


def test_load_pki_keeps_revocations(pki, facility, tmp_path):
    """A revocation is still known after saving and loading."""
    pki.revoke(facility[1][0], OPENED, "cessationOfOperation")
    save_pki(pki, tmp_path)

    assert load_pki(tmp_path).revocations == pki.revocations


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("root.pem", b"x", "CERT_BROKEN"),
        ("root.key", b"x", "KEY_BROKEN"),
        ("thu_hoi.json", b"{", "PKI_BROKEN"),
        ("thu_hoi.json", b"[1]", "PKI_BROKEN"),
        ("thu_hoi.json", json.dumps([{"authority": "x"}]).encode(), "PKI_BROKEN"),
        ("thu_hoi.json", b"[" * 100_000, "PKI_BROKEN"),
    ],
)
def test_load_pki_damaged(pki, tmp_path, name, data, code):
    """A damaged file is named; nothing else leaves than our error."""
    save_pki(pki, tmp_path)
    (tmp_path / name).write_bytes(data)

    with pytest.raises(SigningError, match=name) as caught:
        load_pki(tmp_path)
    assert caught.value.finding.code == code


def test_load_pki_refuses_a_stranger(pki, tmp_path):
    """An authority without the training policy is refused."""
    save_pki(pki, tmp_path)
    key = make_key("rsa")
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "CA that")])
    real = x509.CertificateBuilder(
        name, name, key.public_key(), 1, OPENED, OPENED.replace(year=2030)
    ).sign(key, pki.identities["root"].certificate.signature_hash_algorithm)
    (tmp_path / "root.pem").write_bytes(pem([real]))

    with pytest.raises(SigningError) as caught:
        load_pki(tmp_path)
    assert caught.value.finding.code == "NOT_TRAINING"


@given(st.data())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_load_certificate_any_bytes(pki, data):
    """Whatever is done to a certificate's bytes, it is read or refused with our error."""
    whole = pki.identities["dsc_ec"].certificate.public_bytes(Encoding.DER)
    at = data.draw(st.integers(0, len(whole) - 1))
    more, left = data.draw(st.binary(max_size=4)), data.draw(st.integers(0, 9))
    outcome = "read"
    try:
        load_certificate(whole[:at] + more + whole[at + left :])
    except SigningError as error:
        outcome = error.finding.code

    assert outcome in ("read", "CERT_BROKEN")
