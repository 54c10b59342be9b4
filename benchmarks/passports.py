"""Passports: issuing against openssl's bare signatures, pictures against segno, batches, verdicts.

``python benchmarks/passports.py [issue] [pictures] [batch] [verify]``; everything without a word.
"""

from __future__ import annotations

import io
import os
import platform
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import datetime, timedelta
from functools import partial
from importlib.metadata import version
from multiprocessing import get_context
from pathlib import Path

import segno

from sosach.executors import Losses, processes
from sosach.signing.faults.passport_office import Holder, Office, holder_of
from sosach.signing.passport import base45, claims, cose, hc1
from sosach.signing.passport.batch import SIZE, Job, issue_batch
from sosach.signing.passport.issuing import issuer_of
from sosach.signing.passport.qr import png
from sosach.signing.passport.requests import Codes, Request, write_requests
from sosach.signing.passport.verifying import verify
from sosach.signing.pki import load_pki, make_pki, save_pki
from sosach.signing.verdicts import VIETNAM

OPENED = datetime(2022, 5, 4, 8, tzinfo=VIETNAM)
ISSUED = OPENED + timedelta(days=10)
ROUNDS = 5
#: passports of one process and round; pictures; requests of the measured batch
RECORDS, PICTURES, REQUESTS = 1_500, 150, 6_000
#: what HCDC had signed by 28 April 2022
ALL = 374_137


def people(count: int) -> Iterator[Request]:
    """Invent people with two signed doses."""
    for i in range(count):
        holder: Holder = holder_of(random.Random(i), ISSUED)  # noqa: S311
        signed = {dose["ma_mui"]: Codes([]) for dose in holder.doses}
        yield Request(holder.record, holder.doses, signed)


def issue(folder: Path) -> float:
    """Issue passports; return CPU seconds a record."""
    issuer = issuer_of(load_pki(folder))
    requests = list(people(RECORDS))
    used = time.process_time()
    for start in range(0, RECORDS, SIZE):
        issuer.issue_all(requests[start : start + SIZE], ISSUED)
    return (time.process_time() - used) / RECORDS


def openssl() -> float:
    """Let two processes of openssl sign at once; return CPU seconds a signature."""
    # without -multi, which counts by the clock on the wall
    words = ("openssl", "speed", "-seconds", "3", "-mr", "rsa2048")
    running = [
        subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        for _ in range(2)
    ]
    told = [each.communicate()[0] for each in running]
    # +F2:<number>:<bits>:<signatures a second>:<verifications a second>
    rows = [
        line.split(":") for each in told for line in each.splitlines() if line.startswith("+F2:")
    ]
    return statistics.mean(1 / float(row[3]) for row in rows)


def compare_issuing(folder: Path) -> None:
    """Issue on two cores, in turn with openssl on two cores."""
    ours, bare = [], []
    with ProcessPoolExecutor(2, get_context("spawn")) as pool:
        list(pool.map(issue, [folder] * 2))  # imports and keys
        for _ in range(ROUNDS):
            bare.append(openssl())
            ours.append(statistics.mean(pool.map(issue, [folder] * 2)))
    ratios = [peer / own for peer, own in zip(bare, ours, strict=True)]
    say("record to HC1 text, PS256, two processes", ours, 1000, "CPU ms")
    say("one signature of openssl speed rsa2048, two processes", bare, 1000, "CPU ms")
    say("openssl / ours, CPU", ratios, 1, "")


def say(what: str, figures: list[float], factor: float, unit: str) -> None:
    """Print median and range."""
    low, middle, high = (f(figures) * factor for f in (min, statistics.median, max))
    print(f"{what}: {middle:.3f} {unit} ({low:.3f} - {high:.3f})")


def cpu(work: Callable[[], object]) -> float:
    """Return the CPU seconds of this process for some work."""
    used = time.process_time()
    work()
    return time.process_time() - used


def by_segno(text: str) -> bytes:
    """Draw the same code with segno."""
    file = io.BytesIO()
    code = segno.make(text, error="q", mode="alphanumeric", boost_error=False)
    code.save(file, kind="png", scale=4, dpi=300)
    return file.getvalue()


def compare_pictures(folder: Path) -> None:
    """Draw codes in turn with segno; read every one of ours with zbar."""
    issuer = issuer_of(load_pki(folder))
    texts = [issuer.issue(request, ISSUED).text for request in people(PICTURES)]
    ours, theirs = [], []
    for _ in range(ROUNDS):
        ours.append(cpu(lambda: [png(text) for text in texts]) / PICTURES)
        theirs.append(
            cpu(lambda: [by_segno(text) for text in texts[: PICTURES // 10]]) / (PICTURES // 10)
        )
    say("one QR code as PNG", ours, 1000, "CPU ms")
    say("segno", theirs, 1000, "CPU ms")
    say("segno / ours", [a / b for a, b in zip(theirs, ours, strict=True)], 1, "")
    print(f"read back by zbar: {read_back(texts)} of {PICTURES}")


def read_back(texts: list[str]) -> int:
    """Count the codes that zbar reads as they were meant."""
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / f"{i:04d}.png" for i in range(len(texts))]
        for path, text in zip(paths, texts, strict=True):
            path.write_bytes(png(text))
        words = ("zbarimg", "--quiet", "--raw", "-Sdisable", "-Sqrcode.enable", *map(str, paths))
        read = subprocess.run(words, capture_output=True, text=True, check=False).stdout
    return sum(a == b for a, b in zip(texts, read.splitlines(), strict=False))


def measure_batch(folder: Path) -> None:
    """Issue a small and a larger batch by two processes: the difference is what one more costs."""
    for pictures, count in ((False, REQUESTS), (True, REQUESTS // 4)):
        small, large = (batch(folder, each, pictures) for each in (count // 6, count))
        more = count - count // 6
        seconds, spent = ((b - a) / more for a, b in zip(small, large, strict=True))
        size = sum(path.stat().st_size for path in (folder / f"{count}").iterdir()) / count
        print(
            f"batch of {count}{' with PNG' if pictures else ''}, two processes: one more takes"
            f" {seconds * 1000:.2f} ms, {spent * 1000:.2f} CPU ms, {size:.0f} bytes; {ALL} would take"
            f" {small[0] + ALL * seconds:.0f} s, {small[1] + ALL * spent:.0f} CPU s"
        )
    peak = max(
        resource.getrusage(who).ru_maxrss
        for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    print(f"largest process: {peak / 1024:.0f} MB")


def batch(folder: Path, count: int, pictures: bool) -> tuple[float, float]:
    """Issue a batch; return seconds and CPU seconds, those of the processes' start included."""
    requests = folder / "requests.jsonl"
    write_requests(people(count), requests)
    job = Job(requests, folder, folder / f"{count}", ISSUED, "rsa", pictures)
    began, used = time.monotonic(), sum(os.times()[:4])
    issue_batch(job, processes(2, Losses(str, print)))
    return time.monotonic() - began, sum(os.times()[:4]) - used


def measure_verifying(folder: Path) -> None:
    """Verify passports: the whole verdict, and the container alone."""
    pki, holder = load_pki(folder), holder_of(random.Random(1), ISSUED)  # noqa: S311
    for kind, name in (("rsa", "PS256"), ("ec", "ES256")):
        office = Office(pki, holder, ISSUED, kind)
        arguments = (office.passport.text, office.trust, ISSUED + timedelta(days=1))
        whole = rates(partial(verify, *arguments))
        bare = rates(partial(container, arguments[0], office))
        say(f"verdict on a {name} passport, all stages", whole, 1, "per CPU s")
        say(f"text to claims, {name}", bare, 1, "per CPU s")


def rates(work: Callable[[], object], times: int = 300) -> list[float]:
    """Return how often something can be done in a CPU second, once for each round."""
    return [times / cpu(lambda: [work() for _ in range(times)]) for _ in range(ROUNDS)]


def container(text: str, office: Office) -> claims.Claims:
    """Go from the text to believed claims, as far as signature and window."""
    message = cose.read(hc1.inflate(base45.decode(hc1.strip_prefix(text))))
    fitting = cose.check_algorithm(message, cose.candidates(message, office.trust.signers))
    cose.check_signature(message, fitting)
    return claims.read_claims(message.payload)


def main() -> None:
    """Run what is named, or everything."""
    parts = {
        "issue": compare_issuing,
        "pictures": compare_pictures,
        "batch": measure_batch,
        "verify": measure_verifying,
    }
    names = ("cryptography", "cbor2", "zxing-cpp", "pillow", "segno", "jsonschema")
    told = subprocess.run(["openssl", "version"], capture_output=True, text=True, check=True).stdout
    print(
        f"Python {platform.python_version()}, {os.cpu_count()} cores, {ROUNDS} rounds, {told.strip()}"
    )
    print(", ".join(f"{name} {version(name)}" for name in names))
    with tempfile.TemporaryDirectory() as folder:
        save_pki(make_pki(OPENED), Path(folder))
        for name in sys.argv[1:] or parts:
            partial(parts[name], Path(folder))()


if __name__ == "__main__":
    main()
