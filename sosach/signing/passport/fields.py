"""The eleven fields of QĐ 5772/QĐ-BYT (20/12/2021), in the decision's order, as a person reads them.

Nationality has no place in the DCC: it comes from the record and is not signed.  "Liều số" is read
as the number of doses of the series (``sd``), our reading.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sosach.signing.passport.claims import events_of
from sosach.signing.passport.codes import meaning

__all__ = ["NOT_SIGNED", "Field", "fields_of"]

#: what stands beside a field whose value no signature covers
NOT_SIGNED = "không nằm trong chữ ký"


@dataclass(frozen=True)
class Field:
    """One of the eleven fields.

    Attributes
    ----------
    name : str
        Vietnamese name.
    value : str
        As a person reads it, "" where the passport lacks it.
    code : str
        As it is signed, "" where that is the same.
    signed : bool
    """

    name: str
    value: str
    code: str = ""
    signed: bool = True


def fields_of(content: Mapping[str, Any], nationality: str = "") -> list[Field]:
    """Return the eleven fields of a vaccination passport.

    Parameters
    ----------
    content : dict
        As signed; whatever is missing or odd in it stays empty.
    nationality : str
        From the record.

    Returns
    -------
    list of Field
        Eleven.
    """
    names = content.get("nam")
    names = names if isinstance(names, Mapping) else {}
    dose = dict(events_of(content)).get("v", {})
    full = " ".join(part for part in (_text(names, "fn"), _text(names, "gn")) if part)
    return [
        Field("Họ và tên", full, _machine(names)),
        Field("Ngày sinh", _day(_text(content, "dob"))),
        Field("Quốc tịch", nationality, signed=False),
        _coded("Bệnh", dose, "tg"),
        Field("Số mũi", _text(dose, "dn")),
        Field("Ngày tiêm", _day(_text(dose, "dt"))),
        Field("Liều số", _text(dose, "sd")),
        _coded("Vắc xin", dose, "vp"),
        _coded("Sản phẩm", dose, "mp"),
        _coded("Nhà sản xuất", dose, "ma"),
        Field("Mã số chứng nhận", _text(dose, "ci")),
    ]


def _text(part: Mapping[str, Any], key: str) -> str:
    value = part.get(key)
    return str(value) if isinstance(value, str | int) else ""


def _machine(names: Mapping[str, Any]) -> str:
    """Return the name as the machine-readable zone of a travel paper has it."""
    return "<<".join(part for part in (_text(names, "fnt"), _text(names, "gnt")) if part)


def _coded(name: str, dose: Mapping[str, Any], key: str) -> Field:
    code = _text(dose, key)
    return Field(name, meaning(key, code), code)


def _day(text: str) -> str:
    """Return an ISO date, also a partial one, the way Vietnamese write it."""
    return "/".join(reversed(text[: len("yyyy-mm-dd")].split("-")))
