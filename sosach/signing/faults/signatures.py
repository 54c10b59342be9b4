"""All faults of the facility's side: certificates, tokens, doses, lists."""

from __future__ import annotations

from sosach.signing.faults.certificates import CERTIFICATE_FAULTS
from sosach.signing.faults.doses import DOSE_FAULTS
from sosach.signing.faults.lists import LIST_FAULTS
from sosach.signing.faults.record import Fault
from sosach.signing.faults.scene import Scene
from sosach.signing.faults.tokens import TOKEN_FAULTS

__all__ = ["SIGNATURE_FAULTS"]

SIGNATURE_FAULTS: tuple[Fault[Scene], ...] = (
    *CERTIFICATE_FAULTS,
    *TOKEN_FAULTS,
    *DOSE_FAULTS,
    *LIST_FAULTS,
)
