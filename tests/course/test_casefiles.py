from dataclasses import replace

import pytest

from generator.problems import Problem
from sosach.course.casefiles import case_of
from sosach.course.workplace import practice_set
from sosach.grading.specs import ArtefactSpec, TaskSpec, find_spec, load_spec
from tests.screen_cases import ACTIONS


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
def place(deciding):
    """A practice set of it."""
    return practice_set(deciding)


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


def test_case_of_decisions(deciding, place):
    """Papers lie beside their records, the spec's actions are the buttons, duties the answers."""
    file = case_of(deciding, place)
    beside = [paper for record in file.records for paper in record.papers]

    assert [action.code for action in file.form.actions] == list(ACTIONS)
    assert beside
    assert all(paper.cells or paper.text for paper in beside)
    for record, at in file.key.of.items():
        answer, duty = file.key.answers[at], place.key.duties[record]
        assert [{act.code for act in choice} for choice in answer.must] == [
            {act.action for act in demand} for demand in duty.demands
        ]
        assert len(answer.hints) == 3
        assert answer.why.endswith(".")


def test_case_of_unknown_artefact(listing):
    """An artefact without a screen is named."""
    task = replace(listing.tasks[0], artefact="la.csv")

    with pytest.raises(Problem, match="chưa có màn hình"):
        case_of(replace(listing, tasks=(task,)), practice_set(listing))
