from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sosach.grading.refusals import Refusal
from sosach.grading.rubrics.key import Expected, Key
from sosach.grading.scoring import find_file, score


@pytest.fixture
def perfect_csv(perfect):
    """The bytes of a perfect list."""
    rows = "".join(f"{row['ma_ho_so']},{row['nhom']}\n" for row in perfect)
    return f"ma_ho_so,nhom\n{rows}".encode()


def test_score_perfect(spec, key, perfect_csv):
    """A perfect list earns all points of its task."""
    (result,) = score(spec, key, {"danh_sach.csv": perfect_csv})

    assert (result.grade_id, result.points, result.max_points) == ("danh_sach", 10.0, 10)
    assert len(result.findings) == 20


@pytest.mark.parametrize(
    "name",
    ["Danh_Sach.CSV", "danh_sach (1).csv", "danh_sach.xlsx", "DANH_SACH (12).txt"],
)
def test_score_other_file_name(spec, key, perfect_csv, name):
    """The only candidate is read under another name, and that is said."""
    (result,) = score(spec, key, {name: perfect_csv, "khac.csv": b""})

    assert result.points == 10
    assert name in result.notes[0]


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({}, "Không có tệp danh_sach.csv"),
        ({"danh_sach.csv": b""}, "thiếu cột"),
        ({"danh_sach (1).csv": b"a", "danh_sach.xlsx": b"b"}, "Có nhiều tệp"),
        ({"danh_sach.csv": b"ma_ho_so,nhom\n"}, "chưa có dòng nào"),
    ],
)
def test_score_nothing_to_judge(spec, key, files, said):
    """A file that is missing, empty or ambiguous earns 0 points and a sentence."""
    (result,) = score(spec, key, files)

    assert result.points == 0
    assert said in result.notes[0]


def test_find_file_exact_name_wins():
    """The exact name is taken even if copies lie beside it."""
    assert find_file("a.csv", {"a.csv": b"", "a (1).csv": b""}) == "a.csv"


def test_find_file_missing():
    """A missing file is a refusal that names it."""
    with pytest.raises(Refusal, match=r"a\.csv"):
        find_file("a.csv", {"b.csv": b""})


KEY = Key({"HS1": Expected(groups=frozenset("a"), title="x"), "HS2": Expected()})


@given(data=st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_score_any_bytes(data):
    """Whatever the file holds, points come out and nothing is raised."""
    from sosach.grading.specs import ArtefactSpec, ExerciseSpec, RecipeSpec, TaskSpec

    spec = ExerciseSpec(
        id="x",
        title="",
        objectives=(),
        minutes=1,
        core=False,
        documents=(),
        scenario="",
        recipe=RecipeSpec((), {}, {}),
        sizes={},
        levels={},
        artefacts={"a.csv": ArtefactSpec(("ma_ho_so", "nhom"), ("ma_ho_so",), {"nhom": ("a",)})},
        tasks=(TaskSpec("t", "t", 10, "list_membership", "a.csv"),),
    )
    for prefix in (b"", b"ma_ho_so,nhom\n", b"PK\x03\x04", b"\xff\xfe"):
        (result,) = score(spec, KEY, {"a.csv": prefix + data})
        assert 0 <= result.points <= 10
