"""An appeal that is accepted counts for everybody with the same answer to the same error."""

from __future__ import annotations

import json

import pytest

from generator.problems import Problem
from sosach.classroom import appeal, decide, every_appeal, grade

EXERCISE = "k1_02_lap_danh_sach"


def wrong(folder, name):
    """Return what cost a trainee points: item, causes, answer."""
    path = folder / "autograded" / name / EXERCISE / f"{EXERCISE}.ipynb"
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return [item for cell in cells for item in cell["metadata"].get("sosach", {}).get("wrong", [])]


@pytest.fixture
def disputed(pair, submit):
    """The class of two, both with half of the list; returns it with an item of `an`."""
    for name in ("an", "binh"):
        submit(pair, name, 0.5)
    grade(pair)
    others = [(i["causes"], i["answer"]) for i in wrong(pair, "binh")]
    shared = (i for i in wrong(pair, "an") if (i["causes"], i["answer"]) in others)
    return pair, next(shared)


def points(folder):
    """Grade and return points and sentences by trainee."""
    (ledger,) = grade(folder)
    return {n: (e.points, " ".join(e.sentences)) for n, e in ledger.entries.items()}


def test_decide_for_all(disputed):
    """Everybody with the pair of error and answer gains; the marked work names the records."""
    folder, item = disputed
    before = points(folder)
    asked = appeal(folder, EXERCISE, "an", item["item"], "Đề không nói rõ")
    decide(folder, asked.number, "accepted", "Đúng là chưa rõ")
    after = points(folder)

    assert all(after[name][0] > before[name][0] for name in ("an", "binh"))
    assert "câu trả lời được chấp nhận sau khiếu nại" in after["binh"][1]
    notebook = folder / "autograded" / "an" / EXERCISE / f"{EXERCISE}.ipynb"
    (told,) = json.loads(notebook.read_text(encoding="utf-8"))["metadata"]["sosach"]["amended"]
    assert item["item"] in told


def test_decide_withdrawn(disputed):
    """What was accepted can be taken back; the marks are what they were."""
    folder, item = disputed
    before = points(folder)
    asked = appeal(folder, EXERCISE, "an", item["item"], "x")
    decide(folder, asked.number, "accepted", "x")
    points(folder)
    decide(folder, asked.number, "withdrawn", "Nhầm")

    assert {n: p for n, (p, _) in points(folder).items()} == {n: p for n, (p, _) in before.items()}
    assert [a.state for a in every_appeal(folder)] == ["withdrawn"]


def test_decide_rejected(disputed):
    """An appeal that is turned down changes no mark and keeps the reply."""
    folder, item = disputed
    before = grade(folder)
    asked = appeal(folder, EXERCISE, "an", item["item"], "x")
    decide(folder, asked.number, "rejected", "CV 2262 nói rõ")
    (kept,) = every_appeal(folder)

    assert grade(folder) == before
    assert (kept.state, kept.reply) == ("rejected", "CV 2262 nói rõ")
    assert kept.by
    assert kept.decided.endswith(" UTC")


def test_appeal_numbers(disputed):
    """Appeals are numbered through the class and listed in that order."""
    folder, item = disputed
    for _ in range(3):
        appeal(folder, EXERCISE, "an", item["item"], "x")

    assert [a.number for a in every_appeal(folder)] == [1, 2, 3]


@pytest.mark.parametrize(
    ("exercise", "name", "said"),
    [("k1_03", "an", "bài đã phát"), (EXERCISE, "anh", "'an'"), (EXERCISE, "an", "không mất điểm")],
)
def test_appeal_about_nothing(disputed, exercise, name, said):
    """An appeal about another exercise, trainee or an item without loss is refused."""
    with pytest.raises(Problem, match=said):
        appeal(disputed[0], exercise, name, "HS0000000000", "x")


def test_appeal_before_marking(pair):
    """Where nothing was marked there is nothing to appeal."""
    with pytest.raises(Problem, match="chưa được chấm"):
        appeal(pair, EXERCISE, "binh", "HS0000000000", "x")


def test_decide_twice(disputed):
    """A decision is taken once; an unknown number is answered with those there are."""
    folder, item = disputed
    asked = appeal(folder, EXERCISE, "an", item["item"], "x")
    decide(folder, asked.number, "accepted", "x")

    with pytest.raises(Problem, match="đã được chấp nhận; chỉ"):
        decide(folder, asked.number, "rejected", "x")
    with pytest.raises(Problem, match="Không có khiếu nại số 7"):
        decide(folder, 7, "accepted", "x")


def test_decide_item_with_several_errors(disputed):
    """Where an item has several errors, the one that is meant has to be named."""
    folder, item = disputed
    asked = appeal(folder, EXERCISE, "an", item["item"], "x")
    path = folder / "phat_bai" / f"{EXERCISE}.dieu_chinh.json"
    raw = json.loads(path.read_text(encoding="utf-8"))
    raw["appeals"][0]["causes"] = ["E01", "E10"]
    path.write_text(json.dumps(raw), encoding="utf-8")

    with pytest.raises(Problem, match="E01, E10"):
        decide(folder, asked.number, "accepted", "x")
    assert decide(folder, asked.number, "accepted", "x", "E10").cause == "E10"
