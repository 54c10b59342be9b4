# %% [markdown]
# # Bài tập: ngày sinh, giới tính, điện thoại, địa chỉ
#
# **DỮ LIỆU GIẢ LẬP.** Mọi người, số giấy tờ và mũi tiêm trong bài đều do máy tạo ra.
#
# Thời gian: khoảng 40 phút cho 30 hồ sơ. Anh/chị có thể nghỉ giữa chừng: mọi lựa chọn được giữ lại.
#
# ## Tình huống
#
# Hôm nay là thứ Hai, ngày 9/5/2022. Anh/chị là nhân viên Trạm Y tế của một phường ở Thành phố Thủ Đức.
# Tên phường hiện ra khi anh/chị mở bài ở ô thứ nhất.
#
# Trạm sắp gọi mời người dân tiêm mũi nhắc lại. Anh trưởng trạm nhờ:
#
# > "Em dọn giúp anh phần liên hệ: số điện thoại, quận cũ, mấy cái ngày tiêm gõ lung tung.
# > Ngày nào đọc được hai kiểu thì hỏi lại, đừng chọn bừa.
# > Còn ngày sinh, giới tính thì mình không sửa. Hồ sơ nào nền tảng báo Sai thì đưa sang công an."
#
# ## Anh/chị có gì trong tay
#
# * `du_lieu/doi_tuong.csv`: mỗi dòng là một hồ sơ, có trạng thái xác minh, điện thoại, mã phường, mã quận.
# * `du_lieu/mui_tiem.csv`: các mũi tiêm, có ngày tiêm và đơn vị nhập.
# * `du_lieu/co_so.csv`: tên các cơ sở tiêm, trong đó có trạm của anh/chị.
# * `du_lieu/du_lieu.xlsx`: các bảng trên trong một tệp Excel.
#
# Bài này không có phiếu tiêm trong tay.
#
# ## Việc cần làm
#
# | Việc | Điểm | Nộp gì | Quy tắc ở đâu |
# |---|---|---|---|
# | Với mỗi hồ sơ, chọn cách xử lý từng ô chưa đúng | 10 | `bai_nop/quyet_dinh.csv` | CV 2262/BYT-CNTT ngày 4/5/2022, CV 9438/BYT-CNTT ngày 5/11/2021; bài học *05_ngay_sinh_va_lien_he* |
#
# Hồ sơ nào cũng cần một quyết định, kể cả khi quyết định là *Giữ nguyên*.
#
# * Trạng thái **Sai**: *Đưa vào danh sách gửi công an đối chiếu*.
# * Điện thoại **11 chữ số**: sửa đầu số. **Thiếu chữ số**: mời người dân bổ sung.
# * Quận, huyện **762** hoặc **763**: sửa thành **769**.
# * Ngày tiêm **một nghĩa**, mũi do trạm nhập: sửa. **Hai nghĩa**, hoặc mũi do đơn vị khác nhập: *Hỏi cơ sở tiêm chủng đã nhập mũi*.
# * Số điện thoại của mẹ, tên gợi giới tính khác: giữ nguyên.
#
# Sửa nhầm hay gửi đi thừa đều bị trừ điểm. Lý do anh/chị chọn không tính điểm.
# Phường trống hay phường của quận khác, nhiều người chung số điện thoại: khóa học không chấm.
# Cách tính điểm là quy ước của khóa học.

# %% [markdown]
# ## Bước 1. Mở bài
#
# Bấm chuột vào ô xám dưới đây, rồi nhấn **Shift + Enter**. Ô nào trong bài cũng chạy như vậy.

# %%
from sosach.course import mo_bai

bai = mo_bai("k1_05_ngay_sinh_va_lien_he")
bai

# %% [markdown]
# ## Bước 2. Làm bài
#
# Ba cách sau đây như nhau: cùng một tệp nộp, cùng một cách chấm. Anh/chị chọn cách quen tay.
#
# ### Cách 1. Bấm chuột trên màn hình
#
# Nhấn **Shift + Enter** ở ô dưới. Đọc cả khung lớn, phần liên hệ bên dưới, rồi các mũi tiêm.
# Khi sửa, anh/chị bấm vào tên ô trên hồ sơ, bấm **Sửa lỗi gõ, lỗi phông chữ**, ghi giá trị mới, rồi chọn lý do.
# Mỗi lần bấm, quyết định được ghi ngay vào `bai_nop/quyet_dinh.csv`: không cần bấm lưu.

# %%
bai.man_hinh()

# %% [markdown]
# ### Cách 2. Dùng Excel
#
# 1. Trên màn hình ở Cách 1, bấm **Thêm**, rồi **Tạo phiếu làm bài bằng Excel**. Tệp `phieu_lam_bai.xlsx` hiện ra cạnh tệp bài tập này.
# 2. Mở tệp, xem trang *Bài làm*: chọn *Hành động* và *Lý do*. Khi sửa thì chọn thêm *Trường*, ghi *Giá trị mới*.
# 3. Ngày tiêm và đơn vị nhập nằm ở trang *Mũi tiêm*. Sửa ngày tiêm thì ghi cả *Mã mũi*.
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
# | `NORMALIZE` | Sửa lỗi gõ, lỗi phông chữ (cột `truong`: `so_dien_thoai`, `huyen`, `ngay_tiem`) |
# | `REFER_POLICE` | Đưa vào danh sách gửi công an đối chiếu |
# | `CONTACT_CITIZEN` | Mời người dân bổ sung giấy tờ |
# | `ASK_FACILITY` | Hỏi cơ sở tiêm chủng đã nhập mũi |
# | `FIX_FROM_SOURCE` | Sửa theo chứng từ gốc |
# | `HOLD` | Tạm giữ, chưa ký |

# %%
import pandas as pd

from generator.facts import table

ho_so, mui_tiem, co_so = bai.doi_tuong, bai.mui_tiem, bai.bang("co_so")
dau_so = {dong["old_prefix"]: dong["new_prefix"] for dong in table("phone_prefixes")}
cot = ["ma_ho_so", "ma_mui", "truong", "hanh_dong", "gia_tri_moi", "ma_lien_quan", "ly_do"]
### BEGIN SOLUTION
# ngày sinh, giới tính: công an
gui = ho_so.assign(hanh_dong="REFER_POLICE")[ho_so["tt_xac_minh"] != "Đúng"]

# điện thoại: đầu số cũ thì sửa, thiếu chữ số thì hỏi người dân
so = ho_so["so_dien_thoai"]
so_moi = so.str[:4].map(dau_so) + so.str[4:]
sua_so = ho_so.assign(hanh_dong="NORMALIZE", truong="so_dien_thoai", gia_tri_moi=so_moi)
dau_cu = sua_so[so.str.len() == 11]
thieu_so = ho_so.assign(hanh_dong="CONTACT_CITIZEN")[so.str.len().between(1, 9)]

# quận cũ
sua_quan = ho_so.assign(hanh_dong="NORMALIZE", truong="huyen", gia_tri_moi="769")
quan_cu = sua_quan[ho_so["huyen"].isin(["762", "763"])]

# ngày tiêm viết kiểu khác: đọc thử theo cả hai cách, rồi như con số của Excel
tram = co_so.loc[co_so["loai"] == "trạm y tế", "co_so_tiem"].item()
la = mui_tiem[~mui_tiem["ngay_tiem"].str.fullmatch("[0-9]{2}/[0-9]{2}/[0-9]{4}")]
chu = la["ngay_tiem"].str.replace("[.-]", "/", regex=True)
ngay_truoc = pd.to_datetime(chu, format="%d/%m/%y", errors="coerce")
thang_truoc = pd.to_datetime(chu, format="%m/%d/%y", errors="coerce")
so_excel = pd.to_numeric(chu, errors="coerce")
ngay_excel = pd.to_datetime(so_excel, unit="D", origin="1899-12-30")
mot_nghia = ngay_truoc.isna() | thang_truoc.isna() | (ngay_truoc == thang_truoc)
ngay = ngay_truoc.fillna(thang_truoc).fillna(ngay_excel).dt.strftime("%d/%m/%Y")

sua_duoc = mot_nghia & (la["don_vi_nhap"] == tram)
sua_ngay = la.assign(hanh_dong="NORMALIZE", truong="ngay_tiem", gia_tri_moi=ngay)[sua_duoc]
hoi = la.assign(hanh_dong="ASK_FACILITY")[~sua_duoc]

# còn lại: giữ nguyên
viec = pd.concat([gui, dau_cu, thieu_so, quan_cu, sua_ngay, hoi])
con_lai = ho_so[~ho_so["ma_ho_so"].isin(viec["ma_ho_so"])].assign(hanh_dong="KEEP")
bai.luu(pd.concat([viec, con_lai]).reindex(columns=cot))
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
# Thử tự hỏi: trong bộ này, bao nhiêu ô trạm sửa được ngay mà không phải hỏi ai?


# %% [markdown]
# ---
# Ô dưới đây để giảng viên ghi điểm. Anh/chị không cần làm gì ở đó.

# %% points=10 tests="ngay_sinh_lien_he"
# bai_nop/quyet_dinh.csv
