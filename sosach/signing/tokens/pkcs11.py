"""A real token, or SoftHSM, through its PKCS#11 module: the key never leaves it.

SoftHSM never locks, so our own counter stands before it; devices count by themselves.  A login
must not cross a fork: a worker opens its own.  Needs the optional part ``sosach[hsm]``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from asn1crypto.keys import PublicKeyInfo, RSAPublicKey
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from sosach.signing.certificates import load_certificate
from sosach.signing.tokens.interface import (
    LOCKED,
    WRONG,
    TokenState,
    Word,
    check_new_pin,
    refuse,
)
from sosach.signing.tokens.tries import StateFile, WrongWordError

if TYPE_CHECKING:
    import pkcs11

__all__ = ["Pkcs11Token", "labels"]

T = TypeVar("T")

#: the module that does not lock (SoftHSMv2 issue 221, wontfix)
NEVER_LOCKS = "SoftHSM"
#: id of key and certificate within the token
KEY_ID = b"\1"
#: errors of the module -> what the token says; any other is TOKEN_BROKEN
SAID = {
    "TokenNotPresent": "TOKEN_REMOVED",
    "DeviceRemoved": "TOKEN_REMOVED",
    "NoSuchToken": "TOKEN_REMOVED",
    "SessionHandleInvalid": "TOKEN_REMOVED",
    "SlotIDInvalid": "TOKEN_REMOVED",
    "UserNotLoggedIn": "NOT_LOGGED_IN",
    "NoSuchKey": "TOKEN_EMPTY",
    "PinExpired": "PIN_DELIVERED",
}
WRONG_WORDS = ("PinIncorrect", "PinInvalid", "PinLenRange")


def _library(module: Path) -> Any:  # noqa: ANN401 - python-pkcs11 makes it at run time
    """Load a module once."""
    try:
        import pkcs11
    except ImportError:
        refuse("EXTRA_MISSING", str(module))
    try:
        return pkcs11.lib(str(module))
    except Exception:
        refuse("MODULE_BROKEN", str(module))


def labels(module: Path) -> list[str]:
    """Return the names of all tokens that a module knows.

    Parameters
    ----------
    module : Path
        A PKCS#11 library, as ``/usr/lib/softhsm/libsofthsm2.so``.

    Returns
    -------
    list of str

    Raises
    ------
    SigningError
        If the library cannot be loaded or ``sosach[hsm]`` is not installed.
    """
    return [token.label for token in _library(module).get_tokens() if token.label]


class Pkcs11Token:
    """One token of a module.

    Parameters
    ----------
    module : Path
        A PKCS#11 library.
    label : str
        Name of the token.
    folder : Path
        Where the counter for SoftHSM is kept.
    tries : int
        Wrong PINs until that counter locks.
    """

    def __init__(self, module: Path, label: str, folder: Path, tries: int = 3) -> None:
        self.label = label
        self._library = _library(module)
        self._session: pkcs11.Session | None = None
        self._file: StateFile | None = None
        if NEVER_LOCKS in self._library.manufacturer_id:
            self._file = StateFile(folder / f"{label}.json", label)
            if not self._file.path.exists():
                self._file.create(tries)

    @property
    def state(self) -> TokenState:
        """Return what can be seen without a PIN."""
        found = [token for token in self._library.get_tokens() if token.label == self.label]
        flags = {flag.name for flag in found[0].flags} if found else set()
        counters = self._file.read() if self._file else {}
        return TokenState(
            self.label,
            "pkcs11",
            bool(found),
            self._session is not None,
            counters["pin"] if counters else _tries("USER", flags),
            counters["puk"] if counters else _tries("SO", flags),
            "USER_PIN_TO_BE_CHANGED" in flags,
        )

    def certificates(self) -> list[x509.Certificate]:
        """Return the own certificate, then its authorities."""
        from pkcs11 import Attribute, ObjectClass

        with self._open() as session:
            objects = session.get_objects({Attribute.CLASS: ObjectClass.CERTIFICATE})
            found = [load_certificate(each[Attribute.VALUE], self.label) for each in objects]
        issuers = {each.issuer for each in found if each.issuer != each.subject}
        chain = [each for each in found if each.subject not in issuers][:1]
        while chain and chain[-1].issuer != chain[-1].subject:
            above = [each for each in found if each.subject == chain[-1].issuer]
            if not above:
                break
            chain.append(above[0])
        return chain

    def store_certificates(self, chain: Sequence[x509.Certificate]) -> None:
        """Put a certificate and its authorities on the token; after a login."""
        from pkcs11 import Attribute, CertificateType, ObjectClass

        with self._talking():
            for number, certificate in enumerate(chain):
                self._opened().create_object(
                    {
                        Attribute.CLASS: ObjectClass.CERTIFICATE,
                        Attribute.CERTIFICATE_TYPE: CertificateType.X_509,
                        Attribute.TOKEN: True,
                        Attribute.LABEL: f"{self.label} {number}",
                        Attribute.ID: KEY_ID if number == 0 else bytes([1 + number]),
                        Attribute.SUBJECT: certificate.subject.public_bytes(),
                        Attribute.VALUE: certificate.public_bytes(serialization.Encoding.DER),
                    }
                )

    def generate_key(self) -> rsa.RSAPublicKey:
        """Make a key inside the token, from where it cannot be read; after a login."""
        from pkcs11 import Attribute, KeyType
        from pkcs11.util.rsa import encode_rsa_public_key

        template = {Attribute.SENSITIVE: True, Attribute.EXTRACTABLE: False, Attribute.SIGN: True}
        with self._talking():
            public, _ = self._opened().generate_keypair(
                *(KeyType.RSA, 2048),
                id=KEY_ID,
                label=self.label,
                store=True,
                private_template=template,
            )
            key = RSAPublicKey.load(encode_rsa_public_key(public))
        info = PublicKeyInfo({"algorithm": {"algorithm": "rsa"}, "public_key": key})
        made = serialization.load_der_public_key(info.dump())
        assert isinstance(made, rsa.RSAPublicKey)  # noqa: S101 - for the types
        return made

    def login(self, pin: str) -> None:
        """Open the key with the PIN; a wrong one costs a try."""
        self.logout()
        self._session = self._attempt("pin", lambda: self._token().open(rw=True, user_pin=pin))

    def logout(self) -> None:
        """Close the key."""
        if self._session is not None:
            session, self._session = self._session, None
            with self._talking():
                session.close()

    def sign(self, data: bytes) -> bytes:
        """Return one RSASSA-PSS signature (SHA-256, salt 32) over the data."""
        from pkcs11 import MGF, KeyType, Mechanism, ObjectClass

        with self._talking():
            key = self._opened().get_key(object_class=ObjectClass.PRIVATE_KEY, key_type=KeyType.RSA)
            signature = key.sign(  # type: ignore[attr-defined]
                data,
                mechanism=Mechanism.SHA256_RSA_PKCS_PSS,
                mechanism_param=(Mechanism.SHA256, MGF.SHA256, 32),
            )
        return bytes(signature)

    def change_pin(self, pin: str, new: str) -> None:
        """Set another PIN; a wrong old one costs a try."""
        check_new_pin(new, self.label)
        self.logout()

        def prove() -> None:
            with self._token().open(rw=True, user_pin=pin) as session:
                session.set_pin(pin, new)

        self._attempt("pin", prove)

    def unlock(self, puk: str, new: str) -> None:
        """Set another PIN by the PUK (the security officer's PIN), also after a lock."""
        check_new_pin(new, self.label)
        self.logout()

        def prove() -> None:
            with self._token().open(rw=True, so_pin=puk) as session:
                session.init_pin(new)

        self._attempt("puk", prove, ("pin",))

    def _attempt(self, word: Word, prove: Callable[[], T], restores: tuple[str, ...] = ()) -> T:
        """Try a secret word, behind our own counter where the module has none."""

        def counted(state: dict[str, Any]) -> T:
            with self._talking(word):
                proved = prove()
            state.update(dict.fromkeys(restores, state.get("limit")))
            return proved

        with self._talking():
            self._token()  # a token that is not there costs no try
        if self._file is not None:
            return self._file.attempt(word, counted)
        try:
            return counted({})
        except WrongWordError:
            state = self.state
            left = state.tries if word == "pin" else state.puk_tries
            refuse(LOCKED[word] if left == 0 else WRONG[word], self.label, left)

    def _token(self) -> Any:  # noqa: ANN401 - as of the library
        return self._library.get_token(token_label=self.label)

    @contextmanager
    def _open(self) -> Iterator[Any]:
        """Offer the open session, or one without login."""
        with self._talking():
            if self._session is not None:
                yield self._session
            else:
                with self._token().open() as session:
                    yield session

    def _opened(self) -> pkcs11.Session:
        if self._session is None:
            refuse("NOT_LOGGED_IN", self.label)
        return self._session

    @contextmanager
    def _talking(self, word: Word | None = None) -> Iterator[None]:
        """Turn errors of the module into what the token says."""
        from pkcs11.exceptions import PKCS11Error

        try:
            yield
        except PKCS11Error as error:
            name = type(error).__name__
            if word and name in WRONG_WORDS:
                raise WrongWordError from error
            if word and name == "PinLocked":
                refuse(LOCKED[word], self.label, 0)
            if SAID.get(name) == "TOKEN_REMOVED":
                self._session = None
            refuse(SAID.get(name, "TOKEN_BROKEN"), self.label)


def _tries(who: str, flags: set[str]) -> int | None:
    """Return what a device tells of its own counter."""
    if f"{who}_PIN_LOCKED" in flags:
        return 0
    return 1 if f"{who}_PIN_FINAL_TRY" in flags else None
