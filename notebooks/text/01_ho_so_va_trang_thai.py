# %% [markdown]
# # Bài 1. Hồ sơ, trạng thái và người phải làm tiếp
#
# **DỮ LIỆU GIẢ LẬP.** Mọi hồ sơ, trạm và trung tâm trong bài đều được đặt ra để học.
#
# *Sau bài này anh/chị làm được:*
#
# * đọc một hồ sơ tiêm chủng: thông tin cơ bản, trạng thái xác minh, các mũi, trạng thái ký;
# * nói được điều gì đang chặn việc ký;
# * chọn đúng người phải làm tiếp: trạm, công an, đơn vị khác hay hệ thống.
#
# Thời gian: 15 phút. Dựa trên CV 9438/BYT-CNTT ngày 5/11/2021, CV 1908/BYT-CNTT ngày 15/4/2022
# và CV 2262/BYT-CNTT ngày 4/5/2022.
#
# **Việc đầu tiên:** trên thanh menu, bấm **Chạy**, rồi **Chạy tất cả các ô** (tiếng Anh: **Run**, **Run All Cells**).

# %% [markdown]
# ## 1. Tình huống
#
# Sáng thứ Hai, ông Trần Văn Lợi đến Trạm Y tế Phường Hoa Mai. Ông nói:
#
# > "Tôi tiêm đủ hai mũi từ năm ngoái. Con tôi mở điện thoại mà chưa thấy hộ chiếu vắc xin. Trạm xem giúp tôi với."
#
# Trả lời "bác chờ thêm" thì dễ. Nhưng ông cần biết hồ sơ của mình đang dừng ở đâu, và ai phải làm tiếp.
# Mỗi hồ sơ đi qua năm chặng. Trước hết ta xem cả con đường.

# %% folded=true
from sosach.course import ho_so_mau, lam_thu, so_do, xem_ho_so
from sosach.review import cau_hoi

so_do(
    ("1. Nhập mũi", "cơ sở tiêm chủng"),
    ("2. Xác minh", "nền tảng so với dữ liệu dân cư"),
    ("3. Ký từng mũi", "đơn vị đã nhập mũi"),
    ("4. Ký hộ chiếu", "Cục Y tế dự phòng"),
    ("5. Hiện mã QR", "trên điện thoại người dân"),
    noi="→",
)

# %% [markdown]
# ## 2. Một hồ sơ làm mẫu
#
# Anh/chị mở hồ sơ của ông Lợi.

# %% folded=true
xem_ho_so("TH0101")

# %% [markdown]
# Ta đọc từ trên xuống, bốn chỗ:
#
# 1. **Khung lớn**: họ tên, ngày sinh, giới tính, số giấy tờ. Đây là *thông tin cơ bản*.
# 2. **Trạng thái xác minh**, ở góc trên: *Đúng*. Thông tin cơ bản đã khớp với dữ liệu dân cư.
# 3. **Các mũi tiêm**: mũi 1 do Trung tâm Y tế nhập, mũi 2 do Trạm Y tế Phường Hoa Mai nhập.
# 4. **Trạng thái ký** của từng mũi: mũi 1 *Đã ký*, mũi 2 *Chưa ký*.
#
# Vậy hồ sơ đang dừng ở chặng 3, và người phải làm tiếp chính là trạm mình.
# Anh/chị có thể thưa với ông: "Mũi hai của bác do trạm nhập, trạm đưa vào danh sách ký hôm nay."

# %% [markdown]
# ## 3. Quy tắc
#
# **Mỗi ngành xác thực một phần.** Ngành Y tế xác thực thông tin tiêm chủng, ngành Công an xác thực thông tin công dân (CV 9438).
#
# **Đã xác minh đúng mới ký.** Công dân cần số CCCD hoặc CMND đã xác minh đúng.
# Người nước ngoài tiêm tại Việt Nam dùng số hộ chiếu, không đối chiếu với dân cư.
# Cơ sở tiêm chủng chịu trách nhiệm về dữ liệu, kiểm tra và ký hằng ngày (CV 1908).
#
# **Ai nhập, người đó ký.** Cơ sở nào nhập dữ liệu mũi tiêm thì chịu trách nhiệm ký duyệt (hướng dẫn của Bộ Y tế ngày 8/4/2022).
#
# Số điện thoại, địa chỉ, số lô không chặn việc ký (quy ước của khóa học).
#
# Anh/chị thử hai câu. Bấm vào câu trả lời anh/chị cho là đúng, bấm lại bao nhiêu lần cũng được.

# %% folded=true
cau_hoi(
    "Câu 1. Trạng thái Đúng. Hai mũi chưa ký đều do bệnh viện nhập. Ai phải làm tiếp?",
    (
        "Trạm, ký luôn cho người dân đỡ chờ",
        False,
        "Trạm không ký thay mũi của đơn vị khác, dù thấy mũi là đúng.",
    ),
    (
        "Bệnh viện đã nhập mũi",
        True,
        "Cơ sở nào nhập mũi thì chịu trách nhiệm ký. Trạm giữ nguyên hồ sơ.",
    ),
    ("Công an phường", False, "Trạng thái đã là Đúng, không còn gì để công an đối chiếu."),
)

# %% folded=true
cau_hoi(
    "Câu 2. Trạng thái Đúng, mũi 2 do trạm nhập và chưa ký, ô điện thoại trống. Điều gì đang chặn việc ký?",
    (
        "Ô điện thoại trống",
        False,
        "Điện thoại không được đối chiếu với dân cư và không chặn việc ký.",
    ),
    ("Công an chưa trả lời", False, "Trạng thái Đúng nghĩa là thông tin cơ bản đã khớp."),
    (
        "Không có gì chặn",
        True,
        "Đã xác minh đúng, mũi của trạm, chưa ký: đưa vào danh sách ký hôm nay.",
    ),
)

# %% [markdown]
# ## 4. Trạng thái chỉ ra người phải làm tiếp
#
# Mỗi hồ sơ có một trong năm trạng thái xác minh (tên gọi là quy ước của khóa học):
#
# | Trạng thái xác minh | Nghĩa là |
# |---|---|
# | Đúng | khớp với dữ liệu dân cư |
# | Sai | đã gửi đi, nhưng không khớp |
# | Không xác minh được | đã gửi đi, nhưng dữ liệu dân cư không có gì để so |
# | Không có/sai định dạng | chưa gửi đi được, vì thiếu số hoặc số không đúng dạng |
# | Chưa gửi | chưa gửi đi; với người nước ngoài thì như vậy là bình thường |
#
# Từ đó suy ra việc phải làm. Bảng này là quy ước của khóa học, dựng từ ba công văn ở đầu bài.
#
# | Anh/chị thấy | Ai làm tiếp | Nút bấm |
# |---|---|---|
# | Đúng, còn mũi trạm nhập chưa ký | trạm | Đủ điều kiện, đưa vào danh sách ký |
# | Đúng, mũi chưa ký do đơn vị khác nhập | đơn vị đó | Giữ nguyên, không phải lỗi |
# | Chưa xác minh đúng, công an chưa trả lời | công an | Đưa vào danh sách gửi công an đối chiếu |
# | Công an đã ký, ghi khác hồ sơ | trạm | Cập nhật theo danh sách công an đã ký |
# | Công an đã ký, ghi số cho hồ sơ thiếu số hoặc sai định dạng | trạm | Nhập số bằng tệp Excel theo danh sách công an đã ký |
# | Công an ghi mọi thông tin khớp, trạng thái vẫn Sai | hệ thống | Báo lỗi hệ thống |
# | Người nước ngoài mà quốc tịch ghi Việt Nam | trạm | Xử lý theo diện người nước ngoài |

# %% folded=true
cau_hoi(
    "Câu 3. Trạng thái Không xác minh được, chưa thấy công an trả lời. Anh/chị làm gì?",
    (
        "Sửa lại họ tên cho giống giấy mời",
        False,
        "Họ tên là thông tin công dân, trạm không tự sửa.",
    ),
    (
        "Đưa vào danh sách gửi công an đối chiếu",
        True,
        "Công an xác thực, và bổ sung dữ liệu dân cư khi cần (CV 2262).",
    ),
    (
        "Báo lỗi hệ thống",
        False,
        "Chưa có trả lời của công an thì chưa biết có phải lỗi hệ thống không.",
    ),
)

# %% [markdown]
# ## 5. Cái bẫy
#
# Hồ sơ của anh Đỗ Minh Quân có trạng thái *Sai*. Công an phường đã trả lời và ký. Anh/chị so từng dòng.

# %% folded=true
xem_ho_so("TH0105")

# %% folded=true
cau_hoi(
    "Bốn dòng đều khớp, trạng thái vẫn là Sai. Anh/chị làm gì?",
    (
        "Gõ lại họ tên cho nền tảng nhận",
        False,
        "Ô đang đúng mà gõ lại thì có thể thành sai. Không có ô nào phải sửa.",
    ),
    ("Gửi công an lần nữa", False, "Công an đã trả lời rồi. Gửi lại chỉ làm công an mất công."),
    (
        "Báo lỗi hệ thống",
        True,
        "Dữ liệu không sai, chỉ trạng thái chưa được cập nhật. Việc này là của hệ thống.",
    ),
)

# %% [markdown]
# Báo chí tháng 6/2022 cũng nêu tình trạng này: thông tin khớp mà trạng thái vẫn sai.
# Cách xử lý ở đây là quy ước của khóa học.
#
# Một bẫy nữa: hồ sơ người nước ngoài có trạng thái *Chưa gửi*. Trông như bị bỏ quên, thật ra là bình thường.

# %% [markdown]
# ## 6. Bấm thử: tám hồ sơ
#
# Anh/chị là nhân viên Trạm Y tế Phường Hoa Mai. Đọc từng hồ sơ rồi bấm nút, hoặc nhấn phím số.
# Cần ghi giá trị mới thì bấm **Lấy theo Danh sách công an đã trả**, khỏi phải gõ.

# %% folded=true
lam_thu("01")

# %% [markdown]
# ## 7. Nhớ
#
# * Đọc bốn chỗ: thông tin cơ bản, trạng thái xác minh, các mũi, trạng thái ký.
# * Hỏi hai câu: điều gì đang chặn, và ai gỡ được điều đó.
# * Thông tin công dân thì công an xác thực. Mũi tiêm thì đơn vị nhập chịu trách nhiệm và ký.
# * Mọi thông tin khớp mà vẫn Sai: báo lỗi hệ thống, không sửa ô nào.
#
# > **2022 / nay.**
# > *2022:* hộ chiếu vắc xin hiện trên ứng dụng PC-Covid hoặc Sổ Sức khỏe điện tử; trên trạm là Trung tâm Y tế quận, huyện.
# > *Nay:* từ ngày 1/7/2025 không còn cấp huyện (\*).
# > Dấu (\*): theo hiểu biết của khóa học, chưa đối chiếu lại văn bản.
#
# ## Làm bài tập
#
# [Mở bài tập: hồ sơ, trạng thái và người phải làm tiếp](../exercises/k1_01_ho_so_va_trang_thai/k1_01_ho_so_va_trang_thai.ipynb)
#
# **Bài tiếp theo:** [Bài 2. Lập danh sách đối tượng sai thông tin](02_lap_danh_sach.ipynb)

# %% [markdown]
# ## Dành cho anh/chị biết lập trình (pandas)
#
# Cũng tám hồ sơ ấy, xếp theo trạng thái bằng lệnh. Trong bài tập, bảng mũi tiêm cho biết mũi nào do trạm nhập và chưa ký.

# %%
import pandas as pd

ho_so = pd.DataFrame([ho_so_mau(f"TH010{i}") for i in range(1, 9)])
da_xac_minh = ho_so["tt_xac_minh"].isin(["Đúng", "Chưa gửi"])
ho_so["buoc_tiep"] = da_xac_minh.map({True: "xem các mũi", False: "xem công an đã trả lời chưa"})
ho_so[["ma_ho_so", "ho_ten", "so_giay_to", "tt_xac_minh", "buoc_tiep"]]
