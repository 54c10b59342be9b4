"""One small ward as the generator makes it, and worlds on it."""

import itertools
from functools import cache

import pytest

from generator.packs import Recipe, make_pack
from generator.scenario import load_scenario
from sosach.simulation.people import police
from sosach.simulation.world import World

#: every kind of trouble that the platform has a rule for; three records of each
ERRORS = (
    *(
        "E01",
        "E02",
        "E03",
        "E06",
        "E07",
        "E09",
        "E10",
        "E11",
        "E12",
        "E18",
        "E20",
        "E21",
        "E23",
        "E24",
    ),
    *("E40", "E41", "E42", "E43", "E44", "E50", "E51", "E53", "E54", "E59", "E60", "E70", "E90"),
    *("E92", "E93"),
)
DECOYS = ("D01", "D06", "D07", "D12")
N_RECORDS = 300


@pytest.fixture(scope="session")
def pack():
    """A pack with three records of every error, and traps."""
    recipe = Recipe(
        load_scenario("tp-hcm-2022"),
        ("27136",),
        # of the missing doses few are the own station's
        {**dict.fromkeys(ERRORS, 4 / N_RECORDS), "E50": 20 / N_RECORDS},
        dict.fromkeys(DECOYS, 4 / N_RECORDS),
    )
    return make_pack(recipe, N_RECORDS, seed=4)


@pytest.fixture
def postgresql_database(emptied):
    """Return a maker of databases in the test server: a name gives a URL, empty at first."""
    return cache(emptied)


@pytest.fixture
def sqlite_database(tmp_path):
    """Return a maker of databases in files: a name gives a URL."""
    return lambda name: f"sqlite:///{tmp_path}/{name}.db"


@pytest.fixture
def database(request):
    """Return a maker of databases, of SQLite unless a test names the other kind."""
    return request.getfixturevalue(f"{getattr(request, 'param', 'sqlite')}_database")


@pytest.fixture
def tables(pack):
    """The tables of the pack, as a world takes them."""
    named = {"dan_cu": pack.people, "mui_that": pack.given, "co_so": pack.sites}
    own = {name: getattr(pack, name) for name in ("doi_tuong", "mui_tiem", "ledger", "link")}
    return {name: table.to_pylist() for name, table in (own | named).items()}


@pytest.fixture
def make_world(pack, database):
    """Return a maker of worlds on the pack; each has a database of its own, or a named one."""
    numbers = itertools.count()
    opened = []

    def make(seed=1, name="", **settings):
        name = name or f"w{next(numbers)}"
        world = World.from_pack(pack, seed, database(name), **settings)
        opened.append(world)
        return world

    yield make
    for world in opened:
        world.close()


@pytest.fixture
def do(world):
    """Return a caller that gives every call an id of its own."""
    numbers = itertools.count()

    def call(verb, **arguments):
        return world.call(verb, f"yc-{next(numbers)}", **arguments)

    return call


@pytest.fixture
def broken(pack):
    """Return the records, or with `lines` the doses, that have an error."""
    rows = pack.ledger.to_pylist()

    def find(code, lines=False):
        key = "ma_mui" if lines else "ma_ho_so"
        return sorted({row[key] for row in rows if row["cause"] == code and row[key]})

    return find


def flawless(asked, truth, seed, list_id, day, others):
    """Answer as the police do on a good day: everybody found, every page signed."""
    none = police.Faultiness(0, 0, 0, 0, 0)
    return police.answer(asked, truth, seed, list_id, day=day, faultiness=none).rows


@pytest.fixture
def flawless_police():
    """The police of a good day."""
    return flawless


@pytest.fixture
def world(make_world):
    """A fresh world whose police make no mistakes."""
    return make_world(answers={"police": flawless})


@pytest.fixture
def from_police(do):
    """Send records to the police; return the list's id and its rows, once it has come back."""

    def send(*records):
        sent = do("gui_cong_an", ma_ho_so=list(records))
        for _ in range(police.DAYS[1]):
            do("ngay_moi")
        found = do("hop_thu", ma_yeu_cau=sent["ma_danh_sach"])["dong"][0]["tra_loi"]["dong"]
        return sent["ma_danh_sach"], {row["ma_ho_so"]: row for row in found}

    return send


@pytest.fixture
def refusal():
    """Return the rule by which an answer is refused, "" where it is accepted."""
    return lambda answer: "" if answer["ok"] else answer["tu_choi"][0]["quy_tac"]
