"""What one trainee finds on the desk: records, papers, lists and letters, and what is right about them.

A case follows from an exercise's spec and a seed alone. The key stays with whoever made it.
"""

from __future__ import annotations

from sosach.cases.case import Case, make_case

__all__ = ["Case", "make_case"]
