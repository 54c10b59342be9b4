"""The QR code of a confirmation: what it says comes back only as it was signed."""

import io
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from sosach.signing.certificates import subject
from sosach.signing.confirmations import (
    CONTENT,
    PREFIX,
    Confirmation,
    check_confirmation,
    sign_confirmation,
)
from sosach.signing.document_signers import trust_list
from sosach.signing.faults.scene import SoftToken
from sosach.signing.passport import base45, cbor, cose, hc1
from sosach.signing.passport.qr import png
from sosach.signing.pki import Pki, make_key

PAPER = Confirmation(
    "Nguyễn Thị Lan",
    "Trạm Y tế Phường Hoa Mai",
    "Bình Thạnh 01",
    16,
    87.5,
    datetime(2026, 11, 28, 9, tzinfo=UTC),
)


def trainer(identities, name):
    """A key of who holds a class, with its certificate."""
    key = make_key("rsa")
    chain = Pki(identities).issue(
        "facility", key.public_key(), subject(name, name), "cong_vu", PAPER.issued
    )
    return SoftToken(key, tuple(chain))


@pytest.fixture(scope="module")
def signer(identities):
    """The token of the class that signs confirmations."""
    return trainer(identities, "LOP-01")


@pytest.fixture(scope="module")
def signers(signer):
    """The trust list of the class."""
    return trust_list(signer.certificates()[:1])


@pytest.fixture(scope="module")
def text(signer):
    """A good code."""
    return sign_confirmation(PAPER, signer)


def test_check_confirmation_good(text, signers):
    """What was signed comes back, word for word."""
    verdict, said = check_confirmation(text, signers)

    assert verdict.ok
    assert said == PAPER
    assert verdict.name == "Nguyễn Thị Lan"


def test_check_confirmation_printed(text, signers, tmp_path):
    """A slanted scan of the printed code is read."""
    page = Image.new("L", (1240, 1754), 255)
    page.paste(Image.open(io.BytesIO(png(text))).convert("L"), (300, 900))
    page.rotate(3, fillcolor=255).save(tmp_path / "giay.jpg", quality=80)

    assert check_confirmation(tmp_path / "giay.jpg", signers)[1] == PAPER


def test_check_confirmation_other_class(text, identities):
    """The confirmation of a class that is not trusted is by an unknown signer, and says nothing."""
    other = trust_list(trainer(identities, "LOP-02").certificates()[:1])
    verdict, said = check_confirmation(text, other)

    assert (verdict.word, said) == ("khong_ro_nguoi_ky", None)
    assert verdict.text().startswith("giấy xác nhận: Không rõ người ký.")


def test_check_confirmation_forged(text, signers):
    """A better result under the old signature is altered, however well the rest is made."""
    message = cose.read(hc1.inflate(base45.decode(hc1.strip_prefix(text, PREFIX))))
    claims = cbor.decode(message.payload)
    claims[CONTENT]["p"] = 1000
    parts = [message.protected, {}, cbor.encode(claims), message.signature]
    forged = hc1.wrap(cbor.encode(cbor.Tagged(cose.SIGN1, parts)), PREFIX)
    verdict, said = check_confirmation(forged, signers)

    assert (verdict.codes, verdict.word, said) == (["SIG_INVALID"], "bi_sua", None)


def test_check_confirmation_passport(signers):
    """A passport's code is no confirmation, and the sentence says where it belongs."""
    verdict, said = check_confirmation("HC1:NCF", signers)

    assert (verdict.codes, said) == (["PREFIX"], None)
    assert "sosach passport verify" in verdict.text()


@given(st.data())
@settings(max_examples=300)
def test_check_confirmation_mutated(text, signers, data):
    """Whatever letters are changed, nothing that was not signed is believed, and nothing breaks."""
    at = data.draw(st.integers(len(PREFIX), len(text) - 1))
    letter = data.draw(st.characters(codec="latin-1"))
    verdict, said = check_confirmation(text[:at] + letter + text[at + 1 :], signers)

    assert said is None or (verdict.ok and said == PAPER)


@pytest.mark.parametrize("change", [{"percent": 100.0}, {"name": "Lê Văn Hai"}])
def test_sign_confirmation_other_content(text, signer, change):
    """Another content is another text."""
    assert sign_confirmation(replace(PAPER, **change), signer) != text
