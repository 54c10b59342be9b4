"""Every exercise done by clicks alone: as practice, and in a class from hand-out to mark."""

from pathlib import Path

import pytest

from sosach.classroom import grade, open_class, release, write_pages
from sosach.classroom.handouts import regenerate
from sosach.course.casefiles import case_of
from sosach.course.explained import answers_of
from sosach.course.workplace import open_handout, practice_set
from sosach.grading.specs import find_spec, load_spec
from tests.browser.clicks import decide_all, decide_one
from tests.browser.conftest import LAPTOP, PHONE

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
EXERCISES = sorted(path.stem for path in (ROOT / "solutions").glob("k?_*.toml"))
ROSTER = "ma_hoc_vien,ho_ten,don_vi\nhv01,Nguyễn Thị An,TYT Phường 1\nhv02,Trần Bình,TYT Phường 2\n"


def sampled(*often):
    """All exercises; only those named are tried on every change."""
    return [
        pytest.param(name, marks=[] if name in often else pytest.mark.full) for name in EXERCISES
    ]


@pytest.mark.parametrize("exercise", sampled("k1_10_nhap_hoi_cuu"))
def test_practice_by_clicks(opened, exercise):
    """Every record can be decided by clicks, and the page says of each that it was right."""
    spec = load_spec(find_spec(exercise))
    case = case_of(spec, practice_set(spec))
    seen = opened(case)
    said = []
    for record in case.records:
        decide_one(seen, case.form, record.id, case.key.answers[case.key.of[record.id]])
        said.append(seen.page.locator(".sb-feedback").inner_text()[:7])

    assert said == ["✓ Đúng."] * len(case.records)
    assert seen.decided() == len(case.records)
    assert (seen.errors, seen.hosts) == ([], set())


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("exercise", sampled("k1_11_bao_cao_tien_do"))
def test_screen_is_kind(opened, exercise, scheme):
    """On a laptop and on a phone: all can be pressed, nothing scrolls sideways, axe is content."""
    spec = load_spec(find_spec(exercise))
    case = case_of(spec, practice_set(spec))
    found = {}
    for name, size in (("laptop", LAPTOP), ("phone", PHONE)):
        seen = opened(case, color_scheme=scheme, **size)
        for step in ("", "1", "Escape", "m"):
            if step == "m":
                seen.page.locator("[data-do=menu]").click()
            elif step:
                seen.keys(step)
            seen.page.wait_for_timeout(250)  # transitions end
            found[name, step] = (seen.barriers(), seen.small(), max(0, seen.too_wide()))
        assert seen.errors == []

    assert {step: bad for step, bad in found.items() if bad != ([], [], 0)} == {}


@pytest.mark.parametrize("exercise", sampled("k1_07_ho_so_trung", "k2_13_ai_duoc_ky"))
def test_class_by_clicks(open_file, tmp_path, exercise):
    """Handed out as a page, done by clicks, the result dropped into the inbox: full marks."""
    (tmp_path / "ds.csv").write_text(ROSTER, encoding="utf-8")
    folder = tmp_path / "lớp một"
    open_class(folder, "Lớp 1", tmp_path / "ds.csv")
    release(folder, [exercise], "lam_quen")
    page, other = write_pages(folder, exercise)
    spec, key = regenerate(folder, exercise, "hv01")
    seen = open_file(page)
    case = case_of(spec, open_handout(page.with_name(exercise), spec))
    decide_all(seen, case, answers_of(spec, key))
    hand_in = folder / "thu_bai" / "ket qua cua em (1).json"
    seen.download("Xuất kết quả").save_as(hand_in)
    (ledger,) = grade(folder)
    done = ledger.entries["hv01"]

    assert (done.status, done.points) == ("graded", done.max_points), done.sentences
    assert ledger.entries["hv02"].status == "not_handed_in"
    assert ledger.unknown == ()
    assert (seen.errors, seen.hosts) == ([], set())
    assert other.name == f"{exercise}__hv02.html"
