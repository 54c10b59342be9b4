"""Confirmations: who gets one, in which order, and that the papers say the same as the marks."""

import subprocess
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from generator.problems import Problem
from sosach.classroom import completion, write_confirmations
from sosach.classroom.completion import Completion, completions
from sosach.classroom.ledger import GRADED, Entry
from sosach.classroom.results import Result
from sosach.classroom.roster import Trainee
from sosach.cli import main
from sosach.cli.classroom import class_
from tests.classroom.conftest import EXERCISE, RIGHT

ISSUED = datetime(2026, 11, 28, 9, tzinfo=UTC)


def text_of(path):
    """Text of a PDF, page by page."""
    said = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, check=True)
    return said.stdout.decode().split("\f")[:-1]


def trainee(name, unit):
    """A trainee of a unit."""
    return Trainee(name.split()[-1].lower(), name, unit)


def result(one, exercise, points):
    """The result of one exercise, of 10 points."""
    return Result(one, exercise, Entry(GRADED), points, 10.0)


def test_confirmations_go_to_those_who_passed(own_graded):
    """A page and a row for everybody at or above the mark, none for the others."""
    (pdf, table), others = write_confirmations(own_graded, 50)
    rows = list(openpyxl.load_workbook(table)["Giấy xác nhận"].values)
    names = [row[2] for row in rows[1:]]
    pages = text_of(pdf)

    assert {row[1] for row in rows[1:]} == set(RIGHT) | {"excel"}
    assert rows[0][:7] == completion.COLUMNS
    assert len(pages) == len(names)
    for name, page in zip(names, pages, strict=True):
        assert name in page
        assert "HOÀN THÀNH BÀI THỰC HÀNH" in page
        assert "Lập danh sách đối tượng sai thông tin" in page
    assert {one.trainee.ma_hoc_vien for one in others}.isdisjoint(row[1] for row in rows[1:])
    assert len(names) + len(others) == 12


def test_confirmations_are_sorted_by_unit(own_graded):
    """Phường 2 comes before Phường 10."""
    units = [one.trainee.don_vi for one in completions(own_graded)]

    assert units == [f"TYT Phường {i}" for i in range(1, 13)]


def test_confirmations_are_signed(own_graded):
    """Pdfsig and our own check find the PDF good; a byte more is found by both."""
    (pdf, _), _ = write_confirmations(own_graded, 50)
    trust = str(pdf.with_name("tin_cay"))
    told = subprocess.run(["pdfsig", "-nocert", pdf], capture_output=True, check=True, text=True)
    good = CliRunner().invoke(main, ["sign", "check", str(pdf), "--trust", trust])
    with pdf.open("ab") as file:
        file.write(b"\n%")
    bad = CliRunner().invoke(main, ["sign", "check", str(pdf), "--trust", trust])

    assert "Signature is Valid" in told.stdout
    assert "Total document signed" in told.stdout
    assert (good.exit_code, bad.exit_code) == (0, 1)
    assert "Tốt." in good.output
    assert "PDF_EXTENDED" in bad.output


def test_confirmations_qr_code_of_every_page(own_graded, tmp_path):
    """The printed page, scanned, says whose it is, which class, which result."""
    (pdf, table), _ = write_confirmations(own_graded, 50)
    rows = list(openpyxl.load_workbook(table)["Giấy xác nhận"].values)[1:]
    subprocess.run(["pdftoppm", "-r", "150", "-png", pdf, tmp_path / "trang"], check=True)
    words = ["sign", "check", *map(str, sorted(tmp_path.glob("*.png")))]
    done = CliRunner().invoke(main, [*words, "--trust", str(pdf.with_name("tin_cay"))])
    lines = done.output.splitlines()

    assert done.exit_code == 0
    for row, head, facts in zip(rows, lines[::2], lines[1::2], strict=True):
        assert head == f"giấy xác nhận {row[2]}: Tốt."
        assert f"{row[2]}, {row[3]}. Lớp {row[5]}: 1 bài, " in facts
        assert f"{row[6]:.1f} %".replace(".", ",") in facts


def test_confirmations_nobody_passed(released):
    """Before marking nobody has passed: nothing is written, and what to do is said."""
    with pytest.raises(Problem, match="sosach grade"):
        write_confirmations(released, 50)
    assert list((released / "ket_qua").iterdir()) == []


def test_confirmations_unknown_exercise(own_graded):
    """An exercise that was not handed out is named with the nearest that was."""
    with pytest.raises(Problem, match=EXERCISE):
        write_confirmations(own_graded, 50, ["k1_02_lap_danh_sac"])


def test_percent_is_the_mean_of_what_counts(monkeypatch, own_graded):
    """Each exercise counts alike, what is missing is 0, of two sittings the better one counts."""
    one = trainee("Nguyễn Thị Đúng", "TYT")
    one = replace(one, ma_hoc_vien="dung")
    results = [
        result(one, "k1_02_lap_danh_sach", 2.0),
        result(one, "k1_02_lap_danh_sach_lan2", 8.0),
        replace(result(one, "k1_09_phan_anh", None), points=None, max_points=0.0),
    ]
    monkeypatch.setattr(completion, "read_results", lambda _: ([], results))
    (found,) = [c for c in completions(own_graded) if c.trainee.ma_hoc_vien == "dung"]

    assert found.shares == {"k1_02_lap_danh_sach": 0.8, "k1_09_phan_anh": 0.0}
    assert found.percent == pytest.approx(40)


def test_all_exercises_fit_on_a_page(tmp_path):
    """A long name, a long unit and all exercises stay on one page each."""
    person = trainee(
        "Nguyễn Hoàng Thị Phương Thảo Nguyên Anh", "Trung tâm Y tế Thành phố Thủ Đức " * 2
    )
    shares = {
        path.stem: 0.5 for path in sorted((Path(__file__).parents[2] / "solutions").glob("*.toml"))
    }
    people = [Completion(person, shares)] * 2
    pages = completion._pages(people, ["SOSACH1:A"] * 2, "Lớp 1", 50, ISSUED)
    (tmp_path / "g.pdf").write_bytes(pages)

    assert len(shares) >= 11
    assert len(text_of(tmp_path / "g.pdf")) == 2


def test_certificates_command(own_graded):
    """The command says what it wrote and who has not reached the mark."""
    said = CliRunner().invoke(class_, ["certificates", str(own_graded), "--pass-mark", "60"])

    assert said.exit_code == 0, said.output
    assert "giay_xac_nhan.pdf" in said.output
    assert "Chưa đạt: chua_nop (0 %)." in said.output
