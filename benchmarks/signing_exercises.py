"""Handing out exercises on signing, with real prints, and marking handed-in batches.

    python benchmarks/signing_exercises.py [EXERCISE ...]

Unit of a hand-out: one more trainee's pack at ``van_dung``, 12 less 2 trainees, in a class whose
certificates and tokens are made already (that costs once: the last line); the peer is an exercise
without prints. Unit of marking: one submission of k2_13 through ``sosach grade``, with its signed
batch and without; and the check of the batch alone against ``openssl cms -verify`` of it. CPU
seconds, three rounds, interleaved.
"""

from __future__ import annotations

import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections import defaultdict
from importlib.metadata import version
from pathlib import Path

from compare import ROUNDS, cpu_seconds

from sosach.cases.class_pki import CLASS_PKI, PIN, TRUST
from sosach.classroom import grade, open_class, release
from sosach.classroom.handouts import regenerate
from sosach.classroom.proving import key_for
from sosach.course.tokens import sign
from sosach.course.workplace import open_handout
from sosach.grading.specs import find_spec, load_spec

PEER, SIGNED = "k1_02_lap_danh_sach", "k2_13_ai_duoc_ky"
FEW, MANY = 2, 12


def opened(folder: Path, n: int, certificates: Path | None = None) -> Path:
    """Open a class of `n`, with certificates made before."""
    roster = folder.with_suffix(".csv")
    rows = "".join(f"hv{i:03d},Học viên {i},Trạm\n" for i in range(n))
    roster.write_text(f"ma_hoc_vien,ho_ten,don_vi\n{rows}", encoding="utf-8")
    room = open_class(folder, "Lớp đo", roster)
    if certificates:
        shutil.copytree(certificates, room.root / CLASS_PKI)
    return room.root


def handed_out(base: Path, exercise: str, certificates: Path) -> float:
    """Return the CPU seconds of one more pack."""
    spent = []
    for n in (FEW, MANY):
        folder = opened(base / f"lop_{n}", n, certificates)
        before = cpu_seconds()
        release(folder, [exercise], "van_dung")
        spent.append(cpu_seconds() - before)
        shutil.rmtree(folder)
    return (spent[1] - spent[0]) / (MANY - FEW)


def worked(folder: Path) -> None:
    """Let everybody sign the right doses and hand them in."""
    release(folder, [SIGNED], "van_dung")
    for home in sorted((folder / "phat_bai").glob(f"*/{SIGNED}")):
        trainee, spec = home.parent.name, load_spec(find_spec(SIGNED))
        _, key = regenerate(folder, SIGNED, trainee)
        ready = [dose for dose, able in key.doses.items() if able.may]
        token = next(n for n, t in key.doses[ready[0]].tokens.items() if t.right)
        sign(home, open_handout(home, spec), ready, token, PIN)
        rows = [{"ma_mui": dose, "token": token} for dose in ready]
        (home / "bai_nop" / "ky_so.json").write_text(json.dumps(rows), encoding="utf-8")
        shutil.copytree(home, folder / "thu_bai" / trainee / SIGNED)


def marked(base: Path, folder: Path, *, batches: bool) -> float:
    """Return the CPU seconds of marking one submission."""
    copy = base / "cham"
    shutil.copytree(folder, copy)
    if not batches:
        for path in copy.glob("thu_bai/*/*/bai_nop/chu_ky"):
            shutil.rmtree(path)
    before = cpu_seconds()
    [ledger] = grade(copy, [SIGNED])
    spent = cpu_seconds() - before
    if ledger.counts()["graded"] != MANY:
        raise RuntimeError(ledger)
    shutil.rmtree(copy)
    return spent / MANY


def checked(folder: Path) -> tuple[float, float]:
    """Return the CPU seconds of looking at one submission's batch: ours, and openssl's."""
    ours = theirs = 0.0
    anchors = folder / "neo.pem"
    anchors.write_bytes(
        b"".join(p.read_bytes() for p in (folder / CLASS_PKI / TRUST).glob("*.pem"))
    )
    for home in sorted((folder / "thu_bai").glob(f"*/{SIGNED}")):
        batch = home / "bai_nop" / "chu_ky"
        files = {path.name: path.read_bytes() for path in batch.glob("lo_*")}
        regenerate(folder, SIGNED, home.parent.name)
        before = cpu_seconds()
        key_for(folder, SIGNED, home.parent.name, files)
        ours += cpu_seconds() - before
        before = cpu_seconds()
        command = [
            *("openssl", "cms", "-verify", "-binary", "-inform", "DER", "-purpose", "any"),
            *("-in", batch / "lo_000001.p7s", "-content", batch / "lo_000001.json"),
            *("-CAfile", anchors, "-attime", "1652061600", "-out", os.devnull),
        ]
        subprocess.run(command, check=True, capture_output=True)
        theirs += cpu_seconds() - before
    return ours / MANY, theirs / MANY


def main() -> None:
    """Measure, and print medians with their range."""
    found: dict[str, list[float]] = defaultdict(list)
    every = sorted(path.stem for path in find_spec(SIGNED).parent.glob("k2_*.toml"))
    exercises = sys.argv[1:] or every
    with tempfile.TemporaryDirectory() as place:
        base = Path(place)
        folder = opened(base / "lop", MANY)
        before = cpu_seconds()
        release(folder, [SIGNED], "van_dung")
        once = cpu_seconds() - before
        worked(folder)
        once -= MANY * handed_out(base, SIGNED, folder / CLASS_PKI)
        for _ in range(ROUNDS):
            for exercise in (PEER, *exercises):
                found[f"hand out {exercise}"].append(handed_out(base, exercise, folder / CLASS_PKI))
            found["mark k2_13 with its batch"].append(marked(base, folder, batches=True))
            found["mark k2_13, decisions alone"].append(marked(base, folder, batches=False))
            ours, theirs = checked(folder)
            found["look at the batch"].append(ours)
            found["openssl cms -verify"].append(theirs)
    print(
        f"Python {platform.python_version()}, {os.cpu_count()} cores,"
        f" cryptography {version('cryptography')}; {ROUNDS} rounds, interleaved"
    )
    for name, spent in found.items():
        middle = statistics.median(spent) * 1000
        print(f"{name:34} {middle:8.1f} CPU ms ({min(spent) * 1000:.1f} - {max(spent) * 1000:.1f})")
    print(f"certificates and tokens of a class, once: about {once:.1f} CPU s")


if __name__ == "__main__":
    os.environ["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    main()
