from __future__ import annotations

import csv
import json
import re
import shutil
import sqlite3
from collections import Counter
from statistics import fmean
from xml.etree import ElementTree

import pytest

from sosach.classroom import export, write_class_report, write_missing_feedback
from sosach.classroom.figures import DECOY, ERROR, NEITHER, causes, marks, people, units
from sosach.classroom.folder import ClassFolder
from sosach.classroom.ledger import GRADED, NOT_HANDED_IN, Entry
from sosach.classroom.report import _help, _remarks
from sosach.classroom.results import Result, read_results
from sosach.classroom.roster import Trainee
from sosach.publish.workbook import BANNER

EXERCISE = "k1_02_lap_danh_sach"
AN, BINH = Trainee("an", "Trần An", "TYT 1"), Trainee("binh", "Lê Bình", "TYT 2")


def outcome_of(mastery, wrong=(), rubric="list_membership"):
    """Return a marked task with these counts and wrong items (causes, answer)."""
    told = [
        {"item": f"HS{i}", "text": f"Lý do {i}.", "causes": list(c), "answer": a}
        for i, (c, a) in enumerate(wrong)
    ]
    n_items = sum(every for _, every in mastery.values())
    return {"rubric": rubric, "mastery": mastery, "wrong": told, "n_items": n_items, "notes": []}


def result_of(trainee, points=None, *outcomes):
    """Return one trainee's result out of 10."""
    if points is None:
        return Result(trainee, EXERCISE, Entry(NOT_HANDED_IN))
    return Result(trainee, EXERCISE, Entry(GRADED, graded=True), points, 10.0, outcomes)


def read(path):
    """Return the page as strict XML reads it, and its text."""
    text = path.read_text(encoding="utf-8")
    tree = ElementTree.fromstring(text.removeprefix("<!DOCTYPE html>\n"))  # noqa: S314
    return tree, " ".join("".join(tree.itertext()).split())


@pytest.fixture(scope="module")
def written(graded):
    """The report of the graded class: tree and text."""
    return read(write_class_report(graded[0]))


def test_write_class_report_form(written, graded):
    """One file under the banner, without script, link or network."""
    tree, text = written
    page = (graded[0] / "ket_qua" / "bao_cao_lop.html").read_text(encoding="utf-8")

    assert text.count(BANNER) >= 2
    assert "Báo cáo lớp: Lớp 1" in text
    assert not {element.tag for element in tree.iter()} & {"script", "link", "img", "iframe"}
    assert "http://" not in page.replace("http://www.w3.org", "")
    assert "https://" not in page


def test_write_class_report_marks_are_the_gradebooks(written, graded):
    """Mean and number below half are what the gradebook holds, by a query of our own."""
    query = """select sum(coalesce(g.manual_score, g.auto_score)) / 10.0 from grade g
        join submitted_notebook n on g.notebook_id = n.id group by n.assignment_id"""
    with sqlite3.connect(graded[0] / "gradebook.db") as connection:
        shares = [row[0] for row in connection.execute(query)]
    cells = ["".join(cell.itertext()) for cell in written[0].find(".//section//tbody//tr")]

    assert len(shares) == 10  # two have no mark: not handed in, refused
    assert f"{100 * fmean(shares):.1f}%".replace(".", ",") in cells
    assert f"{sum(share < 0.5 for share in shares)}/{len(shares)}" in cells


def test_write_class_report_counts_are_the_notebooks(written, graded):
    """Right and all items of an error are the sums over the marked notebooks."""
    found = Counter()
    for path in (graded[0] / "autograded").glob(f"*/{EXERCISE}/{EXERCISE}.ipynb"):
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
            right, every = cell["metadata"].get("sosach", {}).get("mastery", {}).get("E01", (0, 0))
            found += Counter(right=right, every=every)

    assert found["every"] > 20
    assert f"{found['right']}/{found['every']}, " in written[1]


def test_write_class_report_names_everybody_in_need(written):
    """Who is below half, who did not hand in and what could not be marked stand on the page."""
    text = written[1]

    assert re.search(r"Dưới 50% số điểm.*Ngô Gọi Hết \(goi_het\)", text)
    assert re.search(r"Chưa có điểm.*Bùi Chưa Nộp \(chua_nop\)", text)
    assert "tệp thường" in text
    assert "dungg" in text  # a stranger in the inbox


def test_write_class_report_again_is_the_same(own_graded):
    """Everything under ket_qua and feedback is made again, byte by byte, after it was deleted."""
    room = ClassFolder.load(own_graded)
    export(own_graded)
    write_class_report(own_graded)
    before = _files(own_graded, "ket_qua") | _files(own_graded, "feedback")
    shutil.rmtree(room.results)
    shutil.rmtree(own_graded / "feedback")
    export(own_graded)
    pages, troubles = write_missing_feedback(own_graded)
    write_class_report(own_graded)

    assert len(pages) == 10
    assert troubles == []
    assert before.keys() == (_files(own_graded, "ket_qua") | _files(own_graded, "feedback")).keys()
    for name, content in before.items():
        if name.endswith(".xlsx"):  # holds the time of writing
            continue
        assert (own_graded / name).read_bytes() == content, name


def test_write_missing_feedback_nothing_missing(own_graded):
    """Pages that are there are left alone."""
    assert write_missing_feedback(own_graded) == ([], [])


def test_write_class_report_spoiled_notebook(own_graded):
    """A marked notebook that cannot be read costs its own reasons, not the report."""
    room = ClassFolder.load(own_graded)
    room.autograded_notebook(EXERCISE, "goi_het").write_text("{")
    _, text = read(write_class_report(own_graded))
    sheet = export(own_graded)[1].read_text(encoding="utf-8-sig")
    [row] = [row for row in csv.DictReader(sheet.splitlines()) if row["ma_hoc_vien"] == "goi_het"]

    assert "Không đọc được bài đã chấm" in text
    assert row["diem"] == "0"
    assert "Hãy chấm lại bài này." in row["ghi_chu"]


def test_write_class_report_before_grading(released):
    """Before anything was graded the page says so instead of drawing empty figures."""
    path = write_class_report(released)
    tree, text = read(path)
    path.unlink()

    assert "Chưa có chỗ nào sai." in text
    assert tree.find(".//figure") is None


def test_read_results_order_and_marks(graded):
    """Results come by exercise in the order of the roster; without a mark there are no points."""
    _, results = read_results(graded[0])
    found = {result.trainee.ma_hoc_vien: result for result in results}

    assert list(found) == list(graded[1].entries)
    assert (found["dung"].points, found["dung"].share) == (10.0, 1.0)
    assert (found["chua_nop"].points, found["chua_nop"].share) == (None, None)


def test_causes_weakest_first():
    """Errors are counted over everybody, the least known first, with the commonest wrong answer."""
    first = outcome_of(
        {"E01": [1, 3], "D01": [2, 2], "": [9, 10]},
        [(("E01",), "c"), (("E01",), "khong"), ((), "c")],
    )
    second = outcome_of({"E01": [1, 2]}, [(("E01",), "c")])
    found = causes([result_of(AN, 5, first), result_of(BINH, 5, second)])

    assert [(cause.kind, cause.right, cause.every) for cause in found] == [
        (ERROR, 2, 5),
        (NEITHER, 9, 10),
        (DECOY, 2, 2),
    ]
    assert found[0].answers.most_common(1) == [("nhóm c", 2)]
    assert found[0].examples["nhóm c"] == ("an", "HS0", "Lý do 0.")


def test_causes_of_decisions_in_words():
    """A wrong decision is said as its buttons are."""
    wrong = [(("E41",), "HOLD+MERGE")]
    [cause] = causes([result_of(AN, 5, outcome_of({"E41": [0, 1]}, wrong, "decisions"))])

    assert list(cause.answers) == ["Gộp hồ sơ trùng, giữ đủ các mũi + Tạm giữ, chưa ký"]


@pytest.mark.parametrize(
    ("right", "every", "weak"),
    [(0, 1, False), (1, 2, False), (0, 2, True), (3, 5, False), (2, 5, True)],
)
def test_cause_weak(right, every, weak):
    """One wrong item may be a slip; two or more with less than 60 % right are a weakness."""
    [cause] = causes([result_of(AN, 5, outcome_of({"E01": [right, every]}))])

    assert cause.weak is weak


def test_marks_bins():
    """Ten classes of marks; full marks are in the last, a mark on an edge in the upper one."""
    found = marks(result_of(AN, points) for points in (0, 0.99, 1, 3, 7, 9.99, 10, 10, None))

    assert found.bins == [2, 1, 0, 1, 0, 0, 0, 1, 0, 3]
    assert found.n_below == 4
    assert found.median == pytest.approx(0.5)


def test_people_and_units():
    """A person's marks and gaps are their own; a unit's are those of its people."""
    found = people([result_of(AN, 4), result_of(BINH), result_of(AN, 8), result_of(BINH, 10)])

    assert [person.trainee for person in found] == [AN, BINH]
    assert found[0].marks.mean == pytest.approx(0.6)
    assert len(found[1].missing) == 1
    assert {unit: len(group) for unit, group in units(found).items()} == {"TYT 1": 1, "TYT 2": 1}


def test_remarks_for_the_trainer():
    """What the account tells the trainer alone stands on the report, as text."""
    entry = Entry(GRADED, remarks=("Giống bài của <b>binh</b>.",))
    text = _remarks([], [Result(AN, EXERCISE, entry)], {EXERCISE: "Bài 1"})

    assert "Trần An (an)" in text
    assert "Giống bài của &lt;b&gt;binh&lt;/b&gt;." in text


def test_help_who_is_weak_and_missing():
    """Somebody with marks may be weak in one thing and miss an exercise: both are said."""
    found = people([result_of(AN, 9, outcome_of({"E01": [1, 4]})), result_of(AN)])
    text = _help(found, {EXERCISE: "Bài 1"})

    assert "Luyện thêm: Không có số CCCD/CMND (đúng 1/4)." in text
    assert "Chưa có điểm: Bài 1." in text


def _files(folder, name):
    """Return the files below a folder of the class: path -> content."""
    paths = [path for path in (folder / name).rglob("*") if path.is_file()]
    return {str(path.relative_to(folder)): path.read_bytes() for path in paths}
