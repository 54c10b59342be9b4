"""Every word that the screen shows, in one place."""

from __future__ import annotations

__all__ = ["CHOICES", "COLUMNS", "GROUPS", "LEAVE_OUT", "OPEN", "SHORT", "STATUS_NOTE", "UI"]

OPEN = ""
LEAVE_OUT = "khong"
#: groups of CV 2262/BYT-CNTT of 4 May 2022; the letters are the ministry's
GROUPS = ("a", "b", "c")

#: what a button of a choice says: a title and its meaning
CHOICES = {
    "a": "Nhóm a\nKhông có số CCCD/CMND",
    "b": "Nhóm b\nSố sai định dạng",
    "c": "Nhóm c\nSai thông tin cơ bản",
    LEAVE_OUT: "Không đưa vào\nKhông cần gửi đối chiếu",
}
SHORT = {
    "a": "nhóm a",
    "b": "nhóm b",
    "c": "nhóm c",
    LEAVE_OUT: "không đưa vào",
    OPEN: "chưa chọn",
}
#: the fields that are compared with the population database (CV 2262) come first and large
COLUMNS = {
    "ho_ten": "Họ tên",
    "ngay_sinh": "Ngày sinh",
    "gioi_tinh": "Giới tính",
    "so_giay_to": "Số giấy tờ",
    "tt_xac_minh": "Trạng thái xác minh",
    "so_dien_thoai": "Điện thoại",
    "dia_chi": "Địa chỉ",
    "don_vi": "Nơi làm việc",
}
STATUS_NOTE = "do nền tảng trả về"

UI = {
    "banner": "DỮ LIỆU GIẢ LẬP: mọi người trong bài này đều do máy tạo ra, không có thật.",
    "empty": "(trống)",
    "record": "Hồ sơ {place}/{total} · mã {code}",
    "doses": "Mũi tiêm",
    "no_doses": "Chưa có mũi tiêm nào.",
    "progress": "Đã chọn {done}/{total} hồ sơ",
    "counts": "nhóm a: {a} · nhóm b: {b} · nhóm c: {c} · không đưa vào: {khong}",
    "filter_status": "Trạng thái",
    "filter_choice": "Lựa chọn",
    "any_status": "Mọi trạng thái",
    "any_choice": "Mọi lựa chọn",
    "search": "Tìm theo tên, số, mã",
    "search_hint": "gõ không dấu cũng được",
    "list": "Danh sách hồ sơ ({shown} trong {total})",
    "nothing_found": "Không có hồ sơ nào khớp với điều kiện lọc. Anh/chị hãy bỏ bớt điều kiện.",
    "question": "Hồ sơ này vào nhóm nào?",
    "chosen": "✓ ",
    "back": "◀ Hồ sơ trước",
    "next": "Hồ sơ sau ▶",
    "open_next": "Đến hồ sơ chưa chọn",
    "undo": "Hoàn tác",
    "save": "Lưu danh sách",
    "start": "Anh/chị đọc hồ sơ rồi bấm một trong bốn nút lựa chọn.",
    "noted": "Đã ghi: {name} ({code}), {choice}.",
    "undone": "Đã hoàn tác: {name} ({code}) trở lại {choice}.",
    "nothing_to_undo": "Không còn gì để hoàn tác.",
    "all_done": "Anh/chị đã chọn xong mọi hồ sơ. Hãy bấm Lưu danh sách.",
    "all_done_trial": "Anh/chị đã chọn xong mọi hồ sơ.",
    "unsaved": "Có thay đổi chưa đưa vào tệp: hãy bấm Lưu danh sách.",
    "saved": "Mọi lựa chọn đã nằm trong tệp danh sách.",
    "right": "Đúng.",
    "wrong": "Chưa đúng.",
    "unknown_record": "Không có hồ sơ mang mã '{code}' trong bài này.",
    "unknown_choice": "Không có lựa chọn '{choice}'. Các lựa chọn là: {choices}.",
    "broken_journal": (
        "Tệp {path}, dòng {line}: không đọc được. Hãy chuyển tệp này ra chỗ khác, giữ lại để hỏi "
        "giảng viên, rồi mở lại bài. Tệp danh sách đã lưu không bị ảnh hưởng."
    ),
}
