# %% [markdown]
# # Bài 3. Số CCCD, CMND: số nào phải nhờ công an
#
# **DỮ LIỆU GIẢ LẬP.** Mọi hồ sơ trong bài đều là hồ sơ bịa.
#
# *Sau bài này anh/chị làm được:*
#
# * đọc 12 chữ số của số CCCD, nhận ra số CMND, số điện thoại, số thẻ BHYT, số hộ chiếu;
# * chỉ ra số giấy tờ chưa đúng và nói vì sao;
# * để yên những số chỉ trông lạ;
# * giải thích được vì sao trạm không tự thêm số 0.
#
# Thời gian: 15 phút. Dựa trên CV 2262/BYT-CNTT ngày 4/5/2022, CV 1908/BYT-CNTT ngày 15/4/2022
# và Thông tư 07/2016/TT-BCA.
#
# **Việc đầu tiên:** trên thanh menu, bấm **Chạy**, rồi **Chạy tất cả các ô** (tiếng Anh: **Run**, **Run All Cells**).

# %% [markdown]
# ## 1. Tình huống
#
# Anh Tâm ở trạm mở danh sách bằng Excel, lưu lại, rồi mới thấy số của ông Trần Văn Lộc đã khác.
#
# > "Rõ ràng là mất số 0 ở đầu. Mình thêm vào là xong, phiền công an làm gì?"
#
# Anh Tâm nói có lý không? Ta mở hồ sơ ra xem.

# %% folded=true
from sosach.course import ho_so_mau, lam_thu, so_do, xem_ho_so
from sosach.review import cau_hoi

xem_ho_so("TH0301")

# %% [markdown]
# ## 2. Một hồ sơ làm mẫu
#
# 1. **Đếm chữ số.** Có 8. Số CMND có 9, số CCCD có 12. Vậy số sai định dạng.
# 2. **Có thể là số nào?** Thêm số 0 thì được 025999901. Nhưng nếu lúc gõ thiếu một chữ số ở giữa, số thật lại là số khác.
# 3. **Thêm vào rồi có biết đúng hay sai không?** Không. Số CCCD, CMND không có chữ số kiểm tra.
#    Một số gõ sai vẫn trông như thật, và có thể là số của người khác.
#
# Vậy thêm số 0 mới chỉ là phỏng đoán. Trạm **đưa vào danh sách gửi công an đối chiếu**. Công an ký rồi, trạm nhập số bằng tệp Excel.
# Anh Tâm đoán đúng hay sai thì lúc ấy mới biết.

# %% [markdown]
# ## 3. Đọc 12 chữ số
#
# Số CCCD gồm bốn phần (Thông tư 07/2016/TT-BCA). Đây là một số bịa:

# %% folded=true
so_do(
    ("079", "nơi đăng ký khai sinh: Thành phố Hồ Chí Minh"),
    ("1", "thế kỷ và giới tính: nữ, sinh từ 1900 đến 1999"),
    ("85", "hai số cuối của năm sinh: 1985"),
    ("999902", "sáu số ngẫu nhiên"),
)

# %% [markdown]
# Chữ số thứ tư cho biết hai điều cùng lúc:
#
# | Năm sinh | Nam | Nữ |
# |---|---|---|
# | 1900 đến 1999 | 0 | 1 |
# | từ 2000 | 2 | 3 |
#
# Bảng mã nơi khai sinh có 63 mã, từ 001 đến 096, không liền nhau. Ví dụ không tỉnh nào có mã 003.

# %% folded=true
cau_hoi(
    "Câu 1. Số 038303999905 hợp với ai?",
    (
        "Nữ, sinh năm 2003",
        True,
        "Chữ số thứ tư là 3: nữ, sinh từ năm 2000. Hai chữ số tiếp theo là 03.",
    ),
    ("Nam, sinh năm 2003", False, "Nam sinh từ năm 2000 thì chữ số thứ tư là 2."),
    ("Nữ, sinh năm 1903", False, "Nữ sinh từ 1900 đến 1999 thì chữ số thứ tư là 1."),
)

# %% folded=true
cau_hoi(
    "Câu 2. Hồ sơ ghi nam, sinh 12/03/1985, số 079185999901, trạng thái Sai. Ô nào sai?",
    ("Giới tính", False, "Có thể. Nhưng cũng có thể số giấy tờ mới sai."),
    ("Số giấy tờ", False, "Có thể. Nhưng cũng có thể giới tính mới sai."),
    (
        "Nhìn hồ sơ chưa biết được",
        True,
        "Biết có mâu thuẫn, chưa biết ô nào sai. Công an đối chiếu rồi ghi thông tin đúng.",
    ),
)

# %% [markdown]
# ## 4. Quy tắc
#
# Công dân cần số CCCD hoặc CMND đã xác minh đúng (CV 1908).
# Không có số, số sai định dạng hay số chưa khớp đều vào danh sách gửi công an đối chiếu (CV 2262).
#
# | Anh/chị thấy | Đó là |
# |---|---|
# | ô trống | chưa có số |
# | 8, 10, 11, 13 chữ số, hoặc lẫn chữ O, chữ B | số sai định dạng |
# | 7.9086E+10 | số CCCD đi qua Excel ở dạng con số |
# | 0709990302 | số điện thoại nằm nhầm ô |
# | hai chữ cái và 13 chữ số | số thẻ BHYT nằm nhầm ô |
# | C9999901, quốc tịch Việt Nam | hộ chiếu Việt Nam, chưa thay được số CCCD |
# | mã tỉnh không có thật | số chưa đúng |
# | chữ số thứ tư, thứ năm, thứ sáu không hợp giới tính, năm sinh | số chưa đúng, hoặc ô kia chưa đúng |
# | hai người khác nhau cùng một số | ít nhất một hồ sơ mang nhầm số |
# | số nào cũng hợp lý, trạng thái Sai hoặc Không xác minh được | chưa biết sai ở đâu |
#
# Tất cả các dòng trên dẫn đến **cùng một việc**: đưa vào danh sách gửi công an đối chiếu.
# Riêng số điện thoại, số thẻ BHYT thì trạm được chuyển về đúng ô, rồi vẫn gửi hồ sơ đi (quy ước của khóa học).
#
# **Ngoại lệ: người nước ngoài.** Tên và hộ chiếu nước ngoài mà quốc tịch ghi Việt Nam thì *xử lý theo diện người nước ngoài*.
# Họ dùng số hộ chiếu, không đối chiếu với dân cư (CV 1908).

# %% folded=true
cau_hoi(
    "Câu 3. Ô Số giấy tờ ghi O79085999901, chữ đầu là chữ O. Anh/chị làm gì?",
    (
        "Đổi chữ O thành số 0",
        False,
        "Có lẽ đúng, nhưng vẫn là phỏng đoán. Bỏ chữ O đi cũng ra một số 11 chữ số.",
    ),
    (
        "Đưa vào danh sách gửi công an đối chiếu",
        True,
        "Số lẫn chữ cái là sai định dạng, nhóm b của CV 2262.",
    ),
    ("Xóa ô cho trống", False, "Xóa đi thì mất luôn manh mối để công an tra cứu."),
)

# %% folded=true
cau_hoi(
    "Câu 4. Số 12 chữ số, mọi ô hợp lý, trạng thái Không xác minh được. Anh/chị làm gì?",
    (
        "Giữ nguyên, vì không thấy gì sai",
        False,
        "Trạng thái chưa phải là Đúng nên chưa ký được mũi nào.",
    ),
    (
        "Đưa vào danh sách gửi công an đối chiếu",
        True,
        "Công an xác thực, và bổ sung dữ liệu dân cư khi cần (CV 2262).",
    ),
    ("Thử đổi vài chữ số cuối", False, "Đổi bừa có thể ra đúng số của một người khác."),
)

# %% [markdown]
# ## 5. Cái bẫy
#
# Ba số sau đây đều trông lạ. Anh/chị xem trước số của bà Từ Thị Hai.

# %% folded=true
xem_ho_so("TH0306")

# %% folded=true
cau_hoi(
    "Số chỉ có 9 chữ số. Anh/chị làm gì?",
    (
        "Gửi công an để đổi sang CCCD",
        False,
        "Dân cư đã xác minh là Đúng. Gửi đi chỉ làm công an mất công.",
    ),
    ("Giữ nguyên", True, "Số CMND 9 chữ số là đúng định dạng, và trạng thái là Đúng."),
    ("Thêm ba số 0 ở đầu cho đủ 12", False, "Số CMND không phải là số CCCD viết thiếu."),
)

# %% [markdown]
# Hai số kia cũng để yên, khi trạng thái là Đúng:
#
# * **038085999905** của người ở Quận 7. Mã 038 là Thanh Hóa, nơi đăng ký khai sinh, không phải nơi ở.
# * **079202999904** của nam sinh năm 2002. Từ năm 2000, chữ số thứ tư của nam là 2.
#
# Câu hỏi đầu tiên bao giờ cũng là: *trạng thái đã là Đúng chưa?*

# %% [markdown]
# ## 6. Bấm thử: mười ba hồ sơ
#
# Đọc số, đọc trạng thái, rồi bấm nút. Có hai hồ sơ nghi mang cùng một số: màn hình cho xem cạnh nhau.

# %% folded=true
lam_thu("03")

# %% [markdown]
# ## 7. Nhớ
#
# * Đếm chữ số trước: 9 hoặc 12. Rồi đọc chữ số thứ tư, thứ năm, thứ sáu.
# * Thấy sai không có nghĩa là biết số đúng. Chỉ công an xác nhận được số.
# * Mất số 0 "rõ ràng" vẫn là phỏng đoán.
# * Trạng thái Đúng thì để yên: mã tỉnh khác, chữ số 2 hay 3, số CMND.
# * Mở tệp bằng Excel, anh/chị để cột số giấy tờ ở dạng văn bản.
#
# > **2022 / nay.**
# > *2022:* dùng được cả số CCCD và số CMND đã xác minh đúng.
# > *Nay:* CMND không còn giá trị sau ngày 31/12/2024 (\*).
# > Bình Dương và Bà Rịa - Vũng Tàu đã nhập vào Thành phố Hồ Chí Minh, người mang mã 074, 077 vẫn giữ số cũ (\*).
# > Dấu (\*): theo hiểu biết của khóa học, chưa đối chiếu lại văn bản.
#
# ## Làm bài tập
#
# [Mở bài tập: số CCCD, CMND](../exercises/k1_03_so_giay_to/k1_03_so_giay_to.ipynb)
#
# **Bài tiếp theo:** [Bài 4. Họ tên và lỗi phông chữ](04_ho_ten.ipynb)

# %% [markdown]
# ## Dành cho anh/chị biết lập trình (pandas)
#
# Tách số CCCD thành bốn phần rồi so với giới tính và năm sinh. Mã nơi khai sinh lấy từ bảng mã của thư viện.
# Số không có đủ 12 chữ số thì không tách được, nên không có trong bảng.

# %%
import pandas as pd

from generator.facts import column

ho_so = pd.DataFrame([ho_so_mau(f"TH03{i:02}") for i in range(1, 12)])
phan = ho_so["so_giay_to"].str.extract("^([0-9]{3})([0-9])([0-9]{2})[0-9]{6}$")
phan.columns = ["ma_tinh", "gioi_the_ky", "nam"]

nam_sinh = ho_so["ngay_sinh"].str[-4:]
gioi = (ho_so["gioi_tinh"] == "Nữ").astype(int) + 2 * (nam_sinh >= "2000").astype(int)
ho_so["ma_tinh_co_that"] = phan["ma_tinh"].isin(column("id_province_codes", "cccd_code"))
ho_so["hop_gioi_tinh"] = phan["gioi_the_ky"] == gioi.astype(str)
ho_so["hop_nam_sinh"] = phan["nam"] == nam_sinh.str[-2:]
cot = ["so_giay_to", "tt_xac_minh", "ma_tinh_co_that", "hop_gioi_tinh", "hop_nam_sinh"]
ho_so.loc[phan["ma_tinh"].notna(), cot]
