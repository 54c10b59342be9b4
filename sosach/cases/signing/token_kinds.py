"""What happens with tokens and certificates at a station, and the next step that is right."""

from __future__ import annotations

from sosach.cases.signing.dealing import Kind

__all__ = ["KINDS"]

PUBLIC = {"nha_cap": "cong_cong"}
TELEX, CAPS = {"ban_phim": "tiếng Việt (Telex)"}, {"ban_phim": "tiếng Anh, đèn Caps Lock sáng"}
PLAIN = (
    "{ten} mở phần mềm để ký lô mũi tiêm của buổi sáng.",
    "{ten} chuẩn bị ký danh sách mũi nhập hôm qua.",
    "{ten} hỏi: sáng nay ký bằng token này được chưa?",
)
TYPED = (
    "{ten} nhập PIN để ký, máy báo sai PIN.",
    "{ten} gõ PIN rất cẩn thận mà máy vẫn báo sai PIN.",
)
NEW = ("{ten} vừa nhận token và mở phong bì giao kèm.", *PLAIN)

KINDS = (
    Kind("binh_thuong", "KY_DUOC", "Mọi điều kiện đều đủ", said=PLAIN),
    Kind(
        "sap_het_han",
        "KY_DUOC",
        "Chứng thư mấy hôm nữa mới hết hạn, hôm nay vẫn còn hiệu lực",
        facts={"het_han": "tuần sau"},
        said=PLAIN,
    ),
    Kind(
        "cong_cong",
        "KY_DUOC",
        "Nơi cấp công cộng có trong danh mục, dùng được như nơi cấp công vụ",
        facts=PUBLIC,
        said=PLAIN,
    ),
    Kind(
        "seri_khac",
        "KY_DUOC",
        "Số seri trong danh sách thu hồi là của chứng thư khác",
        facts={"thu_hoi": "số khác"},
        said=PLAIN,
    ),
    Kind(
        "lech_phut",
        "KY_DUOC",
        "Đồng hồ máy lệch vài phút, không ảnh hưởng",
        facts={"dong_ho": "chậm vài phút"},
        said=PLAIN,
    ),
    Kind(
        "giao_kem",
        "DOI_PIN",
        "Token còn PIN giao kèm mà ai cũng biết",
        facts={"pin": "giao kèm, 12345678"},
        said=NEW,
    ),
    Kind(
        "giao_kem_cong_cong",
        "DOI_PIN",
        "Token còn PIN giao kèm, dù nơi cấp nào cũng phải đổi",
        facts={**PUBLIC, "pin": "giao kèm, 12345678"},
        said=NEW,
    ),
    Kind(
        "telex",
        "THU_LAI",
        "Bàn phím đang gõ Telex nên PIN gõ ra sai; token còn lượt",
        ("E94",),
        {**TELEX, "so_lan_sai": "1"},
        TYPED,
    ),
    Kind(
        "telex_hai_lan",
        "THU_LAI",
        "Bàn phím đang gõ Telex; còn đúng một lượt, chỉnh xong hãy nhập",
        ("E94",),
        {**TELEX, "so_lan_sai": "2"},
        TYPED,
    ),
    Kind(
        "caps_lock",
        "THU_LAI",
        "Caps Lock đang bật nên PIN gõ ra chữ hoa; token còn lượt",
        ("E94",),
        {**CAPS, "so_lan_sai": "1"},
        TYPED,
    ),
    Kind(
        "ba_lan_cong_cong",
        "THU_LAI",
        "Token công cộng cho sai năm lần: ba lần sai chưa khóa; chỉnh bàn phím đã",
        ("E94",),
        {**PUBLIC, **TELEX, "so_lan_sai": "3"},
        TYPED,
    ),
    Kind(
        "khoa_ba_lan",
        "MO_KHOA",
        "Token công vụ khóa sau ba lần sai, nhập nữa không ích gì",
        ("E94",),
        {"so_lan_sai": "3"},
        TYPED,
    ),
    Kind(
        "khoa_vi_telex",
        "MO_KHOA",
        "Đã biết vì sao gõ sai, nhưng lượt đã hết: tắt Telex không mở được khóa",
        ("E94",),
        {**TELEX, "so_lan_sai": "3"},
        TYPED,
    ),
    Kind(
        "khoa_nam_lan",
        "MO_KHOA",
        "Token công cộng khóa sau năm lần sai",
        ("E94",),
        {**PUBLIC, **CAPS, "so_lan_sai": "5"},
        TYPED,
    ),
    Kind(
        "mat",
        "BAO_THU_HOI",
        "Token mất thì nơi cấp phải biết ngay để thu hồi",
        ("E93",),
        {"vi_tri": "không tìm thấy"},
        (
            "{ten} tìm token từ chiều hôm qua khắp trạm mà không thấy.",
            "{ten} đi họp về, mở túi không thấy token đâu.",
        ),
    ),
    Kind(
        "nguoi_ngoai",
        "BAO_THU_HOI",
        "Người ngoài trạm có cả token lẫn PIN, khóa không còn do trạm giữ",
        ("E93",),
        {"vi_tri": "người ngoài trạm đang giữ, biết PIN"},
        (
            "{ten} kể: người đến sửa máy mượn token kèm tờ giấy ghi PIN, hẹn mai trả.",
            "Người giữ token cũ đã nghỉ việc, còn mang theo token và không nghe máy.",
        ),
    ),
    Kind(
        "het_han",
        "XIN_CAP_MOI",
        "Chứng thư đã hết hạn trước hôm nay",
        ("E93",),
        {"het_han": "tuần trước"},
        PLAIN,
    ),
    Kind(
        "da_thu_hoi",
        "XIN_CAP_MOI",
        "Chứng thư đã bị thu hồi, tìm lại được token cũng không dùng nữa",
        ("E93",),
        {"thu_hoi": "số này"},
        ("{ten} tìm lại được token mất tháng trước và muốn dùng luôn.", *PLAIN),
    ),
    Kind(
        "hong",
        "XIN_CAP_MOI",
        "Token hỏng, khóa bên trong không lấy lại được",
        (),
        {"may_nhan": "không, thử ở ba máy"},
        ("{ten} cắm token vào máy nào cũng không thấy đèn sáng.",),
    ),
    Kind(
        "ca_nhan",
        "KHONG_DUNG",
        "Chứng thư của cá nhân, mũi tiêm phải ký bằng chứng thư của đơn vị",
        ("E93",),
        {"chu_the": "cá nhân"},
        PLAIN,
    ),
    Kind(
        "don_vi_khac",
        "KHONG_DUNG",
        "Chứng thư của đơn vị khác, kể cả khi họ cho mượn",
        ("E93",),
        {"chu_the": "đơn vị khác"},
        ("Trạm bên cạnh cho mượn token kèm PIN trong lúc chờ, {ten} định ký.", *PLAIN),
    ),
    Kind(
        "noi_cap_la",
        "KHONG_DUNG",
        "Nơi cấp không có trong danh mục nên không ai tin chữ ký này",
        ("E93",),
        {"nha_cap": "la"},
        PLAIN,
    ),
    Kind(
        "chua_den_ngay",
        "CHO_HIEU_LUC",
        "Chứng thư mới, chưa đến ngày bắt đầu",
        ("E93",),
        {"bat_dau": "tuần sau"},
        NEW,
    ),
    Kind(
        "dong_ho_lui",
        "CHO_HIEU_LUC",
        "Đồng hồ máy lùi về trước ngày chứng thư bắt đầu",
        ("E93",),
        {"dong_ho": "lùi nhiều năm"},
        ("Máy vừa thay pin, {ten} bấm ký thì bị từ chối.", *PLAIN),
    ),
    Kind(
        "dong_ho_nhanh",
        "CHO_HIEU_LUC",
        "Đồng hồ máy chạy quá ngày hết hạn của chứng thư",
        ("E93",),
        {"dong_ho": "nhanh nhiều năm"},
        ("{ten} bấm ký thì máy báo không nhận chứng thư.", *PLAIN),
    ),
)
