"""CBOR (RFC 8949) from strangers: exactly one item, no depth without end, and no tag is obeyed.

A library that obeys tags makes regular expressions, sets, shared and even cyclic values out of
foreign bytes.  Here a tag stays what it is, `Tagged`, and whoever reads the item decides.
"""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

import cbor2

__all__ = ["CborError", "Tagged", "decode", "encode"]

Tagged = cbor2.CBORTag
#: a passport is eight containers deep at most
DEEPEST = 16
#: tags that the library would obey (its documentation, "Tag support")
OBEYED = (
    *(0, 1, 2, 3, 4, 5, 25, 28, 29, 30, 35, 36, 37, 52, 54, 100, 256, 258, 260, 261, 1004),
    *(43000, 55799),
)


class CborError(ValueError):
    """Bytes that are not exactly one CBOR item."""


def _keep(number: int) -> Callable[[Any, bool], Tagged]:
    return lambda value, _: Tagged(number, value)


_KEPT = {number: _keep(number) for number in OBEYED}


def decode(data: bytes) -> Any:  # noqa: ANN401 - whatever CBOR can hold
    r"""Read one CBOR item.

    Parameters
    ----------
    data : bytes

    Returns
    -------
    object
        Numbers, text, bytes, lists, mappings; `Tagged` for every tag. Inside a tag lists are
        tuples.

    Raises
    ------
    CborError
        If the bytes are no CBOR, end too early, go on after the item, nest deeper than `DEEPEST`,
        or use a key of a map twice.

    Examples
    --------
    >>> decode(b"\x82\x01\x61a")
    [1, 'a']
    """
    stream = BytesIO(data)
    try:
        item = cbor2.CBORDecoder(
            stream, semantic_decoders=_KEPT, max_depth=DEEPEST, allow_duplicate_keys=False
        ).decode()
    except (cbor2.CBORError, ValueError, TypeError, OverflowError, RecursionError) as error:
        raise CborError(str(error)) from None
    if stream.tell() != len(data):
        message = f"{len(data) - stream.tell()} bytes after the item"
        raise CborError(message)
    return item


def encode(item: object) -> bytes:
    """Write one item with definite lengths, keys in their order."""
    return cbor2.dumps(item)
