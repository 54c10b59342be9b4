"""The exercise as one page, or as one Excel file: written beside every pack, and taken in again."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from generator.files import write_whole
from generator.problems import Problem
from sosach.classroom.folder import ClassFolder
from sosach.classroom.handouts import load_frozen_spec, load_hand_out
from sosach.classroom.progress import Progress, silent
from sosach.grading import limits
from sosach.grading.intake import read_hand_in
from sosach.grading.names import shown
from sosach.grading.reading import read_file
from sosach.grading.refusals import Refusal

if TYPE_CHECKING:
    from sosach.review.casefile import CaseFile
    from sosach.review.results import Result

__all__ = ["RESULT", "WORKFILE", "read_offer", "read_page_result", "write_pages"]

#: the result of a page; an Excel file that was filled in, or the page's own table for Excel
RESULT, WORKFILE = ".json", ".xlsx"
#: how a result begins, whatever its file is called
MARK = b'"ket_qua_so_sach"'


def write_pages(folder: Path, exercise: str, progress: Progress = silent) -> list[Path]:
    """Write one page and one Excel file per trainee beside the pack, without the key.

    Parameters
    ----------
    folder : Path
        The class.
    exercise : str
        An exercise that was handed out.
    progress : Progress, optional
        Goes through the trainees.

    Returns
    -------
    list of Path
        ``phat_bai/<trainee>/<exercise>__<trainee>.html``, sorted by trainee; the Excel file
        bears the same name.

    Raises
    ------
    Problem
        If a pack was changed since it was handed out.
    """
    room = ClassFolder.load(folder)
    names = sorted(load_hand_out(room.root, exercise).trainees)
    return [
        _write_page(room, exercise, name) for name in progress(names, f"Viết trang bài {exercise}")
    ]


def _write_page(room: ClassFolder, exercise: str, trainee: str) -> Path:
    from sosach.course.workfile import write_empty
    from sosach.review.offline import offline_page

    case = _case(room, exercise, trainee)
    page = room.handed_out / trainee / f"{exercise}__{trainee}.html"
    write_whole(page, offline_page(case))
    write_empty(case, [], page.with_suffix(WORKFILE))
    return page


def _case(room: ClassFolder, exercise: str, trainee: str) -> CaseFile:
    """Return what a trainee was given, as the workbench has it."""
    from sosach.course.casefiles import case_of
    from sosach.course.workplace import open_handout

    pack, spec = room.handed_out / trainee / exercise, load_frozen_spec(room.root, exercise)
    if not pack.is_dir():
        message = f"Không còn gói bài {pack}. Hãy phát lại bài (sosach class release)."
        raise Problem(message)
    place = open_handout(pack, spec)
    if place.warnings:
        message = f"Gói bài {pack} đã khác lúc phát. Hãy xóa thư mục này rồi phát lại bài."
        raise Problem(message)
    return case_of(spec, place)


def read_page_result(path: Path) -> Result:
    """Read a result file of the page that lies in the inbox.

    Parameters
    ----------
    path : Path

    Returns
    -------
    Result
        Nothing in it is believed.

    Raises
    ------
    Refusal
        If it cannot be read or is no result file.
    """
    from sosach.review.results import LARGEST

    return _result(path.name, read_file(path, LARGEST))


def read_offer(
    room: ClassFolder, exercise: str, trainee: str, path: Path
) -> tuple[dict[PurePosixPath, bytes], list[str]]:
    """Read one hand-in; what comes from a page is as if it had been done in the exercise folder.

    Parameters
    ----------
    room : ClassFolder
        The class.
    exercise, trainee : str
        Whose work for what it should be.
    path : Path
        A folder or zip file, or a file that ends in `RESULT` or `WORKFILE`.

    Returns
    -------
    tuple of dict and list of str
        Relative path -> content, as `read_hand_in` has it; with what comes from a page lies the
        released notebook. And for the trainee, which rows of an Excel file cannot be read.

    Raises
    ------
    Refusal
        If it cannot be read, or a result is of another exercise, class, trainee or pack.
    """
    kind = path.suffix.casefold()
    if kind == RESULT:
        return _work(room, exercise, trainee, read_page_result(path)), []
    if kind == WORKFILE:
        return _filled(room, exercise, trainee, path)
    files = read_hand_in(path)
    results = {file: data for file, data in files.items() if MARK in data[:100]}
    if len(results) == len(files) == 1:
        [(file, data)] = results.items()
        return _work(room, exercise, trainee, _result(file.name, data)), []
    return files, []


def _filled(
    room: ClassFolder, exercise: str, trainee: str, path: Path
) -> tuple[dict[PurePosixPath, bytes], list[str]]:
    """Return the decisions of an Excel file, and what is wrong with its other rows."""
    from sosach.course.handin import to_csv
    from sosach.course.workfile import read_filled

    data = read_file(path, limits.MAX_FILE)
    try:
        case = _case(room, exercise, trainee)
    except Problem as problem:
        raise Refusal(str(problem)) from problem
    form = case.form
    filled = read_filled(case, shown(path.name), data)
    unlisted = {action.code for action in form.actions if not action.listed}
    rows = [
        {column: decision[part] for column, part in form.columns.items()}
        for decision in filled.decisions
        if decision["hanh_dong"] not in unlisted
    ]
    table = to_csv(rows, tuple(form.columns))
    return _laid_out(room, exercise, {form.artefact: table}), [
        f"Tệp Excel, {error}" for error in filled.errors
    ]


def _result(name: str, data: bytes) -> Result:
    from sosach.review.results import read_result

    try:
        return read_result(shown(name), data)
    except Problem as problem:
        raise Refusal(str(problem)) from problem


def _work(
    room: ClassFolder, exercise: str, trainee: str, result: Result
) -> dict[PurePosixPath, bytes]:
    """Return the work of a result that is this trainee's."""
    why = _not_theirs(room, exercise, trainee, result)
    if why:
        message = f"Tệp kết quả nộp cho {trainee} {why}"
        raise Refusal(message)
    return _laid_out(room, exercise, result.files)


def _laid_out(
    room: ClassFolder, exercise: str, work: Mapping[str, bytes]
) -> dict[PurePosixPath, bytes]:
    """Put work beside the notebook that was released: a page has none of its own."""
    notebook = room.released_notebook(exercise)
    inside = {PurePosixPath("bai_nop", name): data for name, data in work.items()}
    return {PurePosixPath(notebook.name): notebook.read_bytes(), **inside}


def _not_theirs(room: ClassFolder, exercise: str, trainee: str, result: Result) -> str:
    """Say why a result is not of this trainee's pack and what to do, "" where it is."""
    if not result.trainee:
        return "là kết quả luyện tập. Hãy làm bài trên tệp HTML giảng viên đã phát rồi nộp lại."
    expected = (exercise, room.record.class_id, trainee)
    found = (result.exercise, result.class_id, result.trainee)
    for what, wanted, got in zip(("bài", "lớp", "học viên"), expected, found, strict=True):
        if wanted != got:
            return (
                f"là của {what} '{shown(got, 60)}', không phải {what} '{wanted}'. "
                "Hãy xem lại tên tệp, hoặc xin học viên gửi lại tệp của bài này."
            )
    given = load_hand_out(room.root, exercise).trainees.get(trainee)
    if not given or result.pack != given.pack:
        return (
            f"không làm trên gói bài đã phát cho {trainee}. Hãy mở tệp {exercise}__{trainee}.html "
            "đã phát, làm rồi xuất lại kết quả."
        )
    return ""
