import tomllib
from importlib.resources import files
from pathlib import Path

import pytest

from generator.catalogue import DECOYS, ERRORS
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
    scenario, own = load_scenario("tp-hcm-2022"), tomllib.loads(SHIPPED)["errors"]

    assert 0 < len(own) < len(ERRORS)
    assert scenario.errors == {error.code: error.rate for error in ERRORS} | own
    assert scenario.decoys == {decoy.code: decoy.rate for decoy in DECOYS}


def test_load_scenario_own_file_with_own_rate(write):
    """A rate in the file goes before the catalogue's; a byte order mark does no harm."""
    scenario = load_scenario(write("E01 = 0.12\n", "E01 = 0.5\n"))

    assert scenario.errors["E01"] == 0.5
    assert scenario.errors["E02"] == 0.06
    assert scenario.errors["E20"] == 0.05


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("residents =", "residens =", ["lop-toi.toml", "residens", "residents"]),
        ("born_in_city =", "bornincity =", ["people", "bornincity", "born_in_city"]),
        ("own_phone = 0.90", "own_phone = 1.2", ["own_phone", "1.2", "từ 0 đến 1"]),
        ("own_phone = 0.90           #", "#", ["thiếu khóa 'own_phone'"]),
        ("as_of = 2022-05-07", 'as_of = "7/5/2022"', ["as_of", "2022-05-07"]),
        ("residents = 9166800", "residents = -1", ["residents", "-1"]),
        ("E10 = ", "E1O = ", ["errors", "E1O", "E10"]),
        ("E01 = 0.12\n", "E01 = 60\n", ["E01", "60", "0.06"]),
        ("E01 = 0.12\n", "E01 = 0.9\n", ["so_giay_to", "E01 0.9", "E02 0.06", "mâu thuẫn"]),
        ("[people]", "[decoys]\nD15 = 0.1\n[people]", ["D15", "D01"]),
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


def test_load_scenario_rests_on_its_base(tmp_path):
    """A scenario with a base says only what differs; tables merge, the rest stays."""
    path = tmp_path / "lop-toi.toml"
    path.write_text(
        'base = "tp-hcm-2022"\nname = "lop-toi"\n[errors]\nE01 = 0.2\n', encoding="utf-8"
    )
    base, own = load_scenario("tp-hcm-2022"), load_scenario(path)

    assert own.name == "lop-toi"
    assert own.errors == {**base.errors, "E01": 0.2}
    assert own.groups == base.groups
    assert own.sha256 != base.sha256


def test_load_scenario_over_two_layers(tmp_path):
    """Base, class and exercise: the uppermost layer that names a value decides."""
    (tmp_path / "lop.toml").write_text(
        'base = "tp-hcm-2022"\n[errors]\nE01 = 0.2\nE02 = 0.1\n', encoding="utf-8"
    )
    base = tmp_path / "lop.toml"
    (tmp_path / "bai.toml").write_text(f'base = "{base}"\n[errors]\nE02 = 0.3\n', encoding="utf-8")
    scenario = load_scenario(tmp_path / "bai.toml")

    assert (scenario.errors["E01"], scenario.errors["E02"], scenario.errors["E10"]) == (
        0.2,
        0.3,
        0.232,
    )


def test_load_scenario_of_a_changed_base_has_another_hash(tmp_path):
    """The hash covers the base as well: another base is another city."""
    base, own = tmp_path / "goc.toml", tmp_path / "lop.toml"
    own.write_text(f'base = "{base}"\n', encoding="utf-8")
    hashes = []
    for rate in (0.1, 0.2):
        base.write_text(f'base = "tp-hcm-2022"\n[errors]\nE01 = {rate}\n', encoding="utf-8")
        hashes.append(load_scenario(own).sha256)

    assert hashes[0] != hashes[1]


def test_load_scenario_that_rests_on_itself_is_refused(tmp_path):
    """Scenarios in a circle are named instead of read for ever."""
    one, two = tmp_path / "mot.toml", tmp_path / "hai.toml"
    one.write_text(f'base = "{two}"\n', encoding="utf-8")
    two.write_text(f'base = "{one}"\n', encoding="utf-8")

    with pytest.raises(Problem, match="dựa vòng"):
        load_scenario(one)


def test_load_scenario_with_an_unknown_ward_is_refused(tmp_path):
    """A scenario of wards that do not exist is refused."""
    path = tmp_path / "lop.toml"
    path.write_text('base = "tp-hcm-2022"\nwards = ["00000"]\n', encoding="utf-8")

    with pytest.raises(Problem, match="00000"):
        load_scenario(path)


def test_phuong_mau_is_one_small_ward():
    """The sample ward is quick to make and otherwise the city of the same day."""
    sample, city = load_scenario("phuong-mau"), load_scenario("tp-hcm-2022")

    assert len(sample.wards) == 1
    assert (sample.as_of, sample.groups, sample.errors) == (city.as_of, city.groups, city.errors)
