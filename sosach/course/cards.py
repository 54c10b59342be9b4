"""Cards to judge one by one (tokens, certificates, signatures, passports), and doses to be signed.

What lies beside a card tells all that the answer needs. Where the card is a dose, the register's
row stands there, and beside it what was signed, differing characters marked.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Literal

from generator.facts import table
from sosach.course.screen_parts import Row, Screen, papers_of, rows_of, sites_of
from sosach.course.workplace import Workplace
from sosach.grading.specs import ExerciseSpec
from sosach.review.actions import Action, Form
from sosach.review.casefile import Column, Dose, Paper, Queue, Record
from sosach.review.forms import LEAVE_OUT, verdict_form, with_rules
from sosach.review.register import DOSE_COLUMNS, RECORD_COLUMNS, dose_rules

__all__ = ["LABELS", "cards", "doses_to_sign"]

#: cell of a paper or a card -> what people read
LABELS = {
    "loai": "Loại",
    "luc": "Lúc",
    "lo": "Lô ký",
    "don_vi_ky": "Đơn vị đang ký",
    "ngay_kiem_tra": "Ngày kiểm tra",
    "chu_the": "Cấp cho",
    "loai_chung_thu": "Loại chứng thư",
    "don_vi": "Đơn vị",
    "noi_cap": "Nơi cấp",
    "hieu_luc_tu": "Hiệu lực từ",
    "hieu_luc_den": "Hiệu lực đến",
    "so_seri": "Số seri",
    "seri_thu_hoi": "Số seri bị thu hồi",
    "thu_hoi_tu": "Thu hồi từ",
    "thu_hoi_cap_nhat": "Danh sách lập ngày",
    "thu_hoi_den": "Danh sách có giá trị đến",
    "vi_tri": "Token đang ở đâu",
    "may_nhan": "Máy nhận token",
    "pin": "PIN",
    "so_lan_sai": "Đã nhập sai",
    "so_lan_cho_phep": "Được sai tối đa",
    "con_lai": "Còn lại",
    "ban_phim": "Bàn phím",
    "dong_ho_may": "Đồng hồ của máy",
    "tinh_trang_tep": "Tệp",
    "ngay_ky": "Giờ ký",
    "dau_thoi_gian": "Dấu thời gian",
    "lan_ky": "Lần ký",
    "lan_ky_moi_nhat": "Lần ký mới nhất",
    "giao_ky_thay": "Được giao ký thay",
    "treo": "Hồ sơ từng tạm giữ vì",
    "treo_tu": "Tạm giữ từ",
    "treo_den": "Tạm giữ đến",
    "ma_danh_sach": "Mã danh sách cần có",
    "ky_ma_danh_sach": "Mã danh sách đã ký",
    "tep_dai_them": "Số byte thêm sau chữ ký",
    "so_van_ban": "Văn bản số",
    "don_vi_uy_quyen": "Đơn vị giao",
    "don_vi_duoc_uy_quyen": "Đơn vị ký thay",
    "tiem_tu": "Mũi tiêm từ",
    "tiem_den": "Mũi tiêm đến",
    "tu_ngay": "Ký thay từ ngày",
    "den_ngay": "Ký thay đến ngày",
    "so_dien_thoai": "Số điện thoại",
}
#: papers that stand beside the register's row, cell by cell
BESIDE = {"ban_da_ky", "danh_sach_ky", "tim_thay"}
ITEM, WORDS = "doi_tuong_kiem_tra", "noi_dung"
#: columns of the table that no card shows: what its papers say in other words
HIDDEN = {ITEM, WORDS, "ma_ho_so", "seri_thu_hoi", "tep"}
PERSON = tuple(
    column
    for column in RECORD_COLUMNS
    if column.compared or column.name in ("tt_xac_minh", "quoc_tich")
)
CARD = Column(WORDS, "Nội dung")
#: what a code says stands in columns of its own, named by this and the field's name
CODE = "ma_qr_"
KINDS: Mapping[str, Literal["number", "date"]] = {
    **dict.fromkeys(("Ngày sinh", "Ngày tiêm", "Ngày cấp", "Ngày hết hạn"), "date"),
    "Mã số chứng nhận": "number",
}
#: beginning of all ids -> what one such card is called, and what is asked
UNITS = {
    "TH": ("tình huống", "Bước tiếp theo là gì?"),
    "MU": ("mũi", "Làm gì với mũi này?"),
}
ANY = ("mục", "Kết luận thế nào?")
#: above what a code says
READ = "Đọc từ mã QR"


def cards(spec: ExerciseSpec, place: Workplace) -> Screen:
    """Show the table ``can_kiem_tra``, a card a row, with what lies beside it.

    Parameters
    ----------
    spec : ExerciseSpec
    place : Workplace

    Returns
    -------
    Screen
    """
    rows, papers = rows_of(place.tables["can_kiem_tra"]), papers_of(place)
    people, doses = _people(place), _doses(place)
    names = _units(place)
    told = {row[ITEM]: _told(row[ITEM], papers, names) for row in rows}
    said = {item: _said_by_code(some) for item, some in told.items()}
    columns = (
        *(CARD, *_own_columns(rows, papers)),
        *(PERSON if _of_doses(rows, doses) else ()),
        *_code_columns(said.values()),
    )
    records = []
    for row in rows:
        dose = doses.get(row[ITEM])
        person = people.get(dose["ma_ho_so"], {}) if dose else {}
        cells = {**person, **{name: text for name, text in row.items() if text}, **said[row[ITEM]]}
        own = (_dose({**dose, **cells}),) if dose else ()
        beside = _beside_code(told[row[ITEM]], said[row[ITEM]])
        records.append(Record(row[ITEM], _cells(cells, columns), own, beside))
    form = _card_form(spec, rows)
    return Screen(
        replace(form, own=READ) if any(said.values()) else form,
        columns,
        tuple(records),
        DOSE_COLUMNS if _of_doses(rows, doses) else (),
        _queues(rows, "loai", ITEM),
        names,
        dose_rules(),
    )


def doses_to_sign(spec: ExerciseSpec, place: Workplace) -> Screen:
    """Show every dose with the record of its person: by which token it is signed, or not yet.

    Parameters
    ----------
    spec : ExerciseSpec
    place : Workplace

    Returns
    -------
    Screen
    """
    tokens = rows_of(place.tables["token"])
    holders = {row["don_vi"]: row["chu_the"] for row in tokens}
    people, papers, names = _people(place), papers_of(place), {**holders, **_units(place)}
    doses = rows_of(place.mui_tiem)
    of: dict[str, list[Row]] = {}
    for dose in doses:
        of.setdefault(dose["ma_ho_so"], []).append(dose)
    columns = (CARD, *PERSON)
    records = tuple(
        Record(
            dose["ma_mui"],
            _cells({**people[dose["ma_ho_so"]], WORDS: _named(dose, people)}, columns),
            tuple(_dose(one) for one in of[dose["ma_ho_so"]]),
            (*papers.get(dose["ma_ho_so"], ()), *_delegations(dose, place, names)),
        )
        for dose in doses
    )
    queues = (
        *_queues([{**people[dose["ma_ho_so"]], **dose} for dose in doses], "tt_xac_minh", "ma_mui"),
        *_queues(doses, "tt_ky", "ma_mui"),
    )
    form = _token_form(tokens)
    return Screen(form, columns, records, DOSE_COLUMNS, queues, names, dose_rules())


# --- forms --------------------------------------------------------------------------------


def _card_form(spec: ExerciseSpec, rows: Sequence[Row]) -> Form:
    """Return the form of the closed answers of an exercise, in the order of its spec."""
    artefact = spec.artefacts["ket_luan.csv"]
    codes = {row["code"]: row for row in table("verdict_codes") if row["exercise"] == spec.id}
    named = [codes[code] for code in artefact.codes["ket_luan"]]
    starts = {row[ITEM][:2] for row in rows}
    unit, question = UNITS.get(starts.pop(), ANY) if len(starts) == 1 else ANY
    form = verdict_form({row["code"]: row["meaning_vi"] for row in named}, {}, unit)
    rules = {row["code"]: (row["rule_vi"], row["document"]) for row in named}
    columns = {column: form.columns[column] for column in artefact.columns}
    actions = with_rules(form.actions, rules)
    return replace(form, columns=columns, actions=actions, question=question)


def _token_form(tokens: Sequence[Row]) -> Form:
    """Return the form of ``ky_so.json``: a button for each token, and one for not yet."""
    actions = [Action(row["token"], f"Ký bằng {row['token']}", _token(row)) for row in tokens]
    later = Action(
        LEAVE_OUT, "Chưa ký", "Chưa đủ điều kiện, hoặc không phải việc của trạm", listed=False
    )
    return Form(
        "ky_so.json",
        {"ma_mui": "ma_ho_so", "token": "hanh_dong"},
        "Mũi này ký hôm nay được không, bằng token nào?",
        (*actions, later),
        unit="mũi",
    )


def _token(row: Row) -> str:
    life = f"{row['hieu_luc_tu']} đến {row['hieu_luc_den']}"
    return f"{row['chu_the']} ({row['loai']}), hiệu lực {life}. {row['ghi_chu']}"


# --- records ------------------------------------------------------------------------------


def _people(place: Workplace) -> dict[str, Row]:
    return {row["ma_ho_so"]: row for row in rows_of(place.doi_tuong)}


def _doses(place: Workplace) -> dict[str, Row]:
    return {row["ma_mui"]: row for row in rows_of(place.mui_tiem)}


def _units(place: Workplace) -> dict[str, str]:
    """Return code -> name with the code, for cells that hold codes of sites."""
    return {code: f"{name} ({code})" for code, name in sites_of(place).items()}


def _of_doses(rows: Sequence[Row], doses: Mapping[str, Row]) -> bool:
    return any(row[ITEM] in doses for row in rows)


def _cells(row: Row, columns: Sequence[Column]) -> tuple[str, ...]:
    return tuple(row.get(column.name) or "" for column in columns)


def _dose(row: Row) -> Dose:
    return Dose(row["ma_mui"], _cells(row, DOSE_COLUMNS))


def _named(dose: Row, people: Mapping[str, Row]) -> str:
    return f"Mũi {dose['mui']} ngày {dose['ngay_tiem']} của {people[dose['ma_ho_so']]['ho_ten']}"


def _own_columns(rows: Sequence[Row], papers: Mapping[str, Sequence[Paper]]) -> tuple[Column, ...]:
    """Return the columns of the table that stand on no paper and are not the register's."""
    on_paper = {name for row in rows for p in papers.get(row[ITEM], ()) for name in p.cells or {}}
    register = {column.name for column in (*DOSE_COLUMNS, *PERSON)}
    return tuple(
        Column(name, LABELS.get(name, name), "code" if name.startswith("don_vi") else "text")
        for name in rows[0]
        if name not in on_paper | register | HIDDEN
        and not name.startswith(("ky_", "qr_"))
        and (name != "loai" or len({row[name] for row in rows}) > 1)
    )


def _queues(rows: Sequence[Row], column: str, key: str) -> tuple[Queue, ...]:
    """Return a list for each value of a column that can be seen."""
    values = sorted({row[column] for row in rows})
    named = {text: tuple(row[key] for row in rows if row[column] == text) for text in values}
    title = {"loai": "", "tt_xac_minh": "Trạng thái: ", "tt_ky": "Trạng thái ký: "}[column]
    return tuple(Queue(title + text, ids) for text, ids in named.items()) if len(named) > 1 else ()


# --- papers -------------------------------------------------------------------------------


def _told(
    item: str, papers: Mapping[str, Sequence[Paper]], names: Mapping[str, str]
) -> tuple[Paper, ...]:
    return tuple(_labelled(paper, names) for paper in papers.get(item, ()))


def _labelled(paper: Paper, names: Mapping[str, str]) -> Paper:
    """Return a paper with the names of its cells as people read them; what is empty is left away."""
    if paper.kind in BESIDE:
        return paper
    known = {column.name: column.label for column in (*PERSON, *DOSE_COLUMNS)} | LABELS
    cells = {
        known.get(k, k): names.get(text, text) for k, text in (paper.cells or {}).items() if text
    }
    return replace(paper, cells=cells, dose="")


def _said_by_code(papers: Sequence[Paper]) -> dict[str, str]:
    """Return what a code says, by the columns in which it is shown; nothing of other cards."""
    read = [paper.cells or {} for paper in papers if paper.kind == "ho_chieu"]
    return {CODE + name: text for cells in read for name, text in cells.items()}


def _code_columns(said: Iterable[Mapping[str, str]]) -> tuple[Column, ...]:
    names = dict.fromkeys(name.removeprefix(CODE) for cells in said for name in cells)
    return tuple(Column(CODE + n, n, KINDS.get(n, "text"), compared=True) for n in names)


def _beside_code(papers: tuple[Paper, ...], said: Mapping[str, str]) -> tuple[Paper, ...]:
    """Return the papers of a code so that their cells stand beside the same cells of the code."""
    if not said:
        return papers
    return tuple(
        replace(paper, cells={})
        if paper.kind == "ho_chieu"
        else replace(paper, cells=_under_columns(paper.cells or {}, said))
        for paper in papers
    )


def _under_columns(cells: Mapping[str, str], said: Mapping[str, str]) -> dict[str, str]:
    return {CODE + n if CODE + n in said else n: text for n, text in cells.items()}


def _delegations(dose: Row, place: Workplace, names: Mapping[str, str]) -> tuple[Paper, ...]:
    """Return the letters by which the unit that entered a dose lets others sign."""
    letters = rows_of(place.tables["uy_quyen"]) if "uy_quyen" in place.tables else []
    return tuple(
        _labelled(
            Paper("uy_quyen", "Văn bản giao ký thay", names.get(row["don_vi_uy_quyen"], ""), row),
            names,
        )
        for row in letters
        if row["don_vi_uy_quyen"] == dose["don_vi_nhap"]
    )
