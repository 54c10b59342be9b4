import json
import os
import shutil
import sys
from pathlib import Path

import nbformat
import pytest

from generator.problems import Problem
from sosach.course.build import build, check, cut_solutions, make_notebook

EXERCISE = "k1_02_lap_danh_sach"


@pytest.fixture
def copy(root, tmp_path):
    """A copy of the texts, nothing built."""
    shutil.copytree(root / "solutions", tmp_path / "solutions")
    shutil.copytree(root / "notebooks" / "text", tmp_path / "notebooks" / "text")
    return tmp_path


@pytest.fixture(scope="module")
def notebooks(root):
    """Every notebook of the repository by path."""
    paths = [*root.glob("exercises/*/*.ipynb"), *root.glob("notebooks/*.ipynb")]
    assert len(paths) >= 3
    return {path: nbformat.read(path, as_version=4) for path in paths}


def edit(path, old, new):
    """Replace text that must be there."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_check_committed_is_built(root):
    """What is committed is what would be built."""
    assert check(root) == []


def test_build_is_deterministic(copy, root):
    """Another build elsewhere gives the same bytes."""
    built = build(copy)

    assert Path("exercises", EXERCISE, f"{EXERCISE}.ipynb") in built
    for path in built:
        assert (copy / path).read_bytes() == (root / path).read_bytes()


def test_build_second_time_changes_nothing(copy):
    """A second build writes no file."""
    build(copy)

    assert build(copy) == []


@pytest.mark.parametrize("harm", ["change", "remove", "add"])
def test_check_names_what_differs(copy, harm):
    """A changed, a missing and a sourceless notebook are each named."""
    build(copy)
    path = copy / "notebooks" / "00_bat_dau.ipynb"
    if harm == "change":
        edit(path, "Bắt đầu", "Bat dau")
    elif harm == "remove":
        path.unlink()
    else:
        path = path.with_name("99_la.ipynb")
        path.write_text("{}", encoding="utf-8")

    assert check(copy) == [path.relative_to(copy)]


def test_build_points_differ_from_spec(copy):
    """Points in the text that are not the spec's are refused with both figures."""
    edit(copy / "solutions" / f"{EXERCISE}.py", "points=10", "points=8")

    with pytest.raises(Problem, match="chưa khớp về điểm") as caught:
        build(copy)
    assert "8.0" in str(caught.value)
    assert "10.0" in str(caught.value)


@pytest.mark.parametrize("text", ["### BEGIN SOLUTION\na", "a\n### END SOLUTION"])
def test_cut_solutions_open_mark(text):
    """A begin without an end, or the other way round, is refused: half a cut is a leak."""
    with pytest.raises(Problem, match=r"bai.py, ô 2"):
        cut_solutions(text, "bai.py, ô 2")


def test_cut_solutions_keeps_the_rest():
    """Only what stands between the marks goes; the stub keeps the indentation."""
    text = "def f():\n    ### BEGIN SOLUTION\n    return 1\n    ### END SOLUTION\nf()"

    assert cut_solutions(text, "bai.py") == "def f():\n    pass\nf()"


def test_notebooks_hold_no_answers(notebooks, root):
    """No solution, seed, ledger or output stands in anything that a learner opens."""
    solution = (root / "solutions" / f"{EXERCISE}.py").read_text(encoding="utf-8")
    secret = solution.split("### BEGIN SOLUTION\n")[1].split("\n### END SOLUTION")[0].split("\n")
    for path, notebook in notebooks.items():
        text = "\n".join(cell.source for cell in notebook.cells)
        for word in ("SOLUTION", "HIDDEN", "seed", "ledger", "answer_key", "đáp án", "Đáp án"):
            assert word not in text, (path, word)
        if path.stem == EXERCISE:
            assert not [line for line in secret if line in text.split("\n")]
        assert all(not cell.get("outputs") for cell in notebook.cells)


def test_notebooks_stray_metadata(notebooks):
    """Cells carry nothing but ours; ids are stable: the grade id or the place."""
    for notebook in notebooks.values():
        assert set(notebook.metadata) == {"kernelspec", "language_info"}
        for i, cell in enumerate(notebook.cells):
            assert set(cell.metadata) <= {"jupyter", "nbgrader"}
            assert cell.id == cell.metadata.get("nbgrader", {}).get("grade_id", f"cell-{i:02d}")


def test_make_notebook_reads_marks(root):
    """The graded cell of the exercise is locked, holds the points and no code."""
    notebook = make_notebook(root / "solutions" / f"{EXERCISE}.py")

    (cell,) = [c for c in notebook.cells if c.metadata.get("nbgrader", {}).get("grade")]
    assert cell.metadata["nbgrader"] == {
        "grade": True,
        "grade_id": "danh_sach",
        "locked": True,
        "points": 10,
        "schema_version": 3,
        "solution": False,
        "task": False,
    }
    assert all(line.startswith("#") for line in cell.source.split("\n"))


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")  # nbgrader and SQLAlchemy warn of themselves
def test_notebooks_pass_generate_assignment(root, tmp_path, monkeypatch):
    """Nbgrader's own generate_assignment takes the exercise and changes no cell's text."""
    from nbgrader.converters import GenerateAssignment
    from nbgrader.coursedir import CourseDirectory
    from traitlets.config import Config

    monkeypatch.setenv(
        "PATH", os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    )
    built = root / "exercises" / EXERCISE / f"{EXERCISE}.ipynb"
    source = tmp_path / "source" / EXERCISE / built.name
    source.parent.mkdir(parents=True)
    shutil.copy(built, source)
    config = Config()
    config.CourseDirectory.root = str(tmp_path)
    config.CourseDirectory.assignment_id = EXERCISE
    config.CourseDirectory.db_url = f"sqlite:///{tmp_path}/gradebook.db"
    GenerateAssignment(coursedir=CourseDirectory(config=config), config=config).start()

    before = json.loads(built.read_text(encoding="utf-8"))["cells"]
    released = tmp_path / "release" / EXERCISE / built.name
    after = json.loads(released.read_text(encoding="utf-8"))["cells"]
    assert [c["source"] for c in after] == [c["source"] for c in before]
