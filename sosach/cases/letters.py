"""The queue of citizens' letters, and what is right about each."""

from __future__ import annotations

from collections.abc import Collection

from generator.facts import table
from sosach.cases.desk import Desk, Paper
from sosach.cases.duties import documents
from sosach.cases.today import TODAY
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
    errors = {row["error_id"]: row for row in table("error_taxonomy")}
    for letter in queue:
        error = errors[letter.dap_an["ma_loi"]]
        title = _in_words(letter.dap_an["ly_do"]) or _unrefused(desk, letter, error["name_vi"])
        desk.choices[letter.ma_phan_anh] = _choice(letter, title, error["document_basis"])
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


def _in_words(reasons: Collection[str]) -> str:
    """Return the true reasons for a refusal as the form calls them."""
    found = [row["meaning_vi"] for row in table("reason_codes") if row["code"] in reasons]
    return "; ".join(found)


def _unrefused(desk: Desk, letter: Feedback, title: str) -> str:
    """Say of a letter that nothing speaks against who else is in charge of it, if anybody is."""
    names = [
        desk.truth.sites[c]["ten_co_so"]
        for c in letter.dap_an["noi_chuyen"]
        if c in desk.truth.sites
    ]
    if letter.dap_an["ma_loi"] != "E83" or not names:
        return title
    return f"{title}; mũi do {names[0]} nhập"


def _row(letter: Feedback) -> dict[str, str]:
    """Return a letter as one row of a table: what was typed beside what the photographed paper says."""
    told = letter.noi_dung
    paper = next((photo for photo in told["anh"] if photo["dong"]), None)
    lines = _lines(paper) if paper else {}
    return {
        "ma_phan_anh": letter.ma_phan_anh,
        "nhan_luc": letter.ngay,
        "han_tra_loi": letter.han,
        "ma_ho_so": told["ma_ho_so"],
        "loi_nhan": told["loi_nhan"],
        **{f"khai_{name}": value for name, value in told["khai"].items()},
        "giay_loai": paper["loai"] if paper else "",
        "giay_nhin_thay": _seen(paper) if paper else "",
        **{f"giay_{name}": lines.get(label, "") for name, label in LABELS.items()},
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
