# %% [markdown]
# # Bài tập: chứng thư số và token
#
# **DỮ LIỆU GIẢ LẬP.** Người, đơn vị, token và chứng thư trong bài đều do máy tạo ra, chỉ dùng đào tạo.
#
# Thời gian: khoảng 30 phút cho 30 tình huống. Anh/chị có thể nghỉ giữa chừng: mọi lựa chọn được giữ lại.
#
# ## Tình huống
#
# Thứ Hai, ngày 9/5/2022. Anh/chị là người phụ trách token của Trạm Y tế một phường ở Thành phố Hồ Chí Minh.
# Tên phường hiện ra khi anh/chị mở bài ở ô thứ nhất. Từ sáng đến chiều, ai vướng chuyện ký số cũng gọi anh/chị.
#
# Chị trưởng trạm dặn:
#
# > "Mỗi cuộc gọi em chỉ cần trả lời một câu: bước tiếp theo là gì.
# > Nhưng nghĩ một giây rồi hãy nói. Bảo người ta thử thêm lần nữa khi token đã khóa, hay ký bằng token mượn, là hại cả trạm."
#
# ## Anh/chị có gì trong tay
#
# * `du_lieu/can_kiem_tra.csv`: mỗi dòng là một tình huống, có token, máy tính, chứng thư và dòng gần nhất của danh sách thu hồi.
# * `du_lieu/noi_cap.csv`: các nơi cấp được tin cậy, và số lần được nhập sai PIN của mỗi loại token.
# * `du_lieu/chung_thu/`: chứng thư thật của từng tình huống. `du_lieu/tin_cay/`: chứng thư của các nơi cấp.
# * `du_lieu/du_lieu.xlsx`: các bảng trong một tệp Excel.
#
# ## Việc cần làm
#
# | Việc | Điểm | Nộp gì | Quy tắc ở đâu |
# |---|---|---|---|
# | Chọn bước tiếp theo cho từng tình huống | 10 | `bai_nop/ket_luan.csv` | CV 1908/BYT-CNTT ngày 15/4/2022; NĐ 130/2018/NĐ-CP; bài học *12_chung_thu_va_token* |
#
# Hỏi theo thứ tự: token còn trong tay trạm không, có chạy không, còn lượt không; chứng thư của ai, ai cấp, có bị thu hồi không, hôm nay có trong hạn không.
#
# * **Dùng được, ký bình thường**: mọi câu đều ổn. Tuần sau mới hết hạn thì hôm nay vẫn dùng được.
# * **Đổi PIN giao kèm trước khi ký**: token còn PIN 12345678.
# * **Chỉnh bàn phím rồi nhập lại PIN**: sai vì Telex hay Caps Lock, và vẫn *còn lượt*.
# * **Làm văn bản đề nghị mở khóa**: hết lượt. Token công vụ hết sau 3 lần sai, token công cộng trong bài hết sau 5 lần.
# * **Báo ngay nơi cấp để thu hồi**: token mất, hoặc người ngoài có cả token lẫn PIN.
# * **Xin cấp mới**: chứng thư hết hạn, đã bị thu hồi, hoặc token hỏng.
# * **Không dùng chứng thư này**: của cá nhân, của đơn vị khác, hoặc nơi cấp không có trong danh mục.
# * **Chỉnh đồng hồ hoặc chờ đến ngày hiệu lực**: chưa đến ngày hiệu lực, hoặc đồng hồ máy sai ngày.
#
# Chọn *ký* hay *thử lại* khi không được phép thì bị trừ thêm. Cách tính điểm là quy ước của khóa học.
# Cài trình điều khiển token không có trong bài này: mỗi hãng một khác.

# %% [markdown]
# ## Bước 1. Mở bài
#
# Bấm chuột vào ô xám dưới đây, rồi nhấn **Shift + Enter**. Ô nào trong bài cũng chạy như vậy.

# %%
from sosach.course import mo_bai

bai = mo_bai("k2_12_chung_thu_va_token")
bai

# %% [markdown]
# ## Bước 2. Làm bài
#
# Ba cách sau đây như nhau: cùng một tệp nộp, cùng một cách chấm. Anh/chị chọn cách quen tay.
#
# ### Cách 1. Bấm chuột trên màn hình
#
# Nhấn **Shift + Enter** ở ô dưới. Mỗi tình huống là một thẻ: đọc câu chuyện, rồi đọc ba tờ *Token và máy tính*, *Chứng thư*, *Danh sách thu hồi*.
# Bấm một nút, hoặc nhấn phím số. Mỗi lần bấm, kết quả được ghi ngay vào `bai_nop/ket_luan.csv`: không cần bấm lưu.

# %%
bai.man_hinh()

# %% [markdown]
# ### Cách 2. Dùng Excel
#
# 1. Trên màn hình ở Cách 1, bấm **Thêm**, rồi **Tạo phiếu làm bài bằng Excel**. Tệp `phieu_lam_bai.xlsx` hiện ra cạnh tệp bài tập này.
# 2. Mở tệp bằng Excel, trang *Bài làm*: bên trái là tình huống, bên phải là ô để chọn. Chưa quyết định thì để trống.
# 3. Lưu tệp. Trở lại màn hình, bấm **Thêm**, rồi **Nhập phiếu Excel đã làm**. Dòng nào chưa đúng được báo theo số dòng.

# %% [markdown]
# ### Cách 3. Dành cho anh/chị biết lập trình (pandas)
#
# `bai.bang("can_kiem_tra")` là bảng tình huống, `bai.bang("noi_cap")` là bảng nơi cấp; mọi cột đều là chữ, ô trống là `""`.
# Anh/chị lập một bảng hai cột `doi_tuong_kiem_tra`, `ket_luan` (mã như `KY_DUOC`, `DOI_PIN`, `THU_LAI`, `MO_KHOA`, `BAO_THU_HOI`, `XIN_CAP_MOI`, `KHONG_DUNG`, `CHO_HIEU_LUC`), rồi gọi `bai.luu(bang)`.
# Nếu không dùng cách này, anh/chị cứ bỏ qua ô dưới.

# %%
bang, noi_cap = bai.bang("can_kiem_tra"), bai.bang("noi_cap")
### BEGIN SOLUTION
import numpy as np
import pandas as pd


def gio(cot):
    return pd.to_datetime(bang[cot], format="%d/%m/%Y %H:%M", errors="coerce")


luc, may = gio("luc"), gio("dong_ho_may")
tu, den = gio("hieu_luc_tu"), gio("hieu_luc_den")
cua_tram = (bang["loai_chung_thu"] == "đơn vị") & (bang["don_vi"] == bang["don_vi_ky"])
trong_danh_muc = bang["noi_cap"].isin(noi_cap["noi_cap"])
bi_thu_hoi = bang["seri_thu_hoi"] == bang["so_seri"]
hong = bang["may_nhan"].str.startswith("không")

buoc = {
    "BAO_THU_HOI": bang["vi_tri"] != "cắm ở máy trạm",
    "KHONG_DUNG": ~(cua_tram & trong_danh_muc),
    "XIN_CAP_MOI": bi_thu_hoi | (den < luc) | hong,
    "CHO_HIEU_LUC": (luc < tu) | (may < tu) | (may > den),
    "MO_KHOA": bang["con_lai"].astype(int) == 0,
    "DOI_PIN": bang["pin"].str.startswith("giao kèm"),
    "THU_LAI": bang["so_lan_sai"].astype(int) > 0,
}
ket_qua = bang[["doi_tuong_kiem_tra"]].copy()
ket_qua["ket_luan"] = np.select(list(buoc.values()), list(buoc), default="KY_DUOC")
bai.luu(ket_qua)
### END SOLUTION

# %% [markdown]
# ## Bước 3. Kiểm tra
#
# Khi luyện tập, ô này cho biết tình huống nào chưa đúng, kèm ba bước gợi ý.
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
# Thử tự hỏi: trong bộ này, bao nhiêu tình huống trạm tự xử lý xong trong năm phút, bao nhiêu phải chờ nơi cấp?

# %% [markdown]
# ---
# Ô dưới đây để giảng viên ghi điểm. Anh/chị không cần làm gì ở đó.

# %% points=10 tests="tinh_huong"
# bai_nop/ket_luan.csv
