# %% [markdown]
# # Bài tập: ai được ký, ký những gì
#
# **DỮ LIỆU GIẢ LẬP.** Mọi người, số giấy tờ, mũi tiêm và chứng thư trong bài đều do máy tạo ra.
#
# Thời gian: khoảng 45 phút cho 30 hồ sơ, chừng 70 đến 80 mũi. Anh/chị có thể nghỉ giữa chừng: mọi lựa chọn được giữ lại.
#
# ## Tình huống
#
# Hôm nay là thứ Hai, ngày 9/5/2022. Anh/chị là nhân viên Trạm Y tế của một phường ở Thành phố Hồ Chí Minh.
# Tên phường hiện ra khi anh/chị mở bài ở ô thứ nhất. Trong ngăn kéo có bốn token, mỗi cái một nhãn.
#
# Chị trưởng trạm dặn:
#
# > "Mũi nào ký được thì ký hết trong hôm nay, đừng để bà con chờ thêm ngày nào.
# > Nhưng chỉ ký mũi của mình, và bằng token của trạm. Bốn cái token ấy không phải cái nào cũng dùng được.
# > Ký nhầm một mũi thì gỡ ra khổ lắm, khổ hơn bỏ sót một mũi."
#
# ## Anh/chị có gì trong tay
#
# * `du_lieu/doi_tuong.csv`, `du_lieu/mui_tiem.csv`: hồ sơ và mũi tiêm, có trạng thái xác minh, đơn vị nhập, trạng thái ký.
# * `du_lieu/token.csv`: bốn token trong ngăn kéo: của ai, loại gì, hiệu lực từ ngày nào đến ngày nào, PIN.
# * `du_lieu/ho_so_giong.csv`: những hồ sơ giống họ tên và ngày sinh, hoặc giống số giấy tờ.
# * `du_lieu/uy_quyen.csv`: văn bản Trung tâm Y tế ủy quyền ký (quy ước của khóa học).
# * `du_lieu/co_so.csv`: danh mục cơ sở tiêm chủng, trong đó có trạm của anh/chị.
# * `du_lieu/token/`: bốn token ảo để ký thật bằng lệnh. `du_lieu/du_lieu.xlsx`: các bảng trong một tệp Excel.
#
# ## Việc cần làm
#
# | Việc | Điểm | Nộp gì | Quy tắc ở đâu |
# |---|---|---|---|
# | Chọn những mũi được ký hôm nay và token để ký | 10 | `bai_nop/ky_so.json` | CV 1908/BYT-CNTT ngày 15/4/2022; QĐ 5772/QĐ-BYT ngày 20/12/2021; NĐ 130/2018/NĐ-CP; bài học *13_ai_duoc_ky* |
#
# Mỗi mũi hỏi bốn câu:
#
# * **Người**: trạng thái *Đúng*, hoặc người nước ngoài có số hộ chiếu. Hồ sơ nghi trùng thì chưa ký.
# * **Đơn vị**: mũi do trạm nhập. Mũi của đơn vị khác chỉ ký khi có văn bản ủy quyền còn hạn, giao cho trạm mình, nói đúng đợt tiêm ấy.
# * **Mũi**: các ô đủ và hợp lý, tiêm ở cơ sở có trong danh mục, không phải mũi tiêm ở tỉnh khác hay nước ngoài.
# * **Chữ ký cũ**: mũi *Đã ký* thì không ký nữa.
#
# Và chọn **token** của tổ chức, của trạm mình, còn hiệu lực hôm nay. Mũi không ký thì bấm *Chưa ký*.
# Ký một mũi chưa được ký, hoặc ký bằng token sai, mất điểm nhiều hơn bỏ sót một mũi.
# Cách tính điểm và việc ủy quyền ký là quy ước của khóa học.
#
# **Khóa bí mật không nằm trong trang làm bài.** Bấm chuột, Excel hay trang mở không cần mạng đều chỉ ghi lại *quyết định* của anh/chị, và được chấm theo quyết định ấy.
# Ai ký thật bằng lệnh ở Cách 3 thì chữ ký được kiểm tra lại khi chấm.

# %% [markdown]
# ## Bước 1. Mở bài
#
# Bấm chuột vào ô xám dưới đây, rồi nhấn **Shift + Enter**. Ô nào trong bài cũng chạy như vậy.

# %%
from sosach.course import mo_bai

bai = mo_bai("k2_13_ai_duoc_ky")
bai

# %% [markdown]
# ## Bước 2. Làm bài
#
# Ba cách sau đây như nhau: cùng một tệp nộp, cùng một cách chấm. Anh/chị chọn cách quen tay.
#
# ### Cách 1. Bấm chuột trên màn hình
#
# Nhấn **Shift + Enter** ở ô dưới. Mỗi lần một mũi, kèm hồ sơ của người ấy và những tờ giấy liên quan.
# Bấm **Chưa ký**, hoặc chọn ký bằng token nào. Mỗi lần bấm, quyết định được ghi ngay vào `bai_nop/ky_so.json`: không cần bấm lưu.

# %%
bai.man_hinh()

# %% [markdown]
# ### Cách 2. Dùng Excel
#
# 1. Trên màn hình ở Cách 1, bấm **Thêm**, rồi **Tạo phiếu làm bài bằng Excel**. Tệp `phieu_lam_bai.xlsx` hiện ra cạnh tệp bài tập này.
# 2. Mở tệp bằng Excel, trang *Bài làm*: mỗi dòng một mũi, chọn token để ký. Mũi chưa ký thì để trống.
# 3. Lưu tệp. Trở lại màn hình, bấm **Thêm**, rồi **Nhập phiếu Excel đã làm**. Dòng nào chưa đúng được báo theo số dòng.

# %% [markdown]
# ### Cách 3. Dành cho anh/chị biết lập trình (pandas)
#
# `bai.ky(danh_sach, token=..., pin=...)` ký thật bằng token ảo, ghi `bai_nop/ky_so.json` và các lô vào `bai_nop/chu_ky/`.
# Token bị rút giữa chừng thì gọi lại: mũi đã ký không bị ký lần nữa. Nhập sai PIN thì mất một lượt, như token thật.
# Chữ ký không đúng thì mũi ấy coi như chưa ký.
# Nếu không dùng cách này, anh/chị cứ bỏ qua ô dưới.

# %%
ho_so, mui = bai.doi_tuong, bai.mui_tiem
### BEGIN SOLUTION
from datetime import date

import pandas as pd

from sosach.simulation.platform.gate_doses import wrong_doses

HOM_NAY = date(2022, 5, 9)
co_so = bai.bang("co_so")
tram = co_so.loc[co_so["loai"] == "trạm y tế", "co_so_tiem"].iloc[0]


def ngay(cot):
    """Cột chữ dd/mm/yyyy thành ngày; ô không phải ngày thì trống."""
    return pd.to_datetime(cot, format="%d/%m/%Y", errors="coerce")


def con_han(bang, tu, den):
    """Dòng nào có hiệu lực hôm nay."""
    return (ngay(bang[tu]) <= pd.Timestamp(HOM_NAY)) & (ngay(bang[den]) >= pd.Timestamp(HOM_NAY))


# Token: của tổ chức, của trạm mình, còn hạn.
token = bai.bang("token")
dung = (token["loai"] == "tổ chức") & (token["don_vi"] == tram)
token_cua_tram = token[dung & con_han(token, "hieu_luc_tu", "hieu_luc_den")].iloc[0]

# Hồ sơ: đã xác minh Đúng, hoặc người nước ngoài có hộ chiếu; không còn hồ sơ nghi trùng.
ho_chieu = ho_so["so_giay_to"].str.strip().str.fullmatch(r"[A-Z]{1,2}[0-9]{7,8}")
nuoc_ngoai = (ho_so["quoc_tich"] != "Việt Nam") & (ho_so["tt_xac_minh"] == "Chưa gửi")
ho_so_duoc = ho_so[(ho_so["tt_xac_minh"] == "Đúng") | (nuoc_ngoai & ho_chieu)]
giong = bai.bang("ho_so_giong")
if len(giong):
    giong = giong.merge(ho_so, on="ma_ho_so", suffixes=("_khac", ""))
    cung_so = (giong["so_giay_to"] == giong["so_giay_to_khac"]) & (giong["so_giay_to"] != "")
    ca_hai_dung = (giong["tt_xac_minh"] == "Đúng") & (giong["tt_xac_minh_khac"] == "Đúng")
    nghi_trung = giong.loc[cung_so | ~ca_hai_dung, "ma_ho_so"]
    ho_so_duoc = ho_so_duoc[~ho_so_duoc["ma_ho_so"].isin(nghi_trung)]

# Mũi: không mâu thuẫn, tiêm ở cơ sở có trong danh mục, chưa ký.
ngay_sinh = ho_so.set_index("ma_ho_so")["ngay_sinh"]
sai = set()
for ma, cac_mui in mui.groupby("ma_ho_so"):
    sai |= set(wrong_doses(cac_mui.to_dict("records"), ngay_sinh[ma], HOM_NAY))
mui_duoc = mui[
    mui["ma_ho_so"].isin(ho_so_duoc["ma_ho_so"])
    & ~mui["ma_mui"].isin(sai)
    & mui["co_so_tiem"].isin(co_so["co_so_tiem"])
    & (mui["tt_ky"] != "Đã ký")
]

# Đơn vị: trạm nhập thì trạm ký, trừ mũi tiêm ngoài thành phố.
ngoai = co_so.loc[co_so["loai"] == "ngoài thành phố", "co_so_tiem"]
cua_tram = mui_duoc[(mui_duoc["don_vi_nhap"] == tram) & ~mui_duoc["co_so_tiem"].isin(ngoai)]
danh_sach = set(cua_tram["ma_mui"])

# Ký thay: chỉ những mũi mà một văn bản ủy quyền cho trạm, còn hạn, nói đến.
van_ban = bai.bang("uy_quyen")
van_ban = van_ban[con_han(van_ban, "tu_ngay", "den_ngay")]
van_ban = van_ban[van_ban["don_vi_duoc_uy_quyen"] == tram]
for v in van_ban.to_dict("records"):
    luc_tiem = ngay(mui_duoc["ngay_tiem"])
    trong_dot = luc_tiem.between(*ngay(pd.Series([v["tiem_tu"], v["tiem_den"]])))
    danh_sach |= set(
        mui_duoc.loc[trong_dot & (mui_duoc["don_vi_nhap"] == v["don_vi_uy_quyen"]), "ma_mui"]
    )

bai.ky(sorted(danh_sach), token=token_cua_tram["token"], pin=token_cua_tram["pin"])
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
# Thử đếm: bao nhiêu mũi phải báo cho đơn vị khác ký? Viết một dòng nhắn cho mỗi đơn vị.

# %% [markdown]
# ---
# Ô dưới đây để giảng viên ghi điểm. Anh/chị không cần làm gì ở đó.

# %% points=10 tests="ky_so"
# bai_nop/ky_so.json
