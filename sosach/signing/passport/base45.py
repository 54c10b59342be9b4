"""Base45 (RFC 9285): bytes in the 45 characters that a QR code stores best.

Two bytes are three characters, a last single byte two.  Nothing is repaired in reading: blanks
belong to the alphabet, and small letters do not.
"""

from __future__ import annotations

from struct import pack, unpack

__all__ = ["ALPHABET", "Base45Error", "decode", "encode"]

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"

_PAIRS = [ALPHABET[n % 45] + ALPHABET[n // 45 % 45] + ALPHABET[n // 2025] for n in range(1 << 16)]
_STRANGE = 0xFF
#: byte of a character -> its value
_VALUES = bytes(ALPHABET.find(chr(byte)) % 0x100 for byte in range(0x100))


class Base45Error(ValueError):
    """A text that is no Base45.

    Attributes
    ----------
    code : {"B45_CHAR", "B45_LEN", "B45_RANGE"}
        A strange character, a length that no bytes give, or a group that is too large.
    position : int
        Where in the text, counted from 0.
    """

    def __init__(self, code: str, position: int) -> None:
        super().__init__(f"{code} at {position}")
        self.code = code
        self.position = position


def encode(data: bytes) -> str:
    """Write bytes as Base45.

    Examples
    --------
    >>> encode(b"ietf!")
    'QED8WEX0'
    """
    text = "".join(map(_PAIRS.__getitem__, unpack(f">{len(data) // 2}H", data[: len(data) & ~1])))
    return text + _PAIRS[data[-1]][:2] if len(data) % 2 else text


def decode(text: str) -> bytes:
    """Read Base45.

    Parameters
    ----------
    text : str

    Returns
    -------
    bytes

    Raises
    ------
    Base45Error
        If a character is outside the alphabet, one character is left over, or a group stands for
        more than two bytes (the last one: more than one byte) can hold.

    Examples
    --------
    >>> decode("QED8WEX0")
    b'ietf!'
    """
    values = text.encode("latin-1", "replace").translate(_VALUES)
    if _STRANGE in values:
        raise Base45Error("B45_CHAR", values.index(_STRANGE))
    if len(values) % 3 == 1:
        raise Base45Error("B45_LEN", len(text) - 1)
    groups = zip(values[::3], values[1::3], values[2::3], strict=False)
    numbers = [low + 45 * middle + 2025 * high for low, middle, high in groups]
    if numbers and max(numbers) > 0xFFFF:
        first = next(i for i, number in enumerate(numbers) if number > 0xFFFF)
        raise Base45Error("B45_RANGE", 3 * first)
    data = pack(f">{len(numbers)}H", *numbers)
    if len(values) % 3:
        last = values[-2] + 45 * values[-1]
        if last > 0xFF:
            raise Base45Error("B45_RANGE", len(text) - 2)
        data += bytes([last])
    return data
