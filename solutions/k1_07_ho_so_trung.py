# %% [markdown]
# # Bài tập: gộp hồ sơ trùng, giữ đủ các mũi
#
# **DỮ LIỆU GIẢ LẬP.** Mọi người, số giấy tờ và mũi tiêm trong bài đều do máy tạo ra.
#
# Thời gian: khoảng 50 phút cho 40 hồ sơ. Anh/chị có thể nghỉ giữa chừng: mọi lựa chọn được giữ lại.
#
# ## Tình huống
#
# Hôm nay là thứ Hai, ngày 9/5/2022. Anh/chị là nhân viên Trạm Y tế của một phường ở Thành phố Hồ Chí Minh.
# Tên phường hiện ra khi anh/chị mở bài ở ô thứ nhất.
#
# Tuần trước, trạm đã mời những người có hồ sơ giống nhau đến xem lại giấy tờ. Có người đến, có người không.
# Chị trưởng trạm giao việc:
#
# > "Có người tiêm đủ rồi mà hồ sơ nào cũng chỉ có một mũi, vì bị nhập thành hai hồ sơ. Em tìm giúp chị, có bằng chứng thì gộp, giữ đủ các mũi.
# > Chưa có bằng chứng thì khoan. Gộp nhầm hai người thì gỡ ra khổ lắm."
#
# ## Anh/chị có gì trong tay
#
# * `du_lieu/doi_tuong.csv`: mỗi dòng là một hồ sơ, có trạng thái xác minh do nền tảng trả về.
# * `du_lieu/mui_tiem.csv`: các mũi tiêm, có đơn vị đã nhập từng mũi.
# * `du_lieu/giay_to_tuy_than.csv`: giấy tờ mà người dân mang đến. Nếu mã QR trên thẻ ghi số CMND cũ thì có cột `so_cmnd_cu`.
# * `du_lieu/co_so.csv`: danh mục cơ sở tiêm chủng.
# * `du_lieu/du_lieu.xlsx`: mọi bảng trên trong một tệp Excel.
#
# ## Việc cần làm
#
# | Việc | Điểm | Nộp gì | Quy tắc ở đâu |
# |---|---|---|---|
# | Tìm những cặp hồ sơ của một người | 3 | `bai_nop/quyet_dinh.csv` | bài học *07_ho_so_trung* |
# | Chọn việc làm với từng hồ sơ | 7 | cùng tệp ấy | CV 9438/BYT-CNTT ngày 5/11/2021; CV 2262/BYT-CNTT ngày 4/5/2022; bài học *07_ho_so_trung* |
#
# Nhắc lại:
#
# * **Gộp** khi có bằng chứng nối hai hồ sơ: cùng một số, hoặc một thẻ ghi cả hai số. Gộp ở một trong hai hồ sơ là đủ.
# * **Giữ nguyên** khi hai số khác nhau đều đã xác minh Đúng: đó là hai người khác nhau.
# * **Chưa có bằng chứng** thì tạm giữ, chưa ký, hoặc đưa vào danh sách gửi công an đối chiếu.
# * **Mũi trùng trong một hồ sơ**: một mũi nhập hai lần thì xóa dòng ghi thiếu hơn, nếu dòng ấy do trạm nhập. Hai bản khác nhau thì hỏi cơ sở đã nhập.
#
# Cách tính điểm là quy ước của khóa học.

# %% [markdown]
# ## Bước 1. Mở bài
#
# Bấm chuột vào ô xám dưới đây, rồi nhấn **Shift + Enter**. Ô nào trong bài cũng chạy như vậy.

# %%
from sosach.course import mo_bai

bai = mo_bai("k1_07_ho_so_trung")
bai

# %% [markdown]
# ## Bước 2. Làm bài
#
# Ba cách sau đây như nhau: cùng một tệp nộp, cùng một cách chấm. Anh/chị chọn cách quen tay.
#
# ### Cách 1. Bấm chuột trên màn hình
#
# Nhấn **Shift + Enter** ở ô dưới. Trong khung bên trái, chọn *Có hồ sơ nghi trùng* để chỉ xem những hồ sơ có cùng số, hoặc cùng họ tên và ngày sinh.
# Ở dòng *So với*, chọn hồ sơ kia để xem hai bên cạnh nhau, hoặc chọn thẻ căn cước mà người dân mang đến.
# Xem hết các cặp rồi, đừng quên xem các hồ sơ còn lại: mũi trùng nằm ở đó.
#
# Mỗi lần bấm, quyết định được ghi ngay vào `bai_nop/quyet_dinh.csv`: không cần bấm lưu.

# %%
bai.man_hinh()

# %% [markdown]
# ### Cách 2. Dùng Excel
#
# 1. Trên màn hình ở Cách 1, bấm **Thêm**, rồi **Tạo phiếu làm bài bằng Excel**. Tệp `phieu_lam_bai.xlsx` hiện ra cạnh tệp bài tập này.
# 2. Mở tệp bằng Excel. Sắp xếp trang *Bài làm* theo họ tên thì thấy các hồ sơ giống nhau. Muốn gộp: chọn hành động, rồi ghi mã của hồ sơ kia vào cột *Mã liên quan*.
# 3. Lưu tệp. Trở lại màn hình, bấm **Thêm**, rồi **Nhập phiếu Excel đã làm**. Dòng nào chưa đúng được báo theo số dòng.

# %% [markdown]
# ### Cách 3. Dành cho anh/chị biết lập trình (pandas)
#
# `bai.doi_tuong`, `bai.mui_tiem`, `bai.bang("giay_to_tuy_than")` và `bai.bang("co_so")` là bốn bảng, mọi cột đều là chữ, ô trống là `""`.
# Anh/chị lập một bảng có các cột `ma_ho_so, ma_mui, truong, hanh_dong, gia_tri_moi, ma_lien_quan, ly_do`, mỗi việc một dòng, rồi gọi `bai.luu(quyet_dinh)`.
# Muốn so họ tên không kể dấu, dùng `strip_diacritics` của `generator.vietnamese`.
# Nếu không dùng cách này, anh/chị cứ bỏ qua ô dưới.

# %%
ho_so, mui = bai.doi_tuong, bai.mui_tiem
### BEGIN SOLUTION
import pandas as pd

from generator.vietnamese import strip_diacritics

co_so = bai.bang("co_so")
tram = co_so.loc[co_so["loai"] == "trạm y tế", "co_so_tiem"].iloc[0]
the = bai.bang("giay_to_tuy_than").melt(
    "ma_ho_so", ["so_giay_to", "so_cmnd_cu"], value_name="so_tren_the"
)
the_ghi = set(zip(the["ma_ho_so"], the["so_tren_the"], strict=True))


def mot_nguoi(cap):
    """Hai hồ sơ cùng số, hoặc thẻ của hồ sơ này ghi số của hồ sơ kia."""
    so, so_kia = cap["so_giay_to"], cap["so_giay_to_kia"]
    cung_so = so != "" and so == so_kia
    the_nay = so_kia != "" and (cap["ma_ho_so"], so_kia) in the_ghi
    the_kia = so != "" and (cap["ma_ho_so_kia"], so) in the_ghi
    return cung_so or the_nay or the_kia


def trong_ho_so(cac_mui):
    """Việc phải làm khi chính hồ sơ có mũi trùng nhau: (hành động, mã mũi, mã mũi giữ lại)."""
    trung = cac_mui[cac_mui.duplicated("mui", keep=False)]
    if trung["mui"].nunique() >= 2:  # nhiều loại mũi cùng trùng: hai người trong một hồ sơ
        return ("REFER_POLICE", "", "")
    du_thong_tin = (trung != "").sum(axis=1)
    bo, giu = trung.loc[du_thong_tin.idxmin()], trung.drop(du_thong_tin.idxmin()).iloc[0]
    cung_mui = (bo[["ten_vac_xin", "ngay_tiem"]] == giu[["ten_vac_xin", "ngay_tiem"]]).all()
    cung_lo = bo["so_lo"] in ("", giu["so_lo"])
    if cung_mui and cung_lo and bo["don_vi_nhap"] == tram:
        return ("DELETE_DUP_DOSE", bo["ma_mui"], giu["ma_mui"])
    return ("ASK_FACILITY", "", "")


# 1. Các cặp cùng họ tên (không kể dấu, viết hoa) và cùng ngày sinh
ten = ho_so["ho_ten"].map(lambda t: " ".join(strip_diacritics(t).upper().split()))
ho_so["nguoi"] = ten + ho_so["ngay_sinh"]
cap = ho_so.merge(ho_so, on="nguoi", suffixes=("", "_kia")).query("ma_ho_so < ma_ho_so_kia")
cap["mot_nguoi"] = cap.apply(mot_nguoi, axis=1)
gop = cap[cap["mot_nguoi"]]
nghi = cap[
    ~cap["mot_nguoi"] & ((cap["tt_xac_minh"] != "Đúng") | (cap["tt_xac_minh_kia"] != "Đúng"))
]

# 2. Mỗi hồ sơ một việc: có mũi trùng, gộp, chưa đủ bằng chứng, chưa xác minh, còn lại giữ nguyên
co_mui_trung = mui[mui.duplicated(["ma_ho_so", "mui"], keep=False)]["ma_ho_so"].unique()
viec = dict.fromkeys(ho_so["ma_ho_so"], ("KEEP", "", ""))
viec |= dict.fromkeys([*nghi["ma_ho_so"], *nghi["ma_ho_so_kia"]], ("HOLD", "", ""))
viec |= dict.fromkeys(ho_so.query("tt_xac_minh != 'Đúng'")["ma_ho_so"], ("REFER_POLICE", "", ""))
viec |= {a: ("MERGE", "", b) for a, b in zip(gop["ma_ho_so"], gop["ma_ho_so_kia"], strict=True)}
viec |= {ma: trong_ho_so(mui[mui["ma_ho_so"] == ma]) for ma in co_mui_trung}
for ma in gop["ma_ho_so_kia"]:  # gộp một lần là đủ
    viec.pop(ma, None)

quyet_dinh = pd.DataFrame(
    [(ma, *v) for ma, v in viec.items()],
    columns=["ma_ho_so", "hanh_dong", "ma_mui", "ma_lien_quan"],
)
for cot in ("truong", "gia_tri_moi", "ly_do"):
    quyet_dinh[cot] = ""
bai.luu(quyet_dinh)
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
# Hai ô dưới đây để giảng viên ghi điểm. Anh/chị không cần làm gì ở đó.

# %% points=3 tests="tim_trung"
# bai_nop/quyet_dinh.csv

# %% points=7 tests="xu_ly_trung"
# bai_nop/quyet_dinh.csv
