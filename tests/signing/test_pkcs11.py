"""A token behind PKCS#11, SoftHSM for real: same manners, and the key stays inside."""

import os
import subprocess
import sys
from pathlib import Path

import pkcs11
import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding

from sosach.signing.certificates import subject
from sosach.signing.lists import Expected, check_list, sign_list
from sosach.signing.tokens.pkcs11 import Pkcs11Token, labels
from sosach.signing.trust import trust_of

from .conftest import DAY, OPENED, PIN, PUK, UNIT, said

MODULE = Path("/usr/lib/softhsm/libsofthsm2.so")
LABEL = "TYT-HSM"


def softhsm(folder, *words):
    """Run softhsm2-util on the token store of the tests."""
    env = {**os.environ, "SOFTHSM2_CONF": str(folder / "softhsm2.conf")}
    subprocess.run(["softhsm2-util", *words], env=env, check=True, capture_output=True)


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    """A token store of its own with one token, nothing system-wide."""
    folder = tmp_path_factory.mktemp("softhsm")
    (folder / "tokens").mkdir()
    conf = f"directories.tokendir = {folder / 'tokens'}\nobjectstore.backend = file\n"
    (folder / "softhsm2.conf").write_text(conf)
    words = ("--init-token", "--free", "--label", LABEL, "--pin", PIN, "--so-pin", PUK)
    softhsm(folder, *words)
    before = os.environ.get("SOFTHSM2_CONF")
    os.environ["SOFTHSM2_CONF"] = str(folder / "softhsm2.conf")
    yield folder
    pkcs11.unload(str(MODULE))
    os.environ.pop("SOFTHSM2_CONF")
    if before:
        os.environ["SOFTHSM2_CONF"] = before


@pytest.fixture
def hsm(store, tmp_path):
    """The token, with full counters, logged out at the end."""
    token = Pkcs11Token(MODULE, LABEL, tmp_path / "counters")
    yield token
    token.logout()


@pytest.fixture(scope="module")
def filled(store, identities, tmp_path_factory):
    """The token holds a key that was made inside it, and its certificate."""
    from sosach.signing.pki import Pki

    token = Pkcs11Token(MODULE, LABEL, tmp_path_factory.mktemp("filling"))
    token.login(PIN)
    name = subject("Trạm Y tế Phường 13", UNIT)
    chain = Pki(identities).issue("facility", token.generate_key(), name, "cong_vu", OPENED - DAY)
    token.store_certificates(chain)
    token.logout()
    return chain


def test_labels(store):
    """The tokens of a module are listed by name."""
    assert labels(MODULE) == [LABEL]


@pytest.mark.parametrize("data", [None, b"", b"no library"])
def test_labels_of_no_module(tmp_path, data):
    """A path that is no PKCS#11 module is said to be none."""
    path = tmp_path / "module.so"
    if data is not None:
        path.write_bytes(data)

    assert said(labels, path) == ("MODULE_BROKEN", None)


def test_certificates_in_order(hsm, filled):
    """The chain is read from the token without a PIN, own certificate first."""
    assert hsm.certificates() == filled


def test_sign_verified_by_certificate(hsm, filled):
    """A signature made inside the token fits the certificate."""
    hsm.login(PIN)
    pss = padding.PSS(padding.MGF1(hashes.SHA256()), 32)

    filled[0].public_key().verify(hsm.sign(b"one dose"), b"one dose", pss, hashes.SHA256())


def test_key_stays_inside(hsm, filled):
    """The private exponent cannot be read."""
    hsm.login(PIN)
    key = hsm._session.get_key(object_class=pkcs11.ObjectClass.PRIVATE_KEY)

    with pytest.raises(pkcs11.exceptions.AttributeSensitive):
        _ = key[pkcs11.Attribute.PRIVATE_EXPONENT]


def test_sign_doses_through_the_token(hsm, filled, station):
    """Doses are signed through PKCS#11 as through the virtual token, and the verdict is good."""
    hsm.login(PIN)
    progress = station.sign(token=hsm)

    assert progress.signed == 10
    assert all(station.checker().verdict(dose) for dose in station.doses)


def test_sign_list_through_the_token(hsm, filled, pki, pdf):
    """A list is signed through PKCS#11 too."""
    hsm.login(PIN)
    signed = sign_list(pdf, hsm, OPENED, "DS-1")

    assert check_list(signed, Expected(trust_of(pki, OPENED), OPENED, UNIT, "DS-1"))


def test_login_locks(hsm):
    """SoftHSM itself never locks; our counter does, also for the right PIN, and says so."""
    answers = [said(hsm.login, "sai") for _ in range(3)]

    assert answers == [("PIN_INCORRECT", 2), ("PIN_INCORRECT", 1), ("PIN_LOCKED", 0)]
    assert said(hsm.login, PIN) == ("PIN_LOCKED", 0)
    assert hsm.state.tries == 0


def test_unlock_by_puk(hsm):
    """The security officer's PIN opens it with a new PIN, which can be changed back."""
    for _ in range(3):
        said(hsm.login, "sai")

    assert said(hsm.unlock, "sai-sai-sai", "Moi12345") == ("PUK_INCORRECT", 2)
    hsm.unlock(PUK, "Moi12345")
    assert said(hsm.login, PIN) == ("PIN_INCORRECT", 2)
    hsm.change_pin("Moi12345", PIN)
    assert said(hsm.login, PIN) == "OK"


def test_sign_without_login(hsm):
    """Without a login nothing is signed."""
    assert said(hsm.sign, b"x") == ("NOT_LOGGED_IN", None)


def test_token_that_is_not_there(store, tmp_path):
    """A token that is not in the computer costs no try."""
    token = Pkcs11Token(MODULE, "khac", tmp_path)

    assert said(token.login, "sai") == ("TOKEN_REMOVED", None)
    assert (token.state.plugged, token.state.tries) == (False, 3)


def test_extra_missing(tmp_path):
    """Without the optional part a sentence says what to install."""
    code = (
        "import sys; sys.modules['pkcs11'] = None\n"
        "from pathlib import Path\n"
        "from sosach.signing.tokens.pkcs11 import labels\n"
        "from sosach.signing.verdicts import SigningError\n"
        "try:\n    labels(Path('x.so'))\n"
        "except SigningError as error:\n    print(error.finding.code)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout == "EXTRA_MISSING\n"
