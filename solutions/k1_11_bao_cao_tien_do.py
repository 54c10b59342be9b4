# %% [markdown]
# # Bài tập: báo cáo tiến độ và chia việc
#
# **DỮ LIỆU GIẢ LẬP.** Mọi người trong sổ và mọi con số của các phường trong bài đều do máy tạo ra.
#
# Thời gian: khoảng 45 phút cho 16 chỉ tiêu. Anh/chị có thể nghỉ giữa chừng: mọi con số đã ghi được giữ lại.
#
# ## Tình huống
#
# Hôm nay là thứ Hai, ngày 9/5/2022. Anh/chị là nhân viên Trạm Y tế một phường ở Thành phố Hồ Chí Minh.
# Tên phường hiện ra khi anh/chị mở bài ở ô thứ nhất.
#
# Chị trưởng trạm giao việc:
#
# > "Bốn giờ chiều chị phải nộp báo cáo. Em đếm giúp chị số của phường mình, rồi cộng bảng của quận.
# > Biểu mẫu có mấy ô tỷ lệ. Ô nào chia không có nghĩa thì đừng chia, ghi là không tính.
# > Cuối cùng em tính xem năm chị em mình mỗi ngày phải làm bao nhiêu hồ sơ thì hết tháng mới xong."
#
# ## Anh/chị có gì trong tay
#
# * `du_lieu/chi_tieu.csv`: 16 chỉ tiêu phải điền.
# * `du_lieu/doi_tuong.csv`: sổ của phường, mỗi dòng là một hồ sơ. Trong bài, sổ chỉ là một phần nhỏ của phường.
# * `du_lieu/mui_tiem.csv`: các mũi tiêm của những hồ sơ đó.
# * `du_lieu/tien_do_quan.csv`: bảng tiến độ đến ngày 7/5/2022, phường của anh/chị và các đơn vị bạn trong quận.
# * `du_lieu/co_so.csv`: danh mục cơ sở tiêm chủng, để biết mã của trạm.
# * `du_lieu/du_lieu.xlsx`: các bảng trên trong một tệp Excel.
#
# ## Việc cần làm
#
# | Việc | Điểm | Nộp gì | Quy tắc ở đâu |
# |---|---|---|---|
# | Điền 16 chỉ tiêu | 10 | `bai_nop/so_lieu.csv` | CV 2262/BYT-CNTT ngày 4/5/2022; CV 1975/BYT-CNTT ngày 19/4/2022; bài học *11_bao_cao_tien_do* |
#
# * Số đếm ghi số nguyên, có dấu chấm hay không đều được: 14.365 hoặc 14365.
# * Tỷ lệ ghi phần trăm, một chữ số thập phân: 92,0 hoặc 92,0 %.
# * Phép chia không có nghĩa thì ghi: không tính.
# * Nhóm a, b, c hiểu theo CV 2262; trạng thái *Không xác minh được* tính vào nhóm c (quy ước của khóa học).
#
# Mỗi chỉ tiêu tính điểm như nhau. Cách tính điểm là quy ước của khóa học.

# %% [markdown]
# ## Bước 1. Mở bài
#
# Bấm chuột vào ô xám dưới đây, rồi nhấn **Shift + Enter**. Ô nào trong bài cũng chạy như vậy.

# %%
from sosach.course import mo_bai

bai = mo_bai("k1_11_bao_cao_tien_do")
bai

# %% [markdown]
# ## Bước 2. Làm bài
#
# Ba cách sau đây như nhau: cùng một tệp nộp, cùng một cách chấm. Anh/chị chọn cách quen tay.
#
# ### Cách 1. Bấm chuột trên màn hình
#
# Nhấn **Shift + Enter** ở ô dưới. Mỗi chỉ tiêu có kèm bảng đếm sẵn của sổ phường hoặc bảng của quận.
# Chọn đúng ô trong bảng, cộng hoặc chia nếu cần, bấm **Ghi số liệu** rồi gõ số.
# Mỗi lần ghi, số được lưu ngay vào `bai_nop/so_lieu.csv`: không cần bấm lưu.

# %%
bai.man_hinh()

# %% [markdown]
# ### Cách 2. Dùng Excel
#
# 1. Mở `du_lieu/du_lieu.xlsx`. Đếm bằng bộ lọc hoặc hàm COUNTIFS ở trang *Đối tượng*, *Mũi tiêm*; cộng bằng hàm SUM ở trang *Tiến độ quận*.
# 2. Trên màn hình ở Cách 1, bấm **Thêm**, rồi **Tạo phiếu làm bài bằng Excel**. Tệp `phieu_lam_bai.xlsx` hiện ra cạnh tệp bài tập này.
# 3. Điền số vào trang *Bài làm* của phiếu, rồi lưu tệp. Chưa tính được thì để trống.
# 4. Trở lại màn hình, bấm **Thêm**, rồi **Nhập phiếu Excel đã làm**. Dòng nào chưa đúng được báo theo số dòng.

# %% [markdown]
# ### Cách 3. Dành cho anh/chị biết lập trình (pandas)
#
# `bai.doi_tuong`, `bai.mui_tiem` là sổ của phường; `bai.bang("tien_do_quan")`, `bai.bang("co_so")` là hai bảng kèm theo.
# Mọi cột đều là chữ: đổi sang số trước khi cộng. Trong bảng của quận, dòng đầu là phường của anh/chị.
# Anh/chị lập một bảng có hai cột `chi_tieu`, `gia_tri`, rồi gọi `bai.luu(so_lieu)`.
# Nếu không dùng cách này, anh/chị cứ bỏ qua ô dưới.

# %%
doi_tuong, mui_tiem, quan = bai.doi_tuong, bai.mui_tiem, bai.bang("tien_do_quan")
### BEGIN SOLUTION
import math

import pandas as pd

trang_thai, so_giay_to = doi_tuong["tt_xac_minh"], doi_tuong["so_giay_to"]
can = doi_tuong[(doi_tuong["quoc_tich"] == "Việt Nam") & (trang_thai != "Đúng")]
sai_dang = trang_thai == "Không có/sai định dạng"

co_so = bai.bang("co_so")
tram = co_so.loc[co_so["loai"] == "trạm y tế", "don_vi_nhap"].iloc[0]
cho_ky = mui_tiem[
    (mui_tiem["don_vi_nhap"] == tram)
    & (mui_tiem["tt_ky"] == "Chưa ký")
    & mui_tiem["ma_ho_so"].isin(doi_tuong.loc[trang_thai == "Đúng", "ma_ho_so"])
]

cot = ["ho_so_can_xac_minh", "ho_so_da_gui_cong_an", "mui_da_ky"]
quan[cot] = quan[cot].astype(int)
can_xac_minh, da_gui, da_ky = quan[cot].sum()
nhan_token, tram_da_ky = quan["nhan_token"].eq("có").sum(), quan["mui_da_ky"].gt(0).sum()

so_lieu = {
    "ho_so": len(doi_tuong),
    "ho_so_can_xac_minh": len(can),
    "nhom_a": (sai_dang & (so_giay_to == "")).sum(),
    "nhom_b": (sai_dang & (so_giay_to != "")).sum(),
    "nhom_c": trang_thai.isin(["Sai", "Không xác minh được"]).sum(),
    "khu_pho_nhieu_nhat": can["khu_pho"].value_counts().max(),
    "mui_cho_ky": len(cho_ky),
    "quan_can_xac_minh": can_xac_minh,
    "quan_da_gui": da_gui,
    "quan_mui_da_ky": da_ky,
    "tram_nhan_token": nhan_token,
    "tram_da_ky": tram_da_ky,
    "ty_le_da_gui": f"{100 * da_gui / can_xac_minh:.1f}",
    "ty_le_tram_da_ky": f"{100 * tram_da_ky / nhan_token:.1f}",
    "ty_le_da_ky_tren_can_xac_minh": "không tính",
    "ho_so_moi_nguoi_moi_ngay": math.ceil(quan.loc[0, "ho_so_can_xac_minh"] / 5 / 16),
}
bai.luu(pd.DataFrame(so_lieu.items(), columns=["chi_tieu", "gia_tri"]))
### END SOLUTION

# %% [markdown]
# ## Bước 3. Kiểm tra
#
# Khi luyện tập, ô này cho biết chỉ tiêu nào chưa đúng, kèm ba bước gợi ý.
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
# Khi luyện tập, `bai.bo_moi()` mở một bộ số liệu khác. Bài làm của bộ cũ vẫn được giữ.
# Anh/chị thêm một ô mới (nút **+** trên thanh công cụ), gõ `bai.bo_moi()`, rồi nhấn **Shift + Enter**.
#
# Thử thêm một việc không tính điểm: chia số hồ sơ của phường cho các khu phố, mỗi khu phố cần mấy người.

# %% [markdown]
# ---
# Ô dưới đây để giảng viên ghi điểm. Anh/chị không cần làm gì ở đó.

# %% points=10 tests="so_lieu"
# bai_nop/so_lieu.csv
