"""The class report: one page for the trainer, drawn from accounts, gradebook and marked work."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from generator.files import write_whole
from sosach.classroom import figures
from sosach.classroom.figures import CauseFigures, MarkFigures, PersonFigures
from sosach.classroom.folder import ClassFolder
from sosach.classroom.handouts import spec_path
from sosach.classroom.ledger import STATUSES, Ledger
from sosach.classroom.results import Result, read_results
from sosach.grading.specs import load_spec
from sosach.publish.pages import section, sentence, whole_page
from sosach.publish.report_charts import figure, histogram
from sosach.publish.report_words import bars_cell, number, percent, table, tag, words

__all__ = ["FILE_NAME", "write_class_report"]

FILE_NAME = "bao_cao_lop.html"
#: rows of a table; the mark sheet holds everybody
MOST_CAUSES, MOST_PEOPLE = 15, 60
#: what one person is told to practise
MOST_WEAK = 3
NOTHING = "–"

KINDS = {figures.ERROR: "Lỗi", figures.DECOY: "Bẫy", figures.NEITHER: "Không có lỗi, không có bẫy"}


def write_class_report(folder: Path) -> Path:
    """Write ``ket_qua/bao_cao_lop.html``.

    Parameters
    ----------
    folder : Path
        The class.

    Returns
    -------
    Path
        The page; equal accounts and marks give equal bytes.

    Raises
    ------
    Problem
        If the folder is no class, or nothing was handed out.
    """
    room = ClassFolder.load(folder)
    ledgers, results = read_results(folder)
    titles = {
        ledger.exercise: load_spec(spec_path(room.root, ledger.exercise)).title
        for ledger in ledgers
    }
    found = figures.people(results)
    body = [
        _head(room.record.name, len(found), ledgers, figures.marks(results)),
        _exercises(ledgers, results, titles),
        _distributions(ledgers, results, titles),
        _causes(figures.causes(results)),
        _help(found, titles),
        _units(found),
        _remarks(ledgers, results, titles),
    ]
    path = room.results / FILE_NAME
    title = f"Báo cáo lớp {room.record.name}"
    write_whole(path, whole_page(title, filter(None, body), "bao_cao.css", "bao_cao_lop.css"))
    return path


def _head(name: str, n_people: int, ledgers: Sequence[Ledger], found: MarkFigures) -> str:
    facts = {
        "học viên": number(n_people),
        "bài đã phát": number(len(ledgers)),
        "bài đã chấm": number(len(found.shares)),
        "điểm trung bình": _share(found.mean),
    }
    items = [tag("div", tag("dd", value), tag("dt", said)) for said, value in facts.items()]
    return tag(
        "header",
        tag("h1", words(f"Báo cáo lớp: {name}")),
        tag(
            "p",
            "Điểm tính bằng phần trăm số điểm của bài, đã trừ điểm nộp trễ. Mọi con số đếm được từ"
            " sổ chấm, sổ điểm và các bài đã chấm trong thư mục của lớp.",
            class_="lead",
        ),
        tag("dl", *items, class_="counts"),
    )


def _exercises(ledgers: Iterable[Ledger], results: Sequence[Result], titles: dict[str, str]) -> str:
    rows = []
    for ledger in ledgers:
        found = figures.marks(r for r in results if r.exercise == ledger.exercise)
        counts = [number(n) if n else NOTHING for n in ledger.counts().values()]
        rows.append(
            [
                _exercise(ledger.exercise, titles),
                *counts,
                _share(found.mean),
                _share(found.median),
                f"{found.n_below}/{len(found.shares)}" if found.shares else NOTHING,
            ]
        )
    header = ["Bài", *map(str.capitalize, STATUSES.values())]
    header += ["Trung bình", "Trung vị", f"Dưới {percent(figures.PASS, 0)}"]
    return section(
        "bai", "Từng bài", table("Số học viên theo tình trạng, và điểm", header, {"": rows})
    )


def _distributions(
    ledgers: Iterable[Ledger], results: Sequence[Result], titles: dict[str, str]
) -> str:
    drawn = []
    for ledger in ledgers:
        found = figures.marks(r for r in results if r.exercise == ledger.exercise)
        if found.shares:
            drawn.append(_histogram(ledger.exercise, titles[ledger.exercise], found))
    charts = tag("div", *drawn, class_="charts")
    return section("phan-bo", "Phân bố điểm", charts) if drawn else ""


def _histogram(exercise: str, title: str, found: MarkFigures) -> str:
    edges = [k / figures.BINS for k in range(figures.BINS + 1)]
    told = "; ".join(
        f"từ {percent(low, 0)} đến {percent(high, 0)}: {n} người"
        for low, high, n in zip(edges, edges[1:], found.bins, strict=False)
        if n
    )
    caption = f"{title}: số người theo điểm. Vạch đứng là trung bình, {_share(found.mean)}."
    return figure(
        f"diem-{exercise}",
        f"Phân bố điểm bài {title}",
        f"{told}.",
        words(caption),
        histogram(found.bins, edges, [found.mean or 0.0]),
    )


def _causes(found: Sequence[CauseFigures]) -> str:
    groups = {
        heading: [_cause(cause) for cause in found if cause.kind == kind and cause.share < 1]
        for kind, heading in KINDS.items()
    }
    shown = {heading: rows[:MOST_CAUSES] for heading, rows in groups.items() if rows}
    left_out = sum(len(rows[MOST_CAUSES:]) for rows in groups.values())
    known = [cause.name for cause in found if cause.share == 1]
    header = ["Loại", "Đúng", "Hình", "Hay trả lời sai nhất", "Ví dụ để chữa trên lớp"]
    caption = "Loại ít đúng nhất đứng trước; hình: phần làm đúng trong cả lớp"
    return section(
        "hay-sai",
        "Cả lớp hay sai ở đâu",
        table(caption, header, shown, "missed") if shown else sentence("Chưa có chỗ nào sai."),
        sentence(f"Còn {left_out} loại khác sai ít hơn.", "soft") if left_out else "",
        sentence(f"Cả lớp làm đúng hết: {'; '.join(known)}.", "soft") if known else "",
    )


def _cause(cause: CauseFigures) -> list[str]:
    [(said, n)] = cause.answers.most_common(1) or [("", 0)]
    trainee, item, text = cause.examples.get(said, ("", "", ""))
    example = tag("b", words(f"{item} của {trainee}.")) + " " + words(text) if item else NOTHING
    return [
        words(cause.name),
        f"{cause.right}/{cause.every}, {percent(cause.share, 0)}",
        bars_cell(cause.share, None, 1),
        words(f"{said} ({n} lần)") if said else NOTHING,
        example,
    ]


def _help(found: Iterable[PersonFigures], titles: dict[str, str]) -> str:
    below, weak, absent = [], [], []
    for person in found:
        mean = person.marks.mean
        if mean is not None and mean < figures.PASS:
            below.append(_person(person, _practice(person)))
        elif person.weak:
            weak.append(_person(person, _practice(person)))
        if person.missing:
            names = ", ".join(titles[result.exercise] for result in person.missing)
            absent.append(_person(person, f"Chưa có điểm: {names}."))
    groups = {
        f"Dưới {percent(figures.PASS, 0)} số điểm": below,
        "Điểm đủ, còn yếu ở một số loại": weak,
        "Chưa có điểm": absent,
    }
    header = ["Học viên", "Đơn vị", "Điểm", "Nên làm gì"]
    shown = {heading: _cut(rows, len(header)) for heading, rows in groups.items() if rows}
    return section(
        "can-giup",
        "Ai cần giúp",
        table("Theo mọi bài đã chấm", header, shown, "help")
        if shown
        else sentence("Mọi người đều có điểm và không yếu ở loại nào."),
    )


def _person(person: PersonFigures, advice: str) -> list[str]:
    trainee = person.trainee
    return [
        words(f"{trainee.ho_ten} ({trainee.ma_hoc_vien})"),
        words(trainee.don_vi) or NOTHING,
        _share(person.marks.mean),
        words(advice),
    ]


def _practice(person: PersonFigures) -> str:
    """Say what to practise, the weakest first."""
    weak = person.weak
    if not person.n_items:
        return "Bài nộp không có tệp nào chấm được: xem mục Giảng viên nên xem."
    if not weak:
        return "Mất điểm rải rác: xem phiếu nhận xét, làm thêm một bộ luyện tập."
    told = [f"{cause.name} (đúng {cause.right}/{cause.every})" for cause in weak[:MOST_WEAK]]
    more = f" và {len(weak) - MOST_WEAK} loại khác" if len(weak) > MOST_WEAK else ""
    return f"Luyện thêm: {'; '.join(told)}{more}."


def _cut(rows: list[list[str]], width: int) -> list[list[str]]:
    """Return the first rows, and a row that says how many more there are."""
    if len(rows) <= MOST_PEOPLE:
        return rows
    rest = [f"Và {len(rows) - MOST_PEOPLE} người khác: xem bảng điểm.", *[""] * (width - 1)]
    return [*rows[:MOST_PEOPLE], rest]


def _units(found: Sequence[PersonFigures]) -> str:
    rows = []
    for unit, people in figures.units(found).items():
        together = MarkFigures([share for p in people for share in p.marks.shares])
        n_hand_ins = sum(len(p.marks.shares) + len(p.missing) for p in people)
        rows.append(
            [
                words(unit) or "(không ghi đơn vị)",
                number(len(people)),
                f"{len(together.shares)}/{n_hand_ins}",
                _share(together.mean),
                bars_cell(together.mean or 0, None, 1),
            ]
        )
    header = ["Đơn vị", "Học viên", "Bài có điểm", "Trung bình", "Hình"]
    return section(
        "don-vi", "Theo đơn vị", table("Theo danh sách lớp", header, {"": rows}, "units")
    )


def _remarks(ledgers: Iterable[Ledger], results: Iterable[Result], titles: dict[str, str]) -> str:
    rows = [
        [
            words(f"{result.trainee.ho_ten} ({result.trainee.ma_hoc_vien})"),
            _exercise(result.exercise, titles),
            words(" ".join((*result.entry.remarks, *result.sentences))),
        ]
        for result in results
        if result.entry.remarks or result.sentences
    ]
    rows += [
        ["Ngoài danh sách lớp", _exercise(ledger.exercise, titles), words(told)]
        for ledger in ledgers
        for told in ledger.unknown
    ]
    if not rows:
        return ""
    header = ["Học viên", "Bài", "Ghi nhận"]
    caption = "Chỗ được sửa giúp, bài không chấm được, điều cần hỏi lại"
    return section("ghi-nhan", "Giảng viên nên xem", table(caption, header, {"": rows}, "remarks"))


def _exercise(exercise: str, titles: dict[str, str]) -> str:
    return f"{words(titles[exercise])} {tag('small', words(exercise))}"


def _share(share: float | None) -> str:
    return NOTHING if share is None else percent(share)
