"""Base45 (RFC 9285): bytes in the 45 characters that a QR code stores best.

Two bytes are three characters, a last single byte two.  Nothing is repaired in reading: blanks
belong to the alphabet, and small letters do not.
"""

from __future__ import annotations

from struct import pack, unpack

from sosach.signing.passport.refusal import refuse

__all__ = ["ALPHABET", "decode", "encode"]

STAGE = "base45"

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"

_PAIRS = [ALPHABET[n % 45] + ALPHABET[n // 45 % 45] + ALPHABET[n // 2025] for n in range(1 << 16)]
_STRANGE = 0xFF
#: byte of a character -> its value
_VALUES = bytes(ALPHABET.find(chr(byte)) % 0x100 for byte in range(0x100))


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
    SigningError
        ``B45_CHAR``: a character outside the alphabet; ``B45_LEN``: one character is left over;
        ``B45_RANGE``: a group stands for more than its bytes can hold.

    Examples
    --------
    >>> decode("QED8WEX0")
    b'ietf!'
    """
    values = text.encode("latin-1", "replace").translate(_VALUES)
    if _STRANGE in values:
        place = values.index(_STRANGE)
        refuse("B45_CHAR", STAGE, f"[{place}]", "0-9 A-Z $%*+-./:", repr(text[place]))
    if len(values) % 3 == 1:
        refuse("B45_LEN", STAGE, found=len(text))
    groups = zip(values[::3], values[1::3], values[2::3], strict=False)
    numbers = [low + 45 * middle + 2025 * high for low, middle, high in groups]
    _demand_range(numbers, 0xFFFF, 0)
    data = pack(f">{len(numbers)}H", *numbers)
    if len(values) % 3:
        last = values[-2] + 45 * values[-1]
        _demand_range([last], 0xFF, len(text) - 2)
        data += bytes([last])
    return data


def _demand_range(numbers: list[int], largest: int, start: int) -> None:
    if numbers and max(numbers) > largest:
        place = next(i for i, number in enumerate(numbers) if number > largest)
        refuse("B45_RANGE", STAGE, f"[{start + 3 * place}]", f"<= {largest}", numbers[place])
