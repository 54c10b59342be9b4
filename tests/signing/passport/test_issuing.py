"""Issuing: what is the same every time, what is drawn, and what is refused."""

import re
from dataclasses import replace
from datetime import UTC, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes

from sosach.signing.faults.passport_office import message_of
from sosach.signing.passport.claims import read_claims
from sosach.signing.passport.issuing import ISS, Issuer, issuer_of
from sosach.signing.passport.requests import Request
from sosach.signing.passport.verifying import verify

from .conftest import DAY, ISSUED


def issue(office, signed, at=ISSUED, **changes):
    """Issue the holder's passport with an issuer that differs in some ways."""
    issuer = replace(office.issuer, **changes)
    return issuer.issue(Request(office.holder.record, office.holder.doses, signed), at)


def test_issue_is_valid(office, signed):
    """A passport that was issued is good, every stage of it."""
    passport = issue(office, signed)
    inspection = verify(passport.text, office.trust, ISSUED + DAY)

    assert inspection
    assert inspection.claims.content == passport.content
    assert inspection.verdict.name == passport.number


def test_issue_same_again(office, signed):
    """Key, record and moment decide number, content and payload; with ES256 the text too."""
    one, two = issue(office, signed), issue(office, signed)

    assert (one.number, one.content, one.payload) == (two.number, two.content, two.payload)
    assert (one.text == two.text) == (office.kind == "ec")


def test_issue_claims(office, signed):
    """The issuer is no country, the life 365 days, the country of vaccination Viet Nam."""
    passport = issue(office, signed)
    claims = read_claims(message_of(passport.text).payload)

    assert claims.iss == ISS
    assert re.fullmatch("X[A-Z]|Q[M-Z]|AA|ZZ", ISS)  # user-assigned codes of ISO 3166-1
    assert claims.iat == ISSUED.astimezone(UTC)
    assert claims.exp - claims.iat == timedelta(days=365)
    assert claims.content["v"][0]["co"] == "VN"
    assert claims.content["v"][0]["is"].endswith("- DAO TAO")


def test_issue_number(offices, signed):
    """A number tells training by eye, and changes with dose, moment and key."""
    office = offices["ec"]
    number = issue(office, signed).number
    others = {
        issue(office, signed, ISSUED + timedelta(seconds=1)).number,
        issue(offices["rsa"], signed).number,
        *(
            issue(replace(office, holder=replace(office.holder, record=record)), signed).number
            for record in [{**office.holder.record, "ma_ho_so": "HS2"}]
        ),
    }

    assert re.fullmatch(r"URN:UVCI:01:VN:DA07A000[0-9A-F]{24}", number)
    assert len({number, *others}) == 4


def test_issue_whole_seconds(office, signed):
    """Parts of a second do not count."""
    later = ISSUED + timedelta(microseconds=999_999)

    assert issue(office, signed, later).payload == issue(office, signed).payload


def test_issue_style_of_2022(offices, signed):
    """In the style of the public passport the kind of vaccine is J07BX03, and it is good."""
    passport = issue(offices["ec"], signed, style="vn2022")

    assert passport.content["v"][0]["vp"] == "J07BX03"
    assert verify(passport.text, offices["ec"].trust, ISSUED + DAY)


@pytest.mark.parametrize(("at", "life"), [(ISSUED - 60 * DAY, 365), (ISSUED, 1200)])
def test_issue_beyond_the_signer(refused, offices, signed, at, life):
    """A passport that its signer does not cover is not issued."""
    finding = refused(issue, offices["ec"], signed, at, life=timedelta(days=life))

    assert finding.code == "ISSUER_UNFIT"


def test_issuer_no_training(refused, offices):
    """Nobody can issue under a certificate without the marks of training."""
    own = offices["ec"].issuer
    name = x509.Name([])
    real = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(own.key.public_key())
        .serial_number(1)
        .not_valid_before(ISSUED)
        .not_valid_after(ISSUED + 800 * DAY)
        .sign(own.key, hashes.SHA256())
    )

    assert refused(Issuer, own.key, real).code == "NOT_TRAINING"


def test_issue_unsigned(refused, offices):
    """Without the facility's signatures there is no passport."""
    assert refused(issue, offices["ec"], {}).code == "DOSE_UNSIGNED"


def test_issuer_of_the_class(office):
    """The class's issuer is the same every time; PS256 is what comes by itself."""
    default = issuer_of(office.pki).sign(office.passport.content, ISSUED, ISSUED + DAY)[0]

    assert issuer_of(office.pki, office.kind).certificate == office.issuer.certificate
    assert message_of(default).header[1] == -37
