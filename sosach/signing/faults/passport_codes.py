"""Faults of the text and of the container: what a reader meets before anybody is believed."""

from __future__ import annotations

import zlib
from dataclasses import replace

from sosach.signing.faults.passport_office import Office, PassportExhibit, message_of, text_of
from sosach.signing.faults.record import Catalogue
from sosach.signing.passport import base45, cbor, cose, hc1
from sosach.signing.passport.content import Known

__all__ = ["CODE_FAULTS"]

#: COSE_Mac0 (RFC 9052, table 1)
MAC0 = 17

CODE_FAULTS: Catalogue[Office] = Catalogue()


def _wrapped(office: Office, data: bytes) -> PassportExhibit:
    return office.case(hc1.PREFIX + base45.encode(data))


@CODE_FAULTS.plant(
    "hc_tot",
    "Hộ chiếu tốt",
    "Không có lỗi: hộ chiếu đúng, người trình đúng.",
)
def _good(office: Office) -> PassportExhibit:
    return office.case(office.passport.text, known=Known(office.passport.content))


@CODE_FAULTS.plant(
    "hc_dau_hc2",
    "Mở đầu HC2:",
    "Đổi HC1: thành HC2:, một phiên bản chưa có.",
    "prefix",
    "PREFIX",
)
def _other_prefix(office: Office) -> PassportExhibit:
    return office.case("HC2:" + hc1.strip_prefix(office.passport.text))


@CODE_FAULTS.plant(
    "hc_ky_tu_la",
    "Có ký tự gõ sai",
    "Gõ tay, một ký tự thành dấu gạch dưới.",
    "base45",
    "B45_CHAR",
)
def _mistyped(office: Office) -> PassportExhibit:
    text = office.passport.text
    return office.case(f"{text[:50]}_{text[51:]}")


@CODE_FAULTS.plant(
    "hc_mat_ky_tu",
    "Mất ký tự cuối",
    "Chép thiếu mấy ký tự cuối.",
    "base45",
    "B45_LEN",
)
def _one_letter_lost(office: Office) -> PassportExhibit:
    packed = hc1.strip_prefix(office.passport.text)
    return office.case(hc1.PREFIX + packed[: len(packed) // 3 * 3 - 2])


@CODE_FAULTS.plant(
    "hc_cat_nua",
    "Mã bị cắt một nửa",
    "Chỉ quét được nửa đầu của mã.",
    "zlib",
    "ZLIB_BROKEN",
)
def _cut(office: Office) -> PassportExhibit:
    packed = hc1.strip_prefix(office.passport.text)
    return office.case(hc1.PREFIX + packed[: len(packed) // 2 // 3 * 3])


@CODE_FAULTS.plant(
    "hc_khong_nen",
    "Quên nén",
    "Chương trình phát hành bỏ bước nén.",
    "zlib",
    "ZLIB_NOT_COMPRESSED",
)
def _not_compressed(office: Office) -> PassportExhibit:
    return _wrapped(office, hc1.inflate(base45.decode(hc1.strip_prefix(office.passport.text))))


@CODE_FAULTS.plant(
    "hc_bom_nen",
    "Bom nén",
    "Tám triệu byte số không nén lại thành một mã nhỏ.",
    "zlib",
    "ZLIB_LIMIT",
)
def _bomb(office: Office) -> PassportExhibit:
    return _wrapped(office, zlib.compress(bytes(2**23), 9))


@CODE_FAULTS.plant(
    "hc_du_byte",
    "Thừa dữ liệu",
    "Thêm bảy byte sau phần nén.",
    "zlib",
    "ZLIB_TRAILING",
)
def _trailing(office: Office) -> PassportExhibit:
    return _wrapped(office, base45.decode(hc1.strip_prefix(office.passport.text)) + b"DAO TAO")


@CODE_FAULTS.plant(
    "hc_loai_khac",
    "Loại thông điệp khác",
    "Dán nhãn COSE_Mac0 lên thông điệp đã ký.",
    "cose",
    "COSE_TAG",
)
def _other_tag(office: Office) -> PassportExhibit:
    message = message_of(office.passport.text)
    parts = [message.protected, {}, message.payload, message.signature]
    return office.case(hc1.wrap(cbor.encode(cbor.Tagged(MAC0, parts))))


@CODE_FAULTS.plant(
    "hc_dau_hong",
    "Phần đầu không phải bảng",
    "Thay phần đầu đã ký bằng một danh sách.",
    "cose",
    "COSE_PROTECTED",
)
def _header_no_map(office: Office) -> PassportExhibit:
    message = replace(message_of(office.passport.text), protected=cbor.encode([cose.PS256]))
    return office.case(text_of(message))
