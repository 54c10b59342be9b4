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
# Sổ tay bảy tờ, in ra để bên cạnh bàn làm việc:
# [các bước](../docs/hoc_vien/1_cac_buoc.html) ·
# [việc làm](../docs/hoc_vien/2_viec_lam.html) ·
# [số giấy tờ](../docs/hoc_vien/3_so_giay_to.html) ·
# [mũi tiêm](../docs/hoc_vien/4_mui_tiem.html) ·
# [phản ánh](../docs/hoc_vien/5_phan_anh.html) ·
# [ký số](../docs/hoc_vien/6_ky_so.html) ·
# [chữ ký và hộ chiếu](../docs/hoc_vien/7_chu_ky_va_ho_chieu.html).
#
# Hướng dẫn chung của khóa học nằm ở tệp [README.vi.md](../README.vi.md).

# %% [markdown]
# ## 7. Danh mục khóa 1: làm sạch dữ liệu
#
# Mỗi bài học dài không quá 15 phút, rồi đến một bài tập. Dấu ★ là bài lõi: ít thời gian thì học những bài ấy trước.
#
# | Bài học | Bài tập | Phút làm bài tập |
# |---|---|---|
# | [1. Hồ sơ, trạng thái và người phải làm tiếp](01_ho_so_va_trang_thai.ipynb) | [k1_01](../exercises/k1_01_ho_so_va_trang_thai/k1_01_ho_so_va_trang_thai.ipynb) | 35 |
# | [2. Lập danh sách đối tượng sai thông tin](02_lap_danh_sach.ipynb) ★ | [k1_02](../exercises/k1_02_lap_danh_sach/k1_02_lap_danh_sach.ipynb) | 40 |
# | [3. Số CCCD, CMND](03_so_giay_to.ipynb) | [k1_03](../exercises/k1_03_so_giay_to/k1_03_so_giay_to.ipynb) | 40 |
# | [4. Họ tên và lỗi phông chữ](04_ho_ten.ipynb) | [k1_04](../exercises/k1_04_ho_ten/k1_04_ho_ten.ipynb) | 40 |
# | [5. Ngày sinh, giới tính, điện thoại, địa chỉ](05_ngay_sinh_va_lien_he.ipynb) | [k1_05](../exercises/k1_05_ngay_sinh_va_lien_he/k1_05_ngay_sinh_va_lien_he.ipynb) | 40 |
# | [6. Phối hợp công an đối chiếu](06_cong_an_doi_chieu.ipynb) ★ | [k1_06](../exercises/k1_06_cong_an_doi_chieu/k1_06_cong_an_doi_chieu.ipynb) | 60 |
# | [7. Gộp hồ sơ trùng, giữ đủ các mũi](07_ho_so_trung.ipynb) ★ | [k1_07](../exercises/k1_07_ho_so_trung/k1_07_ho_so_trung.ipynb) | 50 |
# | [8. Mũi tiêm, vắc xin, khoảng cách](08_mui_tiem.ipynb) ★ | [k1_08](../exercises/k1_08_mui_tiem/k1_08_mui_tiem.ipynb) | 50 |
# | [9. Phản ánh của người dân](09_phan_anh.ipynb) ★ | [k1_09](../exercises/k1_09_phan_anh/k1_09_phan_anh.ipynb) | 50 |
# | [10. Nhập hồi cứu](10_nhap_hoi_cuu.ipynb) | [k1_10](../exercises/k1_10_nhap_hoi_cuu/k1_10_nhap_hoi_cuu.ipynb) | 45 |
# | [11. Báo cáo tiến độ và chia việc](11_bao_cao_tien_do.ipynb) | [k1_11](../exercises/k1_11_bao_cao_tien_do/k1_11_bao_cao_tien_do.ipynb) | 45 |
#
# ## 8. Danh mục khóa 2: ký số
#
# Hồ sơ đã sạch thì ký. Token, chứng thư và mã QR trong khóa 2 chỉ dùng đào tạo, không có giá trị pháp lý.
#
# | Bài học | Bài tập | Phút làm bài tập |
# |---|---|---|
# | [12. Chứng thư số và token](12_chung_thu_va_token.ipynb) ★ | [k2_12](../exercises/k2_12_chung_thu_va_token/k2_12_chung_thu_va_token.ipynb) | 30 |
# | [13. Ai được ký, ký những gì](13_ai_duoc_ky.ipynb) ★ | [k2_13](../exercises/k2_13_ai_duoc_ky/k2_13_ai_duoc_ky.ipynb) | 45 |
# | [14. Kiểm tra chữ ký](14_kiem_tra_chu_ky.ipynb) | [k2_14](../exercises/k2_14_kiem_tra_chu_ky/k2_14_kiem_tra_chu_ky.ipynb) | 40 |
# | [15. Hộ chiếu vắc xin và mã QR](15_ho_chieu_va_ma_qr.ipynb) | [k2_15](../exercises/k2_15_ho_chieu_va_ma_qr/k2_15_ho_chieu_va_ma_qr.ipynb) | 45 |
# | [16. Sự cố khi ký](16_su_co_khi_ky.ipynb) (nâng cao) | [k2_16](../exercises/k2_16_su_co_khi_ky/k2_16_su_co_khi_ky.ipynb) | 40 |
#
# **Bài tiếp theo:** [Bài 1. Hồ sơ, trạng thái và người phải làm tiếp](01_ho_so_va_trang_thai.ipynb)
#
# ---
# Trình tự khóa học là do chúng tôi dựng lại từ các công văn năm 2022, không phải chương trình chính thức của HCDC.
