"""Every planted fault of a passport gets exactly the verdict that the catalogue intends."""

import random
from datetime import datetime, timedelta

import pytest

from sosach.signing.faults.passport_office import Office, holder_of
from sosach.signing.faults.passports import PASSPORT_FAULTS
from sosach.signing.pki import load_pki
from sosach.signing.verdicts import VIETNAM, table

ISSUED = datetime(2022, 5, 14, 8, tzinfo=VIETNAM)
#: faults of which a class speaks (signing.md 5), as far as they are the passport's
WANTED = {
    *("DUPLICATE_CI", "HOLDER_MISMATCH", "SIG_INVALID", "KID_UNKNOWN", "KEY_USAGE"),
    *("EXP_AFTER_DSC", "IAT_BEFORE_DSC", "EXPIRED", "NOT_YET_VALID", "MP_MA_MISMATCH"),
    *("NAME_TRANSLITERATION", "NOT_NFC", "PREFIX", "B45_CHAR", "ZLIB_BROKEN", "B45_LEN"),
    *("ALG_KEY_MISMATCH", "ZLIB_LIMIT", "DGC_MULTI"),
}


@pytest.fixture(scope="module")
def offices(pki_folder):
    """Offices with other holders, keys and days."""
    pki = load_pki(pki_folder)
    return {
        (kind, seed): Office(
            pki,
            holder_of(random.Random(seed), ISSUED),  # noqa: S311 - a name, no secret
            ISSUED + timedelta(days=40 * seed),
            kind,
        )
        for kind in ("rsa", "ec")
        for seed in (0, 1, 2)
    }


@pytest.mark.parametrize("seed", [0, 1, 2])
@pytest.mark.parametrize("kind", ["rsa", "ec"])
@pytest.mark.parametrize("fault", PASSPORT_FAULTS, ids=lambda fault: fault.id)
def test_fault_has_the_intended_verdict(offices, fault, kind, seed):
    """One fault, one kind of finding, at the intended stage, with the intended word."""
    verdict = fault.plant(offices[kind, seed]).verdict()

    assert {(f.stage, f.code) for f in verdict.findings} == {(fault.stage, fault.code)} - {("", "")}
    assert bool(verdict) == (fault.code == "")
    if fault.code:
        assert verdict.word == verdict.findings[0].word


def test_catalogue_is_complete():
    """All faults that the course speaks of are there."""
    assert {fault.code for fault in PASSPORT_FAULTS} >= WANTED


def test_public_sample(offices):
    """The flaw of the one public Vietnamese passport: Vaxzevria with BioNTech, under a good signature."""
    (fault,) = (fault for fault in PASSPORT_FAULTS if fault.code == "MP_MA_MISMATCH")
    (finding,) = fault.plant(offices["rsa", 0]).verdict().findings

    assert (finding.expected, finding.found) == ("ORG-100001699 (EU/1/21/1529)", "ORG-100030215")
    assert finding.word == "sai_noi_dung"


def test_exhibit_files(offices):
    """A learner gets the text, and the QR code unless the text fits none."""
    names = {fault.id: set(fault.plant(offices["ec", 0]).files()) for fault in PASSPORT_FAULTS}

    assert names["hc_sua_ngay"] == {"ho_chieu.txt", "ho_chieu.png"}
    assert names["hc_ky_tu_la"] == {"ho_chieu.txt"}
    assert names["hc_bom_nen"] == {"ho_chieu.txt"}


def test_holder_of_is_the_seed_alone():
    """The same seed invents the same holder, another one another."""
    day = ISSUED
    one, same, other = (holder_of(random.Random(seed), day) for seed in (5, 5, 6))  # noqa: S311

    assert one == same
    assert one != other


@pytest.mark.parametrize("row", ["word", "blame", "who"])
def test_five_words_stay_apart(row):
    """Altered, signer unknown, signer not valid, wrong body and out of date are five words."""
    codes = ("SIG_INVALID@passport", "KID_UNKNOWN", "DSC_REVOKED", "KEY_USAGE", "EXPIRED")
    words = {table("findings")[code]["word"] for code in codes}

    assert len(words) == 5
    assert all(table("findings")[code][row] for code in codes)
