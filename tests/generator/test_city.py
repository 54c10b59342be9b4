import hashlib
import json
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import pyarrow as pa
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq
import pytest

from generator.city import Request, generate, make_ward
from generator.places import select_wards, wards
from generator.problems import Problem

CHOSEN = select_wards("26734,26737,27112")


@pytest.fixture
def request_(scenario):
    """A hundredth of a city."""
    return Request(1, 0.01, scenario, ("parquet", "csv"))


def contents(folder):
    """Return path -> bytes of everything in a folder."""
    return {
        str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()
    }


@pytest.fixture(scope="module")
def whole(scenario, tmp_path_factory):
    """The bytes of a small city, made in order in one process."""
    folder = tmp_path_factory.mktemp("city") / "whole"
    generate(CHOSEN, Request(1, 0.01, scenario, ("parquet", "csv")), folder)
    return contents(folder)


@pytest.mark.parametrize("workers", [1, 2, 4])
@pytest.mark.parametrize("order", [(2, 0, 1), (2, 1, 0)])
def test_generate_is_the_same_for_any_order_and_workers(request_, whole, tmp_path, workers, order):
    """In any order and number of processes: the same bytes in every file."""
    shuffled = [CHOSEN[place] for place in order]
    with ProcessPoolExecutor(workers, get_context("spawn")) as pool:
        generate(shuffled, request_, tmp_path / "city", pool.map)

    assert contents(tmp_path / "city") == whole


def test_generate_of_one_ward_equals_that_ward_of_many(request_, tmp_path):
    """A subset of wards is the same wards of the whole."""
    generate(CHOSEN, request_, tmp_path / "many")
    generate(CHOSEN[1:2], request_, tmp_path / "one")

    many = contents(tmp_path / "many")
    for name, data in contents(tmp_path / "one").items():
        if name != "manifest.json":
            assert many[name] == data


def test_generate_goes_on_where_it_stopped(request_, tmp_path):
    """After a broken run the missing ward is made and the whole is as if never broken."""
    generate(CHOSEN, request_, tmp_path / "whole")
    generate(CHOSEN, request_, tmp_path / "broken")
    (tmp_path / "broken" / "manifest.json").unlink()
    (tmp_path / "broken" / "receipts" / "26737.json").unlink()
    (tmp_path / "broken" / "doi_tuong" / "27112.parquet").write_bytes(b"half")
    kept = (tmp_path / "broken" / "doi_tuong" / "26734.parquet").stat().st_mtime_ns

    generate(CHOSEN, request_, tmp_path / "broken")

    assert contents(tmp_path / "broken") == contents(tmp_path / "whole")
    assert (tmp_path / "broken" / "doi_tuong" / "26734.parquet").stat().st_mtime_ns == kept


def test_generate_makes_a_ward_again_whose_bytes_are_wrong(request_, tmp_path):
    """Right sizes are not enough: after a power cut a file may hold nothing but zeros."""
    generate(CHOSEN, request_, tmp_path / "city")
    whole = contents(tmp_path / "city")
    spoiled = tmp_path / "city" / "doi_tuong" / "27112.parquet"
    spoiled.write_bytes(bytes(spoiled.stat().st_size))
    (tmp_path / "city" / "receipts" / "26734.json").write_bytes(b"")

    generate(CHOSEN[:1], request_, tmp_path / "city")
    assert "doi_tuong/27112.parquet" not in manifest_of(tmp_path / "city")["files"]
    generate(CHOSEN, request_, tmp_path / "city")

    assert contents(tmp_path / "city") == whole


def test_generate_into_a_folder_that_is_not_shared(request_, tmp_path):
    """Wards that were done but left no receipt here: the folder is not the same for all."""
    with pytest.raises(Problem, match="thư mục dùng chung"):
        generate(CHOSEN, request_, tmp_path / "city", lambda work, wards: [None for _ in wards])

    assert not (tmp_path / "city" / "manifest.json").exists()


def test_generate_by_a_worker_that_does_not_see_the_folder(request_, tmp_path):
    """Who works elsewhere and does not find the folder makes none of its own."""

    def elsewhere(work, wards):
        (tmp_path / "city").rename(tmp_path / "disk of another computer")
        return map(work, wards)

    with pytest.raises(Problem, match="Máy làm việc không thấy"):
        generate(CHOSEN, request_, tmp_path / "city", elsewhere)

    assert [path.name for path in tmp_path.iterdir()] == ["disk of another computer"]


def test_generate_leaves_the_threads_of_its_caller_alone(request_, tmp_path):
    """Made in this process, a city does not change how many cores pyarrow may use."""
    before = pa.cpu_count()
    pa.set_cpu_count(before + 1)

    generate(CHOSEN[:1], request_, tmp_path / "city")

    assert pa.cpu_count() == before + 1
    pa.set_cpu_count(before)


def manifest_of(folder):
    """Read a city's manifest."""
    return json.loads((folder / "manifest.json").read_text(encoding="utf-8"))


def test_generate_manifest_tells_what_is_there(request_, tmp_path):
    """Counts, sizes and hashes of the manifest are those of the files."""
    manifest = generate(CHOSEN, request_, tmp_path / "city")

    assert json.loads((tmp_path / "city" / "manifest.json").read_text(encoding="utf-8")) == manifest
    found = contents(tmp_path / "city")
    listed = {name for name in found if "/" in name and not name.startswith("receipts/")}
    assert listed == set(manifest["files"])
    for name, entry in manifest["files"].items():
        assert hashlib.sha256(found[name]).hexdigest() == entry["sha256"]
        assert len(found[name]) == entry["bytes"]
    rows = {
        table: sum(
            pq.read_metadata(path).num_rows
            for path in (tmp_path / "city" / table).glob("*.parquet")
        )
        for table in ("dan_cu", "doi_tuong", "mui_tiem", "ledger")
    }
    counts = manifest["counts"]
    assert counts["wards"] == 3
    assert (
        counts["persons"],
        counts["records"],
        counts["dose_records"],
        counts["ledger_cells"],
    ) == tuple(rows.values())
    scenario = request_.scenario
    assert {entry["cause"] for entry in manifest["errors"]} == {*scenario.errors, *scenario.decoys}


def test_generate_csv_says_the_same_as_parquet(request_, tmp_path):
    """CSV files open in Excel with the right letters and hold the same cells."""
    generate(CHOSEN[:1], request_, tmp_path / "city")
    path = tmp_path / "city" / "doi_tuong" / "26734.csv"

    assert path.read_bytes()[:3] == b"\xef\xbb\xbf"
    table = pq.read_table(path.with_suffix(".parquet"))
    text = pa_csv.ConvertOptions(column_types=table.schema, strings_can_be_null=False)
    assert pa_csv.read_csv(path, convert_options=text).equals(table)


def test_make_ward_golden(scenario):
    """A ward made in another year is the same ward, or the engine's version must grow."""
    tables, _ = make_ward(wards()["26734"], Request(1, 0.01, scenario))
    text = json.dumps(
        {name: table.to_pylist() for name, table in tables.items()}, ensure_ascii=False
    )

    assert hashlib.sha256(text.encode()).hexdigest() == GOLDEN


GOLDEN = "a486e58c36508a6553f400dc3888d96a22baafd0e1793103de9ca7f35f6c9742"


@pytest.mark.parametrize("scale", [0, -1, 1.5, float("nan")])
def test_request_of_an_impossible_scale_is_refused(scenario, scale):
    """Zero, negative or more than the whole city: say what a scale is."""
    with pytest.raises(Problem, match="--scale"):
        Request(1, scale, scenario)


@pytest.mark.parametrize("seed", [-1, 2**64])
def test_request_of_an_impossible_seed_is_refused(scenario, seed):
    """A seed fits into 64 bits."""
    with pytest.raises(Problem, match="--seed"):
        Request(seed, 1.0, scenario)


def test_generate_into_a_folder_with_something_else_is_refused(request_, tmp_path):
    """Nobody's files are written over."""
    (tmp_path / "bao_cao.docx").write_text("quan trọng", encoding="utf-8")

    with pytest.raises(Problem, match="đang chứa thứ khác"):
        generate(CHOSEN, request_, tmp_path)

    assert [p.name for p in tmp_path.iterdir()] == ["bao_cao.docx"]


def test_generate_of_another_city_into_the_same_folder_is_refused(request_, scenario, tmp_path):
    """Two seeds never mix in one folder."""
    generate(CHOSEN[:1], request_, tmp_path / "city")

    with pytest.raises(Problem, match="seed"):
        generate(CHOSEN, Request(2, 0.01, scenario, ("parquet", "csv")), tmp_path / "city")


FULL_DISK = """
import resource, signal, sys
from pathlib import Path
from generator.city import Request, generate
from generator.places import select_wards
from generator.scenario import load_scenario

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
generate(select_wards("26734"), Request(1, 0.05, load_scenario("tp-hcm-2022")), Path(sys.argv[1]))
"""


def test_generate_on_a_full_disk_leaves_nothing_that_looks_complete(tmp_path):
    """When a file cannot be written whole, neither it nor receipt nor manifest has its name."""
    done = subprocess.run(
        [sys.executable, "-c", FULL_DISK, str(tmp_path / "city")],
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode != 0
    assert "OSError" in done.stderr
    names = contents(tmp_path / "city")
    assert "manifest.json" not in names
    assert not any(name.startswith("receipts/") for name in names)
    assert all(len(data) < 20_000 for name, data in names.items() if name.endswith(".parquet"))
