import json
import subprocess
import sys

import openpyxl
import pytest
from click.testing import CliRunner

from sosach.cli import main
from sosach.cli.city import _tell_city

WARDS = ("--wards", "26734,27136", "--seed", "5", "--scale", "0.02")


@pytest.fixture
def run():
    """Run a command line; the result has exit_code, stdout and stderr."""
    runner = CliRunner()
    return lambda *words: runner.invoke(main, [str(word) for word in words])


@pytest.fixture
def workbooks(run):
    """Make a city with workbooks in a folder; the bytes of each workbook by name."""

    def make(folder, *words):
        done = run("generate", *WARDS, "--formats", "xlsx", "--out", folder, *words)
        assert done.exit_code == 0, done.output
        return {path.name: path.read_bytes() for path in (folder / "xlsx").iterdir()}

    return make


def test_generate_xlsx_of_a_finished_city(run, workbooks, tmp_path):
    """Workbooks of a city that was there before are those of one made at once."""
    run("generate", *WARDS, "--out", tmp_path / "b")
    manifest = (tmp_path / "b" / "manifest.json").read_bytes()

    assert workbooks(tmp_path / "a") == workbooks(tmp_path / "b")
    assert (tmp_path / "b" / "manifest.json").read_bytes() == manifest


def test_generate_xlsx_several_processes(workbooks, tmp_path):
    """Two processes write the same workbooks as one, one per ward."""
    alone = workbooks(tmp_path / "a")

    assert set(alone) == {"26734.xlsx", "27136.xlsx"}
    assert workbooks(tmp_path / "b", "--workers", 2) == alone


def test_generate_xlsx_goes_on(workbooks, tmp_path):
    """A second run writes what is missing and leaves the rest alone."""
    workbooks(tmp_path)
    kept, lost = (tmp_path / "xlsx" / name for name in ("26734.xlsx", "27136.xlsx"))
    data, stamp = lost.read_bytes(), kept.stat().st_mtime_ns
    lost.unlink()
    workbooks(tmp_path)

    assert kept.stat().st_mtime_ns == stamp
    assert lost.read_bytes() == data


def test_generate_xlsx_and_csv(run, tmp_path):
    """Workbooks lie beside the tables; CSV is made as ever; both are asked for in one word."""
    done = run("generate", *WARDS, "--formats", "parquet, csv,xlsx", "--out", tmp_path)

    assert str(tmp_path / "xlsx") in done.stdout
    assert (tmp_path / "doi_tuong" / "26734.csv").is_file()
    assert openpyxl.load_workbook(tmp_path / "xlsx" / "26734.xlsx")["mui_tiem"].max_row > 100


def test_generate_xlsx_and_report_then_verify(run, tmp_path):
    """What is written for people does not disturb the proof of the key."""
    run("generate", *WARDS, "--out", tmp_path)
    before = json.loads(run("verify", tmp_path, "--json").stdout)
    made = run("generate", *WARDS, "--formats", "xlsx", "--report", "--out", tmp_path)
    after = json.loads(run("verify", tmp_path, "--json").stdout)

    assert made.exit_code == 0, made.output
    assert str(tmp_path / "bao_cao.html") in made.stdout
    assert (tmp_path / "bao_cao.html").stat().st_size > 1_000
    assert after == before
    assert {check["name"]: check["violations"] for check in after["checks"]}["files_listed"] == 0


def test_generate_unknown_format_names_all(run, tmp_path):
    """A misspelt format is answered with the nearest, workbooks included."""
    done = run("generate", *WARDS, "--formats", "xlxs", "--out", tmp_path / "x")

    assert done.exit_code == 2
    assert "xlsx" in done.stderr
    assert not (tmp_path / "x").exists()


FULL = """
import resource, signal, sys
from sosach.cli import main
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, 60_000))
main(sys.argv[1:])
"""


@pytest.mark.parametrize("workers", ["1", "2"])
def test_generate_xlsx_on_a_full_disk_says_so(run, tmp_path, workers):
    """When a workbook cannot be written, one sentence says where; no half of it is left."""
    run("generate", *WARDS, "--out", tmp_path)
    words = ("generate", *WARDS, "--formats", "xlsx", "--out", tmp_path, "--workers", workers)
    command = [sys.executable, "-c", FULL, *words]
    done = subprocess.run(command, capture_output=True, text=True, check=False)

    assert done.returncode == 1
    assert "Chưa làm được" in done.stderr
    assert str(tmp_path) in done.stderr
    assert "Traceback" not in done.stderr
    assert list((tmp_path / "xlsx").iterdir()) == []


def manifest(**more):
    """Return what the summary of a city needs."""
    names = ("wards", "persons", "records", "dose_records", "backlog", "ledger_cells")
    missed = {"cause": "E21", "asked": 0.03, "achieved": 0.02, "not_applicable": 4}
    return {"counts": dict.fromkeys(names, 1), "errors": [missed], **more}


def test_tell_city_warnings(tmp_path, capsys):
    """The sentences of the manifest go to the error side, and nothing beside them."""
    _tell_city(manifest(warnings=["Câu thứ nhất.", "Câu thứ hai."]), tmp_path)
    said = capsys.readouterr()

    assert said.err == "Lưu ý: Câu thứ nhất.\nLưu ý: Câu thứ hai.\n"
    assert "DỮ LIỆU GIẢ LẬP" in said.out


def test_tell_city_without_warnings(tmp_path, capsys):
    """A manifest without sentences still says which rate was not met."""
    _tell_city(manifest(), tmp_path)

    assert "mã E21 yêu cầu 0.0300, đạt 0.0200; 4 hồ sơ" in capsys.readouterr().err


def test_dictionary_on_the_screen(run):
    """Without a file the dictionary is printed, as Markdown."""
    done = run("dictionary")

    assert done.exit_code == 0
    assert done.stdout.startswith("# Từ điển dữ liệu")
    assert "| `ma_ho_so` |" in done.stdout


@pytest.mark.parametrize(("name", "start"), [("a.md", "# "), ("a.html", "<!doctype html>")])
def test_dictionary_to_a_file(run, tmp_path, name, start):
    """The name of the file decides what is written; its folder is made."""
    path = tmp_path / "moi" / name
    done = run("dictionary", "--out", path)

    assert str(path) in done.stdout
    assert path.read_text(encoding="utf-8").startswith(start)


def test_module_is_the_command_line():
    """``python -m sosach.cli`` is ``sosach``, under its name."""
    command = [sys.executable, "-m", "sosach.cli", "generate", "--help"]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)

    assert done.returncode == 0
    assert done.stdout.startswith("Usage: sosach generate")


def test_import_is_light():
    """The command line starts without the libraries that its commands need."""
    heavy = {"numpy", "pandas", "pyarrow", "xlsxwriter", "openpyxl", "duckdb", "jupytext"}
    code = f"import sys, sosach.cli; print(sorted({heavy!r} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout == "[]\n"
