"""One training PKI for all tests of the room, and the programs that check us."""

import subprocess
from datetime import datetime

import pytest

from sosach.signing.certificates import VIETNAM
from sosach.signing.pki import load_pki, make_pki, save_pki

#: the day on which the class of the tests opens
OPENED = datetime(2022, 5, 4, 8, tzinfo=VIETNAM)


@pytest.fixture(scope="session")
def pki_folder(tmp_path_factory):
    """A folder with the saved PKI of a class that opened on 4 May 2022."""
    folder = tmp_path_factory.mktemp("pki") / "lớp 01"
    save_pki(make_pki(OPENED), folder)
    return folder


@pytest.fixture
def pki(pki_folder):
    """The PKI of the class, as it was when it opened."""
    return load_pki(pki_folder)


@pytest.fixture
def openssl(tmp_path):
    """Run openssl in a folder of its own; the result has returncode, stdout and stderr."""
    return lambda *words: subprocess.run(
        ["openssl", *map(str, words)], cwd=tmp_path, capture_output=True, text=True, check=False
    )
