"""One training PKI and one token for all tests of the room, and the programs that check us."""

import re
import shutil
import subprocess
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import typst

from sosach.signing.certificates import subject
from sosach.signing.dose_checks import DoseChecker, View
from sosach.signing.dose_signing import Desk, sign_doses
from sosach.signing.pki import Pki, load_pki, make_pki, save_pki
from sosach.signing.tokens import VirtualToken, init_token
from sosach.signing.trust import trust_of
from sosach.signing.verdicts import VIETNAM, SigningError

#: the day on which the class of the tests opens
OPENED = datetime(2022, 5, 4, 8, tzinfo=VIETNAM)
DAY = timedelta(days=1)
UNIT, OTHER = "CS27136-1", "CS27139-1"
PIN, PUK = "Abcd1234", "puk-9876"


def make_dose(number, **cells):
    """A row of the register with the identity cells of its subject."""
    return {
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
        "so_dien_thoai": "0912345678",
        **cells,
    }


def said(call, *words):
    """The code with which a call refuses, and the tries left; "OK" where it does not."""
    try:
        call(*words)
    except SigningError as error:
        return error.finding.code, error.left
    return "OK"


def attributes(openssl):
    """The names of what is signed with the content of the file ``cms``, read by openssl."""
    printed = openssl("cms", "-cmsout", "-print", "-inform", "DER", "-in", "cms").stdout
    told = printed.partition("signedAttrs:")[2].partition("signatureAlgorithm:")[0]
    return set(re.findall(r"object: (\S+) \(", told)) - {"sha256"}


@dataclass(frozen=True)
class Station:
    """A station with its token in the computer, logged in, on the day the class opens."""

    pki: Pki
    token: VirtualToken
    folder: Path
    doses: list

    @property
    def desk(self):
        """Where it signs, with batches of 4 doses."""
        return Desk(self.token, self.folder, trust_of(self.pki, OPENED), OPENED, size=4)

    def certify(self, kind="facility", unit=UNIT, begins=OPENED - DAY, ends=None, **more):
        """Put another certificate on the token and return it."""
        name = subject("Trạm Y tế Phường 13", unit)
        key = self.token.public_key()
        chain = self.pki.issue(kind, key, name, more.get("style", "cong_vu"), begins, ends)
        self.token.store_certificates(chain)
        return chain[0]

    def sign(self, doses=None, **more):
        """Sign doses, all of them if none are given."""
        desk = replace(self.desk, **more)
        return list(sign_doses(self.doses if doses is None else doses, desk))[-1]

    def checker(self, now=OPENED + DAY, fetched=None, **more):
        """A verifier who fetched revocation lists when it checks."""
        trust = more.pop("trust", None) or trust_of(self.pki, fetched or now)
        return DoseChecker(self.folder, View(trust, now, **more))


@pytest.fixture(scope="session")
def pki_folder(tmp_path_factory):
    """A folder with the saved PKI of a class that opened on 4 May 2022."""
    folder = tmp_path_factory.mktemp("pki") / "lớp 01"
    save_pki(make_pki(OPENED), folder)
    return folder


@pytest.fixture(scope="session")
def identities(pki_folder):
    """The authorities of the class, as they were saved."""
    return load_pki(pki_folder).identities


@pytest.fixture
def pki(identities):
    """The PKI of the class, nothing revoked yet."""
    return Pki(dict(identities))


@pytest.fixture(scope="session")
def token_folder(tmp_path_factory, identities):
    """A folder with a token that has a certificate of the unit and a PIN of its own."""
    folder = tmp_path_factory.mktemp("token") / "TYT-P13"
    token = init_token(folder, PUK, 3, PIN)
    name = subject("Trạm Y tế Phường 13", UNIT)
    chain = Pki(identities).issue("facility", token.public_key(), name, "cong_vu", OPENED - DAY)
    token.store_certificates(chain)
    return folder


@pytest.fixture
def token(token_folder, tmp_path):
    """A copy of the token, not logged in."""
    return VirtualToken(Path(shutil.copytree(token_folder, tmp_path / "TYT-P13")))


@pytest.fixture
def station(pki, token, tmp_path):
    """A station with ten doses to sign."""
    token.login(PIN)
    return Station(pki, token, tmp_path / "chữ ký", [make_dose(n) for n in range(1, 11)])


@pytest.fixture(scope="session")
def pdf(tmp_path_factory):
    """A list as a PDF with Vietnamese letters."""
    rows = "\n\n".join(f"{n}. Nguyễn Thị Mô Phỏng {n:03d}" for n in range(90))
    source = tmp_path_factory.mktemp("pdf") / "list.typ"
    source.write_text(f"DANH SÁCH BÀN GIAO\n\n{rows}", encoding="utf-8")
    return typst.compile(source, ignore_system_fonts=True)


@pytest.fixture
def openssl(tmp_path):
    """Run openssl in the folder of the test; the result has returncode, stdout and stderr."""
    return lambda *words: subprocess.run(
        ["openssl", *map(str, words)], cwd=tmp_path, capture_output=True, text=True, check=False
    )
