"""Every thing that can be wrong with a signed dose gets its own verdict, and openssl agrees."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from sosach.signing.batches import Batch, Entry, read_batch, write_batch
from sosach.signing.certificates import subject
from sosach.signing.dose_checks import DOSE_STAGES, DoseChecker, View
from sosach.signing.dose_signing import make_batch
from sosach.signing.doses import SIGNED, digest, dose_bytes
from sosach.signing.pki import make_pki
from sosach.signing.revocation import ocsp_answer
from sosach.signing.time_stamps import time_stamper
from sosach.signing.trust import Trust, load_trust, save_trust, trust_of
from sosach.signing.verdicts import State

from .conftest import DAY, OPENED, OTHER, PIN, UNIT, make_dose


def forced(station, unit=UNIT, **desk):
    """Sign the first dose without asking whether that is right."""
    desk = replace(station.desk, **desk)
    dose = station.doses[0]
    line = dose_bytes(dose, 1)
    lines = [(Entry(dose["ma_mui"], 1, digest(line)), line)]
    made = make_batch("lo_000001", unit, lines, desk.token, desk.at, desk.stamper)
    write_batch(station.folder, made)
    return dose


def test_verdict_good(station):
    """A signed dose passes all stages but that of the time stamp, which it has not."""
    station.sign()
    verdict = station.checker().verdict(station.doses[0])

    assert verdict
    assert verdict.word == "tot"
    assert verdict.codes == []
    assert [s for s in DOSE_STAGES if verdict.states[s] is not State.OK] == ["time_stamp"]


@pytest.mark.parametrize("column", SIGNED[1:])
def test_verdict_edited(station, column):
    """A later edit is found and names the column, the signed cell and the present one."""
    station.sign()
    dose = {**station.doses[0], column: "khác"}
    verdict = station.checker().verdict(dose)

    assert verdict.word == "bi_sua"
    (finding,) = verdict.findings
    assert (finding.code, finding.field) == ("CONTENT_ALTERED", column)
    assert (finding.expected, finding.found) == (station.doses[0][column], "khác")


def test_verdict_telephone_edited(station):
    """Telephone and address are not signed: changing them breaks nothing."""
    station.sign()

    assert station.checker().verdict({**station.doses[0], "so_dien_thoai": "0", "dia_chi": "x"})


def test_verdict_edited_without_copy(station):
    """Without the copy of what was signed an edit is still found, but its column is not named."""
    station.sign()
    (station.folder / "lo_000001.jsonl").write_bytes(b"\xff\n")
    verdict = station.checker().verdict({**station.doses[0], "mui": "CB2"})

    assert [(f.code, f.field) for f in verdict.findings] == [("CONTENT_ALTERED", "")]


def test_verdict_unsigned(station):
    """A dose that nobody has signed is said to be unsigned."""
    station.sign(station.doses[:3])
    verdict = station.checker().verdict(station.doses[5])

    assert verdict.codes == ["UNSIGNED_DOSE"]
    assert verdict.states["signature"] is State.NOT_CHECKED


def test_unexpected(station):
    """Signed doses that are missing in the list in hand are named."""
    station.sign()
    names = {dose["ma_mui"] for dose in station.doses[1:]}
    (verdict,) = station.checker().unexpected(names)

    assert (verdict.name, verdict.codes) == (station.doses[0]["ma_mui"], ["UNEXPECTED_DOSE"])


@pytest.mark.parametrize(
    ("begins", "ends", "code"),
    [
        (OPENED - 9 * DAY, OPENED - DAY, "CERT_EXPIRED"),
        (OPENED + DAY, OPENED + 9 * DAY, "NOT_YET_VALID"),
    ],
)
def test_verdict_certificate_not_valid_when_signing(station, begins, ends, code):
    """Expired or not yet valid when signing: the certificate's dates and the time are shown."""
    station.certify(begins=begins, ends=ends)
    dose = forced(station)
    verdict = station.checker().verdict(dose)

    assert verdict.codes == [code]
    assert verdict.word == "nguoi_ky_het_hieu_luc"
    assert "04/05/2022 08:00:00 +07:00" in verdict.text()


def test_verdict_expired_since(station):
    """A certificate that has expired after signing leaves the signature good, with a note."""
    station.certify(ends=OPENED + 5 * DAY)
    station.sign()
    verdict = station.checker(now=OPENED + 9 * DAY).verdict(station.doses[0])

    assert verdict
    assert verdict.codes == ["EXPIRED_SINCE"]


def test_verdict_clock_ahead(station):
    """A signature that claims a later time than now is refused beyond five minutes."""
    dose = forced(station)

    assert station.checker(now=OPENED - timedelta(minutes=4)).verdict(dose).codes == []
    early = station.checker(now=OPENED - timedelta(minutes=6)).verdict(dose)
    assert early.codes == ["TIME_IN_FUTURE"]


@pytest.mark.parametrize(
    ("since", "stamped", "codes", "word"),
    [
        (-DAY / 2, False, ["CERT_REVOKED"], "nguoi_ky_het_hieu_luc"),
        (-DAY / 2, True, ["CERT_REVOKED"], "nguoi_ky_het_hieu_luc"),
        (+DAY / 2, False, ["REVOKED_TIME_UNPROVEN"], "nguoi_ky_het_hieu_luc"),
        (+DAY / 2, True, ["REVOKED_LATER"], "tot"),
    ],
)
@pytest.mark.parametrize("by", ["crl", "ocsp"])
def test_verdict_revoked(station, since, stamped, codes, word, by):
    """Revoked before signing is bad, later is harmless only with a time stamp; list or answer alike."""
    certificate = station.token.certificates()[0]
    dose = forced(station, stamper=time_stamper(station.pki, OPENED) if stamped else None)
    station.pki.revoke(certificate, OPENED + since)
    now = OPENED + DAY
    trust = trust_of(station.pki, now)
    if by == "ocsp":
        trust = load_answers(station.pki, station.token.certificates(), now)
    verdict = DoseChecker(station.folder, View(trust, now)).verdict(dose)

    assert verdict.codes == codes
    assert verdict.word == word


def load_answers(pki, chain, now):
    """Trust without lists, with an answer for each certificate but the root."""
    from sosach.signing.revocation import load_ocsp

    answers = tuple(load_ocsp(ocsp_answer(pki, each, now)) for each in chain[:2])
    return Trust(trust_of(pki, now).authorities, (), answers)


def test_verdict_time_stamp_decides(station):
    """A clock set back does not help: the time stamp shows that the certificate had expired."""
    station.certify(begins=OPENED - 9 * DAY, ends=OPENED - DAY)
    dose = forced(station, at=OPENED - 2 * DAY, stamper=time_stamper(station.pki, OPENED))

    assert station.checker().verdict(dose).codes == ["CERT_EXPIRED"]


def test_verdict_foreign_time_stamp(station):
    """A time stamp of another class proves nothing."""
    other = make_pki(OPENED)
    dose = forced(station, stamper=time_stamper(other, OPENED))

    assert station.checker().verdict(dose).codes == ["TIME_STAMP_INVALID"]


def test_verdict_stale_list(station):
    """A revocation list that has run out leaves the verdict open."""
    dose = forced(station)
    verdict = station.checker(now=OPENED + 9 * DAY, fetched=OPENED).verdict(dose)

    assert set(verdict.codes) == {"CRL_STALE"}
    assert verdict.word == "chua_ket_luan"


def test_verdict_list_of_the_future(station):
    """A revocation list that is made later than now shows that a clock is wrong."""
    dose = forced(station)
    verdict = station.checker(now=OPENED, fetched=OPENED + DAY).verdict(dose)

    assert {(f.code, f.field) for f in verdict.findings} == {("CRL_STALE", "thisUpdate")}


def test_verdict_without_lists(station):
    """Without any word on revocation nothing is silently good."""
    dose = forced(station)
    verdict = station.checker(trust=Trust(trust_of(station.pki, OPENED).authorities)).verdict(dose)

    assert set(verdict.codes) == {"REVOCATION_UNKNOWN"}


def test_verdict_list_of_another_authority(station):
    """A revocation list that bears the right name but another signature does not count."""
    dose = forced(station)
    other = trust_of(make_pki(OPENED), OPENED)
    trust = Trust(trust_of(station.pki, OPENED).authorities, other.crls)

    assert set(station.checker(trust=trust).verdict(dose).codes) == {"REVOCATION_UNKNOWN"}


def test_verdict_wrong_facility(station):
    """A good signature of another unit than that which entered the dose."""
    station.certify(unit=OTHER)
    dose = forced(station, OTHER)
    verdict = station.checker().verdict(dose)

    assert verdict.codes == ["WRONG_FACILITY"]
    assert (verdict.findings[0].expected, verdict.findings[0].found) == (UNIT, OTHER)
    assert station.checker(delegations={OTHER: {UNIT}}).verdict(dose)


def test_verdict_manifest_of_another_unit(station):
    """A manifest that names another unit than the certificate."""
    station.certify(unit=OTHER)
    dose = forced(station)

    assert "WRONG_FACILITY" in station.checker().verdict(dose).codes


@pytest.mark.parametrize(
    ("kind", "code"), [("person", "WRONG_CERT_KIND"), ("website", "CERT_PURPOSE")]
)
def test_verdict_wrong_kind(station, kind, code):
    """A personal certificate and one for a web server may not sign for a unit."""
    station.certify(kind)
    dose = forced(station)

    assert station.checker().verdict(dose).codes == [code]


def test_verdict_self_made_certificate(station):
    """A certificate with all the right names of another class is unknown."""
    name = subject("Trạm Y tế Phường 13", UNIT)
    chain = make_pki(OPENED).issue(
        "facility", station.token.public_key(), name, "cong_vu", OPENED - DAY
    )
    station.token.store_certificates(chain)
    dose = forced(station)
    verdict = station.checker().verdict(dose)

    assert verdict.codes == ["SIGNER_UNKNOWN"]
    assert verdict.states["content"] is State.NOT_CHECKED


def test_verdict_altered_manifest(station):
    """A changed digest in the manifest is found by its signature."""
    dose = forced(station)
    batch = read_batch(station.folder, "lo_000001")
    content = json.loads(batch.manifest)
    content["doses"][0][2] = "0" * 64
    manifest = json.dumps(content, separators=(",", ":")).encode()
    write_batch(station.folder, replace(batch, manifest=manifest))
    (finding,) = station.checker().verdict(dose).findings

    assert (finding.stage, finding.code) == ("digest", "CONTENT_ALTERED")


def test_verdict_altered_signature(station):
    """A changed signature value is no signature of this key."""
    dose = forced(station)
    batch = read_batch(station.folder, "lo_000001")
    signature = batch.signature[:-1] + bytes([batch.signature[-1] ^ 1])
    write_batch(station.folder, replace(batch, signature=signature))

    assert station.checker().verdict(dose).codes == ["SIG_INVALID"]


@pytest.mark.parametrize("data", [b"", b"0" * 9, b"\x30\x80" * 99])
def test_verdict_no_signature(station, data):
    """Bytes that are no signature are said to be none."""
    dose = forced(station)
    write_batch(station.folder, replace(read_batch(station.folder, "lo_000001"), signature=data))

    assert station.checker().verdict(dose).codes == ["CMS_BROKEN"]


@pytest.mark.parametrize(
    "data", [b"", b"{}", b'{"doses":[[1,2]]}', b"[" * 99_999, b'{"doses":[["a",1,"b"]]}']
)
def test_unreadable_manifest(station, data):
    """A manifest that is none gets a verdict of its own."""
    forced(station)
    write_batch(station.folder, replace(read_batch(station.folder, "lo_000001"), manifest=data))
    (verdict,) = station.checker().unreadable

    assert verdict.codes == ["MANIFEST_BROKEN"]


def test_verdict_renamed_batch(station):
    """The files of one batch under the name of another are refused."""
    forced(station)
    batch = read_batch(station.folder, "lo_000001")
    write_batch(station.folder, replace(batch, name="lo_000002"))

    assert [verdict.name for verdict in station.checker().unreadable] == ["lo_000002"]


def test_verdict_not_signable(station):
    """A valid signature over a dose whose record may not be signed is valid but wrong."""
    station.sign()
    dose = station.doses[0]
    verdict = station.checker(held={dose["ma_mui"]: "HO_SO_NGHI_TRUNG"}).verdict(dose)

    assert (verdict.codes, verdict.word) == (["NOT_SIGNABLE"], "sai_noi_dung")


def test_verdict_signed_again(station):
    """After an edit and a new signature the new row is good, the old one superseded."""
    station.sign()
    before = station.doses[0]
    after = {**before, "mui": "CB2"}
    station.sign([after], at=OPENED + DAY / 4)

    assert station.checker().verdict(after)
    assert station.checker().verdict(before).codes == ["SUPERSEDED"]
    assert station.checker().verdict({**before, "mui": "CB3"}).codes == ["CONTENT_ALTERED"]


def test_verdict_replayed_batch(station):
    """An old batch shown again is superseded where a newer revision is known."""
    station.sign()
    name = station.doses[0]["ma_mui"]
    old = [read_batch(station.folder, "lo_000001")]
    view = View(trust_of(station.pki, OPENED), OPENED, known={name: 2})

    assert DoseChecker(old, view).verdict(station.doses[0]).codes == ["SUPERSEDED"]
    assert DoseChecker(old, view).verdict(station.doses[1])


def test_verdict_cell_is_no_text(station):
    """A cell that is no text gives a verdict."""
    station.sign()

    assert station.checker().verdict({**station.doses[0], "mui": 1}).codes == ["DOSE_NO_TEXT"]


@pytest.mark.parametrize("stamped", [False, True])
def test_openssl_verifies_batch(station, openssl, tmp_path, stamped):
    """Openssl accepts manifest and signature with the authorities and lists that we hand out."""
    station.sign(stamper=time_stamper(station.pki, OPENED) if stamped else None)
    save_trust(trust_of(station.pki, OPENED), tmp_path / "trust")
    names = sorted((tmp_path / "trust").iterdir())
    (tmp_path / "all.pem").write_bytes(b"".join(path.read_bytes() for path in names))
    batch = read_batch(station.folder, "lo_000001")
    (tmp_path / "m.json").write_bytes(batch.manifest)
    (tmp_path / "bad.json").write_bytes(batch.manifest.replace(b"MU0000000001", b"MU0000000011"))
    (tmp_path / "s.p7s").write_bytes(batch.signature)
    words = ["cms", "-verify", "-inform", "DER", "-in", "s.p7s", "-binary", "-cades"]
    words += ["-purpose", "any", "-CAfile", "all.pem", "-crl_check_all", "-out", "out"]
    words += ["-attime", int(OPENED.timestamp()), "-content"]

    assert "Verification successful" in openssl(*words, "m.json").stderr
    assert openssl(*words, "bad.json").returncode != 0


def test_load_trust_written(station, tmp_path):
    """A verifier's folder comes back as it was written, and the verdicts stay the same."""
    station.sign()
    save_trust(trust_of(station.pki, OPENED + DAY), tmp_path / "trust")
    read = load_trust(tmp_path / "trust")

    assert station.checker(trust=read).verdict(station.doses[0])


def test_pin_in_no_file(station, tmp_path):
    """The PIN stands in no file."""
    station.sign()
    data = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())

    assert PIN.encode() not in data


def test_verdict_of_batch_object():
    """A checker takes batches in hand, also none."""
    view = View(Trust(()), OPENED)
    broken = Batch("lo_000001", b"", b"", b"")

    assert DoseChecker([], view).verdict(make_dose(1)).codes == ["UNSIGNED_DOSE"]
    assert len(DoseChecker([broken], view).unreadable) == 1
