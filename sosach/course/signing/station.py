"""The invented station of the lessons: made when it is first looked at, kept beside the notebook.

Keys are random and made here; what `station.toml` holds is people, units and days.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cache, cached_property
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

from generator.problems import nearest
from generator.strict import read, read_toml
from sosach.review import Trouble
from sosach.signing.certificates import subject
from sosach.signing.pki import STYLES, Pki, StyleName, load_pki, make_key, make_pki, save_pki
from sosach.signing.tokens import VirtualToken, init_token
from sosach.signing.tokens.interface import DELIVERED_PIN
from sosach.signing.trust import Trust, trust_of
from sosach.signing.verdicts import VIETNAM, SigningError
from sosach.simulation.platform import states
from sosach.simulation.platform.gate import Certificate, Gate

__all__ = ["NOW", "PIN", "PUK", "Person", "SampleCertificate", "Station", "here", "told"]

#: the day of the lessons, on the simulated calendar
NOW = datetime(2022, 5, 10, 8, 30, tzinfo=VIETNAM)
DAY, NEVER = timedelta(days=1), date.max
#: what opens the tokens of the lessons; Telex spoils it: Vãcin2022
PIN, PUK = "Vacxin2022", "24681357"
FOLDER = "tap_ky_so"


@dataclass(frozen=True)
class SampleCertificate:
    """A certificate of the lessons.

    Attributes
    ----------
    label : str
        Of the token that it lies on.
    name, unit : str
        To whom and for which unit it was issued; a person has no unit.
    begins, ends, revoked : date
        At midnight; `NEVER`: it ends when its authority says so, and is not revoked.
    kind, style : str
        As of `sosach.signing.pki.Pki.issue`.
    handed_over : {"", "moi", "doi_pin", "khoa"}
        The state in which its token is handed over; "" where there is no token.
    stranger : bool
        Whether an authority has issued it that nobody knows.
    """

    label: str
    name: str
    begins: date
    unit: str = ""
    ends: date = NEVER
    revoked: date = NEVER
    kind: str = "facility"
    style: str = "cong_vu"
    handed_over: str = ""
    stranger: bool = False


@dataclass(frozen=True)
class Site:
    """A unit: its name, and its kind as in the official list of sites."""

    name: str
    kind: str


@dataclass(frozen=True)
class Person:
    """A record with its doses.

    Attributes
    ----------
    state : str
        A name of `sosach.simulation.platform.states.SUBJECT_STATES`.
    double : str
        Another record that may be the same person's.
    doses : tuple of tuple of str
        Slot, vaccine, lot, day; and where they differ the unit that entered it, and its state.
    """

    record: str
    name: str
    born: str
    sex: str
    number: str
    doses: tuple[tuple[str, ...], ...]
    nation: str = "Việt Nam"
    state: str = "DUNG"
    double: str = ""


@dataclass(frozen=True)
class Facts:
    """What ``station.toml`` holds."""

    unit: str
    neighbour: str
    sites: Mapping[str, Site]
    authorities: Mapping[str, str]
    certificates: Mapping[str, SampleCertificate]
    people: tuple[Person, ...] = field(default_factory=tuple)


@cache
def told() -> Facts:
    """Return what is invented about the station, strictly read."""
    with as_file(files("sosach.course") / "signing" / "station.toml") as path:
        return read(Facts, read_toml(path)[0], path.name)


@cache
def here(folder: Path) -> Station:
    """Return the station beside the notebooks of a folder, one for all screens of a kernel."""
    return Station(folder / FOLDER)


class Station:
    """Keys, tokens and doses in one folder.

    Parameters
    ----------
    folder : Path
        Made when something is first asked for.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._tokens: dict[str, VirtualToken] = {}

    @cached_property
    def pki(self) -> Pki:
        """Return the authorities; damaged or lost ones are made anew."""
        place = self.folder / "noi_cap"
        try:
            return load_pki(place)
        except (OSError, SigningError):
            shutil.rmtree(self.folder, ignore_errors=True)
            made = make_pki(NOW - 20 * DAY)
            save_pki(made, place)
            return made

    @cached_property
    def trust(self) -> Trust:
        """Return what a verifier of the station holds today."""
        return trust_of(self.pki, NOW)

    @property
    def batches(self) -> Path:
        """Return where signed batches lie."""
        return self.folder / "lo_ky"

    def sample(self, ten: str) -> SampleCertificate:
        """Return a certificate of the lessons by its name."""
        known = told().certificates
        if ten not in known:
            message = f"Không có mẫu '{ten}'. Có: {', '.join(known)}.{nearest(ten, known)}"
            raise Trouble(message)
        return known[ten]

    def token(self, ten: str) -> VirtualToken:
        """Return a token of the lessons; what was done with it before a restart still holds."""
        sample = self.sample(ten)
        if not sample.handed_over:
            having = [name for name, one in told().certificates.items() if one.handed_over]
            message = f"Mẫu '{ten}' không có token. Có: {', '.join(having)}."
            raise Trouble(message)
        if ten not in self._tokens:
            self._tokens[ten] = self._open(sample)
        return self._tokens[ten]

    def renew(self, ten: str) -> None:
        """Hand the token over anew."""
        shutil.rmtree(self.folder / self.sample(ten).label, ignore_errors=True)
        self._tokens.pop(ten, None)

    def chain(self, ten: str) -> list[Any]:
        """Return a certificate of the lessons, its authority, the root."""
        sample = self.sample(ten)
        return (
            self.token(ten).certificates() if sample.handed_over else self._issue(sample, self.pki)
        )

    def trust_about(self, ten: str, chain: Sequence[Any]) -> Trust:
        """Return what is known today where this certificate may have been taken back."""
        revoked = self.sample(ten).revoked
        if revoked == NEVER:
            return self.trust
        known = Pki(self.pki.identities, list(self.pki.revocations))
        known.revoke(chain[0], _midnight(revoked))
        return trust_of(known, NOW)

    def subjects(self) -> list[dict[str, str]]:
        """Return the people as rows of ``doi_tuong``, with their state on the platform."""
        return [_subject(person) for person in told().people]

    def doses(self) -> list[dict[str, str]]:
        """Return the doses as rows of ``mui_tiem``, with their state on the platform."""
        return [dose for person in told().people for dose in _doses(person)]

    def reasons(self, ten: str) -> dict[str, list[dict[str, str]]]:
        """Return for every dose why it may not be signed today: the gate of the platform.

        Parameters
        ----------
        ten : str
            With which token it would be signed.
        """
        sites = {
            code: {"loai": site.kind, "ten_co_so": site.name} for code, site in told().sites.items()
        }
        gate = Gate(told().unit, NOW.date(), sites, _certificate(self.sample(ten)))
        found: dict[str, list[dict[str, str]]] = {}
        for person in told().people:
            doubles = [person.double] if person.double else []
            found |= gate.record(_subject(person), _doses(person), doubles)
        return found

    def _open(self, sample: SampleCertificate) -> VirtualToken:
        pki = self.pki  # first: a lost one takes the tokens with it
        token = VirtualToken(self.folder / sample.label)
        try:
            issued = bool(token.certificates() and token.state)
        except SigningError:
            issued = False
        if issued:
            return token
        shutil.rmtree(token.folder, ignore_errors=True)
        style = STYLES[_style(sample)]
        made = init_token(token.folder, PUK, style.tries)
        made.store_certificates(self._issue(sample, pki, made.public_key()))
        if sample.handed_over != "moi":
            made.change_pin(DELIVERED_PIN, PIN)
        made.logout()
        if sample.handed_over == "khoa":
            _lock(made)
        return made

    def _issue(self, sample: SampleCertificate, pki: Pki, key: Any = None) -> list[Any]:  # noqa: ANN401
        ends = None if sample.ends == NEVER else _midnight(sample.ends)
        issuer = make_pki(NOW - 20 * DAY) if sample.stranger else pki
        return issuer.issue(
            sample.kind,
            key or make_key("rsa").public_key(),
            subject(sample.name, sample.unit),
            _style(sample),
            _midnight(sample.begins),
            ends,
        )


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), VIETNAM)


def _style(sample: SampleCertificate) -> StyleName:
    return "cong_cong" if sample.style == "cong_cong" else "cong_vu"


def _lock(token: VirtualToken) -> None:
    while token.state.tries:
        try:
            token.login("sai")
        except SigningError:
            continue


def _certificate(sample: SampleCertificate) -> Certificate:
    """Return what the gate knows of a certificate."""
    whole = sample.begins + STYLES[_style(sample)].life
    ends = whole if sample.ends == NEVER else sample.ends
    return Certificate(sample.unit, sample.begins, ends)


def _subject(person: Person) -> dict[str, str]:
    return {
        "ma_ho_so": person.record,
        "ho_ten": person.name,
        "ngay_sinh": person.born,
        "gioi_tinh": person.sex,
        "so_giay_to": person.number,
        "quoc_tich": person.nation,
        "tt_xac_minh": states.SUBJECT_STATES[person.state].shown["tt_xac_minh"],
        "trang_thai": person.state,
        "treo": "",
    }


def _doses(person: Person) -> list[dict[str, str]]:
    found = []
    for number, (slot, vaccine, lot, day, *more) in enumerate(person.doses, 1):
        unit, state = [*more, *(told().unit, "DA_NHAP_CHUA_KY")[len(more) :]]
        found.append(
            {
                "ma_mui": f"MUMAU{person.record[-4:]}{number}",
                "ma_ho_so": person.record,
                "mui": slot,
                "ten_vac_xin": vaccine,
                "so_lo": lot,
                "ngay_tiem": day,
                "co_so_tiem": unit,
                "don_vi_nhap": unit,
                "trang_thai": state,
                "truoc_treo": "",
                "treo": "",
                "giai_trinh": "",
            }
        )
    return found
