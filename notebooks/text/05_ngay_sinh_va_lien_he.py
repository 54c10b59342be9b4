# %% [markdown]
# # Bài 5. Ngày sinh, giới tính, điện thoại, địa chỉ
#
# **DỮ LIỆU GIẢ LẬP.** Mọi hồ sơ, trạm và trung tâm trong bài đều được đặt ra để học.
#
# *Sau bài này anh/chị làm được:*
#
# * nói được ô nào do công an xác thực, ô nào trạm được sửa;
# * sửa đầu số điện thoại cũ, tên quận cũ, ngày tiêm gõ sai kiểu;
# * dừng lại hỏi khi một ngày đọc được hai nghĩa.
#
# Thời gian: 15 phút. Dựa trên CV 2262/BYT-CNTT ngày 4/5/2022 và CV 9438/BYT-CNTT ngày 5/11/2021.
#
# **Việc đầu tiên:** trên thanh menu, bấm **Chạy**, rồi **Chạy tất cả các ô** (tiếng Anh: **Run**, **Run All Cells**).

# %% [markdown]
# ## 1. Tình huống
#
# Chị Thủy gọi điện mời ông Lý Văn Tám tiêm mũi nhắc lại. Tổng đài báo số không đúng.
# Chị mở hồ sơ: trạng thái Đúng, đủ cả, chỉ số điện thoại trông hơi dài.
#
# > "Hay mình gửi cả hồ sơ này sang công an cho chắc?"
#
# Ta xem hồ sơ trước.

# %% folded=true
from sosach.course import ho_so_mau, lam_thu, so_do, xem_ho_so
from sosach.review import cau_hoi

xem_ho_so("TH0501")

# %% [markdown]
# ## 2. Một hồ sơ làm mẫu
#
# 1. **Ô này ai xác thực?** Số điện thoại nằm ngoài khung lớn. Công văn 2262 không đối chiếu điện thoại, nên không gửi công an.
# 2. **Số sai kiểu gì?** Có 11 chữ số, đầu 0169. Đó là đầu số cũ.
# 3. **Sửa có phải đoán không?** Không. Đầu 0169 nay là 039, bảy số cuối giữ nguyên.
#
# Vậy trạm **sửa lỗi gõ, lỗi phông chữ**: ô số điện thoại, giá trị mới là 0399990001.

# %% folded=true
so_do(
    ("01699990001", "11 chữ số, đầu 0169"),
    ("0399990001", "10 chữ số, đầu 039, bảy số cuối như cũ"),
    noi="→",
)

# %% [markdown]
# Từ ngày 15/9/2018, số di động 11 chữ số chuyển thành 10 chữ số. Bảng đổi đầu số:
#
# | Cũ → nay | Cũ → nay | Cũ → nay | Cũ → nay |
# |---|---|---|---|
# | 0120 → 070 | 0123 → 083 | 0162 → 032 | 0186 → 056 |
# | 0121 → 079 | 0124 → 084 | 0163 → 033 | 0188 → 058 |
# | 0122 → 077 | 0125 → 085 | 0164 → 034 | 0199 → 059 |
# | 0126 → 076 | 0127 → 081 | 0165 → 035 | |
# | 0128 → 078 | 0129 → 082 | 0166 → 036 | |
# | | | 0167 → 037 | |
# | | | 0168 → 038 | |
# | | | 0169 → 039 | |

# %% folded=true
cau_hoi(
    "Câu 1. Số điện thoại ghi 039999502, chỉ có 9 chữ số. Anh/chị làm gì?",
    ("Thêm một chữ số cho đủ 10", False, "Thiếu ở chỗ nào, thiếu số mấy, trạm không biết."),
    ("Mời người dân bổ sung, hỏi lại số", True, "Chỉ người dân biết số của mình. Hỏi lại là đủ."),
    ("Đưa vào danh sách gửi công an đối chiếu", False, "Công an không đối chiếu số điện thoại."),
)

# %% [markdown]
# ## 3. Quy tắc: mỗi ô một người trả lời
#
# Ngành Công an xác thực thông tin công dân, ngành Y tế xác thực thông tin tiêm chủng (CV 9438).
# Thông tin cơ bản được đối chiếu gồm số, họ tên, ngày sinh, giới tính (CV 2262). Các ô khác thì không.
#
# | Ô | Thấy gì | Xử lý |
# |---|---|---|
# | ngày sinh, giới tính | trạng thái Sai | Đưa vào danh sách gửi công an đối chiếu |
# | điện thoại | đầu số cũ, 11 chữ số | Sửa lỗi gõ, lỗi phông chữ |
# | điện thoại | thiếu chữ số | Mời người dân bổ sung giấy tờ, và hỏi lại số |
# | điện thoại | của mẹ, hoặc nhiều người chung số | Giữ nguyên, không phải lỗi |
# | quận, huyện | 762, 763: Quận Thủ Đức, Quận 9 cũ | Sửa thành 769, Thành phố Thủ Đức |
# | phường | trống, hoặc phường của quận khác | Giữ nguyên, hay hỏi lại người dân; khóa học không chấm |
# | ngày tiêm | gõ sai kiểu, chỉ một nghĩa, mũi của trạm | Sửa lỗi gõ, lỗi phông chữ |
# | ngày tiêm | hai nghĩa, chưa có phiếu | Hỏi cơ sở tiêm chủng đã nhập mũi, hoặc tạm giữ |
# | ngày tiêm | gõ sai kiểu, mũi của đơn vị khác | Hỏi cơ sở tiêm chủng đã nhập mũi |
#
# Dòng đầu theo hai công văn trên. Các dòng sau là quy ước của khóa học.
# Quận 2, Quận 9, Quận Thủ Đức đã thành Thành phố Thủ Đức từ đầu năm 2021. Mã 769 trước là của Quận 2.

# %% folded=true
cau_hoi(
    "Câu 2. Trạng thái Sai, ngày sinh 01/01/1945. Bà nói giấy tờ chỉ ghi năm 1945. Anh/chị làm gì?",
    (
        "Sửa ô ngày sinh thành 1945",
        False,
        "Ngày sinh là thông tin công dân. Công an ghi thế nào, trạm cập nhật thế ấy.",
    ),
    (
        "Đưa vào danh sách gửi công an đối chiếu",
        True,
        "Nền tảng đòi đủ ngày tháng nên có người bị ghi 01/01. Công an đối chiếu.",
    ),
    ("Giữ nguyên, vì năm sinh đúng", False, "Trạng thái là Sai, để yên thì không ký được mũi nào."),
)

# %% [markdown]
# ## 4. Ngày đọc được mấy nghĩa?
#
# Nền tảng ghi ngày theo kiểu ngày/tháng/năm: 31/07/2021. Gặp kiểu khác, anh/chị thử đọc cả hai cách.

# %% folded=true
so_do(
    ("7/31/21", "không có tháng 31: chỉ là 31/07/2021"),
    ("44409", "Excel ghi ngày thành con số: 01/08/2021"),
    ("8/9/21", "8 tháng 9 hay 9 tháng 8: hai nghĩa"),
    ("05.01.22", "dấu chấm, gạch ngang: ngày thường đứng trước"),
)

# %% [markdown]
# * **Một nghĩa**: sửa. Muốn đọc 44409, anh/chị gõ số vào Excel rồi đổi ô sang kiểu ngày.
# * **Hai nghĩa**, viết bằng gạch chéo: hỏi lại hoặc tạm giữ.
# * **05.01.22**: sửa thành 05/01/2022 hay hỏi lại đều được.

# %% folded=true
cau_hoi(
    "Câu 3. Mũi của trạm ghi ngày tiêm 9/15/21. Anh/chị làm gì?",
    ("Sửa thành 15/09/2021", True, "Không có tháng 15, nên chỉ còn một cách đọc."),
    (
        "Đưa vào danh sách gửi công an đối chiếu",
        False,
        "Công an không đối chiếu ngày tiêm. Mũi tiêm do ngành Y tế xác thực.",
    ),
    (
        "Hỏi cơ sở tiêm chủng đã nhập mũi",
        False,
        "Mũi do chính trạm nhập và ngày chỉ có một nghĩa, nên không phải hỏi ai.",
    ),
)

# %% [markdown]
# ## 5. Cái bẫy
#
# Anh Lâm Quốc Huy, trạng thái *Sai*. Người nhập liệu nhớ lại: "Hình như tôi gõ tháng trước ngày sau."

# %% folded=true
xem_ho_so("TH0503")

# %% folded=true
cau_hoi(
    "Đảo thành 12/03/1985 thì nghe hợp lý. Anh/chị làm gì?",
    (
        "Đảo lại, vì người nhập đã nhớ ra",
        False,
        "Nhớ 'hình như' vẫn là đoán. Ngày sinh hợp lý chưa chắc là ngày sinh đúng.",
    ),
    (
        "Đưa vào danh sách gửi công an đối chiếu",
        True,
        "Ngày sinh do công an xác thực. Danh sách ký rồi, trạm mới cập nhật.",
    ),
    (
        "Đảo lại rồi vẫn gửi công an",
        False,
        "Gửi một thông tin mình tự đoán thì công an khó đối chiếu hơn.",
    ),
)

# %% [markdown]
# Hai bẫy nữa:
#
# * **Số của mẹ trong hồ sơ của con.** Trẻ em thường chưa có điện thoại riêng. Giữ nguyên.
# * **Tên gợi giới tính khác.** Trạng thái Đúng thì giữ nguyên. Trạng thái Sai thì nhờ công an, cũng không suy từ tên.

# %% [markdown]
# ## 6. Bấm thử: mười hai hồ sơ
#
# Anh/chị là nhân viên Trạm Y tế Phường Hoa Mai, Thành phố Thủ Đức. Nhớ nhìn *Đơn vị nhập* trước khi sửa ngày tiêm.
# Muốn sửa một ô, anh/chị bấm vào tên ô trên hồ sơ, rồi bấm nút.

# %% folded=true
lam_thu("05")

# %% [markdown]
# ## 7. Nhớ
#
# * Trong khung lớn: công an xác thực. Ngoài khung: trạm hỏi người dân, sửa lỗi gõ.
# * Mũi tiêm: đơn vị nhập trả lời.
# * Sửa khi chỉ có một cách đọc. Hai cách đọc thì hỏi.
# * Ngày sinh "đảo lại thì hợp" vẫn là phỏng đoán.
#
# > **2022 / nay.**
# > *2022:* địa chỉ có phường, quận; Quận 9 cũ ghi theo mã 769.
# > *Nay:* từ ngày 1/7/2025 không còn cấp huyện, ô quận, huyện không còn dùng (\*).
# > Dấu (\*): theo hiểu biết của khóa học, chưa đối chiếu lại văn bản.
#
# ## Làm bài tập
#
# [Mở bài tập: ngày sinh, giới tính, điện thoại, địa chỉ](../exercises/k1_05_ngay_sinh_va_lien_he/k1_05_ngay_sinh_va_lien_he.ipynb)
#
# **Bài tiếp theo:** [Bài 6. Phối hợp công an đối chiếu](06_cong_an_doi_chieu.ipynb)

# %% [markdown]
# ## Dành cho anh/chị biết lập trình (pandas)
#
# Đổi đầu số bằng bảng tra của thư viện, và đọc một ngày theo cả hai cách để biết ngày có mấy nghĩa.

# %%
import pandas as pd

from generator.facts import table

dau_so = {dong["old_prefix"]: dong["new_prefix"] for dong in table("phone_prefixes")}
ho_so = pd.DataFrame([ho_so_mau(f"TH05{i:02}") for i in range(1, 12)])
so = ho_so["so_dien_thoai"]
ho_so["so_moi"] = (so.str[:4].map(dau_so) + so.str[4:]).where(so.str.len() == 11, "")
ho_so[["ma_ho_so", "so_dien_thoai", "so_moi"]].head(3)

# %%
ngay = pd.Series(["7/31/21", "8/9/21", "17/8/21"])
pd.DataFrame(
    {
        "ngay": ngay,
        "ngay_truoc": pd.to_datetime(ngay, format="%d/%m/%y", errors="coerce"),
        "thang_truoc": pd.to_datetime(ngay, format="%m/%d/%y", errors="coerce"),
    }
)
