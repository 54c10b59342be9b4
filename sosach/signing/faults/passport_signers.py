"""Faults of the signer: his key, his certificate, his authority."""

from __future__ import annotations

from dataclasses import replace

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.x509.oid import NameOID, ObjectIdentifier

from sosach.signing.certificates import certify, self_certify, subject
from sosach.signing.document_signers import key_id
from sosach.signing.faults.passport_office import DAY, Office, PassportExhibit, message_of, text_of
from sosach.signing.faults.record import Catalogue
from sosach.signing.passport import cbor, cose, hc1
from sosach.signing.passport.issuing import Issuer
from sosach.signing.pki import make_key

__all__ = ["SIGNER_FAULTS"]

#: purpose of a document signer of tests (HCERT 1.0.8, A.4)
TESTS = ObjectIdentifier("1.3.6.1.4.1.1847.2021.1.1")
#: ECDSA on P-384 (RFC 9053, table 1): of COSE, but not of passports
ES384 = -35

SIGNER_FAULTS: Catalogue[Office] = Catalogue()


@SIGNER_FAULTS.plant(
    "hc_khong_ma_khoa",
    "Không ghi mã khóa",
    "Nơi cấp quên ghi khóa nào đã ký.",
    "kid",
    "KID_MISSING",
)
def _no_key_id(office: Office) -> PassportExhibit:
    header = {cose.ALG: cose.algorithm_of(office.issuer.key)}
    return office.case(office.signed_payload(office.passport.payload, header))


@SIGNER_FAULTS.plant(
    "hc_ngoai_danh_sach",
    "Người ký bị rút tên",
    "Chứng thư ký không còn trong danh sách tin cậy.",
    "kid",
    "KID_UNKNOWN",
)
def _off_list(office: Office) -> PassportExhibit:
    return office.case(office.passport.text, trust=replace(office.trust, signers={}))


@SIGNER_FAULTS.plant(
    "hc_tu_lam",
    "Chứng thư tự làm",
    "Ký bằng chứng thư tự làm mang cùng tên.",
    "kid",
    "KID_UNKNOWN",
)
def _self_made(office: Office) -> PassportExhibit:
    key = make_key(office.kind)
    life = (office.at - 30 * DAY, office.at + 800 * DAY)
    made = self_certify("document_signer", office.issuer.certificate.subject, key, *life)
    return office.case(office.signed(office.content(), Issuer(key, made.certificate)))


@SIGNER_FAULTS.plant(
    "hc_thuat_toan_la",
    "Thuật toán lạ",
    "Phần đầu ghi ES384, ngoài chuẩn hộ chiếu.",
    "algorithm",
    "ALG_UNSUPPORTED",
)
def _other_algorithm(office: Office) -> PassportExhibit:
    header = {**message_of(office.passport.text).header, cose.ALG: ES384}
    return office.case(office.signed_payload(office.passport.payload, header))


@SIGNER_FAULTS.plant(
    "hc_doi_thuat_toan",
    "Đổi thuật toán",
    "Đổi tên thuật toán trong phần đầu đã ký.",
    "algorithm",
    "ALG_KEY_MISMATCH",
)
def _swapped_algorithm(office: Office) -> PassportExhibit:
    message = message_of(office.passport.text)
    other = cose.PS256 + cose.ES256 - message.header[cose.ALG]
    protected = cbor.encode({**message.header, cose.ALG: other})
    return office.case(text_of(replace(message, protected=protected)))


@SIGNER_FAULTS.plant(
    "hc_chu_ky_der",
    "Chữ ký viết kiểu DER",
    "Chữ ký ES256 để nguyên dạng DER, không phải 64 byte.",
    "signature",
    "SIG_LEN",
)
def _der_signature(office: Office) -> PassportExhibit:
    own = replace(office, kind="ec")
    message = message_of(own.passport.text)
    r, s = (int.from_bytes(message.signature[i : i + 32], "big") for i in (0, 32))
    return own.case(text_of(replace(message, signature=encode_dss_signature(r, s))))


@SIGNER_FAULTS.plant(
    "hc_sua_ngay",
    "Sửa ngày tiêm",
    "Ngày tiêm lùi một năm sau khi ký.",
    "signature",
    "SIG_INVALID",
)
def _altered(office: Office) -> PassportExhibit:
    message = message_of(office.passport.text)
    old = office.passport.content["v"][0]["dt"]
    new = f"{int(old[:4]) - 1}{old[4:]}"
    return office.case(
        text_of(replace(message, payload=message.payload.replace(old.encode(), new.encode())))
    )


@SIGNER_FAULTS.plant(
    "hc_khoa_rieng",
    "Khóa lạ mượn mã khóa thật",
    "Ký bằng khóa riêng nhưng ghi mã khóa của nơi cấp.",
    "signature",
    "SIG_INVALID",
)
def _own_key(office: Office) -> PassportExhibit:
    header = message_of(office.passport.text).header
    message = cose.sign(make_key(office.kind), header, [office.passport.payload])[0]
    return office.case(hc1.wrap(message))


@SIGNER_FAULTS.plant(
    "hc_khong_dao_tao",
    "Chứng thư không phải đào tạo",
    "Chứng thư ký thiếu dấu hiệu đào tạo, như chứng thư thật.",
    "chain",
    "NOT_TRAINING",
)
def _real_certificate(office: Office) -> PassportExhibit:
    """Sign under a certificate without the marks of training, as real ones are."""
    key, own = office.issuer.key, office.issuer.certificate
    name = x509.Name([x509.NameAttribute(NameOID.COUNTRY_NAME, "XX")])
    authority = office.pki.identities["passport_ca"]
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(authority.certificate.subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(own.not_valid_before_utc)
        .not_valid_after(own.not_valid_after_utc)
        .sign(authority.key, hashes.SHA256())
    )
    header = cose.header_of(key, key_id(made))
    text = hc1.wrap(cose.sign(key, header, [office.passport.payload])[0])
    return office.case(text, trust=office.trusting(made))


@SIGNER_FAULTS.plant(
    "hc_co_quan_khac",
    "Cơ quan cấp khác",
    "Chứng thư ký do một cơ quan hộ chiếu khác cấp.",
    "chain",
    "DSC_CHAIN",
)
def _foreign_authority(office: Office) -> PassportExhibit:
    key, life = make_key(office.kind), (office.at - 30 * DAY, office.at + 800 * DAY)
    other = self_certify("passport_ca", subject("CSCA dao tao khac"), make_key("ec"), *life)
    made = certify("document_signer", subject("DSC khac"), key.public_key(), other, *life)
    text = office.signed(office.content(), Issuer(key, made))
    return office.case(text, trust=office.trusting(made))


@SIGNER_FAULTS.plant(
    "hc_thu_hoi",
    "Người ký bị thu hồi",
    "Chứng thư ký bị thu hồi mười ngày sau khi cấp hộ chiếu.",
    "chain",
    "DSC_REVOKED",
)
def _revoked(office: Office) -> PassportExhibit:
    serial = office.issuer.certificate.serial_number
    trust = replace(office.trust, revoked={serial: office.passport.iat + 10 * DAY})
    return office.case(office.passport.text, trust=trust)


@SIGNER_FAULTS.plant(
    "hc_ky_khi_het_han",
    "Ký khi chứng thư hết hạn",
    "Chứng thư ký đã hết hạn một ngày trước khi cấp.",
    "chain",
    "DSC_EXPIRED",
)
def _signer_had_expired(office: Office) -> PassportExhibit:
    return office.by_other_signer(begins=-400 * DAY, ends=-DAY)


@SIGNER_FAULTS.plant(
    "hc_sai_muc_dich",
    "Chứng thư chỉ cho xét nghiệm",
    "Chứng thư ký chỉ được ký giấy xét nghiệm.",
    "key_usage",
    "KEY_USAGE",
)
def _wrong_purpose(office: Office) -> PassportExhibit:
    return office.by_other_signer(purposes=(TESTS,))
