# %% [markdown]
# # Bài tập: kiểm tra chữ ký
#
# **DỮ LIỆU GIẢ LẬP.** Mũi tiêm, đơn vị, chữ ký và chứng thư trong bài đều do máy tạo ra, chỉ dùng đào tạo.
#
# Thời gian: khoảng 40 phút cho 30 mục. Anh/chị có thể nghỉ giữa chừng: mọi lựa chọn được giữ lại.
#
# ## Tình huống
#
# Thứ Hai, ngày 9/5/2022. Anh/chị là nhân viên Trạm Y tế của một phường ở Thành phố Hồ Chí Minh.
# Tên phường hiện ra khi anh/chị mở bài ở ô thứ nhất. Trung tâm Y tế vừa chuyển về một tập mũi tiêm, danh sách và chứng thư, kèm một dòng: "chữ ký có vấn đề".
#
# Chị trưởng trạm dặn:
#
# > "Có vấn đề là vấn đề gì? Trong này có cái tốt, có cái hỏng, mỗi cái hỏng một kiểu.
# > Em nói cho chị từng cái một chữ thôi, nhưng phải đúng chữ. Gọi tốt cái không tốt là mình đóng dấu cho điều sai."
#
# ## Anh/chị có gì trong tay
#
# * `du_lieu/can_kiem_tra.csv`: mỗi dòng là một mũi (`MU...`), một danh sách (`DS...`) hoặc một chứng thư (`CT...`).
# * `du_lieu/noi_cap.csv`: các nơi cấp được tin cậy, kèm ngày của danh sách thu hồi.
# * `du_lieu/doi_tuong.csv`, `du_lieu/mui_tiem.csv`: sổ của phường như đang có.
# * `du_lieu/chu_ky/`, `du_lieu/danh_sach/`, `du_lieu/chung_thu/`: chữ ký, danh sách PDF và chứng thư thật. `du_lieu/tin_cay/`: thứ người kiểm tra cần.
# * `du_lieu/du_lieu.xlsx`: các bảng trong một tệp Excel.
#
# ## Việc cần làm
#
# | Việc | Điểm | Nộp gì | Quy tắc ở đâu |
# |---|---|---|---|
# | Kết luận từng mục bằng lời thường | 10 | `bai_nop/ket_luan.csv` | NĐ 130/2018/NĐ-CP; CV 1908/BYT-CNTT ngày 15/4/2022; bài học *14_kiem_tra_chu_ky* |
#
# Hỏi lần lượt, câu trả lời *không* đầu tiên là kết luận:
#
# * mở được tệp, có danh sách thu hồi còn hạn không? Không: **Chưa kết luận được**.
# * có chữ ký, nơi cấp có trong danh mục không? Không: **Không rõ người ký**.
# * nội dung bây giờ giống lúc ký không? Không: **Bị sửa sau khi ký**.
# * *lúc ký*, chứng thư có hiệu lực không? Không: **Chứng thư của người ký không có hiệu lực**.
# * chứng thư của đúng đơn vị được ký không? Không: **Sai đơn vị ký**.
# * đây có phải bản mới nhất không? Không: **Quá hạn hoặc đã có bản mới hơn**.
# * lúc ký, hồ sơ có đang tạm giữ không? Có: **Chữ ký đúng nhưng nội dung sai**.
#
# Còn lại là **Tốt**. Hai điều dễ nhầm: hết hạn *sau* khi ký vẫn tốt; bị thu hồi *sau* khi ký thì phải có dấu thời gian mới tốt.
# Gọi một chữ ký hỏng là tốt thì bị trừ thêm. Cách tính điểm là quy ước của khóa học.

# %% [markdown]
# ## Bước 1. Mở bài
#
# Bấm chuột vào ô xám dưới đây, rồi nhấn **Shift + Enter**. Ô nào trong bài cũng chạy như vậy.

# %%
from sosach.course import mo_bai

bai = mo_bai("k2_14_kiem_tra_chu_ky")
bai

# %% [markdown]
# ## Bước 2. Làm bài
#
# Ba cách sau đây như nhau: cùng một tệp nộp, cùng một cách chấm. Anh/chị chọn cách quen tay.
#
# ### Cách 1. Bấm chuột trên màn hình
#
# Nhấn **Shift + Enter** ở ô dưới. Mỗi mục là một thẻ: bản đã ký đứng cạnh dòng trong sổ, chữ nào khác được đánh dấu.
# Đọc chứng thư và danh sách thu hồi, rồi bấm một nút, hoặc nhấn phím số. Kết quả được ghi ngay vào `bai_nop/ket_luan.csv`: không cần bấm lưu.

# %%
bai.man_hinh()

# %% [markdown]
# ### Cách 2. Dùng Excel
#
# 1. Trên màn hình ở Cách 1, bấm **Thêm**, rồi **Tạo phiếu làm bài bằng Excel**. Tệp `phieu_lam_bai.xlsx` hiện ra cạnh tệp bài tập này.
# 2. Mở tệp bằng Excel, trang *Bài làm*: bên trái là mục phải xem, bên phải là ô để chọn. Chưa quyết định thì để trống.
# 3. Lưu tệp. Trở lại màn hình, bấm **Thêm**, rồi **Nhập phiếu Excel đã làm**. Dòng nào chưa đúng được báo theo số dòng.

# %% [markdown]
# ### Cách 3. Dành cho anh/chị biết lập trình (pandas)
#
# `bai.bang("can_kiem_tra")` có đủ các cột để kết luận; mọi cột đều là chữ, ô trống là `""`.
# Máy kiểm tra của `sosach.signing` đọc được các tệp thật và cho cùng kết luận.
# Anh/chị lập một bảng hai cột `doi_tuong_kiem_tra`, `ket_luan` (mã như `tot`, `bi_sua`, `khong_ro_nguoi_ky`, `nguoi_ky_het_hieu_luc`, `sai_don_vi`, `qua_han`, `sai_noi_dung`, `chua_ket_luan`), rồi gọi `bai.luu(bang)`.
# Nếu không dùng cách này, anh/chị cứ bỏ qua ô dưới.

# %%
bang = bai.bang("can_kiem_tra")
### BEGIN SOLUTION
from datetime import datetime
from pathlib import Path

import pandas as pd

from sosach.signing.certificate_checks import check_certificate
from sosach.signing.dose_checks import DoseChecker, View
from sosach.signing.lists import Expected, check_list
from sosach.signing.signer_checks import Case
from sosach.signing.trust import load_trust
from sosach.signing.verdicts import VIETNAM

du_lieu, luc = Path("du_lieu"), datetime(2022, 5, 9, 16, tzinfo=VIETNAM)
tin_cay = load_trust(du_lieu / "tin_cay")
mui = bang[bang["loai"] == "Mũi tiêm"].set_index("doi_tuong_kiem_tra")
ngay_ky, go_treo = (
    pd.to_datetime(mui[cot], format="%d/%m/%Y %H:%M", errors="coerce")
    for cot in ("ngay_ky", "treo_den")
)
dang_treo = mui.loc[(mui["treo"] != "") & ~(go_treo <= ngay_ky), "treo"]
cach_nhin = View(
    tin_cay,
    luc,
    delegations=mui.groupby("giao_ky_thay")["don_vi_nhap"].agg(set).to_dict(),
    held=dang_treo.to_dict(),
    known=mui["lan_ky_moi_nhat"].astype(int).to_dict(),
)
xet_mui = DoseChecker(du_lieu / "chu_ky", cach_nhin)
so = bai.mui_tiem.merge(bai.doi_tuong, on="ma_ho_so").set_index("ma_mui", drop=False)


def xet(dong):
    ma, loai = dong["doi_tuong_kiem_tra"], dong["loai"]
    if loai == "Mũi tiêm":
        return xet_mui.verdict(so.loc[ma].to_dict()).word
    if loai == "Danh sách":
        can = Expected(tin_cay, luc, dong["don_vi_nhap"], dong["ma_danh_sach"])
        return check_list((du_lieu / "danh_sach" / dong["tep"]).read_bytes(), can, ma).word
    chung_thu = (du_lieu / "chung_thu" / dong["tep"]).read_bytes()
    return check_certificate(chung_thu, Case("certificate", ma, tin_cay, luc)).word


ket_qua = bang[["doi_tuong_kiem_tra"]].copy()
ket_qua["ket_luan"] = [xet(dong) for dong in bang.to_dict("records")]
bai.luu(ket_qua)
### END SOLUTION

# %% [markdown]
# ## Bước 3. Kiểm tra
#
# Khi luyện tập, ô này cho biết mục nào chưa đúng, kèm ba bước gợi ý.
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
# Chọn ba mục hỏng, viết cho Trung tâm Y tế mỗi mục một câu: hỏng chỗ nào, ai phải làm gì.

# %% [markdown]
# ---
# Ô dưới đây để giảng viên ghi điểm. Anh/chị không cần làm gì ở đó.

# %% points=10 tests="ket_luan_chu_ky"
# bai_nop/ket_luan.csv
