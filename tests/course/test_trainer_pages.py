"""The trainer's pages are true: their numbers, records, links and commands, and the worked example."""

import re
import shlex
from contextlib import chdir
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from sosach.cli import main
from sosach.course import mo_bai
from sosach.course.build import build
from sosach.course.handin import to_csv
from sosach.course.trial import lessons
from sosach.course.workplace import practice_set
from sosach.demo.trainees import perfect_by_pandas
from sosach.demo.work import PASS_ON, PUT_UP_WITH, careless, one_choice, solve
from sosach.grading.scoring import score
from sosach.grading.specs import load_spec

ROOT = Path(__file__).resolve().parents[2]
PAGES = ROOT / "docs" / "giang_vien"
LESSONS = sorted(ROOT.glob("notebooks/text/*.py"))
OWN = "tu_01_goi_lai"


def read(name):
    """Return a page."""
    return (PAGES / name).read_text(encoding="utf-8")


def blocks(name, kind):
    """Return the blocks of a kind in a page."""
    return re.findall(rf"```{kind}\n(.*?)```", read(name), flags=re.DOTALL)


def minutes_of(lesson):
    """Return how long a lesson says it takes."""
    return re.search(r"Thời gian: (\d+) phút", lesson.read_text(encoding="utf-8"))[1]


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda path: path.stem)
def test_lesson_has_its_page(lesson):
    """Aim, minutes, records to show, what goes wrong and three questions, at most half a page."""
    text = read(f"bai_{lesson.stem[:2]}.md")
    samples = lessons().get(lesson.stem[:2]) or lessons()["02"]
    shown = set(re.findall(r"TH\d+", text))
    on_a_screen = "| Màn hình trình diễn |" in text

    assert "**Mục tiêu.**" in text
    assert "## Chỗ dễ vướng" in text
    assert f"{lesson.stem}.ipynb), {minutes_of(lesson)} phút" in text
    assert shown or on_a_screen
    assert shown <= {sample.id for sample in samples.records}
    assert len(re.findall(r"^\d\. \*\*", text, flags=re.M)) == 3
    assert len(text.split()) <= 450


@pytest.mark.parametrize("path", sorted(ROOT.glob("solutions/*.toml")), ids=lambda p: p.stem)
def test_exercise_stands_in_a_page_with_its_minutes(path):
    """The page of the lesson names its exercise with the minutes of the spec."""
    text = read(f"bai_{path.stem[3:5]}.md")

    assert f"{path.stem}.ipynb), {load_spec(path).minutes} phút" in text


@pytest.mark.parametrize("path", sorted(PAGES.glob("*.md")), ids=lambda path: path.name)
def test_links_of_a_page_lead_somewhere(path):
    """Every link is a file of the repository; every page stands in the contents."""
    targets = re.findall(r"\]\(([^)#]+)\)", path.read_text(encoding="utf-8"))

    assert [target for target in targets if not (path.parent / target).is_file()] == []
    assert path.name == "README.md" or f"({path.name})" in read("README.md")


@pytest.mark.parametrize(("plan", "most"), [(0, 360), (1, 180)])
def test_plan_keeps_its_hours(plan, most):
    """Every row begins where the one before ended; work without breaks keeps the limit and the sum told."""
    text = read("ke_hoach.md").split("\n## ")[plan + 1]
    rows = re.findall(r"^\| (\d+:\d+) \| (\d+) \| ([^|]*) \|", text, flags=re.M)
    starts = [datetime.strptime(start, "%H:%M") for start, _, _ in rows]  # noqa: DTZ007
    ends = [s + timedelta(minutes=int(m)) for s, (_, m, _) in zip(starts, rows, strict=True)]
    work = sum(int(minutes) for _, minutes, what in rows if not what.startswith("Nghỉ"))

    assert starts[1:] == ends[:-1]
    assert work <= most
    assert f"{work} phút làm việc" in text
    for _, minutes, what in rows:
        parts = [int(n) for n in re.findall(r"(?:bài học|bài tập|chữa bài) (\d+)", what)]
        assert not parts or sum(parts) == int(minutes)


@pytest.mark.slow
def test_commands_run_in_their_order(tmp_path):
    """A class is opened, taught and closed by the commands of the pages, word for word.

    One of three trainees hands in everything before the first collection.
    """
    roster = blocks("mo_lop.md", "csv")[0]
    (tmp_path / "danh_sach_lop.csv").write_text(roster, encoding="utf-8")
    lines = [*blocks("mo_lop.md", "bash"), *blocks("su_co.md", "bash")]
    commands = [shlex.split(line) for block in lines for line in block.strip().splitlines()]
    appealed, room = 0, tmp_path / "LOP-01"
    with chdir(tmp_path):
        for _, *words in commands:
            if "appeal" in words:  # the record of the page stands for one of the trainee's own
                appealed += 1
                continue
            if "collect" in words:
                for folder in sorted((room / "phat_bai" / "hv01").glob("k1_*")):
                    perfect_by_pandas(folder, folder.name, room / "thu_bai", 0)
            result = CliRunner().invoke(main, words)
            assert result.exit_code == 0, (words, result.output)

    assert appealed == 1
    assert (room / "ket_qua" / "giay_xac_nhan.xlsx").is_file()
    assert (tmp_path / "LOP-01-moi" / "bi_mat.key").is_file()


@pytest.fixture
def own(tmp_path, monkeypatch):
    """A project whose only exercise is the worked example."""
    folder = tmp_path / "solutions"
    folder.mkdir()
    for kind, ending in (("toml", "toml"), ("python", "py")):
        (text,) = blocks("viet_bai_tap.md", kind)
        (folder / f"{OWN}.{ending}").write_text(text, encoding="utf-8")
    monkeypatch.setattr("sosach.grading.specs.ROOT", tmp_path)
    monkeypatch.setattr("sosach.demo.work.ROOT", tmp_path)
    return tmp_path


def test_worked_example_is_built_and_graded(own, tmp_path):
    """The exercise of the page builds; its solution earns everything, laziness less than half."""
    assert Path("exercises", OWN, f"{OWN}.ipynb") in build(own)
    spec = load_spec(own / "solutions" / f"{OWN}.toml")
    for number in range(1, 4):
        folder = tmp_path / f"bo_{number}"
        folder.mkdir()
        with chdir(folder):
            mo_bai(OWN, bo=number)
        place = practice_set(spec, number)
        work = solve(folder, OWN, list(place.doi_tuong["ma_ho_so"]))

        def worth(rows, place=place, work=work):
            data = to_csv(rows, work.form.columns)
            return sum(r.points for r in score(spec, place.key, {work.artefact: data})) / 10

        assert worth(work.rows) == pytest.approx(1)
        assert worth([]) == 0
        assert 0.80 <= worth(careless(work)) <= 0.95
        assert worth(one_choice(work, PASS_ON)) < 0.5
        assert worth(one_choice(work, PUT_UP_WITH)) < 0.5
