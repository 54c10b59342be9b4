# %% [markdown]
# # Bài 11. Báo cáo tiến độ và chia việc
#
# **DỮ LIỆU GIẢ LẬP.** Số của Phường Hoa Mai và các phường bạn là bịa. Số của toàn thành phố do HCDC công bố tháng 5/2022.
#
# *Sau bài này anh/chị làm được:*
#
# * đếm đúng số liệu của phường từ sổ;
# * biết hai số nào chia cho nhau được, hai số nào không;
# * chia việc còn lại cho người và cho khu phố, kịp hạn.
#
# Thời gian: 15 phút. Dựa trên CV 2262/BYT-CNTT ngày 4/5/2022 và CV 1975/BYT-CNTT ngày 19/4/2022.
# Nên học sau bài 2: anh/chị cần nhớ ba nhóm a, b, c.
#
# **Việc đầu tiên:** trên thanh menu, bấm **Chạy**, rồi **Chạy tất cả các ô** (tiếng Anh: **Run**, **Run All Cells**).

# %% [markdown]
# ## 1. Tình huống
#
# Ba giờ chiều, chị trưởng trạm vừa họp trực tuyến với quận xong:
#
# > "Bốn giờ mình phải gửi báo cáo. Quận hỏi còn bao nhiêu hồ sơ, gửi công an được bao nhiêu, ký được bao nhiêu.
# > Quận còn hỏi thêm: đến hết tháng có xong không, cần mấy người. Em đếm giúp chị."
#
# Đến ngày 7/5/2022, HCDC công bố ba con số của thành phố:
#
# | Con số | Đếm cái gì |
# |---|---|
# | 4.481.992 | **hồ sơ** của người dân thành phố **cần xác minh**, theo danh sách của Bộ Y tế |
# | 4.124.156 | trong số hồ sơ trên, đã **gửi công an**, do 310 phường, xã gửi |
# | 374.137 | dữ liệu **đã ký số** từ ngày 23/4/2022, lấy từ những hồ sơ **đã Đúng sẵn** |
#
# Ba số đứng cạnh nhau, nhưng không đếm cùng một thứ. Bài này học cách không bị chúng đánh lừa.

# %% [markdown]
# ## 2. Một chỉ tiêu làm mẫu
#
# Chỉ tiêu thứ nhất: số hồ sơ của công dân có trạng thái khác Đúng.

# %% folded=true
from sosach.course import lam_thu, xem_ho_so
from sosach.review import cau_hoi

xem_ho_so("TH1101")

# %% [markdown]
# Ta hỏi ba câu:
#
# 1. **Đếm cái gì?** Hồ sơ, không phải mũi. Một người có thể có ba mũi nhưng chỉ một hồ sơ.
# 2. **Lấy những dòng nào?** Công dân chưa Đúng: 17 + 2 + 8 + 10 = **37**.
# 3. **Bỏ dòng nào, vì sao?** Bỏ 3 người nước ngoài: họ dùng số hộ chiếu, không đối chiếu với dân cư.
#
# Nhóm a, b, c của CV 2262/BYT-CNTT ngày 4/5/2022 cũng nằm trong bảng này:
# nhóm a là 10 (ô số trống), nhóm b là 8 (có ghi mà sai dạng), nhóm c là 17 + 2 = 19. Cộng lại vẫn là 37.
# **Cộng các phần lại cho bằng tổng** là cách tự kiểm tra nhanh nhất.

# %% [markdown]
# ## 3. Quy tắc của phép chia
#
# Không có công văn nào dạy chia. Đây là quy ước của khóa học, và của mọi báo cáo tử tế:
#
# > **Chỉ chia khi tử số nằm trong mẫu số.**
#
# | Phép chia | Tử số có nằm trong mẫu số không? | Kết luận |
# |---|---|---|
# | 4.124.156 hồ sơ đã gửi : 4.481.992 hồ sơ cần xác minh | có: hồ sơ đã gửi là một phần của hồ sơ cần xác minh | 92,0 % |
# | 310 phường, xã đã gửi : 312 phường, xã | có | 99,4 % |
# | 273 phường, xã có token : 312 phường, xã | có | 87,5 % |
# | 133 phường, xã đã ký : 273 phường, xã có token | có: chưa có token thì chưa ký được | 48,7 % |
# | 374.137 dữ liệu đã ký : 4.481.992 hồ sơ cần xác minh | **không**: ký ở những hồ sơ đã Đúng, còn mẫu số là hồ sơ chưa Đúng | **không tính** |
#
# Gửi công an cũng **chưa phải là xong**. 92,0 % là đã gửi, không phải đã sửa, càng không phải đã Đúng.
#
# > **2022 / nay.**
# > *2022:* báo cáo theo phường, quận, thành phố; hạn làm sạch là trước ngày 1/6/2022 (CV 2262).
# > *Nay:* từ ngày 1/7/2025 không còn cấp huyện (\*), nên bảng của quận không còn. Cách đếm và cách chia vẫn vậy.
# > Dấu (\*): theo hiểu biết của khóa học, chưa đối chiếu lại văn bản.

# %% [markdown]
# ## 4. Anh/chị thử ngay

# %% folded=true
cau_hoi(
    "Câu 1. 22 trung tâm y tế có token, 133 phường, xã đã ký. Lấy 133 : 22 được không?",
    (
        "Được",
        False,
        "Phường, xã không nằm trong trung tâm y tế. Thương số ấy không nói lên điều gì.",
    ),
    (
        "Không tính",
        True,
        "Một bên đếm phường, xã, một bên đếm trung tâm. Tử số không nằm trong mẫu số.",
    ),
)

# %% folded=true
cau_hoi(
    "Câu 2. Báo cáo viết: 'Đã làm sạch 92,0 % hồ sơ'. Anh/chị sửa thế nào?",
    ("Để nguyên", False, "92,0 % là đã gửi công an. Công an chưa trả lời thì hồ sơ chưa sạch."),
    ("Đã gửi công an 92,0 % hồ sơ cần xác minh", True, "Nói đúng việc đã làm, và nói rõ mẫu số."),
    ("Đã làm sạch 92,0 % dân số", False, "Mẫu số là hồ sơ cần xác minh, không phải dân số."),
)

# %% [markdown]
# ### Đọc một biểu đồ
#
# Năm phường của một quận. Cột *Đã gửi* cho biết phần trăm, cột *Còn lại* cho biết số hồ sơ chưa gửi.

# %% folded=true
import pandas as pd

quan = pd.DataFrame(
    {
        "Phường": ["Hoa Mai", "Hoa Sen", "Hoa Đào", "Hoa Cúc", "Hoa Lan"],
        "Cần xác minh": [14_365, 24_800, 3_500, 9_700, 8_635],
        "Đã gửi công an": [13_900, 21_900, 2_600, 9_000, 7_500],
    }
)
quan["Đã gửi (%)"] = (100 * quan["Đã gửi công an"] / quan["Cần xác minh"]).round(1)
quan["Còn lại"] = quan["Cần xác minh"] - quan["Đã gửi công an"]
(
    quan.style.hide()
    .bar(subset=["Đã gửi (%)"], vmin=0, vmax=100, color="#9ec9d6")
    .bar(subset=["Còn lại"], vmin=0, color="#f0c58a")
    .format("{:.1f}", subset=["Đã gửi (%)"], decimal=",")
    .format("{:,}", subset=["Cần xác minh", "Đã gửi công an", "Còn lại"], thousands=".")
)

# %% folded=true
cau_hoi(
    "Quận có năm người đi giúp. Nên đến phường nào trước?",
    (
        "Hoa Đào, vì phần trăm thấp nhất",
        False,
        "Hoa Đào chỉ còn 900 hồ sơ. Phần trăm thấp mà việc ít.",
    ),
    (
        "Hoa Sen, vì còn nhiều hồ sơ nhất",
        True,
        "Hoa Sen còn 2.900 hồ sơ. Chia người thì theo việc còn lại, không theo phần trăm.",
    ),
    ("Hoa Mai, vì là phường của mình", False, "Hoa Mai còn 465 hồ sơ, tự làm được."),
)

# %% [markdown]
# ## 5. Chia việc cho kịp hạn
#
# Bình quân một phường, xã có 4.481.992 : 312 = **14.365** hồ sơ cần xác minh.
# Hạn của CV 2262 là trước ngày 1/6/2022. Từ 10/5 đến 31/5 có 16 ngày làm việc.
#
# Trạm có 5 người: 14.365 : 5 : 16 = 179,56. **Làm tròn lên: 180 hồ sơ mỗi người mỗi ngày.**
# Làm tròn xuống 179 thì hết tháng vẫn còn 45 hồ sơ.
#
# Chia cho khu phố thì chia **theo số hồ sơ**, không chia đều theo số khu phố.
# Tổ công tác Đề án 06 của khu phố nào có nhiều hồ sơ hơn thì cần nhiều người hơn, hoặc bắt đầu sớm hơn.

# %% folded=true
khu_pho = pd.DataFrame(
    {
        "Khu phố": ["1", "2", "3", "4", "5"],
        "Hồ sơ": [4_200, 3_900, 2_600, 2_000, 1_665],
    }
)
khu_pho["Mỗi ngày"] = -(-khu_pho["Hồ sơ"] // 16)
khu_pho.style.hide().bar(subset=["Hồ sơ"], vmin=0, color="#9ec9d6").format(
    "{:,}", subset=["Hồ sơ", "Mỗi ngày"], thousands="."
)

# %% folded=true
cau_hoi(
    "Khu phố 1 có hai người đi từng nhà. Mỗi người mỗi ngày bao nhiêu hồ sơ thì kịp?",
    ("131", False, "4.200 : 2 : 16 = 131,25. Làm 131 thì hết tháng còn thiếu 8 hồ sơ."),
    ("132", True, "4.200 : 2 : 16 = 131,25, làm tròn lên là 132."),
    ("263", False, "263 là cho cả khu phố mỗi ngày. Hai người thì chia đôi."),
)

# %% [markdown]
# ## 6. Cái bẫy: con số đẹp
#
# Có người đem số đã ký chia cho số cần xác minh, rồi viết vào báo cáo một tỷ lệ ký rất thấp.
# Trạm bị nhắc vì một con số không có nghĩa. Anh/chị thử năm chỉ tiêu dưới đây, trong đó có một chỉ tiêu như thế.

# %% folded=true
lam_thu("11")

# %% [markdown]
# ## 7. Nhớ
#
# * Trước khi đếm, hỏi: đếm hồ sơ, mũi, hay trạm?
# * Chỉ chia khi tử số nằm trong mẫu số. Không nằm thì ghi: không tính.
# * Đã gửi không phải là đã xong. Viết đúng động từ.
# * Các phần cộng lại phải bằng tổng.
# * Chia người theo việc còn lại, và làm tròn lên.
#
# ## Làm bài tập
#
# [Mở bài tập: báo cáo tiến độ và chia việc](../exercises/k1_11_bao_cao_tien_do/k1_11_bao_cao_tien_do.ipynb)
#
# Đây là bài cuối của khóa 1: làm sạch dữ liệu.
#
# **Bài tiếp theo:** [Bài 12. Chứng thư số và token](12_chung_thu_va_token.ipynb), mở đầu khóa 2: ký số.

# %% [markdown]
# ## Dành cho anh/chị biết lập trình (pandas)
#
# Đếm theo khu phố là `value_counts`; làm tròn lên là `math.ceil`. Nhớ bỏ người nước ngoài trước khi đếm.

# %%
import math

so = pd.DataFrame(
    {
        "khu_pho": ["Khu phố 1", "Khu phố 1", "Khu phố 2", "Khu phố 2"],
        "quoc_tich": ["Việt Nam", "Việt Nam", "Việt Nam", "Hàn Quốc"],
        "tt_xac_minh": ["Sai", "Đúng", "Sai", "Chưa gửi"],
    }
)
can = so[(so["quoc_tich"] == "Việt Nam") & (so["tt_xac_minh"] != "Đúng")]
can["khu_pho"].value_counts(), math.ceil(14_365 / 5 / 16)
