"""Batches: everybody once, resumed after a crash, the same by any executor."""

import json
import os
import tracemalloc
import zipfile
from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest

from sosach.executors import Losses, processes
from sosach.signing.passport import batch
from sosach.signing.passport.batch import Job, issue_batch, issue_part, parts_of, passports
from sosach.signing.passport.qr import read_file
from sosach.signing.passport.requests import (
    Codes,
    Request,
    read_request,
    requests_of,
    write_requests,
)
from sosach.signing.passport.verifying import verify

from .conftest import DAY, ISSUED

GOOD = Codes([])


@pytest.fixture
def make_requests(offices):
    """Make requests of invented people; every fifth dose is not signed."""
    holder = offices["ec"].holder

    def make(count):
        for i in range(count):
            record = {**holder.record, "ma_ho_so": f"HS{i:06d}"}
            doses = tuple(
                {**dose, "ma_ho_so": record["ma_ho_so"], "ma_mui": f"MU{i:06d}{j}"}
                for j, dose in enumerate(holder.doses)
            )
            codes = Codes(["CONTENT_ALTERED"] if i % 5 == 4 else [])
            yield Request(record, doses, {dose["ma_mui"]: codes for dose in doses})

    return make


@pytest.fixture
def job(tmp_path, pki_folder, make_requests):
    """A batch of 50 requests, of which 40 are entitled."""
    write_requests(make_requests(50), tmp_path / "yeu_cau.jsonl")
    return Job(tmp_path / "yeu_cau.jsonl", pki_folder, tmp_path / "ho_chieu", ISSUED, "ec")


@pytest.fixture
def small_parts(monkeypatch):
    """Parts of seven requests."""
    monkeypatch.setattr(batch, "parts_of", partial(parts_of, size=7))


def contents(folder):
    """Return name and bytes of every file."""
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


@pytest.mark.parametrize("size", [1, 7, 49, 50, 51, 500])
def test_parts_of_cover_everything_once(job, size):
    """However a file is divided, its parts follow each other without gap and without loss."""
    parts = parts_of(job.requests, size)
    data = job.requests.read_bytes()

    assert b"".join(data[p.start : p.start + p.size] for p in parts) == data
    assert [p.first for p in parts] == list(range(1, 51, size))
    assert [p.number for p in parts] == list(range(1, len(parts) + 1))


def test_parts_of_nothing(tmp_path):
    """An empty file has no parts."""
    (tmp_path / "empty").touch()

    assert parts_of(tmp_path / "empty") == []


@pytest.mark.usefixtures("small_parts")
def test_issue_batch_everybody_once(job, offices):
    """Each record is issued or refused with a reason, once; what is issued is good."""
    tally = issue_batch(job, map)
    made = list(passports(job.folder))

    assert (tally.issued, dict(tally.refused)) == (40, {"DOSE_UNSIGNED": 10})
    assert len({row["ma_ho_so"] for row in made}) == len({row["ci"] for row in made}) == 40
    assert all(verify(row["text"], offices["ec"].trust, ISSUED + DAY) for row in made)


@pytest.mark.usefixtures("small_parts")
def test_issue_batch_refusals_are_told(job):
    """A refusal stands beside the passports, with code and sentence."""
    issue_batch(job, map)
    lines = [
        json.loads(line)
        for path in job.folder.glob("*.jsonl")
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
    refused = [row for row in lines if "ma_loi" in row]

    assert len(refused) == 10
    assert {row["ma_loi"] for row in refused} == {"DOSE_UNSIGNED"}
    assert all("CONTENT_ALTERED" in row["ly_do"] for row in refused)


@pytest.mark.slow
@pytest.mark.usefixtures("small_parts")
def test_issue_batch_same_by_any_executor(job, tmp_path):
    """One process, two processes, parts in another order: the same bytes (ES256)."""
    folders = [tmp_path / name for name in ("one", "two", "back")]
    runs = [map, processes(2, Losses(str, print)), lambda work, things: map(work, things[::-1])]
    for folder, run in zip(folders, runs, strict=True):
        issue_batch(replace(job, folder=folder), run)

    assert contents(folders[0]) == contents(folders[1]) == contents(folders[2])


class Crash(Exception):  # noqa: N818 - it is none of ours
    """The power fails."""


@pytest.mark.usefixtures("small_parts")
@pytest.mark.parametrize("done", [0, 3, 7])
def test_issue_batch_resumed_after_a_crash(job, tmp_path, done):
    """After a crash only the parts that are missing are made, and the whole is as if never stopped."""
    worked = []

    def until_crash(work, things):
        for thing in things[:done]:
            yield work(thing)
        raise Crash

    def counted(work, things):
        for thing in things:
            before = contents(job.folder) if job.folder.exists() else {}
            yield work(thing)
            worked.append(before != contents(job.folder))

    with pytest.raises(Crash):
        issue_batch(job, until_crash)
    tally = issue_batch(job, counted)
    issue_batch(replace(job, folder=tmp_path / "never_stopped"), map)

    assert sum(worked) == 8 - done
    assert tally.issued == 40
    assert contents(job.folder) == contents(tmp_path / "never_stopped")


@pytest.mark.usefixtures("small_parts")
def test_issue_batch_again_changes_nothing(job):
    """A finished batch is read, not made again, although PS256 would draw new salts."""
    own = replace(job, kind="rsa")
    issue_batch(own, map)
    before = contents(own.folder)
    issue_batch(own, map)

    assert contents(own.folder) == before


@pytest.mark.usefixtures("small_parts")
@pytest.mark.parametrize("what", ["moment", "key", "request"])
def test_issue_batch_of_something_else(job, make_requests, what):
    """A part of another moment, key or request is made anew, not taken for ours."""
    issue_batch(job, map)
    before = contents(job.folder)
    changed = {
        "moment": replace(job, iat=ISSUED + timedelta(seconds=1)),
        "key": replace(job, kind="rsa"),
        "request": job,
    }[what]
    if what == "request":
        others = [replace(r, record={**r.record, "ngay_sinh": "1990"}) for r in make_requests(50)]
        write_requests(others, job.requests)
    issue_batch(changed, map)

    assert all(contents(job.folder)[name] != data for name, data in before.items())


@pytest.mark.usefixtures("small_parts")
def test_issue_batch_damaged_part(job):
    """A part whose first line is damaged is made again."""
    issue_batch(job, map)
    before = contents(job.folder)
    for damage in (b"", b"\xff\xfe", b"[]\n"):
        (job.folder / "ho_chieu_000002.jsonl").write_bytes(damage)
        issue_batch(job, map)

        assert contents(job.folder) == before


@pytest.mark.usefixtures("small_parts")
def test_issue_batch_pictures(job, tmp_path):
    """With pictures every passport has its code in the part's archive; missing archives are made."""
    issue_batch(job, map)
    drawn = replace(job, pictures=True)
    issue_batch(drawn, map)
    by_number = {row["ci"][-32:]: row["text"] for row in passports(job.folder)}
    seen = {}
    for path in sorted(job.folder.glob("*.zip")):
        with zipfile.ZipFile(path) as archive:
            for name in archive.namelist():
                (tmp_path / "code.png").write_bytes(archive.read(name))
                seen[name.removesuffix(".png")] = read_file(tmp_path / "code.png")

    assert seen == by_number


def test_issue_part_full_disk(refused, job, monkeypatch):
    """On a full disk it is said so, and no half of a part is left under its name."""

    def full(*_):
        raise OSError(28, "No space left on device")

    part = parts_of(job.requests)[0]
    monkeypatch.setattr(os, "fsync", full)

    assert refused(issue_part, job, part).code == "DISK_REFUSES"
    assert list(job.folder.iterdir()) == []


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"{",
        b"[]",
        b"5",
        b"{}",
        b'{"ho_so": 1, "mui": [], "chu_ky": {}}',
        b"\xff",
        b"[" * 10**5,
    ],
)
def test_read_request_refused(refused, line):
    """Any bytes as a request are a request or one clear error."""
    assert refused(read_request, line, 7).code == "REQUEST_BROKEN"


def test_issue_batch_broken_line(job):
    """A line that is no request is told with its number and stops nobody else."""
    lines = job.requests.read_bytes().splitlines(keepends=True)
    job.requests.write_bytes(b"".join([*lines[:3], b"broken\n", *lines[3:]]))
    tally = issue_batch(job, map)

    assert tally.issued == 40
    assert tally.refused["REQUEST_BROKEN"] == 1
    assert b"t\xe1\xbb\x87p 4" in (job.folder / "ho_chieu_000001.jsonl").read_bytes()


def test_write_requests_read_back(make_requests, tmp_path):
    """What is written is read."""
    path = tmp_path / "r.jsonl"
    count = write_requests(make_requests(3), path)
    read = [read_request(line, 1) for line in path.read_bytes().splitlines()]

    assert count == 3
    assert read == list(make_requests(3))


def test_requests_of_any_order():
    """Records and doses are brought together whatever their order; strangers' doses belong to none."""
    records = [{"ma_ho_so": name, "ho_ten": "x"} for name in ("B", "A", "C")]
    doses = [{"ma_ho_so": owner, "ma_mui": f"{owner}{i}"} for i in (1, 2) for owner in "ABZ"]
    asked = []

    def verdict(row):
        asked.append((row["ma_mui"], row["ho_ten"]))
        return Codes(["SUPERSEDED"] if row["ma_mui"] == "A2" else [])

    made = list(requests_of(records, doses, verdict))

    assert [[d["ma_mui"] for d in r.doses] for r in made] == [["B1", "B2"], ["A1", "A2"], []]
    assert made[1].signed == {"A1": GOOD, "A2": Codes(["SUPERSEDED"])}
    assert asked == [(name, "x") for name in ("B1", "B2", "A1", "A2")]


def test_requests_of_verdict_without_codes():
    """A verdict that is bad but says nothing stays bad."""

    class Silent:
        ok, codes = False, []

    (made,) = requests_of(
        [{"ma_ho_so": "A"}], [{"ma_ho_so": "A", "ma_mui": "1"}], lambda _: Silent()
    )

    assert not made.signed["1"].ok


@pytest.mark.slow
def test_issue_batch_bounded_memory(tmp_path, pki_folder, make_requests):
    """Four times the requests need no more memory."""
    peaks = []
    for count in (500, 2_000):
        folder = tmp_path / str(count)
        folder.mkdir()
        tracemalloc.start()
        write_requests(make_requests(count), folder / "r.jsonl")
        issue_batch(Job(folder / "r.jsonl", pki_folder, folder / "out", ISSUED, "ec"), map)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()

    assert peaks[1] < 1.3 * peaks[0]
