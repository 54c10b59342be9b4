import json
import subprocess
import sys

import click
import pytest
from click.testing import CliRunner

from sosach.cli import main
from sosach.cli.shared import Group

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
    assert "Tổng 2 học viên: 2 chưa nộp" in graded.stdout
    assert "la" in graded.stdout.split("Ngoài danh sách lớp:")[1]
    assert {e["status"] for e in json.loads(listed.stdout)[0]["entries"].values()} == {
        "not_handed_in"
    }
    assert (room / "ket_qua" / "bang_diem.xlsx").is_file()


@pytest.fixture(scope="module")
def room(tmp_path_factory):
    """A class of two in which `hv01` handed in an empty list and was marked."""
    runner, base = CliRunner(), tmp_path_factory.mktemp("lop")
    (base / "lop.csv").write_text(ROSTER, encoding="utf-8")
    room, exercise = base / "LOP", "k1_02_lap_danh_sach"
    opened = ["class", "open", str(room), "--name", "Lớp 1", "--roster", str(base / "lop.csv")]
    given = ["class", "release", str(room), exercise, "--level", "lam_quen"]
    for words in (opened, [*given, "--due", "2022-05-20 17:00"]):
        assert runner.invoke(main, words).exit_code == 0
    inbox = room / "thu_bai" / "hv01" / exercise / "bai_nop"
    inbox.mkdir(parents=True)
    (inbox / "danh_sach.csv").write_text("ma_ho_so,nhom\n", encoding="utf-8")
    assert runner.invoke(main, ["grade", str(room)]).exit_code == 0
    return room


def test_class_appeal_from_asking_to_withdrawing(run, room):
    """An appeal is recorded, listed, accepted for all, and taken back."""
    exercise = "k1_02_lap_danh_sach"
    marked = room / "autograded" / "hv01" / exercise / f"{exercise}.ipynb"
    cells = json.loads(marked.read_text(encoding="utf-8"))["cells"]
    item = next(c["metadata"]["sosach"] for c in cells if "sosach" in c["metadata"])["wrong"][0]
    asked = run("class", "appeal", room, exercise, "hv01", item["item"], "Đề chưa rõ")
    taken = run("class", "accept", room, 1, "Đúng vậy")
    listed = run("class", "appeals", room)
    again = run("grade", room)
    back = run("class", "withdraw", room, 1, "Nhầm")
    twice = run("class", "reject", room, 1, "x")

    for done in (asked, taken, listed, again, back):
        assert done.exit_code == 0, done.output
    assert "Lý do: Đề chưa rõ. Kết quả: đã được chấp nhận (" in listed.stdout
    assert listed.stdout.endswith("Trả lời: Đúng vậy.\n")
    assert "UTC" not in listed.stdout
    assert "sau khiếu nại" in again.stdout
    assert twice.exit_code == 1
    assert "Traceback" not in twice.output


def test_class_extend_says_the_new_deadline(run, room):
    """An extension is answered with the deadline in Vietnam's time."""
    done = run("class", "extend", room, "k1_02_lap_danh_sach", "hv02", "--hours", 24)

    assert done.exit_code == 0, done.output
    assert "17:00 ngày 21/05/2022" in done.stdout


def test_class_resit_for_those_below_the_pass_mark(run, room):
    """A resit goes to those who have not passed; words that do not go together exit with 2."""
    exercise = "k1_02_lap_danh_sach"
    done = run("class", "release", room, exercise, "--resit", "--below", 50)
    wrong = run("class", "release", room, exercise, "--below", 50)

    assert done.exit_code == 0, done.output
    assert f"{exercise}_lan2, mức lam_quen, cho 2 học viên" in done.stdout
    assert wrong.exit_code == 2


def test_class_release_offline_writes_pages(run, room):
    """Pages can be written for packs that were handed out before; each is the trainee's own."""
    exercise = "k1_02_lap_danh_sach"
    done = run("class", "release", room, exercise, "--offline")
    pages = [room / "phat_bai" / hv / f"{exercise}__{hv}.html" for hv in ("hv01", "hv02")]

    assert done.exit_code == 0, done.output
    assert f"Đã viết 2 trang bài và phiếu Excel, như {pages[0]}" in done.stdout
    assert '"trainee":"hv02"' in pages[1].read_text(encoding="utf-8")
    assert pages[1].with_suffix(".xlsx").is_file()


def test_class_resit_for_those_in_a_file(run, room, tmp_path):
    """A resit goes to the trainees of a list."""
    (tmp_path / "thi_lai.csv").write_text("ma_hoc_vien\nhv02\n", encoding="utf-8")
    words = ("class", "release", room, "k1_02_lap_danh_sach", "--resit", "--trainees")
    done, missing = run(*words, tmp_path / "thi_lai.csv"), run(*words, tmp_path / "khong_co.csv")

    assert "cho 1 học viên" in done.stdout
    assert missing.exit_code == 1


def test_class_backup_and_restore(run, room, tmp_path):
    """A backup restores to a class that knows its marks; a used folder is refused."""
    saved = run("class", "backup", room, tmp_path / "b.zip")
    made = run("class", "restore", tmp_path / "b.zip", tmp_path / "moi")
    again = run("class", "restore", tmp_path / "b.zip", tmp_path / "moi")

    assert saved.exit_code == made.exit_code == 0, saved.output + made.output
    assert "khóa bí mật" in saved.stdout
    assert again.exit_code == 1
    assert run("class", "status", tmp_path / "moi").stdout == run("class", "status", room).stdout


def test_grade_exits_1_while_somebody_is_refused(run, room, tmp_path):
    """The exit code tells; the sums account for everybody."""
    run("class", "backup", room, tmp_path / "b.zip")
    run("class", "restore", tmp_path / "b.zip", tmp_path / "moi")
    (tmp_path / "moi" / "thu_bai" / "k1_02_lap_danh_sach__hv02.zip").write_bytes(b"PK")
    done = run("grade", tmp_path / "moi", "k1_02_lap_danh_sach")

    assert done.exit_code == 1
    assert "Tổng 2 học viên: 1 đã chấm, có chỗ được sửa giúp; 1 không chấm được." in done.stdout
    assert "Traceback" not in done.output


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


@pytest.mark.parametrize("stop", [KeyboardInterrupt, click.Abort])
def test_a_command_that_is_stopped_says_so(stop):
    """Ctrl+C, at work or at a question, leaves one Vietnamese sentence and exit code 1."""
    group = Group("nhom")

    @group.command("viec")
    def work():
        raise stop

    done = CliRunner().invoke(group, ["viec"])

    assert done.exit_code == 1
    assert "Chưa làm được: bị ngắt giữa chừng." in done.output
    assert "Aborted" not in done.output
