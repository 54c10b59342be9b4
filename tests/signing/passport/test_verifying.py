"""The verdict as a whole: which stages run, what is reported, what is never believed."""

import json
from dataclasses import replace

import pytest

from sosach.signing.faults.passport_office import message_of, text_of
from sosach.signing.passport import cbor, cose, hc1
from sosach.signing.passport.content import Known
from sosach.signing.passport.qr import png
from sosach.signing.passport.rules import destination_rules
from sosach.signing.passport.schema import check_schema
from sosach.signing.passport.trust import PassportTrust
from sosach.signing.passport.verifying import STAGES, peek, verify
from sosach.signing.verdicts import State, table

from .conftest import DAY, ISSUED

NOW = ISSUED + DAY
TEST = {
    "tg": "840539006",
    "tt": "LP6464-4",
    "sc": "2022-05-13T08:00:00Z",
    "tr": "260415000",
    "co": "VN",
    "is": "X - DAO TAO",
    "ci": "URN:UVCI:01:VN:1",
}
RECOVERY = {
    "tg": "840539006",
    "fr": "2022-03-01",
    "df": "2022-03-12",
    "du": "2022-08-28",
    "co": "VN",
    "is": "X - DAO TAO",
    "ci": "URN:UVCI:01:VN:1",
}


def states(inspection):
    """Return every stage that has run, with its state."""
    return {s: str(v) for s, v in inspection.verdict.states.items() if v != State.NOT_CHECKED}


def test_verify_all_stages(office):
    """A good passport passes all stages but the picture, which was not needed."""
    known = Known(office.passport.content)
    inspection = verify(
        office.passport.text, office.trust, NOW + 30 * DAY, known=known, rules=destination_rules()
    )

    assert inspection
    assert states(inspection) == dict.fromkeys(STAGES[1:], "ok")


def test_verify_picture(office, tmp_path):
    """A picture is a stage of its own."""
    (tmp_path / "qr.png").write_bytes(png(office.passport.text))
    inspection = verify(tmp_path / "qr.png", office.trust, NOW)

    assert inspection
    assert inspection.verdict.states["image"] == State.OK


def test_verify_broken_picture(office, tmp_path):
    """A picture without a code ends everything at its stage."""
    (tmp_path / "qr.png").write_bytes(b"no picture")

    assert states(verify(tmp_path / "qr.png", office.trust, NOW)) == {"image": "failed"}


def test_verify_stops_before_the_content(office):
    """Under a signature that does not hold nothing is read: no claims, no number, no later stage."""
    message = message_of(office.passport.text)
    forged = text_of(replace(message, payload=message.payload.replace(b"VN", b"FR", 1)))
    inspection = verify(forged, office.trust, NOW)

    assert not inspection
    assert inspection.claims is None
    assert inspection.verdict.name == ""
    assert list(states(inspection)) == list(STAGES[1 : STAGES.index("signature") + 1])


def test_verify_stops_at_the_chain(office):
    """Of a signer who is not trusted nothing more is judged, however wrong the content is."""
    content = office.content()
    content["v"][0]["ma"] = "ORG-100030215"
    trust = replace(office.trust, authorities=())
    inspection = verify(office.signed(content), trust, NOW)

    assert inspection.verdict.codes == ["DSC_CHAIN"]
    assert list(states(inspection)) == list(STAGES[1 : STAGES.index("chain") + 1])


def test_verify_reports_everything_after_the_signer(office):
    """Once the signer is known every stage runs and all findings are reported."""
    content = office.content()
    content["v"][0] |= {"ma": "ORG-100030215", "dt": "2022-06-30"}
    del content["v"][0]["is"]
    inspection = verify(office.signed(content), office.trust, NOW + 900 * DAY)

    assert inspection.verdict.codes == ["EXPIRED", "SCHEMA", "MP_MA_MISMATCH", "DATE_ORDER"]
    assert inspection.verdict.word == "qua_han"


@pytest.mark.parametrize(("group", "event"), [("t", TEST), ("r", RECOVERY)])
def test_verify_tests_and_recoveries(office, group, event):
    """Tests and recoveries are judged too, under a signer for them."""
    names = {key: office.passport.content[key] for key in ("ver", "nam", "dob")}
    content = {**names, group: [event]}
    key, signer = office.stranger(purposes=())
    issuer = replace(office.issuer, key=key, certificate=signer)

    assert check_schema(content) == []
    assert verify(office.signed(content, issuer), office.trusting(signer), NOW)
    assert verify(office.signed(content), office.trust, NOW).verdict.codes == ["KEY_USAGE"]


def test_verify_without_authorities(office):
    """With a list alone, as for foreign data, the chain is not checked and is said to be so."""
    trust = PassportTrust(office.trust.signers)
    inspection = verify(office.passport.text, trust, NOW)

    assert inspection
    assert inspection.verdict.states["chain"] == State.NOT_CHECKED


def test_verify_same_key_id_twice(office):
    """Of several certificates with one key id the right one is found."""
    kid = message_of(office.passport.text).header[4]
    _, other = office.stranger()
    signers = {kid: (other, office.issuer.certificate)}
    inspection = verify(office.passport.text, replace(office.trust, signers=signers), NOW)

    assert inspection
    assert inspection.signer == office.issuer.certificate


def test_verify_double_tag_and_unsigned_key_id(office):
    """A tag of CWT around it, and a key id in the unsigned header, are accepted."""
    key, header = office.issuer.key, message_of(office.passport.text).header
    signed = cose.read(cose.sign(key, {1: header[1]}, [office.passport.payload])[0])
    parts = [signed.protected, {4: header[4]}, signed.payload, signed.signature]
    text = hc1.wrap(cbor.encode(cbor.Tagged(61, cbor.Tagged(18, parts))))

    assert verify(text, office.trust, NOW)


def test_verify_json(office):
    """A verdict is JSON: every stage, every finding, both languages."""
    spoiled = office.spoiled({"ma": "ORG-100030215"})
    told = json.loads(json.dumps(spoiled.verdict().as_json()))

    assert [row["stage"] for row in told["stages"]] == list(STAGES)
    assert [row["code"] for row in told["findings"]] == ["MP_MA_MISMATCH"]
    assert {"vi", "en", "expected", "found", "next_vi", "next_en", "blame"} <= set(
        told["findings"][0]
    )


def test_stages_have_words():
    """Every stage has a Vietnamese and an English name."""
    assert set(STAGES) <= set(table("stages"))


def test_peek_reads_what_is_not_proved(office):
    """What a passport says can be looked at, also when nobody would believe it."""
    message = message_of(office.passport.text)
    forged = text_of(replace(message, payload=message.payload.replace(b"AB", b"AC")))

    assert peek(forged).content["ver"] == "1.3.0"


@pytest.mark.parametrize(
    "shown", ["", "HC1:", "HC1:6BF", "x" * 10**6, "HC1:" + " " * 999, "\ud800"]
)
def test_verify_any_text(office, shown):
    """Any text has a verdict."""
    assert not verify(shown, office.trust, NOW)


def test_verify_many_events(office):
    """Thousands of events under a good signature are not told one by one."""
    content = office.content()
    content["v"] = [{}] * 30_000
    verdict = verify(office.signed(content), office.trust, NOW).verdict

    assert not verdict
    assert len(verdict.findings) < 100
