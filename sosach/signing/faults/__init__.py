"""Faults that are planted on purpose, exactly one each, with the verdict that must come out.

Exercises show them to learners, tests hold the checkers to them.

=============  ==================================================================
`record`       what a fault and an exhibit are
`scene`        who signs, when, what: the material of the signature faults
`signatures`   all faults of certificates, tokens, doses and lists
=============  ==================================================================
"""

from __future__ import annotations

from sosach.signing.faults.record import Catalogue, Exhibit, Fault

__all__ = ["Catalogue", "Exhibit", "Fault"]
