# %% [markdown]
# # Bài tập: họ tên và lỗi phông chữ
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
# Năm ngoái trạm nhập liệu gấp, nhiều tên được chép từ các tệp cũ. Chị trưởng trạm dặn:
#
# > "Em rà cột họ tên giúp chị. Thừa khoảng trắng thì em sửa luôn.
# > Tên không dấu hay lỗi phông chữ thì đừng đoán, đưa vào danh sách nhờ công an.
# > Nhớ là phường mình có cả bà con Ê Đê, Khmer, Hoa. Tên bà con lạ với mình chứ không sai đâu."
#
# ## Anh/chị có gì trong tay
#
# * `du_lieu/doi_tuong.csv`: mỗi dòng là một hồ sơ, có họ tên và trạng thái xác minh.
# * `du_lieu/mui_tiem.csv`, `du_lieu/co_so.csv`: các mũi tiêm và cơ sở tiêm. Bài này chưa cần đến.
# * `du_lieu/du_lieu.xlsx`: các bảng trên trong một tệp Excel.
#
# ## Việc cần làm
#
# | Việc | Điểm | Nộp gì | Quy tắc ở đâu |
# |---|---|---|---|
# | Với mỗi hồ sơ, chọn cách xử lý họ tên | 10 | `bai_nop/quyet_dinh.csv` | CV 9438/BYT-CNTT ngày 5/11/2021, CV 9458/BYT-CNTT ngày 8/11/2021, CV 2262/BYT-CNTT ngày 4/5/2022; bài học *04_ho_ten* |
#
# Hồ sơ nào cũng cần một quyết định, kể cả khi quyết định là *Giữ nguyên*.
#
# * Thừa khoảng trắng, trạng thái **Đúng**: *Sửa lỗi gõ, lỗi phông chữ*, ô họ tên, giá trị mới là tên đã bỏ khoảng trắng thừa.
# * Trạng thái **Sai**: *Đưa vào danh sách gửi công an đối chiếu*, dù anh/chị đoán được tên đúng.
# * Tên lạ, tên ngắn, tên gợi giới tính khác, cách đặt dấu khác, trạng thái **Đúng**: giữ nguyên.
#
# Sửa nhầm hay gửi đi thừa đều bị trừ điểm. Lý do anh/chị chọn không tính điểm.
# Cách tính điểm là quy ước của khóa học.

# %% [markdown]
# ## Bước 1. Mở bài
#
# Bấm chuột vào ô xám dưới đây, rồi nhấn **Shift + Enter**. Ô nào trong bài cũng chạy như vậy.

# %%
from sosach.course import mo_bai

bai = mo_bai("k1_04_ho_ten")
bai

# %% [markdown]
# ## Bước 2. Làm bài
#
# Ba cách sau đây như nhau: cùng một tệp nộp, cùng một cách chấm. Anh/chị chọn cách quen tay.
#
# ### Cách 1. Bấm chuột trên màn hình
#
# Nhấn **Shift + Enter** ở ô dưới. Đọc từng hồ sơ, rồi bấm một nút hoặc nhấn phím số.
# Khoảng trắng thừa được đánh dấu ngay trong tên. Khi sửa, anh/chị bấm nút, chọn ô *Họ và tên*, sửa giá trị, rồi chọn lý do.
# Mỗi lần bấm, quyết định được ghi ngay vào `bai_nop/quyet_dinh.csv`: không cần bấm lưu.

# %%
bai.man_hinh()

# %% [markdown]
# ### Cách 2. Dùng Excel
#
# 1. Trên màn hình ở Cách 1, bấm **Thêm**, rồi **Tạo phiếu làm bài bằng Excel**. Tệp `phieu_lam_bai.xlsx` hiện ra cạnh tệp bài tập này.
# 2. Mở tệp, xem trang *Bài làm*: chọn *Hành động* và *Lý do*. Khi sửa lỗi gõ thì chọn thêm *Trường* là *Họ và tên*, ghi *Giá trị mới*.
# 3. Khoảng trắng thừa khó thấy trong Excel. Anh/chị bấm vào ô tên rồi nhìn thanh công thức, hoặc dùng hàm TRIM để so.
# 4. Lưu tệp. Trở lại màn hình, bấm **Thêm**, rồi **Nhập phiếu Excel đã làm**. Dòng nào chưa đúng được báo theo số dòng.

# %% [markdown]
# ### Cách 3. Dành cho anh/chị biết lập trình (pandas)
#
# Mọi cột đều là chữ, ô trống là `""`. Anh/chị lập một bảng có các cột trong `cot`, mỗi dòng là một quyết định, rồi gọi `bai.luu(bang)`.
# Cột nào không dùng đến thì để trống. Nếu không dùng cách này, anh/chị cứ bỏ qua ô dưới.
#
# | Mã trong cột `hanh_dong` | Nút trên màn hình |
# |---|---|
# | `KEEP` | Giữ nguyên, không phải lỗi |
# | `NORMALIZE` | Sửa lỗi gõ, lỗi phông chữ (cột `truong`: `ho_ten`) |
# | `REFER_POLICE` | Đưa vào danh sách gửi công an đối chiếu |
# | `FIX_FROM_SOURCE` | Sửa theo chứng từ gốc |
# | `CONTACT_CITIZEN` | Mời người dân bổ sung giấy tờ |
# | `HOLD` | Tạm giữ, chưa ký |

# %%
ho_so = bai.doi_tuong
cot = ["ma_ho_so", "ma_mui", "truong", "hanh_dong", "gia_tri_moi", "ma_lien_quan", "ly_do"]
### BEGIN SOLUTION
ten_gon = ho_so["ho_ten"].str.split().str.join(" ")
chua_khop = ho_so["tt_xac_minh"] != "Đúng"
thua_khoang_trang = ~chua_khop & (ho_so["ho_ten"] != ten_gon)

ho_so["hanh_dong"] = "KEEP"
ho_so.loc[chua_khop, "hanh_dong"] = "REFER_POLICE"
ho_so.loc[thua_khoang_trang, "hanh_dong"] = "NORMALIZE"
ho_so.loc[thua_khoang_trang, "truong"] = "ho_ten"
ho_so.loc[thua_khoang_trang, "gia_tri_moi"] = ten_gon
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
# Thử tự hỏi: bao nhiêu tên trong bộ này anh/chị suýt sửa mà trạng thái đã là Đúng?


# %% [markdown]
# ---
# Ô dưới đây để giảng viên ghi điểm. Anh/chị không cần làm gì ở đó.

# %% points=10 tests="ho_ten"
# bai_nop/quyet_dinh.csv
