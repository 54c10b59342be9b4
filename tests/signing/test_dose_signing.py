"""Signing in batches: nothing twice, nothing lost, whatever interrupts it."""

import signal
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta

import pytest

from sosach.signing.batches import batch_names, read_batch, write_batch
from sosach.signing.dose_signing import sign_doses
from sosach.signing.trust import save_trust
from sosach.signing.verdicts import SigningError

from .conftest import DAY, OPENED, OTHER, PIN, make_dose


def signatures(station):
    """How often each dose has been signed, by id."""
    entries = [
        entry
        for name in batch_names(station.folder)
        for entry in read_batch(station.folder, name).parsed().entries
    ]
    return {entry.dose: [e.revision for e in entries if e.dose == entry.dose] for entry in entries}


def code_of(station, **more):
    """The code with which signing refuses altogether."""
    with pytest.raises(SigningError) as caught:
        station.sign(**more)
    return caught.value.finding.code


def test_sign_doses_counts(station):
    """Ten doses in batches of four make three batches, all accounted for."""
    progress = station.sign()

    assert (progress.signed, progress.skipped, progress.refused) == (10, 0, [])
    assert progress.batches == ["lo_000001", "lo_000002", "lo_000003"]
    assert all(station.checker().verdict(dose) for dose in station.doses)


def test_sign_doses_twice(station):
    """The second run signs nothing."""
    station.sign()
    progress = station.sign(at=OPENED + DAY)

    assert (progress.signed, progress.skipped) == (0, 10)
    assert set(map(tuple, signatures(station).values())) == {(1,)}


def test_sign_doses_after_edit(station):
    """Only the edited dose is signed again, as revision 2; the old signature stays."""
    station.sign()
    edited = [{**dose, "mui": "CB2"} if n == 3 else dose for n, dose in enumerate(station.doses)]
    progress = station.sign(edited, at=OPENED + DAY)

    assert (progress.signed, progress.skipped) == (1, 9)
    assert signatures(station)[station.doses[3]["ma_mui"]] == [1, 2]


def test_sign_doses_token_pulled_out(station):
    """Two batches are kept when the token goes; plugged in again, the rest is signed once."""
    station.token.pull_out(after=2)

    assert code_of(station) == "TOKEN_REMOVED"
    assert len(signatures(station)) == 8
    station.token.plug_in()
    station.token.login(PIN)
    progress = station.sign(at=OPENED + timedelta(minutes=1))
    assert (progress.signed, progress.skipped) == (2, 8)
    assert set(map(tuple, signatures(station).values())) == {(1,)}


KILLED = """
import os, signal, sys
from pathlib import Path
from sosach.signing import batches, dose_signing
from sosach.signing.storage import write_private
from sosach.signing.tokens import VirtualToken
from sosach.signing.trust import load_trust
from tests.signing.conftest import OPENED, PIN, make_dose
left = int(sys.argv[4])
def write_or_die(path, data):
    global left
    left -= 1
    if left < 0:
        os.kill(os.getpid(), signal.SIGKILL)
    write_private(path, data)
batches.write_private = write_or_die
token = VirtualToken(Path(sys.argv[1]))
token.login(PIN)
desk = dose_signing.Desk(token, Path(sys.argv[2]), load_trust(Path(sys.argv[3])), OPENED, size=4)
list(dose_signing.sign_doses([make_dose(n) for n in range(1, 11)], desk))
"""


@pytest.mark.slow
@pytest.mark.parametrize("writes", [0, 1, 2, 3, 8])
def test_sign_doses_killed(station, tmp_path, writes):
    """Killed between any two files, the next run completes it; no dose is signed twice."""
    save_trust(station.desk.trust, tmp_path / "trust")
    words = [station.token.folder, station.folder, tmp_path / "trust", str(writes)]
    done = subprocess.run([sys.executable, "-c", KILLED, *words], check=False)
    before = len(signatures(station))
    progress = station.sign()

    assert done.returncode == -signal.SIGKILL
    assert (progress.signed, progress.skipped) == (10 - before, before)
    assert before == writes // 3 * 4
    assert set(map(tuple, signatures(station).values())) == {(1,)}
    assert all(station.checker().verdict(dose) for dose in station.doses)


FULL = """
import resource, signal, sys
from pathlib import Path
from sosach.signing.dose_signing import Desk, sign_doses
from sosach.signing.tokens import VirtualToken
from sosach.signing.trust import load_trust
from sosach.signing.trust import save_trust
from sosach.signing.verdicts import SigningError
from tests.signing.conftest import OPENED, PIN, make_dose
token = VirtualToken(Path(sys.argv[1]))
token.login(PIN)
desk = Desk(token, Path(sys.argv[2]), load_trust(Path(sys.argv[3])), OPENED, size=4)
def doses():
    for n in range(1, 11):
        if n == 5:
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (500, 500))
        yield make_dose(n)
try:
    list(sign_doses(doses(), desk))
except SigningError as error:
    print(error.finding.code, Path(error.finding.name).name)
"""


@pytest.mark.slow
def test_sign_doses_full_disk(station, tmp_path):
    """When the disk is full in mid-batch what was written stays, and signing goes on later."""
    save_trust(station.desk.trust, tmp_path / "trust")
    words = [station.token.folder, station.folder, tmp_path / "trust"]
    done = subprocess.run(
        [sys.executable, "-c", FULL, *words], capture_output=True, text=True, check=True
    )

    assert done.stdout == "DISK_REFUSES lo_000002.jsonl\n"
    assert len(signatures(station)) == 4
    assert station.sign().signed == 6


def test_sign_doses_reads_as_needed(station):
    """Doses are read batch by batch, so any number needs the memory of one batch."""
    read = []
    doses = (read.append(n) or make_dose(n) for n in range(1, 11))
    run = sign_doses(doses, station.desk)
    next(run)

    assert read == [1, 2, 3, 4]
    run.close()


def test_sign_doses_of_another_unit(station):
    """Doses that another unit has entered are refused one by one; the others are signed."""
    doses = [
        make_dose(n, don_vi_nhap=OTHER if n % 2 else station.doses[0]["don_vi_nhap"])
        for n in range(1, 7)
    ]
    progress = station.sign(doses)

    assert progress.signed == 3
    assert [f.code for f in progress.refused] == ["WRONG_FACILITY"] * 3
    assert {f.expected for f in progress.refused} == {OTHER}


def test_sign_doses_by_a_central_signer(station):
    """A unit signs for another one where that is declared."""
    progress = station.sign(
        [make_dose(1, don_vi_nhap=OTHER)], delegations={station.doses[0]["don_vi_nhap"]: {OTHER}}
    )

    assert (progress.signed, progress.refused) == (1, [])


@pytest.mark.parametrize(
    ("cells", "codes"),
    [
        ({"tt_xac_minh": "Đúng"}, []),
        ({"tt_xac_minh": "Sai"}, ["NOT_SIGNABLE"]),
        ({"tt_xac_minh": "Chưa gửi", "quoc_tich": "Hàn Quốc"}, []),
        ({"ngay_tiem": "", "mui": ""}, ["DOSE_INCOMPLETE", "DOSE_INCOMPLETE"]),
        ({"so_lo": ""}, []),
        ({"ho_ten": 5}, ["DOSE_NO_TEXT"]),
        ({"ho_ten": "\ud800"}, ["DOSE_NO_TEXT"]),
    ],
)
def test_sign_doses_unfit(station, cells, codes):
    """What a dose lacks is said before it is signed."""
    progress = station.sign([make_dose(1, **cells)])

    assert [finding.code for finding in progress.refused] == codes
    assert progress.signed == (not codes)


def test_sign_doses_same_id_twice(station):
    """The same row twice is signed once; one id with two contents is refused."""
    doses = [make_dose(1), make_dose(1), make_dose(1, mui="CB2")]
    progress = station.sign(doses)

    assert (progress.signed, progress.skipped) == (1, 1)
    assert [finding.code for finding in progress.refused] == ["DOSE_TWICE"]


@pytest.mark.parametrize(
    ("begins", "ends", "code"),
    [(OPENED - 9 * DAY, OPENED - DAY, "CERT_EXPIRED"), (OPENED + DAY, None, "NOT_YET_VALID")],
)
def test_sign_doses_certificate_not_valid(station, begins, ends, code):
    """With a certificate that is not valid today nothing is signed."""
    station.certify(begins=begins, ends=ends)

    assert code_of(station) == code


def test_sign_doses_personal_certificate(station):
    """With a personal certificate nothing is signed for the unit."""
    station.certify("person")

    assert code_of(station) == "WRONG_CERT_KIND"


def test_sign_doses_empty_token(station):
    """A token without certificate says so."""
    (station.token.folder / "chung_thu.pem").unlink()

    assert code_of(station) == "TOKEN_EMPTY"


def test_sign_doses_clock_set_back(station):
    """A clock earlier than the last signature stops signing; both times are shown."""
    station.sign(station.doses[:1])

    assert code_of(station, at=OPENED - timedelta(minutes=1)) == "CLOCK_SET_BACK"


def test_sign_doses_after_expired_signature(station):
    """Doses signed with a certificate that had expired are signed again with a new one."""
    station.certify(begins=OPENED - 9 * DAY, ends=OPENED - DAY)
    station.sign(at=OPENED - 2 * DAY)
    for name in batch_names(station.folder):
        batch = read_batch(station.folder, name)
        assert batch.message().claimed == OPENED - 2 * DAY
    revoked = station.token.certificates()[0]
    station.certify()
    station.pki.revoke(revoked, OPENED - 5 * DAY)
    progress = station.sign()

    assert (progress.signed, progress.skipped) == (10, 0)
    assert all(station.checker().verdict(dose) for dose in station.doses)


@pytest.mark.parametrize("part", ["manifest", "signature"])
def test_sign_doses_damaged_batch(station, part):
    """A damaged batch in the folder is named before anything is signed."""
    station.sign()
    batch = read_batch(station.folder, "lo_000001")
    write_batch(station.folder, replace(batch, **{part: getattr(batch, part)[:-9]}))

    assert code_of(station) in ("MANIFEST_BROKEN", "CMS_BROKEN")


def test_sign_doses_two_programs(station):
    """While one program signs into a folder another one is refused."""
    first = sign_doses(station.doses, station.desk)
    next(first)

    assert code_of(station) == "BATCH_BUSY"
    first.close()
    assert station.sign().signed == 6


def test_sign_doses_in_a_running_loop(station):
    """Signing works inside a running event loop, as in a notebook."""
    import asyncio

    async def cell():
        return station.sign().signed

    assert asyncio.run(cell()) == 10
