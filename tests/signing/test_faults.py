"""Every planted fault gets exactly the verdict that the catalogue intends."""

import pytest

from sosach.signing.dose_checks import DOSE_STAGES
from sosach.signing.faults.passports import PASSPORT_FAULTS
from sosach.signing.faults.scene import Scene
from sosach.signing.faults.signatures import SIGNATURE_FAULTS
from sosach.signing.lists import LIST_STAGES
from sosach.signing.passport.verifying import STAGES as PASSPORT_STAGES
from sosach.signing.pki import Pki
from sosach.signing.verdicts import table

from .conftest import DAY, OPENED, OTHER, make_dose

EVERY = [*SIGNATURE_FAULTS, *PASSPORT_FAULTS]
#: faults of which a class speaks (signing.md 5), as far as they are the facility's
WANTED = {
    *("CERT_EXPIRED", "CERT_REVOKED", "NOT_YET_VALID", "REVOKED_LATER", "REVOKED_TIME_UNPROVEN"),
    *("CRL_STALE", "REVOCATION_UNKNOWN", "WRONG_FACILITY", "WRONG_CERT_KIND", "CERT_PURPOSE"),
    *("CONTENT_ALTERED", "SIG_INVALID", "PDF_EXTENDED", "PIN_INCORRECT", "PIN_LOCKED"),
    *("PUK_LOCKED", "TOKEN_REMOVED", "UNSIGNED_DOSE", "UNEXPECTED_DOSE", "NOT_SIGNABLE"),
    *("SUPERSEDED", "SIGNER_UNKNOWN"),
}


@pytest.fixture(scope="module")
def scene(identities, pdf, tmp_path_factory):
    """Two units, a dose and a list on the tenth day of the class."""
    folder = tmp_path_factory.mktemp("scene")
    return Scene(Pki(identities), OPENED + 9 * DAY, make_dose(1), OTHER, pdf, folder)


@pytest.mark.parametrize("fault", SIGNATURE_FAULTS, ids=lambda fault: fault.id)
def test_fault_has_the_intended_verdict(scene, fault):
    """One fault, one kind of finding, at the intended stage, with the intended word."""
    verdict = fault.plant(scene).verdict()

    assert {(f.stage, f.code) for f in verdict.findings} == (
        {(fault.stage, fault.code)} - {("", "")}
    )
    assert verdict.word == fault.word
    assert bool(verdict) == (fault.word == "tot")


@pytest.mark.parametrize("fault", EVERY, ids=lambda fault: fault.id)
def test_fault_is_declared_in_full(fault):
    """A fault has an id, a title and an explanation for the trainer, and a stage that exists."""
    assert fault.id.isascii()
    assert fault.title.strip()
    assert fault.planted.endswith(".")
    assert not fault.planted.isascii()
    assert (fault.stage == "") == (fault.code == "")
    assert fault.stage in {"", "token", *DOSE_STAGES, *LIST_STAGES, *PASSPORT_STAGES}


def test_catalogue_is_complete():
    """No id twice; all faults that the course speaks of are there; all words but one occur."""
    ids = [fault.id for fault in EVERY]
    words = {fault.word for fault in SIGNATURE_FAULTS}

    assert len(set(ids)) == len(ids)
    assert {fault.code for fault in SIGNATURE_FAULTS} >= WANTED
    assert words == set(table("words"))


def test_exhibit_files(scene):
    """A learner is given the certificate, the row with three files a batch, or the PDF."""
    batch = {f"lo_000001.{end}" for end in ("json", "p7s", "jsonl")}
    wanted = {
        "chung_thu_tot": {"chung_thu.pem"},
        "token_tot": set(),
        "mui_tot": {"mui_tiem.json", *batch},
        "thieu_dong": batch,
        "danh_sach_tot": {"danh_sach.pdf"},
    }
    chosen = [fault for fault in SIGNATURE_FAULTS if fault.id in wanted]

    assert {fault.id: set(fault.plant(scene).files()) for fault in chosen} == wanted
