"""Vietnamese verbs for notebooks and screens: each is one call to the world, with pandas at the edge.

Whoever calls has no way to the truth: all they hold is a function that takes the name of a verb, an
id and arguments, and gives back what JSON can hold. Today the world stands in the same process;
over HTTP nothing changes here.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd

from generator.problems import Problem
from sosach.simulation.papers import handover
from sosach.simulation.papers.reading import Reading
from sosach.simulation.people.police import PoliceList
from sosach.simulation.progress.shown import shown_ward
from sosach.simulation.results import KetQua
from sosach.simulation.tables import table, tables_of

__all__ = ["CoSo", "CongAn", "KetQua", "NenTang", "NguoiDan", "Station", "open_station"]

#: (verb, request_id, **arguments) -> answer, as `sosach.simulation.world.World.call`
Gateway = Callable[..., Mapping[str, Any]]
#: one id, several, or what has a column of them
Chosen = str | Iterable[str] | pd.DataFrame | KetQua
#: names of files that hold a list
LISTS = (".xlsx", ".csv")


def _ids(chosen: Chosen, column: str) -> list[str]:
    """Read one id, several, or those of a table."""
    if isinstance(chosen, str):
        return [chosen]
    rows = chosen.bang if isinstance(chosen, KetQua) else chosen
    if isinstance(rows, pd.DataFrame):
        if column not in rows and len(rows):
            message = f"Bảng này không có cột {column}. Hãy chọn bảng có cột ấy, hoặc nêu từng mã."
            raise Problem(message)
        rows = rows[column] if len(rows) else []
    if not isinstance(rows, Iterable):
        message = f"Hãy nêu một mã, nhiều mã trong dấu [ ], hoặc một bảng có cột {column}."
        raise Problem(message)
    return [str(each) for each in rows]


def _with_file(done: KetQua, reading: Reading) -> KetQua:
    """Add to an answer what was not read of the file that was sent."""
    unread = [{"dong": str(row.row_number), "ly_do": row.sentence} for row in reading.refused]
    told = [f"{len(unread)} dòng của tệp không đọc được."] if unread else []
    tables = {"Dòng không đọc được": table(unread, ("dong", "ly_do"))} if unread else {}
    cau = " ".join([done.cau, *told, *reading.notes])
    return replace(done, cau=cau, cac_bang={**done.cac_bang, **tables})


def _saved(told: KetQua, folder: Path, files: Mapping[str, Callable[[Path], None]]) -> KetQua:
    """Write files into a folder, and tell where they are, or why they are not."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, write in files.items():
            write(folder / name)
    except OSError as error:
        cau = (
            f"Chưa lưu được vào thư mục {folder}: {error.strerror}. "
            "Hãy đóng tệp đang mở, xem ổ đĩa còn chỗ không, hoặc chọn thư mục khác."
        )
        return KetQua(False, cau)
    paths = [str(folder / name) for name in files]
    cau = f"{told.cau} Đã lưu {' và '.join(paths)}."
    return replace(told, cau=cau)


class _Verbs:
    def __init__(self, gateway: Gateway, nguoi: str) -> None:
        self._gateway, self._nguoi = gateway, nguoi

    def _read(self, verb: str, **arguments: Any) -> KetQua:  # noqa: ANN401
        return self._call(verb, "", **arguments)

    def _do(self, verb: str, **arguments: Any) -> KetQua:  # noqa: ANN401
        return self._call(verb, str(uuid.uuid4()), **arguments)

    def _call(self, verb: str, request_id: str, **arguments: Any) -> KetQua:  # noqa: ANN401
        answer = self._gateway(verb, request_id, nguoi=self._nguoi, **arguments)
        return KetQua(bool(answer["ok"]), answer["cau"], tables_of(verb, answer), answer)


class NenTang(_Verbs):
    """Nền tảng tiêm chủng: xem, sửa, gộp, tách, tạm giữ, báo cáo và danh sách được ký."""

    def danh_sach_sai(self, nhom: str = "") -> KetQua:
        """Các hồ sơ chưa đúng của phường, theo nhóm a, b, c (CV 2262); để trống là cả ba nhóm."""
        return self._read("danh_sach_sai", nhom=nhom)

    def danh_sach_cua_bo(self, thu_muc: str | Path = "") -> KetQua:
        """Danh sách đối tượng sai thông tin do Bộ Y tế gửi; nêu thư mục thì lưu thành tệp Excel."""
        told = self._read("danh_sach_cua_bo")
        if not told.duoc or not str(thu_muc):
            return told
        rows, name = told.tra_loi["dong"], f"danh_sach_cua_bo_{told.tra_loi['phuong']}.xlsx"
        return _saved(told, Path(thu_muc), {name: partial(handover.write_list, rows)})

    def danh_sach_trung(self) -> KetQua:
        """Các hồ sơ có vẻ là của một người: cùng số, hoặc cùng họ tên và ngày sinh."""
        return self._read("danh_sach_trung")

    def mo(self, ma_ho_so: str) -> KetQua:
        """Mở một hồ sơ: thông tin, các mũi và vì sao chưa ký, hồ sơ nghi trùng, những gì đã hỏi."""
        return self._read("mo", ma_ho_so=ma_ho_so)

    def lich_su(self, ma_ho_so: str) -> KetQua:
        """Ai đã sửa gì trong hồ sơ này, cũ trước mới sau."""
        return self._read("lich_su", ma_ho_so=ma_ho_so)

    def hop_thu(self, ma_yeu_cau: str = "") -> KetQua:
        """Những gì đã hỏi, và câu trả lời đã về."""
        return self._read("hop_thu", ma_yeu_cau=ma_yeu_cau)

    def sua(self, ma_ho_so: str, truong: str, gia_tri: str, ly_do: str, **can_cu: str) -> KetQua:
        """Sửa một ô. Căn cứ là `ma_danh_sach` (công an đã ký) hoặc `chung_tu`; mũi tiêm: `ma_mui`."""
        change = {"truong": truong, "gia_tri": gia_tri, "ly_do": ly_do}
        return self._do("sua", ma_ho_so=ma_ho_so, **change, **can_cu)

    def nhap_excel(self, tep: str | Path, ma_danh_sach: str) -> KetQua:
        """Nhập số từ tệp Excel theo danh sách công an đã ký: chỉ nhóm a và b (CV 2262)."""
        try:
            reading = handover.read_import(Path(str(tep)))
        except Problem as problem:
            return KetQua(False, str(problem))
        done = self._do("nhap_excel", dong=reading.rows, ma_danh_sach=ma_danh_sach)
        return _with_file(done, reading)

    def gop(self, ma_ho_so_giu: str, ma_ho_so_bo: str, **can_cu: str) -> KetQua:
        """Gộp hai hồ sơ của một người, giữ đủ các mũi. Căn cứ: `ma_danh_sach` hoặc `chung_tu`."""
        return self._do("gop", ma_ho_so_giu=ma_ho_so_giu, ma_ho_so_bo=ma_ho_so_bo, **can_cu)

    def tach(self, ma_ho_so: str, ma_mui: list[str], ma_danh_sach: str) -> KetQua:
        """Tách người thứ hai ra một hồ sơ riêng, cùng các mũi của người ấy."""
        return self._do("tach", ma_ho_so=ma_ho_so, ma_mui=ma_mui, ma_danh_sach=ma_danh_sach)

    def xoa_mui_trung(self, ma_mui: str, ma_mui_giu: str, chung_tu: str = "") -> KetQua:
        """Xóa lần nhập thứ hai của một mũi; dòng đầy đủ hơn ở lại."""
        return self._do("xoa_mui_trung", ma_mui=ma_mui, ma_mui_giu=ma_mui_giu, chung_tu=chung_tu)

    def go_mui(self, ma_mui: str, chung_tu: str) -> KetQua:
        """Gỡ mũi mà cơ sở đã trả lời là không tiêm cho người này."""
        return self._do("go_mui", ma_mui=ma_mui, chung_tu=chung_tu)

    def them_mui(self, ma_ho_so: str, chung_tu: str, **mui: str) -> KetQua:
        """Nhập mũi thiếu theo giấy: `mui, ten_vac_xin, ngay_tiem, co_so_tiem, so_lo`."""
        return self._do("them_mui", ma_ho_so=ma_ho_so, chung_tu=chung_tu, **mui)

    def nguoi_nuoc_ngoai(self, ma_ho_so: str, quoc_tich: str, chung_tu: str) -> KetQua:
        """Xử lý theo diện người nước ngoài: hộ chiếu, không đối chiếu dân cư (CV 1908)."""
        return self._do(
            "nguoi_nuoc_ngoai", ma_ho_so=ma_ho_so, quoc_tich=quoc_tich, chung_tu=chung_tu
        )

    def chuyen(self, ma_ho_so: str, noi_nhan: str, ly_do: str, **them: str) -> KetQua:
        """Chuyển hồ sơ, hoặc một mũi (`ma_mui`), cho đơn vị có thẩm quyền."""
        return self._do("chuyen", ma_ho_so=ma_ho_so, noi_nhan=noi_nhan, ly_do=ly_do, **them)

    def bao_cao(self, ma_ho_so: str, ly_do: str, noi_dung: str, ma_mui: str = "") -> KetQua:
        """Báo cáo tuyến trên; với mũi đã ký thì giải trình vì sao đã sửa."""
        return self._do("bao_cao", ma_ho_so=ma_ho_so, ly_do=ly_do, noi_dung=noi_dung, ma_mui=ma_mui)

    def bao_loi(self, ma_ho_so: str) -> KetQua:
        """Báo lỗi hệ thống: mọi thông tin khớp mà trạng thái chưa cập nhật."""
        return self._do("bao_loi", ma_ho_so=ma_ho_so)

    def tam_giu(self, ma_ho_so: str, ly_do: str, ma_mui: str = "") -> KetQua:
        """Tạm giữ hồ sơ hoặc một mũi, chưa ký."""
        return self._do("tam_giu", ma_ho_so=ma_ho_so, ly_do=ly_do, ma_mui=ma_mui)

    def bo_tam_giu(self, ma_ho_so: str, ly_do: str, ma_mui: str = "") -> KetQua:
        """Thôi tạm giữ."""
        return self._do("bo_tam_giu", ma_ho_so=ma_ho_so, ly_do=ly_do, ma_mui=ma_mui)

    def duoc_ky_hom_nay(self) -> KetQua:
        """Các mũi mà đơn vị mình được ký hôm nay."""
        return self._read("duoc_ky_hom_nay")

    def ky(self, mui: Chosen, chung_thu: dict[str, str]) -> KetQua:
        """Đưa chữ ký của chương trình ký số lên nền tảng; `chung_thu`: `don_vi, tu, den, thu_hoi`."""
        try:
            lines = _ids(mui, "ma_mui")
        except Problem as problem:
            return KetQua(False, str(problem))
        return self._do("ky", ma_mui=lines, chung_thu=chung_thu)

    def tien_do(self) -> KetQua:
        """Tiến độ của phường: ba số không chia cho nhau, hồ sơ và mũi tiêm theo trạng thái."""
        told = self._read("tien_do")
        return shown_ward(told) if told.duoc else told

    def ngay_moi(self) -> KetQua:
        """Sang ngày làm việc kế tiếp: câu trả lời đến hạn thì về, nền tảng đối chiếu lại."""
        return self._do("ngay_moi")

    def vi_sao_chua_ky(self, ma_mui: str) -> KetQua:
        """Mọi lý do khiến một mũi chưa được ký, mỗi lý do kèm căn cứ."""
        return self._read("vi_sao_chua_ky", ma_mui=ma_mui)


class CongAn(_Verbs):
    """Công an phường: nhận danh sách đối chiếu, trả lại danh sách đã ký sau vài ngày làm việc."""

    def gui(self, ho_so: Chosen | Path) -> KetQua:
        """Gửi danh sách hồ sơ: mã, bảng, hay tệp .xlsx, .csv; kết quả có `ma_danh_sach`."""
        if isinstance(ho_so, str) and ho_so.lower().endswith(LISTS):
            ho_so = Path(ho_so)
        try:
            if not isinstance(ho_so, Path):
                return self._do("gui_cong_an", ma_ho_so=_ids(ho_so, "ma_ho_so"))
            reading = handover.read_records(ho_so)
        except Problem as problem:
            return KetQua(False, str(problem))
        records = [row["ma_ho_so"] for row in reading.rows]
        return _with_file(self._do("gui_cong_an", ma_ho_so=records), reading)

    def tra_loi(self, ma_danh_sach: str) -> KetQua:
        """Danh sách công an đã trả; chưa trả thì `duoc` là False."""
        told = self._read("hop_thu", ma_yeu_cau=ma_danh_sach)
        come = told.duoc and "dong" in told.tra_loi["dong"][0]["tra_loi"]
        return told if come else replace(told, duoc=False, cac_bang={})

    def kiem_tra(self, ma_danh_sach: str) -> KetQua:
        """So danh sách nhận về với danh sách đã gửi: thiếu dòng, thừa dòng, trang chưa ký, nhầm người."""
        back = self.tra_loi(ma_danh_sach)
        if not back.duoc:
            return back
        [request] = back.tra_loi["dong"]
        rows = request["tra_loi"]["dong"]
        doubts = handover.check_list(request["noi_dung"]["dong"], rows)
        told = f"{len(doubts)} điều phải hỏi lại công an." if doubts else "đúng và đủ, dùng được."
        lines = table(({"dieu": doubt} for doubt in doubts), ["dieu"])
        cau = f"Danh sách {ma_danh_sach}, {len(rows)} dòng: {told}"
        return KetQua(True, cau, {"Hỏi lại công an": lines}, {"hoi_lai": doubts})

    def luu(self, ma_danh_sach: str, thu_muc: str | Path) -> KetQua:
        """Lưu bản bàn giao của công an vào một thư mục: tệp Excel để nhập, tệp PDF để in và lưu."""
        back = self.tra_loi(ma_danh_sach)
        if not back.duoc:
            return back
        told = back.tra_loi["dong"][0]["tra_loi"]
        day = date.fromisoformat(told["ngay"])
        paper = PoliceList(told["dong"], [], ma_danh_sach, f"(mã {told['phuong']})", day)
        files = {
            f"{ma_danh_sach}.xlsx": partial(handover.write_list, paper.rows, day=day),
            f"{ma_danh_sach}.pdf": partial(handover.write_sheet, paper),
        }
        return _saved(replace(back, cac_bang={}), Path(thu_muc), files)


class CoSo(_Verbs):
    """Cơ sở tiêm chủng: trả lời về một mũi, hoặc không."""

    def hoi(self, ma_ho_so: str, ma_mui: str = "", co_so: str = "", hoi: str = "") -> KetQua:
        """Hỏi cơ sở về một mũi; mũi của đơn vị mình thì tra giấy tờ lưu, có ngay."""
        return self._do("hoi_co_so", ma_ho_so=ma_ho_so, ma_mui=ma_mui, co_so=co_so, hoi=hoi)


class NguoiDan(_Verbs):
    """Người dân: được mời thì đến hoặc không, và gửi phản ánh (CV 9458)."""

    def moi(self, ma_ho_so: str, ly_do: str = "") -> KetQua:
        """Mời người dân mang giấy tờ đến."""
        return self._do("moi_nguoi_dan", ma_ho_so=ma_ho_so, ly_do=ly_do)

    def phan_anh(self, tat_ca: bool = False) -> KetQua:
        """Các phản ánh đang chờ; hạn trả lời là 48 giờ."""
        return self._read("phan_anh", tat_ca=tat_ca)

    def tra_loi(
        self, ma_phan_anh: str, hanh_dong: str, ly_do: str = "", noi_chuyen: str = ""
    ) -> KetQua:
        """Duyệt, xử lý sau, từ chối (nêu lý do) hoặc chuyển một phản ánh."""
        chosen = {"ly_do": ly_do, "noi_chuyen": noi_chuyen}
        return self._do("tra_loi_phan_anh", ma_phan_anh=ma_phan_anh, hanh_dong=hanh_dong, **chosen)


@dataclass(frozen=True)
class Station:
    """A ward station at work: everybody it talks to, and the clock."""

    nen_tang: NenTang
    cong_an: CongAn
    co_so: CoSo
    nguoi_dan: NguoiDan
    ngay_moi: Callable[[], KetQua]


def open_station(gateway: Gateway, nguoi: str = "") -> Station:
    """Return the verbs of one station.

    Parameters
    ----------
    gateway : callable
        `sosach.simulation.world.World.call`, or whatever stands for it.
    nguoi : str
        Who works, for the audit trail.

    Returns
    -------
    Station
        ``nen_tang``, ``cong_an``, ``co_so``, ``nguoi_dan`` and ``ngay_moi()``.
    """
    platform = NenTang(gateway, nguoi)
    return Station(
        nen_tang=platform,
        cong_an=CongAn(gateway, nguoi),
        co_so=CoSo(gateway, nguoi),
        nguoi_dan=NguoiDan(gateway, nguoi),
        ngay_moi=platform.ngay_moi,
    )
