"""Appeals of a class: recording them, deciding them, taking a decision back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from sosach.cli.classroom import EXERCISE, FOLDER, class_

__all__: list[str] = []

NUMBER = click.argument("number", metavar="SỐ", type=int)
REPLY = click.argument("reply", metavar="LÝ_DO")
AGAIN = "Những bài liên quan sẽ được chấm lại ở lần chấm sau (sosach grade)."


@class_.command()
@FOLDER
@EXERCISE
@click.argument("trainee", metavar="HỌC_VIÊN")
@click.argument("item", metavar="MỤC")
@click.argument("why", metavar="LÝ_DO")
def appeal(folder: Path, exercise: str, trainee: str, item: str, why: str) -> None:
    """Ghi một khiếu nại về một mục bị mất điểm, ví dụ một mã hồ sơ.

    (Record an appeal about one item.)
    """
    from sosach.classroom import appeal as record

    click.echo(f"Đã ghi. {_in_words(record(folder, exercise, trainee, item, why))}")


@class_.command()
@FOLDER
def appeals(folder: Path) -> None:
    """Xem mọi khiếu nại của lớp.

    (List all appeals.)
    """
    from sosach.classroom import every_appeal

    for one in every_appeal(folder):
        click.echo(_in_words(one))


@class_.command()
@FOLDER
@NUMBER
@REPLY
@click.option("--cause", default="", help="Mã lỗi, nếu mục có nhiều lỗi.")
def accept(folder: Path, number: int, reply: str, cause: str) -> None:
    """Chấp nhận một khiếu nại cho cả lớp.

    (Accept an appeal for everybody.)
    """
    from sosach.classroom import decide

    click.echo(f"{_in_words(decide(folder, number, 'accepted', reply, cause))} {AGAIN}")


@class_.command()
@FOLDER
@NUMBER
@REPLY
def reject(folder: Path, number: int, reply: str) -> None:
    """Không chấp nhận một khiếu nại.

    (Turn an appeal down.)
    """
    from sosach.classroom import decide

    click.echo(_in_words(decide(folder, number, "rejected", reply)))


@class_.command()
@FOLDER
@NUMBER
@REPLY
def withdraw(folder: Path, number: int, reply: str) -> None:
    """Rút lại một khiếu nại đã chấp nhận.

    (Take back an accepted appeal.)
    """
    from sosach.classroom import decide

    click.echo(f"{_in_words(decide(folder, number, 'withdrawn', reply))} {AGAIN}")


def _in_words(one: Any) -> str:  # noqa: ANN401 - an appeal; its room is loaded late
    """Return an appeal as a line for people."""
    from sosach.classroom.appeals import STATES
    from sosach.classroom.words import local_time

    causes = ", ".join(one.causes) or "không có lỗi"
    decided = f" ({one.by}, {local_time(one.decided)}). Trả lời: {one.reply}" if one.decided else ""
    return (
        f"Khiếu nại số {one.number}: bài {one.exercise}, {one.trainee}, mục {one.item} ({causes}), "
        f"bài làm '{one.answer}'. Lý do: {_sentence(one.why)} Kết quả: {STATES[one.state]}"
        f"{_sentence(decided)}"
    )


def _sentence(text: str) -> str:
    """Return a text with a full stop behind it, unless it has an end of its own."""
    return text if text.endswith((".", "!", "?")) else f"{text}."
