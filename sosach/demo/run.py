"""Open a class, hand out, let everybody work, mark, and compare with what each deserves."""

from __future__ import annotations

import csv
import json
import shutil
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from generator.files import write_whole
from sosach.classroom import export, grade, open_class, release
from sosach.classroom.folder import ClassFolder
from sosach.classroom.ledger import NOT_HANDED_IN, REFUSED, STATUSES, Entry
from sosach.demo.trainees import BEHAVIOURS, Behaviour
from sosach.grading.specs import ROOT

__all__ = ["run", "table"]

N_TRAINEES = 30
LEVEL = "van_dung"
#: floating sums of class means are right to this many points
TOLERANCE = 1e-4


def run(folder: Path, say: Callable[[str], Any]) -> dict[str, Any]:
    """Run the class and write ``report.json`` into `folder`.

    Parameters
    ----------
    folder : Path
        Emptied first; holds the class afterwards.
    say : callable
        Told a line per stage.

    Returns
    -------
    dict
        trainees, exercises, submissions, graded, refused, not_handed_in, mismatches, seconds, and
        per trainee and exercise behaviour, points and what was expected.
    """
    began, folder = time.monotonic(), folder.resolve()
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    exercises = sorted(path.stem for path in (ROOT / "solutions").glob("*.toml"))
    people = {f"hv{i + 1:02d}": BEHAVIOURS[i % len(BEHAVIOURS)] for i in range(N_TRAINEES)}
    say(f"DỮ LIỆU GIẢ LẬP. Mở lớp mẫu {len(people)} học viên, phát {len(exercises)} bài.\n")
    room = open_class(folder / "lop", "Lớp mẫu", _roster(folder, people))
    release(room.root, exercises, LEVEL)
    say("Học viên làm bài và nộp bài.\n")
    for exercise in exercises:
        _work(room, exercise, people)
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
    """Return the report as a table for people.

    Parameters
    ----------
    report : dict
        From `run`.

    Returns
    -------
    str
        One line per behaviour and exercise, then the sums.
    """
    rows = []
    for exercise in sorted({line["exercise"] for line in report["lines"]}):
        rows.append(
            f"\nBài {exercise}\n{'Học viên':34}{'Số bài':>7}{'Điểm':>14}{'Phải được':>14}  {'':9} Tình trạng\n"
        )
        for behaviour in BEHAVIOURS:
            own = [
                line
                for line in report["lines"]
                if (line["exercise"], line["behaviour"]) == (exercise, behaviour.name)
            ]
            points = _span(line["points"] for line in own)
            expected = _span(e for line in own for e in line["expected"])
            verdict = "đạt" if all(line["held"] for line in own) else "KHÔNG ĐẠT"
            ended = ", ".join(sorted({STATUSES[line["status"]] for line in own}))
            rows.append(
                f"{behaviour.name:34}{len(own):>7}{points:>14}{expected:>14}  {verdict:9} {ended}\n"
            )
    rows.append(
        f"\n{report['trainees']} học viên, {report['submissions']} bài nộp:"
        f" {report['graded']} đã chấm, {report['refused']} không chấm được,"
        f" {report['not_handed_in']} chưa nộp; {report['mismatches']} điểm không như mong đợi;"
        f" {report['seconds']} giây.\n"
    )
    return "".join(rows)


def _span(values: Any) -> str:  # noqa: ANN401 - any iterable of numbers
    found = sorted(round(value, 2) for value in values)
    return f"{found[0]:g}" if found[0] == found[-1] else f"{found[0]:g} - {found[-1]:g}"


def _roster(folder: Path, people: dict[str, Behaviour]) -> Path:
    path = folder / "danh_sach_hoc_vien.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["ma_hoc_vien", "ho_ten", "don_vi"])
        rows.writerows([name, f"Học viên {name[2:]}", "Trạm Y tế giả lập"] for name in people)
    return path


def _work(room: ClassFolder, exercise: str, people: dict[str, Behaviour]) -> None:
    for ordinal, (name, behaviour) in enumerate(people.items()):
        folder = room.handed_out / name / exercise
        behaviour.act(folder, exercise, room.inbox, ordinal // len(BEHAVIOURS))


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
