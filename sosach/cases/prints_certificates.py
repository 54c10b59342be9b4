"""Real certificates and revocation lists, made from the facts that stand in the tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, time, timedelta
from functools import cache, partial
from pathlib import Path
from typing import cast

from cryptography.hazmat.primitives.asymmetric import rsa

from sosach.cases.authorities import AUTHORITIES
from sosach.cases.dealing import MOMENT
from sosach.cases.desk import Desk, Row
from sosach.cases.duties import TODAY
from sosach.signing.certificates import Identity, certify, pem, self_certify, subject
from sosach.signing.faults.scene import SoftToken
from sosach.signing.pki import Pki, Revocation, StyleName, make_key, make_pki
from sosach.signing.revocation import revocation_list
from sosach.signing.trust import Trust, save_trust, trust_of
from sosach.signing.verdicts import VIETNAM

__all__ = ["holder", "moment_of", "pki_of_prints", "print_certificates", "trust", "write_trust"]

#: when revocation lists were fetched: before anybody came to work
FETCHED = datetime.combine(TODAY, time(6), VIETNAM)
#: a list that nobody has renewed for so long does not hold any more
STALE = timedelta(days=10)
SORTS = {"đơn vị": "facility", "cá nhân": "person"}
STYLES: Mapping[str, StyleName] = {
    AUTHORITIES["cong_vu"].name: "cong_vu",
    AUTHORITIES["cong_cong"].name: "cong_cong",
}


@cache
def pki_of_prints() -> Pki:
    """Return the training PKI that prints are signed with; one per process."""
    return make_pki(datetime(2022, 5, 4, tzinfo=VIETNAM))


@cache
def _key() -> rsa.RSAPrivateKey:
    """Return the key of every printed holder: to make one for each would cost more than all else."""
    return cast(rsa.RSAPrivateKey, make_key("rsa"))


@cache
def _stranger(name: str) -> Identity:
    """Return an authority that stands in no list."""
    far = timedelta(days=3650)
    return self_certify("root", subject(name), make_key("ec"), FETCHED - far, FETCHED + far)


def moment_of(text: str) -> datetime:
    """Return a time of a table, in Vietnam."""
    return datetime.strptime(text, MOMENT).replace(tzinfo=VIETNAM)


def holder(row: Row) -> SoftToken:
    """Return who holds the certificate that a row tells of.

    Parameters
    ----------
    row : mapping
        ``chu_the, loai_chung_thu, don_vi, noi_cap, hieu_luc_tu, hieu_luc_den, so_seri``.

    Returns
    -------
    SoftToken
    """
    begins, ends = (moment_of(row[name]) for name in ("hieu_luc_tu", "hieu_luc_den"))
    kind, name = SORTS[row["loai_chung_thu"]], subject(row["chu_the"], row["don_vi"])
    key, serial = _key(), int(row["so_seri"])
    if row["noi_cap"] in STYLES:
        style = STYLES[row["noi_cap"]]
        chain = pki_of_prints().issue(kind, key.public_key(), name, style, begins, ends, serial)
        return SoftToken(key, tuple(chain))
    above = _stranger(row["noi_cap"])
    made = certify(kind, name, key.public_key(), above, begins, ends, serial=serial)
    return SoftToken(key, (made, above.certificate))


def _revoked(rows: Iterable[Row]) -> Iterator[Revocation]:
    """Yield what the tables say of revocations."""
    for row in rows:
        if row["seri_thu_hoi"] and row["noi_cap"] in STYLES:
            since = moment_of(row["thu_hoi_tu"])
            yield Revocation(STYLES[row["noi_cap"]], int(row["seri_thu_hoi"]), since)


def trust(rows: Iterable[Row], stale: Sequence[str] = ()) -> Trust:
    """Return what a verifier holds: the authorities, and their revocation lists of this morning.

    Parameters
    ----------
    rows : iterable of mapping
        ``noi_cap, seri_thu_hoi, thu_hoi_tu``.
    stale : sequence of str
        Authorities whose list nobody has renewed.

    Returns
    -------
    Trust
    """
    own = Pki(pki_of_prints().identities, list(dict.fromkeys(_revoked(rows))))
    held = trust_of(own, FETCHED)
    if not stale:
        return held
    kept = [crl for crl in held.crls if crl.issuer not in {_name(own, name) for name in stale}]
    old = [revocation_list(own, name, FETCHED - STALE) for name in stale]
    return Trust(held.authorities, (*kept, *old))


def _name(pki: Pki, authority: str) -> object:
    return pki.identities[authority].certificate.subject


def write_trust(rows: Sequence[Row], stale: Sequence[str] = ()) -> Callable[[Path], None]:
    """Return what writes the folder of a verifier's trust; arguments as of `trust`."""
    return lambda folder: save_trust(trust(rows, stale), folder)


def print_certificates(desk: Desk, rows: Sequence[Row]) -> None:
    """Have the certificate of every row printed, and what a verifier needs."""
    desk.prints["chung_thu"] = partial(_write_certificates, rows)
    desk.prints["tin_cay"] = write_trust(rows)


def _write_certificates(rows: Sequence[Row], folder: Path) -> None:
    folder.mkdir(parents=True)
    for row in rows:
        made = holder(row).certificates()[0]
        (folder / f"{row['doi_tuong_kiem_tra']}.pem").write_bytes(pem([made]))
