from __future__ import annotations

import logging
import os
import shutil
from pathlib import Path

import pytest
from nbgrader.apps.api import NbGraderAPI
from nbgrader.coursedir import CourseDirectory
from traitlets.config.loader import PyFileConfigLoader

from sosach.classroom.folder import ClassFolder
from sosach.classroom.handouts import read_secret
from sosach.classroom.nbgrader_class import autograde
from sosach.classroom.nbgrader_gradebook import read_marks
from sosach.classroom.nbgrader_intake import guard, take_in
from sosach.grading.refusals import Refusal
from sosach.grading.submissions import is_sealed, read_receipt
from tests.classroom.conftest import EXERCISE, csv_text, right_rows


class Log(logging.Handler):
    """Keeps what nbgrader's log would show."""

    def __init__(self):
        super().__init__()
        self.said = []
        self.log = logging.Logger("nbgrader")
        self.log.addHandler(self)

    def emit(self, record):
        """Keep one message."""
        self.said.append(record.getMessage())


@pytest.fixture
def room(own_class):
    """A class in which nothing was taken in yet."""
    return ClassFolder.load(own_class)


def drop(room, trainee, text=None):
    """Put a raw folder straight into nbgrader's: a right list where no text is given."""
    raw = room.root / "submitted" / trainee / EXERCISE
    (raw / "bai_nop").mkdir(parents=True)
    shutil.copy(room.released_notebook(EXERCISE), raw)
    text = csv_text(right_rows(room.root, trainee)) if text is None else text
    (raw / "bai_nop" / "danh_sach.csv").write_text(text, encoding="utf-8")
    return raw


def run(room, student="*"):
    """Take in and return outcomes and what the log says."""
    log = Log()
    return take_in(room, EXERCISE, student, log.log), " ".join(log.said)


def is_clean(room, trainee):
    """Tell whether a clean submission lies in a trainee's place."""
    return is_sealed(room.submitted(EXERCISE, trainee), trainee, read_secret(room.root))


def test_take_in_raw_folder(room):
    """A raw folder becomes a clean submission with our own time; the raw one is kept."""
    raw = drop(room, "dung")
    (raw / "timestamp.txt").write_text("1999-01-01 00:00:00 UTC")
    (raw / "tiep_nhan.json").write_text('{"received": "1999", "repairs": ["x"], "seal": "00"}')

    assert run(room)[0] == {"dung": ""}
    assert is_clean(room, "dung")
    assert read_receipt(raw).received > "2026"
    (kept,) = (room.root / "goc" / EXERCISE).iterdir()
    assert (kept / "timestamp.txt").read_text().startswith("1999")


def test_take_in_leaves_what_is_ours(room):
    """What was laid down by us is left as it is, the time of receipt too."""
    raw = drop(room, "dung")
    run(room)
    before = (raw / "timestamp.txt").read_text()

    assert run(room)[0] == {"dung": ""}
    assert (raw / "timestamp.txt").read_text() == before
    assert len(list((room.root / "goc" / EXERCISE).iterdir())) == 1


def test_take_in_changed_submission(room):
    """What was changed after it was laid down is a new hand-in with a new time."""
    raw = drop(room, "dung")
    run(room)
    before = (raw / "timestamp.txt").read_text()
    (raw / "bai_nop" / "danh_sach.csv").write_text("ma_ho_so,nhom\n")
    run(room)

    assert (raw / "timestamp.txt").read_text() > before
    assert is_clean(room, "dung")


def test_take_in_another_trainees_clean_folder(room):
    """A sealed folder copied to another trainee is taken in as raw, and the trainer is told."""
    drop(room, "dung")
    run(room)
    shutil.copytree(room.root / "submitted" / "dung", room.root / "submitted" / "bom")
    outcomes, said = run(room, "bom")

    assert outcomes == {"bom": ""}
    assert "của học viên dung" in said
    assert "dung" in read_receipt(room.submitted(EXERCISE, "bom")).for_trainer[0]


def test_take_in_only_the_student_asked_for(room):
    """With one trainee named, the others are not looked at."""
    drop(room, "dung")
    drop(room, "bom")

    assert run(room, "bom")[0] == {"bom": ""}
    assert not is_clean(room, "dung")


def test_take_in_stranger(room):
    """A folder of nobody on the roster is moved away with the nearest name."""
    drop(room, "dungg", "")
    outcomes, said = run(room)

    assert "Lớp không có học viên" in outcomes["dungg"]
    assert "'dung'" in said
    assert not (room.root / "submitted" / "dungg" / EXERCISE).exists()
    (why,) = (room.root / "tu_choi" / EXERCISE).glob("*.txt")
    assert "dungg" in why.read_text()


def test_take_in_other_letter_case(room):
    """A trainee's id in other letters is the trainee's."""
    drop(room, "dung")
    (room.root / "submitted" / "dung").rename(room.root / "submitted" / "DUNG")

    assert run(room)[0] == {"dung": ""}
    assert [path.name for path in (room.root / "submitted").iterdir()] == ["dung"]


def test_take_in_two_letter_cases(room):
    """Where both are there, the right one counts and the other is moved away."""
    drop(room, "dung")
    shutil.copytree(room.root / "submitted" / "dung", room.root / "submitted" / "DUNG")
    outcomes, _ = run(room)

    assert "Đã có bài nộp của dung" in outcomes["DUNG"]
    assert outcomes["dung"] == ""


def link_to_a_classmate(room, raw):
    """Let the trainee's folder be a classmate's."""
    shutil.rmtree(raw.parent)
    raw.parent.symlink_to(room.root / "submitted" / "dung")


def link_of_an_exercise(room, raw):
    """Let the exercise's folder be a classmate's."""
    shutil.rmtree(raw)
    raw.symlink_to(room.root / "submitted" / "dung" / EXERCISE)


def link_to_the_key(room, raw):
    """Let the artefact be the class key."""
    (raw / "bai_nop" / "danh_sach.csv").unlink()
    (raw / "bai_nop" / "danh_sach.csv").symlink_to(room.root / "bi_mat.key")


def pipe(room, raw):
    """Let the time stamp be a pipe."""
    (raw / "timestamp.txt").unlink(missing_ok=True)
    os.mkfifo(raw / "timestamp.txt")


def file_for_a_folder(room, raw):
    """Let the exercise's folder be a file."""
    shutil.rmtree(raw)
    raw.write_text("x")


@pytest.mark.parametrize(
    "spoil", [link_to_a_classmate, link_of_an_exercise, link_to_the_key, pipe, file_for_a_folder]
)
def test_take_in_hostile(room, spoil):
    """A hostile folder is moved away unread; the classmate's work is untouched."""
    drop(room, "dung")
    spoil(room, drop(room, "bom"))
    outcomes, said = run(room)

    assert outcomes["dung"] == ""
    assert outcomes["bom"].startswith("bom: ")
    assert "tu_choi" in said
    assert not os.path.lexists(room.submitted(EXERCISE, "bom"))
    assert is_clean(room, "dung")


@pytest.mark.parametrize("name", ["[dung]", "*", "du?g", "dung\n", "-dung", "ổ"])
def test_take_in_odd_folder_names(room, name):
    """Folders whose names mean something to a search are moved away like any stranger's."""
    drop(room, "dung")
    (room.root / "submitted" / name / EXERCISE).mkdir(parents=True)
    outcomes, said = run(room)

    assert outcomes["dung"] == ""
    assert outcomes[name]
    assert said.isprintable()


def test_take_in_undecodable_folder_name(room):
    """A folder whose name is in no code page is moved away too."""
    drop(room, "dung")
    odd = os.fsdecode(os.fsencode(room.root / "submitted") + b"/\xff\xfe")
    (Path(odd) / EXERCISE).mkdir(parents=True)
    outcomes, said = run(room)

    assert outcomes.pop("dung") == ""
    assert len(outcomes) == 1
    said.encode()


def test_take_in_nothing_in_it(room):
    """An empty folder is left where it is, and said: something may come yet."""
    (room.root / "submitted" / "dung" / EXERCISE).mkdir(parents=True)
    outcomes, said = run(room)

    assert "không có tệp nào" in outcomes["dung"]
    assert "Chưa chấm" in said
    assert room.submitted(EXERCISE, "dung").is_dir()


def test_take_in_finishes_what_was_broken_off(room):
    """A submission that was complete when the power went is put in its place."""
    raw = drop(room, "dung")
    run(room)
    raw.rename(raw.with_name(f".{EXERCISE}.dang_ghi"))

    assert run(room)[0] == {"dung": ""}
    assert is_clean(room, "dung")


def test_autograde_raw_folder(room):
    """One converter run marks a raw folder without notebook as `grade` marks the inbox."""
    (drop(room, "dung") / f"{EXERCISE}.ipynb").unlink()

    autograde(room.root, EXERCISE, "dung")

    assert read_marks(room.root, EXERCISE)["dung"][:2] == (10, 10)


def test_autograde_refused_folder(room):
    """A refused folder earns no entry in the gradebook; its sentence is the answer."""
    link_to_the_key(room, drop(room, "dung"))

    with pytest.raises(Refusal, match="tệp thường"):
        autograde(room.root, EXERCISE, "dung")
    assert not read_marks(room.root, EXERCISE)["dung"].marked


def test_guard_twice():
    """Guarding again wraps nothing again."""
    guard()
    before = CourseDirectory.get_existing_timestamp
    guard()

    assert CourseDirectory.get_existing_timestamp is before


@pytest.mark.parametrize("text", ["", "gestern", "9" * 50, "2022-05-20 08:15:00 +99999", "\0"])
def test_stamp_that_is_none(room, text):
    """A time stamp that nobody can read is none, and formgrader's list opens."""
    raw = drop(room, "dung")
    (raw / "timestamp.txt").write_text(text)

    assert CourseDirectory(root=str(room.root)).get_existing_timestamp(str(raw)) is None


def test_stamp_of_a_pipe(room):
    """A pipe in its place is not waited for."""
    raw = drop(room, "dung")
    pipe(room, raw)

    assert CourseDirectory(root=str(room.root)).get_existing_timestamp(str(raw)) is None


def test_guard_leaves_other_courses_alone(tmp_path):
    """In a folder that is no class of ours nbgrader works as ever."""
    guard()
    (tmp_path / "timestamp.txt").write_text("2022-05-20 08:15:00 UTC")
    course = CourseDirectory(root=str(tmp_path))

    assert course.get_existing_timestamp(str(tmp_path)).year == 2022


@pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning")
def test_button_of_formgrader(room):
    """What formgrader's list and button do works on raw folders too, a pipe for a stamp included."""
    (drop(room, "dung") / f"{EXERCISE}.ipynb").unlink()
    pipe(room, drop(room, "bom"))
    config = PyFileConfigLoader("nbgrader_config.py", path=str(room.root)).load_config()
    api = NbGraderAPI(CourseDirectory(config=config), config=config)

    assert api.get_submitted_students(EXERCISE) == {"dung", "bom"}
    assert api.get_submitted_timestamp(EXERCISE, "bom") is None
    assert api.autograde(EXERCISE, "dung")["success"]
    assert "tệp thường" in api.autograde(EXERCISE, "bom")["error"]
    assert read_marks(room.root, EXERCISE)["dung"][:2] == (10, 10)
