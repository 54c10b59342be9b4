"""The day with passports: people who ask for one, and people who show the QR code of one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from sosach.cases.class_pki import TRUST, ClassPki, Holder
from sosach.cases.desk import Desk, Row
from sosach.cases.signing.asking import ask
from sosach.cases.signing.dealing import deal
from sosach.cases.signing.passport_kinds import ASKING, CODES
from sosach.cases.signing.qr_codes import PICTURES, show, vaccine_rows

__all__ = ["PASSPORT_TRUST", "passports"]

#: folder of the trust in passports in ``du_lieu/``
PASSPORT_TRUST = "tin_cay_ho_chieu"


def passports(desk: Desk) -> None:
    """Lay questions and codes on the desk, half of each."""
    count = len(desk.subjects)
    people, doses = ask(desk, deal(ASKING, count // 2, desk.seed))
    codes, log = show(desk, deal(CODES, count - count // 2, desk.seed))
    columns = dict.fromkeys([*people[0], *codes[0]], "")
    desk.files["can_kiem_tra"] = [columns | row for row in (*people, *codes)]
    desk.files["mui_nguoi_hoi"] = doses
    desk.files["so_cap"] = log
    desk.files["ma_vac_xin"] = vaccine_rows()
    _have_printed(desk, people, doses, codes, log)


def _have_printed(
    desk: Desk,
    people: Sequence[Row],
    doses: Sequence[Row],
    codes: Sequence[Row],
    log: Sequence[Row],
) -> None:
    """Have the signatures on the doses and the QR codes made."""
    units = (desk.station, desk.centre)
    names = {unit: desk.truth.sites[unit]["ten_co_so"] for unit in units}

    def batches(path: Path, pki: ClassPki) -> None:
        from sosach.cases.signing.prints_passports import write_signed_doses

        holders = [Holder("facility", u, n, "2022-01-10", "2027-01-09") for u, n in names.items()]
        write_signed_doses(people, doses, holders, path, pki)

    def pictures(path: Path, pki: ClassPki) -> None:
        from sosach.cases.signing.prints_passports import write_codes

        write_codes(codes, log, path, pki)

    def anchors(path: Path, pki: ClassPki) -> None:
        from sosach.cases.signing.prints_passports import write_passport_trust

        write_passport_trust(path, pki)

    desk.signed |= {
        "chu_ky": batches,
        PICTURES: pictures,
        TRUST: lambda path, pki: pki.save_trust(path),
        PASSPORT_TRUST: anchors,
    }
