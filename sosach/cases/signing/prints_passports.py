"""Real passports as QR codes, and real signatures on the doses of those who ask, made from the tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

from sosach.cases.class_pki import ClassPki, Holder, at
from sosach.cases.desk import Row
from sosach.cases.signing.passport_kinds import SIGNED
from sosach.cases.signing.prints_certificates import moment_of
from sosach.cases.signing.qr_codes import AT_COUNTER, QR, UNKNOWN
from sosach.signing.batches import Entry, write_batch
from sosach.signing.certificates import self_certify, subject
from sosach.signing.dose_signing import make_batch
from sosach.signing.doses import digest, dose_bytes, with_subjects
from sosach.signing.faults.passport_office import message_of, text_of
from sosach.signing.passport.claims import write_claims
from sosach.signing.passport.codes import DISEASE
from sosach.signing.passport.entry import ISSUER, VERSION
from sosach.signing.passport.issuing import ISS, Issuer, issuer_of
from sosach.signing.passport.qr import png
from sosach.signing.passport.trust import save_passport_trust, trust_of
from sosach.signing.pki import make_key

__all__ = ["content_of", "write_codes", "write_passport_trust", "write_signed_doses"]

#: when the stations signed, before anybody asked
SIGNED_AT = at("2022-05-06", "16:30:00")
HOUR = " 08:00"


def write_signed_doses(
    people: Iterable[Row],
    doses: Sequence[Row],
    holders: Iterable[Holder],
    folder: Path,
    pki: ClassPki,
) -> None:
    """Sign the doses that are signed, one batch for each unit.

    Parameters
    ----------
    people, doses : iterable of mapping
        Rows of ``can_kiem_tra`` and ``mui_nguoi_hoi``.
    holders : iterable of Holder
        The units.
    folder : Path
    pki : ClassPki
    """
    rows = [row for row in with_subjects(doses, people) if row["tt_ky"] == SIGNED]
    for number, each in enumerate(holders, start=1):
        own = [
            (row["ma_mui"], dose_bytes(row, 1)) for row in rows if row["don_vi_nhap"] == each.unit
        ]
        if own:
            lines = [(Entry(name, 1, digest(data)), data) for name, data in own]
            made = make_batch(f"lo_{number:06}", each.unit, lines, pki.signer(each), SIGNED_AT)
            write_batch(folder, made)


def write_codes(codes: Iterable[Row], log: Iterable[Row], folder: Path, pki: ClassPki) -> None:
    """Sign and draw the QR codes; what was changed after signing keeps the old signature.

    Parameters
    ----------
    codes, log : iterable of mapping
        Rows of ``can_kiem_tra`` about codes, and of ``so_cap``.
    folder : Path
    pki : ClassPki
    """
    folder.mkdir(parents=True)
    issued, own = {row["so"]: row for row in log}, issuer_of(pki.pki)
    for row in codes:
        shown = {name.removeprefix(QR): row[name] for name in row if name.startswith(QR)}
        issuer = _stranger() if shown["khoa_ky"] == UNKNOWN else own
        text = _text(shown, issued.get(shown["so"], shown), issuer)
        (folder / f"{row['doi_tuong_kiem_tra']}.png").write_bytes(png(text))


def _text(shown: Row, issued: Row, issuer: Issuer) -> str:
    """Return the text of a code."""
    life = moment_of(issued["ngay_cap"] + HOUR), moment_of(issued["het_han"] + HOUR)
    text, _ = issuer.sign(content_of(issued), *life)
    if content_of(shown) == content_of(issued):
        return text
    payload = write_claims(ISS, *life, content_of(shown))
    return text_of(replace(message_of(text), payload=payload))


def content_of(told: Row) -> dict[str, Any]:
    """Return the content of a passport from a row.

    Parameters
    ----------
    told : mapping
        A row of ``so_cap``, or the ``qr_`` columns of a code.

    Returns
    -------
    dict
        Of schema `sosach.signing.passport.entry.VERSION`.
    """
    surname, _, given = told["ho_ten"].partition(" ")
    shorter, _, longer = told["ten_may"].partition("<<")
    return {
        "ver": VERSION,
        "nam": {"fn": surname, "fnt": shorter, "gn": given, "gnt": longer},
        "dob": _iso(told["ngay_sinh"]),
        "v": [
            {
                "tg": DISEASE,
                "vp": told["loai"],
                "mp": told["san_pham"],
                "ma": told["nha_san_xuat"],
                "dn": int(told["so_mui"]),
                "sd": int(told["lieu_so"]),
                "dt": _iso(told["ngay_tiem"]),
                "co": "VN",
                "is": ISSUER,
                "ci": told["so"],
            }
        ],
    }


def _iso(day: str) -> str:
    return "-".join(reversed(day.split("/")))


@cache
def _stranger() -> Issuer:
    """Return an issuer with a certificate of his own making; one per process."""
    key, far = make_key("rsa"), timedelta(days=3000)
    begins = at(f"{AT_COUNTER:%Y-%m-%d}")
    name = subject("DSC dao tao RSA")
    made = self_certify("document_signer", name, key, begins - far, begins + far)
    return Issuer(key, made.certificate)


def write_passport_trust(folder: Path, pki: ClassPki) -> None:
    """Write whom a verifier of passports trusts."""
    save_passport_trust(trust_of(pki.pki), folder)
