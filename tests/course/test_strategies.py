"""What every exercise must be worth to whoever works on it in a certain way."""

import random
from pathlib import Path

import pytest

from sosach.cases import make_case
from sosach.demo.trainees import by_rule
from sosach.grading.scoring import score
from sosach.grading.seeds import practice_seed
from sosach.grading.specs import load_spec

ROOT = Path(__file__).resolve().parents[2]
EXERCISES = ["k1_02_lap_danh_sach"]
LEVELS = ("lam_quen", "van_dung", "nang_cao")
#: each exercise, level and practice set; .ci/run takes the first set of each
GRID = [
    pytest.param((exercise, level, number), marks=[pytest.mark.full] if number > 1 else [])
    for exercise in EXERCISES
    for level in LEVELS
    for number in range(1, 6)
]


@pytest.fixture
def marked(request):
    """Return how many of the points a list earns, and the right list, on one pack."""
    exercise, level, number = request.param
    spec = load_spec(ROOT / "solutions" / f"{exercise}.toml")
    case = make_case(spec, level, practice_seed(exercise, level, number))
    key, rows = case.key, case.pack.doi_tuong.to_pylist()

    def share(choices):
        lines = [f"{code},{group}" for code, group in choices.items() if group != "khong"]
        data = "\n".join(["ma_ho_so,nhom", *lines]).encode()
        results = score(spec, key, {"danh_sach.csv": data})
        return sum(r.points for r in results) / sum(r.max_points for r in results)

    return share, {row["ma_ho_so"]: by_rule(row) for row in rows}


@pytest.mark.parametrize("marked", GRID, indirect=True)
def test_exercise_is_worth_what_the_work_is_worth(marked):
    """The rule earns everything; one action for all, or chance, less than half; nothing, nothing."""
    share, right = marked
    source = random.Random(1)  # noqa: S311 - no secret is made here

    assert share(right) == pytest.approx(1)
    assert share({}) == 0
    for group in ("a", "b", "c", "khong"):
        assert share(dict.fromkeys(right, group)) < 0.5
    assert share({code: source.choice(["a", "b", "c", "khong"]) for code in right}) < 0.5
    assert share({code: g if g != "khong" else "c" for code, g in right.items()}) < 0.5


@pytest.mark.parametrize("marked", GRID, indirect=True)
def test_exercise_forgives_one_slip_in_ten(marked):
    """Twenty trainees who slip on every tenth record earn 80 to 95 % on average."""
    share, right = marked
    wrong = {"a": "b", "b": "c", "c": "a", "khong": "c"}
    shares = []
    for seed in range(20):
        source = random.Random(seed)  # noqa: S311 - no secret is made here
        slips = set(source.sample(sorted(right), len(right) // 10))
        shares.append(share({c: wrong[g] if c in slips else g for c, g in right.items()}))

    assert 0.80 <= sum(shares) / 20 <= 0.95
