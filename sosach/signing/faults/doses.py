"""Faults of signed doses: certificate, time, content, authority."""

from __future__ import annotations

from dataclasses import replace

from sosach.signing.faults.record import Catalogue
from sosach.signing.faults.scene import DAY, DoseExhibit, Scene
from sosach.signing.pki import make_pki
from sosach.signing.trust import Trust

__all__ = ["DOSE_FAULTS"]

DOSE_FAULTS: Catalogue[Scene] = Catalogue()


@DOSE_FAULTS.plant(
    "mui_tot",
    "Mũi tiêm ký đúng",
    "Không có lỗi: đơn vị nhập ký trong hạn.",
)
def _good(scene: Scene) -> DoseExhibit:
    return scene.exhibit(scene.batch())


@DOSE_FAULTS.plant(
    "mui_tot_co_dau",
    "Mũi tiêm ký đúng, có dấu thời gian",
    "Không có lỗi: ký kèm dấu thời gian.",
)
def _good_stamped(scene: Scene) -> DoseExhibit:
    return scene.exhibit(scene.batch(stamper=scene.stamper()))


@DOSE_FAULTS.plant(
    "mui_tot_ky_thay",
    "Đơn vị ký tập trung ký thay",
    "Không có lỗi: đơn vị khác ký và được giao ký thay.",
)
def _delegated(scene: Scene) -> DoseExhibit:
    batch = scene.batch(scene.signer(unit=scene.other), unit=scene.other)
    return scene.exhibit(batch, delegations={scene.other: {scene.unit}})


@DOSE_FAULTS.plant(
    "mui_tot_ky_lai",
    "Sửa rồi ký lại",
    "Không có lỗi: mũi được sửa số lô rồi ký lại lần hai.",
)
def _signed_again(scene: Scene) -> DoseExhibit:
    edited = {**scene.dose, "so_lo": "DT22A1"}
    return scene.exhibit(scene.batch(), scene.batch(dose=edited, revision=2), dose=edited)


@DOSE_FAULTS.plant(
    "het_han_khi_ky",
    "Chứng thư hết hạn khi ký",
    "Ký bằng chứng thư đã hết hạn ba ngày.",
    "validity",
    "CERT_EXPIRED",
)
def _expired(scene: Scene) -> DoseExhibit:
    signer = scene.signer(begins=scene.at - 400 * DAY, ends=scene.at - 3 * DAY)
    return scene.exhibit(scene.batch(signer))


@DOSE_FAULTS.plant(
    "het_han_sau_khi_ky",
    "Chứng thư hết hạn sau khi ký",
    "Chứng thư hết hạn nửa ngày sau khi ký.",
    "validity",
    "EXPIRED_SINCE",
)
def _expired_since(scene: Scene) -> DoseExhibit:
    return scene.exhibit(scene.batch(scene.signer(ends=scene.at + DAY / 2)))


@DOSE_FAULTS.plant(
    "dong_ho_lui",
    "Đồng hồ máy lùi hai tháng",
    "Ký với đồng hồ sớm hơn ngày bắt đầu của chứng thư.",
    "validity",
    "NOT_YET_VALID",
)
def _not_yet_valid(scene: Scene) -> DoseExhibit:
    return scene.exhibit(scene.batch(at=scene.at - 60 * DAY))


@DOSE_FAULTS.plant(
    "dong_ho_nhanh",
    "Đồng hồ máy chạy nhanh",
    "Ký với đồng hồ nhanh chín ngày.",
    "validity",
    "TIME_IN_FUTURE",
)
def _clock_ahead(scene: Scene) -> DoseExhibit:
    return scene.exhibit(scene.batch(at=scene.at + 9 * DAY))


@DOSE_FAULTS.plant(
    "thu_hoi_truoc_khi_ky",
    "Chứng thư bị thu hồi trước khi ký",
    "Chứng thư bị thu hồi hai ngày trước khi ký.",
    "revocation",
    "CERT_REVOKED",
)
def _revoked(scene: Scene) -> DoseExhibit:
    signer = scene.signer()
    return scene.exhibit(
        scene.batch(signer), trust=scene.trust(scene.revoked(signer, scene.at - 2 * DAY))
    )


@DOSE_FAULTS.plant(
    "thu_hoi_sau_co_dau",
    "Thu hồi sau khi ký, có dấu thời gian",
    "Thu hồi nửa ngày sau khi ký; chữ ký có dấu thời gian.",
    "revocation",
    "REVOKED_LATER",
)
def _revoked_later_stamped(scene: Scene) -> DoseExhibit:
    signer = scene.signer()
    return scene.exhibit(
        scene.batch(signer, scene.stamper()),
        trust=scene.trust(scene.revoked(signer, scene.at + DAY / 2)),
    )


@DOSE_FAULTS.plant(
    "thu_hoi_sau_khong_dau",
    "Thu hồi sau khi ký, không có dấu thời gian",
    "Thu hồi nửa ngày sau khi ký; không có dấu thời gian.",
    "revocation",
    "REVOKED_TIME_UNPROVEN",
)
def _revoked_later(scene: Scene) -> DoseExhibit:
    signer = scene.signer()
    return scene.exhibit(
        scene.batch(signer), trust=scene.trust(scene.revoked(signer, scene.at + DAY / 2))
    )


@DOSE_FAULTS.plant(
    "thu_hoi_qua_han",
    "Danh sách thu hồi quá hạn",
    "Người kiểm tra dùng danh sách thu hồi cũ mười ngày.",
    "revocation",
    "CRL_STALE",
)
def _stale(scene: Scene) -> DoseExhibit:
    return scene.exhibit(scene.batch(), trust=scene.trust(fetched=scene.now - 10 * DAY))


@DOSE_FAULTS.plant(
    "khong_ro_thu_hoi",
    "Không có thông tin thu hồi",
    "Người kiểm tra không có danh sách thu hồi nào.",
    "revocation",
    "REVOCATION_UNKNOWN",
)
def _unknown_revocation(scene: Scene) -> DoseExhibit:
    return scene.exhibit(scene.batch(), trust=Trust(scene.trust().authorities))


@DOSE_FAULTS.plant(
    "dau_thoi_gian_la",
    "Dấu thời gian của nơi lạ",
    "Dấu thời gian do nơi cấp của lớp khác đóng.",
    "time_stamp",
    "TIME_STAMP_INVALID",
)
def _foreign_stamp(scene: Scene) -> DoseExhibit:
    return scene.exhibit(scene.batch(stamper=scene.stamper(make_pki(scene.at))))


@DOSE_FAULTS.plant(
    "don_vi_khac",
    "Đơn vị khác ký",
    "Đơn vị khác ký mũi mà mình không nhập.",
    "authority",
    "WRONG_FACILITY",
)
def _other_unit(scene: Scene) -> DoseExhibit:
    return scene.exhibit(scene.batch(scene.signer(unit=scene.other), unit=scene.other))


@DOSE_FAULTS.plant(
    "chung_thu_ca_nhan",
    "Ký bằng chứng thư cá nhân",
    "Ký bằng chứng thư cá nhân thay cho chứng thư của đơn vị.",
    "purpose",
    "WRONG_CERT_KIND",
)
def _personal(scene: Scene) -> DoseExhibit:
    return scene.exhibit(scene.batch(scene.signer("person")))


@DOSE_FAULTS.plant(
    "chung_thu_may_chu",
    "Ký bằng chứng thư máy chủ web",
    "Ký bằng chứng thư cấp cho máy chủ web.",
    "purpose",
    "CERT_PURPOSE",
)
def _website(scene: Scene) -> DoseExhibit:
    return scene.exhibit(scene.batch(scene.signer("website")))


@DOSE_FAULTS.plant(
    "tu_tao_chung_thu",
    "Chứng thư tự tạo",
    "Chứng thư cùng tên nhưng do nơi cấp tự dựng ký.",
    "chain",
    "SIGNER_UNKNOWN",
)
def _self_made(scene: Scene) -> DoseExhibit:
    return scene.exhibit(scene.batch(scene.signer(pki=make_pki(scene.at))))


@DOSE_FAULTS.plant(
    "sua_mui",
    "Mũi bị sửa sau khi ký",
    "Loại mũi bị đổi sau khi ký.",
    "content",
    "CONTENT_ALTERED",
)
def _edited(scene: Scene) -> DoseExhibit:
    other = "CB2" if scene.dose["mui"] != "CB2" else "CB1"
    return scene.exhibit(scene.batch(), dose={**scene.dose, "mui": other})


@DOSE_FAULTS.plant(
    "sua_bang_ke",
    "Bảng kê của lô ký bị sửa",
    "Mã mũi trong bảng kê bị đổi sau khi ký.",
    "digest",
    "CONTENT_ALTERED",
)
def _manifest(scene: Scene) -> DoseExhibit:
    batch = scene.batch()
    number = int(scene.dose["ma_mui"][-1])
    other = scene.dose["ma_mui"][:-1] + str((number + 1) % 10)
    spoiled = batch.manifest.replace(scene.dose["ma_mui"].encode(), other.encode())
    return scene.exhibit(replace(batch, manifest=spoiled), dose={**scene.dose, "ma_mui": other})


@DOSE_FAULTS.plant(
    "sua_chu_ky",
    "Giá trị chữ ký bị sửa",
    "Một bit của chữ ký bị đổi.",
    "signature",
    "SIG_INVALID",
)
def _signature(scene: Scene) -> DoseExhibit:
    batch = scene.batch()
    last = bytes([batch.signature[-1] ^ 1])
    return scene.exhibit(replace(batch, signature=batch.signature[:-1] + last))


@DOSE_FAULTS.plant(
    "chu_ky_cut",
    "Tệp chữ ký bị cụt",
    "Tệp chữ ký mất 40 byte cuối.",
    "structure",
    "CMS_BROKEN",
)
def _truncated(scene: Scene) -> DoseExhibit:
    batch = scene.batch()
    return scene.exhibit(replace(batch, signature=batch.signature[:-40]))


@DOSE_FAULTS.plant(
    "chua_ky",
    "Mũi chưa ký",
    "Lô ký không có mũi này.",
    "completeness",
    "UNSIGNED_DOSE",
)
def _unsigned(scene: Scene) -> DoseExhibit:
    other = {**scene.dose, "ma_mui": scene.dose["ma_mui"][:-1] + "X"}
    return scene.exhibit(scene.batch(dose=other))


@DOSE_FAULTS.plant(
    "thieu_dong",
    "Danh sách thiếu dòng",
    "Mũi đã ký nhưng dòng bị bỏ khỏi danh sách.",
    "completeness",
    "UNEXPECTED_DOSE",
)
def _unexpected(scene: Scene) -> DoseExhibit:
    return replace(scene.exhibit(scene.batch()), missing=True)


@DOSE_FAULTS.plant(
    "chua_duoc_ky",
    "Ký khi hồ sơ còn nghi trùng",
    "Mũi của hồ sơ nghi trùng vẫn được ký.",
    "content",
    "NOT_SIGNABLE",
)
def _not_signable(scene: Scene) -> DoseExhibit:
    return scene.exhibit(scene.batch(), held={scene.dose["ma_mui"]: "HO_SO_NGHI_TRUNG"})


@DOSE_FAULTS.plant(
    "dong_cu",
    "Đưa lại dòng cũ",
    "Mũi đã sửa và ký lại, nhưng dòng cũ được đưa ra.",
    "replay",
    "SUPERSEDED",
)
def _old_row(scene: Scene) -> DoseExhibit:
    edited = {**scene.dose, "so_lo": "DT22A1"}
    return scene.exhibit(scene.batch(), scene.batch(dose=edited, revision=2))


@DOSE_FAULTS.plant(
    "lo_cu",
    "Đưa lại lô ký cũ",
    "Lô ký cũ được đưa ra trong khi đã có lần ký thứ hai.",
    "replay",
    "SUPERSEDED",
)
def _old_batch(scene: Scene) -> DoseExhibit:
    return scene.exhibit(scene.batch(), known={scene.dose["ma_mui"]: 2})
