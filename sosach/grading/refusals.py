"""Why something that was handed in cannot be judged."""

from __future__ import annotations

__all__ = ["NotYet", "Refusal"]


class Refusal(ValueError):  # noqa: N818 - what the trainee reads, not a fault of ours
    """Why an artefact or a whole hand-in cannot be judged, in full Vietnamese sentences."""


class NotYet(Refusal):
    """Why something cannot be read at this moment; it may be right the next time."""
