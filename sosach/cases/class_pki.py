"""The certificates and tokens with which one class signs: kept in its folder, made when first needed.

What is graded follows from a seed; what is signed is real and comes from here. The same facts make
both. A pack gets public things, and the tokens of the trainee's own drawer.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from functools import cache, cached_property
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, cast

from sosach.cases.today import TODAY

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey
    from cryptography.x509 import Certificate

    from sosach.signing.faults.scene import SoftToken
    from sosach.signing.pki import Pki, StyleName
    from sosach.signing.tokens import VirtualToken
    from sosach.signing.trust import Trust

__all__ = ["CLASS_PKI", "PIN", "TRUST", "ClassPki", "Holder", "at", "practice_pki"]

#: folder of a class, and of a pack's trust anchors
CLASS_PKI, TRUST = "chung_thu", "tin_cay"
#: parts of the class folder's one
AUTHORITIES, TOKENS = "noi_cap", "token"
#: the key of all `ClassPki.signer`, and how long a certificate for it would be valid
SHARED = "khoa_chung"
#: a file by which processes wait for each other, and how many seconds they wait before they look
LOCK, PAUSE = ".khoa", 0.02
#: of every token in a drawer; each has been changed from the delivered one
PIN, PUK = "DaoTao2022", "PUK-dao-tao-2022"


def at(day: str, hour: str = "08:00:00") -> datetime:
    """Return a moment of the simulated calendar.

    Examples
    --------
    >>> at("2022-05-09").isoformat()
    '2022-05-09T08:00:00+07:00'
    """
    return datetime.fromisoformat(f"{day}T{hour}+07:00")


LIFE = (at("2022-01-01"), at("2032-01-01"))


@dataclass(frozen=True)
class Holder:
    """Whose certificate it is.

    Attributes
    ----------
    kind : {"facility", "person"}
    unit, name : str
        Code and name that it bears.
    begins, ends : str
        First and last day of validity, yyyy-mm-dd.
    style : {"cong_vu", "cong_cong"}
        Who has issued it.
    """

    kind: str
    unit: str
    name: str
    begins: str
    ends: str
    style: StyleName = "cong_vu"


class ClassPki:
    """The authorities of a class, and the tokens that they were asked for.

    Parameters
    ----------
    folder : Path
        Where they are kept; made with mode 0700 when first needed.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @cached_property
    def pki(self) -> Pki:
        """The authorities, with their keys."""
        from sosach.signing.certificates import self_certify, subject
        from sosach.signing.pki import load_pki, make_key, make_pki, save_identity, save_pki
        from sosach.signing.trust import save_trust, trust_of

        target = self.folder / AUTHORITIES
        with self._alone():
            if not target.exists():
                part = self.folder / f".{AUTHORITIES}.dang_ghi"
                shutil.rmtree(part, ignore_errors=True)
                made = make_pki(self.now)
                save_pki(made, part)
                save_identity(
                    self_certify("person", subject("Khoa ky chung"), make_key("rsa"), *LIFE),
                    part,
                    SHARED,
                )
                save_trust(trust_of(made, self.now), self.folder / TRUST)
                part.rename(target)
        return load_pki(target)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Let one process at a time make what the class keeps; the others wait and find it."""
        from sosach.signing.storage import locked

        with ExitStack() as inside:
            while True:
                with suppress(BlockingIOError):
                    inside.enter_context(locked(self.folder / LOCK))
                    break
                time.sleep(PAUSE)
            yield

    @property
    def now(self) -> datetime:
        """The moment at which every case plays, in the morning."""
        return at(TODAY.isoformat())

    @property
    def trust(self) -> Trust:
        """What a verifier of this class holds today; no key is needed for it."""
        from sosach.signing.trust import load_trust

        return load_trust(self.folder / TRUST)

    def save_trust(self, folder: Path) -> None:
        """Write the trust anchors and today's revocation lists into a pack."""
        _ = self.pki
        shutil.copytree(self.folder / TRUST, folder, dirs_exist_ok=True)

    def signer(self, holder: Holder) -> SoftToken:
        """Return a key with a new certificate, for what was signed before the case begins.

        All have one key, so that a thousand packs do not wait for a thousand keys.
        """
        from sosach.signing.faults.scene import SoftToken

        return SoftToken(self.key, tuple(self._chain(self.key.public_key(), holder)))

    def token(self, label: str, holder: Holder) -> VirtualToken:
        """Return a token of the class, made when it is asked for the first time.

        Parameters
        ----------
        label : str
            Tells it from all others of the class.
        holder : Holder

        Returns
        -------
        VirtualToken
            Its PIN is `PIN`.
        """
        from sosach.signing.pki import STYLES
        from sosach.signing.tokens import VirtualToken, init_token

        target = self.folder / TOKENS / label
        _ = self.pki  # made before: whoever makes something is alone
        with self._alone():
            if not target.exists():
                part = target.with_name(f".{label}.dang_ghi")
                shutil.rmtree(part, ignore_errors=True)
                made = init_token(part, PUK, STYLES[holder.style].tries, PIN)
                made.store_certificates(self._chain(made.public_key(), holder))
                part.rename(target)
        return VirtualToken(target)

    def copy_token(self, label: str, holder: Holder, folder: Path) -> None:
        """Put a token into a pack; `label` and `holder` as `token` takes them."""
        kept = self.token(label, holder).folder
        shutil.copytree(kept, folder, ignore=shutil.ignore_patterns(".*"), dirs_exist_ok=True)

    def _chain(self, key: RSAPublicKey, holder: Holder) -> list[Certificate]:
        from sosach.signing.certificates import subject

        name = subject(holder.name, holder.unit)
        days = at(holder.begins, "00:00:00"), at(holder.ends, "23:59:59")
        return self.pki.issue(holder.kind, key, name, holder.style, *days)

    @cached_property
    def key(self) -> RSAPrivateKey:
        """The key of all `signer`, and of everybody in prints."""
        from sosach.signing.pki import load_identity

        _ = self.pki
        return cast("RSAPrivateKey", load_identity(self.folder / AUTHORITIES, SHARED).key)


@cache
def practice_pki() -> ClassPki:
    """Return the certificates for practice: one set for this process, gone with it."""
    return _Lent(TemporaryDirectory(prefix="sosach_chung_thu_"))


class _Lent(ClassPki):
    """Certificates in a folder that lives as long as they do."""

    def __init__(self, kept: TemporaryDirectory[str]) -> None:
        super().__init__(Path(kept.name))
        self._kept = kept
