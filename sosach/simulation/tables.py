"""The tables that people read of the platform's answers: what they look at first, nothing internal.

Cells of the register keep the register's values; what is nested or coded becomes text. Whoever needs
everything takes the answer itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

import pandas as pd

from sosach.simulation.papers.handover import CLASSES
from sosach.simulation.papers.handover import TITLES as SHEET_TITLES
from sosach.simulation.words import (
    REQUESTS,
    action_name,
    column_name,
    place_name,
    reason_name,
    written,
)

__all__ = ["Tables", "table", "tables_of", "title"]

Row = Mapping[str, Any]
#: title -> table
Tables = dict[str, pd.DataFrame]

#: column -> what stands above it, beside those of the register
TITLES = {
    "nhom": "Nhóm",
    "tam_giu": "Tạm giữ",
    "nghi_trung": "Nghi trùng với",
    "loai_sai": "Loại sai",
    "stt": "STT",
    "ten": "Ô",
    "gia_tri": "Giá trị",
    "truong": "Tên ô khi sửa",
    "gop_vao": "Đã gộp vào",
    "don_vi_quan_ly": "Đơn vị phụ trách",
    "ten_don_vi_quan_ly": "Đơn vị phụ trách",
    "trung_voi": "Trùng với",
    "trang_thai": "Trạng thái",
    "ten_co_so_tiem": "Cơ sở tiêm",
    "ten_don_vi_nhap": "Đơn vị nhập",
    "ky_hom_nay": "Ký hôm nay",
    "ma_yeu_cau": "Mã yêu cầu",
    "ma_danh_sach": "Danh sách công an",
    "ma_phan_anh": "Mã phản ánh",
    "loai": "Việc",
    "gui_ngay": "Ngày gửi",
    "tinh_trang": "Tình trạng",
    "tra_ngay": "Ngày trả lời",
    "tra_loi": "Trả lời",
    "giay_to": "Giấy tờ",
    "ngay": "Ngày",
    "gio": "Giờ",
    "nguoi": "Ai",
    "viec": "Việc",
    "thay_doi": "Thay đổi",
    "ly_do": "Lý do",
    "can_cu": "Căn cứ",
    "dong": "Dòng",
    "so_mui": "Số mũi",
    "so_ho_so": "Số hồ sơ",
    "den": "Nhận lúc",
    "han": "Hạn trả lời",
    "con_han": "Còn hạn",
    "loi_nhan": "Lời nhắn",
    "khai": "Đã khai",
    "anh": "Trong ảnh",
    "ket_qua": "Kết quả",
    "hanh_dong": "Kết quả",
    "noi_tiem": "Nơi tiêm",
    "huyen": "Quận/huyện",
    "qr_so_cmnd_cu": "Số CMND cũ trong mã QR",
    "nhan_tu": "Nhận mũi từ hồ sơ",
    "tach_ra": "Tách ra hồ sơ",
    "treo": "Tạm giữ",
    "giai_trinh": "Giải trình",
    "bao_loi": "Báo lỗi hệ thống",
    "dieu": "Điều phải hỏi lại",
}
LIKENESS = ("ma_ho_so", "ho_ten", "ngay_sinh", "gioi_tinh", "so_giay_to", "tt_xac_minh")
WRONG = (
    *("ma_ho_so", "nhom", "ho_ten", "ngay_sinh", "gioi_tinh", "so_giay_to", "tt_xac_minh"),
    *("tam_giu", "so_dien_thoai", "dia_chi", "khu_pho"),
)
OF_MINISTRY = (
    *("stt", "ma_ho_so", "loai_sai", "ho_ten", "ngay_sinh", "gioi_tinh", "so_giay_to"),
    *("so_dien_thoai", "dia_chi"),
)
#: cells of a record, in the order in which it is opened
RECORD = (
    *("ho_ten", "ngay_sinh", "gioi_tinh", "so_giay_to", "tt_xac_minh", "nhom", "tam_giu"),
    *("quoc_tich", "so_dien_thoai", "dia_chi", "khu_pho", "xa", "huyen", "tinh", "don_vi"),
    *("gop_vao", "ten_don_vi_quan_ly"),
)
DOSE = ("ma_mui", "mui", "ten_vac_xin", "so_lo", "ngay_tiem")
OPENED_DOSE = (*DOSE, "ten_co_so_tiem", "ten_don_vi_nhap", "trang_thai", "ky_hom_nay")
SLIP = (*DOSE[1:], "co_so_tiem", "don_vi_nhap")
REQUEST = (
    *("ma_yeu_cau", "loai", "ma_ho_so", "ma_mui", "gui_ngay", "tinh_trang", "tra_ngay"),
    *("tra_loi", "giay_to"),
)
POLICE = (
    *("stt", "ma_ho_so", "ho_ten", "ngay_sinh", "gioi_tinh", "so_giay_to", "ket_qua"),
    *("ho_ten_dung", "ngay_sinh_dung", "gioi_tinh_dung", "so_dinh_danh_dung"),
    *("ghi_chu", "ca_ky", "trang"),
)
LETTER = (
    *("ma_phan_anh", "ma_ho_so", "den", "han", "con_han", "loi_nhan", "khai", "anh", "ket_qua"),
)
HISTORY = ("ngay", "gio", "nguoi", "viec", "ma_mui", "thay_doi", "ly_do")
#: what was done, as the history tells it
DONE = {
    "sua": "sửa",
    "nguoi_nuoc_ngoai": "xử lý theo diện người nước ngoài",
    "nhap_excel": "nhập Excel",
    "gop": "gộp hồ sơ",
    "tach": "tách hồ sơ",
    "xoa_mui_trung": "xóa mũi trùng",
    "go_mui": "gỡ mũi",
    "them_mui": "nhập mũi thiếu",
    "ky": "ký",
    "gui_cong_an": "gửi công an",
    "hoi_co_so": "hỏi cơ sở",
    "moi_nguoi_dan": "mời người dân",
    "chuyen": "chuyển đơn vị",
    "bao_cao": "báo cáo tuyến trên",
    "bao_loi": "báo lỗi hệ thống",
    "tam_giu": "tạm giữ",
    "bo_tam_giu": "thôi tạm giữ",
    "tra_loi_phan_anh": "trả lời phản ánh",
    "ngay_moi": "sang ngày mới",
}
#: cells of records and doses that are the platform's own, not told in a history
INTERNAL = ("trang_thai", "truoc_treo")
#: codes in a history -> their words
MEANING: Mapping[str, Callable[[str], str]] = {
    "treo": reason_name,
    "hanh_dong": action_name,
    "giai_trinh": lambda code: "đã nhận" if code else "",
    "bao_loi": lambda code: {"1": "đã báo", "2": "đã đối chiếu lại"}.get(code, ""),
}
WAITING = "cho_tra_loi"


def title(column: str) -> str:
    """Return what stands above a column; the column itself where nobody named it."""
    if column in TITLES:
        return TITLES[column]
    return SHEET_TITLES[column][0] if column in POLICE[7:] else column_name(column)


def table(rows: Iterable[Row], columns: Sequence[str]) -> pd.DataFrame:
    """Return some columns of rows as a table in which codes keep their zeros.

    Parameters
    ----------
    rows : iterable of mapping
    columns : sequence of str
        In the order of the table; "" stands where a row has no such cell.

    Returns
    -------
    DataFrame
    """
    cells = [[row.get(column, "") for column in columns] for row in rows]
    return pd.DataFrame(cells, columns=list(columns), dtype=object)


def tables_of(verb: str, answer: Row) -> Tables:
    """Return the tables of an answer.

    Parameters
    ----------
    verb : str
        A verb of `sosach.simulation.world.World.call`.
    answer : mapping
        What the gateway answered.

    Returns
    -------
    dict
        Title -> table; of a refusal the reasons where they are many.
    """
    if not answer["ok"]:
        several = len(answer["tu_choi"]) > 1
        return {"Vì sao chưa làm được": _reasons(answer["tu_choi"])} if several else {}
    return VIEWS[verb](answer) if verb in VIEWS else {}


def _reasons(rows: Iterable[Row], *before: str) -> pd.DataFrame:
    """Return reasons by row: what they are about, the sentence, the document."""
    read = [{**row, "ly_do": row["cau"]} for row in rows]
    return table(read, (*before, "ly_do", "can_cu"))


def _wrong(answer: Row) -> Tables:
    rows = [{**row, "tam_giu": reason_name(row["treo"])} for row in answer["dong"]]
    return {"Hồ sơ cần xác minh": table(rows, WRONG)}


def _of_ministry(answer: Row) -> Tables:
    rows = [{**row, "loai_sai": CLASSES[row["loai_sai"]]} for row in answer["dong"]]
    return {"Danh sách của Bộ Y tế": table(rows, OF_MINISTRY)}


def _doubles(answer: Row) -> Tables:
    rows = [{**row, "nghi_trung": ", ".join(row["nghi_trung"])} for row in answer["dong"]]
    return {"Hồ sơ nghi trùng": table(rows, (*LIKENESS, "nghi_trung"))}


def _opened(answer: Row) -> Tables:
    record = {**answer["ho_so"], "tam_giu": reason_name(answer["ho_so"]["treo"])}
    cells = [
        {
            "ten": title(name),
            "gia_tri": place_name(name, record[name]),
            "truong": name if name in answer["sua_duoc"] else "",
        }
        for name in RECORD
        if record[name] or name in ("ho_ten", "ngay_sinh", "gioi_tinh", "so_giay_to")
    ]
    asked = [name for name in REQUEST if name != "ma_ho_so"]
    return {
        "Hồ sơ": table(cells, ("ten", "gia_tri", "truong")),
        "Mũi tiêm": table(map(_opened_dose, answer["mui"]), OPENED_DOSE),
        "Hồ sơ nghi trùng": table(answer["nghi_trung"], LIKENESS),
        "Đã hỏi và được trả lời": table(map(_request, answer["yeu_cau"]), asked),
    }


def _opened_dose(dose: Row) -> Row:
    why = [each["cau"] for each in dose["ly_do_chua_ky"]] or ["Được ký."]
    return {**dose, "trang_thai": dose["ten_trang_thai"], "ky_hom_nay": "\n".join(why)}


def _mail(answer: Row) -> Tables:
    rows = answer["dong"]
    if len(rows) == 1 and len(rows[0]["tra_loi"].get("dong", [])):
        # what was asked, then what the police say
        return {"Công an trả lời": table(rows[0]["tra_loi"]["dong"], POLICE)}
    return {"Đã hỏi và được trả lời": table(map(_request, rows), REQUEST)}


def _request(row: Row) -> Row:
    told = row["tra_loi"]
    return {
        **row,
        "loai": REQUESTS[row["loai"]],
        "gui_ngay": written(row["gui_ngay"]),
        "tra_ngay": written(row["tra_ngay"]),
        "tinh_trang": "đang chờ" if row["tinh_trang"] == WAITING else "đã trả lời",
        "tra_loi": _police_said(told) if "so_dong" in told else told.get("loi", ""),
        "giay_to": "\n".join(_papers(told)),
    }


def _police_said(told: Row) -> str:
    """Tell what the police answered: of one record, or how many rows came back."""
    if "dong" not in told:
        return f"{told['so_dong']} dòng"
    if not told["dong"]:
        return "Danh sách trả về không có hồ sơ này."
    [row] = told["dong"]
    values = ", ".join(filter(None, (row[name] for name in POLICE[7:11])))
    said = ". ".join(filter(None, (row["ket_qua"], values)))
    signed = "" if row["ca_ky"] else f" Trang {row['trang']} chưa có chữ ký."
    return f"{said}. {row['ghi_chu']}{signed}".strip()


def _papers(told: Row) -> Iterator[str]:
    """Tell the papers of an answer, one a line."""
    if told.get("thong_tin"):
        yield f"Phiếu tiêm: {_cells(told['thong_tin'])}"
    for paper in told.get("giay_to", []):
        yield f"{paper['loai']}: {_cells(paper['ghi'])}"


def _cells(cells: Row, between: str = "; ") -> str:
    return between.join(f"{title(name)}: {value}" for name, value in cells.items() if value)


def _letters(answer: Row) -> Tables:
    return {"Phản ánh của người dân": table(map(_letter, answer["dong"]), LETTER)}


def _letter(row: Row) -> Row:
    content, result = row["noi_dung"], row["ket_qua"]
    why = [reason_name(result["ly_do"])] if result.get("ly_do") else []
    return {
        **row,
        **{name: content[name] for name in ("ma_ho_so", "loi_nhan")},
        "den": written(row["ngay"]),
        "han": written(row["han"]),
        "con_han": "quá hạn" if row["qua_han"] else "còn hạn",
        "khai": _cells(content["khai"], "\n"),
        "anh": "\n".join(map(_photo, content["anh"])),
        "ket_qua": ": ".join([action_name(result["hanh_dong"]), *why]) if result else "",
    }


def _photo(photo: Row) -> str:
    lines = [f"{line['o']}: {line['thay']}" for line in photo["dong"]]
    return "\n".join([f"{photo['loai']}. {' '.join(photo['quan_sat'])}", *lines])


def _history(answer: Row) -> Tables:
    rows = [
        {
            **row,
            "ngay": written(row["ngay"]),
            "viec": DONE[row["hanh_dong"]],
            "thay_doi": "\n".join(_changes(row["truoc"], row["sau"])),
            "ly_do": reason_name(row["ly_do"]),
        }
        for row in answer["dong"]
    ]
    return {"Nhật ký": table(rows, HISTORY)}


def _changes(before: Row, after: Row) -> Iterator[str]:
    for name in [*before, *(name for name in after if name not in before)]:
        words = MEANING.get(name, str)
        old, new = words(before.get(name, "")), words(after.get(name, ""))
        if old != new and name not in INTERNAL:
            yield f"{title(name)}: {old} → {new or 'bỏ trống'}" if old else f"{title(name)}: {new}"


def _ready(answer: Row) -> Tables:
    waiting = [{**row, "so_mui": str(row["so_mui"])} for row in answer["chua_duoc"]]
    columns = (*DOSE[:1], "ma_ho_so", "ho_ten", *DOSE[1:])
    return {
        "Được ký hôm nay": table(answer["dong"], columns),
        "Chưa ký được, theo lý do đầu tiên": _reasons(waiting, "so_mui"),
    }


def _signed(answer: Row) -> Tables:
    refused = answer["dong_tu_choi"]
    rows = [{**why, "ma_mui": row["ma_mui"]} for row in refused for why in row["ly_do"]]
    return {"Mũi bị từ chối": _reasons(rows, "ma_mui")}


def _own_papers(answer: Row) -> Tables:
    slip = answer.get("tra_loi", {}).get("thong_tin")
    return {"Phiếu lưu tại trạm": table([slip], SLIP)} if slip else {}


#: verb -> tables of its answer
VIEWS: Mapping[str, Callable[[Row], Tables]] = {
    "danh_sach_sai": _wrong,
    "danh_sach_cua_bo": _of_ministry,
    "danh_sach_trung": _doubles,
    "mo": _opened,
    "lich_su": _history,
    "hop_thu": _mail,
    "phan_anh": _letters,
    "duoc_ky_hom_nay": _ready,
    "vi_sao_chua_ky": lambda answer: {"Vì sao chưa ký được": _reasons(answer["ly_do"])},
    "gui_cong_an": lambda a: {"Hồ sơ không gửi": _reasons(a["dong_tu_choi"], "ma_ho_so")},
    "nhap_excel": lambda a: {"Dòng bị từ chối": _reasons(a["dong_tu_choi"], "dong", "ma_ho_so")},
    "ky": _signed,
    "hoi_co_so": _own_papers,
}
