"""Signing in an exercise: real batches, resumed where they stopped, never a dose twice."""

import json
import shutil
import subprocess
import zipfile
from collections import Counter
from pathlib import Path

import pytest

from sosach.cases.class_pki import PIN
from sosach.course import mo_bai
from sosach.course.handin import pack_work, work_files
from sosach.course.tokens import proved_here, sign
from sosach.course.workplace import open_practice
from sosach.grading.scoring import score
from sosach.grading.specs import find_spec, load_spec
from sosach.review import Trouble
from sosach.signing import dose_signing
from sosach.signing.batches import batch_names, read_batch
from sosach.signing.tokens import VirtualToken
from sosach.signing.verdicts import SigningError

SPEC = load_spec(find_spec("k2_13_ai_duoc_ky"))
NOW = "1652061600"  # 9/5/2022, when openssl is asked


@pytest.fixture(scope="module")
def laid_out(tmp_path_factory):
    """A practice folder with its data and tokens."""
    folder = tmp_path_factory.mktemp("bai")
    open_practice(folder, SPEC, 1, "lam_quen")
    return folder


@pytest.fixture
def folder(laid_out, tmp_path, monkeypatch):
    """A copy of it that is the current folder."""
    shutil.copytree(laid_out, tmp_path, dirs_exist_ok=True)
    (tmp_path / "bai_nop").mkdir(exist_ok=True)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def place(folder):
    """The exercise as it lies in the folder."""
    return open_practice(folder, SPEC, 1, "lam_quen")


@pytest.fixture
def ready(place):
    """The doses that may be signed."""
    return [dose for dose, able in place.key.doses.items() if able.may]


@pytest.fixture
def right(place, ready):
    """The token that may be used."""
    tokens = place.key.doses[ready[0]].tokens
    return next(name for name, token in tokens.items() if token.right)


def signatures(folder):
    """How often each dose was signed in all batches."""
    target = folder / "bai_nop" / "chu_ky"
    batches = [read_batch(target, name) for name in batch_names(target)]
    return Counter(entry.dose for batch in batches for entry in batch.parsed().entries)


def test_sign_verifies_with_openssl(folder, place, ready, right):
    """Openssl calls a batch good by the trust anchors of the pack, and not by others."""
    sign(folder, place, ready, right, PIN)
    target = folder / "bai_nop" / "chu_ky"
    anchors = folder / "anchors.pem"
    pems = sorted((folder / "du_lieu" / "tin_cay").glob("*.pem"))
    anchors.write_bytes(b"".join(path.read_bytes() for path in pems))

    def checked(trusted):
        said = subprocess.run(
            [
                *("openssl", "cms", "-verify", "-binary", "-inform", "DER", "-purpose", "any"),
                *("-in", target / "lo_000001.p7s", "-content", target / "lo_000001.json"),
                *("-CAfile", trusted, "-attime", NOW, "-out", folder / "out"),
            ],
            capture_output=True,
            check=False,
        )
        return said.returncode, said.stderr

    assert checked(anchors)[0] == 0, checked(anchors)[1]
    assert (folder / "out").read_bytes() == (target / "lo_000001.json").read_bytes()
    (folder / "none.pem").write_bytes(pems[1].read_bytes())
    assert checked(folder / "none.pem")[0] != 0


def test_sign_again_signs_nothing(folder, place, ready, right):
    """Whoever runs the cell again signs no dose twice."""
    first = sign(folder, place, ready, right, PIN)
    again = sign(folder, place, ready, right, PIN)

    assert (first.new, again.new) == (len(ready), 0)
    assert sorted(again.signed) == sorted(ready)
    assert set(signatures(folder).values()) == {1}


def test_sign_pulled_out_and_resumed(folder, place, ready, right, monkeypatch):
    """Pulled out after the second batch, the token goes on from there: no dose is signed twice."""
    monkeypatch.setattr(dose_signing, "BATCH", 5)
    token = VirtualToken(folder / "du_lieu" / "token" / right)
    token.pull_out(after=2)
    stopped = sign(folder, place, ready, right, PIN)
    half = signatures(folder)
    token.plug_in()
    done = sign(folder, place, ready, right, PIN)

    assert stopped.new == 10
    assert "TOKEN_REMOVED" in stopped.stopped[0]
    assert sorted(half) == sorted(stopped.signed)
    assert done.new == len(ready) - 10
    assert signatures(folder) == Counter(ready)
    key = proved_here(folder, place, work_files(folder))
    assert key == place.key


def test_sign_other_token_after_a_wrong_one(folder, place, ready, right):
    """A dose that a wrong token signed can be signed by the right one; then it holds."""
    wrong = next(name for name in place.key.doses[ready[0]].tokens if name != right)
    sign(folder, place, ready, wrong, PIN)
    spoilt = proved_here(folder, place, work_files(folder))
    sign(folder, place, ready, right, PIN)

    assert all(spoilt.doses[dose].unheld for dose in ready)
    assert proved_here(folder, place, work_files(folder)) == place.key


def test_sign_wrong_pin(folder, place, ready, right):
    """A wrong PIN costs a try and signs nothing."""
    with pytest.raises(SigningError) as refused:
        sign(folder, place, ready, right, "sai12345")

    assert refused.value.finding.code == "PIN_INCORRECT"
    assert signatures(folder) == Counter()


def test_sign_unknown_token(folder, place, ready):
    """A token that is not in the drawer is named, and those that are."""
    with pytest.raises(Trouble, match=r"TK9.*TK1, TK2, TK3, TK4"):
        sign(folder, place, ready, "TK9", PIN)


def test_sign_nothing(folder, place, right):
    """Nothing to sign is no mistake."""
    assert sign(folder, place, [], right, PIN).said == "Đã ký 0 mũi."


def test_ky_writes_the_decision_and_the_proof(folder, ready, right):
    """bai.ky leaves ky_so.json and the batches; both are in the zip, and earn everything."""
    bai = mo_bai(SPEC.id)
    said = bai.ky(ready, token=right, pin=PIN)
    files = work_files(folder)
    key = bai._place.key

    assert str(len(ready)) in said.title
    assert sum(result.points for result in score(SPEC, key, files)) == 10
    path, _ = pack_work(folder, SPEC.id, "luyen-tap")
    with zipfile.ZipFile(path) as archive:
        names = set(archive.namelist())
    assert {"bai_nop/ky_so.json", "bai_nop/chu_ky/lo_000001.p7s"} <= names
    assert not any("token" in name or "khoa" in name for name in names)


def test_ky_leaves_json(folder, ready, right):
    """The artefact is JSON that anybody can read: one object per dose."""
    mo_bai(SPEC.id).ky(ready[:2], token=right, pin=PIN)
    rows = json.loads((folder / "bai_nop" / "ky_so.json").read_text(encoding="utf-8"))

    assert rows == [{"ma_mui": dose, "token": right} for dose in ready[:2]]


def test_ky_damaged_batch_is_said(folder, ready, right):
    """A batch of earlier that cannot be read stops the signing with a sentence."""
    bai = mo_bai(SPEC.id)
    bai.ky(ready[:2], token=right, pin=PIN)
    (folder / "bai_nop" / "chu_ky" / "lo_000001.json").write_bytes(b"{")

    said = bai.ky(ready, token=right, pin=PIN)
    assert said.kind == "loi"
    assert "lo_000001" in said.title


def test_ky_says_what_does_not_hold(folder, ready, right):
    """In practice a batch that was changed is found by the check, with its reason."""
    bai = mo_bai(SPEC.id)
    bai.ky(ready, token=right, pin=PIN)
    path = Path("bai_nop/chu_ky/lo_000001.json")
    path.write_bytes(path.read_bytes().replace(ready[0].encode(), b"MU0000000000"))

    assert "không có giá trị" in str(bai.kiem_tra())


def test_ky_twice_keeps_the_first(folder, ready, right):
    """Signing a second list adds to the first one."""
    bai = mo_bai(SPEC.id)
    bai.ky(ready[:3], token=right, pin=PIN)
    bai.ky(ready[3:], token=right, pin=PIN)

    assert sum(r.points for r in score(SPEC, bai._place.key, work_files(folder))) == 10


def test_ky_wrong_pin_is_said(folder, ready, right):
    """A wrong PIN is answered in a notice, not by a traceback."""
    said = mo_bai(SPEC.id).ky(ready, token=right, pin="sai12345")

    assert said.kind == "loi"
    assert not (folder / "bai_nop" / "ky_so.json").exists()
