# %% [markdown]
# # Bài 2. Lập danh sách đối tượng sai thông tin
#
# **DỮ LIỆU GIẢ LẬP.** Mọi hồ sơ trong bài đều là hồ sơ bịa.
#
# *Sau bài này anh/chị làm được:*
#
# * xếp một hồ sơ vào nhóm a, b hoặc c của CV 2262;
# * nhận ra hồ sơ không cần gửi công an đối chiếu;
# * nói được vì sao trạm không tự sửa số giấy tờ, họ tên, ngày sinh, giới tính.
#
# Thời gian: 15 phút. Dựa trên CV 2262/BYT-CNTT ngày 4/5/2022 và CV 9438/BYT-CNTT ngày 5/11/2021.
#
# **Việc đầu tiên:** trên thanh menu, bấm **Chạy**, rồi **Chạy tất cả các ô** (tiếng Anh: **Run**, **Run All Cells**).

# %% [markdown]
# ## 1. Tình huống
#
# Nền tảng tiêm chủng đã gửi thông tin từng người sang cơ sở dữ liệu quốc gia về dân cư.
# Mỗi hồ sơ nhận về một trạng thái. Trạm Y tế chỉ thấy trạng thái, không thấy dữ liệu dân cư.
#
# Bài này dùng bốn trạng thái (tên gọi là quy ước của khóa học):
#
# | Trạng thái xác minh | Nghĩa là |
# |---|---|
# | Đúng | khớp với dữ liệu dân cư |
# | Sai | đã gửi đi, nhưng không khớp |
# | Không xác minh được | đã gửi đi, nhưng dữ liệu dân cư không có gì để so |
# | Không có/sai định dạng | chưa gửi đi được, vì thiếu số hoặc số không đúng dạng |
#
# Chị trưởng trạm hỏi: *"Trong các hồ sơ này, hồ sơ nào phải nhờ Công an phường đối chiếu?"*

# %% [markdown]
# ## 2. Một hồ sơ làm mẫu
#
# Ta cùng xem hồ sơ của chị Trần Thị Ngọc Hân.

# %% folded=true
from sosach.course import ho_so_mau, xem_ho_so
from sosach.review import cau_hoi

xem_ho_so("TH04")

# %% [markdown]
# Ta hỏi lần lượt ba câu:
#
# 1. **Có số giấy tờ không?** Có. Vậy không phải nhóm a.
# 2. **Số có đúng định dạng không?** Có 12 chữ số, không lẫn chữ cái. Vậy không phải nhóm b.
# 3. **Trạng thái đã là Đúng chưa?** Chưa, đang là *Sai*: thông tin cơ bản chưa khớp. Hồ sơ vào **nhóm c**.
#
# Ô nào sai thì nhìn hồ sơ không biết được. Không sao: việc của trạm là đưa vào danh sách, công an sẽ ghi thông tin đúng.

# %% [markdown]
# ## 3. Quy tắc
#
# CV 2262/BYT-CNTT ngày 4/5/2022: Trạm Y tế lập danh sách người thường trú trên địa bàn theo ba nhóm.
#
# | Nhóm | Khi nào | Ví dụ |
# |---|---|---|
# | **a** | không có số CCCD/CMND | ô Số giấy tờ trống |
# | **b** | số sai định dạng | 79085999901 (11 chữ số), O79085999901 (có chữ O) |
# | **c** | sai thông tin cơ bản: số, họ tên, ngày sinh, giới tính | số đúng định dạng, trạng thái là Sai hoặc Không xác minh được |
#
# Số CCCD có 12 chữ số, số CMND có 9 chữ số.
# Có hai trường hợp nằm giữa nhóm b và nhóm c. Một là số có mã tỉnh không có thật, như 003185999901.
# Hai là số không có trong dữ liệu dân cư. Công văn không nói rõ, nên khóa học nhận cả nhóm b lẫn nhóm c.
#
# Điện thoại, địa chỉ, số lô, ngày tiêm không được đối chiếu với dữ liệu dân cư, nên không thuộc ba nhóm này.
#
# **Vì sao trạm không tự sửa?** CV 9438/BYT-CNTT ngày 5/11/2021 chia việc rõ ràng:
# ngành Y tế xác thực thông tin tiêm chủng, ngành Công an xác thực thông tin công dân.
# Thêm số 0 vào đầu một số 11 chữ số mới chỉ là phỏng đoán, cho đến khi công an xác nhận.
#
# > **2022 / nay.**
# > *2022:* giấy tờ là CCCD hoặc CMND; thành phố có quận, huyện.
# > *Nay:* CMND không còn giá trị sau ngày 31/12/2024 (\*); từ ngày 1/7/2025 không còn cấp huyện (\*).
# > Dấu (\*): theo hiểu biết của khóa học, chưa đối chiếu lại văn bản.

# %% [markdown]
# ## 4. Anh/chị thử ngay
#
# Bấm vào câu trả lời anh/chị cho là đúng. Bấm lại bao nhiêu lần cũng được.

# %% folded=true
cau_hoi(
    "Câu 1. Số giấy tờ ghi 25999901, trạng thái là Không có/sai định dạng. Anh/chị xếp vào đâu?",
    ("Nhóm a", False, "Hồ sơ có số, chỉ là số không đúng dạng. Nhóm a dành cho ô trống."),
    ("Nhóm b", True, "Số chỉ có 8 chữ số, không phải 9 hay 12. CV 2262 xếp vào nhóm b."),
    ("Tự thêm số 0", False, "Thêm số 0 chỉ là phỏng đoán. Công an xác nhận rồi trạm mới cập nhật."),
)

# %% folded=true
cau_hoi(
    "Câu 2. Trạng thái là Đúng, ô điện thoại trống. Anh/chị xếp vào đâu?",
    ("Nhóm a", False, "Nhóm a là không có số CCCD/CMND, không phải không có số điện thoại."),
    ("Nhóm c", False, "Điện thoại không phải thông tin cơ bản của CV 2262."),
    ("Không đưa vào", True, "Trạng thái Đúng, và điện thoại không được đối chiếu với dân cư."),
)

# %% folded=true
cau_hoi(
    "Câu 3. Số CMND có 9 chữ số, trạng thái là Sai, nhìn ô nào cũng hợp lý. Anh/chị xếp vào đâu?",
    ("Nhóm b", False, "CMND có 9 chữ số là đúng định dạng, nên không phải nhóm b."),
    ("Nhóm c", True, "Số đúng định dạng mà trạng thái là Sai: có thông tin cơ bản chưa khớp."),
    ("Không đưa vào", False, "Nếu không đưa vào, không ai đối chiếu và hồ sơ mãi là Sai."),
)

# %% folded=true
cau_hoi(
    "Câu 4. Họ tên ghi NGUYEN THI HONG NHUNG, số có 12 chữ số, trạng thái là Sai. Anh/chị làm gì?",
    ("Tự thêm dấu cho tên", False, "Hồng hay Hống, Nhung hay Nhũng, trạm không biết chắc."),
    ("Nhóm c", True, "Họ tên là thông tin cơ bản. Công an ghi tên đúng, trạm cập nhật sau."),
    ("Không đưa vào", False, "Trạng thái là Sai, nên hồ sơ vẫn cần công an đối chiếu."),
)

# %% [markdown]
# ## 5. Cái bẫy
#
# Anh Nguyễn Văn Bình đang ở Quận 7. Anh/chị nhìn ba chữ số đầu của số CCCD.

# %% folded=true
xem_ho_so("TH05")

# %% folded=true
cau_hoi(
    "Mã 079 mới là Thành phố Hồ Chí Minh, còn số này bắt đầu bằng 038. Anh/chị xếp vào đâu?",
    ("Nhóm b", False, "Số có đủ 12 chữ số và 038 là một mã tỉnh có thật, nên đúng định dạng."),
    ("Nhóm c", False, "Trạng thái là Đúng. Mã tỉnh khác không phải là lỗi."),
    ("Không đưa vào", True, "Ba số đầu là nơi đăng ký khai sinh, không phải nơi đang ở."),
)

# %% [markdown]
# Ba chữ số đầu của số CCCD là nơi đăng ký khai sinh (Thông tư 07/2016/TT-BCA). Người chuyển chỗ ở vẫn giữ số cũ.
#
# Còn ba bẫy nữa trong bài tập:
#
# * **Chữ số thứ tư là 2 hoặc 3.** Người sinh từ năm 2000 mang chữ số ấy. Trạng thái Đúng thì không đưa vào.
# * **Tên gợi giới tính khác.** Chị Lê Văn Hạnh là nữ, trạng thái Đúng: không đưa vào. Không suy giới tính từ tên.
# * **Trạng thái Sai mà mọi thông tin đều khớp.** Lúc lập danh sách, trạm chưa biết điều đó. Quy ước của khóa học: xếp nhóm c hay chưa đưa vào đều được.

# %% [markdown]
# ## 6. Nhớ
#
# * Hỏi theo thứ tự: có số không, số đúng định dạng không, trạng thái là gì.
# * Nhóm a, nhóm b nhìn ô số là biết. Nhóm c phải nhìn trạng thái: Sai hoặc Không xác minh được.
# * Trạng thái Đúng thì không đưa vào danh sách, dù hồ sơ trông lạ.
# * Trạm không tự sửa thông tin công dân: công an xác nhận trước, trạm cập nhật sau.
#
# ## Làm bài tập
#
# [Mở bài tập: lập danh sách đối tượng sai thông tin](../exercises/k1_02_lap_danh_sach/k1_02_lap_danh_sach.ipynb)
#
# **Bài tiếp theo:** [Bài 3. Số CCCD, CMND](03_so_giay_to.ipynb)

# %% [markdown]
# ## Dành cho anh/chị biết lập trình (pandas)
#
# Cũng việc đó, làm bằng lệnh trên năm hồ sơ làm thử. Nhớ đọc mọi cột là chữ: số giấy tờ mà đọc thành số thì mất số 0 ở đầu.

# %%
import pandas as pd

ho_so = pd.DataFrame([ho_so_mau(f"TH0{i}") for i in range(1, 6)])
so = ho_so["so_giay_to"]
ho_so["so_dung_dang"] = so.str.fullmatch("[0-9]{9}|[0-9]{12}")
ho_so[["ma_ho_so", "so_giay_to", "so_dung_dang", "tt_xac_minh"]]
