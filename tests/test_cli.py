import json
import subprocess
import sys

import click
import pytest
from click.testing import CliRunner

from sosach.cli import main

ROSTER = "ma_hoc_vien,ho_ten,don_vi\nhv01,Học viên 01,Trạm A\nhv02,Học viên 02,Trạm B\n"


@pytest.fixture
def run():
    """Run a command line; the result has exit_code, stdout and stderr."""
    runner = CliRunner()
    return lambda *words: runner.invoke(main, [str(word) for word in words])


def commands(group, path=()):
    """Return every command with its path, groups included."""
    for name, command in group.commands.items():
        yield (*path, name), command
        if isinstance(command, click.Group):
            yield from commands(command, (*path, name))


@pytest.mark.parametrize(
    ("path", "command"),
    list(commands(main)),
    ids=lambda x: "-".join(x) if isinstance(x, tuple) else "",
)
def test_help_is_vietnamese_with_an_english_line(run, path, command):
    """Every command explains itself in Vietnamese, and in one English line in parentheses."""
    shown = run(*path, "--help")

    assert shown.exit_code == 0
    vietnamese, _, english = command.help.partition("\n\n")
    assert not vietnamese.isascii()
    assert english.isascii()
    assert english.strip().startswith("(")


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--wards", "26735"], "26735"),
        (["--wards", "26734", "--scale", "0"], "--scale"),
        (["--wards", "26734", "--scale", "-1"], "--scale"),
        (["--wards", "26734", "--formats", "parket"], "parquet"),
        (["--wards", "26734", "--workers", "0"], "--workers"),
        (["--wards", "26734", "--seed", "-1"], "--seed"),
        (["--wards", "26734", "--dask", "abc"], "abc"),
        (["--wards", "26734", "--dask", "127.0.0.1:8786", "--workers", "2"], "--workers"),
    ],
)
def test_generate_used_wrongly_exits_2_and_makes_nothing(run, tmp_path, words, says):
    """A wrong word on the command line is named; no folder appears."""
    done = run("generate", "--seed", 1, "--out", tmp_path / "city", *words)

    assert done.exit_code == 2
    assert says in done.stderr
    assert not (tmp_path / "city").exists()


def test_generate_with_a_bad_scenario_exits_1(run, tmp_path):
    """A rate above 1 in a scenario is a fault of the data, named with file and key."""
    (tmp_path / "lop.toml").write_text("residents = 1\n", encoding="utf-8")

    done = run(
        "generate",
        "--scenario",
        tmp_path / "lop.toml",
        "--wards",
        "26734",
        "--seed",
        1,
        "--out",
        tmp_path / "x",
    )

    assert done.exit_code == 1
    assert "lop.toml" in done.stderr
    assert "Traceback" not in done.output


def test_generate_then_verify_proves_the_key(run, tmp_path):
    """What is generated is proved right by the independent check, also from two processes."""
    made = run(
        "generate",
        "--wards",
        "26734,27112",
        "--seed",
        5,
        "--scale",
        0.05,
        "--workers",
        2,
        "--out",
        tmp_path / "city",
    )
    proved = run("verify", tmp_path / "city", "--json")

    assert made.exit_code == 0, made.output
    assert "DỮ LIỆU GIẢ LẬP" in made.stdout
    assert proved.exit_code == 0, proved.output
    assert json.loads(proved.stdout)["ok"] is True


def test_verify_of_a_spoiled_city_exits_1(run, tmp_path):
    """A file that was touched is found, and the exit code says so."""
    run("generate", "--wards", "26734", "--seed", 5, "--scale", 0.02, "--out", tmp_path / "city")
    with (tmp_path / "city" / "ledger" / "26734.parquet").open("ab") as file:
        file.write(b"x")

    done = run("verify", tmp_path / "city")

    assert done.exit_code == 1
    assert "SAI" in done.stdout


def test_verify_of_something_else_exits_1_with_a_sentence(run, tmp_path):
    """A folder that is no city is no traceback."""
    done = run("verify", tmp_path)

    assert done.exit_code == 1
    assert str(tmp_path) in done.stderr


FULL = """
import resource, signal, sys
from sosach.cli import main
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
main(["generate", "--wards", "26734", "--seed", "1", "--scale", "0.05", *sys.argv[1:]])
"""


@pytest.mark.parametrize("workers", [1, 2])
def test_generate_on_a_full_disk_says_so(tmp_path, workers):
    """When nothing more can be written, one sentence says where, also from another process."""
    done = subprocess.run(
        [sys.executable, "-c", FULL, "--out", tmp_path / "city", "--workers", str(workers)],
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 1
    assert "Chưa làm được" in done.stderr
    assert str(tmp_path / "city") in done.stderr
    assert "Traceback" not in done.stderr


def test_practice_without_exercise_lists_them(run):
    """Who does not know an exercise's id gets the list."""
    done = run("practice")

    assert "k1_02_lap_danh_sach" in done.stdout


def test_practice_offline_writes_one_page(run, tmp_path):
    """An exercise becomes one file that holds its data and its explanations."""
    page = tmp_path / "luyen tap" / "bai.html"
    done = run("practice", "k1_02_lap_danh_sach", "--level", "lam_quen", "--offline", page)
    text = page.read_text(encoding="utf-8")

    assert done.exit_code == 0
    assert f"Đã ghi {page}" in done.stdout
    assert text.count('"cells"') > 30
    assert '"must"' in text
    assert text.startswith("<!doctype html>")


def test_practice_of_an_unknown_exercise_exits_2(run):
    """A misspelt exercise is answered with the nearest."""
    done = run("practice", "k1_02_lap_danh_sac")

    assert done.exit_code == 2
    assert "k1_02_lap_danh_sach" in done.stderr


def test_class_from_opening_to_export(run, tmp_path):
    """A trainer's commands in order, with one who handed in nothing and one unknown folder."""
    (tmp_path / "lop.csv").write_text(ROSTER, encoding="utf-8")
    room, exercise = tmp_path / "LOP", "k1_02_lap_danh_sach"

    assert (
        run("class", "open", room, "--name", "Lớp 1", "--roster", tmp_path / "lop.csv").exit_code
        == 0
    )
    assert run("class", "release", room, exercise, "--level", "lam_quen").exit_code == 0
    inbox = room / "thu_bai" / "la" / exercise / "bai_nop"
    inbox.mkdir(parents=True)
    (inbox / "danh_sach.csv").write_text("ma_ho_so,nhom\nX,a\n", encoding="utf-8")
    collected, graded = run("class", "collect", room), run("grade", room)
    listed, written = run("class", "status", room, "--json"), run("class", "export", room)

    for done in (collected, graded, listed, written):
        assert done.exit_code == 0, done.output
    assert "Tổng 2 học viên: chưa nộp 2" in graded.stdout
    assert "la" in graded.stdout.split("Ngoài danh sách lớp:")[1]
    assert {e["status"] for e in json.loads(listed.stdout)[0]["entries"].values()} == {
        "not_handed_in"
    }
    assert (room / "ket_qua" / "bang_diem.xlsx").is_file()


@pytest.mark.parametrize(
    "command", [("class", "status"), ("class", "collect"), ("class", "export"), ("grade",)]
)
def test_class_commands_on_something_else_exit_1(run, tmp_path, command):
    """A folder that is no class is answered with a sentence."""
    done = run(*command, tmp_path)

    assert done.exit_code == 1
    assert "Chưa làm được" in done.stderr


def test_generate_of_a_scenario_with_wards_of_its_own(run, tmp_path):
    """All wards of the sample scenario are its one ward."""
    done = run(
        "generate",
        "--scenario",
        "phuong-mau",
        "--wards",
        "all",
        "--seed",
        1,
        "--scale",
        0.05,
        "--out",
        tmp_path / "city",
    )

    assert done.exit_code == 0, done.output
    assert [path.name for path in (tmp_path / "city" / "doi_tuong").iterdir()] == ["27136.parquet"]
