"""Open a class, hand out, let everybody work, mark, and compare with what each deserves."""

from __future__ import annotations

import csv
import json
import random
import shutil
import time
from collections.abc import Callable, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

from generator.files import write_whole
from sosach.classroom import export, grade, open_class, release
from sosach.classroom.folder import ClassFolder
from sosach.classroom.ledger import NOT_HANDED_IN, REFUSED, STATUSES, Entry
from sosach.demo.trainees import BEHAVIOURS, Behaviour
from sosach.grading.specs import ROOT

__all__ = ["run", "table"]

#: one of each kind; who hands in odd files does it in another way in every exercise
N_TRAINEES = len(BEHAVIOURS)
LEVEL = "lam_quen"
#: floating sums of class means are right to this many points
TOLERANCE = 1e-4
#: begins the sample class's packs, so that it shows the same marks on every machine; in some
#: classes the one careless trainee slips where a mark weighs much or little, and leaves 80-95 %
SEED = 3


def run(folder: Path, say: Callable[[str], Any], exercises: Sequence[str] = ()) -> dict[str, Any]:
    """Run the class and write ``report.json`` into `folder`.

    Parameters
    ----------
    folder : Path
        Emptied first; holds the class afterwards.
    say : callable
        Told a line per stage.
    exercises : sequence of str, optional
        Exercise ids; all there are when empty.

    Returns
    -------
    dict
        trainees, exercises, submissions, graded, refused, not_handed_in, mismatches, seconds, and
        per trainee and exercise behaviour, points and what was expected.
    """
    began, folder = time.monotonic(), folder.resolve()
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    exercises = exercises or sorted(p.stem for p in (ROOT / "solutions").glob("*.toml"))
    people = {f"hv{i + 1:02d}": BEHAVIOURS[i % len(BEHAVIOURS)] for i in range(N_TRAINEES)}
    say(f"DỮ LIỆU GIẢ LẬP. Mở lớp mẫu {len(people)} học viên, phát {len(exercises)} bài.\n")
    rng = random.Random(SEED)  # noqa: S311 - a class for show needs no secret
    room = open_class(
        folder / "lop",
        "Lớp mẫu",
        _roster(folder, people),
        token_hex=lambda n: rng.randbytes(n).hex(),
    )
    release(room.root, exercises, LEVEL)
    say("Học viên làm bài và nộp bài.\n")
    for number, exercise in enumerate(exercises):
        _work(room, exercise, people, number)
    say("Chấm bài, viết phiếu nhận xét và bảng điểm.\n")
    ledgers = {ledger.exercise: ledger for ledger in grade(room.root, exercises)}
    sheets = export(room.root)
    lines = [
        _compare(room, exercise, name, behaviour, ledgers[exercise].entries[name])
        for exercise in exercises
        for name, behaviour in people.items()
    ]
    report = _report(lines, len(people), len(exercises), time.monotonic() - began)
    report["sheets"] = [str(path.relative_to(folder)) for path in sheets]
    write_whole(folder / "report.json", json.dumps(report, ensure_ascii=False, indent=1))
    return report


def table(report: dict[str, Any]) -> str:
    """Return the report as tables for people.

    Parameters
    ----------
    report : dict
        From `run`.

    Returns
    -------
    str
        One table per course, a line per behaviour and a column per exercise; then the sums, and a
        line for every mark that is not as deserved.
    """
    courses = groupby(sorted({line["exercise"] for line in report["lines"]}), lambda e: e[:2])
    parts = [_course(report["lines"], list(exercises)) for _, exercises in courses]
    parts.append(
        f"\n{report['trainees']} học viên, {report['submissions']} bài nộp:"
        f" {report['graded']} đã chấm, {report['refused']} không chấm được,"
        f" {report['not_handed_in']} chưa nộp; {report['mismatches']} điểm không như mong đợi;"
        f" {report['seconds']} giây.\n"
    )
    parts += [
        f"KHÔNG ĐẠT: bài {line['exercise']}, {line['behaviour']}: {line['points']:g} điểm,"
        f" {STATUSES[line['status']]}.\n"
        for line in report["lines"]
        if not line["held"]
    ]
    return "".join(parts)


def _course(lines: list[dict[str, Any]], exercises: list[str]) -> str:
    """Return the table of one course: percent of the points, - where nothing was marked."""
    head = "".join(f"{exercise[:5]:>7}" for exercise in exercises)
    rows = [f"\n{'Phần trăm điểm':32}{'phải được':>10}{head}\n"]
    for behaviour in BEHAVIOURS:
        own = {line["exercise"]: line for line in lines if line["behaviour"] == behaviour.name}
        cells = "".join(f"{_cell(own[exercise]):>7}" for exercise in exercises)
        rows.append(f"{behaviour.name:32}{_deserved(behaviour):>10}{cells}\n")
    return "".join(rows)


def _cell(line: dict[str, Any]) -> str:
    marked = line["status"] not in (REFUSED, NOT_HANDED_IN)
    return f"{100 * line['share']:.0f}" + "!" * (not line["held"]) if marked else "-"


def _deserved(behaviour: Behaviour) -> str:
    if set(behaviour.statuses) <= {REFUSED, NOT_HANDED_IN}:
        return "-"
    lowest, highest = round(100 * behaviour.lowest), round(100 * behaviour.highest)
    return f"{lowest}" if lowest == highest else f"{lowest} - {highest}"


def _roster(folder: Path, people: dict[str, Behaviour]) -> Path:
    path = folder / "danh_sach_hoc_vien.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["ma_hoc_vien", "ho_ten", "don_vi"])
        rows.writerows([name, f"Học viên {name[2:]}", "Trạm Y tế giả lập"] for name in people)
    return path


def _work(room: ClassFolder, exercise: str, people: dict[str, Behaviour], ordinal: int) -> None:
    for name, behaviour in people.items():
        behaviour.act(room.handed_out / name / exercise, exercise, room.inbox, ordinal)


def _compare(
    room: ClassFolder, exercise: str, name: str, behaviour: Behaviour, entry: Entry
) -> dict[str, Any]:
    """Hold what a trainee got against what the behaviour deserves."""
    lowest = behaviour.lowest * entry.max_points - TOLERANCE
    highest = behaviour.highest * entry.max_points + TOLERANCE
    page = room.feedback_page(exercise, name)
    return {
        "exercise": exercise,
        "trainee": name,
        "behaviour": behaviour.name,
        "status": entry.status,
        "points": entry.points,
        "share": entry.points / entry.max_points if entry.max_points else 0.0,
        "expected": [behaviour.lowest * entry.max_points, behaviour.highest * entry.max_points],
        "held": entry.status in behaviour.statuses
        and lowest <= entry.points <= highest
        and page.is_file() == entry.graded,
    }


def _report(
    lines: list[dict[str, Any]], trainees: int, exercises: int, seconds: float
) -> dict[str, Any]:
    statuses = [line["status"] for line in lines]
    missing, refused = statuses.count(NOT_HANDED_IN), statuses.count(REFUSED)
    return {
        "trainees": trainees,
        "exercises": exercises,
        "submissions": len(lines) - missing,
        "graded": len(lines) - missing - refused,
        "refused": refused,
        "not_handed_in": missing,
        "mismatches": sum(not line["held"] for line in lines),
        "seconds": round(seconds, 1),
        "lines": lines,
    }
