# %% [markdown]
# # Bài tập: hồ sơ, trạng thái và người phải làm tiếp
#
# **DỮ LIỆU GIẢ LẬP.** Mọi người, số giấy tờ và mũi tiêm trong bài đều do máy tạo ra.
#
# Thời gian: khoảng 35 phút cho 30 hồ sơ. Anh/chị có thể nghỉ giữa chừng: mọi lựa chọn được giữ lại.
#
# ## Tình huống
#
# Hôm nay là thứ Hai, ngày 16/5/2022. Anh/chị là nhân viên Trạm Y tế của một phường ở Thành phố Hồ Chí Minh.
# Tên phường hiện ra khi anh/chị mở bài ở ô thứ nhất.
#
# Chị trưởng trạm vừa tiếp xong một lượt người dân đến hỏi:
#
# > "Sáng nay ai cũng hỏi sao chưa có hộ chiếu vắc xin. Chị không muốn trả lời chung chung là cứ chờ.
# > Em xem từng hồ sơ giúp chị: còn vướng ở đâu, ai phải làm tiếp.
# > Thứ Sáu tuần trước, Công an phường đã ký trả một phần danh sách. Hồ sơ nào có trả lời rồi thì mình làm luôn."
#
# ## Anh/chị có gì trong tay
#
# * `du_lieu/doi_tuong.csv`: mỗi dòng là một hồ sơ, có trạng thái xác minh do nền tảng trả về.
# * `du_lieu/mui_tiem.csv`: các mũi tiêm, có đơn vị nhập và trạng thái ký.
# * `du_lieu/danh_sach_cong_an.csv`: những dòng Công an phường đã trả, ký ngày 13/5/2022.
# * `du_lieu/co_so.csv`: tên các cơ sở tiêm, trong đó có trạm của anh/chị.
# * `du_lieu/du_lieu.xlsx`: các bảng trên trong một tệp Excel.
#
# ## Việc cần làm
#
# | Việc | Điểm | Nộp gì | Quy tắc ở đâu |
# |---|---|---|---|
# | Với mỗi hồ sơ, chọn việc phải làm tiếp | 10 | `bai_nop/quyet_dinh.csv` | CV 1908/BYT-CNTT ngày 15/4/2022, CV 9438/BYT-CNTT ngày 5/11/2021, CV 2262/BYT-CNTT ngày 4/5/2022; bài học *01_ho_so_va_trang_thai* |
#
# Hồ sơ nào cũng cần một quyết định, kể cả khi quyết định là *Giữ nguyên*.
#
# * Trạng thái **Đúng**, hoặc người nước ngoài **Chưa gửi**: nhìn các mũi. Còn mũi do trạm mình nhập mà chưa ký thì *Đủ điều kiện*; không còn thì *Giữ nguyên*.
# * Trạng thái khác, công an **chưa trả lời**: *Đưa vào danh sách gửi công an đối chiếu*.
# * Công an **đã ký trả**: so bốn dòng trong khung lớn. Ô nào khác thì cập nhật ô đó. Không ô nào khác thì *Báo lỗi hệ thống*.
# * Người nước ngoài mà quốc tịch ghi Việt Nam: *Xử lý theo diện người nước ngoài*.
#
# Ký nhầm, sửa nhầm hay gửi đi thừa đều bị trừ điểm. Lý do anh/chị chọn không tính điểm.
# Cách tính điểm là quy ước của khóa học.

# %% [markdown]
# ## Bước 1. Mở bài
#
# Bấm chuột vào ô xám dưới đây, rồi nhấn **Shift + Enter**. Ô nào trong bài cũng chạy như vậy.

# %%
from sosach.course import mo_bai

bai = mo_bai("k1_01_ho_so_va_trang_thai")
bai

# %% [markdown]
# ## Bước 2. Làm bài
#
# Ba cách sau đây như nhau: cùng một tệp nộp, cùng một cách chấm. Anh/chị chọn cách quen tay.
#
# ### Cách 1. Bấm chuột trên màn hình
#
# Nhấn **Shift + Enter** ở ô dưới. Đọc từng hồ sơ, rồi bấm một nút hoặc nhấn phím số.
# Hồ sơ có trả lời của công an thì cột thứ hai hiện ra, ô nào khác được tô vàng.
# Khi cập nhật, anh/chị bấm vào ô tô vàng, bấm nút, rồi bấm **Lấy theo Danh sách công an đã trả**.
# Mỗi lần bấm, quyết định được ghi ngay vào `bai_nop/quyet_dinh.csv`: không cần bấm lưu.

# %%
bai.man_hinh()

# %% [markdown]
# ### Cách 2. Dùng Excel
#
# 1. Trên màn hình ở Cách 1, bấm **Thêm**, rồi **Tạo phiếu làm bài bằng Excel**. Tệp `phieu_lam_bai.xlsx` hiện ra cạnh tệp bài tập này.
# 2. Mở thêm `du_lieu/du_lieu.xlsx`, trang *danh_sach_cong_an*, để xem công an trả lời gì.
# 3. Ở phiếu, trang *Bài làm*: chọn *Hành động* và *Lý do*. Khi cập nhật hay nhập số thì ghi thêm *Trường* và *Giá trị mới*.
# 4. Lưu tệp. Trở lại màn hình, bấm **Thêm**, rồi **Nhập phiếu Excel đã làm**. Dòng nào chưa đúng được báo theo số dòng.

# %% [markdown]
# ### Cách 3. Dành cho anh/chị biết lập trình (pandas)
#
# Mọi cột đều là chữ, ô trống là `""`. Anh/chị lập một bảng có các cột trong `cot`, mỗi dòng là một quyết định, rồi gọi `bai.luu(bang)`.
# Cột nào không dùng đến thì để trống. Nếu không dùng cách này, anh/chị cứ bỏ qua ô dưới.
#
# | Mã trong cột `hanh_dong` | Nút trên màn hình |
# |---|---|
# | `SIGN` | Đủ điều kiện, đưa vào danh sách ký |
# | `KEEP` | Giữ nguyên, không phải lỗi |
# | `REFER_POLICE` | Đưa vào danh sách gửi công an đối chiếu |
# | `UPDATE_FROM_POLICE` | Cập nhật theo danh sách công an đã ký |
# | `IMPORT_ID` | Nhập số bằng tệp Excel theo danh sách công an đã ký |
# | `REPORT_SYSTEM` | Báo lỗi hệ thống |
# | `FOREIGNER_PATH` | Xử lý theo diện người nước ngoài |
# | `HOLD` | Tạm giữ, chưa ký |

# %%
import pandas as pd

ho_so, mui_tiem = bai.doi_tuong, bai.mui_tiem
cong_an, co_so = bai.bang("danh_sach_cong_an"), bai.bang("co_so")
cot = ["ma_ho_so", "ma_mui", "truong", "hanh_dong", "gia_tri_moi", "ma_lien_quan", "ly_do"]
### BEGIN SOLUTION
# mỗi hồ sơ một dòng, kèm trả lời của công an nếu có
o_dung = {
    "ho_ten": "ho_ten_dung",
    "ngay_sinh": "ngay_sinh_dung",
    "gioi_tinh": "gioi_tinh_dung",
    "so_giay_to": "so_dinh_danh_dung",
}
tra_loi = cong_an[["ma_ho_so", "ket_qua", *o_dung.values()]]
bang = ho_so.merge(tra_loi, on="ma_ho_so", how="left").fillna("")

# ai phải làm tiếp
tram = co_so.loc[co_so["loai"] == "trạm y tế", "co_so_tiem"].item()
cho_ky = mui_tiem[(mui_tiem["don_vi_nhap"] == tram) & (mui_tiem["tt_ky"] == "Chưa ký")]
da_xac_minh = bang["tt_xac_minh"].isin(["Đúng", "Chưa gửi"])
da_tra_loi = bang["ket_qua"] != ""
ho_chieu = bang["so_giay_to"].str.fullmatch("[A-Z][0-9]{8}") & (bang["tt_xac_minh"] == "Sai")

bang["hanh_dong"] = "REFER_POLICE"
bang.loc[da_tra_loi, "hanh_dong"] = "REPORT_SYSTEM"
bang.loc[ho_chieu, "hanh_dong"] = "FOREIGNER_PATH"
bang.loc[da_xac_minh, "hanh_dong"] = "KEEP"
bang.loc[da_xac_minh & bang["ma_ho_so"].isin(cho_ky["ma_ho_so"]), "hanh_dong"] = "SIGN"

# ô nào công an ghi khác thì sửa ô đó, mỗi ô một dòng
can_sua = []
for o, dung in o_dung.items():
    khac = bang[da_tra_loi & (bang[dung] != "") & (bang[o] != bang[dung])]
    can_sua.append(khac.assign(truong=o, gia_tri_moi=khac[dung]))
sua = pd.concat(can_sua)
nhap_so = (sua["truong"] == "so_giay_to") & (sua["tt_xac_minh"] == "Không có/sai định dạng")
sua["hanh_dong"] = nhap_so.map({True: "IMPORT_ID", False: "UPDATE_FROM_POLICE"})

con_lai = bang[~bang["ma_ho_so"].isin(sua["ma_ho_so"])]
bai.luu(pd.concat([con_lai, sua]).reindex(columns=cot))
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
# Thử tự hỏi: trong bộ này, bao nhiêu hồ sơ trạm tự làm xong hôm nay, bao nhiêu hồ sơ phải chờ nơi khác?

# %% [markdown]
# ---
# Ô dưới đây để giảng viên ghi điểm. Anh/chị không cần làm gì ở đó.

# %% points=10 tests="ai_lam_tiep"
# bai_nop/quyet_dinh.csv
