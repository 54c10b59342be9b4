"""Small generated data sets, and copies of them that a test may break."""
# ruff: noqa: S608 - the queries are written here, out of parts that stand here

import hashlib
import json
import shutil
from importlib.resources import files
from pathlib import Path

import duckdb
import pytest

from generator.city import Request, generate
from generator.places import select_wards
from generator.scenario import load_scenario
from sosach.verification import verify

SCENARIO = "tp-hcm-2022"
WARD = "26794"  # Thành phố Thủ Đức, which has errors of its own
TABLES = ("dan_cu", "ho_gia_dinh", "mui_that", "doi_tuong", "mui_tiem", "ledger", "link")


class Copy:
    """A data set of one's own; what is changed is entered into its manifest."""

    def __init__(self, folder):
        self.folder = folder

    def file(self, table):
        """Return the path of the first ward's table."""
        return self.folder / table / f"{WARD}.parquet"

    def rows(self, table):
        """Return how many rows the manifest gives a table."""
        raw = json.loads((self.folder / "manifest.json").read_text(encoding="utf-8"))
        return raw["files"][f"{table}/{WARD}.parquet"]["rows"]

    def rewrite(self, table, query):
        """Replace a table by a query, which may read all tables of the ward as they are."""
        with duckdb.connect() as connection:
            for name in TABLES:
                connection.execute(f"create table {name} as from '{self.file(name)}'")
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

    def spoil(self, record, column, value):
        """Write another value into a record's cell, and into the ledger as what is observed."""
        # the register first: the value may be made of the truth in the ledger
        told = f"(select min(truth) from ledger k where {record} and k.column = '{column}')"
        self.put("doi_tuong", column, value.format(truth=told), record)
        seen = f"(select d.{column} from doi_tuong d where d.ma_ho_so = ledger.ma_ho_so)"
        self.put("ledger", "observed", seen, f"{record} and ledger.column = '{column}'")

    def put(self, table, column, value, where):
        """Put a value into one column of some rows."""
        cell = f'case when {where} then {value} else "{column}" end as "{column}"'
        self.rewrite(table, f"select * replace ({cell}) from {table}")

    def broken_rules(self):
        """Return the names of the rules that the copy breaks."""
        return {check.name for check in verify(self.folder).checks if check.violations}


@pytest.fixture(scope="session")
def make():
    """Generate two wards into a folder."""

    def generated(folder, seed=1, scenario=SCENARIO, formats=("parquet",)):
        request = Request(seed, 0.05, load_scenario(scenario), formats)
        generate(select_wards(f"{WARD},27112"), request, folder)
        return folder

    return generated


@pytest.fixture(scope="session")
def sound(make, tmp_path_factory):
    """A sound data set; tests leave it as it is."""
    return make(tmp_path_factory.mktemp("sound") / "du_lieu")


@pytest.fixture
def copy(sound, tmp_path):
    """A copy of the sound data set that the test may break."""
    return Copy(Path(shutil.copytree(sound, tmp_path / "du_lieu")))


@pytest.fixture(scope="session")
def unreal_scenario(tmp_path_factory):
    """The scenario with identity numbers that nobody alive can have."""
    source = files("generator") / "scenarios" / f"{SCENARIO}.toml"
    text = source.read_text(encoding="utf-8")
    changed = text.replace('id_scheme = "realistic"', 'id_scheme = "unreal"')
    assert changed != text
    path = tmp_path_factory.mktemp("scenario") / f"{SCENARIO}.toml"
    path.write_text(changed, encoding="utf-8")
    return str(path)
