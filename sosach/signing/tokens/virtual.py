"""A token in a folder: it locks, forgets its login when pulled out and may be slow, as real ones.

It imitates behaviour, not security: who can copy the folder can guess PINs for ever.
"""

from __future__ import annotations

import hashlib
import time
from base64 import b64decode, b64encode
from collections.abc import Sequence
from pathlib import Path
from typing import Any, cast

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from sosach.signing.certificates import load_chain, pem
from sosach.signing.pki import make_key
from sosach.signing.storage import read_limited, reading, write_private
from sosach.signing.tokens.interface import (
    DELIVERED_PIN,
    TokenState,
    Word,
    check_new_pin,
    refuse,
)
from sosach.signing.tokens.tries import StateFile, WrongWordError
from sosach.signing.verdicts import Finding

__all__ = ["VirtualToken", "init_token"]

PSS = padding.PSS(padding.MGF1(hashes.SHA256()), 32)
#: whatever the file says: nobody waits for ever
LONGEST_DELAY_MS = 5_000
STATE, CHAIN = "token.json", "chung_thu.pem"
#: what the file holds besides the counters; `plugs` counts how often it was plugged in
FIELDS: dict[str, tuple[type, ...]] = {
    "plugged": (bool,),
    "plugs": (int,),
    "pull_after": (int, type(None)),
    "delay_ms": (int,),
    "must_change_pin": (bool,),
    **{f"{word}_{part}": (str,) for word in ("pin", "puk") for part in ("key", "sha256")},
}


class VirtualToken:
    """A token that `init_token` has made.

    Parameters
    ----------
    folder : Path
        Its name is the label of the token.
    """

    def __init__(self, folder: Path) -> None:
        self.folder, self.label = folder, folder.name
        self._file = StateFile(folder / STATE, self.label, FIELDS)
        self._key: rsa.RSAPrivateKey | None = None
        self._plugs = 0

    @property
    def state(self) -> TokenState:
        """Return what can be seen without a PIN."""
        state = self._file.read()
        return TokenState(
            self.label,
            "virtual",
            state["plugged"],
            self._is_open(state),
            state["pin"],
            state["puk"],
            state["must_change_pin"],
        )

    def certificates(self) -> list[x509.Certificate]:
        """Return the own certificate, then its authorities."""
        path = self.folder / CHAIN
        if not path.exists():
            return []
        finding = Finding("CERT_BROKEN", "token", "certificate", str(path))
        return load_chain(read_limited(path, finding), str(path))

    def store_certificates(self, chain: Sequence[x509.Certificate]) -> None:
        """Put a certificate and its authorities on the token."""
        write_private(self.folder / CHAIN, pem(chain))

    def public_key(self) -> rsa.RSAPublicKey:
        """Return the public key; after a login."""
        return self._opened().public_key()

    def login(self, pin: str) -> None:
        """Open the key with the PIN; a wrong one costs a try."""
        self.logout()
        self._open(self._attempt("pin", pin))

    def logout(self) -> None:
        """Close the key."""
        self._key = None

    def sign(self, data: bytes) -> bytes:
        """Return one RSASSA-PSS signature; the delivered PIN must have been changed."""
        state = self._file.read()
        if state["pull_after"] is not None:
            state = self._count_down()
        key = self._opened(state)
        if state["must_change_pin"]:
            refuse("PIN_DELIVERED", self.label)
        time.sleep(min(abs(state["delay_ms"]), LONGEST_DELAY_MS) / 1000)
        return key.sign(data, PSS, hashes.SHA256())

    def change_pin(self, pin: str, new: str) -> None:
        """Set another PIN; a wrong old one costs a try."""
        check_new_pin(new, self.label)
        self._attempt("pin", pin, new)

    def unlock(self, puk: str, new: str) -> None:
        """Set another PIN by the PUK, also after a lock; a wrong PUK costs one of its tries."""
        check_new_pin(new, self.label)
        self._attempt("puk", puk, new)

    def plug_in(self) -> None:
        """Put the token into the computer."""
        with self._file.changing() as state:
            state.update(plugged=True, plugs=state["plugs"] + 1, pull_after=None)

    def pull_out(self, after: int | None = None) -> None:
        """Pull the token out of the computer.

        Parameters
        ----------
        after : int, optional
            Only when this many more signatures have been made.
        """
        with self._file.changing() as state:
            state.update(plugged=after is not None, pull_after=after)

    def slow_down(self, delay_ms: int) -> None:
        """Let every signature take this many milliseconds more, as devices do."""
        with self._file.changing() as state:
            state["delay_ms"] = delay_ms

    def _count_down(self) -> dict[str, Any]:
        with self._file.changing() as state:
            left = state["pull_after"]
            state.update(plugged=left > 0, pull_after=left - 1 if left > 0 else None)
        return state

    def _open(self, key: rsa.RSAPrivateKey) -> None:
        self._key, self._plugs = key, self._file.read()["plugs"]

    def _opened(self, state: dict[str, Any] | None = None) -> rsa.RSAPrivateKey:
        """Return the key of a token that is plugged in and open."""
        state = state or self._file.read()
        if not state["plugged"]:
            refuse("TOKEN_REMOVED", self.label)
        if self._key is None or not self._is_open(state):
            refuse("NOT_LOGGED_IN", self.label)
        return self._key

    def _is_open(self, state: dict[str, Any]) -> bool:
        """Tell whether the login still holds: pulling the token out ends it."""
        return self._key is not None and state["plugged"] and self._plugs == state["plugs"]

    def _attempt(self, word: Word, secret: str, new: str = "") -> rsa.RSAPrivateKey:
        """Try a secret word and, where a new PIN is given, wrap the key with it."""
        state = self._file.read()
        if not state["plugged"]:
            refuse("TOKEN_REMOVED", self.label)
        with reading(Finding("TOKEN_BROKEN", "token", "token", self.label)):
            blob = b64decode(state[f"{word}_key"], validate=True)
        if hashlib.sha256(blob).hexdigest() != state[f"{word}_sha256"]:
            refuse("TOKEN_BROKEN", self.label)

        def prove(state: dict[str, Any]) -> rsa.RSAPrivateKey:
            key = _unwrap(blob, secret)
            if new:
                state.update(_wrapped("pin", key, new), pin=state["limit"], must_change_pin=False)
            return key

        return self._file.attempt(word, prove)


def init_token(folder: Path, puk: str, tries: int, pin: str = DELIVERED_PIN) -> VirtualToken:
    """Make a token with a new key.

    Parameters
    ----------
    folder : Path
        Where it lies; the folder's name is its label.
    puk : str
        What unlocks it.
    tries : int
        Wrong PINs until it locks, as of `sosach.signing.pki.STYLES`.
    pin : str
        The delivered one must be changed before the first signature.

    Returns
    -------
    VirtualToken
        Logged in.

    Raises
    ------
    SigningError
        If the folder holds a token already, or the PIN would not be taken.
    """
    token = VirtualToken(folder)
    if pin != DELIVERED_PIN:
        check_new_pin(pin, token.label)
    key = cast(rsa.RSAPrivateKey, make_key("rsa"))
    StateFile(folder / STATE, token.label).create(
        tries,
        plugged=True,
        plugs=1,
        pull_after=None,
        delay_ms=0,
        must_change_pin=pin == DELIVERED_PIN,
        **_wrapped("pin", key, pin),
        **_wrapped("puk", key, puk),
    )
    token._open(key)  # at hand: to prove the PIN would only take time
    return token


def _wrapped(word: Word, key: rsa.RSAPrivateKey, secret: str) -> dict[str, str]:
    """Return the key closed by a secret word, and its digest: damage is no wrong word."""
    blob = key.private_bytes(
        serialization.Encoding.DER,
        serialization.PrivateFormat.PKCS8,
        serialization.BestAvailableEncryption(secret.encode()),
    )
    return {
        f"{word}_key": b64encode(blob).decode(),
        f"{word}_sha256": hashlib.sha256(blob).hexdigest(),
    }


def _unwrap(blob: bytes, secret: str) -> rsa.RSAPrivateKey:
    try:
        key = serialization.load_der_private_key(blob, secret.encode() or b"\0")
    except ValueError as error:
        raise WrongWordError from error
    return cast(rsa.RSAPrivateKey, key)
