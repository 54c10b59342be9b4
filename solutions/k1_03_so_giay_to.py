# %% [markdown]
# # Bài tập: số CCCD, CMND
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
# Tuần trước có người ở trạm lưu danh sách bằng Excel, nhiều số giấy tờ bị đổi dạng. Chị trưởng trạm dặn:
#
# > "Em xem lại cột số giấy tờ giúp chị. Số nào chưa đúng thì đưa vào danh sách nhờ công an, đừng đoán.
# > Thấy thiếu số 0 em cũng đừng tự thêm. Còn số nào chỉ trông lạ thì để yên, kẻo công an lại hỏi sao gửi cả số đúng."
#
# ## Anh/chị có gì trong tay
#
# * `du_lieu/doi_tuong.csv`: mỗi dòng là một hồ sơ, có số giấy tờ và trạng thái xác minh.
# * `du_lieu/mui_tiem.csv`, `du_lieu/co_so.csv`: các mũi tiêm và cơ sở tiêm. Bài này chưa cần đến.
# * `du_lieu/du_lieu.xlsx`: các bảng trên trong một tệp Excel.
#
# ## Việc cần làm
#
# | Việc | Điểm | Nộp gì | Quy tắc ở đâu |
# |---|---|---|---|
# | Với mỗi hồ sơ, chọn cách xử lý số giấy tờ | 10 | `bai_nop/quyet_dinh.csv` | CV 2262/BYT-CNTT ngày 4/5/2022, CV 1908/BYT-CNTT ngày 15/4/2022, Thông tư 07/2016/TT-BCA; bài học *03_so_giay_to* |
#
# Hồ sơ nào cũng cần một quyết định, kể cả khi quyết định là *Giữ nguyên*.
#
# * Trạng thái **Đúng**: giữ nguyên, dù mã tỉnh khác, chữ số thứ tư là 2 hay 3, hay số chỉ có 9 chữ số.
# * Ô trống, số sai định dạng, số chưa khớp, số không xác minh được: *Đưa vào danh sách gửi công an đối chiếu*.
# * Người nước ngoài mà quốc tịch ghi Việt Nam: *Xử lý theo diện người nước ngoài*.
# * Số điện thoại hay số thẻ BHYT nằm nhầm ô: đưa vào danh sách. Muốn chuyển số về đúng ô thì thêm một việc nữa, không bắt buộc.
#
# Trong bài không có nút nào để "thêm số 0". Sửa nhầm hay gửi đi thừa đều bị trừ điểm. Lý do anh/chị chọn không tính điểm.
# Cách tính điểm là quy ước của khóa học.

# %% [markdown]
# ## Bước 1. Mở bài
#
# Bấm chuột vào ô xám dưới đây, rồi nhấn **Shift + Enter**. Ô nào trong bài cũng chạy như vậy.

# %%
from sosach.course import mo_bai

bai = mo_bai("k1_03_so_giay_to")
bai

# %% [markdown]
# ## Bước 2. Làm bài
#
# Ba cách sau đây như nhau: cùng một tệp nộp, cùng một cách chấm. Anh/chị chọn cách quen tay.
#
# ### Cách 1. Bấm chuột trên màn hình
#
# Nhấn **Shift + Enter** ở ô dưới. Đọc từng hồ sơ, rồi bấm một nút hoặc nhấn phím số.
# Mục *Đang xem*, bên trái, lọc sẵn các số không phải 9 hay 12 chữ số. Hai hồ sơ nghi chung một số thì đứng cạnh nhau.
# Mỗi lần bấm, quyết định được ghi ngay vào `bai_nop/quyet_dinh.csv`: không cần bấm lưu.

# %%
bai.man_hinh()

# %% [markdown]
# ### Cách 2. Dùng Excel
#
# 1. Trên màn hình ở Cách 1, bấm **Thêm**, rồi **Tạo phiếu làm bài bằng Excel**. Tệp `phieu_lam_bai.xlsx` hiện ra cạnh tệp bài tập này.
# 2. Mở tệp, xem trang *Bài làm*: cột bên trái để đọc, ô tô màu bên phải để chọn *Hành động* và *Lý do*. Mọi ô đều ở dạng văn bản, nên không mất số 0.
# 3. Lưu tệp. Trở lại màn hình, bấm **Thêm**, rồi **Nhập phiếu Excel đã làm**. Dòng nào chưa đúng được báo theo số dòng.

# %% [markdown]
# ### Cách 3. Dành cho anh/chị biết lập trình (pandas)
#
# Mọi cột đều là chữ, ô trống là `""`. Anh/chị lập một bảng có các cột trong `cot`, mỗi dòng là một quyết định, rồi gọi `bai.luu(bang)`.
# Cột nào không dùng đến thì để trống. Nếu không dùng cách này, anh/chị cứ bỏ qua ô dưới.
#
# | Mã trong cột `hanh_dong` | Nút trên màn hình |
# |---|---|
# | `KEEP` | Giữ nguyên, không phải lỗi |
# | `REFER_POLICE` | Đưa vào danh sách gửi công an đối chiếu |
# | `NORMALIZE` | Sửa lỗi gõ, lỗi phông chữ |
# | `FIX_FROM_SOURCE` | Sửa theo chứng từ gốc |
# | `CONTACT_CITIZEN` | Mời người dân bổ sung giấy tờ |
# | `MERGE` | Gộp hồ sơ trùng, giữ đủ các mũi |
# | `FOREIGNER_PATH` | Xử lý theo diện người nước ngoài |
# | `HOLD` | Tạm giữ, chưa ký |

# %%
ho_so = bai.doi_tuong
cot = ["ma_ho_so", "ma_mui", "truong", "hanh_dong", "gia_tri_moi", "ma_lien_quan", "ly_do"]
### BEGIN SOLUTION
da_xac_minh = ho_so["tt_xac_minh"].isin(["Đúng", "Chưa gửi"])
# hộ chiếu nước ngoài có 8 chữ số, được gửi đi như số của công dân nên trạng thái là Sai;
# số lẫn chữ O thì không gửi đi được
ho_chieu = ho_so["so_giay_to"].str.fullmatch("[A-Z][0-9]{8}") & (ho_so["tt_xac_minh"] == "Sai")

ho_so["hanh_dong"] = "REFER_POLICE"
ho_so.loc[ho_chieu, "hanh_dong"] = "FOREIGNER_PATH"
ho_so.loc[da_xac_minh, "hanh_dong"] = "KEEP"
bai.luu(ho_so.reindex(columns=cot))
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
#
# Thử tự hỏi: trong bộ này có bao nhiêu số anh/chị "chắc chắn" đoán được? Bao nhiêu số trong đó có thể là của người khác?


# %% [markdown]
# ---
# Ô dưới đây để giảng viên ghi điểm. Anh/chị không cần làm gì ở đó.

# %% points=10 tests="so_giay_to"
# bai_nop/quyet_dinh.csv
