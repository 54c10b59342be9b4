"""What every exercise must be worth: by code, by clicks and by Excel, to the careful and to the lazy."""

import random
from contextlib import chdir
from dataclasses import dataclass
from pathlib import Path
from statistics import mean

import pytest

from sosach.course import mo_bai
from sosach.course.casefiles import case_of
from sosach.course.handin import to_csv
from sosach.course.workfile import read_filled, write_empty
from sosach.course.workplace import practice_set
from sosach.demo.work import (
    PASS_ON,
    PUT_UP_WITH,
    SLIP_EVERY,
    Work,
    click,
    one_choice,
    slipping,
    solve,
)
from sosach.grading.scoring import score
from sosach.grading.specs import ExerciseSpec, load_spec
from sosach.review import Journal, ManHinh
from sosach.review.casefile import CaseFile
from sosach.review.journal import decision_rows, live

ROOT = Path(__file__).resolve().parents[2]
EXERCISES = sorted(path.stem for path in (ROOT / "solutions").glob("*.py"))
LEVELS = ("lam_quen", "van_dung", "nang_cao")
#: those of which .ci/run takes a large set too
ALSO_LARGE = {"k1_02_lap_danh_sach", "k1_07_ho_so_trung", "k2_16_su_co_khi_ky"}


def marks_of(exercise, level, number):
    """.ci/run takes one small set of every exercise and some large ones; .ci/full takes all."""
    often = level == "lam_quen" or (level == "nang_cao" and exercise in ALSO_LARGE)
    large = [pytest.mark.slow] * (level == "nang_cao")
    return large if often and number == 1 else [*large, pytest.mark.full]


GRID = [
    pytest.param(
        (exercise, level, number),
        id=f"{exercise}-{level}-{number}",
        marks=marks_of(exercise, level, number),
    )
    for exercise in EXERCISES
    for level in LEVELS
    for number in range(1, 6)
]
CLICKS = [param for param in GRID if "lam_quen" in param.id]


@dataclass
class Solved:
    """A practice set, and the work that the text's own solution leaves."""

    spec: ExerciseSpec
    case: CaseFile
    key: object
    work: Work

    @property
    def rows(self):
        """Rows of the solution."""
        return list(self.work.rows)

    def worth(self, rows):
        """Share of the points that some rows earn."""
        data = to_csv(rows, self.work.form.columns)
        results = score(self.spec, self.key, {self.work.artefact: data})
        return sum(r.points for r in results) / sum(r.max_points for r in results)


@pytest.fixture(scope="module")
def solved(request, tmp_path_factory):
    """Open a practice set in a folder of its own and run the text with its solution there."""
    exercise, level, number = request.param
    folder = tmp_path_factory.mktemp(exercise)
    with chdir(folder):
        mo_bai(exercise, bo=number, muc=level)
    spec = load_spec(ROOT / "solutions" / f"{exercise}.toml")
    place = practice_set(spec, number, level)
    case = case_of(spec, place)
    work = solve(folder, exercise, [record.id for record in case.records])
    return Solved(spec, case, place.key, work)


@pytest.mark.parametrize("solved", GRID, indirect=True)
def test_solution_earns_everything_and_nothing_nothing(solved):
    """The text's solution earns all points, an empty file none."""
    assert solved.worth(solved.rows) == pytest.approx(1)
    assert solved.worth([]) == 0


@pytest.mark.parametrize("solved", GRID, indirect=True)
def test_one_action_for_all_fails(solved):
    """One action for everything, or chance, earns less than half."""
    source, work = random.Random(1), solved.work  # noqa: S311 - no secret is made here
    for code in work.codes:
        assert solved.worth(work.decided(dict.fromkeys(work.items, code))) < 0.5, code
    for wanted in (PASS_ON, PUT_UP_WITH):
        assert solved.worth(one_choice(work, wanted)) < 0.5
    if work.codes:
        chance = {item: source.choice(work.codes) for item in work.items}
        assert solved.worth(work.decided(chance)) < 0.5


@pytest.mark.parametrize("solved", GRID, indirect=True)
def test_one_slip_in_ten_is_forgiven(solved):
    """Who slips on every tenth item earns 80 to 95 % on average over the ten ways to begin."""
    marks = [solved.worth(slipping(solved.work, first)) for first in range(SLIP_EVERY)]

    assert 0.80 <= mean(marks) <= 0.95


def events_of(solved):
    """The trail of somebody who clicks the solution together on the screen."""
    journal = Journal()
    click(ManHinh(solved.case, journal), solved.case.form, solved.rows)
    return journal


def told(rows, solved):
    """What rows say, in an order that does not matter; without reasons where none is marked."""
    unsaid = {column for column in rows[0] if not any(row[column] for row in solved.rows)}
    return sorted(tuple(sorted((c, row[c]) for c in row if c not in unsaid)) for row in rows)


@pytest.mark.parametrize("solved", CLICKS, indirect=True)
def test_clicks_leave_the_same_rows(solved):
    """Whoever clicks the solution together hands in the same as the code."""
    rows = decision_rows(events_of(solved).events, solved.case.form)

    assert told(rows, solved) == told(solved.rows, solved)


@pytest.mark.parametrize("solved", CLICKS, indirect=True)
def test_excel_leaves_the_same_rows(solved, tmp_path):
    """Whoever fills in the work file with the solution hands in the same as the code."""
    path, form = tmp_path / "phieu.xlsx", solved.case.form
    write_empty(solved.case, live(events_of(solved).events), path)
    filled = read_filled(solved.case, path.name, path.read_bytes())
    rows = [{c: row[part] for c, part in form.columns.items()} for row in filled.decisions]

    assert filled.errors == []
    assert told(rows, solved) == told(solved.rows, solved)
