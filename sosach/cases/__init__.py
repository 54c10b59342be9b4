"""What one trainee finds on the desk: records, papers, lists and letters, and what is right about them.

A case follows from an exercise's spec and a seed alone. The key stays with whoever made it.

`case` makes it: a `desk` takes the small register of `generator.packs`, what the spec names in
``material`` is laid on it (`states`, `police`, `slips`, `visits`, `letters`, `progress`, and the
desks of `sosach.cases.signing`), and `keys` says what is right, from the `duties` that errors bring
with them and from what the desks noted. `class_pki` holds the certificates of a class.
"""

from __future__ import annotations

from sosach.cases.case import Case, make_case

__all__ = ["Case", "make_case"]
