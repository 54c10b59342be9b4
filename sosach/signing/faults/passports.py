"""All faults of passports, in the order of the stages that find them."""

from __future__ import annotations

from sosach.signing.faults.passport_codes import CODE_FAULTS
from sosach.signing.faults.passport_contents import CONTENT_FAULTS
from sosach.signing.faults.passport_office import Office
from sosach.signing.faults.passport_signers import SIGNER_FAULTS
from sosach.signing.faults.record import Fault

__all__ = ["PASSPORT_FAULTS"]

PASSPORT_FAULTS: list[Fault[Office]] = [*CODE_FAULTS, *SIGNER_FAULTS, *CONTENT_FAULTS]
