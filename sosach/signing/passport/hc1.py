"""The text in the QR code: ``HC1:``, then Base45 of zlib of the signed bytes (HCERT 1.0.8, 4.2)."""

from __future__ import annotations

import zlib
from collections.abc import Iterable

from sosach.signing.passport import base45
from sosach.signing.passport.refusal import refuse

__all__ = ["LARGEST", "LONGEST", "PREFIX", "inflate", "strip_prefix", "wrap", "wrap_all"]

PREFIX = "HC1:"
#: a QR code holds 4,296 characters at most (ISO/IEC 18004, version 40-L)
LONGEST = 20_000
#: bytes of a passport when inflated; the largest real ones have 2,000
LARGEST = 64 * 2**10


def wrap(message: bytes, prefix: str = PREFIX) -> str:
    """Return the text for a signed message; another kind of paper has another prefix."""
    return prefix + base45.encode(zlib.compress(message))


def wrap_all(messages: Iterable[bytes]) -> list[str]:
    """Return the texts for many; one step after the other is faster than message by message."""
    packed = [zlib.compress(message) for message in messages]
    return [PREFIX + base45.encode(data) for data in packed]


def strip_prefix(text: str, prefix: str = PREFIX) -> str:
    """Take the prefix off.

    Parameters
    ----------
    text : str
        What the QR code holds. Blanks around it are not removed: they belong to Base45.
    prefix : str
        The one that this kind of paper has.

    Returns
    -------
    str
        Base45.

    Raises
    ------
    SigningError
        ``TEXT_TOO_LONG`` or ``PREFIX``; ``HC2:`` to ``HCZ:`` are later containers.
    """
    if len(text) > LONGEST:
        refuse("TEXT_TOO_LONG", "prefix", expected=f"<= {LONGEST}", found=len(text))
    if not text.startswith(prefix):
        refuse("PREFIX", "prefix", expected=prefix, found=repr(text[: len(prefix)]))
    return text[len(prefix) :]


def inflate(data: bytes) -> bytes:
    """Inflate one zlib stream, up to `LARGEST` bytes.

    Parameters
    ----------
    data : bytes

    Returns
    -------
    bytes
        The signed message.

    Raises
    ------
    SigningError
        ``ZLIB_NOT_COMPRESSED``, ``ZLIB_BROKEN``, ``ZLIB_LIMIT`` (a bomb: inflating has stopped
        there), or ``ZLIB_TRAILING``: bytes after the stream.
    """
    if data[:1] != b"\x78":
        refuse("ZLIB_NOT_COMPRESSED", "zlib", expected="78...", found=data[:2].hex())
    stream = zlib.decompressobj()
    try:
        message = stream.decompress(data, LARGEST + 1)
    except zlib.error:
        refuse("ZLIB_BROKEN", "zlib")
    if len(message) > LARGEST:
        refuse("ZLIB_LIMIT", "zlib", expected=f"<= {LARGEST}", found=f"> {LARGEST}")
    if not stream.eof:
        refuse("ZLIB_BROKEN", "zlib")
    if stream.unused_data:
        refuse("ZLIB_TRAILING", "zlib", expected=0, found=len(stream.unused_data))
    return message
