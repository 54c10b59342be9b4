"""Handed in again: the rule of the exercise decides, and nothing happens silently."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3

import pytest

from sosach.classroom import collect, grade
from sosach.classroom.nbgrader_gradebook import read_marks

EXERCISE = "k1_02_lap_danh_sach"


def line(folder, name="an"):
    """Grade and return one trainee's line, its sentences joined."""
    (ledger,) = grade(folder)
    entry = ledger.entries[name]
    return entry, " ".join(entry.sentences)


def page(folder, name="an"):
    """Return one trainee's feedback page."""
    return (folder / "feedback" / name / EXERCISE / f"{EXERCISE}.html").read_text(encoding="utf-8")


def came_in(folder, name, stamp):
    """Let what is marked have come at another time."""
    path = folder / "so_cham" / EXERCISE / f"{name}.json"
    raw = json.loads(path.read_text(encoding="utf-8"))
    raw |= {"received": stamp, "hand_ins": dict.fromkeys(raw["hand_ins"], stamp)}
    path.write_text(json.dumps(raw), encoding="utf-8")
    (folder / "submitted" / name / EXERCISE / "timestamp.txt").write_text(stamp)


def only_the_best(folder):
    """Let the exercise count the best hand-in."""
    path = folder / "phat_bai" / f"{EXERCISE}.toml"
    path.write_text(f'resubmission = "best"\n{path.read_text(encoding="utf-8")}', encoding="utf-8")


def test_last_replaces_in_full(pair, submit):
    """The newest hand-in is the mark; ledger and page say what became of the earlier one."""
    submit(pair, "an", 0.5)
    entry, said = line(pair)

    assert entry.status == "graded"
    assert 0 < entry.points < 10
    assert read_marks(pair, EXERCISE)["an"].points == entry.points
    assert "10 điểm của bài trước không còn tính" in said
    assert "10 điểm của bài trước không còn tính" in page(pair)


def test_last_older_file_times_do_not_matter(pair, submit):
    """What we see later is newer, whatever the clock of the trainee's computer said."""
    target = submit(pair, "an", 0.5)
    for path in [target, *target.rglob("*")]:
        os.utime(path, (0, 0))

    assert line(pair)[0].points < 10


@pytest.mark.parametrize("kind", ["no artefact", "no file at all", "unreadable table"])
def test_last_empty_replaces_with_a_sentence(pair, kind):
    """Nothing that can be judged is worth 0, and ledger and page say so: no old mark stays."""
    target = pair / "thu_bai" / "an" / EXERCISE
    if kind == "unreadable table":
        (target / "bai_nop" / "danh_sach.csv").write_bytes(b"\x00\x01")
    else:
        shutil.rmtree(target / "bai_nop")
    if kind == "no file at all":
        shutil.rmtree(target)
        target.mkdir()
    entry, said = line(pair)

    assert (entry.graded, entry.points) == (True, 0)
    assert "không có gì chấm được nhưng vẫn thay cho bài trước" in said
    assert "không có gì chấm được nhưng vẫn thay cho bài trước" in page(pair)


def test_last_unreadable_keeps_the_mark_loudly(pair):
    """A hand-in that cannot be opened takes nothing away, but somebody has to look at it."""
    (pair / "thu_bai" / f"{EXERCISE}__an.zip").write_bytes(b"PK broken")
    entry, said = line(pair)

    assert (entry.status, entry.points, entry.failed) == ("repaired", 10, True)
    assert "Giữ 10 điểm đã chấm trước đó" in said
    assert line(pair)[0] == entry


def test_last_unreadable_then_readable(pair, submit):
    """When a good hand-in follows a broken one, the good one counts, whatever its file times."""
    broken = pair / "thu_bai" / f"{EXERCISE}__an.zip"
    broken.write_bytes(b"PK broken")
    line(pair)
    target = submit(pair, "an", 0.5)
    for path in [target, *target.rglob("*")]:
        os.utime(path, (0, 0))
    entry, said = line(pair)

    assert entry.points < 10
    assert not entry.failed
    assert "Có 2 bản nộp" in said


def test_last_newest_taken_away_again(pair, submit):
    """When the trainer takes the newest hand-in out of the inbox, the other one counts again."""
    half = submit(pair, "an", 0.5)
    shutil.make_archive(str(pair / "thu_bai" / f"{EXERCISE}__an"), "zip", half)
    submit(pair, "an", 1.0)
    assert line(pair)[0].points < 10
    (pair / "thu_bai" / f"{EXERCISE}__an.zip").unlink()

    assert line(pair)[0].points == 10


def test_last_after_collecting(pair, submit):
    """Between collecting and marking the earlier mark stands, and the line says that one waits."""
    submit(pair, "an", 0.5)
    (ledger,) = collect(pair)

    assert (ledger.entries["an"].status, ledger.entries["an"].points) == ("received", 10)
    entry, said = line(pair)
    assert entry.points < 10
    assert "10 điểm của bài trước không còn tính" in said


def test_last_inbox_emptied(pair):
    """Marks stay when the inbox is cleared."""
    shutil.rmtree(pair / "thu_bai" / "an")

    assert line(pair)[0].points == 10


def test_last_marks_by_hand_belong_to_their_submission(pair, submit):
    """A mark given by hand goes with the submission that it was given to; the trainer is told."""
    with sqlite3.connect(pair / "gradebook.db") as connection:
        connection.execute("update grade set manual_score = 9.5")
    assert line(pair)[0].points == 9.5
    submit(pair, "an", 0.5)
    entry, _ = line(pair)

    assert entry.points < 9
    assert entry.remarks == ("Điểm chấm tay của bài trước không còn tính: danh_sach: 9.5.",)


def test_best_keeps_the_better(pair, submit):
    """Under the rule `best` a worse hand-in changes nothing, and ledger and page say so."""
    only_the_best(pair)
    submit(pair, "an", 0.5)
    entry, said = line(pair)

    assert (entry.status, entry.points) == ("graded", 10)
    assert "thấp hơn bài trước (10 điểm): giữ bài trước" in said
    assert "thấp hơn bài trước (10 điểm): giữ bài trước" in page(pair)
    assert line(pair)[0] == entry


def test_best_takes_the_better(pair, submit):
    """Under the rule `best` a better hand-in counts, a worse one after it does not."""
    only_the_best(pair)
    found = []
    for share in (0.3, 0.9, 0.6):
        submit(pair, "binh", share)
        found.append(line(pair, "binh")[0].points)

    assert found[0] < found[1] == found[2]


def test_best_counts_late_penalties(pair, submit):
    """A late hand-in that would be worth nothing does not replace one that came in time."""
    only_the_best(pair)
    with (pair / "nbgrader_config.py").open("a", encoding="utf-8") as file:
        file.write("get_config().LateSubmissionPlugin.penalty_method = 'zero'\n")
    submit(pair, "binh", 0.5)
    before, _ = line(pair, "binh")
    came_in(pair, "binh", "2022-05-20 09:00:00 UTC")
    with sqlite3.connect(pair / "gradebook.db") as connection:
        connection.execute("update assignment set duedate = '2022-05-20 10:00:00.000000'")
    submit(pair, "binh", 1.0)
    entry, said = line(pair, "binh")

    assert entry.points == before.points > 0
    assert "Bài nộp lại được 0 điểm" in said
