"""What every exercise must be worth: by code, by clicks and by Excel, to the careful and to the lazy."""

import random
import runpy
from contextlib import chdir
from dataclasses import dataclass
from pathlib import Path

import pytest

from sosach.course import mo_bai
from sosach.course.casefiles import case_of
from sosach.course.handin import read_list, to_csv, work_files
from sosach.course.workfile import read_filled, write_empty
from sosach.course.workplace import practice_set
from sosach.grading.scoring import score
from sosach.grading.specs import ExerciseSpec, load_spec
from sosach.review import Journal, ManHinh
from sosach.review.casefile import CaseFile
from sosach.review.journal import decision_rows, live

ROOT = Path(__file__).resolve().parents[2]
EXERCISES = sorted(path.stem for path in (ROOT / "solutions").glob("*.py"))
LEVELS = ("lam_quen", "van_dung", "nang_cao")
#: each exercise, level and practice set; .ci/run takes the first set of each, large ones are slow
GRID = [
    pytest.param(
        (exercise, level, number),
        id=f"{exercise}-{level}-{number}",
        marks=[pytest.mark.full] * (number > 1) + [pytest.mark.slow] * (level == "nang_cao"),
    )
    for exercise in EXERCISES
    for level in LEVELS
    for number in range(1, 6)
]
CLICKS = [param for param in GRID if "lam_quen" in param.id]


@dataclass
class Solved:
    """A practice set, and the rows that the text's own solution leaves."""

    spec: ExerciseSpec
    case: CaseFile
    key: object
    rows: list

    @property
    def artefact(self):
        """Name of the file that is handed in."""
        return self.case.form.artefact

    @property
    def id_column(self):
        """The column that names what is decided on."""
        return self.spec.artefacts[self.artefact].key[0]

    @property
    def codes(self):
        """Column of the choice and its codes; with the choice that stands in no row."""
        found = dict(self.spec.artefacts[self.artefact].codes)
        for column, codes in found.items():
            return column, [*codes, *([""] if column == "nhom" else [])]
        return "", []

    def worth(self, rows):
        """Share of the points that some rows earn."""
        columns = self.spec.artefacts[self.artefact].columns
        data = to_csv([dict.fromkeys(columns, "") | row for row in rows], columns)
        results = score(self.spec, self.key, {self.artefact: data})
        return sum(r.points for r in results) / sum(r.max_points for r in results)

    def chosen(self, choices):
        """Rows that make one choice per item and say nothing else."""
        column, _ = self.codes
        return [{self.id_column: item, column: code} for item, code in choices.items() if code]


@pytest.fixture(scope="module")
def solved(request, tmp_path_factory):
    """Open a practice set in a folder of its own and run the text with its solution there."""
    exercise, level, number = request.param
    folder = tmp_path_factory.mktemp(exercise)
    with chdir(folder):
        mo_bai(exercise, bo=number, muc=level)
        runpy.run_path(str(ROOT / "solutions" / f"{exercise}.py"))
    spec = load_spec(ROOT / "solutions" / f"{exercise}.toml")
    place = practice_set(spec, number, level)
    artefact = spec.tasks[0].artefact
    rows, _, _ = read_list(work_files(folder), artefact, spec.artefacts[artefact])
    return Solved(spec, case_of(spec, place), place.key, rows)


@pytest.mark.parametrize("solved", GRID, indirect=True)
def test_solution_earns_everything_and_nothing_nothing(solved):
    """The text's solution earns all points, an empty file none."""
    assert solved.worth(solved.rows) == pytest.approx(1)
    assert solved.worth([]) == 0


@pytest.mark.parametrize("solved", GRID, indirect=True)
def test_one_action_for_all_fails(solved):
    """One action for everything, or chance, earns less than half."""
    source = random.Random(1)  # noqa: S311 - no secret is made here
    items = [record.id for record in solved.case.records]
    _, codes = solved.codes
    for code in codes:
        assert solved.worth(solved.chosen(dict.fromkeys(items, code))) < 0.5, code
    if codes:
        assert solved.worth(solved.chosen({item: source.choice(codes) for item in items})) < 0.5


@pytest.mark.parametrize("solved", GRID, indirect=True)
def test_one_slip_in_ten_is_forgiven(solved):
    """Trainees who slip on every tenth item earn 80 to 95 % on average."""
    column, codes = solved.codes
    items = [record.id for record in solved.case.records]
    right = {row[solved.id_column]: row[column] for row in solved.rows} if column else {}
    shares = []
    for seed in range(20):
        source = random.Random(seed)  # noqa: S311 - no secret is made here
        slips = source.sample(items, max(1, len(items) // 10))
        wrong = {
            i: source.choice([c for c in codes if c != right.get(i, "")]) for i in slips if codes
        }
        kept = [row for row in solved.rows if row[solved.id_column] not in slips]
        shares.append(solved.worth([*kept, *(solved.chosen(wrong) if column else [])]))

    assert 0.80 <= sum(shares) / len(shares) <= 0.95


def events_of(solved):
    """The trail of somebody who clicks the solution together on the screen."""
    journal = Journal()
    screen = ManHinh(solved.case, journal)
    parts, several = solved.case.form.columns, solved.case.form.several
    for row in solved.rows:
        said = {part: row[column] for column, part in parts.items() if row[column]}
        code = said.pop("hanh_dong", solved.case.form.only)
        action = next(a for a in solved.case.form.actions if a.code == code)
        if "ly_do" in parts.values() and action.reasons:
            said.setdefault("ly_do", action.reasons[0])  # asked for, and not marked here
        screen.chon(said.pop("ma_ho_so"), code, **said, **({"them": "1"} if several else {}))
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
