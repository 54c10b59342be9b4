from __future__ import annotations

import json
import sqlite3

import pytest

from sosach.classroom import grade

EXERCISE = "k1_02_lap_danh_sach"

#: trainee -> (status, points, a part of what is said)
OUTCOMES = {
    "dung": ("graded", 10, ""),
    "khong_so": ("repaired", 10, "Không có tệp k1_02_lap_danh_sach.ipynb"),
    "hong": ("repaired", 10, "bị hỏng"),
    "bom": ("graded", 10, ""),
    "cham_phay": ("graded", 10, ""),
    "excel": ("graded", 10, ""),
    "nen": ("graded", 10, ""),
    "ma_doc": ("graded", 0, ""),
    "trong": ("graded", 0, ""),
    "chua_nop": ("not_handed_in", 0, ""),
    "lien_ket": ("refused", 0, "tệp thường"),
    "goi_het": ("graded", 0, ""),
}


def entry_of(ledger, name):
    """Return status, points and sentences of one trainee."""
    entry = ledger.entries[name]
    return entry.status, entry.points, " ".join(entry.sentences)


def gradebook(folder):
    """Return every stored grade: trainee, cell, points, need of a manual mark."""
    query = """
        select sa.student_id, bc.name, g.auto_score, g.manual_score, g.needs_manual_grade
        from grade g join base_cell bc on bc.id = g.cell_id
        join submitted_notebook sn on sn.id = g.notebook_id
        join submitted_assignment sa on sa.id = sn.assignment_id order by 1, 2
    """
    with sqlite3.connect(folder / "gradebook.db") as connection:
        return connection.execute(query).fetchall()


@pytest.mark.parametrize("name", sorted(OUTCOMES))
def test_grade_outcome(graded, name):
    """Every oddity ends as expected, with its sentence, and stops nobody else."""
    status, points, said = OUTCOMES[name]
    found = entry_of(graded[1], name)

    assert found[0] == status
    assert found[1] == pytest.approx(points)
    assert said in found[2]


def test_grade_counts_sum_to_the_roster(graded):
    """Everybody on the roster ends in exactly one status."""
    counts = graded[1].counts()

    assert sum(counts.values()) == len(OUTCOMES)
    assert counts["received"] == 0


def test_grade_unknown_trainee(graded):
    """A hand-in of somebody who is not on the roster is told, with the nearest id."""
    (said,) = graded[1].unknown

    assert "'dungg'" in said
    assert "'dung'" in said


def test_grade_ledger_file(graded):
    """Each line on disk is the line returned, with the fingerprint of what was handed in."""
    folder, ledger = graded
    path = folder / "so_cham" / EXERCISE / "dung.json"
    kept = json.loads(path.read_text(encoding="utf-8"))

    assert kept["points"] == ledger.entries["dung"].points
    assert len(kept["sha256"]) == 64
    assert kept["received"].endswith(" UTC")
    assert set(kept["seconds"]) == {"intake", "key", "score", "nbgrader", "feedback"}


def test_grade_gradebook(graded):
    """The gradebook of nbgrader holds the points of everybody who was graded, none needing a hand."""
    folder, ledger = graded
    stored = {name: points for name, _, points, _, manual in gradebook(folder) if not manual}

    assert stored == {n: e.points for n, e in ledger.entries.items() if e.graded}


def test_grade_originals_unchanged(graded, released):
    """What was handed in lies in the inbox as it was."""
    before = {p.relative_to(released): p for p in (released / "thu_bai").rglob("*.csv")}

    for relative, path in before.items():
        if not path.is_symlink():
            assert (graded[0] / relative).read_bytes() == path.read_bytes()


def test_grade_again_changes_nothing(graded):
    """What is graded is not graded again."""
    folder, ledger = graded
    page = folder / "feedback" / "dung" / EXERCISE / f"{EXERCISE}.html"
    before = page.stat().st_mtime_ns

    assert grade(folder) == [ledger]
    assert page.stat().st_mtime_ns == before


def test_grade_resubmission_replaces_the_grade(own_class):
    """A second hand-in counts in full, the first one no more."""
    grade(own_class)
    target = own_class / "thu_bai" / "dung" / EXERCISE / "bai_nop" / "danh_sach.csv"
    target.write_text("ma_ho_so,nhom\n")

    (ledger,) = grade(own_class)

    assert entry_of(ledger, "dung")[:2] == ("graded", 0)
    assert ("dung", "danh_sach", 0.0, None, 0) in gradebook(own_class)


def test_grade_broken_resubmission_keeps_the_grade(own_class):
    """A second hand-in that cannot be read does not take the first one's points."""
    grade(own_class)
    (own_class / "thu_bai" / f"{EXERCISE}__dung.zip").write_bytes(b"PK broken")

    (ledger,) = grade(own_class)
    status, points, said = entry_of(ledger, "dung")

    assert (status, points) == ("repaired", 10)
    assert "Giữ 10 điểm đã chấm trước đó" in said
    assert ledger.failed


def test_grade_other_key_is_refused(own_class):
    """With another class secret nobody is marked by another truth: a sentence instead."""
    (own_class / "bi_mat.key").write_text("00" * 32)

    (ledger,) = grade(own_class)
    status, points, said = entry_of(ledger, "dung")

    assert (status, points) == ("refused", 0)
    assert "không giống gói đã phát" in said
    assert gradebook(own_class) == [] or all(row[2] is None for row in gradebook(own_class))


def test_grade_other_engine_is_refused(own_class):
    """Packs of another engine are not marked; the sentence names both versions."""
    path = own_class / "phat_bai" / f"{EXERCISE}.json"
    path.write_text(path.read_text().replace('"engine": "', '"engine": "9'))

    (ledger,) = grade(own_class)

    assert "Hãy chấm bằng phiên bản đã phát bài" in entry_of(ledger, "dung")[2]
