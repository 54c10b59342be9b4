"""Strangers' bytes: every reader answers with a verdict or our error, and no change passes as signed.

A sample runs always, 100,000 mutations with ``-m full``.
"""

import shutil
import tracemalloc
import zlib
from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sosach.signing.batches import Entry
from sosach.signing.certificates import load_certificate, load_chain, pem
from sosach.signing.document_signers import (
    document_signer,
    read_trust_list,
    trust_list,
    write_trust_list,
)
from sosach.signing.dose_checks import DoseChecker, View
from sosach.signing.dose_signing import make_batch
from sosach.signing.doses import digest, dose_bytes
from sosach.signing.lists import LARGEST, Expected, check_list, sign_list
from sosach.signing.pki import REVOKED, Pki, load_revocations, save_pki
from sosach.signing.revocation import load_crl, load_ocsp, ocsp_answer, revocation_list
from sosach.signing.storage import read_limited
from sosach.signing.time_stamps import time_stamper
from sosach.signing.tokens import VirtualToken
from sosach.signing.trust import trust_of
from sosach.signing.verdicts import Finding, SigningError

from .conftest import DAY, OPENED, PIN, UNIT, make_dose

READERS = ("certificate", "chain", "crl", "ocsp", "trust_list", "revocations", "token", "pdf")
PARTS = ("manifest", "signature", "copies")
#: mutations for each reader and each part, so that all together are 100,000
FULL = -(-100_000 // (len(READERS) + len(PARTS)))
SAMPLE = 40
NOW = OPENED + DAY

#: a few changes: where, as a share of the length; how many bytes go; which come instead
CHANGES = st.lists(
    st.tuples(
        st.floats(0, 1),
        st.one_of(st.integers(0, 3), st.integers(0, 2000)),
        st.one_of(st.binary(max_size=3), st.sampled_from([b"\x30\x80" * 9, b"[" * 99, b"\0" * 99])),
    ),
    min_size=1,
    max_size=3,
)


def spoiled(data, changes):
    """The bytes with the changes made."""
    for share, gone, more in changes:
        at = int(share * len(data))
        data = data[:at] + more + data[at + gone :]
    return data


def from_file(path, load):
    """A reader of bytes that lie at a path."""

    def read(data):
        path.write_bytes(data)
        return load()

    return read


@pytest.fixture(scope="module")
def pki_used(identities):
    """The PKI of the class with one revocation."""
    pki = Pki(dict(identities))
    pki.revoke(identities["dsc_ec"].certificate, OPENED)
    return pki


@pytest.fixture(scope="module")
def signer(token_folder, tmp_path_factory):
    """A copy of the token, logged in."""
    folder = tmp_path_factory.mktemp("fuzz") / "token"
    token = VirtualToken(Path(shutil.copytree(token_folder, folder)))
    token.login(PIN)
    return token


@pytest.fixture(scope="module")
def readers(pki_used, signer, pdf, tmp_path_factory):
    """Whole bytes of each kind, and what reads them."""
    folder = tmp_path_factory.mktemp("readers")
    save_pki(pki_used, folder / "pki")
    write_trust_list(trust_list(document_signer(pki_used, "ec")[1]), folder / "list.json")
    chain, state = signer.certificates(), signer.folder / "token.json"
    expected = Expected(trust_of(pki_used, NOW), NOW)
    signed = sign_list(pdf, signer, OPENED, "DS-1", time_stamper(pki_used, OPENED))
    trusted, revoked = folder / "list.json", folder / "pki" / REVOKED
    copy = VirtualToken(folder / "token")
    copy.folder.mkdir()

    def try_token():
        copy.login("sai")

    return {
        "certificate": (chain[0].public_bytes(Encoding.DER), load_certificate),
        "chain": (pem(chain), load_chain),
        "crl": (
            revocation_list(pki_used, "passport_ca", NOW).public_bytes(Encoding.DER),
            load_crl,
        ),
        "ocsp": (ocsp_answer(pki_used, chain[0], NOW), load_ocsp),
        "trust_list": (
            trusted.read_bytes(),
            from_file(trusted, lambda: read_trust_list(trusted)),
        ),
        "revocations": (
            revoked.read_bytes(),
            from_file(revoked, lambda: load_revocations(revoked)),
        ),
        "token": (state.read_bytes(), from_file(copy.folder / "token.json", try_token)),
        "pdf": (signed, lambda data: check_list(data, expected)),
    }


@pytest.fixture(scope="module")
def batch(signer, pki_used):
    """A batch of two doses with a time stamp."""
    lines = []
    for number in (1, 2):
        line = dose_bytes(make_dose(number), 1)
        lines.append((Entry(make_dose(number)["ma_mui"], 1, digest(line)), line))
    stamper = time_stamper(pki_used, OPENED)
    return make_batch("lo_000001", UNIT, lines, signer, OPENED, stamper)


def check_reader(readers, name, changes):
    """A reader reads what was changed, or refuses it with our error; nothing else leaves it."""
    whole, read = readers[name]
    code = ""
    try:
        read(spoiled(whole, changes))
    except SigningError as error:
        code = error.finding.code

    assert code == code.upper()


def check_batch(batch, pki, part, changes):
    """What a verifier accepts says what was signed: manifest unchanged, both doses of old."""
    data = spoiled(getattr(batch, part), changes)
    other = replace(batch, **{part: data})
    checker = DoseChecker([other], View(trust_of(pki, NOW), NOW))
    verdicts = [checker.verdict(make_dose(number)) for number in (1, 2)]

    if any(verdicts):
        assert part != "manifest" or data == batch.manifest
        assert all(verdicts)
    assert not checker.verdict(make_dose(1, mui="CB2"))
    assert not checker.verdict(make_dose(3))


def some(count):
    """Settings for a number of mutations; what is slow for a reason is no failure."""
    return settings(
        max_examples=count,
        suppress_health_check=list(HealthCheck),
        database=None,
    )


@pytest.mark.parametrize("name", READERS)
def test_readers_any_bytes(readers, name):
    """Whatever was done to a file, its reader answers."""
    some(SAMPLE)(given(CHANGES)(lambda changes: check_reader(readers, name, changes)))()


@pytest.mark.parametrize("part", PARTS)
def test_batch_any_bytes(batch, pki_used, part):
    """Whatever was done to a batch, no changed dose and no changed manifest is accepted."""
    some(SAMPLE)(given(CHANGES)(lambda changes: check_batch(batch, pki_used, part, changes)))()


@pytest.mark.full
@pytest.mark.parametrize("name", READERS)
def test_readers_any_bytes_in_full(readers, name):
    """The same as above, more than nine thousand times for each reader."""
    some(FULL)(given(CHANGES)(lambda changes: check_reader(readers, name, changes)))()


@pytest.mark.full
@pytest.mark.parametrize("part", PARTS)
def test_batch_any_bytes_in_full(batch, pki_used, part):
    """The same as above, more than nine thousand times for each part."""
    some(FULL)(given(CHANGES)(lambda changes: check_batch(batch, pki_used, part, changes)))()


def test_read_limited_long_file(tmp_path):
    """A file that is longer than any of ours is refused before it is read."""
    (tmp_path / "x").write_bytes(b"x" * 11)
    finding = Finding("FILE_TOO_LONG", "files", "file", "x")
    with pytest.raises(SigningError) as caught:
        read_limited(tmp_path / "x", finding, limit=10)
    assert caught.value.finding is finding
    assert read_limited(tmp_path / "x", finding, limit=11) == b"x" * 11


def bomb(megabytes):
    """A PDF whose table of objects inflates to many megabytes."""
    packed = zlib.compress(b"\0" * megabytes * 2**20, 9)
    head = b"%PDF-1.7\n"
    words = b"<</Type/XRef/Size 9/W[1 2 1]/Root 1 0 R/Filter/FlateDecode/Length %d>>" % len(packed)
    table = b"2 0 obj\n" + words + b"\nstream\n" + packed + b"\nendstream\nendobj\n"
    return head + table + b"startxref\n%d\n%%%%EOF\n" % len(head)


@pytest.mark.parametrize("data", [bomb(300), b"%PDF-1.7\n" + b"\0" * LARGEST])
def test_check_list_bomb(pki_used, data):
    """A file that is huge, or would be when inflated, is refused at little cost."""
    tracemalloc.start()
    verdict = check_list(data, Expected(trust_of(pki_used, NOW), NOW))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert verdict.codes == ["PDF_BROKEN"]
    assert peak < 80 * 2**20
