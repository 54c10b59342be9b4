import json
from dataclasses import replace

import pytest

from generator.facts import column
from generator.problems import Problem
from sosach.review.actions import Action, Form
from sosach.review.casefile import Act, Answer, Column, Dose, Key, Paper, Queue, Record, as_json
from sosach.review.forms import decision_form, feedback_form
from tests.screen_cases import all_forms, decision_case, group_case

#: names that only a key has
ANSWERS = {"key", "answers", "of", "must", "may", "why", "hints"}


def keys(value):
    """Return all names in a JSON value."""
    if isinstance(value, dict):
        return set(value) | {k for part in value.values() for k in keys(part)}
    return {k for part in value for k in keys(part)} if isinstance(value, list) else set()


def test_class_case_holds_no_key():
    """What a class gets has nothing of the answers, under whatever name."""
    practice, class_ = as_json(decision_case()), as_json(decision_case(mode="class"))
    names = set(column("error_taxonomy", "name_vi")) - set(column("reason_codes", "meaning_vi"))
    text = json.dumps(class_, ensure_ascii=False)

    assert keys(practice) >= ANSWERS
    assert ANSWERS & keys(class_) == set()
    assert [name for name in names if len(name) > 12 and name in text] == []


def test_class_case_refuses_a_key():
    """A key cannot be put into the file of a class."""
    with pytest.raises(Problem, match="không được chứa lời giải"):
        replace(group_case(), mode="class")


def test_queues_of_a_class_say_only_what_is_seen():
    """The same records give the same queues with and without their key."""
    assert group_case().queues == group_case(mode="class").queues


def test_as_json_leaves_out_what_is_empty():
    """An action that stands in no row says so; what is empty is not there."""
    assert as_json(Action("khong", "Không", listed=False)) == {
        "code": "khong",
        "label": "Không",
        "listed": False,
    }
    assert as_json(Column("ho_ten", "Họ tên")) == {"name": "ho_ten", "label": "Họ tên"}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"records": (Record("HS1", ("a",)), Record("HS1", ("b",)))}, "lặp lại"),
        ({"records": (Record("HS1", ("a", "b")),)}, "số ô khác số cột"),
        ({"records": (Record("HS1", ("a",), related=("HS2",)),)}, "'HS2'"),
        ({"records": (Record("HS1", ("a",), doses=(Dose("M1", ("x",)),)),)}, "số ô khác"),
        ({"records": (Record("HS1", ("a",), papers=(Paper("khac", "", dose="M9"),)),)}, "'M9'"),
        ({"queues": (Queue("Lạ", ("HS7",)),)}, "'HS7'"),
        ({"key": Key((Answer(((Act("a"),),), (), "", "", "cv1"),), {})}, "'cv1'"),
    ],
)
def test_case_names_what_points_to_nothing(change, said):
    """A record, dose, document or queue that does not exist is named."""
    plain = {
        "columns": (Column("ho_ten", "Họ tên"),),
        "dose_columns": (),
        "records": (Record("HS1", ("a",)),),
        "queues": (),
        "key": None,
    }

    with pytest.raises(Problem, match=said):
        replace(group_case(), **(plain | change))


def test_form_has_at_most_nine_actions():
    """There are nine keys."""
    actions = tuple(Action(str(i), "") for i in range(10))

    with pytest.raises(Problem, match="9 phím"):
        Form("x.csv", {}, "", actions)


def test_forms_write_the_columns_of_the_artefacts():
    """Every artefact of the course is one component with another form."""
    assert {form.artefact: list(form.columns) for form in all_forms()} == {
        "danh_sach.csv": ["ma_ho_so", "nhom"],
        "quyet_dinh.csv": [
            *("ma_ho_so", "ma_mui", "truong", "hanh_dong"),
            *("gia_tri_moi", "ma_lien_quan", "ly_do"),
        ],
        "phan_anh.csv": ["ma_phan_anh", "hanh_dong", "ly_do", "noi_chuyen"],
        "ket_luan.csv": ["doi_tuong_kiem_tra", "ket_luan", "ly_do"],
        "so_lieu.csv": ["chi_tieu", "gia_tri"],
    }


def test_decision_form_asks_for_reasons_of_the_closed_list():
    """Each of the 22 actions has a label, and a reason to choose wherever one is asked for."""
    codes = column("action_codes", "code")
    for code in codes:
        (action,) = decision_form([code]).actions
        feedback = code.endswith("_FEEDBACK")

        assert action.label
        assert feedback or action.reasons, code


def test_decision_form_one_key_for_one_reason():
    """Two different people are one key away: an action with its reason."""
    keep, two = decision_form(["KEEP", "KEEP/hai_nguoi_khac_nhau"]).actions

    assert (two.code, two.label, two.reasons) == (
        "KEEP",
        "Hai người khác nhau",
        ("hai_nguoi_khac_nhau",),
    )
    assert len(keep.reasons) > 1


def test_feedback_form_has_the_13_reasons():
    """CV 9458 knows thirteen reasons to refuse."""
    refuse = next(a for a in feedback_form({}).actions if a.code == "REJECT_FEEDBACK")

    assert refuse.reasons == tuple(f"tc{i:02}" for i in range(1, 14))
