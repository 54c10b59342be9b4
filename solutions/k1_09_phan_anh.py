# %% [markdown]
# # Bài tập: phản ánh của người dân
#
# **DỮ LIỆU GIẢ LẬP.** Mọi người, mọi phản ánh và giấy tờ trong bài đều do máy tạo ra. Ảnh được tả bằng lời.
#
# Thời gian: khoảng 50 phút cho 30 phản ánh. Anh/chị có thể nghỉ giữa chừng: mọi lựa chọn được giữ lại.
#
# ## Tình huống
#
# Thứ Hai, ngày 9/5/2022. Anh/chị trực hộp phản ánh của Trạm Y tế một phường ở Thành phố Hồ Chí Minh.
# Tên phường hiện ra khi anh/chị mở bài ở ô thứ nhất. Trước mặt anh/chị là các thư gửi đến trong ngày.
#
# Chị trưởng trạm dặn:
#
# > "Hôm nay bà con gửi từng này thư, thư nào cũng có hạn 48 giờ.
# > Thư đúng thì em duyệt. Chưa được thì từ chối, nhưng phải chỉ ra đúng một lý do, đừng ghi cho có.
# > Mũi của nơi khác thì đừng làm thay người ta. Thư không ghi điểm tiêm thì chuyển cho đúng chỗ."
#
# ## Anh/chị có gì trong tay
#
# * `du_lieu/phan_anh.csv`: mỗi dòng là một thư. Cột `khai_...` là lời khai, cột `giay_...` là điều đọc được trên ảnh giấy.
# * `du_lieu/co_so.csv`: danh mục cơ sở tiêm chủng. Cột `don_vi_nhap` cho biết mũi của cơ sở ấy do ai nhập.
# * `du_lieu/doi_tuong.csv`, `du_lieu/mui_tiem.csv`: sổ của phường. Bài này chưa cần đến.
# * `du_lieu/du_lieu.xlsx`: các bảng trên trong một tệp Excel.
#
# ## Việc cần làm
#
# | Việc | Điểm | Nộp gì | Quy tắc ở đâu |
# |---|---|---|---|
# | Trả lời từng phản ánh | 10 | `bai_nop/phan_anh.csv` | CV 9458/BYT-CNTT ngày 8/11/2021; CV 2228/BYT-CNTT ngày 1/5/2022; bài học *09_phan_anh* |
#
# Mỗi phản ánh chọn một việc:
#
# * **Duyệt phản ánh**: giấy dùng được, lời khai khớp giấy, mũi do trạm nhập.
# * **Xử lý sau**: phản ánh hợp lệ nhưng mũi do đơn vị khác nhập. Chuyển thẳng đơn vị đó cũng được.
# * **Từ chối phản ánh, nêu lý do**: chọn một lý do có thật. Thư mắc hai lý do thì chọn lý do nào cũng được.
# * **Chuyển đơn vị có thẩm quyền**: thư không nêu điểm tiêm. Chọn nơi nhận.
#
# Duyệt nhầm một thư đáng lẽ phải từ chối thì bị trừ thêm: dữ liệu sai sẽ vào sổ.
# Cách tính điểm là quy ước của khóa học.

# %% [markdown]
# ## Bước 1. Mở bài
#
# Bấm chuột vào ô xám dưới đây, rồi nhấn **Shift + Enter**. Ô nào trong bài cũng chạy như vậy.

# %%
from sosach.course import mo_bai

bai = mo_bai("k1_09_phan_anh")
bai

# %% [markdown]
# ## Bước 2. Làm bài
#
# Ba cách sau đây như nhau: cùng một tệp nộp, cùng một cách chấm. Anh/chị chọn cách quen tay.
#
# ### Cách 1. Bấm chuột trên màn hình
#
# Nhấn **Shift + Enter** ở ô dưới. Đọc lời khai, đọc ảnh, rồi bấm một trong bốn nút, hoặc nhấn phím 1, 2, 3, 4.
# Chọn từ chối thì màn hình hỏi lý do. Chọn chuyển thì màn hình hỏi chuyển đến đâu.
# Mỗi lần bấm, kết quả được ghi ngay vào `bai_nop/phan_anh.csv`: không cần bấm lưu.

# %%
bai.man_hinh()

# %% [markdown]
# ### Cách 2. Dùng Excel
#
# 1. Trên màn hình ở Cách 1, bấm **Thêm**, rồi **Tạo phiếu làm bài bằng Excel**. Tệp `phieu_lam_bai.xlsx` hiện ra cạnh tệp bài tập này.
# 2. Mở tệp bằng Excel, xem trang *Bài làm*: cột bên trái để đọc, ô tô màu bên phải để chọn. Chưa quyết định thì để trống.
# 3. Lưu tệp. Trở lại màn hình, bấm **Thêm**, rồi **Nhập phiếu Excel đã làm**. Dòng nào chưa đúng được báo theo số dòng.
#
# Lời khai và giấy đứng cạnh nhau theo cột trong trang *Phản ánh* của tệp `du_lieu/du_lieu.xlsx`.

# %% [markdown]
# ### Cách 3. Dành cho anh/chị biết lập trình (pandas)
#
# `bai.bang("phan_anh")` là bảng thư, `bai.bang("co_so")` là danh mục cơ sở; mọi cột đều là chữ.
# Anh/chị lập một bảng có bốn cột `ma_phan_anh`, `hanh_dong`, `ly_do`, `noi_chuyen`, rồi gọi `bai.luu(ket_qua)`.
#
# * `hanh_dong`: `ACCEPT_FEEDBACK`, `DEFER_FEEDBACK`, `REJECT_FEEDBACK` hoặc `TRANSFER`;
# * `ly_do`: `tc01` đến `tc13`, theo số thứ tự trong bài học, chỉ khi từ chối;
# * `noi_chuyen`: `SO_Y_TE`, `HCDC` hoặc mã đơn vị trong danh mục, chỉ khi chuyển.
#
# Nếu không dùng cách này, anh/chị cứ bỏ qua ô dưới.

# %%
thu, co_so = bai.bang("phan_anh"), bai.bang("co_so")
### BEGIN SOLUTION
import numpy as np

khai = thu.filter(like="khai_").rename(columns=lambda ten: ten.removeprefix("khai_"))
giay = thu.filter(like="giay_").rename(columns=lambda ten: ten.removeprefix("giay_"))
giay["mui"] = giay["mui"].str.extract(r"\((\w+)\)", expand=False).fillna(giay["mui"])

trong = giay == "để trống"
che = giay.apply(lambda cot: cot.str.startswith("bị "))
mo = giay.apply(lambda cot: cot.str.endswith("không ra chữ"))
o = ["ho_ten", "ngay_sinh", "mui", "ngay_tiem", "ten_vac_xin"]
khac = (khai[o] != giay[o]) & ~(trong | che | mo)[o]
sang_loc = giay["loai"].str.startswith("Phiếu sàng lọc")
sua = giay["nhin_thay"].str.contains("dòng (?:họ và tên|ngày sinh)", case=False)
vo_hai = giay["nhin_thay"].str.contains("cùng một màu mực")

ly_do = {
    "tc03": giay["loai"] == "",
    "tc13": sua & ~vo_hai,
    "tc01": sang_loc & trong[["mui", "ten_vac_xin", "ngay_tiem"]].any(axis=1),
    "tc06": ~sang_loc & trong[["ho_ten", "gioi_tinh", "ten_vac_xin", "ngay_tiem"]].any(axis=1),
    "tc07": che[["ho_ten", "ngay_sinh", "gioi_tinh"]].any(axis=1),
    "tc08": mo[o].all(axis=1),
    "tc02": khac["ho_ten"],
    "tc04": khac["mui"],
    "tc05": khac["ngay_sinh"],
    "tc09": khac["ngay_tiem"],
    "tc12": khac["ten_vac_xin"],
}
tram = co_so.loc[co_so["loai"] == "trạm y tế", "don_vi_nhap"].iloc[0]
nhap = khai["co_so_tiem"].map(co_so.set_index("co_so_tiem")["don_vi_nhap"])

ket_qua = thu[["ma_phan_anh"]].copy()
ket_qua["ly_do"] = np.select(list(ly_do.values()), list(ly_do), default="")
ket_qua["hanh_dong"] = np.select(
    [ket_qua["ly_do"] != "", khai["noi_tiem"] == "", nhap != tram],
    ["REJECT_FEEDBACK", "TRANSFER", "DEFER_FEEDBACK"],
    default="ACCEPT_FEEDBACK",
)
ket_qua["noi_chuyen"] = np.where(ket_qua["hanh_dong"] == "TRANSFER", "SO_Y_TE", "")
bai.luu(ket_qua)
### END SOLUTION

# %% [markdown]
# ## Bước 3. Kiểm tra
#
# Khi luyện tập, ô này cho biết phản ánh nào chưa đúng, kèm ba bước gợi ý.
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
# Khi luyện tập, `bai.bo_moi()` mở một bộ phản ánh khác. Bài làm của bộ cũ vẫn được giữ.
# Anh/chị thêm một ô mới (nút **+** trên thanh công cụ), gõ `bai.bo_moi()`, rồi nhấn **Shift + Enter**.
#
# Thử thêm một việc không tính điểm: chọn một thư anh/chị đã từ chối, viết ba câu nhắn cho người gửi.

# %% [markdown]
# ---
# Ô dưới đây để giảng viên ghi điểm. Anh/chị không cần làm gì ở đó.

# %% points=10 tests="phan_anh"
# bai_nop/phan_anh.csv
