"""All faults of the facility's side: doses, lists, tokens."""

from __future__ import annotations

from sosach.signing.faults.doses import DOSE_FAULTS
from sosach.signing.faults.lists import LIST_FAULTS
from sosach.signing.faults.record import Fault
from sosach.signing.faults.scene import Scene
from sosach.signing.faults.tokens import TOKEN_FAULTS

__all__ = ["SIGNATURE_FAULTS"]

SIGNATURE_FAULTS: tuple[Fault[Scene], ...] = (*DOSE_FAULTS, *LIST_FAULTS, *TOKEN_FAULTS)
