# %% [markdown]
# # Bắt đầu từ đây
#
# **DỮ LIỆU GIẢ LẬP.** Mọi người, số giấy tờ và mũi tiêm trong khóa học đều do máy tạo ra, không có thật.
#
# *Sau bài này anh/chị làm được:*
#
# * mở một bài học và cho bài chạy;
# * bấm thử màn hình rà soát hồ sơ;
# * phân biệt luyện tập với bài của lớp, và biết cách nộp bài.
#
# Thời gian: 10 phút. Anh/chị chỉ cần biết dùng Excel và điền biểu mẫu trên mạng. Không cần biết lập trình.

# %% [markdown]
# ## 1. Việc đầu tiên
#
# Trên cùng màn hình có một hàng chữ: *Tệp, Chỉnh sửa, Hiển thị, Chạy, Kernel...*
# Anh/chị bấm **Chạy**, rồi bấm **Chạy tất cả các ô**. Chờ vài giây, màn hình thử ở mục 3 sẽ hiện ra.
# Nếu máy hiện chữ tiếng Anh: bấm **Run**, rồi **Run All Cells**.

# %% [markdown]
# ## 2. Trang này là gì?
#
# Trang anh/chị đang đọc gọi là *sổ tay* (notebook). Sổ tay gồm nhiều ô xếp từ trên xuống.
#
# * **Ô chữ** để đọc, như ô này.
# * **Ô lệnh** để máy làm một việc, ví dụ mở màn hình. Nhiều ô lệnh được gấp lại thành ba chấm **...**, anh/chị không cần mở ra.
#
# Chỉ cần nhớ bốn thao tác:
#
# | Muốn | Anh/chị làm |
# |---|---|
# | Chạy một ô lệnh | bấm vào ô đó, nhấn **Shift + Enter** |
# | Chạy cả trang từ đầu | bấm **Chạy**, rồi **Chạy tất cả các ô** |
# | Trang không phản ứng, hoặc hiện chữ *NameError* | bấm **Chạy**, rồi dòng cuối cùng (khởi động lại kernel), rồi **Khởi động lại** |
# | Lưu trang | bấm **Tệp**, rồi **Lưu Notebook** |
#
# Lỡ bấm nhầm cũng không hỏng gì: bài làm được lưu thành tệp riêng, không nằm trong trang này.

# %% [markdown]
# ## 3. Bấm thử: năm hồ sơ
#
# Dưới đây là màn hình làm bài: ở giữa là hồ sơ đang xem, bên cạnh là các nút.
#
# Anh/chị đọc hồ sơ rồi bấm một trong bốn nút:
#
# * **Nhóm a**: không có số CCCD/CMND;
# * **Nhóm b**: số sai định dạng;
# * **Nhóm c**: sai thông tin cơ bản;
# * **Không đưa vào**: không cần gửi công an đối chiếu.
#
# Cứ bấm thử, sai cũng không sao. Màn hình nói ngay vì sao đúng, vì sao chưa đúng.
# Ba nhóm a, b, c là của Công văn 2262/BYT-CNTT ngày 4/5/2022. Bài học số 2 sẽ nói kỹ hơn.

# %% folded=true
from sosach.course import lam_thu

lam_thu()

# %% [markdown]
# ## 4. Luyện tập và bài của lớp
#
# | | Luyện tập | Bài của lớp |
# |---|---|---|
# | Dữ liệu | ai cũng có thể tạo lại, làm bao nhiêu bộ cũng được | mỗi học viên một bộ riêng, do giảng viên phát |
# | Khi kiểm tra | cho biết hồ sơ nào chưa đúng, vì sao, kèm gợi ý | chỉ cho biết tệp đã đúng mẫu chưa |
# | Tính điểm | không | có |
#
# Mở bài tập trong thư mục `exercises` là luyện tập. Mở bài tập trong gói giảng viên phát là bài của lớp.
# Anh/chị không phải chọn gì: bài tập tự nhận ra.

# %% [markdown]
# ## 5. Nộp bài
#
# 1. Làm trên màn hình: mỗi lần bấm, bài được ghi ngay. Góc trên của màn hình cho biết bài đã ghi ở đâu.
# 2. Chạy ô **Kiểm tra**, sửa nếu cần.
# 3. Chạy ô **Nộp bài**. Máy tạo một tệp `.zip` và cho một mã kiểm tra.
# 4. Gửi tệp `.zip` đó cho giảng viên theo cách lớp đã hẹn. Ghi lại mã kiểm tra.
#
# Bấm chuột, dùng Excel hay viết lệnh đều được. Ba cách nộp cùng một tệp và được chấm như nhau.

# %% [markdown]
# ## 6. Khi cần giúp
#
# * Mỗi bài học có mục *Nhớ* ở cuối và ghi rõ công văn ở bên cạnh quy tắc.
# * Khi luyện tập, ô *Kiểm tra* có ba bước gợi ý cho từng hồ sơ chưa đúng.
# * Thông báo nào cũng nói việc phải làm tiếp. Nếu vẫn vướng, anh/chị đưa nguyên thông báo cho giảng viên xem.
#
# Hướng dẫn chung của khóa học nằm ở tệp [README.vi.md](../README.vi.md).
#
# **Tiếp theo:** [Bài 2. Lập danh sách đối tượng sai thông tin](02_lap_danh_sach.ipynb)
#
# ---
# Trình tự khóa học là do chúng tôi dựng lại từ các công văn năm 2022, không phải chương trình chính thức của HCDC.
