"""environment.yml is what conda accepts, and says the same as pyproject.toml."""

import tomllib

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from rattler import MatchSpec

FIVE = {"jupyterlab", "faker", "nbgrader", "ipywidgets", "pandas"}


@pytest.fixture(scope="session")
def conda(root):
    """Content of environment.yml."""
    return yaml.safe_load((root / "environment.yml").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def ranges(conda):
    """Range of every conda package by name."""
    lines = [line for line in conda["dependencies"] if isinstance(line, str)]
    specs = [MatchSpec(line, strict=True) for line in lines]
    return {spec.name.normalized: SpecifierSet(str(spec.version or "")) for spec in specs}


@pytest.fixture(scope="session")
def project(root):
    """Table ``project`` of pyproject.toml."""
    return tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def test_environment_shape(conda):
    """A name, one channel, and the package itself installed by pip from this folder."""
    assert set(conda) == {"name", "channels", "dependencies"}
    assert conda["name"] == "sosach"
    assert conda["channels"] == ["conda-forge"]
    assert [d for d in conda["dependencies"] if not isinstance(d, str)] == [{"pip": ["-e ."]}]


def test_environment_names(ranges):
    """Python, pip and the five packages by name, nothing else: the rest comes with ``-e .``."""
    assert set(ranges) == {"python", "pip"} | FIVE


def test_environment_ranges(ranges, project):
    """Each range is the one of pyproject.toml, in both directions."""
    asked = {
        Requirement(text).name: Requirement(text).specifier for text in project["dependencies"]
    }

    assert {name: ranges[name] for name in FIVE} == {name: asked.get(name) for name in FIVE}
    assert ranges["python"] == SpecifierSet(project["requires-python"])


@pytest.mark.parametrize("line", ["pandas=>3", "pandas >=", "python >=3.11 and <4"])
def test_match_spec_strict(line):
    """The strict reader refuses what conda would misread."""
    with pytest.raises(Exception, match=r".+"):
        MatchSpec(line, strict=True)
