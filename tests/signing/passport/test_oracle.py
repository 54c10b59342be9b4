"""A COSE implementation of others, in JavaScript, accepts ours and makes passports that we accept."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization

from sosach.signing.document_signers import key_id
from sosach.signing.faults.passports import PASSPORT_FAULTS
from sosach.signing.passport.verifying import verify

from .conftest import DAY, ISSUED

pytestmark = pytest.mark.slow

ALGORITHMS = {"rsa": "PS256", "ec": "ES256"}
SOURCE = Path(__file__).parent / "oracle"


@pytest.fixture(scope="module")
def oracle(tmp_path_factory):
    """Answer requests with the locked packages; they are installed in a folder of the tests."""
    folder = tmp_path_factory.mktemp("oracle") / "js"
    shutil.copytree(SOURCE, folder, ignore=shutil.ignore_patterns("node_modules"))
    words = ("--omit=optional", "--ignore-scripts", "--no-audit", "--no-fund")
    subprocess.run(["npm", "install", *words], cwd=folder, check=True, capture_output=True)
    locked = (folder / "package-lock.json").read_bytes()
    assert locked == (SOURCE / "package-lock.json").read_bytes()

    def ask(*requests):
        lines = "\n".join(map(json.dumps, requests))
        done = subprocess.run(
            ["node", "oracle.mjs"],
            cwd=folder,
            input=lines,
            capture_output=True,
            text=True,
            check=True,
        )
        return [json.loads(line) for line in done.stdout.splitlines()]

    return ask


def public(office):
    """Return the public key as the oracle reads it."""
    return (
        office.issuer.key.public_key()
        .public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
        .decode()
    )


def private(office):
    """Return the private key as the oracle reads it."""
    return office.issuer.key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    ).decode()


def test_others_accept_ours(oracle, office):
    """What we issue verifies in JavaScript, and its content is read as the same JSON."""
    passport = office.passport
    request = {"verify": passport.text, "key": public(office), "alg": ALGORITHMS[office.kind]}

    assert oracle(request) == [
        {
            "content": passport.content,
            "iat": int(passport.iat.timestamp()),
            "exp": int(passport.exp.timestamp()),
        }
    ]


def test_others_refuse_what_we_refuse(oracle, office):
    """Altered, under another's key or cut off: the oracle refuses these too."""
    wanted = {"hc_sua_ngay", "hc_khoa_rieng", "hc_cat_nua", "hc_dau_hong"}
    texts = [fault.plant(office).text for fault in PASSPORT_FAULTS if fault.id in wanted]
    asked = {"key": public(office), "alg": ALGORITHMS[office.kind]}
    answers = oracle(*({"verify": text, **asked} for text in texts))

    assert len(answers) == len(wanted)
    assert all(set(answer) == {"error"} for answer in answers)


def test_we_accept_what_others_make(oracle, office):
    """A passport that JavaScript has made and signed with our key is good."""
    passport = office.passport
    times = {"iat": int(passport.iat.timestamp()), "exp": int(passport.exp.timestamp())}
    (made,) = oracle(
        {
            "sign": passport.content,
            "key": private(office),
            "times": times,
            "alg": ALGORITHMS[office.kind],
            "kid": key_id(office.issuer.certificate).hex(),
        }
    )
    inspection = verify(made["text"], office.trust, ISSUED + DAY)

    assert inspection
    assert inspection.claims.content == passport.content
