"""Twenty records by hand, the key to them, and a spec, for tests that need no city."""

from __future__ import annotations

import pytest

from sosach.grading.rubrics.key import Expected, Key
from sosach.grading.specs import load_spec

SPEC = """
title = "Lập danh sách"
objectives = ["Xếp nhóm"]
minutes = 30
core = true
documents = ["CV 2262/BYT-CNTT ngày 4/5/2022"]
scenario = "tp-hcm-2022"
[sizes]
clicks = 30
[levels]
lam_quen = "clicks"
[recipe]
wards = ["26905"]
[recipe.errors]
E01 = 0.2
[recipe.decoys]
D01 = 0.1
[artefacts."danh_sach.csv"]
columns = ["ma_ho_so", "nhom"]
key = ["ma_ho_so"]
codes = { nhom = ["a", "b", "c"] }
[[tasks]]
grade_id = "danh_sach"
title = "Danh sách"
points = 10
rubric = "list_membership"
artefact = "danh_sach.csv"
"""


@pytest.fixture
def spec_text():
    """The text of a spec that is right."""
    return SPEC


@pytest.fixture
def spec(tmp_path):
    """A spec with one task of 10 points."""
    path = tmp_path / "k1_02_thu.toml"
    path.write_text(SPEC, encoding="utf-8")
    return load_spec(path)


@pytest.fixture
def key():
    """Three a, three b, four c, one b or c, two optional, five sạch, two decoys."""
    groups = [*"aaabbbcccc"]
    records = {
        f"HS{i:02d}": Expected(
            groups=frozenset(group), title="Số giấy tờ chưa đúng", basis="CV 2262"
        )
        for i, group in enumerate(groups)
    }
    records["HS10"] = Expected(groups=frozenset("bc"), title="Mã tỉnh không có", basis="CV 2262")
    for code in ("HS11", "HS12"):
        records[code] = Expected(groups=frozenset("c"), optional=True, title="Nền tảng vẫn báo sai")
    records.update({f"HS{i}": Expected() for i in range(13, 18)})
    for code in ("HS18", "HS19"):
        records[code] = Expected(decoy=True, causes=("D01",), title="Mã tỉnh khác TP.HCM")
    return Key(records)


@pytest.fixture
def perfect(key):
    """The rows of a perfect list."""
    return [
        {"ma_ho_so": code, "nhom": min(expected.groups)}
        for code, expected in key.records.items()
        if expected.groups and not expected.optional
    ]
