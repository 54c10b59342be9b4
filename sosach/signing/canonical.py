"""One text for one content: JSON in the canonical form of RFC 8785, restricted to what we sign.

Keys are ASCII, texts are brought to NFC, numbers are integers, what is None is left out; so the
same content always gives the same bytes, and any other spelling gives others.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from generator.vietnamese import nfc

__all__ = ["canonical"]

#: beyond it JSON readers lose digits (RFC 7493)
LARGEST = 2**53 - 1
_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def canonical(content: Mapping[str, Any]) -> bytes:
    """Return the canonical JSON of an object.

    Parameters
    ----------
    content : mapping
        Members are texts, integers, truth values, None, and lists and mappings of them.

    Returns
    -------
    bytes
        UTF-8.

    Raises
    ------
    TypeError
        If a value has no canonical form, as a float or a date, or a key is not ASCII text.
    ValueError
        If a text is no Unicode or an integer exceeds 2**53 - 1.

    Examples
    --------
    >>> canonical({"b": 1, "a": "Đỗ", "c": None}).decode()
    '{"a":"Đỗ","b":1}'
    """
    return _ENCODER.encode(_clean(content)).encode()


def _clean(value: Any) -> Any:  # noqa: ANN401 - JSON
    if isinstance(value, str):
        return nfc(value)
    if isinstance(value, bool):
        return value
    if isinstance(value, int):
        if abs(value) > LARGEST:
            message = f"{value} is beyond 2**53 - 1"
            raise ValueError(message)
        return value
    if isinstance(value, list | tuple):
        return [_clean(each) for each in value]
    if isinstance(value, Mapping) and all(isinstance(k, str) and k.isascii() for k in value):
        return {key: _clean(each) for key, each in value.items() if each is not None}
    message = f"{type(value).__name__} has no canonical form"
    raise TypeError(message)
