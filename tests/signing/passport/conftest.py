"""An office that issues passports on the tenth day of the class, for an invented holder."""

import random
from datetime import datetime, timedelta

import pytest

from sosach.signing.faults.passport_office import Office, holder_of
from sosach.signing.passport.requests import Codes
from sosach.signing.pki import load_pki
from sosach.signing.verdicts import VIETNAM, SigningError

#: moment of issue in the tests
ISSUED = datetime(2022, 5, 14, 8, tzinfo=VIETNAM)
DAY = timedelta(days=1)


@pytest.fixture(scope="session")
def offices(pki_folder):
    """The office with each of its two document signers."""
    pki, holder = load_pki(pki_folder), holder_of(random.Random(1), ISSUED)  # noqa: S311 - a name, no secret
    return {kind: Office(pki, holder, ISSUED, kind) for kind in ("rsa", "ec")}


@pytest.fixture(params=["rsa", "ec"])
def office(offices, request):
    """The office, once with PS256 and once with ES256."""
    return offices[request.param]


@pytest.fixture
def signed(offices):
    """Good verdicts on the holder's doses."""
    return {dose["ma_mui"]: Codes([]) for dose in offices["ec"].holder.doses}


@pytest.fixture
def refused():
    """Run a function that must refuse; return its finding."""

    def run(work, *arguments, **named):
        with pytest.raises(SigningError) as caught:
            work(*arguments, **named)
        return caught.value.finding

    return run
