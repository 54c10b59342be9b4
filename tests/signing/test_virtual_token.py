"""The virtual token: it counts, locks, unlocks, forgets and refuses as a device does."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sosach.signing.pki import STYLES
from sosach.signing.tokens import VirtualToken, init_token
from sosach.signing.tokens.interface import DELIVERED_PIN
from sosach.signing.verdicts import SigningError

from .conftest import PIN, PUK, said

PSS = padding.PSS(padding.MGF1(hashes.SHA256()), 32)


def test_sign_verified_by_certificate(token):
    """A signature fits the public key of the certificate on the token, and no other content."""
    token.login(PIN)
    signature = token.sign(b"one dose")
    key = token.certificates()[0].public_key()

    key.verify(signature, b"one dose", PSS, hashes.SHA256())
    with pytest.raises(InvalidSignature):
        key.verify(signature, b"another", PSS, hashes.SHA256())


@pytest.mark.parametrize("style", STYLES)
def test_login_locks_after_the_tries_of_the_style(tmp_path, style):
    """A government token locks with the third wrong PIN, a public one with the fifth."""
    tries = STYLES[style].tries
    token = init_token(tmp_path / "t", PUK, tries, PIN)
    answers = [said(token.login, "sai") for _ in range(tries)]

    assert answers[:-1] == [("PIN_INCORRECT", left) for left in range(tries - 1, 0, -1)]
    assert answers[-1] == ("PIN_LOCKED", 0)
    assert said(token.login, PIN) == ("PIN_LOCKED", 0)


@pytest.mark.parametrize("pin", ["", "x" * 999, "Ắbcd1234", "Abcd1234 ", "\ud800", "\0"])
def test_login_strange_pin_costs_a_try(token, pin):
    """Whatever is typed, as with the Vietnamese keyboard on, is a wrong PIN and costs one try."""
    assert said(token.login, pin) == ("PIN_INCORRECT", 2)


def test_login_right_pin_restores_the_tries(token):
    """The right PIN sets the counter back."""
    said(token.login, "sai")
    token.login(PIN)

    assert token.state.tries == 3


def test_unlock_by_puk(token):
    """The PUK opens a locked token with a new PIN; the key is the same."""
    for _ in range(3):
        said(token.login, "sai")
    token.unlock(PUK, "Moi12345")
    token.login("Moi12345")

    assert token.public_key() == token.certificates()[0].public_key()
    assert said(token.login, PIN) == ("PIN_INCORRECT", 2)


def test_unlock_wrong_puk_locks_for_good(token):
    """The PUK has tries of its own; without them only the authority can help."""
    answers = [said(token.unlock, "sai", "Moi12345") for _ in range(4)]

    assert answers == [
        *(("PUK_INCORRECT", 2), ("PUK_INCORRECT", 1)),
        *(("PUK_LOCKED", 0), ("PUK_LOCKED", 0)),
    ]
    assert said(token.login, PIN) == "OK"


def test_change_pin(token):
    """The new PIN opens, the old one no longer does; a wrong old PIN costs a try."""
    assert said(token.change_pin, "sai", "Moi12345") == ("PIN_INCORRECT", 2)
    token.change_pin(PIN, "Moi12345")

    assert said(token.login, "Moi12345") == "OK"
    assert said(token.login, PIN) == ("PIN_INCORRECT", 2)


@pytest.mark.parametrize(
    ("new", "code"),
    [
        ("abc", "PIN_FORM"),
        ("a" * 17, "PIN_FORM"),
        ("Mật1234", "PIN_FORM"),
        ("abcd 123", "PIN_FORM"),
        (DELIVERED_PIN, "PIN_DELIVERED"),
    ],
)
def test_change_pin_unfit(token, new, code):
    """A PIN that devices do not take, or that everybody knows, is refused and costs no try."""
    assert said(token.change_pin, PIN, new) == (code, None)
    assert token.state.tries == 3


def test_sign_with_delivered_pin(tmp_path):
    """A token signs only after the delivered PIN was changed."""
    token = init_token(tmp_path / "t", PUK, 3)

    assert token.state.must_change_pin
    assert said(token.sign, b"x") == ("PIN_DELIVERED", None)
    token.change_pin(DELIVERED_PIN, PIN)
    assert said(token.sign, b"x") == "OK"


def test_sign_without_login(token):
    """Without a login nothing is signed, nor after a logout."""
    assert said(token.sign, b"x") == ("NOT_LOGGED_IN", None)
    token.login(PIN)
    token.logout()
    assert said(token.sign, b"x") == ("NOT_LOGGED_IN", None)


def test_pull_out_in_mid_batch(token):
    """A token pulled out after two signatures signs no third, and has forgotten its login."""
    token.login(PIN)
    token.pull_out(after=2)
    answers = [said(token.sign, b"x") for _ in range(4)]
    token.plug_in()

    assert answers == ["OK", "OK", ("TOKEN_REMOVED", None), ("TOKEN_REMOVED", None)]
    assert said(token.sign, b"x") == ("NOT_LOGGED_IN", None)


def test_pull_out_costs_no_try(token):
    """Without the token no PIN is tried."""
    token.pull_out()

    assert said(token.login, "sai") == ("TOKEN_REMOVED", None)
    assert token.state.tries == 3


def test_pull_out_seen_by_another_program(token):
    """What one program pulls out is out for all; plugging it in again does not log it in."""
    token.login(PIN)
    other = VirtualToken(token.folder)
    other.pull_out()
    other.plug_in()

    assert said(token.sign, b"x") == ("NOT_LOGGED_IN", None)
    assert not token.state.logged_in


def test_slow_down(token, monkeypatch):
    """A slow token waits before each signature, at most five seconds whatever its file says."""
    waits = []
    monkeypatch.setattr(time, "sleep", waits.append)
    token.login(PIN)
    for delay in (250, 10**9):
        token.slow_down(delay)
        token.sign(b"x")

    assert waits == [0.25, 5.0]


def test_init_token_twice(token):
    """A token is never made over another one."""
    assert said(init_token, token.folder, PUK, 3, PIN) == ("TOKEN_EXISTS", None)


def test_state_of_no_token(tmp_path):
    """A folder that is no token is said to be none."""
    assert said(VirtualToken(tmp_path / "x").login, PIN) == ("TOKEN_UNKNOWN", None)


def test_damaged_key_costs_no_try(token):
    """A damaged key is a broken device and not a wrong PIN."""
    path = token.folder / "token.json"
    state = json.loads(path.read_text())
    state["pin_key"] = state["pin_key"][:-8] + "AAAAAAA="
    path.write_text(json.dumps(state))

    assert said(token.login, PIN) == ("TOKEN_BROKEN", None)
    assert token.state.tries == 3


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_damaged_file(token, data):
    """Whatever happens to the file, the token answers with an error of ours."""
    path = token.folder / "token.json"
    whole = path.read_bytes()
    at = data.draw(st.integers(0, len(whole)))
    more, left = data.draw(st.binary(max_size=3)), data.draw(st.integers(0, 5))
    path.write_bytes(whole[:at] + more + whole[at + left :])
    answer = said(token.login, "sai")
    path.write_bytes(whole)

    assert answer[0] in ("PIN_INCORRECT", "PIN_LOCKED", "TOKEN_BROKEN", "TOKEN_REMOVED")


@pytest.mark.slow
@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(["right", "wrong", "puk", "wrong puk"]), max_size=9))
def test_counters_follow_a_model(token_folder, tmp_path_factory, steps):
    """Whatever is typed in whatever order, the counters are those of a simple model."""
    folder = tmp_path_factory.mktemp("model") / "t"
    token = VirtualToken(Path(shutil.copytree(token_folder, folder)))
    words = {"right": (token.login, PIN), "wrong": (token.login, "sai")}
    words |= {"puk": (token.unlock, PUK, PIN), "wrong puk": (token.unlock, "sai", PIN)}
    pin = puk = 3
    for step in steps:
        said(*words[step])
        if step == "puk":
            pin, puk = (3, 3) if puk else (pin, puk)
        elif step == "wrong puk":
            puk = max(0, puk - 1)
        elif pin:
            pin = 3 if step == "right" else pin - 1

        assert (token.state.tries, token.state.puk_tries) == (pin, puk)


KILLED = """
import os, signal, sys
from pathlib import Path
from sosach.signing.tokens import VirtualToken, virtual
def killed(blob, secret):
    os.kill(os.getpid(), signal.SIGKILL)
virtual._unwrap = killed
VirtualToken(Path(sys.argv[1])).login("sai")
"""


def test_killed_during_a_try(token):
    """A program that is killed while it tries a PIN has used the try up."""
    done = subprocess.run([sys.executable, "-c", KILLED, token.folder], check=False)

    assert done.returncode == -signal.SIGKILL
    assert token.state.tries == 2


FULL = """
import resource, signal, sys
from pathlib import Path
from sosach.signing.tokens import VirtualToken
from sosach.signing.verdicts import SigningError
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))
try:
    VirtualToken(Path(sys.argv[1])).login("sai")
except SigningError as error:
    print(error.finding.code, error.finding.found)
"""


def test_full_disk_makes_no_try(token):
    """Where the counter cannot be written no PIN is tried, and the token stays as it was."""
    done = subprocess.run(
        [sys.executable, "-c", FULL, token.folder], capture_output=True, text=True, check=True
    )

    assert done.stdout == "DISK_REFUSES File too large\n"
    assert token.state.tries == 3
    assert said(token.login, PIN) == "OK"


HOLD = """
import sys
from pathlib import Path
from sosach.signing.storage import locked
with locked(Path(sys.argv[1]) / "token.khoa"):
    print("in", flush=True)
    sys.stdin.read()
"""


def test_two_programs_at_once(token):
    """While one program tries a PIN another is told to wait, at no cost; a killed one leaves no lock."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, token.folder], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as holder:
        holder.stdout.readline()
        answer = said(token.login, "sai")
        os.kill(holder.pid, signal.SIGKILL)

    assert answer == ("TOKEN_BUSY", None)
    assert token.state.tries == 3
    assert said(token.login, PIN) == "OK"


def test_errors_never_show_the_pin(token):
    """No sentence holds what was typed."""
    with pytest.raises(SigningError) as caught:
        token.login("BimatSai99")

    assert "BimatSai99" not in str(caught.value)
    assert "Caps Lock" in str(caught.value)
    assert "Telex" in str(caught.value)
