"""What trainees hand in, by class: honest oddities, damage, cheats, links, packages, notebooks."""

from tests.grading.corpus import cheats, damage, forms, links, naming, notebooks, zips
from tests.grading.corpus.cases import CASES, FULL, NOTHING, REFUSED, ZERO, Case, Work

__all__ = ["CASES", "CLASSES", "FULL", "NOTHING", "REFUSED", "ZERO", "Case", "Work"]

#: modules of builders
CLASSES = (cheats, damage, forms, links, naming, notebooks, zips)
