from dataclasses import replace

import pytest

from generator.problems import Problem
from sosach.cases import make_case
from sosach.course.casefiles import case_file, case_of
from sosach.course.workplace import practice_set
from sosach.grading.specs import ArtefactSpec, TaskSpec, find_spec, load_spec
from tests.cases import ACTIONS, rows


@pytest.fixture(scope="module")
def listing():
    """The spec of the list by groups."""
    return load_spec(find_spec("k1_02_lap_danh_sach"))


@pytest.fixture(scope="module")
def deciding(listing):
    """A spec that asks for decisions on records with slips."""
    task = TaskSpec("quyet_dinh", "Quyết định", 10, "decisions", "quyet_dinh.csv")
    form = ArtefactSpec(("ma_ho_so", "hanh_dong"), ("ma_ho_so",), {"hanh_dong": ACTIONS})
    recipe = replace(listing.recipe, errors={"E10": 0.1, "E20": 0.1, "E53": 0.1, "E40": 0.05})
    return replace(
        listing,
        tasks=(task,),
        artefacts={"quyet_dinh.csv": form},
        recipe=recipe,
        material=("phieu_luu",),
    )


@pytest.fixture(scope="module")
def case(deciding):
    """The desk of one trainee."""
    return make_case(deciding, "lam_quen", 20220509)


def made(spec, case, key):
    """The case file of a desk."""
    return case_file(
        spec,
        rows(case.pack.doi_tuong),
        rows(case.pack.mui_tiem),
        pack="ab" * 32,
        key=key,
        papers=case.papers,
    )


def test_case_of_practice_and_class(listing):
    """A practice set explains every record with three hints; without its key it is a class's."""
    place = practice_set(listing)
    practice = case_of(listing, place)
    of_class = case_of(listing, replace(place, key=None, trainee="hv01", class_id="LOP-01"))

    assert set(practice.key.of) == {record.id for record in practice.records}
    assert all(len(answer.hints) == 3 for answer in practice.key.answers)
    assert (practice.mode, practice.trainee) == ("practice", "")
    assert (of_class.mode, of_class.trainee, of_class.key) == ("class", "hv01", None)
    assert of_class.records == practice.records


def test_case_file_of_decisions(deciding, case):
    """Papers lie beside their records, the spec's actions are the buttons, duties the answers."""
    file = made(deciding, case, case.key)
    beside = {record.id: record.papers for record in file.records if record.papers}

    assert [action.code for action in file.form.actions] == list(ACTIONS)
    assert set(beside) == set(case.papers)
    assert all(paper.cells or paper.text for papers in beside.values() for paper in papers)
    for record, place in file.key.of.items():
        answer, duty = file.key.answers[place], case.key.duties[record]
        assert [{act.code for act in choice} for choice in answer.must] == [
            {act.action for act in demand} for demand in duty.demands
        ]
        assert len(answer.hints) == 3
        assert answer.why.endswith(".")


def test_case_file_of_a_class_has_no_answers(deciding, case):
    """Without the key nothing of the duties is in the file."""
    file = made(deciding, case, None)

    assert file.mode == "class"
    assert file.key is None


def test_case_file_unknown_artefact(listing):
    """An artefact without a screen is named."""
    task = replace(listing.tasks[0], artefact="so_lieu.csv")

    with pytest.raises(Problem, match=r"chưa có màn hình cho tệp so_lieu\.csv"):
        case_of(replace(listing, tasks=(task,)), practice_set(listing))
