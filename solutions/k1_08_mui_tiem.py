# %% [markdown]
# # Bài tập: mũi tiêm, vắc xin, khoảng cách
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
# Mọi hồ sơ trong bài đã xác minh Đúng. Trước khi ký, chị trưởng trạm muốn các mũi cũng phải đúng:
#
# > "Em lấy thùng phiếu lưu ra, so từng mũi do trạm mình nhập. Khác phiếu thì sửa theo phiếu.
# > Mũi của nơi khác nhập thì mình hỏi, đừng sửa giùm. Còn mũi nào chỉ là trễ, hay tiêm trộn được phép, thì cứ để yên."
#
# ## Anh/chị có gì trong tay
#
# * `du_lieu/doi_tuong.csv`, `du_lieu/mui_tiem.csv`: hồ sơ và mũi tiêm, có đơn vị đã nhập từng mũi.
# * `du_lieu/phieu_luu.csv`: phiếu lưu của từng mũi do trạm nhập. Vài phiếu tìm không ra, vài phiếu ghi tên người khác.
# * `du_lieu/co_so.csv`: danh mục cơ sở tiêm chủng.
# * `du_lieu/du_lieu.xlsx`: mọi bảng trên trong một tệp Excel.
#
# ## Việc cần làm
#
# | Việc | Điểm | Nộp gì | Quy tắc ở đâu |
# |---|---|---|---|
# | Chọn việc làm với các mũi của từng hồ sơ | 10 | `bai_nop/quyet_dinh.csv` | QĐ 3588/QĐ-BYT ngày 26/7/2021; QĐ 43/QĐ-BYT ngày 7/1/2022; CV 1908/BYT-CNTT ngày 15/4/2022; bài học *08_mui_tiem* |
#
# Với mỗi mũi, hỏi lần lượt:
#
# 1. **Có gì không ổn không?** Trễ, tiêm trộn được phép, ba mũi cơ bản Abdala: không có gì sai.
# 2. **Đơn vị nào đã nhập?** Trạm nhập thì xem phiếu lưu. Nơi khác nhập thì hỏi cơ sở tiêm chủng đã nhập mũi.
# 3. **Phiếu nói gì?** Có phiếu thì sửa theo chứng từ gốc. Không có phiếu mà mũi mâu thuẫn thì hỏi.
#
# Tên vắc xin gõ sai mà chỉ giống một vắc xin thì sửa lỗi gõ, dù nơi nào nhập.
# Hồ sơ có nhiều việc thì ghi đủ từng việc. Cách tính điểm là quy ước của khóa học.

# %% [markdown]
# ## Bước 1. Mở bài
#
# Bấm chuột vào ô xám dưới đây, rồi nhấn **Shift + Enter**. Ô nào trong bài cũng chạy như vậy.

# %%
from sosach.course import mo_bai

bai = mo_bai("k1_08_mui_tiem")
bai

# %% [markdown]
# ## Bước 2. Làm bài
#
# Ba cách sau đây như nhau: cùng một tệp nộp, cùng một cách chấm. Anh/chị chọn cách quen tay.
#
# ### Cách 1. Bấm chuột trên màn hình
#
# Nhấn **Shift + Enter** ở ô dưới. Ở dòng *So với*, chọn từng phiếu lưu: màn hình đặt phiếu cạnh mũi, ô khác nhau được tô màu.
# Giữa hai mũi có số ngày cách nhau và khoảng cách ít nhất theo quy định.
#
# * Muốn sửa một ô của một mũi: bấm vào tên ô ấy trong mũi, rồi bấm *Sửa theo chứng từ gốc*.
# * Hồ sơ cần hai việc: bấm việc thứ nhất, bấm **Thêm một việc nữa**, rồi bấm việc thứ hai.
#
# Mỗi lần bấm, quyết định được ghi ngay vào `bai_nop/quyet_dinh.csv`: không cần bấm lưu.

# %%
bai.man_hinh()

# %% [markdown]
# ### Cách 2. Dùng Excel
#
# 1. Trên màn hình ở Cách 1, bấm **Thêm**, rồi **Tạo phiếu làm bài bằng Excel**. Tệp `phieu_lam_bai.xlsx` hiện ra cạnh tệp bài tập này.
# 2. Mở tệp bằng Excel. Trang *Mũi tiêm* có mã của từng mũi. Mở thêm `du_lieu/du_lieu.xlsx`, trang *Phiếu lưu*, để đối chiếu.
# 3. Ở trang *Bài làm*, chọn hành động, ghi mã mũi, ô cần sửa và giá trị mới. Hồ sơ có nhiều việc thì ghi thêm dòng ở cuối trang.
# 4. Lưu tệp. Trở lại màn hình, bấm **Thêm**, rồi **Nhập phiếu Excel đã làm**. Dòng nào chưa đúng được báo theo số dòng.

# %% [markdown]
# ### Cách 3. Dành cho anh/chị biết lập trình (pandas)
#
# `bai.doi_tuong`, `bai.mui_tiem`, `bai.bang("phieu_luu")` và `bai.bang("co_so")` là bốn bảng, mọi cột đều là chữ, ô trống là `""`.
# Anh/chị lập một bảng có các cột `ma_ho_so, ma_mui, truong, hanh_dong, gia_tri_moi, ma_lien_quan, ly_do`, mỗi việc một dòng, rồi gọi `bai.luu(quyet_dinh)`.
# Khỏi viết lại quy tắc tuổi, thứ tự và khoảng cách: `wrong_doses` của `sosach.simulation.platform.gate_doses` nói mũi nào mâu thuẫn.
# Nếu không dùng cách này, anh/chị cứ bỏ qua ô dưới.

# %%
ho_so, mui = bai.doi_tuong, bai.mui_tiem
### BEGIN SOLUTION
from datetime import date

import pandas as pd

from generator.facts import table
from sosach.simulation.platform.gate_doses import wrong_doses

HOM_NAY = date(2022, 5, 9)
co_so = bai.bang("co_so")
tram = co_so.loc[co_so["loai"] == "trạm y tế", "co_so_tiem"].iloc[0]
phieu = bai.bang("phieu_luu").set_index("ma_mui").to_dict("index")
co_trong_danh_muc = set(co_so["co_so_tiem"])
# cách gõ tên vắc xin (chữ thường) -> tên trong danh mục tám vắc xin
TEN_DUNG = {
    cach_go.rstrip("*").casefold(): vac_xin["name_on_platform_vi"]
    for vac_xin in table("vaccines")
    for cach_go in vac_xin["variants_typed"].split("|")
}

# Mũi nhập trùng: cùng loại mũi, vắc xin, ngày tiêm. Dòng ghi đủ hơn ở lại.
NHU_NHAU = ["ma_ho_so", "mui", "ten_vac_xin", "ngay_tiem"]
trung = mui[mui.duplicated(NHU_NHAU, keep=False)]
trung = trung.loc[(trung != "").sum(axis=1).sort_values(ascending=False).index]
mui_giu = dict(
    zip(trung["ma_mui"], trung.groupby(NHU_NHAU)["ma_mui"].transform("first"), strict=True)
)


def viec_cua_mui(m):
    """Những việc phải làm với một mũi: (hành động, ô, giá trị mới)."""
    to_phieu = phieu.get(m["ma_mui"], {"mui": "", "ghi_chu": ""})
    ten = TEN_DUNG.get(" ".join(m["ten_vac_xin"].split()).casefold(), m["ten_vac_xin"])
    if "tên người khác" in to_phieu["ghi_chu"]:
        return [("REMOVE_DOSE", "", "")]
    if m["co_so_tiem"] == "NGOAI" and m["don_vi_nhap"] == tram:
        return [("HOLD", "", "")]
    if m["co_so_tiem"] not in co_trong_danh_muc:
        return [("ASK_FACILITY", "", "")]
    viec = [("NORMALIZE", "ten_vac_xin", ten)] if ten != m["ten_vac_xin"] else []
    if to_phieu["mui"]:  # có phiếu, đọc được: ô nào khác phiếu thì sửa
        dang_ghi = m | {"ten_vac_xin": ten}
        khac = [
            o for o in ("mui", "ten_vac_xin", "so_lo", "ngay_tiem") if to_phieu[o] != dang_ghi[o]
        ]
        viec += [("FIX_FROM_SOURCE", o, to_phieu[o]) for o in khac]
    elif not m["so_lo"]:
        viec += [("ASK_FACILITY", "", "")]
    return viec


def viec_cua_ho_so(cac_mui, ngay_sinh):
    """Những việc phải làm với các mũi của một hồ sơ: (mã mũi, hành động, ô, giá trị, mũi giữ)."""
    viec, sau_khi_sua = [], []
    for m in cac_mui:
        giu = mui_giu.get(m["ma_mui"], m["ma_mui"])
        if giu != m["ma_mui"]:
            xoa = "DELETE_DUP_DOSE" if m["don_vi_nhap"] == tram else "ASK_FACILITY"
            viec.append((m["ma_mui"], xoa, "", "", giu))
            continue
        cua_mui = viec_cua_mui(m)
        viec += [(m["ma_mui"], *v, "") for v in cua_mui]
        if ("REMOVE_DOSE", "", "") not in cua_mui:
            sau_khi_sua.append(m | {o: gia_tri for _, o, gia_tri in cua_mui if o})
    if wrong_doses(sau_khi_sua, ngay_sinh, HOM_NAY):  # vẫn mâu thuẫn mà không có phiếu để sửa
        viec.append(("", "ASK_FACILITY", "", "", ""))
    return viec or [("", "KEEP", "", "", "")]


mui_cua = {ma: cac_mui.to_dict("records") for ma, cac_mui in mui.groupby("ma_ho_so")}
quyet_dinh = pd.DataFrame(
    [
        (ma, *viec)
        for ma, ngay_sinh in zip(ho_so["ma_ho_so"], ho_so["ngay_sinh"], strict=True)
        for viec in viec_cua_ho_so(mui_cua.get(ma, []), ngay_sinh)
    ],
    columns=["ma_ho_so", "ma_mui", "hanh_dong", "truong", "gia_tri_moi", "ma_lien_quan"],
)
bai.luu(quyet_dinh.assign(ly_do=""))
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

# %% points=10 tests="mui_tiem"
# bai_nop/quyet_dinh.csv
