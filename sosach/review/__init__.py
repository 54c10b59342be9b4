"""The screen on which a learner goes through records by clicks."""

from sosach.review.journal import Journal
from sosach.review.parts import the_ho_so
from sosach.review.quiz import CauHoi, cau_hoi
from sosach.review.screen import ManHinh
from sosach.review.trouble import Trouble

__all__ = ["CauHoi", "Journal", "ManHinh", "Trouble", "cau_hoi", "the_ho_so"]
