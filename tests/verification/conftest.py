"""Small generated data sets, and copies of them that a test may break."""
# ruff: noqa: S608 - the queries are written here, out of parts that stand here

import hashlib
import json
import shutil
from importlib.resources import files
from pathlib import Path
from types import SimpleNamespace

import duckdb
import pytest

from generator.city import Request, generate
from generator.places import select_wards
from generator.scenario import load_scenario
from sosach.verification import verify

SCENARIO = "tp-hcm-2022"
WARD = "26794"  # Thành phố Thủ Đức, which has errors of its own
TABLES = ("dan_cu", "ho_gia_dinh", "co_so", "mui_that", "doi_tuong", "mui_tiem", "ledger", "link")
#: what makes the rare ones frequent: a small ward shall have every error and every decoy
SHARES = {
    "namesakes = 0.002": "namesakes = 0.02",
    "twins = 0.003": "twins = 0.01",
    "foreigners = 0.003": "foreigners = 0.02",
    "ede = 0.0005": "ede = 0.005",
    "year_only = 0.25": "year_only = 0.50",
    "VERO = 0.20, ABD = 0.02,": "VERO = 0.02, ABD = 0.20,",
    "elsewhere = 0.02": "elsewhere = 0.05",
    "signed = 0.06": "signed = 0.40",
}
RATES = """
[errors]
E04 = 0.02
E05 = 0.02
E08 = 0.02
E15 = 0.02
E16 = 0.02
E17 = 0.02
E22 = 0.05
E31 = 0.03
E42 = 0.02
E43 = 0.05
E44 = 0.5
E58 = 0.2
E60 = 0.3
E71 = 0.3
E72 = 0.02
E73 = 0.01
E90 = 0.03

[decoys]
D02 = 0.3
D03 = 0.3
D04 = 0.5
D05 = 0.5
D07 = 0.5
D08 = 0.3
"""


class Copy:
    """A data set of one's own; what is changed is entered into its manifest."""

    def __init__(self, folder):
        self.folder = folder

    def file(self, table):
        """Return the path of the ward's table."""
        return self.folder / table / f"{WARD}.parquet"

    def rows(self, table):
        """Return how many rows the manifest gives a table."""
        raw = json.loads((self.folder / "manifest.json").read_text(encoding="utf-8"))
        return raw["files"][f"{table}/{WARD}.parquet"]["rows"]

    def ask(self, query):
        """Return the first row that a query finds in the tables, by column name."""
        with duckdb.connect() as connection:
            for name in TABLES:
                connection.execute(f"create view {name} as from '{self.file(name)}'")
            found = connection.execute(query)
            names = [column[0] for column in found.description]
            return SimpleNamespace(**dict(zip(names, found.fetchone(), strict=True)))

    def only(self, cause, where="true"):
        """Return the first ledger row of a cause whose record has no other fault."""
        return self.ask(f"""
          select k.*, l.person_id, l.dose_id from ledger k
          left join link l on if(k.ma_mui is null,
            l.ma_ho_so = k.ma_ho_so and l.ma_mui is null and l.dose_id is null, l.ma_mui = k.ma_mui)
          where cause = '{cause}' and {where} and k.ma_ho_so in
            (select ma_ho_so from ledger group by ma_ho_so having count(distinct cause) = 1)
          order by err_id limit 1""")

    def rewrite(self, table, query):
        """Replace a table by a query, which may read all tables of the ward as they are."""
        with duckdb.connect() as connection:
            for name in TABLES:
                connection.execute(f"create view {name} as from '{self.file(name)}'")
            new = self.folder / "new"
            copied = connection.execute(f"copy ({query}) to '{new}' (format parquet)")
            rows = copied.fetchone()[0]
        new.replace(self.file(table))
        self.relist(table, rows)

    def relist(self, table, rows):
        """Enter a table's file as it now is into the manifest."""
        data = self.file(table).read_bytes()
        digest = hashlib.sha256(data).hexdigest()
        entry = {"rows": rows, "bytes": len(data), "sha256": digest}
        self.note(lambda raw: raw["files"].update({f"{table}/{WARD}.parquet": entry}))

    def note(self, change):
        """Change the manifest."""
        path = self.folder / "manifest.json"
        raw = json.loads(path.read_text(encoding="utf-8"))
        change(raw)
        path.write_text(json.dumps(raw), encoding="utf-8")

    def spoil(self, row, value):
        """Write another value into a ledger row's cell, and into the row as what is observed."""
        literal = row.truth.replace("'", "''")
        value = value.format(truth=f"'{literal}'")
        if row.ma_mui:
            self.put("mui_tiem", row.column, value, f"ma_mui = '{row.ma_mui}'")
        else:
            self.put("doi_tuong", row.column, value, f"ma_ho_so = '{row.ma_ho_so}'")
        self.put("ledger", "observed", value, f"err_id = {row.err_id}")

    def put(self, table, column, value, where):
        """Put a value into one column of some rows."""
        cell = f'case when {where} then {value} else "{column}" end as "{column}"'
        self.rewrite(table, f"select * replace ({cell}) from {table}")

    def broken_rules(self):
        """Return the names of the rules that the copy breaks."""
        return {check.name for check in verify(self.folder).checks if check.violations}


@pytest.fixture(scope="session")
def rich_scenario(tmp_path_factory):
    """The scenario, with everything that is rare made frequent."""
    source = files("generator") / "scenarios" / f"{SCENARIO}.toml"
    text = source.read_text(encoding="utf-8")
    for usual, frequent in SHARES.items():
        assert usual in text
        text = text.replace(usual, frequent)
    folder = tmp_path_factory.mktemp("scenario")
    (folder / "shares.toml").write_text(text, encoding="utf-8")
    path = folder / "rich.toml"
    path.write_text(f"base = '{folder / 'shares.toml'}'\n{RATES}", encoding="utf-8")
    return str(path)


@pytest.fixture(scope="session")
def make():
    """Generate wards into a folder."""

    def generated(folder, seed=1, scenario=SCENARIO, formats=("parquet",), wards=f"{WARD},27112"):
        request = Request(seed, 0.05, load_scenario(scenario), formats)
        generate(select_wards(wards), request, folder)
        return folder

    return generated


@pytest.fixture(scope="session")
def sound(make, rich_scenario, tmp_path_factory):
    """A sound data set of one ward with every error and decoy; tests leave it as it is."""
    folder = tmp_path_factory.mktemp("sound") / "du_lieu"
    return make(folder, scenario=rich_scenario, wards=WARD)


@pytest.fixture
def copy(sound, tmp_path):
    """A copy of the sound data set that the test may break."""
    return Copy(Path(shutil.copytree(sound, tmp_path / "du_lieu")))


@pytest.fixture(scope="session")
def unreal_scenario(tmp_path_factory):
    """The scenario with identity numbers that nobody alive can have."""
    path = tmp_path_factory.mktemp("scenario") / f"{SCENARIO}.toml"
    path.write_text(f'base = "{SCENARIO}"\nid_scheme = "unreal"\n', encoding="utf-8")
    return str(path)
