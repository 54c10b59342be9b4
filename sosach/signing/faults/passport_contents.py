"""Faults of times and content: genuine, but not valid or not right."""

from __future__ import annotations

from generator.vietnamese import nfd
from sosach.signing.faults.passport_office import DAY, Office, PassportExhibit
from sosach.signing.faults.record import Catalogue
from sosach.signing.passport import cbor, claims
from sosach.signing.passport.content import Known
from sosach.signing.passport.rules import destination_rules

__all__ = ["CONTENT_FAULTS"]

CONTENT_FAULTS: Catalogue[Office] = Catalogue()


def _renamed(office: Office, **names: str) -> PassportExhibit:
    content = office.content()
    content["nam"] |= names
    return office.case(office.signed(content))


@CONTENT_FAULTS.plant(
    "hc_qua_han",
    "Hộ chiếu hết hạn",
    "Trình hộ chiếu một ngày sau khi hết hạn.",
    "window",
    "EXPIRED",
)
def _expired(office: Office) -> PassportExhibit:
    return office.case(office.passport.text, clock=office.passport.exp + DAY)


@CONTENT_FAULTS.plant(
    "hc_dong_ho_cham",
    "Đồng hồ chậm một ngày",
    "Máy kiểm tra chạy chậm, thấy hộ chiếu chưa có hiệu lực.",
    "window",
    "NOT_YET_VALID",
)
def _clock_behind(office: Office) -> PassportExhibit:
    return office.case(office.passport.text, clock=office.passport.iat - DAY)


@CONTENT_FAULTS.plant(
    "hc_truoc_chung_thu",
    "Cấp trước chứng thư",
    "Ngày cấp ghi trước ngày đầu của chứng thư ký.",
    "window",
    "IAT_BEFORE_DSC",
)
def _older_than_signer(office: Office) -> PassportExhibit:
    return office.by_other_signer(begins=DAY)


@CONTENT_FAULTS.plant(
    "hc_dai_hon_chung_thu",
    "Hạn dài hơn chứng thư",
    "Hạn của hộ chiếu vượt hạn của chứng thư ký.",
    "window",
    "EXP_AFTER_DSC",
)
def _longer_than_signer(office: Office) -> PassportExhibit:
    return office.by_other_signer(ends=100 * DAY)


@CONTENT_FAULTS.plant(
    "hc_mili_giay",
    "Thời gian bằng mili giây",
    "Ngày cấp và ngày hết hạn ghi bằng mili giây.",
    "window",
    "CWT_TIMES",
)
def _milliseconds(office: Office) -> PassportExhibit:
    times = (office.passport.iat, office.passport.exp)
    return office.case(office.claimed(*(int(time.timestamp()) * 1000 for time in times)))


@CONTENT_FAULTS.plant(
    "hc_rong",
    "Không có nội dung",
    "Nơi cấp ký một thông điệp không có hộ chiếu bên trong.",
    "claims",
    "CWT_STRUCT",
)
def _no_passport_inside(office: Office) -> PassportExhibit:
    return office.case(office.signed_payload(cbor.encode({claims.ISS: "XD"})))


@CONTENT_FAULTS.plant(
    "hc_hai_su_kien",
    "Hai sự kiện",
    "Tiêm và khỏi bệnh chung một hộ chiếu.",
    "key_usage",
    "DGC_MULTI",
)
def _two_events(office: Office) -> PassportExhibit:
    dose, day = office.content()["v"][0], office.passport.iat.date()
    recovery = {
        **{name: dose[name] for name in ("tg", "co", "is", "ci")},
        "fr": (day - 60 * DAY).isoformat(),
        "df": (day - 49 * DAY).isoformat(),
        "du": (day + 120 * DAY).isoformat(),
    }
    return office.case(office.signed({**office.content(), "r": [recovery]}))


@CONTENT_FAULTS.plant(
    "hc_thieu_o",
    "Thiếu một ô",
    "Nội dung thiếu ô nơi cấp.",
    "schema",
    "SCHEMA",
)
def _field_missing(office: Office) -> PassportExhibit:
    content = office.content()
    del content["v"][0]["is"]
    return office.case(office.signed(content))


@CONTENT_FAULTS.plant(
    "hc_ma_tuong_lai",
    "Mã của năm sau",
    "Mã loại vắc xin chỉ có từ năm 2023.",
    "value_set",
    "VALUE_SET",
)
def _code_of_later(office: Office) -> PassportExhibit:
    return office.spoiled({"vp": "28531000087107"})


@CONTENT_FAULTS.plant(
    "hc_sai_nha_san_xuat",
    "Sai nhà sản xuất",
    "Vaxzevria ghi nhà sản xuất BioNTech, như mẫu công khai của Việt Nam.",
    "value_set",
    "MP_MA_MISMATCH",
)
def _other_manufacturer(office: Office) -> PassportExhibit:
    return office.spoiled({"mp": "EU/1/21/1529", "ma": "ORG-100030215"})


@CONTENT_FAULTS.plant(
    "hc_sai_loai",
    "Sai loại vắc xin",
    "Vaxzevria ghi là vắc xin mRNA.",
    "value_set",
    "MP_VP_MISMATCH",
)
def _other_kind(office: Office) -> PassportExhibit:
    return office.spoiled({"vp": "1119349007"})


@CONTENT_FAULTS.plant(
    "hc_tiem_sau_khi_cap",
    "Tiêm sau khi cấp",
    "Ngày tiêm ghi bảy ngày sau ngày cấp.",
    "content",
    "DATE_ORDER",
)
def _future_dose(office: Office) -> PassportExhibit:
    return office.spoiled({"dt": (office.passport.iat.date() + 7 * DAY).isoformat()})


@CONTENT_FAULTS.plant(
    "hc_mat_chu_d",
    "Mất chữ Đ",
    "Chương trình không biết chữ Đ nên bỏ mất.",
    "content",
    "NAME_TRANSLITERATION",
)
def _letter_lost(office: Office) -> PassportExhibit:
    """Write the name as a program does that knows no Đ: the letter is lost."""
    names = {"fn": "Đặng", "fnt": "ANG", "gn": "Hoàng Đăng", "gnt": "HOANG<DANG"}
    return _renamed(office, **names)


@CONTENT_FAULTS.plant(
    "hc_dao_ho_ten",
    "Đảo họ và tên",
    "Tên không dấu đảo họ và tên.",
    "content",
    "NAME_TRANSLITERATION",
)
def _names_swapped(office: Office) -> PassportExhibit:
    names = office.content()["nam"]
    return _renamed(office, fnt=names["gnt"], gnt=names["fnt"])


@CONTENT_FAULTS.plant(
    "hc_ten_nfd",
    "Tên dạng tổ hợp",
    "Họ viết bằng mã tổ hợp (NFD).",
    "content",
    "NOT_NFC",
)
def _decomposed(office: Office) -> PassportExhibit:
    return _renamed(office, fn=nfd("Nguyễn"), fnt="NGUYEN")


@CONTENT_FAULTS.plant(
    "hc_cua_nguoi_khac",
    "Mã của người khác",
    "Người trình không phải người ghi trong mã.",
    "content",
    "HOLDER_MISMATCH",
)
def _of_another(office: Office) -> PassportExhibit:
    other = office.content()
    other["nam"] = {"fn": "Trần", "gn": "Văn An", "fnt": "TRAN", "gnt": "VAN<AN"}
    return office.case(office.passport.text, known=Known(other))


@CONTENT_FAULTS.plant(
    "hc_khac_ho_so",
    "Hồ sơ đã sửa",
    "Ngày tiêm trong hồ sơ đã được sửa sau khi cấp.",
    "content",
    "RECORD_MISMATCH",
)
def _other_dose(office: Office) -> PassportExhibit:
    changed = office.content()
    changed["v"][0]["dt"] = (office.passport.iat.date() - 20 * DAY).isoformat()
    return office.case(office.passport.text, known=Known(changed))


@CONTENT_FAULTS.plant(
    "hc_trung_so",
    "Hai hộ chiếu một số",
    "Số chứng nhận này đã cấp cho nội dung khác.",
    "content",
    "DUPLICATE_CI",
)
def _number_twice(office: Office) -> PassportExhibit:
    content = office.content()
    content["v"][0] |= {"dn": 3, "sd": 3}
    issued = {office.passport.number: office.passport.fingerprint}
    return office.case(office.signed(content), known=Known(issued=issued))


@CONTENT_FAULTS.plant(
    "hc_khong_dat",
    "Không đạt quy định nơi đến",
    "Người này mới tiêm một mũi của liều hai mũi.",
    "rules",
    "RULE_FAILED",
)
def _against_rules(office: Office) -> PassportExhibit:
    content = office.content()
    content["v"][0]["dn"] = 1
    return office.case(office.signed(content), rules=destination_rules())
