# %% [markdown]
# # Bài tập: lập danh sách đối tượng sai thông tin
#
# **DỮ LIỆU GIẢ LẬP.** Mọi người, số giấy tờ và mũi tiêm trong bài đều do máy tạo ra.
#
# Thời gian: khoảng 40 phút cho 30 hồ sơ. Anh/chị có thể nghỉ giữa chừng: mọi lựa chọn được giữ lại.
#
# ## Tình huống
#
# Hôm nay là thứ Hai, ngày 9/5/2022. Anh/chị là nhân viên Trạm Y tế của một phường ở Thành phố Hồ Chí Minh.
# Tên phường hiện ra khi anh/chị mở bài ở ô thứ nhất.
#
# Chị trưởng trạm giao việc:
#
# > "Tuần trước Bộ Y tế có Công văn 2262. Em xem giúp chị các hồ sơ tiêm chủng của phường mình.
# > Hồ sơ nào cần Công an phường đối chiếu thì đưa vào danh sách, ghi rõ nhóm a, b hay c.
# > Hồ sơ nào không cần thì đừng đưa vào, để công an khỏi mất công."
#
# ## Anh/chị có gì trong tay
#
# * `du_lieu/doi_tuong.csv`: mỗi dòng là một hồ sơ, có trạng thái xác minh do nền tảng trả về.
# * `du_lieu/mui_tiem.csv`: các mũi tiêm của những hồ sơ đó. Bài này chưa cần đến.
# * `du_lieu/co_so.csv`: tên các cơ sở tiêm. Bài này chưa cần đến.
# * `du_lieu/du_lieu.xlsx`: các bảng trên trong một tệp Excel.
#
# ## Việc cần làm
#
# | Việc | Điểm | Nộp gì | Quy tắc ở đâu |
# |---|---|---|---|
# | Lập danh sách đối tượng sai thông tin theo nhóm a, b, c | 10 | `bai_nop/danh_sach.csv` | CV 2262/BYT-CNTT ngày 4/5/2022; bài học *02_lap_danh_sach* |
#
# Nhắc lại ba nhóm của CV 2262:
#
# * **Nhóm a**: không có số CCCD/CMND.
# * **Nhóm b**: số sai định dạng.
# * **Nhóm c**: sai thông tin cơ bản, gồm số, họ tên, ngày sinh, giới tính. Trạng thái là *Sai* hoặc *Không xác minh được*.
#
# Số có mã tỉnh không có thật, hoặc số không xác minh được: nhóm b hay nhóm c đều đúng.
# Hồ sơ không thuộc nhóm nào thì không đưa vào danh sách. Đưa thừa cũng bị trừ điểm.
# Cách tính điểm là quy ước của khóa học.

# %% [markdown]
# ## Bước 1. Mở bài
#
# Bấm chuột vào ô xám dưới đây, rồi nhấn **Shift + Enter**. Ô nào trong bài cũng chạy như vậy.

# %%
from sosach.course import mo_bai

bai = mo_bai("k1_02_lap_danh_sach")
bai

# %% [markdown]
# ## Bước 2. Làm bài
#
# Ba cách sau đây như nhau: cùng một tệp nộp, cùng một cách chấm. Anh/chị chọn cách quen tay.
#
# ### Cách 1. Bấm chuột trên màn hình
#
# Nhấn **Shift + Enter** ở ô dưới. Đọc từng hồ sơ, rồi bấm một trong bốn nút, hoặc nhấn phím 1, 2, 3, 4.
# Mỗi lần bấm, danh sách được ghi ngay vào `bai_nop/danh_sach.csv`: không cần bấm lưu.

# %%
bai.man_hinh()

# %% [markdown]
# ### Cách 2. Dùng Excel
#
# 1. Trên màn hình ở Cách 1, bấm **Thêm**, rồi **Tạo phiếu làm bài bằng Excel**. Tệp `phieu_lam_bai.xlsx` hiện ra cạnh tệp bài tập này.
# 2. Mở tệp bằng Excel, xem trang *Bài làm*: cột bên trái để đọc, ô tô màu bên phải để chọn nhóm. Chưa quyết định thì để trống.
# 3. Lưu tệp. Trở lại màn hình, bấm **Thêm**, rồi **Nhập phiếu Excel đã làm**. Dòng nào chưa đúng được báo theo số dòng.

# %% [markdown]
# ### Cách 3. Dành cho anh/chị biết lập trình (pandas)
#
# `bai.doi_tuong` là bảng hồ sơ, mọi cột đều là chữ, ô trống là `""`.
# Anh/chị lập một bảng có hai cột `ma_ho_so`, `nhom`, rồi gọi `bai.luu(danh_sach)`.
# Nếu không dùng cách này, anh/chị cứ bỏ qua ô dưới.

# %%
doi_tuong = bai.doi_tuong
### BEGIN SOLUTION
so = doi_tuong["so_giay_to"]
doi_tuong["nhom"] = ""
chua_khop = doi_tuong["tt_xac_minh"].isin(["Sai", "Không xác minh được"])
doi_tuong.loc[chua_khop, "nhom"] = "c"
doi_tuong.loc[~so.str.fullmatch("[0-9]{9}|[0-9]{12}"), "nhom"] = "b"
doi_tuong.loc[so == "", "nhom"] = "a"
danh_sach = doi_tuong.loc[doi_tuong["nhom"] != "", ["ma_ho_so", "nhom"]]
bai.luu(danh_sach)
### END SOLUTION

# %% [markdown]
# ## Bước 3. Kiểm tra
#
# Khi luyện tập, ô này cho biết hồ sơ nào chưa đúng, kèm ba bước gợi ý.
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
# Khi luyện tập, `bai.bo_moi()` mở một bộ hồ sơ khác. Bài làm của bộ cũ vẫn được giữ.
# Anh/chị thêm một ô mới (nút **+** trên thanh công cụ), gõ `bai.bo_moi()`, rồi nhấn **Shift + Enter**.

# %% [markdown]
# ---
# Ô dưới đây để giảng viên ghi điểm. Anh/chị không cần làm gì ở đó.

# %% points=10 tests="danh_sach"
# bai_nop/danh_sach.csv
