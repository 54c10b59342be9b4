"""A mark stands as long as nothing changes that it rests on; else it is made again, and why."""

from __future__ import annotations

import json

import pytest

from generator.problems import Problem
from sosach.classroom import basis as basis_module
from sosach.classroom import grade
from sosach.classroom.basis import basis, reasons
from sosach.classroom.folder import ClassFolder

EXERCISE = "k1_02_lap_danh_sach"


def line(folder, name="an"):
    """Grade and return one trainee's line, its sentences joined."""
    (ledger,) = grade(folder)
    entry = ledger.entries[name]
    return entry, " ".join(entry.sentences)


def edit(path, old, new):
    """Change a file by hand."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_basis_parts(graded_pair):
    """A mark rests on hand-in, notebook, spec, engine, grader, amendments and deadline."""
    room = ClassFolder.load(graded_pair)
    found = basis(room, EXERCISE, "ab", "")

    assert list(found) == [
        *("hand_in", "notebook", "spec", "engine", "grader", "amendments", "deadline"),
    ]
    assert reasons(room, EXERCISE, {}, found) == []


def test_grade_with_another_grader_version(pair, monkeypatch):
    """After a change of the grader everybody is marked again, with the reason."""
    before, _ = line(pair)
    monkeypatch.setattr(basis_module, "GRADER", "2")
    entry, said = line(pair)

    assert "Chấm lại: cách chấm có phiên bản mới." in said
    assert entry.judged == {**before.judged, "grader": "2"}
    assert (entry.points, entry.received) == (before.points, before.received)


def test_grade_with_a_spec_edited(pair):
    """A spec that was edited by hand is used, if the packs stay the same, and that is said."""
    edit(pair / "phat_bai" / f"{EXERCISE}.toml", "minutes = 40", "minutes = 45")

    assert "đặc tả của bài (thư mục phat_bai) đã được sửa" in line(pair)[1]


def test_grade_with_a_spec_of_other_packs(pair):
    """A spec that would make other packs is refused; the mark stays, and somebody has to look."""
    edit(pair / "phat_bai" / f"{EXERCISE}.toml", "E01 = 0.14", "E01 = 0.20")
    entry, said = line(pair)

    assert (entry.points, entry.failed) == (10, True)
    assert "không giống gói đã phát" in said
    assert (pair / "autograded" / "an" / EXERCISE / f"{EXERCISE}.ipynb").is_file()


def test_grade_with_other_points_in_the_spec(pair):
    """Points that are not those of the notebook are refused by name of the cell."""
    edit(pair / "phat_bai" / f"{EXERCISE}.toml", "points = 10", "points = 20")

    assert "Ô 'danh_sach' của sổ tay có 10 điểm, đặc tả ghi 20 điểm" in line(pair)[1]


def test_grade_with_a_notebook_edited(pair):
    """A released notebook that was edited is used, and that is said."""
    path = pair / "release" / EXERCISE / f"{EXERCISE}.ipynb"
    edit(path, "Tình huống", "Tình huống mới")

    assert "sổ tay của bài (thư mục release) đã được sửa" in line(pair)[1]


def test_grade_with_a_graded_cell_deleted(pair):
    """A released notebook without its graded cell would give no points: refused by name."""
    path = pair / "release" / EXERCISE / f"{EXERCISE}.ipynb"
    notebook = json.loads(path.read_text(encoding="utf-8"))
    notebook["cells"] = [c for c in notebook["cells"] if "points" not in str(c["metadata"])]
    path.write_text(json.dumps(notebook), encoding="utf-8")

    assert "không khớp: danh_sach" in line(pair)[1]


def test_grade_first_time_with_a_spec_edited(pair, submit):
    """Also before the first mark an edited spec does not stay unsaid."""
    submit(pair, "binh")
    edit(pair / "phat_bai" / f"{EXERCISE}.toml", "minutes = 40", "minutes = 45")

    assert "Lưu ý: đặc tả của bài" in line(pair, "binh")[1]


@pytest.mark.parametrize(
    "path", [f"release/{EXERCISE}/{EXERCISE}.ipynb", f"phat_bai/{EXERCISE}.toml"]
)
def test_basis_file_missing(pair, path):
    """What is missing of a hand-out is named, with the remedy."""
    (pair / path).unlink()

    with pytest.raises(Problem, match="bản sao lưu"):
        basis(ClassFolder.load(pair), EXERCISE, "ab", "")


def test_grade_without_pages(pair):
    """Pages that were deleted are made again; the gradebook stays as it is."""
    page = pair / "feedback" / "an" / EXERCISE / f"{EXERCISE}.html"
    before = page.read_bytes()
    page.unlink()
    entry, _ = line(pair)

    assert page.read_bytes() == before
    assert entry.points == 10
