"""The printable page of a passport: QR code, the eleven fields, and that it is all invented."""

from __future__ import annotations

import json
from datetime import datetime
from importlib.resources import as_file, files
from pathlib import Path

import typst

from sosach.signing.passport.fields import NOT_SIGNED, fields_of
from sosach.signing.passport.issuing import Passport
from sosach.signing.passport.qr import svg
from sosach.signing.storage import write_private
from sosach.signing.verdicts import VIETNAM

__all__ = ["INVENTED", "write_page"]

#: stands on every page and every screen
INVENTED = "DỮ LIỆU GIẢ LẬP"


def write_page(passport: Passport, path: Path) -> None:
    """Write the page as PDF.

    Parameters
    ----------
    passport : Passport
    path : Path
        Where the .pdf goes; it appears when it is complete. The same passport gives the same bytes.
    """
    with as_file(files(__package__) / "templates" / "passport.typ") as template:
        data = typst.compile(
            template,
            ignore_system_fonts=True,  # the font is the library's own on every machine
            sys_inputs={"data": json.dumps(_page(passport), ensure_ascii=False)},
            timestamp=passport.iat,
        )
    write_private(path, data)


def _page(passport: Passport) -> dict[str, object]:
    fields = fields_of(passport.content, passport.nationality)
    return {
        "banner": INVENTED,
        "qr": svg(passport.text),
        "begins": _moment(passport.iat),
        "ends": _moment(passport.exp),
        "fields": [
            {
                "name": field.name,
                "value": field.value,
                "code": field.code if field.code != field.value else "",
                "note": "" if field.signed else NOT_SIGNED,
            }
            for field in fields
        ],
    }


def _moment(time: datetime) -> str:
    return f"{time.astimezone(VIETNAM):%H:%M ngày %d/%m/%Y}"
