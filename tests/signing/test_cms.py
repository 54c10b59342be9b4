"""Signatures beside data: what stands in them, read by openssl."""

from sosach.signing.cms import sign_data

from .conftest import OPENED, attributes


def test_sign_data_attributes(station, openssl, tmp_path):
    """A signature says what CAdES wants: the content's digest, the certificate and the time."""
    (tmp_path / "cms").write_bytes(sign_data(b"content", station.token, OPENED))

    assert attributes(openssl) == {
        "contentType",
        "messageDigest",
        "signingTime",
        "id-smime-aa-signingCertificateV2",
    }


def test_sign_data_time(station, openssl, tmp_path):
    """The time is what the signer's clock said, in UTC, not the computer's."""
    (tmp_path / "cms").write_bytes(sign_data(b"content", station.token, OPENED))
    printed = openssl("cms", "-cmsout", "-print", "-inform", "DER", "-in", "cms").stdout

    assert "UTCTIME:May  4 01:00:00 2022 GMT" in printed
