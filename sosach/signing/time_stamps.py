"""Time stamps (RFC 3161) in the process: a third party says when a signature already existed."""

from __future__ import annotations

from datetime import datetime

from asn1crypto import keys
from cryptography.hazmat.primitives import serialization
from pyhanko.sign.timestamps import DummyTimeStamper, TimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore

from sosach.signing.cms import as_asn1
from sosach.signing.pki import Pki

__all__ = ["TimeStamper", "time_stamper"]


def time_stamper(pki: Pki, at: datetime) -> TimeStamper:
    """Return a time stamp authority whose clock stands still.

    Parameters
    ----------
    pki : Pki
        Its identity ``time_stamp`` signs.
    at : datetime
        The time that it tells, with a zone.

    Returns
    -------
    TimeStamper
        For `sosach.signing.cms.sign_data` and `sosach.signing.lists.sign_list`.
    """
    own = pki.identities["time_stamp"]
    key = own.key.private_bytes(
        serialization.Encoding.DER,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    above = [as_asn1(pki.identities["cong_vu"].certificate)]
    return DummyTimeStamper(
        as_asn1(own.certificate),
        keys.PrivateKeyInfo.load(key),
        certs_to_embed=SimpleCertificateStore.from_certs(above),
        fixed_dt=at,
    )
