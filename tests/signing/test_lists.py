"""Signed hand-over lists: pdfsig and openssl agree, and every fault has its verdict."""

import re
import subprocess
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sosach.signing.lists import Expected, check_list, sign_list
from sosach.signing.time_stamps import time_stamper
from sosach.signing.trust import save_trust, trust_of
from sosach.signing.verdicts import SigningError, Verdict

from .conftest import DAY, OPENED, OTHER, UNIT, attributes

LIST = "DS-27136-01"


@pytest.fixture
def signed(station, pdf):
    """The list, signed by the unit."""
    return sign_list(pdf, station.token, OPENED, LIST)


@pytest.fixture
def expected(station):
    """What the list must be: of this unit, this id."""
    now = OPENED + DAY
    return Expected(trust_of(station.pki, now), now, UNIT, LIST)


def pdfsig(tmp_path, data):
    """What pdfsig says about a file, as one text."""
    (tmp_path / "x.pdf").write_bytes(data)
    command = ["pdfsig", "-no-ocsp", "-nocert", "x.pdf"]
    return subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False).stdout


def parts(data):
    """The signed bytes and the signature of a PDF, for openssl."""
    ranges = re.findall(rb"/ByteRange\s*\[\s*(\d+)\s+(\d+)\s+(\d+)\s+(\d+)\s*\]", data)
    a, b, c, d = map(int, ranges[-1])
    cms = bytes.fromhex(data[a + b + 1 : c - 1].decode())
    return data[a : a + b] + data[c : c + d], cms


def flipped(data):
    """The PDF with one bit changed inside a content stream."""
    at = data.find(b"stream") + 60
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]


def test_check_list_good(signed, expected, tmp_path):
    """A signed list is good, and pdfsig says that it covers the total document."""
    verdict = check_list(signed, expected)

    assert verdict, verdict.text()
    assert verdict.codes == []
    said = pdfsig(tmp_path, signed)
    assert "Signature is Valid." in said
    assert "- Total document signed" in said


def test_check_list_with_time_stamp(station, pdf, expected, tmp_path):
    """A stamped list is good too, and stays good when the certificate is revoked later."""
    stamper = time_stamper(station.pki, OPENED)
    data = sign_list(pdf, station.token, OPENED, LIST, stamper)
    station.pki.revoke(station.token.certificates()[0], OPENED + DAY / 2)
    later = replace(expected, trust=trust_of(station.pki, expected.now))

    assert check_list(data, expected).codes == []
    assert check_list(data, later).codes == ["REVOKED_LATER"]
    assert check_list(sign_list(pdf, station.token, OPENED, LIST), later).codes == [
        "REVOKED_TIME_UNPROVEN"
    ]
    assert "Signature is Valid." in pdfsig(tmp_path, data)


def test_check_list_altered(signed, expected, tmp_path):
    """One changed bit is found by us and by pdfsig."""
    verdict = check_list(flipped(signed), expected)

    assert (verdict.codes, verdict.word) == (["CONTENT_ALTERED"], "bi_sua")
    assert "Signature is Valid." not in pdfsig(tmp_path, flipped(signed))


@pytest.mark.parametrize("more", [b"\n% them vao\n", b"\0", b"\n1 0 obj\n<<>>\nendobj\n"])
def test_check_list_extended(signed, expected, tmp_path, more):
    """Bytes after the signed ones are a finding of their own; pdfsig agrees."""
    verdict = check_list(signed + more, expected)

    assert verdict.codes == ["PDF_EXTENDED"]
    assert not verdict
    assert "- Not total document signed" in pdfsig(tmp_path, signed + more)


def test_check_list_wrong_signer(station, pdf, expected):
    """A list signed by another unit: the signature is good, the unit is not."""
    station.certify(unit=OTHER)
    verdict = check_list(sign_list(pdf, station.token, OPENED, LIST), expected)

    assert (verdict.codes, verdict.word) == (["WRONG_FACILITY"], "sai_don_vi")


def test_check_list_of_another_list(signed, expected):
    """The signature of another list is named as such."""
    verdict = check_list(signed, replace(expected, list_id="DS-27136-02"))

    assert verdict.codes == ["LIST_WRONG"]
    assert (verdict.findings[0].expected, verdict.findings[0].found) == ("DS-27136-02", LIST)


def test_check_list_expired(station, pdf, expected):
    """A certificate that had expired when the list was signed."""
    station.certify(begins=OPENED - 9 * DAY, ends=OPENED - DAY)
    data = sign_list(pdf, station.token, OPENED, LIST)

    assert check_list(data, expected).codes == ["CERT_EXPIRED"]


def test_check_list_personal(station, pdf, expected):
    """A personal certificate signs lists, but not where the unit's is asked for."""
    station.certify("person")
    data = sign_list(pdf, station.token, OPENED, LIST)

    assert check_list(data, expected)
    assert check_list(data, replace(expected, kinds=("facility",))).codes == ["WRONG_CERT_KIND"]


def test_check_list_signed_twice(station, signed, expected, tmp_path):
    """A second signature keeps the first one good."""
    twice = sign_list(signed, station.token, OPENED + timedelta(hours=1), LIST)
    verdict = check_list(twice, expected)

    assert verdict, verdict.text()
    assert pdfsig(tmp_path, twice).count("Signature is Valid.") == 2


def test_check_list_unsigned(pdf, expected):
    """A PDF without signature is said to have none."""
    assert check_list(pdf, expected).codes == ["PDF_UNSIGNED"]


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7\n", b"x" * 99, b"\x89PNG\r\n\x1a\n"])
def test_check_list_no_pdf(expected, data):
    """What is no PDF is said to be none."""
    assert check_list(data, expected, "a.pdf").codes == ["PDF_BROKEN"]


def test_sign_list_no_pdf(station):
    """What is no PDF is not signed."""
    with pytest.raises(SigningError) as caught:
        sign_list(b"x", station.token, OPENED)
    assert caught.value.finding.code == "PDF_BROKEN"


def test_sign_list_token_pulled_out(station, pdf):
    """The token's own words are heard, not those of the PDF library."""
    station.token.pull_out()
    with pytest.raises(SigningError) as caught:
        sign_list(pdf, station.token, OPENED)
    assert caught.value.finding.code == "TOKEN_REMOVED"


def test_openssl_verifies_list(signed, station, openssl, tmp_path):
    """Openssl accepts the signature over the signed bytes, with chain and revocation."""
    content, cms = parts(signed)
    (tmp_path / "content").write_bytes(content)
    (tmp_path / "cms").write_bytes(cms)
    save_trust(trust_of(station.pki, OPENED), tmp_path / "trust")
    names = sorted((tmp_path / "trust").iterdir())
    (tmp_path / "all.pem").write_bytes(b"".join(path.read_bytes() for path in names))
    words = ["cms", "-verify", "-inform", "DER", "-in", "cms", "-content", "content", "-binary"]
    words += ["-purpose", "any", "-CAfile", "all.pem", "-crl_check_all", "-out", "out"]
    done = openssl(*words, "-attime", int(OPENED.timestamp()))

    assert "Verification successful" in done.stderr


def test_sign_list_attributes(signed, openssl, tmp_path):
    """What a list's signature says of itself is what PAdES wants: the time stands in the PDF alone."""
    (tmp_path / "cms").write_bytes(parts(signed)[1])

    assert attributes(openssl) == {
        "contentType",
        "messageDigest",
        "id-smime-aa-signingCertificateV2",
    }


def test_sign_list_time(signed, tmp_path):
    """The time in the file is that of the simulated calendar, not the computer's."""
    assert "- Signing Time: May 04 2022" in pdfsig(tmp_path, signed)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_check_list_any_bytes(signed, expected, data):
    """Whatever is done to the file there is a verdict, and no change of what was signed is good."""
    at = data.draw(st.integers(0, len(signed)))
    more, left = data.draw(st.binary(max_size=4)), data.draw(st.integers(0, 40))
    spoiled = signed[:at] + more + signed[at + left :]
    verdict = check_list(spoiled, expected)

    assert isinstance(verdict, Verdict)
    if verdict:
        assert parts(spoiled)[0] == parts(signed)[0]
