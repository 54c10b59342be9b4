"""Where a learner works: the data of the exercise folder, for practice or from a class.

A class folder holds ``goi_bai.json``; then nothing here knows the right answers.
Without it the data are a practice set with a public seed. Changing the set moves the old data and
work to ``bai_cu/`` and brings them back on return: nothing is overwritten.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import Any

import pandas as pd

from generator import ENGINE
from generator.files import write_whole
from sosach.cases import Case, make_case
from sosach.cases.class_pki import practice_pki
from sosach.cases.keys import pack_sha256
from sosach.course import paper_pictures
from sosach.grading.rubrics import Key
from sosach.grading.seeds import practice_seed
from sosach.grading.specs import ExerciseSpec
from sosach.publish.packs import PAPERS, write_pack
from sosach.review import Trouble

__all__ = ["Workplace", "open_handout", "open_practice", "practice_set"]

HANDOUT, STATE = "goi_bai.json", "luyen_tap.json"
DATA, WORK, OLD_SETS = "du_lieu", "bai_nop", "bai_cu"
REGISTER = ("/doi_tuong.csv", "/mui_tiem.csv")
UNREADABLE = "Thiếu hoặc không đọc được tệp {name}. Hãy giải nén lại gói bài giảng viên đã phát."
PRACTICE_NAME = "luyen-tap"  # where a trainee's id stands in the name of a zip


@dataclass(frozen=True)
class Workplace:
    """An opened exercise.

    Attributes
    ----------
    title : str
        What is open, for the learner.
    exercise : str
        Id that the class knows it by, in the names of notebook and zip: a resit has its own.
    trainee : str
        Id of the trainee, or ``luyen-tap``.
    doi_tuong, mui_tiem : DataFrame
        The register, all values text.
    tables : mapping
        Further tables: file stem -> DataFrame, all values text.
    papers : mapping
        Record, letter or slip -> what lies beside it, as `sosach.review.casefile.Paper` has it.
    key : Key or None
        The right answers of a practice set; None in a class.
    set_number, level : int, str
        Which practice set; 0 and the class's level otherwise.
    class_id : str
        The class, "" in practice.
    warnings : list of str
        What the learner should know before starting.
    pack : str
        Fingerprint of the data, the same when the pack is made again.
    pictures : mapping
        Name in ``du_lieu/`` of a picture on a paper -> the file.
    """

    title: str
    exercise: str
    trainee: str
    doi_tuong: pd.DataFrame
    mui_tiem: pd.DataFrame
    pack: str
    tables: Mapping[str, pd.DataFrame] = field(default_factory=dict)
    papers: Mapping[str, list[dict[str, Any]]] = field(default_factory=dict)
    key: Key | None = None
    set_number: int = 0
    level: str = ""
    class_id: str = ""
    warnings: list[str] = field(default_factory=list)
    pictures: Mapping[str, bytes] = field(default_factory=dict)


def open_practice(
    folder: Path, spec: ExerciseSpec, set_number: int | None, level: str | None
) -> Workplace:
    """Open a practice set, the one worked on last unless another is asked for.

    Parameters
    ----------
    folder : Path
        The exercise folder.
    spec : ExerciseSpec
        What the exercise asks for.
    set_number : int or None
        Which set, counted from 1.
    level : str or None
        Level of difficulty, a key of the spec's levels.

    Returns
    -------
    Workplace
        With the right answers.

    Raises
    ------
    Trouble
        If the set or level does not exist, or data of a class lie here without their list.
    """
    before = _read_state(folder)
    if not before and (folder / DATA).exists():
        message = (
            f"Thư mục {folder.name} có {DATA}/ nhưng thiếu {HANDOUT}. Nếu đây là bài của lớp, hãy "
            f"giải nén lại gói bài giảng viên đã phát. Nếu muốn luyện tập, hãy mở bài ở thư mục khác."
        )
        raise Trouble(message)
    number = before.get("set", 1) if set_number is None else set_number
    level = level or before.get("level") or next(iter(spec.levels))
    if not isinstance(number, int) or not 1 <= number <= 999:
        message = f"Bộ luyện tập mang số từ 1 đến 999, đang là {number}."
        raise Trouble(message)
    case = make_case(spec, level, practice_seed(spec.id, level, number))
    digest = pack_sha256(case.pack)
    state = {"level": level, "set": number, "engine": ENGINE, "sha256": digest}
    if state != before:
        _change_set(folder, before, state)
    _lay_out(folder, case)
    pictures = paper_pictures.read(case.told_papers(), folder / DATA)
    return replace(_practice(spec, case, number, level), pictures=pictures)


def practice_set(spec: ExerciseSpec, set_number: int = 1, level: str | None = None) -> Workplace:
    """Make a practice set without a folder, as for the offline page.

    Parameters
    ----------
    spec : ExerciseSpec
        What the exercise asks for.
    set_number : int
        Which set, counted from 1.
    level : str, optional
        Level of difficulty; the first of the spec.

    Returns
    -------
    Workplace
        With the right answers.
    """
    level = level or next(iter(spec.levels))
    case = make_case(spec, level, practice_seed(spec.id, level, set_number))
    pictures = paper_pictures.made(case.told_papers(), case.printed(practice_pki))
    return replace(_practice(spec, case, set_number, level), pictures=pictures)


def _practice(spec: ExerciseSpec, case: Case, number: int, level: str) -> Workplace:
    pack = case.pack
    return Workplace(
        title=f"Luyện tập, bộ số {number}: {pack.ward.name}, {pack.ward.district}",
        exercise=spec.id,
        trainee=PRACTICE_NAME,
        doi_tuong=_frame(pack.doi_tuong),
        mui_tiem=_frame(pack.mui_tiem),
        pack=pack_sha256(pack),
        tables={name: pd.DataFrame(rows, dtype=str) for name, rows in case.files.items()},
        papers=case.told_papers(),
        key=case.key,
        set_number=number,
        level=level,
    )


def open_handout(folder: Path, spec: ExerciseSpec) -> Workplace:
    """Open what a class handed out.

    Parameters
    ----------
    folder : Path
        The exercise folder with ``goi_bai.json`` and ``du_lieu/``.
    spec : ExerciseSpec
        What the exercise asks for.

    Returns
    -------
    Workplace
        Without right answers.

    Raises
    ------
    Trouble
        If the list of the pack or a table cannot be read, or belongs to another exercise.
    """
    handout = _read_handout(folder)
    base = handout.get("base", handout["exercise"])
    if base != spec.id:
        message = f"Gói bài trong thư mục này là của bài '{base}', không phải '{spec.id}'."
        raise Trouble(message)
    tables, papers, warnings = _read_data(folder, handout["sha256"])
    return Workplace(
        title=f"Bài của lớp {handout['class']}, học viên {handout['trainee']}: {handout['ward']}",
        exercise=handout["exercise"],
        trainee=handout["trainee"],
        level=handout["level"],
        class_id=handout["class"],
        doi_tuong=tables.pop("doi_tuong"),
        mui_tiem=tables.pop("mui_tiem"),
        tables=tables,
        papers=papers,
        pictures=paper_pictures.read(papers, folder / DATA),
        pack=handout["pack"],
        warnings=warnings,
    )


def _read_state(folder: Path) -> dict[str, Any]:
    """Return which practice set lies in the folder; empty where there is none."""
    path = folder / STATE
    if not path.is_file():
        return {}
    try:
        state = json.loads(path.read_text(encoding="utf-8"))
        return {key: state[key] for key in ("level", "set", "engine", "sha256")}
    except (ValueError, KeyError, TypeError):
        message = (
            f"Tệp {STATE} bị hỏng. Hãy đổi tên tệp này và thư mục {DATA}, rồi mở lại bài: bộ luyện "
            f"tập sẽ được tạo lại như cũ. Bài làm trong {WORK} vẫn giữ nguyên."
        )
        raise Trouble(message) from None


def _change_set(folder: Path, before: dict[str, Any], state: dict[str, Any]) -> None:
    """Put the present set aside and bring back earlier work on the wanted one."""
    if before:
        _move([folder / DATA, folder / WORK], _shelf(folder, before))
    shelf = _shelf(folder, state)
    if shelf.is_dir():
        _move([shelf / DATA, shelf / WORK], folder)
    write_whole(folder / STATE, json.dumps(state, indent=1).encode())


def _shelf(folder: Path, state: dict[str, Any]) -> Path:
    """Return where a set is kept; sets of another engine have other data, so another place."""
    return folder / OLD_SETS / f"{state['level']}_bo_{state['set']}_{state['sha256'][:8]}"


def _move(parts: list[Path], target: Path) -> None:
    for part in parts:
        if part.exists():
            target.mkdir(parents=True, exist_ok=True)
            part.rename(target / part.name)


def _lay_out(folder: Path, case: Case) -> None:
    """Write the data files that are not there; a file that the learner changed stays."""
    folder.mkdir(parents=True, exist_ok=True)
    tables = ["doi_tuong", "mui_tiem", *case.files]
    names = ["du_lieu.xlsx", *(f"{name}.csv" for name in tables), *case.prints]
    # what is signed for real belongs together: a part that is missing is made again with the rest
    whole = all((folder / DATA / name).exists() for name in case.signed)
    if whole and all((folder / DATA / name).is_file() for name in names):
        return
    with TemporaryDirectory(dir=folder, prefix=".du_lieu_") as fresh:
        prints = case.prints if whole else case.printed(practice_pki)
        write_pack(case.pack, Path(fresh), tables=case.files, prints=prints)
        source, target = Path(fresh) / DATA, folder / DATA
        for made in sorted(path for path in source.rglob("*") if path.is_file()):
            name = made.relative_to(source)
            if len(name.parts) > 1 or not (target / name).is_file():
                (target / name).parent.mkdir(parents=True, exist_ok=True)
                made.replace(target / name)


def _read_handout(folder: Path) -> dict[str, Any]:
    try:
        handout = json.loads((folder / HANDOUT).read_text(encoding="utf-8-sig"))
        texts = [handout[key] for key in ("exercise", "level", "class", "trainee", "ward", "pack")]
        if not all(isinstance(text, str) for text in texts) or not handout["sha256"].get:
            raise TypeError
    except (ValueError, KeyError, TypeError, AttributeError):
        message = f"Tệp {HANDOUT} không đọc được. Hãy giải nén lại gói bài giảng viên đã phát."
        raise Trouble(message) from None
    return dict(handout)


def _read_data(
    folder: Path, given: Mapping[str, str]
) -> tuple[dict[str, pd.DataFrame], dict[str, list[dict[str, Any]]], list[str]]:
    """Return the tables by file stem, the papers, and a warning for every file that has changed."""
    tables: dict[str, pd.DataFrame] = {}
    papers: dict[str, list[dict[str, Any]]] = {}
    warnings = []
    needed = {f"{DATA}/doi_tuong.csv", f"{DATA}/mui_tiem.csv"}
    for name in sorted(needed | set(given)):
        path = PurePosixPath(name)
        if path.name == PAPERS:
            papers, digest = _read_papers(folder, name)
        else:
            tables[path.stem], digest = _read_table(folder, name)
        if digest != given.get(name):
            warnings.append(
                f"Tệp {name} đã khác bản được phát, có thể do mở rồi lưu lại bằng Excel. "
                "Hãy giải nén lại gói bài để lấy tệp gốc; bài làm trong bai_nop vẫn giữ nguyên."
            )
    return tables, papers, warnings


def _read_papers(folder: Path, name: str) -> tuple[dict[str, list[dict[str, Any]]], str]:
    """Return what lies beside the records, and the sha256 of its file."""
    try:
        data = (folder / name).read_bytes()
        papers = json.loads(data)
        if not isinstance(papers, dict):
            raise TypeError
    except (OSError, ValueError, TypeError):
        raise Trouble(UNREADABLE.format(name=name)) from None
    return papers, hashlib.sha256(data).hexdigest()


def _read_table(folder: Path, name: str) -> tuple[pd.DataFrame, str]:
    """Return a table of the pack and the sha256 of its file."""
    try:
        data = (folder / name).read_bytes()
        header = data.split(b"\n", 1)[0]
        frame = pd.read_csv(
            folder / name,
            sep=";" if b";" in header else ",",
            dtype=str,
            keep_default_na=False,
            encoding="utf-8-sig",
        )
        if name.endswith(REGISTER):
            frame["ma_ho_so"]
    except (OSError, ValueError, KeyError):
        raise Trouble(UNREADABLE.format(name=name)) from None
    return frame, hashlib.sha256(data).hexdigest()


def _frame(table: Any) -> pd.DataFrame:  # noqa: ANN401 - pyarrow ships no types
    """Return an Arrow table as text, an absent value as ""."""
    return pd.DataFrame(table.to_pydict(), dtype=str).fillna("")
