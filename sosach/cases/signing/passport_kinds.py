"""People who ask why they have no passport yet, and QR codes that people show, with what is right."""

from __future__ import annotations

from sosach.cases.signing.dealing import Kind

__all__ = ["ASKING", "CODES"]

SIGNED, OPEN = "Đã ký", "Chưa ký"


def _asks(id: str, code: str, title: str, doses: str, *causes: str, **facts: str) -> Kind:
    """Return a kind of person; doses as ``CB1+ CB2-``: slot, and whether it is signed."""
    return Kind(id, code, title, causes, {"mui": doses, **facts})


#: facts: ``mui`` doses, ``vac_xin`` of each, ``tt_xac_minh``, ``nuoc_ngoai``, ``noi_khac`` the slot
#: that another unit has entered
ASKING = (
    _asks("du", "CAP_DUOC", "Đã xác minh, đủ hai mũi cơ bản, cả hai đã ký", "CB1+ CB2+"),
    _asks(
        *("nhac_chua_ky", "CAP_DUOC"),
        "Mũi nhắc chưa ký thì chưa được tính, hai mũi cơ bản đã đủ",
        "CB1+ CB2+ NL1-",
    ),
    _asks("janssen", "CAP_DUOC", "Janssen đủ liều với một mũi", "CB1+", vac_xin="Janssen"),
    _asks(
        *("nuoc_ngoai", "CAP_DUOC"),
        "Người nước ngoài có số hộ chiếu, không cần đối chiếu dân cư",
        "CB1+ CB2+",
        "D12",
        nuoc_ngoai="1",
        tt_xac_minh="Không xác minh được",
    ),
    _asks(
        *("tron", "CAP_DUOC"),
        "Hai mũi khác vắc xin vẫn là đủ liều cơ bản",
        "CB1+ CB2+",
        vac_xin="AstraZeneca|Pfizer",
    ),
    _asks("sai", "CHUA_XAC_MINH", "Trạng thái là Sai", "CB1- CB2-", tt_xac_minh="Sai"),
    _asks(
        *("khong_xac_minh", "CHUA_XAC_MINH"),
        "Trạng thái là Không xác minh được",
        "CB1- CB2- NL1-",
        tt_xac_minh="Không xác minh được",
    ),
    _asks(
        *("chua_gui", "CHUA_XAC_MINH"),
        "Hồ sơ chưa gửi xác minh",
        "CB1- CB2-",
        tt_xac_minh="Chưa gửi",
    ),
    _asks("mot_mui", "CHUA_DU_MUI", "Mới có một mũi cơ bản", "CB1+"),
    _asks("abdala", "CHUA_DU_MUI", "Abdala cần ba mũi cơ bản", "CB1+ CB2+", vac_xin="Abdala"),
    _asks(
        *("thieu_mui_hai", "CHUA_DU_MUI"),
        "Có mũi nhắc nhưng sổ chưa có mũi cơ bản 2",
        "CB1+ NL1+",
    ),
    _asks("mui_mot", "CHUA_KY", "Mũi cơ bản 1 chưa ký", "CB1- CB2+", "E91"),
    _asks("mui_hai", "CHUA_KY", "Mũi cơ bản 2 chưa ký", "CB1+ CB2- NL1-", "E91"),
    _asks(
        *("noi_khac", "CHUA_KY"),
        "Mũi do đơn vị khác nhập, đơn vị ấy chưa ký",
        "CB1+ CB2-",
        "E91",
        noi_khac="CB2",
    ),
)
#: facts: ``vac_xin``, ``het_han`` when it expires, ``mui`` number of the dose, ``ten`` a surname;
#: ``trinh`` what differs on the paper of who shows it, ``noi_dung`` what is wrong in what was
#: signed, ``sua`` what was changed after signing, ``khoa`` a key that nobody knows
CODES = (
    Kind("tot", "QR_TOT", "Đúng người, còn hạn, nội dung khớp sổ cấp và bảng mã"),
    Kind("sap_het_han", "QR_TOT", "Mấy hôm nữa mới hết hạn", facts={"het_han": "sắp"}),
    Kind("mui_ba", "QR_TOT", "Mũi nhắc ghi 3/3 là đúng", facts={"mui": "3"}),
    Kind("chu_hoa", "QR_TOT", "Giấy viết chữ hoa vẫn là một tên", facts={"trinh": "chữ hoa"}),
    Kind("ten_khac", "QR_NGUOI_KHAC", "Tên trong mã là người khác", facts={"trinh": "tên"}),
    Kind(
        *("ngay_sinh_khac", "QR_NGUOI_KHAC"),
        "Cùng họ tên nhưng khác ngày sinh",
        facts={"trinh": "ngày sinh"},
    ),
    Kind(
        *("nha_san_xuat", "QR_NOI_DUNG_SAI"),
        "Sản phẩm của AstraZeneca mà nhà sản xuất ghi BioNTech",
        ("E95",),
        {"vac_xin": "AstraZeneca", "noi_dung": "nhà sản xuất"},
    ),
    Kind(
        *("loai_vac_xin", "QR_NOI_DUNG_SAI"),
        "Mã loại vắc xin không phải của sản phẩm này",
        ("E95",),
        {"noi_dung": "loại"},
    ),
    Kind(
        *("tiem_sau_cap", "QR_NOI_DUNG_SAI"),
        "Ngày tiêm sau ngày cấp",
        facts={"noi_dung": "ngày tiêm"},
    ),
    Kind(
        *("mat_chu_d", "QR_NOI_DUNG_SAI"),
        "Tên không dấu mất chữ Đ, máy sẽ đọc ra tên khác",
        facts={"ten": "Đặng", "noi_dung": "mất chữ Đ"},
    ),
    Kind("sua_ngay", "QR_CHU_KY_SAI", "Ngày tiêm khác sổ cấp", facts={"sua": "ngày tiêm"}),
    Kind("sua_ten", "QR_CHU_KY_SAI", "Họ tên khác sổ cấp", facts={"sua": "tên"}),
    Kind("sua_mui", "QR_CHU_KY_SAI", "Số mũi khác sổ cấp", facts={"sua": "số mũi"}),
    Kind(
        *("khoa_la", "QR_CHU_KY_SAI"),
        "Khóa không có trong danh sách, số cũng không có trong sổ cấp",
        facts={"khoa": "lạ"},
    ),
    Kind("het_han", "QR_HET_HAN", "Đã quá ngày hết hạn", facts={"het_han": "đã"}),
    Kind(
        *("het_han_hom_qua", "QR_HET_HAN"),
        "Hết hạn mới vài hôm vẫn là hết hạn",
        facts={"het_han": "vừa"},
    ),
)
