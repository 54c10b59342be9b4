import json

import pytest

from sosach.demo.run import run, table
from sosach.demo.trainees import BEHAVIOURS

#: a list, two tasks on one file, figures: python start.py demo takes all
EXERCISES = ("k1_02_lap_danh_sach", "k1_07_ho_so_trung", "k1_11_bao_cao_tien_do")
N = len(BEHAVIOURS)

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    """The folder and the report of one demonstration."""
    folder = tmp_path_factory.mktemp("lớp mẫu") / "demo"
    return folder, run(folder, lambda line: None, EXERCISES)


def test_run_accounts_for_everybody_and_every_expectation_holds(demo):
    """One trainee of every behaviour, nobody lost, every mark and status as deserved."""
    _folder, report = demo

    assert report["trainees"] == N
    assert report["graded"] + report["refused"] + report["not_handed_in"] == N * len(EXERCISES)
    assert {line["behaviour"] for line in report["lines"]} == {b.name for b in BEHAVIOURS}
    assert [line for line in report["lines"] if not line["held"]] == []
    assert report["mismatches"] == 0
    assert report["refused"] == report["not_handed_in"] == len(EXERCISES)


def test_run_writes_report_sheets_and_feedback(demo):
    """The report on disk is the report; mark sheets and a page per trainee are there."""
    folder, report = demo

    assert json.loads((folder / "report.json").read_text(encoding="utf-8")) == report
    assert all((folder / sheet).is_file() for sheet in report["sheets"])
    assert len(list((folder / "lop" / "feedback").rglob("*.html"))) == report["graded"]


def test_run_gives_everybody_other_data(demo):
    """No two trainees have a record in common."""
    folder, _report = demo
    records = [
        line.split(",")[0]
        for path in (folder / "lop" / "phat_bai").glob(f"*/{EXERCISES[0]}/du_lieu/doi_tuong.csv")
        for line in path.read_text(encoding="utf-8-sig").splitlines()[1:]
    ]

    assert len(records) == N * 30
    assert len(set(records)) == len(records)


def test_table_names_a_broken_expectation(demo):
    """A mark that is not deserved is shown as such."""
    _folder, report = demo
    lines = [dict(line) for line in report["lines"]]
    lines[0]["held"] = False

    assert f"KHÔNG ĐẠT: bài {lines[0]['exercise']}" in table({**report, "lines": lines})
    assert "KHÔNG ĐẠT" not in table(report)
