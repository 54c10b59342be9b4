"""Photos that citizens send, in words: which paper, what is seen on it, what can be read.

Every photo is told the same way. Whatever proves a paper worthless has a harmless twin on another
part of another paper, so that the reader has to look where it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from sosach.simulation.lots import lot
from sosach.simulation.people.phrases import SLOTS, capital, pick

__all__ = ["LABELS", "PERSONAL", "SCREENING", "SLIP", "Draw", "Paper", "hide_lot", "photos"]

Option = TypeVar("Option")

SLIP = "Giấy xác nhận tiêm vắc xin"
SCREENING = "Phiếu sàng lọc trước tiêm"
PORTRAIT = "Ảnh chân dung"
#: lines of both papers, in order
LABELS = {
    "ho_ten": "Họ và tên",
    "ngay_sinh": "Ngày sinh",
    "gioi_tinh": "Giới tính",
    "mui": "Mũi tiêm",
    "ten_vac_xin": "Vắc xin",
    "so_lo": "Số lô",
    "ngay_tiem": "Ngày tiêm",
    "noi_tiem": "Nơi tiêm",
}
PERSONAL = ("ho_ten", "ngay_sinh", "gioi_tinh")
#: what is seen in a line that cannot be read
UNREAD = {
    "blank": ("để trống",),
    "covered": ("bị ngón tay che", "bị nhãn dán che", "bị vạch bút đen che"),
    "blurred": ("nhòe, không ra chữ", "mờ, không ra chữ"),
}
#: marks of a changed line, each with its harmless twin elsewhere on a paper
SIGNS = (
    (
        "Quanh dòng {dong}, nền giấy trắng bợt, nét chữ loang ra.",
        "Quanh dấu tròn, nền giấy trắng bợt, nét mực loang ra.",
    ),
    (
        "Ở dòng {dong}, nét bút chồng lên nhau, dày gấp đôi dòng khác.",
        "Ở chữ ký người tiêm, nét bút chồng lên nhau, dày gấp đôi.",
    ),
    (
        "Dòng {dong} nằm trên mảnh giấy dán đè, thấy rõ mép dán.",
        "Số thứ tự nằm trên mảnh giấy dán đè ở góc, thấy rõ mép dán.",
    ),
    (
        "Chữ ở dòng {dong} khác màu mực, tràn lên một vết cạo giấy.",
        "Mép trên khác màu, mực dấu tràn lên một vết cạo giấy.",
    ),
    (
        "Ở dòng {dong} còn thấy chữ cũ mờ bên dưới chữ mới.",
        "Ở lề dưới còn thấy số mẫu cũ mờ bên dưới số mẫu mới.",
    ),
)
#: other things to be seen, none of which matters
OTHERS = (
    "Dòng họ và tên viết to hơn các dòng khác, cùng một màu mực.",
    "Dòng ngày sinh viết sát mép ô, vẫn cùng một màu mực.",
    "Chữ viết tay mực xanh, cùng một nét từ trên xuống dưới.",
    "Giấy in máy, chỉ có chữ ký người tiêm là viết tay.",
)
SURROUNDINGS = (
    "Chụp thẳng, đủ bốn góc giấy, ánh sáng trong nhà.",
    "Chụp hơi nghiêng, mép trái có bóng tay người chụp.",
    "Giấy gấp làm tư, nếp gấp đi giữa các dòng.",
    "Giấy ép nhựa, có một vệt lóa ở lề trên.",
    "Góc dưới bên phải có vệt nước đã khô.",
    "Giấy đặt trên khăn trải bàn hoa, hơi cong ở hai mép.",
)
FACES = (
    "Một người đeo khẩu trang đứng trước tường trắng.",
    "Một người ngồi ghế nhựa, tay áo còn xắn cao.",
    "Một người đứng trước tấm phông của buổi tiêm.",
)
#: how often a portrait comes along, and a line that does not matter cannot be read (ours)
WITH_PORTRAIT, IDLE_FLAW = 0.15, 0.5


@dataclass(frozen=True)
class Draw:
    """Lots of one feedback: by name, in whatever order they are drawn."""

    seed: int
    key: tuple[str, ...]

    def share(self, name: str) -> float:
        """Return a lot in [0, 1)."""
        return lot(self.seed, *self.key, name)

    def pick(self, name: str, options: Sequence[Option]) -> Option:
        """Return one of some options."""
        return pick(options, self.share(name))


@dataclass
class Paper:
    """A paper as it was photographed.

    Attributes
    ----------
    kind : str
        `SLIP` or `SCREENING`.
    text : dict
        What stands in each of `LABELS`.
    unread : dict
        Lines that cannot be read -> "blank", "covered" or "blurred".
    altered : tuple of str
        Lines that show marks of a change.
    """

    kind: str
    text: dict[str, str]
    unread: dict[str, str] = field(default_factory=dict)
    altered: tuple[str, ...] = ()

    def lines_with(self, state: str) -> set[str]:
        """Return the lines that cannot be read for one reason."""
        return {name for name, why in self.unread.items() if why == state}


def photos(paper: Paper | None, draw: Draw) -> list[dict[str, Any]]:
    """Describe the photos of one feedback.

    Parameters
    ----------
    paper : Paper or None
        None where there is a portrait alone.
    draw : Draw

    Returns
    -------
    list of dict
        Per photo ``loai``, ``quan_sat`` (two sentences on a paper) and ``dong``, rows of ``o`` and
        ``thay``: a line's label and what is read there.
    """
    shown: list[dict[str, Any]] = []
    if paper is None or draw.share("chan_dung") < WITH_PORTRAIT:
        shown.append({"loai": PORTRAIT, "quan_sat": [draw.pick("mat", FACES)], "dong": []})
    if paper is not None:
        shown.append(
            {"loai": paper.kind, "quan_sat": _seen(paper, draw), "dong": _read(paper, draw)}
        )
    return shown


def hide_lot(paper: Paper, draw: Draw) -> None:
    """Let the lot be unreadable in some papers, which does not matter; changes the paper."""
    if draw.share("lo_hong") < IDLE_FLAW:
        paper.unread["so_lo"] = draw.pick("lo_vi", tuple(UNREAD))


def _slot(code: str) -> str:
    return f"{capital(SLOTS[code])} ({code})"


def _seen(paper: Paper, draw: Draw) -> list[str]:
    """Return two sentences in an order that tells nothing."""
    sign, twin = draw.pick("dau", SIGNS)
    harmless = twin if draw.share("lanh") < 0.6 else draw.pick("khac", OTHERS)
    if paper.altered:
        line = draw.pick("dong_sua", paper.altered)
        about = sign.format(dong=LABELS[line].lower())
    else:
        about = harmless
    both = [about, draw.pick("canh", SURROUNDINGS)]
    return both if draw.share("thu_tu") < 0.5 else both[::-1]


def _read(paper: Paper, draw: Draw) -> list[dict[str, str]]:
    unread = paper.unread
    text = {**paper.text, "mui": _slot(paper.text["mui"])}
    why = {state: draw.pick(f"vi_{state}", words) for state, words in UNREAD.items()}
    return [
        {"o": label, "thay": why[unread[name]] if name in unread else text[name]}
        for name, label in LABELS.items()
    ]
