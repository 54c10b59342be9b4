"""Certificates, tokens, the facility's signature, the passport, and verdicts that say what is wrong.

Standard library and libraries of cryptography only; no other room is needed.  Import the module
that is needed.
"""

from __future__ import annotations

__all__: list[str] = []
