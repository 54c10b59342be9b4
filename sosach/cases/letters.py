"""The queue of citizens' letters, and what is right about each."""

from __future__ import annotations

from generator.facts import table
from sosach.cases.desk import Desk, Paper
from sosach.cases.duties import TODAY, documents
from sosach.grading.rubrics.key import Choice
from sosach.simulation.people.feedback import Feedback, feedback_queue
from sosach.simulation.people.feedback_photos import LABELS
from sosach.simulation.people.phrases import SLOTS

__all__ = ["letters"]

#: one letter for so many records: not everybody has a reason to write
RECORDS_PER_LETTER = 4
#: what a citizen types, as the form calls it
TYPED = {
    **LABELS,
    "co_so_tiem": "Mã cơ sở tiêm",
    "so_dien_thoai": "Điện thoại",
    "tinh": "Tỉnh, thành phố",
    "huyen": "Quận, huyện",
}
APPROVE = "ACCEPT_FEEDBACK"


def letters(desk: Desk) -> None:
    """Put the day's letters on the desk: what was typed, what the photos show, until when."""
    count = len(desk.subjects) // RECORDS_PER_LETTER
    queue = feedback_queue(desk.truth, desk.seed, TODAY, count, desk.station)
    titles = {row["error_id"]: row for row in table("error_taxonomy")}
    for letter in queue:
        row = titles[letter.dap_an["ma_loi"]]
        desk.choices[letter.ma_phan_anh] = _choice(letter, row["name_vi"], row["document_basis"])
        for paper in _papers(letter):
            desk.lay(letter.ma_phan_anh, paper)
    desk.files["phan_anh"] = [_row(letter) for letter in queue]


def _choice(letter: Feedback, title: str, basis: str) -> Choice:
    key = letter.dap_an
    reasons = {"REJECT_FEEDBACK": frozenset(key["ly_do"])} if key["ly_do"] else {}
    targets = {"TRANSFER": frozenset(key["noi_chuyen"])} if key["noi_chuyen"] else {}
    return Choice(
        causes=(key["ma_loi"],),
        title=title,
        basis="; ".join(documents(basis)) or "CV 9458/BYT-CNTT ngày 8/11/2021",
        answers=frozenset(key["phai"]),
        reasons=reasons,
        targets=targets,
        kind=key["phai"][0],
        harmful=frozenset() if key["duoc_duyet"] else frozenset([APPROVE]),
    )


def _row(letter: Feedback) -> dict[str, str]:
    """Return a letter as one row of a table."""
    told = letter.noi_dung
    photos = " | ".join(_photo_text(photo) for photo in told["anh"])
    return {
        "ma_phan_anh": letter.ma_phan_anh,
        "nhan_luc": letter.ngay,
        "han_tra_loi": letter.han,
        "ma_ho_so": told["ma_ho_so"],
        "loi_nhan": told["loi_nhan"],
        **{f"khai_{name}": value for name, value in told["khai"].items()},
        "anh": photos,
    }


def _papers(letter: Feedback) -> list[Paper]:
    """Return a letter as papers beside a record: what was typed, and each photo."""
    told = letter.noi_dung
    claim = {TYPED.get(name, name): value for name, value in told["khai"].items()}
    claim[TYPED["mui"]] = SLOTS.get(told["khai"]["mui"], told["khai"]["mui"])
    typed = Paper(
        "phan_anh",
        "Người dân khai",
        f"Nhận {letter.ngay[11:16]} ngày {letter.ngay[8:10]}/{letter.ngay[5:7]}",
        claim,
        text=told["loi_nhan"],
    )
    photos = [
        Paper("phan_anh", photo["loai"], "Ảnh kèm theo", _lines(photo), text=_seen(photo))
        for photo in told["anh"]
    ]
    return [typed, *photos]


def _lines(photo: dict[str, object]) -> dict[str, str]:
    return {line["o"]: line["thay"] for line in photo["dong"]}  # type: ignore[attr-defined]


def _seen(photo: dict[str, object]) -> str:
    return " ".join(photo["quan_sat"])  # type: ignore[arg-type]


def _photo_text(photo: dict[str, object]) -> str:
    lines = "; ".join(f"{label}: {value}" for label, value in _lines(photo).items())
    return f"{photo['loai']}. {_seen(photo)} {lines}".strip()
