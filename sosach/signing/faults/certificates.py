"""Faults of certificates alone, before anything is signed with them."""

from __future__ import annotations

from sosach.signing.certificates import pem
from sosach.signing.faults.record import Catalogue
from sosach.signing.faults.scene import DAY, CertificateExhibit, Scene
from sosach.signing.pki import make_pki

__all__ = ["CERTIFICATE_FAULTS"]

CERTIFICATE_FAULTS: Catalogue[Scene] = Catalogue()


@CERTIFICATE_FAULTS.plant(
    "chung_thu_tot", "Chứng thư dùng được", "Không có lỗi: chứng thư của đơn vị còn hạn."
)
def _good(scene: Scene) -> CertificateExhibit:
    return scene.certificate(scene.signer())


@CERTIFICATE_FAULTS.plant(
    "chung_thu_het_han",
    "Chứng thư đã hết hạn",
    "Chứng thư hết hạn ba ngày trước.",
    "validity",
    "CERT_EXPIRED",
)
def _expired(scene: Scene) -> CertificateExhibit:
    return scene.certificate(scene.signer(begins=scene.at - 400 * DAY, ends=scene.now - 3 * DAY))


@CERTIFICATE_FAULTS.plant(
    "chung_thu_chua_hieu_luc",
    "Chứng thư chưa có hiệu lực",
    "Chứng thư mới, tuần sau mới có hiệu lực.",
    "validity",
    "NOT_YET_VALID",
)
def _not_yet_valid(scene: Scene) -> CertificateExhibit:
    return scene.certificate(scene.signer(begins=scene.now + 7 * DAY))


@CERTIFICATE_FAULTS.plant(
    "chung_thu_bi_thu_hoi",
    "Chứng thư đã bị thu hồi",
    "Mất token nên nơi cấp thu hồi chứng thư hôm qua.",
    "revocation",
    "CERT_REVOKED",
)
def _revoked(scene: Scene) -> CertificateExhibit:
    signer = scene.signer()
    return scene.certificate(signer, scene.revoked(signer, scene.now - DAY))


@CERTIFICATE_FAULTS.plant(
    "chung_thu_cua_ca_nhan",
    "Chứng thư cá nhân",
    "Chứng thư cá nhân thay cho chứng thư của đơn vị.",
    "purpose",
    "WRONG_CERT_KIND",
)
def _personal(scene: Scene) -> CertificateExhibit:
    return scene.certificate(scene.signer("person"))


@CERTIFICATE_FAULTS.plant(
    "chung_thu_sai_muc_dich",
    "Chứng thư sai mục đích",
    "Chứng thư cấp cho máy chủ web.",
    "purpose",
    "CERT_PURPOSE",
)
def _website(scene: Scene) -> CertificateExhibit:
    return scene.certificate(scene.signer("website"))


@CERTIFICATE_FAULTS.plant(
    "chung_thu_la",
    "Chứng thư của nơi cấp lạ",
    "Chứng thư cùng tên nhưng do nơi cấp tự dựng ký.",
    "chain",
    "SIGNER_UNKNOWN",
)
def _self_made(scene: Scene) -> CertificateExhibit:
    return scene.certificate(scene.signer(pki=make_pki(scene.at)))


@CERTIFICATE_FAULTS.plant(
    "chung_thu_hong",
    "Tệp chứng thư hỏng",
    "Tệp chứng thư bị mất một nửa.",
    "structure",
    "CERT_BROKEN",
)
def _broken(scene: Scene) -> CertificateExhibit:
    signer = scene.signer()
    whole = pem(signer.chain[:1])
    return scene.certificate(signer, data=whole[: len(whole) // 2])
