"""The commands of tokens and signing, from making a token to a signed list."""

import csv
import fcntl
import json
import os
import pty
import shlex
import shutil
import subprocess
import sys
import termios
from contextlib import chdir
from pathlib import Path

import pytest
import typst
from click.testing import CliRunner

from sosach.cli import main
from sosach.signing.batches import batch_names
from sosach.signing.dose_checks import DoseChecker, View
from sosach.signing.doses import DOSE_COLUMNS, SUBJECT_COLUMNS
from sosach.signing.lists import Expected, check_list
from sosach.signing.pki import load_pki
from sosach.signing.trust import save_trust, trust_of

from .signing.conftest import OPENED, OTHER, UNIT, make_dose

PIN = "Abcd1234"


def call(*words, typed=""):
    """Run a command line; `typed` are the lines of standard input."""
    return CliRunner().invoke(main, [str(word) for word in words], input=typed)


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Run command lines in a folder of their own."""
    monkeypatch.chdir(tmp_path)
    return call


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """A folder with a token that has a PIN of its own, and what was said when it was made."""
    folder = tmp_path_factory.mktemp("kept")
    words = ("--unit", UNIT, "--name", "Trạm Y tế Phường 13", "--at", "2022-05-04T08:00", "--json")
    with chdir(folder):
        told = json.loads(call("token", "init", "TYT-P13", *words).stdout)
        call("token", "change-pin", "TYT-P13", typed=f"12345678\n{PIN}\n")
    return folder, told


@pytest.fixture
def made(run, kept, tmp_path):
    """A copy of that folder, where commands run; what was said when the token was made."""
    folder, told = kept
    shutil.copytree(folder, tmp_path, dirs_exist_ok=True)
    return told


@pytest.fixture
def data(tmp_path):
    """A station's folder with seven doses, one of another unit and one of an unverified record."""
    rows = [make_dose(n, tt_xac_minh="Đúng") for n in range(1, 8)]
    rows[5]["don_vi_nhap"], rows[6]["tt_xac_minh"] = OTHER, "Sai"
    for name, columns in (("mui_tiem", DOSE_COLUMNS), ("doi_tuong", SUBJECT_COLUMNS)):
        with (tmp_path / f"{name}.csv").open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.DictWriter(file, columns, extrasaction="ignore")
            writer.writeheader()
            writer.writerows(rows)
    return tmp_path


def test_token_init_tells_pin_and_puk(made, tmp_path):
    """A new token comes with the delivered PIN and a PUK of its own; the class gets certificates."""
    assert made["pin"] == "12345678"
    assert len(made["puk"]) == 8
    assert load_pki(tmp_path / "chung_thu").identities.keys() >= {"root", "cong_vu"}


def test_token_init_twice_exits_1(run, made):
    """A token is never made over another one."""
    done = run(*("token", "init", "TYT-P13", "--unit", UNIT, "--name", "x", "--at", "2022-05-04"))

    assert done.exit_code == 1
    assert "TOKEN_EXISTS" in done.stderr


@pytest.mark.parametrize("words", [("../x", "2022-05-04"), ("đ", "2022-05-04"), ("a", "4/5/2022")])
def test_token_init_used_wrongly_exits_2(run, tmp_path, words):
    """A name that is no folder and a day that is none are refused, and nothing is made."""
    label, day = words
    done = run("token", "init", label, "--unit", UNIT, "--name", "x", "--at", day)

    assert done.exit_code == 2
    assert list(tmp_path.iterdir()) == []


def test_token_list(run, made):
    """The list tells label, tries, unit and validity; as JSON too."""
    shown, listed = run("token", "list"), run("token", "list", "--json")
    (row,) = json.loads(listed.stdout)

    assert "TYT-P13: đang cắm; còn 3 lần PIN; Trạm Y tế Phường 13 (CS27136-1)" in shown.stdout
    assert (row["label"], row["tries"], row["unit"]) == ("TYT-P13", 3, UNIT)


def test_token_list_damaged(run, made, tmp_path):
    """A damaged token is listed with what is wrong."""
    (tmp_path / "token" / "TYT-P13" / "token.json").write_bytes(b"{")
    shown, listed = run("token", "list"), run("token", "list", "--json")

    assert "TOKEN_BROKEN" in shown.stdout
    assert json.loads(listed.stdout)[0]["error"]["code"] == "TOKEN_BROKEN"


def test_token_list_empty(run):
    """Without a token the command says how to make one."""
    assert "sosach token init" in run("token", "list").stdout


def test_token_change_pin_wrong(run, made):
    """A wrong PIN says how many tries are left and what may be the reason; exit code 1."""
    done = run("token", "change-pin", "TYT-P13", typed="sai\nMoi12345\n")

    assert done.exit_code == 1
    assert "còn 2 lần thử" in done.stderr
    assert "Telex" in done.stderr


def test_token_locked_and_unlocked(run, made):
    """Three wrong PINs lock; the PUK unlocks; the new PIN is in force."""
    for _ in range(3):
        done = run("token", "change-pin", "TYT-P13", typed="sai\nMoi12345\n")
    unlocked = run("token", "unlock", "TYT-P13", typed=f"{made['puk']}\nMoi12345\n")
    changed = run("token", "change-pin", "TYT-P13", typed="Moi12345\nKhac1234\n")

    assert "PIN_LOCKED" in done.stderr
    assert (unlocked.exit_code, changed.exit_code) == (0, 0)


def test_token_without_a_pin_exits_2(run, made):
    """Where no PIN comes nothing is tried."""
    done = run("token", "change-pin", "TYT-P13")

    assert done.exit_code == 2
    assert json.loads(run("token", "list", "--json").stdout)[0]["tries"] == 3


@pytest.mark.parametrize("command", ["token change-pin", "token unlock", "sign doses", "sign list"])
def test_no_option_for_secret_words(run, command):
    """No command takes a PIN or PUK as an argument."""
    shown = run(*command.split(), "--help").stdout.lower()

    assert "--pin" not in shown
    assert "--puk" not in shown


def test_sign_doses_then_again(run, made, data):
    """Five of seven are signed, two refused with reasons and exit code 1; again signs nothing."""
    words = ("sign", "doses", data, "--token", "TYT-P13", "--at", "2022-05-10", "--json")
    first, second = run(*words, typed=f"{PIN}\n"), run(*words, typed=f"{PIN}\n")
    told, again = json.loads(first.stdout), json.loads(second.stdout)
    trust = trust_of(load_pki(data / "chung_thu"), OPENED)
    checker = DoseChecker(data / "chu_ky", View(trust, OPENED.replace(day=10)))

    assert (first.exit_code, second.exit_code) == (1, 1)
    assert (told["signed"], told["skipped"], again["signed"], again["skipped"]) == (5, 0, 0, 5)
    assert {finding["code"] for finding in told["refused"]} == {"WRONG_FACILITY", "NOT_SIGNABLE"}
    assert checker.verdict(make_dose(1))
    assert not checker.verdict(make_dose(6))


def test_sign_doses_with_time_stamps(run, made, data):
    """With the class's certificates every batch gets a time stamp."""
    words = ("--token", "TYT-P13", "--at", "2022-05-10", "--pki", "chung_thu")
    done = run("sign", "doses", data, *words, typed=f"{PIN}\n")
    trust = trust_of(load_pki(data / "chung_thu"), OPENED.replace(day=10))
    verdict = DoseChecker(data / "chu_ky", View(trust, OPENED.replace(day=11))).verdict(
        make_dose(1)
    )

    assert "Đã ký 5 mũi trong 1 lô" in done.stdout
    assert verdict.states["time_stamp"] == "ok"


def test_sign_doses_wrong_pin(run, made, data):
    """With a wrong PIN nothing is signed, and the sentence tells the tries left."""
    done = run("sign", "doses", data, "--token", "TYT-P13", "--at", "2022-05-10", typed="sai\n")

    assert done.exit_code == 1
    assert "còn 2 lần thử" in done.stderr
    assert "Traceback" not in done.output
    assert batch_names(data / "chu_ky") == []


def test_sign_doses_expired_certificate(run, made, data):
    """Six years later the certificate has expired: what, since when, what to do."""
    words = ("--token", "TYT-P13", "--at", "2028-05-10", "--json")
    done = run("sign", "doses", data, *words, typed=f"{PIN}\n")

    assert done.exit_code == 1
    assert json.loads(done.stdout)["stopped"]["code"] == "CERT_EXPIRED"


@pytest.mark.parametrize("name", ["mui_tiem.csv", "doi_tuong.csv"])
@pytest.mark.parametrize("content", [None, b"", b"\0\1\2", b"ma_mui,ma_ho_so\n1,2\n"])
def test_sign_doses_bad_table(run, made, data, name, content):
    """A table that is missing, empty, no text or lacks columns is named; no PIN is asked for."""
    (data / name).unlink()
    if content is not None:
        (data / name).write_bytes(content)
    done = run("sign", "doses", data, "--token", "TYT-P13", "--at", "2022-05-10", typed=f"{PIN}\n")

    assert done.exit_code == 1
    assert name in done.stderr
    assert "Traceback" not in done.output


def test_sign_list(run, made, tmp_path):
    """A list is signed beside its original and found good, of this unit and this list."""
    (tmp_path / "ds.typ").write_text("Danh sách bàn giao", encoding="utf-8")
    original = typst.compile(tmp_path / "ds.typ", ignore_system_fonts=True)
    (tmp_path / "ds.pdf").write_bytes(original)
    words = ("--token", "TYT-P13", "--at", "2022-05-10", "--list-id", "DS-1", "--json")
    done = run("sign", "list", tmp_path / "ds.pdf", *words, typed=f"{PIN}\n")
    path = Path(json.loads(done.stdout)["out"])
    now = OPENED.replace(day=11)
    expected = Expected(trust_of(load_pki(tmp_path / "chung_thu"), now), now, UNIT, "DS-1")

    assert path.name == "ds_da_ky.pdf"
    assert check_list(path.read_bytes(), expected)
    assert (tmp_path / "ds.pdf").read_bytes() == original


@pytest.mark.parametrize(
    ("change", "code", "said"),
    [(b"", 0, "Tốt"), (b"\n% them vao", 1, "Bị sửa sau khi ký")],
)
def test_sign_check_list(run, made, tmp_path, change, code, said):
    """A signed list is good as it was signed; a line behind it is named, and the exit code tells."""
    (tmp_path / "ds.typ").write_text("Danh sách bàn giao", encoding="utf-8")
    (tmp_path / "ds.pdf").write_bytes(typst.compile(tmp_path / "ds.typ", ignore_system_fonts=True))
    words = ("--token", "TYT-P13", "--at", "2022-05-10")
    run("sign", "list", tmp_path / "ds.pdf", *words, typed=f"{PIN}\n")
    with (tmp_path / "ds_da_ky.pdf").open("ab") as file:
        file.write(change)
    at = OPENED.replace(day=11)
    save_trust(trust_of(load_pki(tmp_path / "chung_thu"), at), tmp_path / "tin_cay")
    done = run("sign", "check", "ds_da_ky.pdf", "--trust", "tin_cay", "--at", "2022-05-11T09:00")

    assert (done.exit_code, done.stderr) == (code, "")
    assert done.stdout.startswith(f"danh sách bàn giao ds_da_ky.pdf: {said}.")


def test_sign_list_no_pdf(run, made, tmp_path):
    """What is no PDF is refused with a sentence."""
    (tmp_path / "ds.pdf").write_bytes(b"x")
    words = ("--token", "TYT-P13", "--at", "2022-05-10")
    done = run("sign", "list", tmp_path / "ds.pdf", *words, typed=f"{PIN}\n")

    assert done.exit_code == 1
    assert "PDF_BROKEN" in done.stderr


def test_token_list_of_no_module(run):
    """A path that is no PKCS#11 module is said to be none."""
    done = run("token", "list", "--module", "khong_co.so")

    assert done.exit_code == 1
    assert "MODULE_BROKEN" in done.stderr


@pytest.mark.slow
def test_pin_typed_at_a_terminal_is_not_shown(made, tmp_path):
    """At a terminal the PIN is asked for and does not appear on the screen."""
    master, slave = pty.openpty()
    words = [sys.executable, "-m", "sosach.cli", "token", "unlock", "TYT-P13"]
    shown = b""
    with subprocess.Popen(
        words, stdin=slave, stdout=slave, stderr=slave, preexec_fn=own_terminal
    ) as child:
        for number, answer in enumerate((made["puk"], "Moi12345", "Moi12345"), 1):
            while shown.count(b": ") < number:
                shown += os.read(master, 1024)
            os.write(master, answer.encode() + b"\n")
    os.close(slave)
    shown += os.read(master, 4096)

    assert child.returncode == 0
    assert "PUK" in shown.decode()
    assert b"Moi12345" not in shown
    assert made["puk"].encode() not in shown


def own_terminal():
    """Make standard input the terminal of a new session, as where a person sits."""
    os.setsid()
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


def test_manual(run, data):
    """The commands of the manual run in their order."""
    (data / "ds.typ").write_text("Danh sách bàn giao", encoding="utf-8")
    (data / "danh_sach.pdf").write_bytes(typst.compile(data / "ds.typ", ignore_system_fonts=True))
    page = Path(__file__).parents[1] / "docs" / "ky_so.md"
    block = page.read_text(encoding="utf-8").split("```bash\n")[1].split("```")[0]
    typed = {"change-pin": f"12345678\n{PIN}\n", "doses": f"{PIN}\n", "list": f"{PIN}\n"}
    codes = []
    for line in block.splitlines():
        words = shlex.split(line.replace("THU_MUC", "."))[1:]
        codes.append(run(*words, typed=typed.get(words[1], "")).exit_code)

    assert codes == [0, 0, 1, 0, 0]  # two of the seven doses may not be signed


@pytest.mark.slow
def test_importable_alone():
    """The room needs neither Jupyter nor the generator's tables nor any other room."""
    code = (
        "import sys, sosach.signing.lists, sosach.signing.dose_checks, sosach.signing.faults.signatures\n"
        "bad = {n for n in sys.modules if n.startswith(('sosach.', 'generator.', 'IPython', 'pandas'))}\n"
        "print(sorted(n for n in bad if not n.startswith(('sosach.signing', 'generator.vietnamese'))))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout == "['generator.problems']\n"
