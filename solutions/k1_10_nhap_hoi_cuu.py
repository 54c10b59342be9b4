# %% [markdown]
# # Bài tập: nhập hồi cứu từ chồng phiếu
#
# **DỮ LIỆU GIẢ LẬP.** Mọi người, mọi phiếu và mũi tiêm trong bài đều do máy tạo ra.
#
# Thời gian: khoảng 45 phút cho một chồng gần 40 phiếu. Anh/chị có thể nghỉ giữa chừng: mọi lựa chọn được giữ lại.
#
# ## Tình huống
#
# Hôm nay là thứ Hai, ngày 9/5/2022. Anh/chị là nhân viên Trạm Y tế một phường ở Thành phố Hồ Chí Minh.
# Tên phường hiện ra khi anh/chị mở bài ở ô thứ nhất.
#
# Chị trưởng trạm đặt một chồng phiếu lên bàn:
#
# > "Phiếu của các buổi tiêm do trạm mình nhập, lấy từ trong tủ ra. Em dò từng tờ với sổ.
# > Tờ nào chưa nhập thì nhập. Tờ nào nhập rồi mà sai thì sửa theo phiếu. Tờ nào thiếu thì để riêng.
# > Chị xin em một điều: đừng nhập trùng, đừng đoán."
#
# ## Anh/chị có gì trong tay
#
# * `du_lieu/chong_phieu.csv`: mỗi dòng là một phiếu. Cột `quan_sat` ghi chỗ không đọc được, nếu có.
# * `du_lieu/doi_tuong.csv`: các hồ sơ trong sổ của phường.
# * `du_lieu/mui_tiem.csv`: các mũi đã nhập của những hồ sơ đó.
# * `du_lieu/co_so.csv`: danh mục cơ sở tiêm chủng. Bài này chưa cần đến.
# * `du_lieu/du_lieu.xlsx`: các bảng trên trong một tệp Excel.
#
# ## Việc cần làm
#
# | Việc | Điểm | Nộp gì | Quy tắc ở đâu |
# |---|---|---|---|
# | Quyết định việc làm với từng phiếu | 10 | `bai_nop/ket_luan.csv` | CV 9438/BYT-CNTT ngày 5/11/2021; CV 9458/BYT-CNTT ngày 8/11/2021; bài học *10_nhap_hoi_cuu* |
#
# Mỗi phiếu chọn một việc:
#
# * **Nhập bổ sung mũi thiếu**, và chọn mũi nào.
# * **Giữ nguyên, không phải lỗi**: mũi đã có trong sổ, mọi ô khớp.
# * **Sửa theo chứng từ gốc**, và chọn ô nào. Có hai ô khác thì chọn một trong hai.
# * **Mời người dân bổ sung giấy tờ**: phiếu có chỗ cần đọc mà không đọc được.
# * **Tạm giữ, chưa ký** hoặc **Chuyển đơn vị có thẩm quyền**: sổ không có hồ sơ của người trên phiếu.
#
# Nhập một mũi không nên nhập thì bị trừ thêm: người ta sẽ có một mũi không có thật trong sổ.
# Cách tính điểm là quy ước của khóa học.

# %% [markdown]
# ## Bước 1. Mở bài
#
# Bấm chuột vào ô xám dưới đây, rồi nhấn **Shift + Enter**. Ô nào trong bài cũng chạy như vậy.

# %%
from sosach.course import mo_bai

bai = mo_bai("k1_10_nhap_hoi_cuu")
bai

# %% [markdown]
# ## Bước 2. Làm bài
#
# Ba cách sau đây như nhau: cùng một tệp nộp, cùng một cách chấm. Anh/chị chọn cách quen tay.
#
# ### Cách 1. Bấm chuột trên màn hình
#
# Nhấn **Shift + Enter** ở ô dưới. Bên trái là phiếu, bên phải là mũi đã có trong sổ.
# Màn hình đã tìm giúp hồ sơ có đúng họ tên và ngày sinh. Có nhiều mũi thì bấm nút để đổi mũi đang so.
# Mỗi lần bấm, kết luận được ghi ngay vào `bai_nop/ket_luan.csv`: không cần bấm lưu.

# %%
bai.man_hinh()

# %% [markdown]
# ### Cách 2. Dùng Excel
#
# 1. Trên màn hình ở Cách 1, bấm **Thêm**, rồi **Tạo phiếu làm bài bằng Excel**. Tệp `phieu_lam_bai.xlsx` hiện ra cạnh tệp bài tập này.
# 2. Mở tệp bằng Excel, xem trang *Bài làm*: cột bên trái để đọc, ô tô màu bên phải để chọn. Chưa quyết định thì để trống.
# 3. Lưu tệp. Trở lại màn hình, bấm **Thêm**, rồi **Nhập phiếu Excel đã làm**. Dòng nào chưa đúng được báo theo số dòng.
#
# Muốn tìm một người trong sổ: mở `du_lieu/du_lieu.xlsx`, lọc theo họ tên ở trang *Đối tượng*, rồi lọc mã hồ sơ ở trang *Mũi tiêm*.

# %% [markdown]
# ### Cách 3. Dành cho anh/chị biết lập trình (pandas)
#
# `bai.bang("chong_phieu")` là chồng phiếu; `bai.doi_tuong`, `bai.mui_tiem` là sổ của phường. Mọi cột đều là chữ.
# Anh/chị lập một bảng có ba cột `doi_tuong_kiem_tra` (mã phiếu), `ket_luan`, `ly_do`, rồi gọi `bai.luu(ket_luan)`.
#
# * `ket_luan`: `ADD_DOSE`, `KEEP`, `FIX_FROM_SOURCE`, `CONTACT_CITIZEN`, `HOLD` hoặc `TRANSFER`;
# * `ly_do`: mũi được nhập (`CB1` ...), hoặc tên cột được sửa (`ngay_tiem` ...).
#
# Họ tên trong sổ có khi viết hoa hết: so không phân biệt hoa thường.
# Nếu không dùng cách này, anh/chị cứ bỏ qua ô dưới.

# %%
phieu = bai.bang("chong_phieu")
### BEGIN SOLUTION
import numpy as np

o = ["ten_vac_xin", "so_lo", "ngay_tiem"]
phieu["ten"] = phieu["ho_ten"].str.casefold()
nguoi = bai.doi_tuong[["ma_ho_so", "ngay_sinh"]].assign(
    ten=bai.doi_tuong["ho_ten"].str.casefold(), co_ho_so=True
)
mui = bai.mui_tiem[["ma_ho_so", "mui", *o]].assign(co_mui=True)
canh = phieu.merge(nguoi, on=["ten", "ngay_sinh"], how="left").merge(
    mui, on=["ma_ho_so", "mui"], how="left", suffixes=("", "_so")
)
khac = [canh[ten] != canh[f"{ten}_so"] for ten in o]

canh["ket_luan"] = np.select(
    [
        canh["quan_sat"] != "",
        canh["co_ho_so"].isna(),
        canh["co_mui"].isna(),
        np.any(khac, axis=0),
    ],
    ["CONTACT_CITIZEN", "HOLD", "ADD_DOSE", "FIX_FROM_SOURCE"],
    default="KEEP",
)
canh["ly_do"] = np.select(
    [canh["ket_luan"] == "ADD_DOSE", canh["ket_luan"] == "FIX_FROM_SOURCE"],
    [canh["mui"], np.select(khac, o, default="")],
    default="",
)
ket_luan = canh.rename(columns={"ma_phieu": "doi_tuong_kiem_tra"})
bai.luu(ket_luan[["doi_tuong_kiem_tra", "ket_luan", "ly_do"]])
### END SOLUTION

# %% [markdown]
# ## Bước 3. Kiểm tra
#
# Khi luyện tập, ô này cho biết phiếu nào chưa đúng, kèm ba bước gợi ý.
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
# Khi luyện tập, `bai.bo_moi()` mở một chồng phiếu khác. Bài làm của bộ cũ vẫn được giữ.
# Anh/chị thêm một ô mới (nút **+** trên thanh công cụ), gõ `bai.bo_moi()`, rồi nhấn **Shift + Enter**.

# %% [markdown]
# ---
# Ô dưới đây để giảng viên ghi điểm. Anh/chị không cần làm gì ở đó.

# %% points=10 tests="chong_phieu"
# bai_nop/ket_luan.csv
