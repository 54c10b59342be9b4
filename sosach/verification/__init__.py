"""Proves that a generated city and its answer key agree, in queries of its own.

The check shares no code with the generator: it reads the tables as they lie on disk, states each
rule once more in SQL, and counts what breaks it.
"""

from sosach.verification.checking import verify
from sosach.verification.result import CauseProof, Check, NotADataset, Verification

__all__ = ["CauseProof", "Check", "NotADataset", "Verification", "verify"]
