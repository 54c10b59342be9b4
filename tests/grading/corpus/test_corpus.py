"""Every case of the corpus, through intake and rubric as a class runs them."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path

import pytest

from sosach.grading.intake import prepare, read_hand_in
from sosach.grading.refusals import Refusal
from sosach.grading.rubrics.key import Expected, Key
from sosach.grading.scoring import score
from sosach.grading.specs import load_spec
from tests.grading.corpus import CASES, FULL, NOTHING, REFUSED, ZERO, Work
from tests.grading.payloads import PAYLOADS

EXERCISE = "k1_02_thu"
#: what nobody may see in what comes out
CANARY = "HOANG-YEN-4481992"


def pack(number):
    """Return the records of one trainee and the right list: three groups, clean ones, traps."""
    names = [f"HS{number:02d}{i:08d}" for i in range(20)]
    groups = dict(zip(names, "aaabbbcccc", strict=False))
    return names, list(groups.items())


@pytest.fixture
def key():
    """The key of the trainee's pack."""
    names, rows = pack(1)
    groups = dict(rows)
    return Key(
        {
            name: Expected(groups=frozenset(groups.get(name, "")), decoy=i > 17, basis="CV 2262")
            for i, name in enumerate(names)
        }
    )


MASTER = {
    "nbformat": 4,
    "nbformat_minor": 5,
    "metadata": {},
    "cells": [
        {"cell_type": "markdown", "id": "mo_dau", "metadata": {}, "source": "# Bài tập"},
        {
            "cell_type": "markdown",
            "id": "giai_thich",
            "metadata": {"nbgrader": {"grade_id": "giai_thich", "solution": True, "grade": True}},
            "source": "Vì sao?",
        },
        {
            "cell_type": "code",
            "id": "danh_sach",
            "metadata": {"nbgrader": {"grade_id": "danh_sach", "grade": True, "points": 10}},
            "source": "# bai_nop/danh_sach.csv",
            "outputs": [],
            "execution_count": None,
        },
    ],
}


@pytest.fixture
def work(tmp_path):
    """A class of two, and a right hand-in of the first."""
    for number, trainee in ((1, "hv01"), (2, "hv02")):
        names, rows = pack(number)
        given = tmp_path / "phat_bai" / trainee / EXERCISE / "du_lieu"
        given.mkdir(parents=True)
        (given / "doi_tuong.csv").write_text("\n".join(["ma_ho_so", *names]))
        folder = tmp_path / "thu_bai" / trainee / EXERCISE
        (folder / "bai_nop").mkdir(parents=True)
        lines = [",".join(row) for row in [("ma_ho_so", "nhom"), *rows]]
        (folder / "bai_nop" / "danh_sach.csv").write_text("\n".join(lines))
        (folder / f"{EXERCISE}.ipynb").write_text(json.dumps(MASTER))
        about = {"exercise": EXERCISE, "trainee": trainee}
        (folder / "goi_bai.json").write_text(json.dumps(about))
    (tmp_path / "bi_mat.key").write_text(CANARY)
    inbox = tmp_path / "thu_bai"
    return Work(
        root=tmp_path,
        exercise=EXERCISE,
        folder=inbox / "hv01" / EXERCISE,
        package=inbox / f"{EXERCISE}__hv01.zip",
        rows=pack(1)[1],
        others=pack(2)[1],
        ids=pack(1)[0],
        classmate=inbox / "hv02" / EXERCISE / "bai_nop" / "danh_sach.csv",
    )


@pytest.fixture
def spec(tmp_path, spec_text):
    """The spec of the exercise."""
    path = tmp_path / f"{EXERCISE}.toml"
    path.write_text(spec_text, encoding="utf-8")
    return load_spec(path)


def fingerprint(root, without):
    """Return what lies in a class, but for one hand-in."""
    found = {}
    for parent, folders, names in os.walk(root):
        folders[:] = [f for f in folders if Path(parent, f) != without]
        for name in names:
            path = Path(parent, name)
            if path.is_file() and not path.is_symlink() and path != without:
                found[path] = hashlib.sha256(path.read_bytes()).hexdigest()
    return found


def judge(work, spec, key):
    """Return points, everything that is told, and everything that is kept."""
    try:
        files = read_hand_in(work.handed_in)
        submission = prepare(EXERCISE, "hv01", files, MASTER, work.root)
    except Refusal as refusal:
        return REFUSED, str(refusal), "", ""
    if not files:
        return NOTHING, "", "", ""
    (result,) = score(spec, key, submission.artefacts)
    told = " ".join([*submission.repairs, *result.notes, *(f.text for f in result.findings)])
    kept = json.dumps(submission.notebook) + "".join(
        data.decode("utf-8", "replace") for data in submission.artefacts.values()
    )
    return result.points, told, " ".join(submission.for_trainer), kept


@pytest.mark.parametrize("name", sorted(CASES))
def test_corpus(name, work, spec, key):
    """A case ends as it must: with its points, its sentence, its flag, and nobody else concerned."""
    case = CASES[name]
    case.build(work)
    before = fingerprint(work.root, work.handed_in)
    points, told, aside, kept = judge(work, spec, key)

    assert points == {FULL: 10, ZERO: 0}.get(case.outcome, case.outcome), told
    assert case.said in told
    assert bool(aside) == case.flagged, aside
    assert CANARY not in told + aside + kept
    assert told.isprintable()
    told.encode()
    assert "hv02" not in told or "goi_bai.json" in told
    assert fingerprint(work.root, work.handed_in) == before
    assert not list(work.root.rglob("da_chay"))


def test_corpus_is_large_enough():
    """Every class of the corpus has cases, 200 in all and of every outcome."""
    classes = {name.partition(":")[0] for name in CASES}

    assert len(CASES) >= 200
    assert len(classes) == 7
    assert {case.outcome for case in CASES.values()} == {FULL, ZERO, REFUSED, NOTHING}


def test_corpus_answers_are_harmless(work, spec, key):
    """Payloads in an answer that is marked by hand come out without power."""
    CASES["notebooks: payloads_in_every_cell"].build(work)
    submission = prepare(EXERCISE, "hv01", read_hand_in(work.handed_in), MASTER, work.root)
    answer = submission.notebook["cells"][1]["source"]

    assert len(answer) > 1000
    assert "<" not in answer
    assert "](" not in answer
    assert any("<" in text for text in PAYLOADS.values())
