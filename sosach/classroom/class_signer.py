"""Who signs the papers of a class, and what somebody else needs to check them."""

from __future__ import annotations

from datetime import datetime

from sosach.cases.class_pki import PIN, TRUST, Holder
from sosach.classroom.folder import ClassFolder
from sosach.signing.confirmations import SIGNERS
from sosach.signing.document_signers import trust_list, write_trust_list
from sosach.signing.tokens import VirtualToken
from sosach.signing.trust import save_trust, trust_of

__all__ = ["class_signer", "write_trust"]

#: the trainer's token in the class folder; as long as a class's authorities live
LABEL, BEGINS, ENDS = "giang_vien", "2022-01-01", "2031-12-31"


def class_signer(room: ClassFolder) -> VirtualToken:
    """Return the token of a class, logged in; it is made when a paper is signed for the first time."""
    holder = Holder("facility", room.record.class_id, room.record.name, BEGINS, ENDS)
    token = room.pki.token(LABEL, holder)
    token.login(PIN)
    return token


def write_trust(room: ClassFolder, token: VirtualToken, at: datetime) -> None:
    """Write ``ket_qua/tin_cay/``: authorities, today's revocation lists, the confirmations' signer."""
    folder = room.results / TRUST
    save_trust(trust_of(room.pki.pki, at), folder)
    write_trust_list(trust_list(token.certificates()[:1]), folder / SIGNERS)
