"""Real certificates and revocation lists, made from the facts that stand in the tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, time, timedelta
from functools import cache
from pathlib import Path

from sosach.cases.class_pki import ClassPki
from sosach.cases.desk import Row
from sosach.cases.signing.authorities import AUTHORITIES
from sosach.cases.signing.dealing import local
from sosach.cases.today import TODAY
from sosach.signing.certificates import Identity, certify, pem, self_certify, subject
from sosach.signing.faults.scene import SoftToken
from sosach.signing.pki import Pki, Revocation, StyleName, make_key
from sosach.signing.revocation import revocation_list
from sosach.signing.trust import Trust, save_trust, trust_of
from sosach.signing.verdicts import VIETNAM

__all__ = ["holder", "moment_of", "trust", "write_certificates", "write_trust"]

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
def _stranger(name: str) -> Identity:
    """Return an authority that stands in no list."""
    far = timedelta(days=3650)
    return self_certify("root", subject(name), make_key("ec"), FETCHED - far, FETCHED + far)


def moment_of(text: str) -> datetime:
    """Return a time of a table, in Vietnam."""
    return local(text).replace(tzinfo=VIETNAM)


def holder(row: Row, pki: ClassPki) -> SoftToken:
    """Return who holds the certificate that a row tells of.

    Parameters
    ----------
    row : mapping
        ``chu_the, loai_chung_thu, don_vi, noi_cap, hieu_luc_tu, hieu_luc_den, so_seri``.
    pki : ClassPki

    Returns
    -------
    SoftToken
        All have one key: to make one for each would cost more than all else.
    """
    life = moment_of(row["hieu_luc_tu"]), moment_of(row["hieu_luc_den"])
    kind, name = SORTS[row["loai_chung_thu"]], subject(row["chu_the"], row["don_vi"])
    own, serial = pki.key.public_key(), int(row["so_seri"])
    if row["noi_cap"] in STYLES:
        chain = pki.pki.issue(kind, own, name, STYLES[row["noi_cap"]], *life, serial)
        return SoftToken(pki.key, tuple(chain))
    above = _stranger(row["noi_cap"])
    made = certify(kind, name, own, above, *life, serial=serial)
    return SoftToken(pki.key, (made, above.certificate))


def trust(rows: Iterable[Row], pki: ClassPki, stale: Sequence[StyleName] = ()) -> Trust:
    """Return what a verifier holds: the authorities, and their revocation lists of this morning.

    Parameters
    ----------
    rows : iterable of mapping
        ``noi_cap, seri_thu_hoi, thu_hoi_tu``: what is revoked.
    pki : ClassPki
    stale : sequence of str
        Authorities whose list nobody has renewed.

    Returns
    -------
    Trust
    """
    own = Pki(pki.pki.identities, list(dict.fromkeys(_revoked(rows))))
    held = trust_of(own, FETCHED)
    old = [revocation_list(own, name, FETCHED - STALE) for name in stale]
    replaced = {crl.issuer for crl in old}
    return Trust(held.authorities, (*(c for c in held.crls if c.issuer not in replaced), *old))


def _revoked(rows: Iterable[Row]) -> Iterator[Revocation]:
    """Yield what the tables say of revocations."""
    for row in rows:
        if row["seri_thu_hoi"] and row["noi_cap"] in STYLES:
            since = moment_of(row["thu_hoi_tu"])
            yield Revocation(STYLES[row["noi_cap"]], int(row["seri_thu_hoi"]), since)


def write_trust(
    rows: Iterable[Row], folder: Path, pki: ClassPki, stale: Sequence[StyleName] = ()
) -> None:
    """Write what a verifier holds into a folder; arguments as of `trust`."""
    save_trust(trust(rows, pki, stale), folder)


def write_certificates(rows: Iterable[Row], folder: Path, pki: ClassPki) -> None:
    """Write the certificate of every row, named by what is to be examined; rows as of `holder`."""
    folder.mkdir(parents=True)
    for row in rows:
        made = holder(row, pki).certificates()[:1]
        (folder / f"{row['doi_tuong_kiem_tra']}.pem").write_bytes(pem(made))
