"""Faults of signed hand-over lists."""

from __future__ import annotations

from sosach.signing.faults.record import Catalogue
from sosach.signing.faults.scene import DAY, ListExhibit, Scene
from sosach.signing.pki import make_pki

__all__ = ["LIST_FAULTS"]

LIST_FAULTS: Catalogue[Scene] = Catalogue()


@LIST_FAULTS.plant(
    "danh_sach_tot", "Danh sách ký đúng", "Không có lỗi: đơn vị ký danh sách trong hạn."
)
def _good(scene: Scene) -> ListExhibit:
    return scene.list_exhibit(scene.signed_list())


@LIST_FAULTS.plant(
    "danh_sach_ky_hai_lan",
    "Danh sách có hai chữ ký",
    "Không có lỗi: một cá nhân ký, rồi đơn vị ký.",
)
def _signed_twice(scene: Scene) -> ListExhibit:
    first = scene.signed_list(scene.signer("person"))
    return scene.list_exhibit(scene.signed_list(pdf=first))


@LIST_FAULTS.plant(
    "danh_sach_bi_sua",
    "Danh sách bị sửa sau khi ký",
    "Một bit trong nội dung PDF bị đổi.",
    "digest",
    "CONTENT_ALTERED",
)
def _altered(scene: Scene) -> ListExhibit:
    signed = scene.signed_list()
    at = signed.find(b"stream") + 60
    return scene.list_exhibit(signed[:at] + bytes([signed[at] ^ 1]) + signed[at + 1 :])


@LIST_FAULTS.plant(
    "danh_sach_them_du_lieu",
    "Danh sách có dữ liệu thêm vào",
    "Thêm một dòng vào cuối tệp PDF đã ký.",
    "completeness",
    "PDF_EXTENDED",
)
def _extended(scene: Scene) -> ListExhibit:
    return scene.list_exhibit(scene.signed_list() + b"\n% them vao sau khi ky\n")


@LIST_FAULTS.plant(
    "danh_sach_don_vi_khac",
    "Danh sách do đơn vị khác ký",
    "Token của đơn vị khác ký danh sách.",
    "authority",
    "WRONG_FACILITY",
)
def _other_unit(scene: Scene) -> ListExhibit:
    return scene.list_exhibit(scene.signed_list(scene.signer(unit=scene.other)))


@LIST_FAULTS.plant(
    "danh_sach_het_han",
    "Chứng thư hết hạn khi ký danh sách",
    "Ký danh sách bằng chứng thư đã hết hạn ba ngày.",
    "validity",
    "CERT_EXPIRED",
)
def _expired(scene: Scene) -> ListExhibit:
    signer = scene.signer(begins=scene.at - 400 * DAY, ends=scene.at - 3 * DAY)
    return scene.list_exhibit(scene.signed_list(signer))


@LIST_FAULTS.plant(
    "danh_sach_tu_tao_chung_thu",
    "Danh sách ký bằng chứng thư tự tạo",
    "Chứng thư cùng tên nhưng do nơi cấp tự dựng ký.",
    "chain",
    "SIGNER_UNKNOWN",
)
def _self_made(scene: Scene) -> ListExhibit:
    return scene.list_exhibit(scene.signed_list(scene.signer(pki=make_pki(scene.at))))


@LIST_FAULTS.plant(
    "danh_sach_chua_ky",
    "Danh sách chưa ký số",
    "Tệp PDF chỉ in ra, không ký số.",
    "structure",
    "PDF_UNSIGNED",
)
def _unsigned(scene: Scene) -> ListExhibit:
    return scene.list_exhibit(scene.pdf)


@LIST_FAULTS.plant(
    "danh_sach_khac",
    "Chữ ký của danh sách khác",
    "Đưa ra danh sách đã ký tuần trước thay cho danh sách đang xét.",
    "replay",
    "LIST_WRONG",
)
def _another_list(scene: Scene) -> ListExhibit:
    return scene.list_exhibit(scene.signed_list(list_id="DS-00"))


@LIST_FAULTS.plant(
    "danh_sach_hong",
    "Tệp PDF hỏng",
    "Tệp PDF chỉ tải được một nửa.",
    "structure",
    "PDF_BROKEN",
)
def _truncated(scene: Scene) -> ListExhibit:
    signed = scene.signed_list()
    return scene.list_exhibit(signed[: len(signed) // 2])
