"""Revocation lists, OCSP answers and time stamps, read by openssl; damaged ones refused."""

import hashlib
from datetime import timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sosach.signing.certificates import pem, subject
from sosach.signing.cms import run
from sosach.signing.pki import make_pki
from sosach.signing.revocation import LIFE, load_crl, load_ocsp, ocsp_answer, revocation_list
from sosach.signing.time_stamps import time_stamper
from sosach.signing.trust import load_trust, save_trust, trust_of
from sosach.signing.verdicts import SigningError

from .conftest import DAY, OPENED, UNIT


@pytest.fixture
def chain(pki, station):
    """Certificates of a unit's token."""
    return station.token.certificates()


@pytest.fixture
def files(chain, tmp_path):
    """The same as files for openssl."""
    for name, certificate in zip(("unit", "issuing", "root"), chain, strict=True):
        (tmp_path / name).write_bytes(pem([certificate]))
    return tmp_path


def test_revocation_list_checked_by_openssl(pki, chain, files, openssl):
    """The program openssl refuses a revoked certificate from the day on which the list has it."""
    words = ["verify", "-CAfile", "root", "-untrusted", "issuing", "-crl_check_all"]
    words += ["-CRLfile", "crl", "-attime", int((OPENED + DAY).timestamp()), "unit"]
    answers = []
    for revoked in (False, True):
        if revoked:
            pki.revoke(chain[0], OPENED + DAY / 2)
        crls = [revocation_list(pki, name, OPENED + DAY) for name in ("root", "cong_vu")]
        (files / "crl").write_bytes(b"".join(crl.public_bytes(Encoding.PEM) for crl in crls))
        answers.append(openssl(*words))

    assert answers[0].stdout == "unit: OK\n"
    assert "certificate revoked" in answers[1].stderr


def test_revocation_list_before_the_revocation(pki, chain):
    """A list does not know what is revoked later; it holds for seven days."""
    pki.revoke(chain[0], OPENED + DAY)
    early, late = (revocation_list(pki, "cong_vu", OPENED + n * DAY) for n in (0, 1))

    assert early.get_revoked_certificate_by_serial_number(chain[0].serial_number) is None
    found = late.get_revoked_certificate_by_serial_number(chain[0].serial_number)
    assert found.extensions[0].value == x509.CRLReason(x509.ReasonFlags.key_compromise)
    assert late.next_update_utc - late.last_update_utc == LIFE


@pytest.mark.parametrize("revoked", [False, True])
def test_ocsp_answer_read_by_openssl(pki, chain, files, openssl, revoked):
    """The program openssl trusts the answer and reads the same status from it."""
    if revoked:
        pki.revoke(chain[0], OPENED)
    (files / "answer").write_bytes(ocsp_answer(pki, chain[0], OPENED + DAY))
    words = ("ocsp", "-respin", "answer", "-issuer", "issuing", "-cert", "unit", "-no_nonce")
    at = int((OPENED + DAY).timestamp())
    done = openssl(*words, "-CAfile", "root", "-verify_other", "issuing", "-attime", at)

    assert "Response verify OK" in done.stderr
    # it also warns that the times are past: it has no other clock than the computer's for them
    assert ("\nrevoked\n" if revoked else "\ngood\n") in done.stdout


def test_ocsp_answer_of_a_stranger(pki):
    """About a certificate of another class nothing is said."""
    stranger = make_pki(OPENED).identities["dsc_ec"].certificate
    with pytest.raises(SigningError) as caught:
        ocsp_answer(pki, stranger, OPENED)
    assert caught.value.finding.code == "SIGNER_UNKNOWN"


def test_time_stamp_verified_by_openssl(pki, openssl, tmp_path):
    """The program openssl accepts the token for these bytes and for no others."""
    content = b"one dose"
    token = run(
        time_stamper(pki, OPENED).async_timestamp(hashlib.sha256(content).digest(), "sha256")
    )
    (tmp_path / "token").write_bytes(token.dump())
    (tmp_path / "content").write_bytes(content)
    (tmp_path / "other").write_bytes(content + b"!")
    for name in ("root", "cong_vu"):
        (tmp_path / name).write_bytes(pem([pki.identities[name].certificate]))
    words = ["ts", "-verify", "-in", "token", "-token_in", "-CAfile", "root"]
    words += ["-untrusted", "cong_vu", "-attime", int(OPENED.timestamp()), "-data"]

    assert "Verification: OK" in openssl(*words, "content").stdout
    assert openssl(*words, "other").returncode != 0


def test_load_trust_empty(tmp_path):
    """A folder without an authority trusts nobody, and that is said."""
    with pytest.raises(SigningError) as caught:
        load_trust(tmp_path)
    assert caught.value.finding.code == "TRUST_EMPTY"


@pytest.mark.parametrize(
    ("name", "code"), [("a.pem", "CERT_BROKEN"), ("a.crl", "CRL_BROKEN"), ("a.ocsp", "OCSP_BROKEN")]
)
def test_load_trust_damaged(pki, tmp_path, name, code):
    """A damaged file of any kind is named."""
    save_trust(trust_of(pki, OPENED), tmp_path)
    (tmp_path / name).write_bytes(b"x")
    with pytest.raises(SigningError, match=name) as caught:
        load_trust(tmp_path)
    assert caught.value.finding.code == code


def outcome(load, data):
    """The code of the error, or "read"."""
    try:
        load(data)
    except SigningError as error:
        return error.finding.code
    return "read"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_load_any_bytes(pki, chain, data):
    """Whatever is done to a list or an answer, it is read or refused with our error."""
    pki.revocations.clear()
    pki.revoke(chain[0], OPENED - timedelta(days=1))
    crl = revocation_list(pki, "cong_vu", OPENED).public_bytes(Encoding.DER)
    answer = ocsp_answer(pki, chain[0], OPENED)
    for load, whole, code in ((load_crl, crl, "CRL_BROKEN"), (load_ocsp, answer, "OCSP_BROKEN")):
        at = data.draw(st.integers(0, len(whole)))
        more, left = data.draw(st.binary(max_size=4)), data.draw(st.integers(0, 9))

        assert outcome(load, whole[:at] + more + whole[at + left :]) in ("read", code)


def test_unit_name_with_diacritics(pki, chain):
    """The unit's name keeps its Vietnamese letters; beyond 64 bytes it is cut between letters."""
    assert subject("aĐ" * 70, UNIT).rfc4514_string().count("Đ") == 21
    assert "Trạm Y tế Phường 13" in chain[0].subject.rfc4514_string()
