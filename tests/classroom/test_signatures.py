"""A class signs: its own certificates, real tokens in the packs, batches verified when marking."""

from __future__ import annotations

import json
import shutil
import stat
import zipfile

import pytest

from generator.problems import Problem
from sosach.cases.class_pki import CLASS_PKI, PIN
from sosach.classroom import back_up, grade, open_class, release, restore
from sosach.classroom.handouts import regenerate
from sosach.classroom.ledger import read_entry
from sosach.classroom.proving import key_for
from sosach.course.tokens import sign
from sosach.course.workplace import open_handout
from sosach.grading.specs import find_spec, load_spec

EXERCISE = "k2_13_ai_duoc_ky"
SPEC = load_spec(find_spec(EXERCISE))
ROSTER = (
    "ma_hoc_vien,ho_ten,don_vi\nky,Nguyễn Ký,T1\nsua,Trần Sửa,T2\nchep,Lê Chép,T3\nbam,Hồ Bấm,T4\n"
)


def right(folder, trainee):
    """The doses that a trainee may sign, and the token."""
    _, key = regenerate(folder, EXERCISE, trainee)
    ready = [dose for dose, able in key.doses.items() if able.may]
    tokens = key.doses[ready[0]].tokens
    return ready, next(name for name, token in tokens.items() if token.right)


def hand_in(folder, trainee, *, by_token):
    """Work out the exercise in the trainee's folder and copy it into the inbox."""
    home = folder / "phat_bai" / trainee / EXERCISE
    ready, token = right(folder, trainee)
    if by_token:
        assert sign(home, open_handout(home, SPEC), ready, token, PIN).new == len(ready)
    rows = [{"ma_mui": dose, "token": token} for dose in ready]
    (home / "bai_nop" / "ky_so.json").write_text(json.dumps(rows), encoding="utf-8")
    target = folder / "thu_bai" / trainee / EXERCISE
    shutil.copytree(home, target)
    return target / "bai_nop" / "chu_ky"


@pytest.fixture(scope="module")
def signed(tmp_path_factory):
    """A class in which four have signed: well, changed since, with others' batches, by clicks."""
    base = tmp_path_factory.mktemp("ky")
    (base / "ds.csv").write_text(ROSTER, encoding="utf-8")
    folder = open_class(base / "lop", "Lớp ký", base / "ds.csv").root
    release(folder, [EXERCISE], "lam_quen")
    own = hand_in(folder, "ky", by_token=True)
    changed = hand_in(folder, "sua", by_token=True) / "lo_000001.json"
    signature = (own / "lo_000001.p7s").read_bytes()
    (changed.with_suffix(".p7s")).write_bytes(signature)
    shutil.copytree(own, hand_in(folder, "chep", by_token=False))
    hand_in(folder, "bam", by_token=False)
    grade(folder)
    return folder


def entry(folder, trainee):
    """What became of a trainee's hand-in."""
    return read_entry(folder / "so_cham" / EXERCISE / f"{trainee}.json")


@pytest.mark.slow
@pytest.mark.parametrize(("trainee", "points"), [("ky", 10), ("sua", 0), ("chep", 10), ("bam", 10)])
def test_grade_looks_at_signatures(signed, trainee, points):
    """A batch with somebody else's signature takes its doses down; others' batches are no harm."""
    assert entry(signed, trainee).points == points


@pytest.mark.slow
def test_feedback_says_why_a_signature_does_not_hold(signed):
    """The page of the trainee names the reason."""
    page = signed / "feedback" / "sua" / EXERCISE / f"{EXERCISE}.html"

    assert "Chữ ký đã nộp không có giá trị" in page.read_text(encoding="utf-8")


@pytest.mark.slow
def test_packs_hold_no_key_of_an_authority(signed):
    """A trainee gets tokens closed by a PIN, and no other key."""
    authorities = [path.read_bytes() for path in (signed / CLASS_PKI / "noi_cap").glob("*.key")]
    given = [path for path in (signed / "phat_bai").rglob("*") if path.is_file()]

    assert len(authorities) >= 7
    for path in given:
        data = path.read_bytes()
        assert b"PRIVATE KEY" not in data, path
        assert not any(key in data for key in authorities)


@pytest.mark.slow
def test_restored_class_judges_the_same(signed, tmp_path):
    """The certificates are in the backup, for their owner alone, and signatures hold afterwards."""
    archive, _ = back_up(signed, tmp_path / "lop.zip")
    room = restore(archive, tmp_path / "lop_moi")
    work = signed / "thu_bai" / "ky" / EXERCISE / "bai_nop"
    files = {path.name: path.read_bytes() for path in work.rglob("lo_*")}
    secret = room.root / CLASS_PKI / "noi_cap" / "root.key"

    assert stat.S_IMODE(secret.stat().st_mode) == 0o600
    assert stat.S_IMODE(secret.parent.stat().st_mode) == 0o700
    with zipfile.ZipFile(archive) as kept:
        assert f"{CLASS_PKI}/tin_cay/ca_0.pem" in kept.namelist()
    assert key_for(room.root, EXERCISE, "ky", files) == regenerate(signed, EXERCISE, "ky")


@pytest.mark.slow
def test_lost_certificates_are_said(signed, tmp_path):
    """Without the trust anchors nothing is marked by guess: the trainer reads what is missing."""
    archive, _ = back_up(signed, tmp_path / "lop.zip")
    room = restore(archive, tmp_path / "lop_mat")
    shutil.rmtree(room.root / CLASS_PKI)
    files = {f"lo_000001{end}": b"x" for end in (".json", ".p7s", ".jsonl")}

    with pytest.raises(Problem, match="tin_cay"):
        key_for(room.root, EXERCISE, "ky", files)
