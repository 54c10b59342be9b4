from importlib.resources import files
from pathlib import Path

import pytest

from generator.catalogue import CAUSES, DECOYS
from generator.problems import Problem
from generator.scenario import load_scenario

SHIPPED = (Path(str(files("generator"))) / "scenarios" / "tp-hcm-2022.toml").read_text(
    encoding="utf-8"
)


@pytest.fixture
def write(tmp_path):
    """Write a scenario file with one text replaced by another."""

    def _write(old="", new=""):
        assert old in SHIPPED
        path = tmp_path / "lop-toi.toml"
        path.write_text(SHIPPED.replace(old, new, 1) if old else SHIPPED, encoding="utf-8-sig")
        return path

    return _write


def test_load_scenario_shipped_has_all_rates():
    """Rates that the file does not name come from the catalogue."""
    scenario = load_scenario("tp-hcm-2022")

    assert scenario.errors == {cause.code: cause.rate for cause in CAUSES}
    assert scenario.decoys == {decoy.code: decoy.rate for decoy in DECOYS}


def test_load_scenario_own_file_with_own_rate(write):
    """A rate in the file goes before the catalogue's; a byte order mark does no harm."""
    scenario = load_scenario(write("[people]", "[errors]\nE01 = 0.5\n[people]"))

    assert scenario.errors["E01"] == 0.5
    assert scenario.errors["E02"] == 0.03


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("residents =", "residens =", ["lop-toi.toml", "residens", "residents"]),
        ("born_in_city =", "bornincity =", ["people", "bornincity", "born_in_city"]),
        ("own_phone = 0.90", "own_phone = 1.2", ["own_phone", "1.2", "từ 0 đến 1"]),
        ("own_phone = 0.90           #", "#", ["thiếu khóa 'own_phone'"]),
        ("as_of = 2022-05-07", 'as_of = "7/5/2022"', ["as_of", "2022-05-07"]),
        ("residents = 9166800", "residents = -1", ["residents", "-1"]),
        ("[people]", "[errors]\nE1O = 0.1\n[people]", ["errors", "E1O", "E10"]),
        ("[people]", "[errors]\nE01 = 60\n[people]", ["E01", "60", "0.06"]),
        ("[people]", "[decoys]\nD11 = 0.1\n[people]", ["D11", "D01"]),
        (
            'id_scheme = "realistic"',
            'id_scheme = "realstic"',
            ["id_scheme", "realstic", "realistic"],
        ),
        ("vaccines = { PFZ = 1.0 }", "vaccines = { PFS = 1.0 }", ["PFS", "PFZ"]),
        ("[booster]", "[booster", ["TOML", "lop-toi.toml"]),
    ],
)
def test_load_scenario_wrong_says_where_and_what(write, old, new, says):
    """A misspelt key, a wrong kind of value or an unknown name is named with its place and remedy."""
    with pytest.raises(Problem) as error:
        load_scenario(write(old, new))

    assert all(word in str(error.value) for word in says)


def test_load_scenario_missing_names_what_is_there():
    """A scenario that does not exist is answered with those that do."""
    with pytest.raises(Problem, match="tp-hcm-2022"):
        load_scenario("tp-hcm-2002")
