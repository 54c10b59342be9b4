"""Import numbers from an Excel file: groups a and b, from the signed list, refused row by row."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from generator.vietnamese import nfc, same_spelling
from sosach.simulation.platform import store
from sosach.simulation.platform.desk import Desk, open_number
from sosach.simulation.platform.papers import list_rows, listed_value, police_row
from sosach.simulation.platform.rules import Reason, RefusedError, reason, refuse
from sosach.simulation.truth import Row

__all__ = ["nhap_excel"]

NUMBER = "so_giay_to"
WHY = {"a": "khong_co_so", "b": "sai_dinh_dang"}
#: rows of one file
MOST_ROWS = 100_000


def nhap_excel(desk: Desk, dong: list[dict[str, str]], ma_danh_sach: str) -> Row:
    """Import the identity numbers of groups a and b.

    Parameters
    ----------
    desk : Desk
    dong : list of dict
        Rows of the file: ``ma_ho_so`` (or ``ma_doi_tuong``), ``so_giay_to``, and as the file has
        them ``ho_ten``, ``ngay_sinh``; ``dong`` is the row's number in the file.
    ma_danh_sach : str
        The signed list of the police on which the file rests.

    Returns
    -------
    dict
        ``da_nhap`` (records), ``khong_doi`` (how many had the number already), ``dong_tu_choi``
        (``dong``, ``ma_ho_so``, and rule, sentence, document), ``cau``.
    """
    if len(dong) > MOST_ROWS:
        refuse("TEP_QUA_LON", dong=len(dong), toi_da=MOST_ROWS)
    asked = [_named(row, place) for place, row in enumerate(dong, 1)]
    listed = list_rows(desk, ma_danh_sach, (row["ma_ho_so"] for row in asked))
    check = _Check(desk, listed, ma_danh_sach, asked)
    edits: list[tuple[Row, Mapping[str, str]]] = []
    refused, same = [], 0
    for row in asked:
        try:
            found = check.row(row)
        except RefusedError as error:
            refused += [{"dong": row["dong"], "ma_ho_so": row["ma_ho_so"], **error.reasons[0]}]
            continue
        if found is None:
            same += 1
        else:
            edits.append((found, {NUMBER: row[NUMBER]}))
    for group, why in WHY.items():
        part = [(row, cells) for row, cells in edits if group_of(row) == group]
        desk.change_subjects(part, why, "sua_dinh_danh")
    done = [row["ma_ho_so"] for row, _ in edits]
    told = _told(len(done), same, len(refused), ma_danh_sach)
    return {"da_nhap": done, "khong_doi": same, "dong_tu_choi": refused, "cau": told}


def _told(done: int, same: int, refused: int, list_id: str) -> str:
    parts = [f"Đã nhập số giấy tờ cho {done} hồ sơ theo danh sách công an {list_id}"]
    if same:
        parts.append(f"{same} dòng đã có số này từ trước")
    if refused:
        parts.append(f"từ chối {refused} dòng, mỗi dòng có lý do")
    nothing = "" if done else " Không có gì thay đổi."
    return f"{'; '.join(parts)}.{nothing}"


def group_of(row: Row) -> str:
    """Return the group of CV 2262 to which a record belongs: a, b, c; "" where it is not wrong.

    Parameters
    ----------
    row : dict
        A record of the store.

    Returns
    -------
    str
    """
    if row["trang_thai"] == "SAI_DINH_DANG":
        return "b" if row[NUMBER].strip() else "a"
    return "c" if row["trang_thai"] in ("SAI", "KHONG_XAC_MINH_DUOC") else ""


def _named(row: Mapping[str, str], place: int) -> Row:
    cells = {name: nfc(str(value or "")).strip() for name, value in row.items()}
    record = cells.get("ma_ho_so") or cells.get("ma_doi_tuong", "")
    number = cells.get(NUMBER, "")
    return {**cells, "dong": cells.get("dong") or str(place), "ma_ho_so": record, NUMBER: number}


class _Check:
    """What is looked up once for all rows of a file."""

    def __init__(
        self, desk: Desk, listed: Mapping[str, Row], list_id: str, asked: Sequence[Row]
    ) -> None:
        self.unit, self.listed, self.list_id = desk.unit, listed, list_id
        records = desk.by_keys(store.subject, "ma_ho_so", (row["ma_ho_so"] for row in asked))
        self.records = {row["ma_ho_so"]: row for row in records}
        self.owners: dict[str, set[str]] = defaultdict(set)
        for row in desk.by_keys(store.subject, NUMBER, (row[NUMBER] for row in asked)):
            if row[NUMBER] and not row["gop_vao"]:
                self.owners[row[NUMBER]].add(row["ma_ho_so"])
        self.numbers_of: dict[str, set[str]] = defaultdict(set)
        self.wanted_by: dict[str, set[str]] = defaultdict(set)
        for row in asked:
            self.numbers_of[row["ma_ho_so"]].add(row[NUMBER])
            self.wanted_by[row[NUMBER]].add(row["ma_ho_so"])
        self.taken: set[str] = set()

    def row(self, row: Row) -> Row | None:
        """Return the record of a row that is to be imported, None where nothing changes."""
        record, number = row["ma_ho_so"], row[NUMBER]
        found = self._own(record)
        if len(self.numbers_of[record]) > 1:
            refuse("HAI_DONG_MOT_HO_SO", ma_ho_so=record)
        if not number:
            refuse("GIA_TRI_SAI_DANG", truong=NUMBER, gia_tri="trống")
        if found[NUMBER] == number or record in self.taken:
            return None
        if group_of(found) not in WHY:
            refuse("NHAP_KHONG_PHAI_NHOM_AB", ma_ho_so=record)
        right = listed_value(police_row(self.listed, record, self.list_id), NUMBER)
        if not open_number(number):
            refuse("GIA_TRI_SAI_DANG", truong=NUMBER, gia_tri=number or "trống")
        others = (self.owners[number] | self.wanted_by[number]) - {record}
        if others:
            refuse("SO_CUA_HO_SO_KHAC", so=number, ma_ho_so=min(others))
        if number != right:
            refuse("KHAC_DANH_SACH", truong=NUMBER, gia_tri=number, ma_danh_sach=self.list_id)
        told = self._somebody_else(row, found)
        if told:
            raise RefusedError([told])
        self.taken.add(record)
        return found

    def _own(self, record: str) -> Row:
        found = self.records.get(record)
        if found is None:
            refuse("KHONG_CO_HO_SO", ma_ho_so=record or "trống")
        if found["gop_vao"]:
            refuse("HO_SO_DA_GOP", ma_ho_so=record, vao=found["gop_vao"])
        if found["don_vi_quan_ly"] != self.unit:
            refuse("HO_SO_DON_VI_KHAC", ma_ho_so=record, don_vi=found["don_vi_quan_ly"])
        return found

    def _somebody_else(self, row: Row, found: Row) -> Reason | None:
        """Return why a row of the file cannot be about its record: another name and birth date."""
        name, birth = row.get("ho_ten", ""), row.get("ngay_sinh", "")
        told = self.listed[row["ma_ho_so"]]
        right = {"ho_ten": told["ho_ten_dung"], "ngay_sinh": told["ngay_sinh_dung"]}
        for known in (found, right):
            if not name or same_spelling(name, known["ho_ten"]):
                return None
            if birth and birth == known["ngay_sinh"]:
                return None
        return reason("DONG_CUA_NGUOI_KHAC", ma_ho_so=row["ma_ho_so"], ho_ten=name)
