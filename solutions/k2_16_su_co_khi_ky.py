# %% [markdown]
# # Bài tập: sự cố khi ký
#
# **DỮ LIỆU GIẢ LẬP.** Mọi người, số giấy tờ, mũi tiêm và chứng thư trong bài đều do máy tạo ra.
#
# Thời gian: khoảng 40 phút cho 30 mũi. Anh/chị có thể nghỉ giữa chừng: mọi lựa chọn được giữ lại.
#
# ## Tình huống
#
# Hôm nay là thứ Hai, ngày 9/5/2022. Anh/chị là nhân viên Trạm Y tế của một phường ở Thành phố Hồ Chí Minh.
# Tên phường hiện ra khi anh/chị mở bài ở ô thứ nhất.
#
# Chiều thứ Sáu 6/5, phiên ký của trạm bị ngắt: token bị rút giữa một lô, một máy chạy sai giờ. Sáng nay lại có người sửa vài ô trong sổ.
# Nền tảng chưa cập nhật: cột *Trạng thái ký* của các mũi này vẫn ghi *Chưa ký*, dù có mũi đã ký rồi. Chị trưởng trạm nói:
#
# > "Đừng tin cột ấy. Em đọc nhật ký, xem bản đã ký, rồi nói chị biết từng mũi phải làm gì.
# > Đừng ký lại hết cho chắc. Ký hai lần còn khó gỡ hơn chưa ký."
#
# ## Anh/chị có gì trong tay
#
# * `du_lieu/can_kiem_tra.csv`: các mũi phải xem lại. `du_lieu/danh_sach_ky.csv`: danh sách đã đưa vào ký.
# * `du_lieu/lo_ky.csv`, `du_lieu/nhat_ky_ky.csv`: bốn lô và nhật ký ký số. `du_lieu/ban_da_ky.csv`: bản đã ký của từng mũi.
# * `du_lieu/nhat_ky_sua.csv`: mũi nào đã sửa sau khi ký, sửa ô nào, có giải trình hay chưa.
# * `du_lieu/ho_so_giong.csv`: những hồ sơ giống nhau.
# * `du_lieu/chu_ky/`: các lô thật. `du_lieu/tin_cay/`: thứ máy kiểm tra cần. `du_lieu/du_lieu.xlsx`: các bảng trong một tệp Excel.
#
# ## Việc cần làm
#
# | Việc | Điểm | Nộp gì | Quy tắc ở đâu |
# |---|---|---|---|
# | Chọn việc phải làm với từng mũi | 10 | `bai_nop/ket_luan.csv` | NĐ 130/2018/NĐ-CP; CV 1908/BYT-CNTT ngày 15/4/2022; bài học *16_su_co_khi_ky* |
#
# Hỏi theo thứ tự, câu đầu tiên có chuyện là câu quyết định:
#
# * **Trùng mã, báo cáo Trung tâm Y tế**: một mã đứng ở hai dòng, hai người.
# * **Trả về đơn vị đã nhập mũi**: mũi của đơn vị khác lẫn vào lô của trạm.
# * **Tạm giữ, chưa ký lại**: người này nay có thể còn hồ sơ khác, hoặc mũi bị sửa sau khi ký mà chưa giải trình.
# * **Chưa ký, ký tiếp**: chưa vào lô nào, hoặc lô bị ngắt mà không có lô nào sau đó ký.
# * **Chỉnh đồng hồ rồi ký lại**: giờ ký trước ngày chứng thư có hiệu lực.
# * **Ký lại bản đã sửa**: sửa sau khi ký, đã có giải trình.
# * **Đã ký đúng, không ký nữa**: không sửa gì, hoặc chỉ sửa ô không được ký cùng, như số điện thoại.
#
# Ký hai lần một mũi đã ký đúng, hoặc ký mũi chưa được ký, mất điểm nhiều hơn. Cách xử lý và cách tính điểm là quy ước của khóa học.

# %% [markdown]
# ## Bước 1. Mở bài
#
# Bấm chuột vào ô xám dưới đây, rồi nhấn **Shift + Enter**. Ô nào trong bài cũng chạy như vậy.

# %%
from sosach.course import mo_bai

bai = mo_bai("k2_16_su_co_khi_ky")
bai

# %% [markdown]
# ## Bước 2. Làm bài
#
# Ba cách sau đây như nhau: cùng một tệp nộp, cùng một cách chấm. Anh/chị chọn cách quen tay.
#
# ### Cách 1. Bấm chuột trên màn hình
#
# Nhấn **Shift + Enter** ở ô dưới. Mỗi mũi là một thẻ: nhật ký, bản đã ký đứng cạnh dòng trong sổ, chữ nào khác được đánh dấu.
# Bấm một nút, hoặc nhấn phím số. Kết quả được ghi ngay vào `bai_nop/ket_luan.csv`: không cần bấm lưu.

# %%
bai.man_hinh()

# %% [markdown]
# ### Cách 2. Dùng Excel
#
# 1. Trên màn hình ở Cách 1, bấm **Thêm**, rồi **Tạo phiếu làm bài bằng Excel**. Tệp `phieu_lam_bai.xlsx` hiện ra cạnh tệp bài tập này.
# 2. Mở tệp bằng Excel, trang *Bài làm*: bên trái là mũi phải xem, bên phải là ô để chọn. Mở thêm `du_lieu/du_lieu.xlsx` để tra nhật ký.
# 3. Lưu tệp. Trở lại màn hình, bấm **Thêm**, rồi **Nhập phiếu Excel đã làm**. Dòng nào chưa đúng được báo theo số dòng.

# %% [markdown]
# ### Cách 3. Dành cho anh/chị biết lập trình (pandas)
#
# Máy kiểm tra chữ ký của `sosach.signing` đọc các lô thật; kết luận của máy khớp với các bảng.
# Anh/chị lập một bảng hai cột `doi_tuong_kiem_tra`, `ket_luan` (mã như `KY_TIEP`, `KHONG_KY_NUA`, `KY_LAI`, `TAM_GIU`, `CHINH_DONG_HO`, `TRA_DON_VI`, `BAO_CAO`), rồi gọi `bai.luu(bang)`.
# Nếu không dùng cách này, anh/chị cứ bỏ qua ô dưới.

# %%
lo, danh_sach = bai.bang("can_kiem_tra"), bai.bang("danh_sach_ky")
### BEGIN SOLUTION
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pandas as pd

from sosach.signing.dose_checks import DoseChecker, View
from sosach.signing.doses import with_subjects
from sosach.signing.trust import load_trust

BAY_GIO = datetime(2022, 5, 9, 9, tzinfo=timezone(timedelta(hours=7)))
noi_tin_cay = load_trust(Path("du_lieu/tin_cay"))
may_kiem_tra = DoseChecker(Path("du_lieu/chu_ky"), View(noi_tin_cay, BAY_GIO))
ho_so, mui = bai.doi_tuong.to_dict("records"), bai.mui_tiem.to_dict("records")
dong_cua_mui = {dong["ma_mui"]: dong for dong in with_subjects(mui, ho_so)}

# Mã có hai dòng trong danh sách ký; hồ sơ còn nghi trùng; mũi sửa có giải trình.
trung_ma = set(danh_sach.loc[danh_sach["ma_mui"].duplicated(), "ma_mui"])
giong = bai.bang("ho_so_giong").merge(
    bai.doi_tuong[["ma_ho_so", "so_giay_to", "tt_xac_minh"]],
    on="ma_ho_so",
    suffixes=("_khac", ""),
)
ca_hai_dung = (giong["tt_xac_minh"] == "Đúng") & (giong["tt_xac_minh_khac"] == "Đúng")
cung_so = (giong["so_giay_to"] == giong["so_giay_to_khac"]) & (giong["so_giay_to"] != "")
nghi_trung = set(giong.loc[cung_so | ~ca_hai_dung, "ma_ho_so"])
nhat_ky_sua = bai.bang("nhat_ky_sua")
da_giai_trinh = set(nhat_ky_sua.loc[nhat_ky_sua["giai_trinh"] != "", "ma_mui"])


def viec(ma):
    """Việc phải làm với một mũi, theo kết luận của máy kiểm tra chữ ký."""
    thay = may_kiem_tra.verdict(dong_cua_mui[ma]).codes
    if ma in trung_ma:
        return "BAO_CAO"
    if "WRONG_FACILITY" in thay:
        return "TRA_DON_VI"
    if dong_cua_mui[ma]["ma_ho_so"] in nghi_trung:
        return "TAM_GIU"
    if "UNSIGNED_DOSE" in thay:
        return "KY_TIEP"
    if "NOT_YET_VALID" in thay:
        return "CHINH_DONG_HO"
    if "CONTENT_ALTERED" in thay:
        return "KY_LAI" if ma in da_giai_trinh else "TAM_GIU"
    return "KHONG_KY_NUA"


ket_luan = pd.DataFrame({"doi_tuong_kiem_tra": lo["doi_tuong_kiem_tra"]})
ket_luan["ket_luan"] = ket_luan["doi_tuong_kiem_tra"].map(viec)
bai.luu(ket_luan)
### END SOLUTION

# %% [markdown]
# ## Bước 3. Kiểm tra
#
# Khi luyện tập, ô này cho biết mũi nào chưa đúng, kèm ba bước gợi ý.
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
# Viết ba dòng cho biên bản: chiều thứ Sáu xảy ra chuyện gì, còn bao nhiêu mũi phải ký, ai làm việc nào.

# %% [markdown]
# ---
# Ô dưới đây để giảng viên ghi điểm. Anh/chị không cần làm gì ở đó.

# %% points=10 tests="su_co"
# bai_nop/ket_luan.csv
