# %% [markdown]
# # Bài tập: hộ chiếu vắc xin và mã QR
#
# **DỮ LIỆU GIẢ LẬP.** Mọi người, mũi tiêm, hộ chiếu và mã QR trong bài đều do máy tạo ra, không có giá trị pháp lý.
#
# Thời gian: khoảng 45 phút cho 30 mục. Anh/chị có thể nghỉ giữa chừng: mọi lựa chọn được giữ lại.
#
# ## Tình huống
#
# Bài có hai buổi làm việc. Cột `ngay_kiem_tra` cho biết mỗi mục thuộc buổi nào.
#
# **Buổi một.** Thứ Hai, ngày 9/5/2022, anh/chị trực bàn tiếp dân của Trạm Y tế một phường ở Thành phố Hồ Chí Minh.
# Tên phường hiện ra khi anh/chị mở bài ở ô thứ nhất. Ai đến cũng hỏi: *"Tôi tiêm đủ rồi, sao chưa có hộ chiếu vắc xin?"* Chị trưởng trạm dặn:
#
# > "Đừng bảo bà con cứ chờ. Em tìm cho ra một chỗ vướng, chỗ đầu tiên thôi, rồi nói ai phải làm."
#
# **Buổi hai.** Một năm sau, ngày 16/5/2023, anh/chị đứng quầy kiểm tra hộ chiếu. Trước mặt là mã QR và giấy tờ tùy thân của người trình. Mã nào tốt thì cho qua, mã nào không thì nói rõ vì sao.
#
# ## Anh/chị có gì trong tay
#
# * `du_lieu/can_kiem_tra.csv`: mỗi dòng là một người hỏi (`HC...`) hoặc một mã QR (`QR...`).
# * `du_lieu/mui_nguoi_hoi.csv`: các mũi của những người hỏi, có đơn vị nhập và trạng thái ký.
# * `du_lieu/so_cap.csv`: sổ của Cục Y tế dự phòng ghi hộ chiếu đã cấp (giả lập).
# * `du_lieu/ma_vac_xin.csv`: mã sản phẩm đi với nhà sản xuất nào.
# * `du_lieu/qr/`: ảnh các mã QR. `du_lieu/chu_ky/`: chữ ký của các mũi. `du_lieu/tin_cay/`, `du_lieu/tin_cay_ho_chieu/`: thứ máy kiểm tra cần.
# * `du_lieu/du_lieu.xlsx`: các bảng trong một tệp Excel.
#
# ## Việc cần làm
#
# | Việc | Điểm | Nộp gì | Quy tắc ở đâu |
# |---|---|---|---|
# | Tìm lý do cho từng người hỏi, kết luận từng mã QR | 10 | `bai_nop/ket_luan.csv` | QĐ 5772/QĐ-BYT ngày 20/12/2021; CV 1908/BYT-CNTT ngày 15/4/2022; bài học *15_ho_chieu_va_ma_qr* |
#
# **Người hỏi** (`HC...`), hỏi theo thứ tự, dừng ở chỗ vướng đầu tiên:
#
# * **Hồ sơ chưa được xác minh đúng**: công dân Việt Nam mà trạng thái chưa *Đúng*.
# * **Chưa đủ liều cơ bản**: thường là hai mũi; Janssen một mũi, Abdala ba mũi.
# * **Còn mũi cơ bản mà cơ sở chưa ký**: thiếu một chữ ký là chưa cấp. Mũi nhắc lại chưa ký thì không sao.
# * **Đủ điều kiện, chờ Cục Y tế dự phòng cấp**: cả ba điều trên đều đủ.
#
# **Mã QR** (`QR...`):
#
# * **Mã QR của người khác**: họ tên hoặc ngày sinh trong mã không phải của người đang trình.
# * **Hộ chiếu đã hết hạn**: ngày kiểm tra sau ngày hết hạn.
# * **Chữ ký không đúng**: khóa ngoài danh sách, hoặc nội dung khác sổ cấp: bị sửa sau khi ký.
# * **Chữ ký đúng nhưng nội dung sai**: sổ cấp cũng ghi như vậy, nhưng các ô mâu thuẫn với nhau, như vắc xin với nhà sản xuất.
# * **Mã QR tốt**: mọi điều trên đều ổn.
#
# Cho qua một mã không tốt, hay bảo người chưa đủ điều kiện cứ chờ, thì bị trừ thêm. Cách tính điểm là quy ước của khóa học.

# %% [markdown]
# ## Bước 1. Mở bài
#
# Bấm chuột vào ô xám dưới đây, rồi nhấn **Shift + Enter**. Ô nào trong bài cũng chạy như vậy.

# %%
from sosach.course import mo_bai

bai = mo_bai("k2_15_ho_chieu_va_ma_qr")
bai

# %% [markdown]
# ## Bước 2. Làm bài
#
# Ba cách sau đây như nhau: cùng một tệp nộp, cùng một cách chấm. Anh/chị chọn cách quen tay.
#
# ### Cách 1. Bấm chuột trên màn hình
#
# Nhấn **Shift + Enter** ở ô dưới. Mỗi mục là một thẻ. Người hỏi: đọc hồ sơ và các mũi. Mã QR: đọc mười một trường, so với giấy tờ của người trình và sổ cấp.
# Bấm một nút, hoặc nhấn phím số. Kết quả được ghi ngay vào `bai_nop/ket_luan.csv`: không cần bấm lưu.

# %%
bai.man_hinh()

# %% [markdown]
# ### Cách 2. Dùng Excel
#
# 1. Trên màn hình ở Cách 1, bấm **Thêm**, rồi **Tạo phiếu làm bài bằng Excel**. Tệp `phieu_lam_bai.xlsx` hiện ra cạnh tệp bài tập này.
# 2. Mở tệp bằng Excel, trang *Bài làm*: bên trái là mục phải xem, bên phải là ô để chọn. Mở thêm `du_lieu/du_lieu.xlsx` để tra các bảng.
# 3. Lưu tệp. Trở lại màn hình, bấm **Thêm**, rồi **Nhập phiếu Excel đã làm**. Dòng nào chưa đúng được báo theo số dòng.

# %% [markdown]
# ### Cách 3. Dành cho anh/chị biết lập trình (pandas)
#
# `bai.bang(...)` mở từng bảng; mọi cột đều là chữ, ô trống là `""`. Ảnh mã QR trong `du_lieu/qr/` đọc được bằng `sosach.signing.passport`.
# Anh/chị lập một bảng hai cột `doi_tuong_kiem_tra`, `ket_luan` (mã như `CAP_DUOC`, `CHUA_XAC_MINH`, `CHUA_DU_MUI`, `CHUA_KY`, `QR_TOT`, `QR_NGUOI_KHAC`, `QR_NOI_DUNG_SAI`, `QR_CHU_KY_SAI`, `QR_HET_HAN`), rồi gọi `bai.luu(bang)`.
# Nếu không dùng cách này, anh/chị cứ bỏ qua ô dưới.

# %%
bang, mui = bai.bang("can_kiem_tra"), bai.bang("mui_nguoi_hoi")
### BEGIN SOLUTION
from datetime import datetime
from pathlib import Path

from sosach.signing.dose_checks import DoseChecker, View
from sosach.signing.passport.content import Known
from sosach.signing.passport.entry import entitlement, person_of
from sosach.signing.passport.requests import requests_of
from sosach.signing.passport.trust import load_passport_trust
from sosach.signing.passport.verifying import verify
from sosach.signing.trust import load_trust
from sosach.signing.verdicts import VIETNAM, SigningError

du_lieu = Path("du_lieu")
hoi = bang[bang["loai"] == "Người dân hỏi"].to_dict("records")
trinh = bang[bang["loai"] == "Mã QR"].to_dict("records")

# Phần 1: vì sao chưa có hộ chiếu
VI_SAO = {
    "RECORD_UNVERIFIED": "CHUA_XAC_MINH",
    "COURSE_INCOMPLETE": "CHUA_DU_MUI",
    "DOSE_UNSIGNED": "CHUA_KY",
}
hom_nay = datetime(2022, 5, 9, 16, tzinfo=VIETNAM)
chu_ky = DoseChecker(du_lieu / "chu_ky", View(load_trust(du_lieu / "tin_cay"), hom_nay))


def tra_loi(yeu_cau):
    try:
        entitlement(yeu_cau.record, yeu_cau.doses, yeu_cau.signed)
    except SigningError as loi:
        return VI_SAO[loi.finding.code]
    return "CAP_DUOC"


dap = {
    yeu_cau.record["doi_tuong_kiem_tra"]: tra_loi(yeu_cau)
    for yeu_cau in requests_of(hoi, mui.to_dict("records"), chu_ky.verdict)
}

# Phần 2: mã QR ở quầy, ngày 16/5/2023
tin_cay = load_passport_trust(du_lieu / "tin_cay_ho_chieu")
o_quay = datetime(2023, 5, 16, 10, tzinfo=VIETNAM)
TU = {
    "tot": "QR_TOT",
    "bi_sua": "QR_CHU_KY_SAI",
    "khong_ro_nguoi_ky": "QR_CHU_KY_SAI",
    "qua_han": "QR_HET_HAN",
}


def xem_ma(dong):
    nguoi_trinh = Known(person_of(dong))
    xet = verify(du_lieu / dong["qr_anh"], tin_cay, o_quay, known=nguoi_trinh).verdict
    khac_nguoi = xet.codes[:1] == ["HOLDER_MISMATCH"]
    return TU.get(xet.word) or ("QR_NGUOI_KHAC" if khac_nguoi else "QR_NOI_DUNG_SAI")


dap |= {dong["doi_tuong_kiem_tra"]: xem_ma(dong) for dong in trinh}

ket_qua = bang[["doi_tuong_kiem_tra"]].copy()
ket_qua["ket_luan"] = ket_qua["doi_tuong_kiem_tra"].map(dap)
bai.luu(ket_qua)
### END SOLUTION

# %% [markdown]
# ## Bước 3. Kiểm tra
#
# Khi luyện tập, ô này cho biết mục nào chưa đúng, kèm ba bước gợi ý.
# Ở lớp, ô này chỉ xem tệp đã đúng mẫu chưa. Anh/chị chạy lại bao nhiêu lần cũng được.

# %%
bai.kiem_tra()

# %% [markdown]
# ## Bước 4. Nộp bài
#
# Ô này đóng gói bài làm thành một tệp `.zip` và cho anh/chị một mã kiểm tra.

# %%
bai.nop_bai()

# %% [markdown]
# ## Làm thêm
#
# Khi luyện tập, `bai.bo_moi()` mở một bộ khác. Bài làm của bộ cũ vẫn được giữ.
# Anh/chị thêm một ô mới (nút **+** trên thanh công cụ), gõ `bai.bo_moi()`, rồi nhấn **Shift + Enter**.
#
# Chọn ba người hỏi, viết cho mỗi người một câu trả lời đủ ba ý: vướng ở đâu, ai làm, trạm đã làm gì.

# %% [markdown]
# ---
# Ô dưới đây để giảng viên ghi điểm. Anh/chị không cần làm gì ở đó.

# %% points=10 tests="ho_chieu"
# bai_nop/ket_luan.csv
