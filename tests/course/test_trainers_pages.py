"""The trainer's pages: one for every lesson, links that lead somewhere, plans whose times add up."""

import re
from pathlib import Path

import pytest

from sosach.grading.specs import load_spec

ROOT = Path(__file__).resolve().parents[2]
PAGES = ROOT / "docs" / "giang_vien"
LESSONS = sorted(path.stem for path in ROOT.glob("notebooks/text/*.py"))
#: heading of a plan -> minutes of work that it may take
PLANS = {"Một ngày": 360, "Nửa ngày": 180}


@pytest.mark.parametrize("lesson", LESSONS)
def test_page_of_lesson_names_its_notebook_and_minutes(lesson):
    """The page names the lesson, and its exercise with the minutes that the exercise says."""
    text = (PAGES / f"bai_{lesson[:2]}.md").read_text(encoding="utf-8")
    exercises = [path for path in ROOT.glob("solutions/*.toml") if path.stem[3:] == lesson]

    assert f"notebooks/{lesson}.ipynb" in text
    for path in exercises:
        assert f"{path.stem}.ipynb), {load_spec(path).minutes} phút" in text


@pytest.mark.parametrize("page", sorted(PAGES.glob("*.md")), ids=lambda page: page.name)
def test_links_of_trainers_pages_lead_somewhere(page):
    """Every link is a file of the repository."""
    targets = re.findall(r"\]\(([^)#]+)[^)]*\)", page.read_text(encoding="utf-8"))

    assert [t for t in targets if "//" not in t and not (page.parent / t).exists()] == []


@pytest.mark.parametrize(("name", "most"), PLANS.items())
def test_plan_adds_up(name, most):
    """Each row begins where the one before ends; its parts are its minutes; work fits the day."""
    text = (PAGES / "ke_hoach.md").read_text(encoding="utf-8")
    part = next(part for part in text.split("\n## ") if part.startswith(name))
    rows = re.findall(r"^\| (\d+):(\d+) \| (\d+) \| ([^|]+)", part, flags=re.M)
    begins = [int(hour) * 60 + int(minute) for hour, minute, *_ in rows]
    lasts = [int(minutes) for *_, minutes, _ in rows]
    split = {what: sum(map(int, re.findall(r"[a-zà-ỹ] (\d+)", what))) for *_, what in rows}

    assert [b + n for b, n in zip(begins, lasts, strict=True)][:-1] == begins[1:]
    assert all(split[what] in (0, int(minutes)) for *_, minutes, what in rows)
    assert sum(int(m) for *_, m, what in rows if not what.startswith("Nghỉ")) <= most
