from __future__ import annotations

import json

from sosach.grading.outcomes import outcome
from sosach.grading.scoring import score


def test_outcome_explains_every_lost_point(spec, key):
    """Every wrong item has its reason, what it cost, a rule and a solved example; costs add up."""
    (result,) = score(spec, key, {"danh_sach.csv": b"ma_ho_so,nhom\nHS00,a\nHS13,c\n"})
    told = outcome(result, spec.tasks[0])

    assert (told["rubric"], told["unit"], told["n_items"]) == ("list_membership", "hồ sơ", 20)
    assert len(told["wrong"]) == len(result.wrong) > 10
    for wrong in told["wrong"]:
        assert all(wrong[name] for name in ("item", "text", "basis", "answer", "rule", "example"))
    gone = told["max_points"] - told["points"]
    assert abs(sum(wrong["lost"] for wrong in told["wrong"]) - gone) < 0.01
    assert json.loads(json.dumps(told)) == told


def test_outcome_mastery(spec, key, perfect):
    """Mastery counts right and all items by error and trap, clean items under no code."""
    rows = "".join(f"{row['ma_ho_so']},{row['nhom']}\n" for row in perfect)
    text = f"ma_ho_so,nhom\n{rows}HS18,c\n"
    (result,) = score(spec, key, {"danh_sach.csv": text.encode()})

    assert outcome(result, spec.tasks[0])["mastery"] == {"": [18, 18], "D01": [1, 2]}
