"""Signed doses, lists and certificates that lie on the desk, each with one plain word that is right."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path

from sosach.cases.class_pki import TRUST, ClassPki
from sosach.cases.desk import Desk, Paper, Row
from sosach.cases.signing.authorities import (
    AUTHORITIES,
    NEIGHBOUR,
    NEIGHBOUR_NAME,
    STRANGE_AUTHORITIES,
    listed,
)
from sosach.cases.signing.dealing import MOMENT, Kind, choice, days, deal, drawn, local
from sosach.cases.signing.signature_kinds import CERTIFICATE, DOSE, KINDS, LIST
from sosach.cases.today import TODAY
from sosach.simulation.lots import lot, numeral

__all__ = ["NOW", "SIGNED_CELLS", "STALE", "signatures"]

#: when is checked
NOW = datetime.combine(TODAY, time(16))
MIDNIGHT = datetime.combine(TODAY, time())
#: cells of a dose and its holder that stand beside the signed copy
SIGNED_CELLS = (
    *("ho_ten", "ngay_sinh", "so_giay_to", "mui", "ten_vac_xin", "so_lo", "ngay_tiem"),
    *("co_so_tiem", "don_vi_nhap"),
)
COPY = "ky_"
CERTIFICATE_CELLS = (
    *("chu_the", "loai_chung_thu", "don_vi", "noi_cap", "hieu_luc_tu", "hieu_luc_den", "so_seri"),
)
REVOCATION = ("seri_thu_hoi", "thu_hoi_tu", "thu_hoi_cap_nhat", "thu_hoi_den")
NOBODY = dict.fromkeys((*CERTIFICATE_CELLS, *REVOCATION, "ngay_ky", "dau_thoi_gian"), "")
#: the authority whose revocation list nobody has renewed, as `sosach.signing.pki.STYLES` calls it
STALE = "cong_cong"
#: when the lists of revocations were made, and until when they hold
UPDATED = {"cong_vu": ("09/05/2022", "16/05/2022"), STALE: ("29/04/2022", "06/05/2022")}
#: a batch holds so many doses or more, and so many things make a day of signing more [ours]
BATCH, BATCHES, PER_DAY = 12, 24, 200
GOOD = "tot"
HELD = ("Nghi trùng với hồ sơ khác", "Chờ công an trả lời", "Chờ người dân bổ sung giấy tờ")
PERSON = ("Nguyễn Thị Thu Hà", "Trần Văn Phúc", "Lê Thị Mỹ Hạnh", "Phạm Anh Tuấn")


@dataclass(frozen=True)
class Way:
    """How something was signed.

    Attributes
    ----------
    holder : str
        Key of `_certificates`; "": nobody signed.
    since : str
        From which moment the days are counted: ``nay`` (today), ``het_han``, ``thu_hoi``,
        ``bat_dau`` of the certificate.
    days : (int, int)
        It was signed so many days after that, fewest and most.
    stamped : bool
        Whether it bears a time stamp.
    """

    holder: str
    since: str = "nay"
    days: tuple[int, int] = (-15, -1)
    stamped: bool = False


WAYS = {
    "": Way("tram"),
    "ky_thay": Way("trung_tam"),
    "truoc_han": Way("het_han", "het_han", (-10, -1)),
    "sau_han": Way("het_han", "het_han", (1, 3)),
    "truoc_thu_hoi": Way("thu_hoi", "thu_hoi", (-10, -1)),
    "truoc_thu_hoi_co_dau": Way("thu_hoi", "thu_hoi", (-10, -1), stamped=True),
    "sau_thu_hoi": Way("thu_hoi", "thu_hoi", (1, 3), stamped=True),
    "truoc_ngay": Way("moi", "bat_dau", (-60, -10)),
    "la": Way("la"),
    "don_vi_khac": Way("tram_ben"),
    "ca_nhan": Way("ca_nhan"),
    "cong_cong": Way("cong_cong"),
    "hong": Way("tram"),
    "khong": Way(""),
}


def signatures(desk: Desk) -> None:
    """Put signed doses, lists and certificates on the desk, and say what is right of each."""
    held = _certificates(desk)
    dealt = deal(KINDS, len(desk.subjects), desk.seed)
    rows = list(_rows(desk, dealt, held))
    _name_batches(rows, max(BATCH, len(rows) // BATCHES))
    for (row, _), kind in zip(rows, dealt, strict=True):
        item = row["doi_tuong_kiem_tra"]
        desk.choices[item] = choice(kind, (GOOD,))
        for paper in _papers(row):
            desk.lay(item, paper)
    desk.files["can_kiem_tra"] = [row for row, _ in rows]
    updated = [
        dict(zip(("thu_hoi_cap_nhat", "thu_hoi_den"), UPDATED[n], strict=True)) for n in AUTHORITIES
    ]
    desk.files["noi_cap"] = [{**row, **told} for row, told in zip(listed(), updated, strict=True)]
    _have_printed(desk, rows, list(held.values()))


def _rows(desk: Desk, dealt: Sequence[Kind], held: Mapping[str, Row]) -> Iterator[tuple[Row, str]]:
    """Yield every thing that is to be examined, and the key of its `WAYS`."""
    own = [line for line, dose in desk.doses.items() if dose["don_vi_nhap"] == desk.station]
    doses = iter(sorted(own, key=lambda line: lot(desk.seed, "mui", line)))
    sessions = max(1, len(dealt) // PER_DAY)
    for number, kind in enumerate(dealt, start=1):
        way = kind.facts.get("ky", "")
        if kind.facts["loai"] == DOSE:
            row = _dose_row(desk, next(doses), kind)
        elif kind.facts["loai"] == LIST:
            row = _list_row(desk, f"DS{number:04}", kind)
        else:
            row = _certificate_row(f"CT{number:04}")
        yield row | _signing(desk.seed, row["doi_tuong_kiem_tra"], kind, held, sessions), way


# --- certificates -------------------------------------------------------------------------------


def _certificates(desk: Desk) -> dict[str, Row]:
    """Return the certificates of this desk; there are few, as in life."""
    seed = desk.seed
    names = {code: site["ten_co_so"] for code, site in desk.truth.sites.items()}
    long = timedelta(days=3 * 365)
    begins = MIDNIGHT - days(seed, "bat_dau", 100, 400)
    ended = MIDNIGHT - days(seed, "het_han", 5, 9)
    since = MIDNIGHT - days(seed, "thu_hoi", 5, 9) + timedelta(hours=10)
    fresh = MIDNIGHT - days(seed, "moi", 20, 30)
    whole = {
        "tram": (names[desk.station], desk.station, begins),
        "het_han": (names[desk.station], desk.station, ended - long),
        "thu_hoi": (names[desk.station], desk.station, begins),
        "moi": (names[desk.station], desk.station, fresh),
        "trung_tam": (names[desk.centre], desk.centre, begins),
        "tram_ben": (NEIGHBOUR_NAME, NEIGHBOUR, begins),
        "ca_nhan": (drawn(PERSON, seed, "ca_nhan"), desk.station, begins),
        "la": (names[desk.station], desk.station, begins),
        "cong_cong": (names[desk.station], desk.station, begins),
    }
    found = {}
    for key, (name, unit, first) in whole.items():
        issuer = STALE if key == STALE else "cong_vu"
        strange = drawn(STRANGE_AUTHORITIES, seed, "noi_cap")
        serial = numeral(seed, "so_seri", key, digits=16)
        updated, until = ("", "") if key == "la" else UPDATED[issuer]
        found[key] = {
            "chu_the": name,
            "loai_chung_thu": "cá nhân" if key == "ca_nhan" else "đơn vị",
            "don_vi": unit,
            "noi_cap": strange if key == "la" else AUTHORITIES[issuer].name,
            "hieu_luc_tu": f"{first:{MOMENT}}",
            "hieu_luc_den": f"{first + long:{MOMENT}}",
            "so_seri": serial,
            "seri_thu_hoi": serial if key == "thu_hoi" else "",
            "thu_hoi_tu": f"{since:{MOMENT}}" if key == "thu_hoi" else "",
            "thu_hoi_cap_nhat": updated,
            "thu_hoi_den": until,
        }
    return found


def _signing(seed: int, item: str, kind: Kind, held: Mapping[str, Row], sessions: int) -> Row:
    """Return who signed, when, and what the lists say of that certificate."""
    name = kind.facts.get("ky", "")
    way = WAYS[name]
    if not way.holder:
        return NOBODY
    own = held[way.holder]
    if kind.facts["loai"] == CERTIFICATE:
        return {**own, "ngay_ky": f"{NOW:{MOMENT}}", "dau_thoi_gian": ""}
    starts = {
        "nay": MIDNIGHT,
        "het_han": local(own["hieu_luc_den"]),
        "thu_hoi": local(own["thu_hoi_tu"] or own["hieu_luc_den"]),
        "bat_dau": local(own["hieu_luc_tu"]),
    }
    session = int(lot(seed, "buoi", item) * sessions)
    day = starts[way.since] + days(seed, f"{name} {session}", *way.days)
    signed = datetime.combine(day, time(8)) + timedelta(minutes=int(lot(seed, "gio", name) * 120))
    told = f"{signed:{MOMENT}}"
    return {**own, "ngay_ky": told, "dau_thoi_gian": told if way.stamped else ""}


# --- things -------------------------------------------------------------------------------------


def _plain(item: str, kind: str, said: str, station: str) -> Row:
    """Return a thing about which there is nothing to be said yet, with every column."""
    return {
        "doi_tuong_kiem_tra": item,
        "loai": kind,
        "noi_dung": said,
        "tep": "",
        "tinh_trang_tep": "mở được",
        "ma_ho_so": "",
        **dict.fromkeys(SIGNED_CELLS, ""),
        **{COPY + name: "" for name in SIGNED_CELLS},
        "don_vi_nhap": station,
        "giao_ky_thay": "",
        "lan_ky": "",
        "lan_ky_moi_nhat": "",
        **dict.fromkeys(("treo", "treo_tu", "treo_den"), ""),
        **dict.fromkeys(("ma_danh_sach", "ky_ma_danh_sach", "tep_dai_them"), ""),
    }


def _dose_row(desk: Desk, line: str, kind: Kind) -> Row:
    """Return a dose as the register has it now, beside its signed copy."""
    dose = desk.doses[line]
    now = {**desk.subjects[dose["ma_ho_so"]], **dose}
    row = {name: now[name] for name in SIGNED_CELLS}
    said = f"Mũi {row['mui']} ngày {row['ngay_tiem']} của {row['ho_ten']}"
    if kind.facts.get("ky") == "khong":
        copy = dict.fromkeys(SIGNED_CELLS, "")
    else:
        copy = {**row, **_altered(desk, line, row, kind.facts.get("sua", ""))}
    signed = "0/0" if kind.facts.get("ky") == "khong" else "1/1"
    revision, _, newest = kind.facts.get("lan_ky", signed).partition("/")
    return {
        **_plain(line, DOSE, said, desk.station),
        "ma_ho_so": dose["ma_ho_so"],
        **row,
        **{COPY + name: value for name, value in copy.items()},
        "tinh_trang_tep": "không mở được" if kind.facts.get("ky") == "hong" else "mở được",
        "giao_ky_thay": desk.centre,
        "lan_ky": revision,
        "lan_ky_moi_nhat": newest,
        **_held(desk.seed, line, kind.facts.get("treo", "")),
    }


def _altered(desk: Desk, line: str, row: Row, column: str) -> Row:
    """Return the cell that was another one when it was signed."""
    if column == "mui":
        return {column: "CB2" if row["mui"] != "CB2" else "CB1"}
    if column == "ngay_tiem":
        day = datetime.strptime(row[column], "%d/%m/%Y")  # noqa: DTZ007 - a day has no zone
        return {column: f"{day - days(desk.seed, line, 1, 20):%d/%m/%Y}"}
    if column == "ho_ten":
        others = sorted({each["ho_ten"].split()[-1] for each in desk.subjects.values()})
        *head, given = row[column].split()
        return {
            column: " ".join([*head, drawn([o for o in others if o != given], desk.seed, line)])
        }
    if column == "so_lo":
        return {column: f"{row[column][:-1]}{'1' if row[column][-1:] != '1' else '7'}"}
    return {}


def _held(seed: int, line: str, when: str) -> Row:
    """Return since when and until when a record was held back; signing is moved to fit."""
    spans = {"trước": (-40, -20), "đang": (-30, None), "sau": (-30, -1)}
    if when not in spans:
        return {}
    first, last = spans[when]
    until = MIDNIGHT + timedelta(days=last, hours=17) if last else None
    return {
        "treo": drawn(HELD, seed, "treo", line),
        "treo_tu": f"{MIDNIGHT + timedelta(days=first, hours=8):{MOMENT}}",
        "treo_den": f"{until:{MOMENT}}" if until else "",
    }


def _list_row(desk: Desk, item: str, kind: Kind) -> Row:
    """Return a hand-over list."""
    wanted, changed = f"DS-{item[2:]}", kind.facts.get("tep", "")
    signed = {"danh sách khác": f"DS-{int(item[2:]) + 5000:04}"}.get(changed, wanted)
    extra = 200 + int(lot(desk.seed, "dai_them", item) * 500) if changed == "dài hơn" else 0
    return {
        **_plain(item, LIST, f"Danh sách mũi tiêm, số {wanted}", desk.station),
        "tep": f"{item}.pdf",
        "ma_danh_sach": wanted,
        "ky_ma_danh_sach": "" if kind.facts.get("ky") == "khong" else signed,
        "tep_dai_them": str(extra),
    }


def _certificate_row(item: str) -> Row:
    said = f"Chứng thư định dùng để ký mũi tiêm lúc {NOW:%H:%M} ngày {NOW:%d/%m/%Y}"
    return {**_plain(item, CERTIFICATE, said, ""), "tep": f"{item}.pem"}


def _name_batches(rows: Sequence[tuple[Row, str]], size: int) -> None:
    """Say in which batch every signed dose lies: those of one way and day lie together."""
    number, known = 0, dict[tuple[str, str], list[str]]()
    for row, way in rows:
        if row["loai"] == DOSE and row["chu_the"]:
            names = known.setdefault((way, row["ngay_ky"]), [])
            if len(names) % size == 0:
                number += 1
                names.append(f"lo_{number:06}")
            else:
                names.append(names[-1])
            row["tep"] = names[-1]


def _papers(row: Row) -> list[Paper]:
    """Return what lies beside a thing: signed copy, signature, certificate, revocations."""
    found = []
    if row["ky_ho_ten"]:
        copy = {name: row[COPY + name] for name in SIGNED_CELLS}
        found.append(Paper("ban_da_ky", "Bản đã ký", row["tep"], copy, row["doi_tuong_kiem_tra"]))
    text = "" if row["chu_the"] else "Không thấy chữ ký nào."
    title = "Định dùng để ký" if row["loai"] == CERTIFICATE else "Chữ ký"
    found.append(Paper("ky_so", title, row["tep"], _told(row), text=text))
    if row["chu_the"]:
        own = {name: row[name] for name in CERTIFICATE_CELLS}
        found.append(Paper("chung_thu", "Chứng thư của người ký", "Trong tệp đã ký", own))
        found.append(_revocations(row))
    return found


def _told(row: Row) -> Row:
    """Return what can be read off a signature and its file, without what says nothing here."""
    shown = (
        *("tinh_trang_tep", "ngay_ky", "dau_thoi_gian", "lan_ky", "lan_ky_moi_nhat"),
        *("giao_ky_thay", "treo", "treo_tu", "treo_den"),
        *("ma_danh_sach", "ky_ma_danh_sach", "tep_dai_them"),
    )
    return {name: row[name] for name in shown if row[name]}


def _revocations(row: Row) -> Paper:
    about = f"{row['noi_cap']}, ngày {row['thu_hoi_cap_nhat']}" if row["thu_hoi_den"] else ""
    cells = {name: row[name] for name in REVOCATION if row[name]}
    text = "" if row["seri_thu_hoi"] else "Không có số seri của chứng thư này."
    return Paper("thu_hoi", "Danh sách thu hồi", about, cells, text=text if about else "Không có.")


# --- files --------------------------------------------------------------------------------------


def _have_printed(desk: Desk, rows: Sequence[tuple[Row, str]], held: Sequence[Row]) -> None:
    """Have the real batches, lists and certificates made."""
    of = {
        kind: [row for row, _ in rows if row["loai"] == kind] for kind in (DOSE, LIST, CERTIFICATE)
    }

    def doses(path: Path, pki: ClassPki) -> None:
        from sosach.cases.signing.prints_signatures import write_batches

        write_batches(of[DOSE], desk, path, pki)

    def lists(path: Path, pki: ClassPki) -> None:
        from sosach.cases.signing.prints_signatures import write_lists

        write_lists(of[LIST], path, pki)

    def certificates(path: Path, pki: ClassPki) -> None:
        from sosach.cases.signing.prints_certificates import write_certificates

        write_certificates(of[CERTIFICATE], path, pki)

    def anchors(path: Path, pki: ClassPki) -> None:
        from sosach.cases.signing.prints_certificates import write_trust

        write_trust(held, path, pki, ("cong_cong",))

    desk.signed |= {"chu_ky": doses, "danh_sach": lists, "chung_thu": certificates, TRUST: anchors}
