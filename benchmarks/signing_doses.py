"""Signing and verifying doses, against the bare RSA-2048 operations of ``openssl speed``.

    python benchmarks/signing_doses.py

Unit: one dose. Signed in batches of 500 with the virtual token (no delay), files synchronised to
the disk; the campaign's 374,137 doses are extrapolated from 20,000. Each subject runs in a process
of its own, three rounds, interleaved with openssl; CPU seconds; making keys and doses is outside.
"""

from __future__ import annotations

import json
import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from importlib.metadata import version
from pathlib import Path

from sosach.signing.certificates import subject
from sosach.signing.dose_checks import DoseChecker, View
from sosach.signing.dose_signing import Desk, sign_doses
from sosach.signing.pki import Pki, make_pki
from sosach.signing.time_stamps import time_stamper
from sosach.signing.tokens import VirtualToken, init_token
from sosach.signing.trust import trust_of
from sosach.signing.verdicts import VIETNAM

ROUNDS = 3
CAMPAIGN = 374_137
DOSES = 20_000
SINGLE = 300
AT = datetime(2022, 5, 10, 8, tzinfo=VIETNAM)
UNIT = "CS27136-1"


def doses(count: int) -> Iterator[dict[str, str]]:
    """Make rows of the register as they are asked for."""
    for number in range(count):
        yield {
            "ma_mui": f"MU{number:010d}",
            "ma_ho_so": f"HS{number:010d}",
            "so_giay_to": f"079{number:09d}",
            "ho_ten": "Nguyễn Thị Mô Phỏng",
            "ngay_sinh": "01/02/1990",
            "gioi_tinh": "Nữ",
            "quoc_tich": "Việt Nam",
            "mui": "CB1",
            "ten_vac_xin": "Vero Cell",
            "so_lo": "203141C180",
            "ngay_tiem": "20/08/2021",
            "co_so_tiem": "CS27136-5",
            "don_vi_nhap": UNIT,
        }


def made_token(folder: Path, pki: Pki) -> VirtualToken:
    """Make a token with a certificate, logged in."""
    token = init_token(folder / "token", "puk-12345", 3, "Abcd1234")
    name = subject("Trạm Y tế", UNIT)
    token.store_certificates(
        pki.issue("facility", token.public_key(), name, "cong_vu", AT - timedelta(days=30))
    )
    return token


def cpu(work: Callable[[], object]) -> tuple[float, float]:
    """Return CPU and wall seconds of some work."""
    before, began = time.process_time(), time.monotonic()
    work()
    return time.process_time() - before, time.monotonic() - began


def run(count: int, size: int, stamped: bool) -> dict[str, float]:
    """Sign, sign again, verify; per dose, with the largest memory of this process."""
    pki = make_pki(AT)
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        token, trust = made_token(folder, pki), trust_of(pki, AT)
        stamper = time_stamper(pki, AT) if stamped else None
        desk = Desk(token, folder / "ky", trust, AT, stamper, size=size)
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        signed = cpu(lambda: [None for _ in sign_doses(doses(count), desk)])
        again = cpu(lambda: [None for _ in sign_doses(doses(count), desk)])
        view = View(trust, AT + timedelta(hours=1))
        checker = DoseChecker(desk.folder, view)
        checked = cpu(lambda: [None for dose in doses(count) if not checker.verdict(dose)])
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    names = {"signed": signed, "again": again, "checked": checked}
    return {
        **{f"{name}_cpu": found[0] / count for name, found in names.items()},
        **{f"{name}_wall": found[1] / count for name, found in names.items()},
        "memory_mb": peak / 1024,
        "memory_before_mb": before / 1024,
    }


def openssl() -> dict[str, float]:
    """Return CPU seconds of one RSA-2048 signature and one verification of openssl."""
    words = ["openssl", "speed", "-mr", "-seconds", "2", "rsa2048"]
    told = subprocess.run(words, capture_output=True, text=True, check=True).stdout
    line = next(line for line in told.splitlines() if line.startswith("+F2:"))
    sign, verify = (1 / float(part) for part in line.split(":")[3:5])  # it tells rates
    return {"sign": sign, "verify": verify}


SUBJECTS: dict[str, Callable[[], dict[str, float]]] = {
    "openssl": openssl,
    "few": lambda: run(DOSES // 4, 500, stamped=False),
    "batch": lambda: run(DOSES, 500, stamped=False),
    "stamped": lambda: run(DOSES, 500, stamped=True),
    "single": lambda: run(SINGLE, 1, stamped=False),
}


def main() -> None:
    """Run one subject if named, otherwise all in turn, and say the medians."""
    if len(sys.argv) > 1:
        print(json.dumps(SUBJECTS[sys.argv[1]]()))
        return
    found: dict[str, list[dict[str, float]]] = {name: [] for name in SUBJECTS}
    for _ in range(ROUNDS):
        for name in SUBJECTS:
            words = [sys.executable, __file__, name]
            done = subprocess.run(words, capture_output=True, text=True, check=True)
            found[name].append(json.loads(done.stdout))
    packages = ", ".join(f"{name} {version(name)}" for name in ("cryptography", "pyhanko"))
    print(
        f"Python {platform.python_version()}, {os.cpu_count()} cores, {packages}, {ROUNDS} rounds"
    )
    for name, rounds in found.items():
        for figure in rounds[0]:
            values = [each[figure] for each in rounds]
            told = f"{statistics.median(values):.6g} ({min(values):.6g} - {max(values):.6g})"
            print(f"{name:8} {figure:18} {told}")
    tell(found)


def tell(found: dict[str, list[dict[str, float]]]) -> None:
    """Say the ratios, computed within each round, and what the campaign would take."""

    def ratio(name: str, figure: str, peer: str) -> str:
        pairs = zip(found[name], found["openssl"], strict=True)
        values = [ours[figure] / theirs[peer] for ours, theirs in pairs]
        return f"{statistics.median(values):.3g} ({min(values):.3g} - {max(values):.3g})"

    for name in ("batch", "stamped", "single"):
        print(
            f"{name}: signing a dose costs {ratio(name, 'signed_cpu', 'sign')} openssl signatures"
        )
        print(f"{name}: checking one costs {ratio(name, 'checked_cpu', 'verify')} verifications")
    for name in ("batch", "stamped"):
        for figure in ("signed_cpu", "signed_wall", "again_cpu", "checked_cpu"):
            seconds = statistics.median(each[figure] for each in found[name]) * CAMPAIGN
            print(f"{name}: {CAMPAIGN} doses, {figure}: {seconds:.0f} s (extrapolated)")


if __name__ == "__main__":
    main()
