# %% [markdown]
# # Bài 6. Phối hợp công an đối chiếu
#
# **DỮ LIỆU GIẢ LẬP.** Mọi hồ sơ trong bài đều là hồ sơ bịa.
#
# *Sau bài này anh/chị làm được:*
#
# * bàn giao danh sách cho công an mà không làm lộ thông tin của người dân;
# * kiểm tra bản công an trả về trước khi dùng;
# * chọn đúng việc cho từng dòng: nhập Excel, cập nhật từng hồ sơ, chuyển đi, tạm giữ hay báo lỗi hệ thống.
#
# Thời gian: 15 phút. Dựa trên CV 2262/BYT-CNTT ngày 4/5/2022, CV 9438/BYT-CNTT ngày 5/11/2021 và CV 2228/BYT-CNTT ngày 1/5/2022.
#
# **Việc đầu tiên:** trên thanh menu, bấm **Chạy**, rồi **Chạy tất cả các ô** (tiếng Anh: **Run**, **Run All Cells**).

# %% [markdown]
# ## 1. Tình huống: danh sách đã lập xong
#
# Hôm qua Trạm Y tế Phường Hoa Mai lập xong danh sách đối tượng sai thông tin. Hơn hai trăm người, ai cũng có họ tên, ngày sinh, số giấy tờ, địa chỉ.
# Một bạn đồng nghiệp nói: *"Chị chụp lại gửi Zalo bên công an cho lẹ."*

# %% folded=true
from sosach.course import ho_so_mau, lam_thu, xem_ho_so
from sosach.review import cau_hoi

cau_hoi(
    "Câu 1. Anh/chị gửi danh sách bằng cách nào?",
    (
        "Chụp màn hình, gửi vào nhóm Zalo của phường",
        False,
        "Ảnh lên nhóm rồi thì ai cũng chuyển tiếp được. Hơn hai trăm số giấy tờ đi đâu, trạm không biết nữa.",
    ),
    (
        "Chép vào USB, để ở bàn trực cho anh ấy ghé lấy",
        False,
        "USB để ở bàn trực thì ai cũng cầm được, và mất thì không ai hay.",
    ),
    (
        "In ra, giao tận tay, hai bên ký nhận; tệp Excel đặt mật khẩu",
        True,
        "Biết rõ ai giao, ai nhận, bao nhiêu dòng. Nếu tệp lạc đi thì người ngoài cũng không mở được.",
    ),
)

# %% [markdown]
# ## 2. Bàn giao mà không làm lộ thông tin
#
# CV 2262 giao việc: trạm lập danh sách, công an đối chiếu và ghi thông tin đúng, **ký rồi bàn giao**, trạm lưu bản giấy.
# Phần văn bản chúng tôi đọc được không nói gửi bằng cách nào. Năm điều dưới đây là **quy ước của khóa học**:
#
# | | Nên làm | Vì sao |
# |---|---|---|
# | 1 | Chỉ đưa những cột công an cần để đối chiếu | mũi tiêm, bệnh sử không giúp tìm ra người |
# | 2 | Giao tận tay, hai bên ký nhận, ghi số dòng và số trang | khi danh sách về thì đếm lại được |
# | 3 | Tệp đặt mật khẩu, mật khẩu báo bằng đường khác | nhầm người nhận thì người ấy cũng không mở được |
# | 4 | Không qua Zalo, thư cá nhân, USB dùng chung | không lấy lại được, không biết còn bản nào |
# | 5 | Bản đã ký cất tủ có khóa, bản nháp trên máy thì xóa | ít bản hơn thì ít chỗ lộ hơn |
#
# Trong lúc chờ công an, người dân có thể sốt ruột hỏi.
# CV 2228/BYT-CNTT ngày 1/5/2022 nhắc: cán bộ không gây khó khăn, không trục lợi. Anh/chị cứ nói thật hồ sơ đang ở bước nào.
#
# > **2022 / nay.**
# > *2022:* giao nhận trong phường theo CV 2262.
# > *Nay:* có thêm Luật Bảo vệ dữ liệu cá nhân số 91/2025/QH15, hiệu lực từ ngày 1/1/2026. Thông tin sức khỏe là dữ liệu cá nhân nhạy cảm.

# %% [markdown]
# ## 3. Một dòng làm mẫu
#
# Bốn ngày sau, danh sách về. Ta xem dòng của chị Xuân.

# %% folded=true
xem_ho_so("TH0601")

# %% [markdown]
# Trước khi sửa, ta hỏi ba câu:
#
# 1. **Trạm có gửi hồ sơ này không?** Có: giấy kèm theo ghi dòng 1 của danh sách đã gửi.
# 2. **Trang có chữ ký của công an không?** Có: trang 1, đã ký ngày 13/05/2022.
# 3. **Công an viết về đúng người này không?** Đúng. Ngày sinh, giới tính, số đều khớp, tên chỉ khác một chữ cái.
#
# Dòng dùng được. Chỉ ô họ tên khác, nên ta **cập nhật theo danh sách công an đã ký**, ở ô họ tên. Ba ô kia để yên.

# %% [markdown]
# ## 4. Quy tắc
#
# Dòng nào không qua được ba câu hỏi thì **chưa dùng được**: gửi công an đối chiếu lại, hoặc tạm giữ trong lúc chờ. Không sửa ô nào.
#
# Dòng dùng được thì đọc tiếp cột kết quả:
#
# | Công an ghi | Hồ sơ | Anh/chị làm | Căn cứ |
# |---|---|---|---|
# | số đúng | nhóm a, nhóm b | Nhập số bằng tệp Excel theo danh sách công an đã ký | CV 2262, bước 4 |
# | ô nào đó khác | nhóm c | Cập nhật theo danh sách công an đã ký, từng ô | CV 9438; sửa từng hồ sơ là cách hiểu của khóa học |
# | Đúng, mọi ô khớp | vẫn Sai | Báo lỗi hệ thống | quy ước |
# | Không cư trú | | Chuyển đơn vị có thẩm quyền | quy ước |
# | Chết | | Tạm giữ, chưa ký, **và** Báo cáo tuyến trên | quy ước |
# | Không tìm thấy | | Tạm giữ, chưa ký, hoặc Mời người dân bổ sung giấy tờ | quy ước |
#
# Một hồ sơ nhóm a mà công an còn ghi tên khác thì có hai việc: nhập số, và cập nhật ô họ tên.
# Công an ghi ngày sinh chỉ có năm, ví dụ 1944, thì trạm ghi đúng như vậy.
#
# **Vì sao phải có chữ ký?** Ngành Công an xác thực thông tin công dân (CV 9438). Chưa ký thì chưa ai xác thực.

# %% [markdown]
# ## 5. Anh/chị thử ngay
#
# Chín hồ sơ, mỗi hồ sơ một kiểu. Đọc mục *Giấy tờ kèm theo*, rồi bấm nút. Sai cũng không sao: màn hình nói ngay vì sao.

# %% folded=true
lam_thu("06")

# %% folded=true
cau_hoi(
    "Câu 2. Trạm gửi 212 dòng, đếm lại bản công an trả có 211 dòng. Anh/chị làm gì?",
    (
        "Nhập 211 dòng, dòng thiếu coi như Đúng",
        False,
        "Dòng thiếu là dòng chưa ai trả lời, không phải dòng đúng.",
    ),
    (
        "Tìm dòng thiếu, gửi lại riêng dòng ấy",
        True,
        "211 dòng kia dùng được thì cứ làm. Dòng thiếu gửi công an đối chiếu lại, trong lúc chờ thì tạm giữ.",
    ),
    (
        "Trả lại cả danh sách",
        False,
        "Công an làm lại 211 dòng đã xong thì mất công. Chỉ hỏi lại chỗ thiếu.",
    ),
)

# %% [markdown]
# ## 6. Cái bẫy: dòng viết về người khác
#
# Dòng này có chữ ký, có số đủ 12 chữ số. Anh/chị nhìn kỹ hai bên.

# %% folded=true
xem_ho_so("TH0605")

# %% folded=true
cau_hoi(
    "Câu 3. Hồ sơ thuộc nhóm b, công an ghi số 079076999910. Anh/chị nhập số ấy không?",
    (
        "Nhập, vì trang đã ký",
        False,
        "Chữ ký không làm dòng lệch thành dòng đúng. Nhập vào là gán số của ông Chiến cho chị Chi.",
    ),
    (
        "Nhập số, còn tên và ngày sinh để như cũ",
        False,
        "Số ấy là của người sinh năm 1976. Gán cho chị Chi thì cả hai hồ sơ đều hỏng.",
    ),
    (
        "Chưa nhập, hỏi lại công an",
        True,
        "Họ tên, ngày sinh và số đều khác: dòng bị lệch sang người khác. Một ô khác là chuyện thường, cả ba ô khác thì phải dừng.",
    ),
)

# %% [markdown]
# ## 7. Nhớ
#
# * Giao tận tay, ký nhận, đếm dòng. Không Zalo, không USB dùng chung.
# * Ba câu hỏi trước khi sửa: có gửi không, trang có ký không, có đúng người không.
# * Nhóm a, nhóm b nhập bằng Excel; nhóm c cập nhật từng ô khác.
# * Mọi ô khớp mà vẫn Sai: báo lỗi hệ thống, đừng sửa ô đang đúng.
#
# ## Làm bài tập
#
# [Mở bài tập: phối hợp công an đối chiếu](../exercises/k1_06_cong_an_doi_chieu/k1_06_cong_an_doi_chieu.ipynb)
#
# **Bài tiếp theo:** [Bài 7. Gộp hồ sơ trùng, giữ đủ các mũi](07_ho_so_trung.ipynb)

# %% [markdown]
# ## Dành cho anh/chị biết lập trình (pandas)
#
# So hai danh sách bằng `merge`: cột `_merge` cho biết dòng nào thiếu, dòng nào thừa.
# Rồi đếm số ô khác nhau: ba ô cùng khác thì coi chừng dòng của người khác.

# %%
import pandas as pd

gui = pd.DataFrame([ho_so_mau(ma) for ma in ("TH0601", "TH0604", "TH0605")])
tra = pd.DataFrame(
    {
        "ma_ho_so": ["TH0601", "TH0605", "TH0609"],
        "ho_ten_dung": ["Đỗ Thị Thanh Xuân", "Nguyễn Văn Chiến", "Mai Anh Tuấn"],
        "ngay_sinh_dung": ["14/02/1988", "03/11/1976", "30/08/1995"],
        "so_dinh_danh_dung": ["079188999906", "079076999910", "079095999915"],
    }
)
bang = gui.merge(tra, on="ma_ho_so", how="outer", indicator=True)
cac_o = ["ho_ten", "ngay_sinh", "so_giay_to"]
cong_an = ["ho_ten_dung", "ngay_sinh_dung", "so_dinh_danh_dung"]
bang["so_o_khac"] = (bang[cac_o].to_numpy() != bang[cong_an].to_numpy()).sum(axis=1)
ten_goi = {"both": "đủ hai bên", "left_only": "công an trả thiếu", "right_only": "trạm không gửi"}
bang["_merge"] = bang["_merge"].map(ten_goi)
bang[["ma_ho_so", "ho_ten", "ho_ten_dung", "_merge", "so_o_khac"]]
