"""The workbench: where a learner goes through records by mouse, keyboard or thumb.

=============  ==================================================================
`casefile`     the contract: what the workbench is given
`actions`      its buttons, and how an answer is written down
`register`     case files from the tables of a pack
`forms`        the buttons of each artefact
`journal`      events, their fold, the file that keeps them
`results`      the result file of the offline page
`offline`      one HTML file that is the whole exercise
`widget`       the workbench in a notebook
`lesson`       a record to look at in a lesson
`quiz`         a question of a lesson
`page/`        the component itself: plain JavaScript, one style sheet, one file of sentences
=============  ==================================================================
"""

from sosach.review.casefile import CaseFile
from sosach.review.journal import Journal
from sosach.review.lesson import the_ho_so
from sosach.review.offline import offline_page
from sosach.review.quiz import CauHoi, cau_hoi
from sosach.review.trouble import Trouble
from sosach.review.widget import ManHinh

__all__ = [
    "CaseFile",
    "CauHoi",
    "Journal",
    "ManHinh",
    "Trouble",
    "cau_hoi",
    "offline_page",
    "the_ho_so",
]
