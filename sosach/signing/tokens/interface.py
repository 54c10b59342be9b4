"""What every token can do, whatever it is made of; a refusal says how many tries are left."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NoReturn, Protocol

from cryptography import x509

from sosach.signing.verdicts import Finding, SigningError

__all__ = [
    "DELIVERED_PIN",
    "LOCKED",
    "WRONG",
    "Signatory",
    "Token",
    "TokenState",
    "Word",
    "check_new_pin",
    "refuse",
]

#: what a token comes with; it must be changed before the first signature (domain.md 11)
DELIVERED_PIN = "12345678"
#: letters of a PIN (guide of the province Tuyên Quang for VGCA tokens)
SHORTEST, LONGEST = 4, 16


@dataclass(frozen=True)
class TokenState:
    """What can be seen without a PIN.

    Attributes
    ----------
    label : str
    kind : {"virtual", "pkcs11"}
    plugged : bool
        Whether it is in the computer.
    logged_in : bool
    tries, puk_tries : int or None
        Wrong PINs, wrong PUKs that are still allowed; 0: locked; None: the device does not tell.
    must_change_pin : bool
        The delivered PIN is still in use.
    """

    label: str
    kind: str
    plugged: bool
    logged_in: bool
    tries: int | None
    puk_tries: int | None
    must_change_pin: bool


#: which of the two secret words
Word = Literal["pin", "puk"]
#: what is said of a wrong word, and of one that may not be tried any more
WRONG: dict[Word, str] = {"pin": "PIN_INCORRECT", "puk": "PUK_INCORRECT"}
LOCKED: dict[Word, str] = {"pin": "PIN_LOCKED", "puk": "PUK_LOCKED"}


class Signatory(Protocol):
    """A key that signs, and its certificates."""

    def certificates(self) -> list[x509.Certificate]:
        """Return the own certificate, then its authorities; none where none was stored."""

    def sign(self, data: bytes) -> bytes:
        """Return one RSASSA-PSS signature (SHA-256, salt 32) over the data."""


class Token(Signatory, Protocol):
    """A key that signs after a PIN; every refusal is a `SigningError` with the tries left."""

    @property
    def state(self) -> TokenState:
        """Return what can be seen without a PIN."""

    def login(self, pin: str) -> None:
        """Open the key with the PIN; a wrong one costs a try."""

    def logout(self) -> None:
        """Close the key."""

    def change_pin(self, pin: str, new: str) -> None:
        """Set another PIN; a wrong old one costs a try."""

    def unlock(self, puk: str, new: str) -> None:
        """Set another PIN by the PUK, also after a lock; a wrong PUK costs one of its tries."""


def refuse(code: str, label: str, left: int | None = None) -> NoReturn:
    """Raise what a token says.

    Parameters
    ----------
    code : str
        A row of the findings.
    label : str
        Name of the token.
    left : int, optional
        Tries that are left.

    Raises
    ------
    SigningError
        Always.
    """
    tries = "?" if left is None else str(left)
    found = tries if code in WRONG.values() else ""
    raise SigningError(Finding(code, "token", "token", label, found=found), left)


def check_new_pin(pin: str, label: str) -> None:
    """Refuse a PIN that a token would not take, or that everybody knows.

    Parameters
    ----------
    pin : str
    label : str
        Name of the token.

    Raises
    ------
    SigningError
        If it has not 4 to 16 ASCII letters, digits and signs, or is the delivered one.
    """
    fits = SHORTEST <= len(pin) <= LONGEST and pin.isascii() and pin.isprintable()
    if not fits or " " in pin:
        refuse("PIN_FORM", label)
    if pin == DELIVERED_PIN:
        refuse("PIN_DELIVERED", label)
