"""QR codes that people show at a counter, the paper beside them, and the log of what was issued."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from generator.vietnamese import icao
from sosach.cases.desk import Desk, Paper, Row
from sosach.cases.signing.dealing import Kind, choice, days, drawn, local
from sosach.cases.signing.invented import DAY, day_by_lot, person
from sosach.signing.passport.codes import kind_code, meaning, vaccines
from sosach.simulation.lots import lot, numeral

__all__ = ["AT_COUNTER", "PICTURES", "QR", "UNKNOWN", "machine", "show", "vaccine_rows"]

#: when the codes are shown: a year after the first were issued, so that some have expired
AT_COUNTER = datetime(2023, 5, 16, 10)  # noqa: DTZ001 - times of a case are local
#: folder of the pictures in ``du_lieu/``
PICTURES = "qr"
#: columns of what a code says; in the log of issue the same without this in front
QR = "qr_"
#: QĐ 5772/QĐ-BYT: 12 months
LIFE = timedelta(days=365)
VACCINES = ("AstraZeneca", "Pfizer", "Moderna", "Vero Cell")
GOOD = "QR_TOT"
#: begin of every number of a training passport
NUMBER = "URN:UVCI:01:VN:DA07A000"
TRUSTED, UNKNOWN = "có trong danh sách tin cậy", "không có trong danh sách tin cậy"
#: manufacturer of the one public Vietnamese passport, under a product of another one
BIONTECH = "Pfizer"
CELLS = (
    *("ho_ten", "ten_may", "ngay_sinh", "quoc_tich", "benh", "so_mui", "ngay_tiem", "lieu_so"),
    *("loai", "san_pham", "nha_san_xuat", "so", "ngay_cap", "het_han"),
)


def show(desk: Desk, kinds: Sequence[Kind]) -> tuple[list[Row], list[Row]]:
    """Lay those who show a code on the desk.

    Parameters
    ----------
    desk : Desk
    kinds : sequence of Kind
        Of `sosach.cases.signing.passport_kinds.CODES`.

    Returns
    -------
    tuple of list of dict
        Rows of the codes, and rows of the log of issue, by number.
    """
    rows, log = [], []
    for number, kind in enumerate(kinds, start=1):
        item = f"QR{number:04}"
        who = person(desk, item, surname=kind.facts.get("ten", ""))
        issued = _spoiled(_issued(desk.seed, item, who, kind), kind)
        shown = _changed(desk, item, issued, kind)
        said = {
            "doi_tuong_kiem_tra": item,
            "loai": "Mã QR",
            "noi_dung": f"Người trình mã {item} tại quầy, kèm giấy tờ tùy thân",
            "ngay_kiem_tra": f"{AT_COUNTER:{DAY}}",
        }
        row = {
            **said,
            **_shower(desk, item, shown, who, kind),
            **{QR + name: value for name, value in shown.items()},
            "qr_khoa_ky": UNKNOWN if "khoa" in kind.facts else TRUSTED,
            "qr_anh": f"{PICTURES}/{item}.png",
        }
        rows.append(row)
        if "khoa" not in kind.facts:
            log.append(issued)
        desk.choices[item] = choice(kind, (GOOD,))
        _lay(desk, row, None if "khoa" in kind.facts else issued)
    return rows, sorted(log, key=lambda issued: issued["so"])


def vaccine_rows() -> list[Row]:
    """Return the table of codes of the eight vaccines, as of the day at the counter."""
    return [
        {
            "ten_vac_xin": name,
            "san_pham": each.mp,
            "ten_san_pham": each.product,
            "nha_san_xuat": each.ma,
            "ten_nha_san_xuat": each.manufacturer,
            "loai": kind_code(each, AT_COUNTER.date()),
            "ten_loai": meaning("vp", kind_code(each, AT_COUNTER.date())),
        }
        for name, each in vaccines().items()
    ]


# --- what was issued, what is shown -------------------------------------------------------------


def _issued(seed: int, item: str, who: Row, kind: Kind) -> Row:
    """Return a right passport of one person."""
    name = kind.facts.get("vac_xin") or drawn(VACCINES, seed, "vac_xin", item)
    vaccine = vaccines()[name]
    given = day_by_lot(seed, f"{item} ngay_tiem", date(2021, 8, 1), date(2022, 4, 10))
    ends = AT_COUNTER + {
        "sắp": days(seed, item, 1, 6),
        "đã": -days(seed, item, 8, 25),
        "vừa": -days(seed, item, 1, 3),
    }.get(kind.facts.get("het_han", ""), days(seed, item, 20, 300))
    number = kind.facts.get("mui") or "2"
    return {
        "ho_ten": who["ho_ten"],
        "ten_may": machine(who["ho_ten"]),
        "ngay_sinh": who["ngay_sinh"],
        "quoc_tich": who["quoc_tich"],
        "benh": "COVID-19",
        "so_mui": number,
        "ngay_tiem": f"{given:{DAY}}",
        "lieu_so": number,
        "loai": kind_code(vaccine, (ends - LIFE).date()),
        "san_pham": vaccine.mp,
        "nha_san_xuat": vaccine.ma,
        "so": NUMBER + _digits(seed, item),
        "ngay_cap": f"{ends - LIFE:{DAY}}",
        "het_han": f"{ends:{DAY}}",
    }


def _digits(seed: int, item: str) -> str:
    """Return the 24 hexadecimal digits of a number."""
    halves = (int(numeral(seed, half, item, digits=18)) for half in ("so_hc_1", "so_hc_2"))
    return "".join(f"{half % 16**12:012X}" for half in halves)


def machine(name: str) -> str:
    """Return a name as machines read it: surname, two fillers, the rest (ICAO Doc 9303).

    Examples
    --------
    >>> machine("Đặng Thị Ánh")
    'DANG<<THI<ANH'
    """
    surname, *rest = icao(name).split()
    return f"{surname}<<{'<'.join(rest)}"


def _spoiled(issued: Row, kind: Kind) -> Row:
    """Return a passport that the issuer himself has got wrong."""
    other = vaccines()[BIONTECH]
    vector, mrna = (kind_code(vaccines()[n], AT_COUNTER.date()) for n in ("AstraZeneca", BIONTECH))
    begins = local(f"{issued['ngay_cap']} 00:00")
    wrong = {
        "nhà sản xuất": {"nha_san_xuat": other.ma},
        "loại": {"loai": vector if issued["loai"] == mrna else mrna},
        "ngày tiêm": {"ngay_tiem": f"{begins + timedelta(days=9):{DAY}}"},
        "mất chữ Đ": {"ten_may": issued["ten_may"].removeprefix("D")},
    }
    return issued | wrong.get(kind.facts.get("noi_dung", ""), {})


def _changed(desk: Desk, item: str, issued: Row, kind: Kind) -> Row:
    """Return what the code says: in a few it is no longer what was signed."""
    name = f"{issued['ho_ten'].split()[0]} {person(desk, f'{item} sua')['ho_ten'].split(' ', 1)[1]}"
    given = local(f"{issued['ngay_tiem']} 00:00") - days(desk.seed, f"{item} sua", 20, 90)
    changes = {
        "ngày tiêm": {"ngay_tiem": f"{given:{DAY}}"},
        "tên": {"ho_ten": name, "ten_may": machine(name)},
        "số mũi": {"so_mui": "3", "lieu_so": "3"},
    }
    return issued | changes.get(kind.facts.get("sua", ""), {})


def _shower(desk: Desk, item: str, shown: Row, who: Row, kind: Kind) -> Row:
    """Return the paper of whoever shows the code."""
    paper = {
        "ho_ten": shown["ho_ten"],
        "ngay_sinh": shown["ngay_sinh"],
        "so_giay_to": who["so_giay_to"],
    }
    differs = kind.facts.get("trinh", "")
    if differs == "tên":
        paper["ho_ten"] = person(desk, f"{item} khac")["ho_ten"]
    elif differs == "ngày sinh":
        born = local(f"{shown['ngay_sinh']} 00:00")
        paper["ngay_sinh"] = f"{born + timedelta(days=366 + int(lot(desk.seed, item) * 900)):{DAY}}"
    elif differs == "chữ hoa":
        paper["ho_ten"] = paper["ho_ten"].upper()
    return paper


# --- papers -------------------------------------------------------------------------------------


def _lay(desk: Desk, row: Row, issued: Row | None) -> None:
    """Lay picture, paper, fields, and what the log says beside a code."""
    item = row["doi_tuong_kiem_tra"]
    shown = {name: row[QR + name] for name in CELLS}
    own = {name: row[name] for name in ("ho_ten", "ngay_sinh", "so_giay_to")}
    desk.lay(item, Paper("ma_qr", "Mã QR", "Trên điện thoại", picture=row["qr_anh"]))
    desk.lay(item, Paper("cccd", "Giấy tờ tùy thân", "Người trình", own))
    told = f"Khóa ký {row['qr_khoa_ky']}."
    desk.lay(item, Paper("ho_chieu", "Đọc từ mã QR, chưa xác minh", item, _read(shown), text=told))
    log = "" if issued else "Không có số chứng nhận này trong sổ cấp."
    cells = _read(issued) if issued else {}
    desk.lay(item, Paper("so_cap", "Sổ cấp của Cục Y tế dự phòng", row["qr_so"], cells, text=log))
    vaccine = next((v for v in vaccines().values() if v.mp == row["qr_san_pham"]), None)
    if vaccine:
        listed = {
            "Sản phẩm": f"{vaccine.product} ({vaccine.mp})",
            "Nhà sản xuất": f"{vaccine.manufacturer} ({vaccine.ma})",
            "Loại vắc xin": _coded("vp", kind_code(vaccine, AT_COUNTER.date())),
        }
        desk.lay(item, Paper("bang_ma", "Bảng mã vắc xin", vaccine.product, listed))


def _read(told: Row) -> Row:
    """Return the eleven fields of QĐ 5772 in their order, with name for machines and days of validity."""
    return {
        "Họ và tên": told["ho_ten"],
        "Tên không dấu": told["ten_may"],
        "Ngày sinh": told["ngay_sinh"],
        "Quốc tịch": told["quoc_tich"],
        "Bệnh": told["benh"],
        "Số mũi": told["so_mui"],
        "Ngày tiêm": told["ngay_tiem"],
        "Liều số": told["lieu_so"],
        "Loại vắc xin": _coded("vp", told["loai"]),
        "Sản phẩm": _coded("mp", told["san_pham"]),
        "Nhà sản xuất": _coded("ma", told["nha_san_xuat"]),
        "Mã số chứng nhận": told["so"],
        "Ngày cấp": told["ngay_cap"],
        "Ngày hết hạn": told["het_han"],
    }


def _coded(field: str, code: str) -> str:
    said = meaning(field, code)
    return code if said == code else f"{said} ({code})"
