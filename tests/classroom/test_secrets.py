"""Nothing that a trainee holds gives the answers away: no truth, no seed, no ledger, no key."""

import re
from pathlib import Path

import openpyxl
import pytest

from sosach.cases.keys import key_sha256
from sosach.classroom import open_class, release
from sosach.classroom.handouts import make_trainee_case, read_secret
from sosach.course.casefiles import case_of
from sosach.course.workplace import open_handout
from sosach.grading.seeds import trainee_seed
from sosach.grading.specs import ROOT, find_spec, load_spec
from sosach.review import offline_page

EXERCISES = sorted(path.stem for path in (ROOT / "solutions").glob("*.toml"))
LEVEL = "lam_quen"
#: columns of the key's own tables, and its classes; none of them has a place in a trainee's folder
KEY_WORDS = ("person_id", "dose_id", "keep_ma_ho_so", "final_state", "recoverability", "demands")


@pytest.fixture(scope="module")
def held(tmp_path_factory):
    """Everything that the only trainee of a class was given, by exercise, and the class."""
    folder = tmp_path_factory.mktemp("lop")
    roster = folder / "lop.csv"
    roster.write_text("ma_hoc_vien,ho_ten,don_vi\nhv01,Học viên,Trạm\n", encoding="utf-8")
    room = open_class(folder / "lop", "Lớp", roster)
    release(room.root, EXERCISES, LEVEL)
    return room, {exercise: texts_of(room, exercise) for exercise in EXERCISES}


def texts_of(room, exercise):
    """Return the content of every file of a hand-out, workbooks as text, and its offline page."""
    folder = room.handed_out / "hv01" / exercise
    texts = {}
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        if path.suffix == ".xlsx":
            sheets = openpyxl.load_workbook(path).worksheets
            cells = [str(c) for s in sheets for row in s.iter_rows(values_only=True) for c in row]
            texts[path.name] = "\n".join(cells).encode()
        else:
            texts[path.name] = path.read_bytes()
    texts["offline"] = offline_page(
        case_of(
            load_spec(find_spec(exercise)), open_handout(folder, load_spec(find_spec(exercise)))
        )
    ).encode()
    return {name: data.decode("utf-8", "ignore") for name, data in texts.items()}


def case_behind(room, exercise):
    """Return the case as the trainer's side makes it again, and its seed."""
    spec, secret = load_spec(find_spec(exercise)), read_secret(room.root)
    about = (secret, room.record.class_id)
    case = make_trainee_case(spec, *about, LEVEL, "hv01")
    return case, trainee_seed(*about, exercise, LEVEL, "hv01", "own")


@pytest.mark.parametrize("exercise", EXERCISES)
def test_no_seed_secret_or_key_is_handed_out(held, exercise):
    """Neither the class secret, the seed, nor anything of the key stands in any file or page."""
    room, texts = held
    case, seed = case_behind(room, exercise)
    unwanted = [read_secret(room.root).hex(), str(seed), f"{seed:016x}", key_sha256(case.key)]

    for name, text in texts[exercise].items():
        assert [word for word in [*unwanted, *KEY_WORDS] if word in text] == [], name
    assert '"key"' not in texts[exercise]["offline"]


@pytest.mark.parametrize("exercise", EXERCISES)
def test_no_cause_stands_in_the_data(held, exercise):
    """No code of an error or a trap stands in the data, nor in what the notebook says."""
    _, texts = held
    for name, text in texts[exercise].items():
        if name.endswith((".csv", ".json", ".ipynb", ".xlsx")):
            assert re.findall(r"(?<![\w.])[ED]\d\d(?![\w.])", text) == [], name


@pytest.mark.parametrize("exercise", EXERCISES)
def test_no_solution_is_handed_out(held, exercise):
    """The notebook holds the stub, not a line of the solution."""
    _, texts = held
    source = (ROOT / "solutions" / f"{exercise}.py").read_text(encoding="utf-8")
    solution = source.split("### BEGIN SOLUTION")[1].split("### END SOLUTION")[0]
    lines = [line.strip() for line in solution.splitlines() if len(line.strip()) > 30]

    assert lines
    assert [line for line in lines if line in texts[exercise][f"{exercise}.ipynb"]] == []


@pytest.mark.parametrize("exercise", [e for e in EXERCISES if not load_spec(find_spec(e)).material])
def test_true_numbers_are_not_handed_out(held, exercise):
    """Where no paper shows it, the true number behind a wrong one stands in no file."""
    room, texts = held
    case, _ = case_behind(room, exercise)
    given = set(case.pack.doi_tuong.column("so_giay_to").to_pylist())
    true = {
        number
        for row in case.pack.ledger.to_pylist()
        if row["column"] == "so_giay_to"
        for number in row["accepted"]
        if number and number not in given
    }

    for name, text in texts[exercise].items():
        assert [number for number in true if number in text] == [], name


def test_true_numbers_are_looked_for(held):
    """The search above has something to look for."""
    room, _ = held
    ledger = case_behind(room, "k1_03_so_giay_to")[0].pack.ledger.to_pylist()

    assert [row for row in ledger if row["column"] == "so_giay_to" and any(row["accepted"])]
    assert Path(room.root / "bi_mat.key").is_file()
