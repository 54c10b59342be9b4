"""Signed doses, lists and certificates to be examined, and the plain word that is right of each."""

from __future__ import annotations

from sosach.cases.signing.dealing import Kind

__all__ = ["CERTIFICATE", "DOSE", "KINDS", "LIST"]

DOSE, LIST, CERTIFICATE = "Mũi tiêm", "Danh sách", "Chứng thư"
#: lists are slow to print, certificates would be the same ones again
LISTS, CERTIFICATES = 1, 1


def _dose(id: str, code: str, title: str, *causes: str, **facts: str) -> Kind:
    return Kind(id, code, title, causes, {"loai": DOSE, **facts})


def _list(id: str, code: str, title: str, *causes: str, **facts: str) -> Kind:
    return Kind(f"ds_{id}", code, title, causes, {"loai": LIST, **facts}, most=LISTS)


def _certificate(id: str, code: str, title: str, *causes: str, **facts: str) -> Kind:
    told = {"loai": CERTIFICATE, **facts}
    return Kind(f"ct_{id}", code, title, causes, told, most=CERTIFICATES)


#: facts: ``ky`` how it was signed (`sosach.cases.signing.signature_desk.WAYS`), ``sua`` the cell that
#: differs from the signed copy, ``treo`` when the record was held, ``lan_ky`` revisions
KINDS = (
    _dose("tot", "tot", "Không có gì sai"),
    _dose("ky_lai", "tot", "Đã sửa và ký lại, đây là lần ký mới nhất", lan_ky="2/2"),
    _dose("treo_xong", "tot", "Việc tạm giữ đã gỡ trước lúc ký", treo="trước"),
    _dose("ky_thay", "tot", "Trung tâm Y tế được giao ký thay", ky="ky_thay"),
    _dose("het_han_sau", "tot", "Lúc ký chứng thư còn hạn, hết hạn sau không sao", ky="truoc_han"),
    _dose(
        *("thu_hoi_sau_co_dau", "tot"),
        "Dấu thời gian chứng minh đã ký trước khi chứng thư bị thu hồi",
        ky="truoc_thu_hoi_co_dau",
    ),
    _list("tot", "tot", "Danh sách nguyên vẹn, đúng đơn vị ký"),
    _certificate("tot", "tot", "Chứng thư của đơn vị, đang có hiệu lực"),
    _dose("sua_mui", "bi_sua", "Loại mũi trong sổ khác bản đã ký", "E92", sua="mui"),
    _dose("sua_ngay", "bi_sua", "Ngày tiêm trong sổ khác bản đã ký", "E92", sua="ngay_tiem"),
    _dose("sua_ten", "bi_sua", "Họ tên trong sổ khác bản đã ký", "E92", sua="ho_ten"),
    _dose("sua_so_lo", "bi_sua", "Số lô trong sổ khác bản đã ký", "E92", sua="so_lo"),
    _list("them", "bi_sua", "Có dữ liệu được thêm vào tệp sau khi ký", "E92", tep="dài hơn"),
    _dose("noi_cap_la", "khong_ro_nguoi_ky", "Nơi cấp chứng thư không có trong danh mục", ky="la"),
    _dose("chua_ky", "khong_ro_nguoi_ky", "Mũi này không có chữ ký nào", ky="khong"),
    _list("chua_ky", "khong_ro_nguoi_ky", "Tệp PDF không có chữ ký số", ky="khong"),
    _certificate("noi_cap_la", "khong_ro_nguoi_ky", "Nơi cấp không có trong danh mục", ky="la"),
    _dose(
        *("het_han_khi_ky", "nguoi_ky_het_hieu_luc"),
        "Lúc ký chứng thư đã hết hạn",
        "E93",
        ky="sau_han",
    ),
    _dose(
        *("thu_hoi_truoc", "nguoi_ky_het_hieu_luc"),
        "Chứng thư đã bị thu hồi trước lúc ký, dấu thời gian cũng ghi như vậy",
        "E93",
        ky="sau_thu_hoi",
    ),
    _dose(
        *("thu_hoi_sau_khong_dau", "nguoi_ky_het_hieu_luc"),
        "Chứng thư bị thu hồi, không có dấu thời gian nên không ai chứng minh được đã ký trước",
        "E93",
        ky="truoc_thu_hoi",
    ),
    _dose(
        *("truoc_hieu_luc", "nguoi_ky_het_hieu_luc"),
        "Giờ ký trước ngày chứng thư bắt đầu: đồng hồ máy bị lùi",
        "E93",
        ky="truoc_ngay",
    ),
    _certificate(
        *("thu_hoi", "nguoi_ky_het_hieu_luc"),
        "Chứng thư đang bị thu hồi",
        "E93",
        ky="sau_thu_hoi",
    ),
    _dose(
        "don_vi_khac", "sai_don_vi", "Trạm khác ký mũi do trạm này nhập", "E93", ky="don_vi_khac"
    ),
    _dose("ca_nhan", "sai_don_vi", "Ký bằng chứng thư cá nhân", "E93", ky="ca_nhan"),
    _certificate(
        "ca_nhan", "sai_don_vi", "Chứng thư cá nhân, không phải của đơn vị", "E93", ky="ca_nhan"
    ),
    _dose("ban_cu", "qua_han", "Mũi đã sửa và ký lại, đây là chữ ký cũ", "E92", lan_ky="1/2"),
    _list("khac", "qua_han", "Chữ ký thuộc danh sách tuần trước", tep="danh sách khác"),
    _dose("dang_treo", "sai_noi_dung", "Lúc ký hồ sơ còn đang tạm giữ", treo="đang"),
    _dose(
        "treo_luc_ky", "sai_noi_dung", "Lúc ký còn tạm giữ, gỡ sau đó không chữa được", treo="sau"
    ),
    _dose(
        "thu_hoi_cu", "chua_ket_luan", "Danh sách thu hồi của nơi cấp đã quá hạn", ky="cong_cong"
    ),
    _dose("tep_hong", "chua_ket_luan", "Tệp chữ ký không mở được", ky="hong"),
    _certificate(
        "thu_hoi_cu", "chua_ket_luan", "Danh sách thu hồi của nơi cấp đã quá hạn", ky="cong_cong"
    ),
)
