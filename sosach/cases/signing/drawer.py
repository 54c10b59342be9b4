"""The station's drawer of tokens and today's doses: which are signed, and with which token."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from sosach.cases.class_pki import PIN, TRUST, Holder
from sosach.cases.desk import Desk, Row, Signed
from sosach.cases.signing.authorities import NEIGHBOUR, NEIGHBOUR_NAME
from sosach.cases.signing.signable import lay_lookalikes, reasons_of
from sosach.cases.states import READY
from sosach.cases.today import TODAY, written
from sosach.grading.rubrics.key import Signable, Token
from sosach.simulation.lots import lot
from sosach.simulation.platform.gate_doses import read_date
from sosach.simulation.platform.rules import Reason

if TYPE_CHECKING:
    from sosach.signing.pki import StyleName

__all__ = ["TOKENS", "delegated", "tokens"]

#: names of the tokens in the drawer; the seed says which is which
TOKENS = ("TK1", "TK2", "TK3", "TK4")
#: folder of the tokens in ``du_lieu/``
FOLDER = "token"
OTHER_UNIT, SIGNED = "MUI_DON_VI_KHAC_KY", "DA_KY"
BASIS = "CV 1908/BYT-CNTT ngày 15/4/2022"
#: how the code of a district's health centre begins
CENTRE = "TT"
#: kinds of its letters, each with its last day: one holds, one has expired, one is not for us
LETTERS = {"con_han": "31/05/2022", "het_han": "30/04/2022", "tram_ben": "31/05/2022"}
#: when the doses were given of which a letter speaks, and how long it holds
GIVEN, TERM = ("tiem_tu", "tiem_den"), ("tu_ngay", "den_ngay")
#: the campaign in three parts [ours]
WINDOWS = (
    ("08/03/2021", "31/08/2021"),
    ("01/09/2021", "30/11/2021"),
    ("01/12/2021", "08/05/2022"),
)


@dataclass(frozen=True)
class Kind:
    """One token of the drawer, as the table and its real certificate say it."""

    kind: str
    said: str
    style: StyleName
    begins: str
    ends: str
    note: str
    fault: str = ""
    whose: Literal["tram", "tram_ben", "nguoi"] = "tram"


KINDS = {
    "don_vi": Kind(
        "facility",
        "tổ chức",
        "cong_vu",
        "2022-04-11",
        "2027-04-10",
        "Trưởng trạm giữ, nhận từ Trung tâm Y tế",
    ),
    "don_vi_cu": Kind(
        "facility",
        "tổ chức",
        "cong_cong",
        "2019-05-01",
        "2022-04-30",
        "Token cũ, trước đây dùng nộp bảo hiểm",
        "chứng thư hết hạn ngày 30/04/2022",
    ),
    "ca_nhan": Kind(
        "person",
        "cá nhân",
        "cong_vu",
        "2022-04-11",
        "2027-04-10",
        "Token của một đồng nghiệp",
        "chứng thư cấp cho cá nhân, không phải cho đơn vị",
        "nguoi",
    ),
    "tram_ben": Kind(
        "facility",
        "tổ chức",
        "cong_vu",
        "2022-04-12",
        "2027-04-11",
        "Trạm bên cạnh gửi nhờ trong ngăn kéo",
        "chứng thư của đơn vị khác",
        "tram_ben",
    ),
}
#: invented, as everybody here
COLLEAGUE = "Đỗ Thị Mô Phỏng"


def tokens(desk: Desk) -> None:
    """Lay the drawer, the letters of delegation and what a search finds; say what may be signed."""
    drawer = _drawer(desk)
    desk.files["token"] = [_told(desk, name, kind) for name, kind in drawer.items()]
    lay_lookalikes(desk)
    _lay_delegations(desk)
    right = {
        name: Token(("E93",) if kind.fault else (), kind.fault, BASIS, right=not kind.fault)
        for name, kind in drawer.items()
    }
    may = delegated(desk)
    for line, reasons in reasons_of(desk).items():
        left = [r for r in reasons if not (r["quy_tac"] == OTHER_UNIT and line in may)]
        desk.signables[line] = _signable(desk, line, left, right)
    desk.signed[TRUST] = lambda path, pki: pki.save_trust(path)
    desk.signed |= {
        f"{FOLDER}/{name}": _copy_of(desk, kind, KINDS[kind]) for name, kind in _named(desk).items()
    }


def _named(desk: Desk) -> dict[str, str]:
    """Return which token is of which kind."""
    kinds = sorted(KINDS, key=lambda kind: lot(desk.seed, "ngan_keo", kind))
    return dict(zip(TOKENS, kinds, strict=True))


def _drawer(desk: Desk) -> dict[str, Kind]:
    return {name: KINDS[kind] for name, kind in _named(desk).items()}


def _told(desk: Desk, name: str, kind: Kind) -> Row:
    unit, holder = _holder(desk, kind)
    return {
        "token": name,
        "chu_the": holder,
        "loai": kind.said,
        "don_vi": unit,
        "hieu_luc_tu": written(kind.begins),
        "hieu_luc_den": written(kind.ends),
        "ghi_chu": kind.note,
        "pin": PIN,
    }


def _holder(desk: Desk, kind: Kind) -> tuple[str, str]:
    """Return code of the unit and name of the holder, as the certificate has them."""
    if kind.whose == "tram_ben":
        return NEIGHBOUR, NEIGHBOUR_NAME
    name = desk.truth.sites[desk.station]["ten_co_so"]
    return desk.station, COLLEAGUE if kind.whose == "nguoi" else name


def _copy_of(desk: Desk, name: str, kind: Kind) -> Signed:
    """Return what puts a token of the class into a pack; a station has the same for everybody."""
    own = Holder(kind.kind, *_holder(desk, kind), kind.begins, kind.ends, kind.style)
    return lambda path, pki: pki.copy_token(f"{desk.station}_{name}", own, path)


def _signable(desk: Desk, line: str, reasons: list[Reason], right: Mapping[str, Token]) -> Signable:
    record = desk.doses[line]["ma_ho_so"]
    if not reasons:
        cause = desk.decoys.get(record) or READY
        return Signable((cause,), "Mũi đã đủ điều kiện", BASIS, may=True, tokens=right)
    rules = {reason["quy_tac"] for reason in reasons}
    causes = (READY,) if rules <= {OTHER_UNIT, SIGNED} else _causes(desk, record)
    title = "; ".join(reason["cau"].rstrip(".") for reason in reasons)
    basis = "; ".join(dict.fromkeys(reason["can_cu"] for reason in reasons))
    return Signable(causes, title, basis, tokens=right)


def _causes(desk: Desk, record: str) -> tuple[str, ...]:
    """Return the errors of a record and of its doses."""
    lines = ("", *(dose["ma_mui"] for dose in desk.doses_of[record]))
    return tuple(sorted({c for line in lines for c in desk.truth.causes(record, line)}))


# --- delegation ---------------------------------------------------------------------------------


def delegated(desk: Desk) -> set[str]:
    """Return the doses of another unit that the station may sign, by a letter that holds today."""
    held = [
        row
        for row in desk.files["uy_quyen"]
        if row["don_vi_duoc_uy_quyen"] == desk.station and _within(f"{TODAY:%d/%m/%Y}", row, TERM)
    ]
    return {line for line, dose in _centre_doses(desk) for row in held if _covers(row, dose)}


def _covers(row: Row, dose: Row) -> bool:
    same = row["don_vi_uy_quyen"] == dose["don_vi_nhap"]
    return same and _within(dose["ngay_tiem"], row, GIVEN)


def _within(day: str, row: Row, columns: tuple[str, str]) -> bool:
    first, told, last = (read_date(text) for text in (row[columns[0]], day, row[columns[1]]))
    return bool(first and told and last and first <= told <= last)


def _centre_doses(desk: Desk) -> Iterator[tuple[str, Row]]:
    """Yield the doses that the district's health centre has entered."""
    for line, dose in desk.doses.items():
        if dose["don_vi_nhap"].startswith(CENTRE):
            yield line, dose


def _lay_delegations(desk: Desk) -> None:
    """Lay the centre's letters: one holds for some of its doses, two others hold for none."""
    units = {site["don_vi_nhap"] for site in desk.truth.sites.values()}
    centre = min(unit for unit in units if unit.startswith(CENTRE))
    order = sorted(LETTERS, key=lambda kind: lot(desk.seed, "uy_quyen", kind))
    desk.files["uy_quyen"] = [
        _letter(desk, centre, number, kind, given)
        for number, (kind, given) in enumerate(zip(order, WINDOWS, strict=True), start=1)
    ]


def _letter(desk: Desk, centre: str, number: int, kind: str, given: tuple[str, str]) -> Row:
    return {
        "so_van_ban": f"{number:02}/UQ-TTYT",
        "don_vi_uy_quyen": centre,
        "don_vi_duoc_uy_quyen": NEIGHBOUR if kind == "tram_ben" else desk.station,
        **dict(zip(GIVEN, given, strict=True)),
        **dict(zip(TERM, ("11/04/2022", LETTERS[kind]), strict=True)),
    }
